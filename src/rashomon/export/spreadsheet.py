"""CSV for spreadsheets and statistics (RFC 4180, UTF-8, a header): tables of the ledger, rows of other codebooks."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import BinaryIO

from rashomon.export.dossiers import Holdings
from rashomon.export.tables import ANSWERS, CLAIMS, COMPARISONS, INCIDENTS, Cell, Table

# A cell that begins so is a formula to a spreadsheet, and whoever writes the news could write one.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class _Encoded:
    """A stream of text over one of bytes that, unlike the standard library's, never closes what it is given."""

    stream: BinaryIO

    def write(self, text: str, /) -> int:
        return self.stream.write(text.encode())


def rows(header: Sequence[str], body: Iterable[Sequence[Cell]], stream: BinaryIO) -> int:
    """Write a header and rows; how many rows."""
    table = csv.writer(_Encoded(stream))
    table.writerow(header)
    written = 0
    for row in body:
        table.writerow([_cell(cell) for cell in row])
        written += 1
    return written


def sheet(table: Table, holdings: Holdings, stream: BinaryIO) -> int:
    """Write a table of the ledger."""
    return rows([column.name for column in table.columns], table.rows(holdings), stream)


claims = partial(sheet, CLAIMS)
incidents = partial(sheet, INCIDENTS)
comparisons = partial(sheet, COMPARISONS)
answers = partial(sheet, ANSWERS)


def plain(words: str | None) -> str | None:
    """Words that no spreadsheet takes for a formula: an apostrophe is put before those that it would."""
    return f"'{words}" if words is not None and words.startswith(FORMULA) else words


def _cell(cell: Cell) -> str | int | float | None:
    match cell:
        case str():
            return plain(cell)
        case bool():
            return "true" if cell else "false"
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return int(cell)
        case _:
            return cell
