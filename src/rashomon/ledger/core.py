"""A ledger on any database that SQLAlchemy Core speaks to; what differs between databases is handed in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from rashomon.errors import Unusable
from rashomon.ledger import (
    browsing,
    doubting,
    finding,
    incidents,
    judging,
    listing,
    opening,
    past,
    trail,
    transcribing,
    writing,
)
from rashomon.ledger.asides import Asides
from rashomon.ledger.book import Capture, Census, Change, Counts, Doubt, Facet, Failure, Ledger, Outlet, Paper, Wanted
from rashomon.ledger.dialects import dialect
from rashomon.ledger.entries import Entry, Hit
from rashomon.ledger.following import Following
from rashomon.ledger.gathering import Gathering
from rashomon.ledger.indexing import Indexing
from rashomon.model.document import Document, DocumentId
from rashomon.model.incident import Incident, IncidentId, Tie
from rashomon.model.judgement import Judgement
from rashomon.model.reading import Maker, Reading
from rashomon.model.telling import ClaimId, TellingId
from rashomon.model.trail import Link


@dataclass(frozen=True, slots=True)
class CoreLedger:
    """A ``Ledger``; ``reason`` says in plain words what is wrong with its database, None if that is our statement."""

    engine: Engine
    place: str
    reason: Callable[[DBAPIError], str | None]

    def record(self, readings: Sequence[Reading], captures: Sequence[Capture] = ()) -> int:
        """Write readings with their documents in one transaction; how many were new."""
        with self._writing() as connection:
            return writing.record(connection, readings, captures)

    def fail(self, failures: Sequence[Failure]) -> None:
        """Keep the reason of each failed input, the latest one a name."""
        with self._writing() as connection:
            writing.fail(connection, failures)

    def mend(self, names: Collection[str]) -> None:
        """Forget the failures of inputs that have been read since."""
        with self._writing() as connection:
            writing.mend(connection, names)

    def known(self, digests: Collection[str], maker: Maker) -> frozenset[str]:
        """Those inputs that this maker has read already."""
        with self._asking() as connection:
            return finding.known(connection, digests, maker)

    @property
    def asides(self) -> Asides:
        """What was not read."""
        return Asides(self._asking, self._writing)

    @property
    def following(self) -> Following:
        """What is watched."""
        return Following(self._asking, self._writing)

    def document(self, name: str) -> Document:
        """A document by its id or an unambiguous beginning of it."""
        return self.reading(name).document

    def reading(self, name: str) -> Reading:
        """The current reading of a document."""
        with self._asking() as connection:
            return finding.reading(connection, name)

    def readings(self) -> Iterator[Reading]:
        """The current reading of every document, by day of publication, then id."""
        with self._asking() as connection:
            yield from finding.readings(connection)

    def entries(self) -> Iterator[Entry]:
        """Every claim of every current reading."""
        with self._asking() as connection:
            yield from finding.entries(connection)

    def failures(self) -> Iterator[Failure]:
        """Inputs that could not be read, by name."""
        with self._asking() as connection:
            yield from finding.failures(connection)

    def search(self, query: str, *, limit: int = 100) -> Iterator[Hit]:
        """Documents that hold all words and all "quoted phrases" of a query, best first."""
        with self._asking() as connection:
            yield from dialect(connection).search(connection, query, limit)

    def counts(self) -> Counts:
        """How much there is."""
        with self._asking() as connection:
            return finding.counts(connection)

    def changes(self, since: int = 0) -> Iterator[Change]:
        """What happened after a revision, oldest first."""
        with self._asking() as connection:
            yield from finding.changes(connection, since)

    def revision(self, at: datetime) -> int:
        """The last revision that was written by then; 0 before the first."""
        with self._asking() as connection:
            return past.revision(connection, at)

    def copy(self, revision: int, into: Ledger) -> None:
        """Write into an empty ledger what this one held at a revision; it is yet to be gathered there."""
        if not isinstance(into, CoreLedger):
            raise TypeError(f"{into}: no ledger in a database")
        with self._asking() as source, into._writing() as target:
            past.copy(source, target, revision)

    def transcribe(self, into: Ledger) -> None:
        """Write everything into an empty ledger, under the same numbers and ids."""
        if not isinstance(into, CoreLedger):
            raise TypeError(f"{into}: no ledger in a database")
        with self._asking() as source, into._writing() as target:
            if not transcribing.empty(target):
                raise Unusable(f"{into.place}: not empty; copy into a new one")
            transcribing.transcribe(source, target)

    @contextmanager
    def gathering(self, indexing: Indexing) -> Iterator[Gathering]:
        """One transaction in which incidents are gathered."""
        with self._writing() as connection:
            yield Gathering(connection, indexing)

    def incident(self, name: str) -> Incident:
        """The incident that a telling is one of, by any id ever given to it."""
        with self._asking() as connection:
            return incidents.incident(connection, name)

    def incidents(self, wanted: Wanted | None = None, *, limit: int | None = None) -> Iterator[Incident]:
        """The incidents that are all that is wanted, the last to happen first."""
        with self._asking() as connection:
            yield from listing.incidents(connection, wanted or Wanted(), limit)

    def most_told(self) -> Iterator[Incident]:
        """Every incident, those that most documents tell of first; of as many, those of which more is told."""
        with self._asking() as connection:
            yield from listing.most_told(connection)

    def ties(self, incident: Incident) -> tuple[Tie, ...]:
        """Why each telling of an incident, but the first of all, is held to go on from an earlier one."""
        with self._asking() as connection:
            return incidents.ties(connection, incident)

    def papers(self, documents: Collection[DocumentId]) -> Mapping[DocumentId, Paper]:
        """What these documents are."""
        with self._asking() as connection:
            return finding.papers(connection, documents)

    def waiting(self) -> int:
        """How many documents are read and not gathered yet."""
        with self._asking() as connection:
            return browsing.waiting(connection)

    def census(self, wanted: Wanted) -> Census:
        """How many incidents are all that is wanted, by facet and day."""
        with self._asking() as connection:
            return browsing.census(connection, wanted)

    def values(self, facet: Facet, *, limit: int = 1000) -> tuple[tuple[str, int], ...]:
        """The names of a facet and how many incidents have each, most first."""
        with self._asking() as connection:
            return browsing.values(connection, facet, limit)

    def listed(
        self, *, outlet: str | None = None, beyond: tuple[str, str] | None = None, limit: int = 100
    ) -> tuple[Paper, ...]:
        """Documents, of one outlet or of all, the last published first."""
        with self._asking() as connection:
            return browsing.listed(connection, outlet, beyond, limit)

    def copies(self, document: DocumentId) -> tuple[Paper, ...]:
        """The other documents that print nearly the same text."""
        with self._asking() as connection:
            return browsing.copies(connection, document)

    def outlets(self) -> tuple[Outlet, ...]:
        """Who published, most documents first."""
        with self._asking() as connection:
            return browsing.outlets(connection)

    def cited(self, incident: Incident) -> Mapping[tuple[DocumentId, ClaimId], Entry]:
        """The claims that an incident's answers stand on."""
        with self._asking() as connection:
            return browsing.cited(connection, incident)

    def claims(self, document: DocumentId) -> tuple[Entry, ...]:
        """Every claim of a document, in its order."""
        with self._asking() as connection:
            return browsing.claims(connection, document)

    def texts(self, documents: Collection[DocumentId]) -> Mapping[DocumentId, str]:
        """What these documents say; unknown ones are left out."""
        with self._asking() as connection:
            return browsing.texts(connection, documents)

    def told(self, document: DocumentId) -> Mapping[TellingId, IncidentId]:
        """Which incident each telling of a document is one of, as far as it is gathered."""
        with self._asking() as connection:
            return browsing.told(connection, document)

    def names(self, incident: Incident) -> frozenset[str]:
        """Every id that answers with this incident."""
        with self._asking() as connection:
            return browsing.names(connection, incident)

    def judgements(self, document: DocumentId | None = None) -> tuple[Judgement, ...]:
        """Everything people decided, or of one document's words, oldest first."""
        with self._asking() as connection:
            return judging.judgements(connection, document)

    def doubts(self, *, reviewers: int = 1, skip: int = 0, limit: int = 100) -> tuple[Doubt, ...]:
        """Words that fewer than so many reviewers decided, the least sure first."""
        with self._asking() as connection:
            return doubting.doubts(connection, reviewers, skip, limit)

    def doubted(self, *, reviewers: int = 1) -> int:
        """How many there are of these."""
        with self._asking() as connection:
            return doubting.many(connection, reviewers)

    def uneven(self, *, skip: int = 0, limit: int = 100) -> tuple[Tie, ...]:
        """Why tellings are held to go on from earlier ones, the least sure first."""
        with self._asking() as connection:
            return doubting.uneven(connection, skip, limit)

    def trail(self) -> Iterator[Link]:
        """The audit trail, from its beginning."""
        with self._asking() as connection:
            yield from trail.links(connection)

    def back(self, revision: str) -> None:
        """Take the schema back to an earlier revision, for a program of that time."""
        with self._writing() as connection:
            opening.back(connection, revision)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        """Use as a context that closes."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        with told(self.place, self.reason), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with told(self.place, self.reason), self.engine.execution_options(writes=True).begin() as connection:
            yield connection


@contextmanager
def told(place: str, reason: Callable[[DBAPIError], str | None]) -> Iterator[None]:
    """Raise Unusable, with its reason in plain words, where the database itself is at fault; mistakes of ours pass."""
    try:
        yield
    except DBAPIError as error:
        if (words := reason(error)) is None:
            raise
        raise Unusable(f"{place}: {words}") from error
