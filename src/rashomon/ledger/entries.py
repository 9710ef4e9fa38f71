"""Claims and documents as the ledger lists and finds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rashomon.model.document import DocumentId
from rashomon.model.telling import Act, ClaimId, Distance, Speech, Stance
from rashomon.model.text import Span


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
