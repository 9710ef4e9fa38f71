"""What a ledger is: its nouns and its verbs, whatever database keeps it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from rashomon.model.document import Document, DocumentId
from rashomon.model.reading import Maker, Reading
from rashomon.model.telling import Act, ClaimId, Distance, Speech, Stance
from rashomon.model.text import Span


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
    """What happened to a document."""

    ADDED = "added"
    REWRITTEN = "rewritten"
    REREAD = "reread"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the ledger's log; revisions only grow."""

    revision: int
    subject: str
    what: What
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim as the ledger lists it: its words, who is behind them, where they stand in which document."""

    document: DocumentId
    outlet: str | None
    published: date | None
    claim: ClaimId
    source: str
    cue: str
    content: str
    claimant: str | None
    claimant_kind: str | None
    claimant_side: str | None
    claimant_country: str | None
    speech: Speech
    act: Act
    stance: Stance
    distance: Distance
    within: ClaimId | None
    source_spans: tuple[Span, ...]
    cue_spans: tuple[Span, ...]
    content_spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that answers a search, best first.

    ``excerpt`` is the stretch of its text around the first match, ``marks`` are all matches in the text, ``claims``
    those whose words hold one. ``score`` is bm25's, larger is better; it means nothing across searches.
    """

    document: DocumentId
    title: str | None
    outlet: str | None
    published: date | None
    excerpt: Span
    words: str
    marks: tuple[Span, ...]
    claims: tuple[ClaimId, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a ledger holds: documents and claims as they now stand, failures, the latest revision."""

    documents: int
    claims: int
    failures: int
    revision: int


class Ledger(Protocol):
    """The only memory. One process writes, any number read; every call is whole or did nothing.

    All raise ``errors.Unusable`` when the database is locked, full, damaged or read-only.
    """

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

    def close(self) -> None:
        """Let go of the database."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
