"""What people decided: only ever appended, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from rashomon.model.document import DocumentId
from rashomon.model.text import Span

JudgementId = NewType("JudgementId", int)


class Verdict(StrEnum):
    """What was decided of the subjects, or of the words."""

    SAME_INCIDENT = "same_incident"
    DIFFERENT_INCIDENT = "different_incident"
    SAME_ACTOR = "same_actor"
    DIFFERENT_ACTOR = "different_actor"
    UNDO = "undo"
    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    ADD = "add"
    UNSURE = "unsure"


class Part(StrEnum):
    """What of a document was decided: is this an account, who speaks, how many, which day, which place, which kind."""

    CLAIM = "claim"
    SPEAKER = "speaker"
    FIGURE = "figure"
    DAY = "day"
    PLACE = "place"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class About:
    """The words that a judgement is about, as they stood when it was made.

    ``span`` holds ``quote``: a claim's content, a figure, a place's name, the mention of a happening. By these it is
    found again in whatever is read later. ``source`` and ``cue`` are the other words of a claim.
    """

    document: DocumentId
    part: Part
    span: Span
    quote: str
    source: Span | None = None
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class Sense:
    """What words are held to mean, as far as their part asks: nothing that it does not ask for is set.

    ``name`` is a speaker or a place, ``kind`` that of an incident or a figure; degrees; ``low`` or ``high`` None: open.
    """

    name: str | None = None
    kind: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    earliest: date | None = None
    latest: date | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision of one person. ``subjects`` are telling keys or actors' names; an UNDO names what it ``replaces``.

    A judgement on words says what they are ``about``, what the machine made of them ``before`` and what they are held
    to mean ``after``. One that ``settles`` what reviewers disagree on outranks theirs.
    """

    id: JudgementId
    verdict: Verdict
    subjects: tuple[str, ...]
    by: str
    at: datetime
    reason: str
    replaces: JudgementId | None = None
    about: About | None = None
    before: Sense | None = None
    after: Sense | None = None
    settles: bool = False
