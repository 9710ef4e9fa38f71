"""What a ledger is: its nouns and its verbs, whatever database keeps it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from rashomon.ledger.entries import Entry, Hit
from rashomon.ledger.indexing import Indexing
from rashomon.model.document import Document, DocumentId
from rashomon.model.incident import Incident, IncidentId, Tie
from rashomon.model.judgement import Judgement, Part
from rashomon.model.reading import Maker, Reading
from rashomon.model.telling import ClaimId, TellingId
from rashomon.model.text import Span
from rashomon.model.trail import Link

if TYPE_CHECKING:
    from rashomon.ledger.asides import Asides
    from rashomon.ledger.following import Following
    from rashomon.ledger.gathering import Gathering


@dataclass(frozen=True, slots=True)
class Capture:
    """An input as it came in: ``digest`` of its bytes, the name it was given, the document it became."""

    digest: str
    name: str
    document: DocumentId


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read: its name, the room that gave up, why."""

    name: str
    stage: str
    reason: str


class What(StrEnum):
    """What happened to a document; or that something was ``DECIDED``, its subject the number of the judgement."""

    ADDED = "added"
    REWRITTEN = "rewritten"
    REREAD = "reread"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the ledger's log; revisions only grow."""

    revision: int
    subject: str
    what: What
    at: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a ledger holds: documents, claims and incidents as they now stand, failures, the latest revision."""

    documents: int
    claims: int
    failures: int
    revision: int
    incidents: int = 0


@dataclass(frozen=True, slots=True)
class Paper:
    """A document without its text; ``origin`` is the one that printed its text first, itself if it is no copy."""

    id: DocumentId
    origin: DocumentId
    outlet: str | None
    title: str | None
    published: date | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Near:
    """Not farther from a point than so many kilometres; degrees."""

    lat: float
    lon: float
    km: float


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of the map, in degrees; where ``west`` is greater than ``east`` it crosses the date line."""

    west: float
    south: float
    east: float
    north: float


class Facet(StrEnum):
    """What incidents can be listed by, and counted."""

    KIND = "kind"
    FINDING = "relation"
    VOICE = "voice"
    SIDE = "side"
    ACTOR = "actor"
    OUTLET = "outlet"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet; names are compared without case."""

    facet: Facet
    name: str


@dataclass(frozen=True, slots=True)
class Figure:
    """So many of a ``kind``: surely more than ``above`` or fewer than ``below``, or perhaps ``low`` to ``high``."""

    kind: str
    above: float | None = None
    below: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which incidents are asked for; None asks for nothing.

    ``kind`` is one or a family of them ("STRIKE"); ``since`` and ``until`` are days of which the incident's have one;
    ``relation`` is one of any of its questions; names are compared without case. Of ``also``, one of each facet's
    values must be there, of ``without`` none. ``beyond`` is where in the list to go on: after this day and id.
    ``placed`` asks for those with a place that is on the map, or for those without, ``figures`` for those of which
    somebody says each of them.
    """

    kind: str | None = None
    since: date | None = None
    until: date | None = None
    near: Near | None = None
    voice: str | None = None
    side: str | None = None
    relation: str | None = None
    text: str | None = None
    also: tuple[Value, ...] = ()
    without: tuple[Value, ...] = ()
    beyond: tuple[str, str] | None = None
    box: Box | None = None
    placed: bool | None = None
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Census:
    """How many incidents a list holds: by facet and name, by day; those without a day, and without a place.

    Counted over the first ``looked_at`` of the list, which is all of it unless ``cut``.
    """

    looked_at: int
    cut: bool
    facets: Mapping[Facet, Mapping[str, int]]
    days: Mapping[date, int]
    undated: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who published: how many documents from when to when, and how many of them copy another."""

    name: str | None
    documents: int
    copies: int
    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that a person should look at: how ``sure`` the machine is of them, 0 to 1.

    ``settled`` is by how many people they are decided.
    """

    document: DocumentId
    part: Part
    span: Span
    sure: float
    settled: int = 0


class Ledger(Protocol):
    """The only memory. One process writes at a time, any number read; every call is whole or did nothing.

    All raise ``errors.Unusable`` when the database is locked, full, damaged, read-only or does not answer.
    """

    @property
    def place(self) -> str:
        """What people know it by: its path, or its address without the password."""
        ...

    def record(self, readings: Sequence[Reading], captures: Sequence[Capture] = ()) -> int:
        """Write readings with their documents in one transaction; how many were new.

        A reading is known by its document, that document's words and its maker; a known one changes nothing. Another
        maker's reading becomes the current one and another text a new version; what was there is kept. Every capture
        is of a document among the readings.
        """
        ...

    def fail(self, failures: Sequence[Failure]) -> None:
        """Keep the reason of each failed input, the latest one a name."""
        ...

    def mend(self, names: Collection[str]) -> None:
        """Forget the failures of inputs that have been read since."""
        ...

    def known(self, digests: Collection[str], maker: Maker) -> frozenset[str]:
        """Those inputs that this maker has read already."""
        ...

    @property
    def asides(self) -> Asides:
        """What was not read."""
        ...

    @property
    def following(self) -> Following:
        """What is watched."""
        ...

    def document(self, name: str) -> Document:
        """A document by its id or an unambiguous beginning of it, six characters at least; else errors.Unknown."""
        ...

    def reading(self, name: str) -> Reading:
        """The current reading of a document, named as for ``document``."""
        ...

    def readings(self) -> Iterator[Reading]:
        """The current reading of every document, by day of publication (unknown first), then id."""
        ...

    def entries(self) -> Iterator[Entry]:
        """Every claim of every current reading, in the order of ``readings``."""
        ...

    def failures(self) -> Iterator[Failure]:
        """Inputs that could not be read, by name."""
        ...

    def search(self, query: str, *, limit: int = 100) -> Iterator[Hit]:
        """Documents that hold all words and all "quoted phrases" of a query, best first."""
        ...

    def counts(self) -> Counts:
        """How much there is."""
        ...

    def changes(self, since: int = 0) -> Iterator[Change]:
        """What happened after a revision, oldest first."""
        ...

    def revision(self, at: datetime) -> int:
        """The last revision that was written by then; 0 before the first."""
        ...

    def copy(self, revision: int, into: Ledger) -> None:
        """Write into an empty ledger what this one held at a revision; it is yet to be gathered there."""
        ...

    def transcribe(self, into: Ledger) -> None:
        """Write everything into an empty ledger, under the same numbers and ids; Unusable if it is not empty."""
        ...

    def gathering(self, indexing: Indexing) -> AbstractContextManager[Gathering]:
        """One transaction in which incidents are gathered: written whole when it is left, not at all on an error."""
        ...

    def incident(self, name: str) -> Incident:
        """The incident that a telling is one of, by any id ever given to it; else errors.Unknown."""
        ...

    def incidents(self, wanted: Wanted | None = None, *, limit: int | None = None) -> Iterator[Incident]:
        """The incidents that are all that is wanted, the last to happen first; those without a day last."""
        ...

    def most_told(self) -> Iterator[Incident]:
        """Every incident, the most told first: by documents, then by how much they say."""
        ...

    def waiting(self) -> int:
        """How many documents are read and not gathered yet."""
        ...

    def census(self, wanted: Wanted) -> Census:
        """How many incidents are all that is wanted, by facet and day, wherever in the list it goes on."""
        ...

    def values(self, facet: Facet, *, limit: int = 1000) -> tuple[tuple[str, int], ...]:
        """The names of a facet and how many incidents have each, most first."""
        ...

    def listed(
        self, *, outlet: str | None = None, beyond: tuple[str, str] | None = None, limit: int = 100
    ) -> tuple[Paper, ...]:
        """Documents, of one outlet or of all, the last published first; ``beyond`` a day and id go on."""
        ...

    def copies(self, document: DocumentId) -> tuple[Paper, ...]:
        """The other documents that print nearly the same text, the first to print it first."""
        ...

    def outlets(self) -> tuple[Outlet, ...]:
        """Who published, most documents first."""
        ...

    def cited(self, incident: Incident) -> Mapping[tuple[DocumentId, ClaimId], Entry]:
        """The claims that an incident's answers stand on."""
        ...

    def claims(self, document: DocumentId) -> tuple[Entry, ...]:
        """Every claim of a document, in its order."""
        ...

    def texts(self, documents: Collection[DocumentId]) -> Mapping[DocumentId, str]:
        """What these documents say; unknown ones are left out."""
        ...

    def told(self, document: DocumentId) -> Mapping[TellingId, IncidentId]:
        """Which incident each telling of a document is one of, as far as it is gathered."""
        ...

    def names(self, incident: Incident) -> frozenset[str]:
        """Every id that answers with this incident."""
        ...

    def ties(self, incident: Incident) -> tuple[Tie, ...]:
        """Why each telling of an incident, but the first of all, is held to go on from an earlier one."""
        ...

    def papers(self, documents: Collection[DocumentId]) -> Mapping[DocumentId, Paper]:
        """What these documents are; unknown ones are left out."""
        ...

    def judgements(self, document: DocumentId | None = None) -> tuple[Judgement, ...]:
        """Everything people decided, oldest first; or what they decided of the words of one document."""
        ...

    def doubts(self, *, reviewers: int = 1, skip: int = 0, limit: int = 100) -> tuple[Doubt, ...]:
        """Words that fewer than so many ``reviewers`` decided, the least sure first."""
        ...

    def doubted(self, *, reviewers: int = 1) -> int:
        """How many there are of these."""
        ...

    def uneven(self, *, skip: int = 0, limit: int = 100) -> tuple[Tie, ...]:
        """Why tellings are held to go on from earlier ones, the least sure first."""
        ...

    def trail(self) -> Iterator[Link]:
        """The audit trail, from its beginning."""
        ...

    def back(self, revision: str) -> None:
        """Take the schema back to an earlier revision, for a program of that time; then it can only be closed."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
