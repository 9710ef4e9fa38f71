"""Rows a few at a time, however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Executable, Row, Table, insert, select, true

CHUNK = 64  # rows in memory at once
POURED = 500


def streamed(
    connection: Connection, statement: Executable, values: Mapping[str, object] | None = None
) -> Iterator[Row[Any]]:
    """The rows a statement gives, in order; whoever stops in the middle leaves nothing open at the server."""
    with connection.execute(statement, values or {}, execution_options={"yield_per": CHUNK}) as rows:
        yield from rows


def poured(source: Connection, target: Connection, table: Table, wanted: ColumnElement[bool] | None = None) -> int:
    """Copy rows, all or those that are wanted, as they are, in the order of their keys; how many."""
    found = select(table).where(true() if wanted is None else wanted).order_by(*table.primary_key)
    many = 0
    with source.execute(found, execution_options={"yield_per": POURED}) as rows:
        for some in rows.mappings().partitions():
            target.execute(insert(table), [dict(row) for row in some])
            many += len(some)
    return many
