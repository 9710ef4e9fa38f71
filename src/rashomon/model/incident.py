"""The happening itself, gathered from the tellings of many documents, and how their accounts stand to each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from rashomon.model.document import DocumentId
from rashomon.model.judgement import Judgement, JudgementId, Verdict
from rashomon.model.reading import Reading
from rashomon.model.telling import ClaimId, Precision, Status, Telling, TellingId
from rashomon.model.text import Span

IncidentId = NewType("IncidentId", str)
TellingKey = NewType("TellingKey", str)
"""A telling among all documents: ``document#telling``."""


def key(document: DocumentId, telling: TellingId) -> TellingKey:
    """The key of a document's telling."""
    return TellingKey(f"{document}#{telling}")


class Relation(StrEnum):
    """How the answers of different voices to one question stand to each other (codebook, section 7)."""

    AGREE = "agree"
    COMPATIBLE = "compatible"
    DISAGREE = "disagree"
    SUPERSEDED = "superseded"
    SINGLE_SOURCE = "single_source"
    UNVERIFIED = "unverified"
    DISPUTED = "disputed"


class Polarity(StrEnum):
    """Whether an answer is asserted or denied."""

    AFFIRM = "affirm"
    DENY = "deny"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words an answer stands on: code points of the document's text; ``claim`` None is the article's own voice.

    ``voice`` says them; ``own`` where that is whoever wrote the article. What a person decided of these words is named:
    the ``verdict``, the ``reviewer``, the number of the ``judgement``; what the machine read has none of them.
    """

    document: DocumentId
    claim: ClaimId | None
    span: Span
    text: str
    published: date | None
    voice: str | None = None
    own: bool = False
    reviewer: str | None = None
    verdict: Verdict | None = None
    judgement: JudgementId | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer and who gives it. Figures are intervals (None: open), other answers are ``value``.

    ``voices`` are those who say it, not those who print it. ``superseded``: its voices have since said otherwise.
    """

    low: Decimal | None
    high: Decimal | None
    unit: str | None
    polarity: Polarity
    voices: tuple[str, ...]
    sides: tuple[str, ...]
    unverified: bool
    claims: tuple[Evidence, ...]
    value: str | None = None
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """One question of an incident; ``marginal``: the answers differ by no more than the words allow for."""

    question: str
    relation: Relation
    answers: tuple[Answer, ...]
    marginal: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """A place of an incident; degrees, kilometres."""

    name: str
    resolved: str | None
    admin1: str | None
    admin2: str | None
    country: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    role: str


@dataclass(frozen=True, slots=True)
class Participant:
    """Who took part; ``alleged_by`` where only one side says so."""

    role: str
    actor: str
    alleged_by: str | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened, as told by ``documents``; ``tellings`` says which of their tellings tell of it.

    ``judgements`` are those in force on words of these documents that tell of it.
    """

    id: IncidentId
    kind: str
    status: Status
    earliest: date | None
    latest: date | None
    precision: Precision | None
    places: tuple[Site, ...]
    participants: tuple[Participant, ...]
    documents: tuple[DocumentId, ...]
    comparisons: tuple[Comparison, ...]
    tellings: tuple[TellingKey, ...] = ()
    schema: str = "rashomon/incident/1"
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A telling in its reading; ``origin`` is the document of which this one is a copy, or itself."""

    telling: Telling
    reading: Reading
    origin: DocumentId


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a telling may have been; degrees, kilometres."""

    name: str
    lat: float
    lon: float
    radius_km: float
    country: str | None


NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Gist:
    """What of a telling is held against other tellings: a few hundred bytes, kept beside it.

    ``earliest`` and ``latest`` are days the telling itself names, or None; ``figures`` are (kind, low, high);
    ``trigger`` is its first mention.
    """

    key: TellingKey
    document: DocumentId
    published: date | None
    kind: str
    status: Status
    earliest: date | None
    latest: date | None
    spots: tuple[Spot, ...]
    names: tuple[str, ...]
    figures: tuple[tuple[str, Decimal | None, Decimal | None], ...]
    words: tuple[str, ...]
    trigger: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two tellings are held to be of one incident, or not: a feature, its weight for it, what was compared."""

    feature: str
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A telling and the earlier one it goes on from; ``score`` is how sure, 0 to 1."""

    telling: TellingKey
    earlier: TellingKey
    score: float
    reasons: tuple[Reason, ...]
