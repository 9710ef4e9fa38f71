"""What one document tells of an incident, in the contract's shape of an incident.

Until incidents are gathered across documents each telling stands alone: one document, no account to compare with, so
a comparison is ``single_source`` or ``unverified`` and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from rashomon.model.document import DocumentId
from rashomon.model.reading import Reading
from rashomon.model.telling import ActorId, ClaimId, Precision, Quantity, Role, Stance, Status, Telling, Verification
from rashomon.model.text import Span

# What a document says of a claim that leaves the claim unverified; a refusal to comment does not.
DOUBTS = frozenset((Verification.COULD_NOT_VERIFY, Verification.UNSUPPORTED))
NARRATOR = "narrator"  # the article's own voice, where its outlet has no name
UNATTRIBUTED = "unattributed"  # "reportedly": a claim without a source


class Relation(StrEnum):
    """How the accounts of a question stand to each other."""

    SINGLE_SOURCE = "single_source"
    UNVERIFIED = "unverified"


class Polarity(StrEnum):
    """Whether a figure is put forward or denied."""

    AFFIRM = "affirm"
    DENY = "deny"


@dataclass(frozen=True, slots=True)
class Site:
    """A place in its part in an incident; degrees, kilometres."""

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
class Party:
    """A participant by name, and who alleges the part."""

    role: str
    actor: str
    alleged_by: str | None


@dataclass(frozen=True, slots=True)
class Words:
    """Where an answer stands: the claim (None: the article's own voice), its span, its words."""

    document: DocumentId
    claim: ClaimId | None
    span: Span
    text: str
    published: date | None


@dataclass(frozen=True, slots=True)
class Answer:
    """An interval and who gives it."""

    low: Decimal | None
    high: Decimal | None
    unit: str | None
    polarity: Polarity
    voices: tuple[str, ...]
    sides: tuple[str, ...]
    unverified: bool
    claims: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All answers to one question."""

    question: str
    relation: Relation
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident as the contract writes it."""

    schema: str
    id: str
    kind: str
    status: Status
    earliest: date | None
    latest: date | None
    precision: Precision | None
    places: tuple[Site, ...]
    participants: tuple[Party, ...]
    documents: tuple[DocumentId, ...]
    comparisons: tuple[Comparison, ...]


def told(reading: Reading) -> tuple[Incident, ...]:
    """One incident a telling of a reading."""
    return tuple(_incident(reading, telling) for telling in reading.incidents)


def name(document: str, telling: str) -> str:
    """The id of an incident told of once: the same as long as the document tells of it under the same id.

    Ten characters of base 32, 50 bits: among a million incidents two share one with a chance of 1 in 2,000.
    """
    digest = hashlib.blake2b(f"{document}\0{telling}".encode(), digest_size=10).digest()
    return f"RA-{base64.b32encode(digest).decode()[:10]}"


def _incident(reading: Reading, telling: Telling) -> Incident:
    time = next((time for time in reading.times if time.id == telling.time), None)
    return Incident(
        schema="rashomon/incident/1",
        id=name(reading.document.id, telling.id),
        kind=telling.kind,
        status=telling.status,
        earliest=None if time is None else time.earliest,
        latest=None if time is None else time.latest,
        precision=None if time is None else time.precision,
        places=_sites(reading, telling),
        participants=tuple(dict.fromkeys(_party(reading, role) for role in telling.participants)),
        documents=(reading.document.id,),
        comparisons=_comparisons(reading, telling),
    )


def _sites(reading: Reading, telling: Telling) -> tuple[Site, ...]:
    places = {place.id: place for place in reading.places}
    sites = (
        Site(p.name, p.resolved, p.admin1, p.admin2, p.country, p.lat, p.lon, p.radius_km, where.role)
        for where in telling.places
        if (p := places.get(where.place)) is not None
    )
    return tuple(dict.fromkeys(sites))


def _party(reading: Reading, role: Role) -> Party:
    known = _actor(reading, role.actor)
    return Party(role.role, known or role.span.of(reading.document.text), _actor(reading, role.alleged_by))


def _actor(reading: Reading, actor: ActorId | None) -> str | None:
    return next((known.name for known in reading.actors if known.id == actor), None)


def _comparisons(reading: Reading, telling: Telling) -> tuple[Comparison, ...]:
    """The figures of a telling, kind by kind as they are first told."""
    figures = [quantity for quantity in reading.quantities if quantity.id in telling.quantities]
    return tuple(
        _comparison(reading, telling, kind, [figure for figure in figures if figure.kind == kind])
        for kind in dict.fromkeys(figure.kind for figure in figures)
    )


def _comparison(reading: Reading, telling: Telling, kind: str, figures: Sequence[Quantity]) -> Comparison:
    groups: dict[tuple[Decimal | None, Decimal | None, str | None, Polarity], list[Quantity]] = {}
    for figure in figures:
        groups.setdefault((figure.low, figure.high, figure.unit, _polarity(reading, figure)), []).append(figure)
    answers = tuple(_answer(reading, telling, polarity, group) for (_, _, _, polarity), group in groups.items())
    doubted = all(answer.unverified for answer in answers)
    return Comparison(kind, Relation.UNVERIFIED if doubted else Relation.SINGLE_SOURCE, answers)


def _polarity(reading: Reading, figure: Quantity) -> Polarity:
    denied = any(claim.id == figure.claim and claim.stance is Stance.DENY for claim in reading.claims)
    return Polarity.DENY if denied else Polarity.AFFIRM


def _answer(reading: Reading, telling: Telling, polarity: Polarity, figures: Sequence[Quantity]) -> Answer:
    voices = [_voice(reading, figure.claim) for figure in figures]
    document = reading.document
    return Answer(
        low=figures[0].low,
        high=figures[0].high,
        unit=figures[0].unit,
        polarity=polarity,
        voices=tuple(dict.fromkeys(voice for voice, _ in voices)),
        sides=tuple(dict.fromkeys(side for _, side in voices if side is not None)),
        unverified=all(_doubted(reading, telling, figure) for figure in figures),
        claims=tuple(
            Words(document.id, figure.claim, figure.span, figure.span.of(document.text), document.published)
            for figure in figures
        ),
    )


def _voice(reading: Reading, claim: ClaimId | None) -> tuple[str, str | None]:
    """Who gives a figure, and on whose side: the claimant, its own words if unknown, the article itself."""
    made = next((known for known in reading.claims if known.id == claim), None)
    if made is None:
        return reading.document.outlet or NARRATOR, None
    actor = next((known for known in reading.actors if known.id == made.claimant), None)
    if actor is not None:
        return actor.name, actor.side
    return " ".join(span.of(reading.document.text) for span in made.source) or UNATTRIBUTED, None


def _doubted(reading: Reading, telling: Telling, figure: Quantity) -> bool:
    reached = {figure.id, figure.claim, telling.id}
    return any(caveat.status in DOUBTS and reached.intersection(caveat.applies_to) for caveat in reading.caveats)
