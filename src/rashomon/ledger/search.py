"""Full text on SQLite: FTS5 over titles and texts; and what a query and a hit are in any database."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import Connection, Row, select, text

from rashomon.ledger import tables as t
from rashomon.ledger.entries import Hit
from rashomon.ledger.rows import day, span_tuple
from rashomon.model.document import DocumentId
from rashomon.model.telling import ClaimId
from rashomon.model.text import Span

PIECES = re.compile(r'"([^"]*)"?|([^\s"]+)')
QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\0": " "})
# FTS5 refuses an expression deeper than 256; nobody types more than this.
MOST_PIECES = 64
AROUND = 120  # characters of an excerpt before and after the first match
OPEN, CLOSE = "\x02", "\x03"  # control characters that no article holds; a text that does gets no marks

# A word in the title weighs four in the text. FTS5 sorts by rank itself, so only what is asked for is highlighted.
FOUND = text(
    "SELECT d.key, d.id, d.title, d.outlet, d.published, d.text, words.rank AS rank, "
    "highlight(words, 1, :open, :close) AS marked "
    "FROM words CROSS JOIN document d ON d.key = words.rowid "
    "WHERE words MATCH :query AND words.rank MATCH 'bm25(4.0, 1.0)' ORDER BY words.rank LIMIT :limit"
)


def expression(query: str) -> str | None:
    """A query of words and "quoted phrases" in FTS5's language, all of them asked for; None if it holds no word.

    Every piece becomes a quoted string, so that nothing a person types is an operator.
    """
    return " ".join(f'"{piece}"' for piece in pieces(query)) or None


def pieces(query: str) -> list[str]:
    """The words and the quoted phrases of a query, each once, without those that are only signs."""
    clean = query.encode("utf-8", "ignore").decode().translate(QUOTES)
    found = (phrase or word for phrase, word in PIECES.findall(clean))
    return list(dict.fromkeys(piece for piece in found if any(ch.isalnum() for ch in piece)))[:MOST_PIECES]


def search(connection: Connection, query: str, limit: int) -> Iterator[Hit]:
    """Documents that hold all the words of a query, best first."""
    if (asked := expression(query)) is None:
        return
    values = {"query": asked, "limit": limit, "open": OPEN, "close": CLOSE}
    for row in connection.execute(FOUND, values):
        yield hit(connection, row, row.marked, -row.rank)


def marks(marked: str, plain: str) -> tuple[Span, ...]:
    """Where the matches stand in the plain text, from the text with its matches marked."""
    if OPEN in plain or CLOSE in plain:
        return ()
    spans, at = [], 0
    before, *parts = marked.split(OPEN)
    at = len(before)
    for part in parts:
        match, _, rest = part.partition(CLOSE)
        spans.append(Span(at, at + len(match)))
        at += len(match) + len(rest)
    return tuple(spans)


def excerpt(plain: str, around: Span) -> Span:
    """The words around a match, about 240 characters, cut between words."""
    start, end = max(0, around.start - AROUND), min(len(plain), around.end + AROUND)
    if start > 0:
        start = max((plain.rfind(space, 0, start + 1) for space in " \n"), default=-1) + 1
    while end < len(plain) and not plain[end].isspace():
        end += 1
    return Span(start, end)


def hit(connection: Connection, row: Row[tuple[object, ...]], marked: str, score: float) -> Hit:
    """A hit from the row of a document, its text with the matches marked, and how good it is."""
    found = row._mapping
    plain = found["text"]
    where = marks(marked, plain)
    around = excerpt(plain, where[0] if where else Span(0, 0))
    return Hit(
        document=DocumentId(found["id"]),
        title=found["title"],
        outlet=found["outlet"],
        published=day(found["published"]),
        excerpt=around,
        words=around.of(plain),
        marks=where,
        claims=_claims(connection, found["key"], where),
        score=score,
    )


def _claims(connection: Connection, key: int, where: tuple[Span, ...]) -> tuple[ClaimId, ...]:
    """The claims whose source or content holds a match."""
    c = t.claim.c
    listed = select(c.id, c.source_spans, c.content_spans).where(c.document == key).order_by(c.number)
    return tuple(
        ClaimId(row.id)
        for row in connection.execute(listed)
        if any(
            mark.overlaps(span)
            for span in span_tuple(row.source_spans) + span_tuple(row.content_spans)
            for mark in where
        )
    )
