"""Rows a few at a time, however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Executable, Row

CHUNK = 64  # rows in memory at once


def streamed(
    connection: Connection, statement: Executable, values: Mapping[str, object] | None = None
) -> Iterator[Row[Any]]:
    """The rows a statement gives, in order; whoever stops in the middle leaves nothing open at the server."""
    with connection.execute(statement, values or {}, execution_options={"yield_per": CHUNK}) as rows:
        yield from rows
