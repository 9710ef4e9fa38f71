from __future__ import annotations

import csv
import io
import json
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from rashomon import ledger
from rashomon.cli import cli
from rashomon.errors import RashomonError
from rashomon.export import FORMATS, Holdings, whole
from rashomon.gathering import gather
from rashomon.ledger import Ledger
from rashomon.model import codec
from rashomon.model.document import Document, DocumentId
from rashomon.model.incident import Incident
from rashomon.model.reading import Reading
from rashomon.model.telling import Act, Claim, ClaimId, Distance, Speech, Stance
from rashomon.model.text import Span

Export = Callable[[str], bytes]
Shelve = Callable[[Sequence[Reading], Sequence[Incident]], Holdings]
# What a format writes of a ledger with nothing in it: a header, an empty collection.
EMPTY = {
    "json": 0,
    "readings": 0,
    "ftm": 0,
    "ftm-statements": 0,
    "plover": 0,
    "csv": 1,
    "csv-incidents": 1,
    "csv-comparisons": 1,
    "csv-answers": 1,
    "acled-like": 1,
    "ucdp-like": 1,
}


@pytest.fixture
def book(shelf: Holdings, tmp_path: Path) -> Iterator[Ledger]:
    """A ledger with the shelf's readings, gathered."""
    with ledger.open(tmp_path / "book.db", create=True) as opened:
        opened.record(list(shelf.readings()))
        gather(opened)
        yield opened


def exported(holdings: Holdings, form: str) -> tuple[int, bytes]:
    stream = io.BytesIO()
    return FORMATS[form](holdings, stream), stream.getvalue()


def test_json_is_the_contracts_incident(export: Export, shelf: Holdings) -> None:
    lines = export("json").splitlines()
    assert [codec.incident(line) for line in lines] == list(shelf.incidents())
    strike = json.loads(lines[0])
    assert (strike["schema"], strike["id"], strike["kind"]) == ("rashomon/incident/1", "RA-1", "STRIKE.DRONE")
    assert strike["participants"][0] == {"role": "accused", "actor": "Northern Front", "alleged_by": "Chadian Army"}
    seven = strike["comparisons"][1]["answers"][0]
    assert (seven["low"], seven["high"], seven["voices"]) == (7, None, ["Chadian Army"])
    assert seven["claims"][0]["text"] == "at least seven villagers"


def test_readings_are_written_as_the_contract_has_them(book: Ledger, shelf: Holdings) -> None:
    count, body = exported(book, "readings")
    assert count == 3
    assert body.endswith(b"}\n")
    by_id = {reading.document.id: reading for reading in map(codec.reading, body.splitlines())}
    assert by_id == {reading.document.id: reading for reading in shelf.readings()}


def test_csv_keeps_quotes_commas_and_line_ends(shelf: Holdings, tmp_path: Path) -> None:
    text = 'The mayor said:\n"Seven, no, eight".'
    all_of_it = (Span(0, len(text)),)
    said = Claim(ClaimId("c1"), all_of_it, (), all_of_it, None, Speech.DIRECT, Act.SAY, Stance.AFFIRM, Distance.NEUTRAL)
    document = Document(DocumentId("d"), text, outlet='The "Post", Kuratovo')
    bare = replace(next(shelf.readings()), document=document, claims=(said,), actors=(), incidents=(), places=())
    with ledger.open(tmp_path / "quotes.db", create=True) as book:
        book.record([replace(bare, quantities=())])
        (row,) = csv.DictReader(io.StringIO(exported(book, "csv")[1].decode(), newline=""))
    assert (row["content"], row["outlet"]) == (text, 'The "Post", Kuratovo')


@pytest.mark.parametrize("form", FORMATS)
def test_a_ledger_exports_in_every_format(book: Ledger, form: str) -> None:
    if form.startswith("parquet"):
        pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install '.[exports]'")
    count, body = exported(book, form)
    assert body
    assert (count == 0) is (form == "claimreview")


@pytest.mark.parametrize(("form", "lines"), EMPTY.items())
def test_an_empty_ledger_exports_to_nothing(tmp_path: Path, form: str, lines: int) -> None:
    with ledger.open(tmp_path / "empty.db", create=True) as book:
        count, body = exported(book, form)
    assert (count, len(body.splitlines())) == (0, lines)


@pytest.mark.parametrize("form", sorted(set(FORMATS) - set(EMPTY)))
def test_a_collection_of_nothing_is_still_one(tmp_path: Path, form: str) -> None:
    if form.startswith("parquet"):
        pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install '.[exports]'")
    with ledger.open(tmp_path / "empty.db", create=True) as book:
        count, body = exported(book, form)
    assert count == 0
    if form in ("geojson", "jsonld", "claimreview", "annotations"):
        json.loads(body)
    else:
        assert body[:4] in (b"PAR1", b"PK\x03\x04")


@pytest.mark.parametrize("form", [form for form in FORMATS if not form.startswith(("parquet", "datapackage"))])
def test_the_order_of_arrival_does_not_matter(tmp_path: Path, shelf: Holdings, form: str) -> None:
    batch = list(shelf.readings())
    bodies = []
    for number, order in enumerate((batch, batch[::-1])):
        with ledger.open(tmp_path / f"{number}.db", create=True) as book:
            book.record(order)
            gather(book)
            bodies.append(exported(book, form)[1])
    assert bodies[0] == bodies[1]


def interrupted(path: Path) -> None:
    with whole(path) as stream:
        stream.write(b"sec")
        raise KeyboardInterrupt


def test_a_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with whole(path) as stream:
        stream.write(b"first")
        assert not path.exists()
    with pytest.raises(KeyboardInterrupt):
        interrupted(path)
    assert path.read_bytes() == b"first"
    with whole(path) as stream:
        stream.write(b"second")
    assert path.read_bytes() == b"second"
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    with whole(link) as stream:
        stream.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such device here")
def test_a_device_is_written_to_and_not_replaced() -> None:
    with whole(Path(os.devnull)) as stream:
        stream.write(b"nothing")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@pytest.mark.parametrize("place", ["missing/out.csv", "."])
def test_what_cannot_be_written_is_named(tmp_path: Path, place: str) -> None:
    with pytest.raises(RashomonError, match="cannot be written"), whole(tmp_path / place) as stream:
        stream.write(b"x")


def test_the_help_names_every_format() -> None:
    told = cli.commands["export"].help or ""
    named = told.replace("parquet-…", "parquet-incidents parquet-comparisons parquet-answers").replace(",", " ").split()
    assert [form for form in FORMATS if form not in named] == []


def test_an_incident_outlives_its_document(shelf: Holdings, shelve: Shelve) -> None:
    """A document that is gone leaves its incident without words, not without a row."""
    stream = io.BytesIO()
    assert FORMATS["plover"](shelve((), tuple(shelf.incidents())), stream) == 4
    assert {json.loads(line)["event_text"] for line in stream.getvalue().splitlines()} == {None}
