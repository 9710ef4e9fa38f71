"""What a person should look at: words the machine is not sure of, and tellings it joined by a narrow margin."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, insert, select, text

from rashomon.ledger import tables as t
from rashomon.ledger.book import Doubt
from rashomon.model import codec
from rashomon.model.document import DocumentId
from rashomon.model.incident import Tie
from rashomon.model.judgement import Part
from rashomon.model.text import Span

SETTLE = text("DELETE FROM doubt WHERE document = :document")
ADD = insert(t.doubt)


def write(connection: Connection, document: DocumentId, doubts: Sequence[Doubt]) -> None:
    """Set the doubts of a document."""
    connection.execute(SETTLE, {"document": document})
    rows = {
        (one.part, one.span): {
            "document": document,
            "part": one.part,
            "start": one.span.start,
            "end": one.span.end,
            "sure": one.sure,
            "settled": one.settled,
        }
        for one in doubts
    }
    if rows:
        connection.execute(ADD, list(rows.values()))


def doubts(connection: Connection, reviewers: int, skip: int, limit: int) -> tuple[Doubt, ...]:
    """Words that fewer than so many people decided, the least sure first."""
    c = t.doubt.c
    open_ = c.settled == 0 if reviewers == 1 else c.settled < reviewers  # the first is an index in its order
    asked = select(t.doubt).where(open_).order_by(c.sure, c.document, c.start, c.part)
    return tuple(
        Doubt(DocumentId(row.document), Part(row.part), Span(row.start, row.end), row.sure, row.settled)
        for row in connection.execute(asked.offset(skip).limit(limit))
    )


def many(connection: Connection, reviewers: int) -> int:
    """How many words fewer than so many people decided."""
    asked = select(func.count()).select_from(t.doubt).where(t.doubt.c.settled < reviewers)
    return int(connection.execute(asked).scalar_one())


def uneven(connection: Connection, skip: int, limit: int) -> tuple[Tie, ...]:
    """Ties, the least sure first."""
    c = t.telling.c
    asked = select(c.tie).where(c.sure.is_not(None)).order_by(c.sure, c.key).offset(skip).limit(limit)
    return tuple(codec.tie(body) for body in connection.execute(asked).scalars())
