"""What can be carried away from a ledger, by name of its format."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import BinaryIO

from rashomon.errors import RashomonError
from rashomon.export import (
    acled,
    datapackage,
    ftm,
    geojson,
    jsonld,
    lines,
    notes,
    plover,
    spreadsheet,
    tables,
    ucdp,
)
from rashomon.export.dossiers import Holdings
from rashomon.export.whole import whole

__all__ = ["BINARY", "FORMATS", "Exporter", "Holdings", "whole"]

Exporter = Callable[[Holdings, BinaryIO], int]


def _parquet(table: tables.Table, holdings: Holdings, stream: BinaryIO) -> int:
    """Write a table with typed columns. Raises RashomonError, with what to install, if pyarrow is not there."""
    try:
        # Importing pyarrow costs half a second, and it is an extra: only who asks for Parquet pays.
        sheet: Callable[[tables.Table, Holdings, BinaryIO], int] = import_module("rashomon.export.parquet").sheet
    except ModuleNotFoundError as error:
        raise RashomonError(f"parquet needs {error.name}: pip install 'rashomon[tables]'") from error
    return sheet(table, holdings, stream)


# Each writes what a ledger holds to a stream and returns how many records it wrote, headers not counted.
FORMATS: dict[str, Exporter] = {
    "json": lines.incidents,
    "readings": lines.readings,
    "csv": spreadsheet.claims,
    "csv-incidents": spreadsheet.incidents,
    "csv-comparisons": spreadsheet.comparisons,
    "csv-answers": spreadsheet.answers,
    "parquet": partial(_parquet, tables.CLAIMS),
    "parquet-incidents": partial(_parquet, tables.INCIDENTS),
    "parquet-comparisons": partial(_parquet, tables.COMPARISONS),
    "parquet-answers": partial(_parquet, tables.ANSWERS),
    "datapackage": datapackage.package,
    "geojson": geojson.features,
    "jsonld": jsonld.claims,
    "claimreview": jsonld.reviews,
    "annotations": notes.page,
    "ftm": ftm.entities,
    "ftm-statements": ftm.statements,
    "plover": plover.records,
    "acled-like": acled.sheet,
    "ucdp-like": ucdp.sheet,
}
# What no terminal should be given.
BINARY = frozenset(form for form in FORMATS if form.startswith(("parquet", "datapackage")))
