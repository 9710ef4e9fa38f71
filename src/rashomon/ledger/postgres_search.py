"""Full text on PostgreSQL: vectors of stems, ranked; what matched is marked by FTS5 in memory, as it is on SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing

from sqlalchemy import Connection, Row, text

from rashomon.ledger.entries import Hit
from rashomon.ledger.search import CLOSE, OPEN, expression, hit, pieces

LONGEST = 500  # characters of a piece of a query; a word of more is none

# Pieces become phrases, all of them asked for; a piece of signs alone asks for nothing.
ASKED = text(
    "SELECT string_agg('(' || phrase || ')', ' & ') FROM "
    "(SELECT CAST(phraseto_tsquery('rashomon', rashomon_parted(piece)) AS text) AS phrase"
    " FROM unnest(CAST(:pieces AS text[])) AS piece) AS phrases WHERE phrase <> ''"
)
# A word in the title weighs four in the text, and a long text less, as for FTS5's bm25. Ranked before the texts are
# fetched, for only those that are shown are.
FOUND = text(
    "SELECT d.key, d.id, d.title, d.outlet, d.published, d.text, found.rank FROM "
    "(SELECT w.document, ts_rank('{0.25, 0.25, 0.25, 1.0}', w.found, asked, 1) AS rank"
    " FROM words w, CAST(:query AS tsquery) AS asked WHERE w.found @@ asked"
    " ORDER BY rank DESC, w.document LIMIT :limit) AS found "
    "JOIN document d ON d.key = found.document ORDER BY found.rank DESC, d.key"
)
SHELF = "CREATE VIRTUAL TABLE words USING fts5(title, text, tokenize = 'porter unicode61 remove_diacritics 2')"
KEPT = "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)"
MARKED = "SELECT rowid, highlight(words, 1, ?, ?) FROM words WHERE words MATCH ?"


def asked(connection: Connection, query: str) -> str | None:
    """A query of words and "quoted phrases" as a tsquery, all of them asked for; None if it holds no word."""
    parts = [piece[:LONGEST] for piece in pieces(query)]
    found: str | None = connection.execute(ASKED, {"pieces": parts}).scalar() if parts else None
    return found


def search(connection: Connection, query: str, limit: int) -> Iterator[Hit]:
    """Documents that hold all the words of a query, best first."""
    wanted, shown = asked(connection, query), expression(query)
    if wanted is None or shown is None:
        return
    rows = connection.execute(FOUND, {"query": wanted, "limit": limit}).all()
    marked = _marked(rows, shown)
    for row in rows:
        yield hit(connection, row, marked.get(row.key, row.text), float(row.rank))


def _marked(rows: Sequence[Row[tuple[object, ...]]], shown: str) -> dict[int, str]:
    """The texts of rows with what matched in them marked, by key."""
    if not rows:
        return {}
    with closing(sqlite3.connect(":memory:")) as shelf:
        shelf.execute(SHELF)
        shelf.executemany(KEPT, [(row.key, row.title, row.text) for row in rows])
        return dict(shelf.execute(MARKED, (OPEN, CLOSE, shown)))
