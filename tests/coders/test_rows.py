"""Rows of people's own tables: what they mean, and what is wrong with those that cannot be understood."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from rashomon.coders.columns import Unmapped
from rashomon.coders.rows import Row, Sheet, rows
from rashomon.errors import Unreadable

SEVEN = Decimal(7)
MAP = """
voice = "Tarna Recorders"
dates = "%d.%m.%Y"
id = "No"
date = "When"
kind = "What"
killed = "Dead"

[kinds]
"Shahed" = "STRIKE.DRONE"
"""


def sheet(folder: Path, table: str, mapping: str | None = None) -> Sheet:
    (folder / "coded.csv").write_text(table, encoding="utf-8")
    if mapping is None:
        return rows(folder / "coded.csv")
    (folder / "map.toml").write_text(mapping, encoding="utf-8")
    return rows(folder / "coded.csv", folder / "map.toml")


def only(folder: Path, table: str, mapping: str | None = None) -> Row:
    found = sheet(folder, table, mapping)
    assert found.faults == ()
    (row,) = found.rows
    return row


def test_columns_are_known_by_our_names(tmp_path: Path) -> None:
    row = only(
        tmp_path,
        "id,date,latest,kind,place,lat,lon,perpetrator,killed,injured_low,document\n"
        "a7,2031-06-02,2031-06-03,drone strike,Tarna,50.1,36.2,Marsh Front,7,30,post-1\n",
    )
    assert (row.line, row.id, row.kind, row.place) == (2, "a7", "STRIKE.DRONE", "Tarna")
    assert (row.earliest, row.latest) == (date(2031, 6, 2), date(2031, 6, 3))
    assert (row.lat, row.lon, row.perpetrator, row.document) == (50.1, 36.2, "Marsh Front", "post-1")
    assert row.figures == {"killed": (SEVEN, SEVEN), "injured": (Decimal(30), None)}
    assert row.cells["kind"] == "drone strike"


@pytest.mark.parametrize(
    "header",
    [
        "event_id_cnty,event_date,event_type,location,latitude,longitude,fatalities",
        "Event ID;Date Start;Type;Where Coordinates;Latitude;Longitude;Best",
        "id\tday\ttype\ttown\tlat\tlng\tkilled",
    ],
)
def test_other_peoples_headings_are_known(tmp_path: Path, header: str) -> None:
    mark = next(one for one in ";\t," if one in header)
    cells = ("x1", "2031-06-02", "STRIKE", "Tarna", "50.1", "36.2", '"1,204"')
    row = only(tmp_path, f"{header}\n{mark.join(cells)}\n")
    assert (row.id, row.earliest, row.kind, row.place) == ("x1", date(2031, 6, 2), "STRIKE", "Tarna")
    assert row.figures == {"killed": (Decimal(1204), Decimal(1204))}


def test_a_map_names_columns_words_and_how_days_are_written(tmp_path: Path) -> None:
    table = "No,When,What,Dead\n1,02.06.2031,shahed,7\n"
    row = only(tmp_path, table, MAP)
    assert (row.id, row.earliest, row.kind) == ("1", date(2031, 6, 2), "STRIKE.DRONE")
    assert row.figures == {"killed": (SEVEN, SEVEN)}
    assert sheet(tmp_path, table, MAP).columns.voice == "Tarna Recorders"


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [
        ("7", 7, 7),
        ("0", 0, 0),
        ("at least 7", 7, None),
        (">=7", 7, None),
        ("7+", 7, None),
        ("7-9", 7, 9),
        ("7 to 9", 7, 9),
        ('"1,204"', 1204, 1204),
    ],
)
def test_figures_are_intervals(tmp_path: Path, cell: str, low: int, high: int | None) -> None:
    row = only(tmp_path, f"date,kind,killed\n2031-06-02,STRIKE,{cell}\n")
    assert row.figures == {"killed": (Decimal(low), None if high is None else Decimal(high))}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("2,,STRIKE,,,", "no date"),
        ("2,2031-13-01,STRIKE,,,", "date 2031-13-01: no day as YYYY-MM-DD"),
        ("2,2031-06-02,,,,", "no kind"),
        ("2,2031-06-02,FLOOD,,,", "kind FLOOD: none of ours; say below [kinds] in a map which it is"),
        ("2,2031-06-02,STRIKE,50.1,,", "a latitude without a longitude, or the other way round"),
        ("2,2031-06-02,STRIKE,150.1,36,", "150.1: beyond 90 degrees"),
        ("2,2031-06-02,STRIKE,nan,36,", "nan: beyond 90 degrees"),
        ("2,2031-06-02,STRIKE,,,many", "many: no whole number"),
        ("2,2031-06-02,STRIKE,,,9-7", "killed from 9 to 7"),
        ("1,2031-06-02,STRIKE,,,", "another row has the id 1"),
        ("2,2031-06-02,STRIKE", "3 cells where the header has 6"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_goes_on(tmp_path: Path, line: str, why: str) -> None:
    good = "1,2031-06-02,STRIKE,50.1,36.2,7"
    found = sheet(tmp_path, f"id,date,kind,lat,lon,killed\n{good}\n{line}\n\n3{good[1:]}\n")
    assert [row.id for row in found.rows] == ["1", "3"]
    assert [(fault.line, fault.reason) for fault in found.faults] == [(3, why)]


@pytest.mark.parametrize(
    ("table", "mapping", "why"),
    [
        ("when,what\n", None, "no column says the date and kind"),
        ("date,what\n", None, 'no column says the kind; name one in a map: kind = "heading"'),
        ("date,kind\n", 'colour = "kind"', "nothing is known by colour"),
        ("date,kind\n", 'place = "Town"', "the table has no column Town; it has date, kind"),
        ("date,kind\n", "place = 7", "every line is NAME"),
        ("date,kind\n", "place =", "no TOML"),
    ],
)
def test_a_map_that_does_not_fit_says_why(tmp_path: Path, table: str, mapping: str | None, why: str) -> None:
    with pytest.raises(Unmapped, match=why.replace("[", r"\[")):
        sheet(tmp_path, table, mapping)


@pytest.mark.parametrize(
    ("body", "why"),
    [(b"\xff\xfe", "not UTF-8"), (b"date,date\n", "two columns have the same heading"), (None, "no such")],
)
def test_a_file_that_is_none_says_why(tmp_path: Path, body: bytes | None, why: str) -> None:
    if body is not None:
        (tmp_path / "coded.csv").write_bytes(body)
    with pytest.raises(Unreadable, match=why):
        rows(tmp_path / "coded.csv")
