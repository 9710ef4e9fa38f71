"""What was published: pages as fetched, documents as read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from rashomon.model.text import Span

DocumentId = NewType("DocumentId", str)


class BlockKind(StrEnum):
    """What a stretch of a page is (codebook, layer 1)."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    BYLINE = "byline"
    PARAGRAPH = "paragraph"
    HEADING = "topic_heading"
    CAPTION = "caption"
    CREDIT = "credit"
    CONTRIBUTORS = "contributor_line"
    BOILERPLATE = "ui_boilerplate"


class Dating(StrEnum):
    """How the publication date is known."""

    GIVEN = "given"
    PAGE = "page"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of a document's text and what it is; ``[start, end)`` in code points."""

    kind: BlockKind
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes as they came in, with what was said about them by whoever gave them."""

    name: str
    body: bytes
    media_type: str | None = None
    url: str | None = None
    fetched: datetime | None = None
    outlet: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A published text. ``text`` never changes once stored; every offset in the ledger points into it."""

    id: DocumentId
    text: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: date | None = None
    language: str | None = None
    blocks: tuple[Block, ...] = ()
    dating: Dating | None = None
