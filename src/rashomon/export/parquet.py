"""Parquet: the tables of the ledger with typed columns. Needs pyarrow, the extra ``rashomon[tables]``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import BinaryIO

import pyarrow
import pyarrow.parquet

from rashomon import __version__
from rashomon.export.dossiers import Holdings
from rashomon.export.tables import Cell, Column, Sort, Table

# Rows in memory at once, and in a row group: about 10 MB of claims.
GROUP = 20_000


def sheet(table: Table, holdings: Holdings, stream: BinaryIO) -> int:
    """Write a table of the ledger; how many rows."""
    schema = schema_of(table)
    rows = table.rows(holdings)
    written = 0
    with pyarrow.parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        while group := list(islice(rows, GROUP)):
            writer.write_table(filled(table, group))
            written += len(group)
    return written


def filled(table: Table, rows: Sequence[Sequence[Cell]]) -> pyarrow.Table:
    """Rows of a table, in memory."""
    return pyarrow.table(dict(_columns(table, rows)), schema=schema_of(table))


def schema_of(table: Table) -> pyarrow.Schema:
    """The types of a table's columns, each with what it says."""
    fields = [pyarrow.field(one.name, _type(one), metadata={"comment": one.words}) for one in table.columns]
    return pyarrow.schema(fields, metadata={"table": table.words, "maker": f"Rashomon {__version__}"})


def _columns(table: Table, group: Sequence[Sequence[Cell]]) -> Iterator[tuple[str, pyarrow.Array]]:
    for number, column in enumerate(table.columns):
        yield column.name, pyarrow.array([row[number] for row in group], _type(column))


def _type(column: Column) -> pyarrow.DataType:
    match column.sort:
        case Sort.STRING | Sort.ARRAY | Sort.OBJECT:
            return pyarrow.string()
        case Sort.INTEGER:
            return pyarrow.int64()
        case Sort.NUMBER:
            return pyarrow.float64()
        case Sort.BOOLEAN:
            return pyarrow.bool_()
        case Sort.DATE:
            return pyarrow.date32()
