"""The library as programs use it."""

from __future__ import annotations

import builtins
import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import rashomon
from rashomon import Incident, Ledger, RashomonError, Reading, Table, model, read, read_all
from rashomon.errors import Unknown, Unreadable, Unusable
from rashomon.history import Turn
from rashomon.model.incident import Incident as Plain

TEXT = (
    "Two bridges were blown up near Kharkiv on Sunday, killing at least four people, the army said.\n\n"
    'Lena Ost, the mayor, denied the report. "Both bridges stand," she said.\n'
)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(TEXT, published="2025-06-03", outlet="Hill Post")


def test_a_text_is_read(reading: Reading) -> None:
    assert reading.document.text == TEXT
    assert (reading.document.outlet, reading.document.published) == ("Hill Post", date(2025, 6, 3))
    said = {claim.source[0].of(TEXT): str(claim.stance) for claim in reading.claims}
    assert said["the army"] == "affirm"
    assert said["Lena Ost, the mayor"] == "deny"
    (killed,) = (one for one in reading.quantities if one.kind == "killed")
    assert (killed.low, killed.high) == (Decimal(4), None)
    assert reading.times[0].earliest == date(2025, 6, 1)


def test_a_file_is_read_as_the_command_line_reads_it(reading: Reading, tmp_path: Path) -> None:
    path = tmp_path / "bridges.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert read(path, published=date(2025, 6, 3), outlet="Hill Post") == reading
    (tmp_path / "empty.txt").touch()
    found = read_all([path, tmp_path / "empty.txt"], outlet="Hill Post", published="2025-06-03")
    assert next(found) == reading
    with pytest.raises(Unreadable, match=r"empty\.txt"):
        next(found)


@pytest.mark.parametrize(
    ("source", "why"),
    [("report.txt", "give its Path"), ("", "empty"), (Path("/nowhere/at/all.txt"), "no such file")],
)
def test_what_cannot_be_read_says_why(source: str | Path, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read(source)


def test_results_are_the_records_of_the_model(reading: Reading, book: Ledger) -> None:
    incident = book.incidents()[0]
    assert is_dataclass(reading)
    assert isinstance(reading, model.reading.Reading)
    assert isinstance(incident, Plain)
    assert {field.name for field in fields(Incident)} == {field.name for field in fields(Plain)}
    assert json.loads(reading.to_json())["schema"] == "rashomon/reading/1"
    assert json.loads(incident.to_json())["id"] == incident.id


def test_incidents_are_asked_for(book: Ledger) -> None:
    def towns(**asked: object) -> list[str]:
        return sorted(one.places[0].name for one in book.incidents(**asked))  # type: ignore[arg-type]

    assert towns() == ["Kuratovo", "Tarna", "Velsk"]
    assert towns(since="2031-06-05") == ["Kuratovo", "Velsk"]
    assert towns(near=("Kharkiv", 40)) == ["Tarna"]
    assert towns(near=(50.1, 36.2, 5)) == ["Tarna"]
    assert towns(relation="disagree") == ["Tarna"]
    assert towns(voice="marsh front", until=date(2031, 6, 5), kind="STRIKE") == ["Tarna"]
    assert [len(book.incidents(limit=2)), len(book.incidents()[1:])] == [2, 2]
    with pytest.raises(RashomonError, match="not in the gazetteer"):
        book.incidents(near=("Nowhereville", 5))


def test_one_is_found_by_any_of_its_names(book: Ledger) -> None:
    incident = book.incident("front#i1")
    assert incident == book.incident(incident.id)
    assert incident.id in book.names(incident)
    assert book.reading("army").document.id == "army"
    assert [hit.document for hit in book.search('"Nobody else saw it"')] == ["front"]
    with pytest.raises(Unknown):
        book.incident("RA-NEVER")


def test_the_ledger_as_it_was_and_what_changed(book: Ledger, tmp_path: Path) -> None:
    assert book.revision == 4
    with book.as_of(1) as past:
        assert [one.documents for one in past.incidents()] == [("army",)]
        assert past.revision == 1
    assert {one.what for one in book.changes("1").incidents} == {Turn.ADDED, Turn.CHANGED}
    assert book.export("geojson", tmp_path / "out.geojson") == 3
    assert len(json.loads((tmp_path / "out.geojson").read_text("utf-8"))["features"]) == 3
    with pytest.raises(RashomonError, match="no such format; there is acled-like"):
        book.export("shapefile", tmp_path / "out.shp")


def test_texts_are_read_into_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "bridges.txt").write_text(TEXT, encoding="utf-8")
    with Ledger(tmp_path / "new.db", create=True) as book:
        tally = book.ingest(tmp_path / "bridges.txt", tmp_path / "gone.txt", published="2025-06-03")
        assert (tally.new, tally.failed) == (1, 1)
        assert book.counts().documents == 1
        assert [failure.name.endswith("gone.txt") for failure in book.failures()] == [True]
        assert {one.document.published for one in book.readings()} == {date(2025, 6, 3)}
    with pytest.raises(Unusable, match="no ledger there yet"):
        Ledger(tmp_path / "gone.db")


Tabled = Callable[[Ledger], Table]
TABLES: Mapping[str, tuple[Tabled, int, Sequence[str]]] = {
    "claims": (lambda book: book.table(), 4, ("document", "outlet", "published", "claim")),
    "a reading": (lambda book: book.reading("army").table(), 1, ("document", "outlet", "published", "claim")),
    "incidents": (lambda book: book.incidents().table(), 3, ("id", "kind", "label", "status")),
    "answers": (lambda book: book.incident("army#i1").table(), 5, ("incident", "kind", "question", "relation")),
}


@pytest.mark.parametrize("name", TABLES)
def test_tables(book: Ledger, name: str) -> None:
    """The same rows and columns as a data frame, as an Arrow table, and here."""
    pytest.importorskip("pandas", reason="pandas is not installed: pip install '.[exports]'")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install '.[exports]'")
    made, many, columns = TABLES[name]
    table = made(book)
    frame, arrow = table.to_pandas(), table.to_arrow()
    assert len(table) >= many
    assert len(frame) == arrow.num_rows == len(table)
    assert table.columns == tuple(frame.columns) == tuple(arrow.column_names)
    assert table.columns[:4] == columns
    days = [one for one in table.columns if one in ("published", "earliest", "first_published")]
    assert all(frame[day].dtype.kind == "M" and str(arrow.schema.field(day).type) == "date32[day]" for day in days)


def test_without_pandas_it_says_what_to_install(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = builtins.__import__

    def importing(name: str, *rest: object) -> object:
        if name.partition(".")[0] in ("pandas", "pyarrow"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name.partition(".")[0])
        return whole(name, *rest)  # type: ignore[arg-type]

    for module in ("rashomon.library.frames", "rashomon.export.parquet"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setattr(builtins, "__import__", importing)
    with pytest.raises(RashomonError, match=r"to_pandas needs pandas: pip install 'rashomon\[pandas\]'"):
        book.table().to_pandas()
    with pytest.raises(RashomonError, match=r"to_arrow needs pyarrow: pip install 'rashomon\[tables\]'"):
        book.incidents().to_arrow()


def test_every_name_of_the_surface_is_there_and_typed() -> None:
    assert sorted(rashomon.__all__) == list(rashomon.__all__)
    assert all(hasattr(rashomon, name) and name in dir(rashomon) for name in rashomon.__all__)
    stub = Path(str(rashomon.__file__)).with_suffix(".pyi").read_text(encoding="utf-8")
    assert all(f"import {name} as {name}" in stub for name in rashomon.__all__ if name != "__version__")
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = rashomon.nothing  # type: ignore[attr-defined]


def test_nothing_heavy_is_opened_before_it_is_needed() -> None:
    """Not torch, not spaCy, not pandas; the encoder's runtime and the database only when the library is used."""
    script = (
        "import sys, rashomon; before = set(sys.modules); rashomon.Ledger, rashomon.read\n"
        "print(*({name.partition('.')[0] for name in before} & {'onnxruntime', 'sqlalchemy', 'numpy', 'starlette'}))\n"
        "print(*({name.partition('.')[0] for name in sys.modules} & {'torch', 'spacy', 'pandas', 'pyarrow'}))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "\n\n"
