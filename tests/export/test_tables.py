"""Tables load as users load them: with the standard library, pandas, polars, DuckDB and pyarrow."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from rashomon.errors import RashomonError
from rashomon.export import FORMATS, Holdings
from rashomon.export.spreadsheet import plain
from rashomon.export.tables import ANSWERS, CLAIMS, COMPARISONS, INCIDENTS, TABLES, Sort, Table

Export = Callable[[str], bytes]
SHEETS = {"csv": CLAIMS, "csv-incidents": INCIDENTS, "csv-comparisons": COMPARISONS, "csv-answers": ANSWERS}
ROWS = {CLAIMS.name: 4, INCIDENTS.name: 5, COMPARISONS.name: 6, ANSWERS.name: 8}
PARQUET = {form.replace("csv", "parquet"): table for form, table in SHEETS.items()}


def table(export: Export, form: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export(form).decode(), newline="")))


@pytest.mark.parametrize(("form", "wanted"), SHEETS.items())
def test_a_sheet_has_the_columns_and_rows_of_its_table(export: Export, form: str, wanted: Table) -> None:
    rows = table(export, form)
    assert len(rows) == ROWS[wanted.name]
    assert list(rows[0]) == [column.name for column in wanted.columns]
    keys = [tuple(row[name] for name in wanted.key) for row in rows]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("wanted", TABLES, ids=lambda table: table.name)
def test_cells_are_what_their_column_says(shelf: Holdings, wanted: Table) -> None:
    types = {Sort.INTEGER: int, Sort.NUMBER: float, Sort.BOOLEAN: bool, Sort.DATE: date}
    for row in wanted.rows(shelf):
        for cell, column in zip(row, wanted.columns, strict=True):
            assert cell is None or type(cell) is types.get(column.sort, str), column.name
            if column.sort in (Sort.ARRAY, Sort.OBJECT):
                assert isinstance(json.loads(str(cell)), list if column.sort is Sort.ARRAY else dict)


def test_an_incident_is_a_row(export: Export) -> None:
    strike, clash, *_, crash = table(export, "csv-incidents")
    assert (strike["id"], strike["label"], strike["place"], strike["country"]) == (
        "RA-1",
        "drone strike",
        "Kuratovo",
        "TD",
    )
    assert (strike["killed_low"], strike["killed_high"], strike["injured_low"]) == ("7", "9", "")
    assert (strike["documents"], strike["voices"], strike["questions"]) == ("2", "4", "4")
    assert json.loads(strike["relations"])["perpetrator"] == "disputed"
    assert (clash["status"], clash["earliest"], clash["latest"]) == ("claimed", "2025-06-01", "2025-06-07")
    assert (crash["lat"], crash["place"], crash["killed_low"]) == ("", "Ostava", "")


def test_an_answer_keeps_who_says_it_and_in_which_words(export: Export) -> None:
    denial = table(export, "csv-answers")[1]
    assert (denial["question"], denial["polarity"], denial["voice_names"]) == ("perpetrator", "deny", "Northern Front")
    (span,) = [claim["span"] for claim in json.loads(denial["claims"])]
    assert (denial["words"], span[1] - span[0]) == ("that it was behind it", len("that it was behind it"))
    open_end = table(export, "csv-answers")[2]
    assert (open_end["low"], open_end["high"], open_end["unit"]) == ("7", "", "villager")


def test_no_word_from_outside_becomes_a_formula(export: Export) -> None:
    assert table(export, "csv")[3]["content"] == "'=Gunmen shot twelve villagers"


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+7 dead", "'+7 dead"),
        ("- no one", "'- no one"),
        ("@army: hit", "'@army: hit"),
        ("\t=1", "'\t=1"),
        ("7 = seven", "7 = seven"),
        ("'quoted'", "'quoted'"),
        ("", ""),
        (None, None),
    ],
)
def test_no_cell_is_a_formula(words: str | None, cell: str | None) -> None:
    assert plain(words) == cell


@pytest.mark.parametrize(("form", "wanted"), SHEETS.items())
@pytest.mark.parametrize("library", ["pandas", "polars", "duckdb"])
def test_a_sheet_loads(export: Export, tmp_path: Path, form: str, wanted: Table, library: str) -> None:
    module = pytest.importorskip(library, reason=f"{library} is not installed: pip install '.[exports]'")
    path = tmp_path / "sheet.csv"
    path.write_bytes(export(form))
    match library:
        case "duckdb":
            loaded = module.sql(f"SELECT * FROM read_csv('{path}')")
        case _:
            loaded = module.read_csv(path)
    assert (loaded.shape, list(loaded.columns)) == (
        (ROWS[wanted.name], len(wanted.columns)),
        [column.name for column in wanted.columns],
    )


@pytest.mark.parametrize(("form", "wanted"), PARQUET.items())
@pytest.mark.parametrize("library", ["pyarrow.parquet", "pandas", "polars", "duckdb"])
def test_parquet_loads_with_its_types(export: Export, tmp_path: Path, form: str, wanted: Table, library: str) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install '.[exports]'")
    module = pytest.importorskip(library, reason=f"{library} is not installed: pip install '.[exports]'")
    path = tmp_path / "sheet.parquet"
    path.write_bytes(export(form))
    match library:
        case "duckdb":
            loaded = module.sql(f"SELECT * FROM '{path}'")
            found = {name: str(kind) for name, kind in zip(loaded.columns, loaded.types, strict=True)}
            names = {Sort.INTEGER: "BIGINT", Sort.NUMBER: "DOUBLE", Sort.BOOLEAN: "BOOLEAN", Sort.DATE: "DATE"}
            assert found == {one.name: names.get(one.sort, "VARCHAR") for one in wanted.columns}
        case "polars":
            loaded = module.read_parquet(path)
            names = {Sort.INTEGER: "Int64", Sort.NUMBER: "Float64", Sort.BOOLEAN: "Boolean", Sort.DATE: "Date"}
            found = {name: str(kind) for name, kind in loaded.schema.items()}
            assert found == {one.name: names.get(one.sort, "String") for one in wanted.columns}
        case "pandas":
            loaded = module.read_parquet(path)
        case _:
            loaded = module.read_table(path)
            assert loaded.schema.field(0).metadata[b"comment"].decode() == wanted.columns[0].words
    assert loaded.shape == (ROWS[wanted.name], len(wanted.columns))


def test_parquet_and_csv_hold_the_same(export: Export) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: pip install '.[exports]'")
    typed = parquet.read_table(io.BytesIO(export("parquet-answers"))).to_pylist()
    for sheet, row in zip(table(export, "csv-answers"), typed, strict=True):
        low = row.pop("low")
        assert sheet["low"] == ("" if low is None else str(int(low)))
        assert (sheet["words"], sheet["first_published"]) == (row["words"], row["first_published"].isoformat())


def test_without_pyarrow_parquet_says_what_to_install(shelf: Holdings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "rashomon.export.parquet", raising=False)
    with pytest.raises(RashomonError, match=r"pip install 'rashomon\[tables\]'"):
        FORMATS["parquet"](shelf, io.BytesIO())
