"""A whole ledger written into another database."""

from __future__ import annotations

from itertools import islice

from sqlalchemy import Connection, delete, select

from rashomon.ledger import incidents
from rashomon.ledger import intake_tables as i
from rashomon.ledger import tables as t
from rashomon.ledger.dialects import dialect
from rashomon.ledger.streaming import POURED, poured, streamed

TABLES = i.feed.metadata.sorted_tables


def empty(connection: Connection) -> bool:
    """Whether a ledger holds nothing at all."""
    held = (select(table).limit(1) for table in TABLES if table is not t.meta)
    return all(connection.execute(one).first() is None for one in held)


def transcribe(source: Connection, target: Connection) -> int:
    """Write everything into an empty ledger, under the same numbers and ids; how many rows."""
    target.execute(delete(t.meta))
    many = sum(poured(source, target, table) for table in TABLES)
    _tell(source, target)
    dialect(target).resume(target, dialect(source).given(source))
    return many


def _tell(source: Connection, target: Connection) -> None:
    """Write down which words incidents are found by; those of documents are kept by the database itself."""
    accounts = streamed(source, select(t.account))
    while some := list(islice(accounts, POURED)):
        rows = [{"rowid": row.incident, "words": incidents.words(incidents.unpacked(row.body))} for row in some]
        target.execute(dialect(target).tell, rows)
