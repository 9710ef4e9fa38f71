"""The rows of the audit trail: added to its end, read from its beginning."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, insert, select

from rashomon.ledger import tables as t
from rashomon.model.trail import BEGINNING, Link, sealed

JUDGEMENT = "judgement"


def seal(connection: Connection, at: str, by: str, what: str, body: str) -> Link:
    """Add a row. Its number is taken inside the transaction that writes it, and only one writes at a time."""
    c = t.trail.c
    last = connection.execute(select(c.number, c.digest).order_by(c.number.desc()).limit(1)).first()
    number, previous = (1, BEGINNING) if last is None else (last.number + 1, last.digest)
    made = sealed(number, at, by, what, body, previous)
    row = {name: getattr(made, name) for name in ("number", "at", "by", "what", "body", "previous", "digest")}
    connection.execute(insert(t.trail).values(row))
    return made


def links(connection: Connection) -> Iterator[Link]:
    """All rows, the first one first."""
    for row in connection.execute(select(t.trail).order_by(t.trail.c.number)):
        yield Link(row.number, row.at, row.by, row.what, row.body, row.previous, row.digest)
