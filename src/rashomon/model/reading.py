"""What was read in one document: first as spans, then as records."""

from __future__ import annotations

from dataclasses import dataclass

from rashomon.model.document import Document
from rashomon.model.telling import Actor, Caveat, Claim, Event, Place, Quantity, Status, Telling, Time
from rashomon.model.text import Span


@dataclass(frozen=True, slots=True)
class Maker:
    """The code and the weights that made a reading."""

    version: str
    weights: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content as the encoder marked them; ``score`` 0 to 1."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of words the encoder labelled; ``score`` 0 to 1."""

    span: Span
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Link:
    """Words that belong to a trigger: its place, its time, a figure, a participant, another trigger ("same")."""

    role: str
    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that tell of a happening. ``kinds`` and ``statuses`` are the likely ones, best first, 0 to 1."""

    span: Span
    kinds: tuple[tuple[str, float], ...]
    statuses: tuple[tuple[Status, float], ...]
    score: float
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Parse:
    """What the encoder sees in a document: sentences, quotations, attributions; offsets, not copies."""

    document: Document
    sentences: tuple[Span, ...]
    quotations: tuple[Span, ...]
    attributions: tuple[Attribution, ...]
    maker: Maker
    mentions: tuple[Mention, ...] = ()
    triggers: tuple[Trigger, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read in one document, as the contract writes it."""

    document: Document
    actors: tuple[Actor, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    quantities: tuple[Quantity, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    incidents: tuple[Telling, ...]
    caveats: tuple[Caveat, ...]
    maker: Maker
    schema: str = "rashomon/reading/1"
