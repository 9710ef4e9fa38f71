"""Tables as pandas has them. Needs pandas, the extra ``rashomon[pandas]``."""

from __future__ import annotations

from collections.abc import Sequence

import pandas

from rashomon.export.tables import Cell, Column, Sort, Table


def frame(table: Table, rows: Sequence[Sequence[Cell]]) -> pandas.DataFrame:
    """Rows as a data frame: days are datetime64, whole numbers and truth values may be missing, the rest is text."""
    return pandas.DataFrame(
        {column.name: _series(column, [row[n] for row in rows]) for n, column in enumerate(table.columns)}
    )


def _series(column: Column, cells: list[Cell]) -> pandas.Series:
    match column.sort:
        case Sort.DATE:
            return pandas.Series(pandas.to_datetime(pandas.Series(cells, dtype="object")))
        case Sort.INTEGER:
            return pandas.Series(cells, dtype="Int64")
        case Sort.NUMBER:
            return pandas.Series(cells, dtype="float64")
        case Sort.BOOLEAN:
            return pandas.Series(cells, dtype="boolean")
        case Sort.STRING | Sort.ARRAY | Sort.OBJECT:
            return pandas.Series(cells, dtype="object")
