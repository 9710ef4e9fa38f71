"""CSV: one claim a row, for spreadsheets and statistics (RFC 4180, UTF-8, a header)."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from rashomon.ledger import Entry, Ledger
from rashomon.model import codec
from rashomon.model.text import Span

COLUMNS = (
    "document",
    "outlet",
    "published",
    "claim",
    "source",
    "cue",
    "content",
    "claimant",
    "claimant_kind",
    "claimant_side",
    "claimant_country",
    "speech",
    "act",
    "stance",
    "distance",
    "within",
    "source_start",
    "source_end",
    "cue_start",
    "cue_end",
    "content_start",
    "content_end",
    "content_spans",
)
# A cell that begins so is a formula to a spreadsheet, and whoever writes the news could write one.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class _Encoded:
    """A stream of text over one of bytes that, unlike the standard library's, never closes what it is given."""

    stream: BinaryIO

    def write(self, text: str, /) -> int:
        return self.stream.write(text.encode())


def claims(ledger: Ledger, stream: BinaryIO) -> int:
    """Write every claim of every current reading."""
    table = csv.writer(_Encoded(stream))
    table.writerow(COLUMNS)
    written = 0
    for entry in ledger.entries():
        table.writerow(row(entry))
        written += 1
    return written


def row(entry: Entry) -> tuple[Cell, ...]:
    """The cells of a claim, in the order of ``COLUMNS``.

    Offsets are code points into the document's text, half-open; words that are interrupted run from the start of
    their first part to the end of the last, and ``content_spans`` holds the parts.
    """
    return (
        *map(plain, (entry.document, entry.outlet)),
        None if entry.published is None else entry.published.isoformat(),
        *map(plain, (entry.claim, entry.source, entry.cue, entry.content, entry.claimant)),
        *map(plain, (entry.claimant_kind, entry.claimant_side, entry.claimant_country)),
        *map(str, (entry.speech, entry.act, entry.stance, entry.distance)),
        plain(entry.within),
        *_ends(entry.source_spans),
        *_ends(entry.cue_spans),
        *_ends(entry.content_spans),
        codec.to_json(entry.content_spans).decode(),
    )


def plain(words: str | None) -> str | None:
    """Words that no spreadsheet takes for a formula: an apostrophe is put before those that it would."""
    return f"'{words}" if words is not None and words.startswith(FORMULA) else words


def _ends(spans: Sequence[Span]) -> tuple[int | None, int | None]:
    return (spans[0].start, spans[-1].end) if spans else (None, None)
