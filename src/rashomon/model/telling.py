"""What one document says: claims, figures, times, places, actors, and the incidents it tells of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from rashomon.model.text import Span

ActorId = NewType("ActorId", str)
ClaimId = NewType("ClaimId", str)
EventId = NewType("EventId", str)
PlaceId = NewType("PlaceId", str)
QuantityId = NewType("QuantityId", str)
TellingId = NewType("TellingId", str)
TimeId = NewType("TimeId", str)


class Speech(StrEnum):
    """How the words are given."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Act(StrEnum):
    """What the speaker does by saying it."""

    SAY = "say"
    CLAIM = "claim"
    CONFIRM = "confirm"
    DENY = "deny"
    ACCUSE = "accuse"
    ADMIT = "admit"
    ANNOUNCE = "announce"
    COMMIT = "commit"
    THREATEN = "threaten"
    PROPOSE = "propose"
    REQUEST = "request"
    REJECT = "reject"
    RECALL = "recall"
    EVALUATE = "evaluate"
    NAME = "name"
    SHOW = "show"
    ORDER = "order"
    NO_COMMENT = "no_comment"
    WITHHOLD = "withhold"
    RETRACT = "retract"


class Stance(StrEnum):
    """The source's position to the content."""

    AFFIRM = "affirm"
    DENY = "deny"
    RETRACTED = "retracted"
    NO_COMMENT = "no_comment"
    UNDISCLOSED = "undisclosed"


class Distance(StrEnum):
    """How far the reporter stands from the content."""

    NEUTRAL = "neutral"
    DISTANCING = "distancing"
    ENDORSING = "endorsing"


class Bound(StrEnum):
    """How the words bound a figure (codebook, section 5)."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    ABOUT = "about"
    NEARLY = "nearly"
    RANGE = "range"
    VAGUE = "vague"


class Share(StrEnum):
    """How a figure stands to another of its text, where the words say so."""

    INCREMENT = "increment"
    SUBSET = "subset"
    CUMULATIVE = "cumulative"
    EACH = "each"
    NEGATED = "negated"


class Precision(StrEnum):
    """How finely a time is told (codebook, section 8)."""

    PART_OF_DAY = "part_of_day"
    HOURS = "hours"
    DAY = "day"
    DAYS = "days"
    WEEKEND = "weekend"
    WEEK = "week"
    PART_OF_MONTH = "part_of_month"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    UNSPECIFIED_PAST = "unspecified_past"
    ONGOING = "ongoing"
    DURATION = "duration"


class Status(StrEnum):
    """What the text commits to (codebook, section 3)."""

    OCCURRED = "occurred"
    CLAIMED = "claimed"
    PLANNED = "planned"
    PROPOSED = "proposed"
    THREATENED = "threatened"
    DENIED = "denied"
    BACKGROUND = "background"


class Verification(StrEnum):
    """What a document says of whether a claim could be checked (codebook, section 7)."""

    COULD_NOT_VERIFY = "could_not_verify"
    UNSUPPORTED = "unsupported"
    WITHHELD = "withheld"
    RETRACTED_BY_SOURCE = "retracted_by_source"
    NO_COMMENT = "no_comment"
    UNKNOWN = "unknown"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who: a person, force, office or body, with all its mentions in one document."""

    id: ActorId
    name: str
    kind: str
    mentions: tuple[Span, ...]
    side: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One attribution: who says, by which word, what. ``score`` is the reader's certainty, 0 to 1."""

    id: ClaimId
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    claimant: ActorId | None
    speech: Speech
    act: Act
    stance: Stance
    distance: Distance
    within: ClaimId | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A stretch of words and its part in an event, or a participant of a telling."""

    role: str
    span: Span
    actor: ActorId | None = None
    alleged_by: ActorId | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One mention of a happening."""

    id: EventId
    kind: str
    trigger: Span
    roles: tuple[Role, ...] = ()
    incident: TellingId | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many, as claimed: an interval with its words. "At least seven" is [7, open), never 7.

    ``share`` marks what must not be compared as a total: "four more", "including three", "59 and not (62)".
    """

    id: QuantityId
    span: Span
    kind: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: Bound
    unit: str | None = None
    claim: ClaimId | None = None
    incident: TellingId | None = None
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """An expression that names calendar days; ``value`` is EDTF, the days are None while nothing anchors them."""

    id: TimeId
    span: Span
    earliest: date | None
    latest: date | None
    precision: Precision
    value: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A place name as written and what the gazetteer makes of it; degrees, kilometres."""

    id: PlaceId
    span: Span
    name: str
    resolved: str | None
    kind: str | None
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None = None
    admin2: str | None = None
    geonameid: str | None = None
    radius_km: float | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """A place of the document in its part in a telling."""

    place: PlaceId
    role: str


@dataclass(frozen=True, slots=True)
class Telling:
    """What one document says of one incident, however often it mentions it."""

    id: TellingId
    kind: str
    status: Status
    trigger: tuple[Span, ...]
    time: TimeId | None
    places: tuple[Where, ...] = ()
    participants: tuple[Role, ...] = ()
    claims: tuple[ClaimId, ...] = ()
    quantities: tuple[QuantityId, ...] = ()


@dataclass(frozen=True, slots=True)
class Caveat:
    """Words on whether something could be checked, and what they reach: ids of claims, quantities, tellings."""

    span: Span
    status: Verification
    applies_to: tuple[str, ...]
