"""Coded rows in a ledger: one more voice, each figure on its own characters; and where they differ from the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rashomon import ledger
from rashomon.coders import bring_in, compare, rows
from rashomon.coders.differences import Differs
from rashomon.coders.rows import Sheet
from rashomon.gathering import gather
from rashomon.ledger import Ledger
from rashomon.model.incident import Relation
from rashomon.model.reading import Reading

Strike = Callable[..., Reading]
HEADER = "id,date,kind,place,lat,lon,killed,remarks\n"
REMARK = "A mill by the river burned until noon after the drones hit the depot"
MILL = f"m1,2031-06-02,drone strike,Tarna,50.1,36.2,9,{REMARK}\n"


@pytest.fixture
def book(tmp_path: Path, strike: Strike) -> Iterator[Ledger]:
    with ledger.open(tmp_path / "news.db", create=True) as opened:
        opened.record(
            [
                strike("army", killed=7),
                strike("kuratovo", "Kuratovo", 4, day=9, published=10, detail="It rained."),
                strike("velsk", "Velsk", 2, day=9, published=10, kind="STRIKE.SHELLING", detail="The bells rang."),
            ]
        )
        gather(opened)
        yield opened


def table(folder: Path, *lines: str) -> Sheet:
    (folder / "coded.csv").write_text(HEADER + "".join(lines), encoding="utf-8")
    return rows(folder / "coded.csv")


def test_a_row_is_one_more_voice_on_its_incident(book: Ledger, tmp_path: Path) -> None:
    done = bring_in(book, table(tmp_path, MILL), "Tarna Recorders", "1")
    assert (done.rows, done.new, done.failed) == (1, 1, ())
    incident = book.incident("army#i1")
    assert len(incident.documents) == 2
    (killed,) = (one for one in incident.comparisons if one.question == "killed")
    assert killed.relation is Relation.DISAGREE
    assert {one.voices: one.low for one in killed.answers} == {("Northern Army",): 7, ("Tarna Recorders",): 9}


def test_every_datum_of_a_row_points_at_its_cell(book: Ledger, tmp_path: Path) -> None:
    bring_in(book, table(tmp_path, MILL), "Tarna Recorders", "1")
    (reading,) = (one for one in book.readings() if one.document.outlet == "Tarna Recorders")
    text = reading.document.text
    assert text.startswith("id: m1\ndate: 2031-06-02\nkind: drone strike\n")
    assert reading.document.title == "coded.csv, m1"
    assert [one.span.of(text) for one in reading.quantities] == ["9"]
    assert [one.span.of(text) for one in reading.times] == ["2031-06-02"]
    assert [one.span.of(text) for one in reading.places] == ["Tarna"]
    assert [one.of(text) for one in reading.incidents[0].trigger] == ["drone strike"]


def test_importing_again_adds_nothing_and_a_corrected_row_takes_its_place(book: Ledger, tmp_path: Path) -> None:
    bring_in(book, table(tmp_path, MILL), "Tarna Recorders", "1")
    assert bring_in(book, table(tmp_path, MILL), "Tarna Recorders", "1").new == 0
    assert bring_in(book, table(tmp_path, MILL.replace(",9,", ",8,")), "Tarna Recorders", "1").new == 1
    (killed,) = (one for one in book.incident("army#i1").comparisons if one.question == "killed")
    assert {one.low for one in killed.answers} == {7, 8}
    assert book.counts().documents == 4


def test_a_bad_row_is_a_failure_until_it_is_mended(book: Ledger, tmp_path: Path) -> None:
    wrong = MILL.replace("m1", "m2").replace("2031-06-02", "Monday")
    done = bring_in(book, table(tmp_path, MILL, wrong), "Tarna Recorders", "1")
    assert [(one.name, one.reason) for one in done.failed] == [("coded.csv:3", "date Monday: no day as YYYY-MM-DD")]
    assert list(book.failures()) == list(done.failed)
    bring_in(book, table(tmp_path, MILL, wrong.replace("Monday", "2031-06-04")), "Tarna Recorders", "1")
    assert list(book.failures()) == []


CASES = {
    "the same": (MILL.replace(",9,", ",7,"), []),
    "at least": (MILL.replace(",9,", ",5+,"), []),
    "family": (MILL.replace("drone strike", "STRIKE").replace(",9,", ",7,"), []),
    "no figure": (MILL.replace(",9,", ",,"), []),
    "figure": (MILL, [(Differs.FIGURE, "killed 9", "7 (Northern Army)")]),
    "kind": (
        MILL.replace("drone strike", "STRIKE.AIR").replace(",9,", ",7,"),
        [(Differs.KIND, "STRIKE.AIR", "STRIKE.DRONE")],
    ),
    "day": (MILL.replace("06-02", "06-03").replace(",9,", ",7,"), [(Differs.DATE, "3 Jun 2031", "2 Jun 2031")]),
    "place": (
        MILL.replace("Tarna,50.1", "Upper Tarna,50.5").replace(",9,", ",7,"),
        [(Differs.PLACE, "Upper Tarna", "Tarna (40 km away)")],
    ),
    "missing": (
        MILL.replace("06-02", "06-20"),
        [(Differs.MISSING, "STRIKE.DRONE · 20 Jun 2031 · Tarna", "")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_where_a_row_and_the_machine_differ(book: Ledger, tmp_path: Path, case: str) -> None:
    line, differing = CASES[case]
    found = compare(book, table(tmp_path, line).rows)
    told = [(one.what, one.coder, one.machine) for one in found.differences if one.what is not Differs.EXTRA]
    assert told == differing
    assert all((one.line, one.row) == (2, "m1") for one in found.differences if one.what is not Differs.EXTRA)


def test_what_the_coder_has_not_is_extra(book: Ledger, tmp_path: Path) -> None:
    """Within the days and the families that the rows cover: talks would not be, nor next month's."""
    later = MILL.replace("m1", "m2").replace("06-02", "06-09").replace("Tarna,50.1,36.2", "Velsk,51.0,33.0")
    found = compare(book, table(tmp_path, MILL, later.replace("drone strike", "STRIKE.SHELLING")).rows)
    extra = [one for one in found.differences if one.what is Differs.EXTRA]
    assert [one.machine for one in extra] == ["STRIKE.DRONE · 9 Jun 2031 · Kuratovo"]
    only = compare(book, table(tmp_path, MILL).rows)
    assert [one for one in only.differences if one.what is Differs.EXTRA] == []
    clashes = compare(book, table(tmp_path, later.replace("drone strike", "CLASH.ARMED")).rows)
    assert [one.what for one in clashes.differences] == [Differs.KIND, Differs.FIGURE]


def test_a_row_that_names_its_document_is_held_against_that(book: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "coded.csv"
    path.write_text("date,kind,place,document\n2031-06-08,STRIKE,Kuratovo,velsk\n", encoding="utf-8")
    found = compare(book, rows(path).rows)
    assert {one.incident for one in found.differences} <= {book.incident("velsk#i1").id, None}
    path.write_text("date,kind,document\n2031-06-09,STRIKE,velsk\n", encoding="utf-8")
    assert compare(book, rows(path).rows).differences == ()


def test_rows_in_the_ledger_are_not_held_against_themselves(book: Ledger, tmp_path: Path) -> None:
    alone = MILL.replace("m1", "m2").replace("06-02", "06-20").replace("Tarna,50.1,36.2", "Velsk,51.0,33.0")
    sheet = table(tmp_path, MILL, alone)
    before = compare(book, sheet.rows)
    bring_in(book, sheet, "Tarna Recorders", "1")
    assert compare(book, sheet.rows) == before


def test_kappa_is_cohens(book: Ledger, tmp_path: Path) -> None:
    """Two of three kinds agree. By chance (1·2 + 1·1 + 1·0) / 9 of them would: (2/3 - 1/3) / (1 - 1/3) = 1/2."""
    lines = (
        MILL,
        "k1,2031-06-09,STRIKE.AIR,Kuratovo,48.2,38.9,4,\n",
        "v1,2031-06-09,STRIKE.SHELLING,Velsk,51.0,33.0,2,\n",
    )
    found = compare(book, table(tmp_path, *lines).rows)
    measures = {one.name: (one.units, one.agreed, one.kappa) for one in found.measures}
    assert (found.rows, found.matched) == (3, 3)
    assert measures["kind"] == (3, 0.6667, 0.5)
    assert measures["day"] == (3, 1.0, 1.0)
    assert measures["family"] == (3, 1.0, None)
