"""The map: what of it is in the address, what of the list it leaves, what is on it and what cannot be."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from tests.web.conftest import Asks

from rashomon.ledger.book import Box, Wanted
from rashomon.web.address import Misasked, address

RUSSIA_TO_ALASKA = "160,50,-160,72"


def places(ask: Asks, **asked: str) -> dict[str, set[tuple[float, float]]]:
    """Where the listed incidents are, by id; only those with a point."""
    found = json.loads(ask(f"/incidents.json?{urlencode({'limit': '1000', **asked})}").body)["incidents"]
    return {
        one["id"]: {(place["lat"], place["lon"]) for place in one["places"] if place["lat"] is not None}
        for one in found
    }


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("30.5,46,38.2,51", Wanted(box=Box(30.5, 46.0, 38.2, 51.0))),
        (" 30 , -46.25 , 31 , 51 ", Wanted(box=Box(30.0, -46.25, 31.0, 51.0))),
        (RUSSIA_TO_ALASKA, Wanted(box=Box(160.0, 50.0, -160.0, 72.0))),
    ],
)
def test_a_stretch_of_the_map(query: str, wanted: Wanted) -> None:
    assert address([("bbox", query)]).wanted == wanted


@pytest.mark.parametrize("query", ["1,2,3", "1,2,3,x", "1,60,3,50", "190,1,195,2", "1,2,3,91", "1e1,2,3,4", "1;2;3;4"])
def test_no_stretch_of_the_map(query: str) -> None:
    with pytest.raises(Misasked, match="no stretch of the map"):
        address([("bbox", query)])


@pytest.mark.parametrize("query", ["22,44,40,53", "-180,-90,180,90", RUSSIA_TO_ALASKA, "10,-60,11,-59"])
def test_the_map_leaves_of_the_list_what_has_a_place_on_it(ask: Asks, query: str) -> None:
    west, south, east, north = map(float, query.split(","))

    def inside(lat: float, lon: float) -> bool:
        across = west <= lon <= east if west <= east else lon >= west or lon <= east
        return south <= lat <= north and across

    every = places(ask)
    assert every
    on_it = {name for name, points in every.items() if any(inside(*point) for point in points)}
    assert set(places(ask, bbox=query)) == on_it


def test_the_map_narrows_what_is_narrowed_already(ask: Asks) -> None:
    strikes = set(places(ask, kind="STRIKE"))
    here = set(places(ask, bbox="22,44,40,53"))
    assert strikes - here
    assert set(places(ask, kind="STRIKE", bbox="22,44,40,53")) == strikes & here != set()


def test_what_has_no_place_is_counted_and_listed(ask: Asks) -> None:
    every = places(ask)
    listed = json.loads(ask("/incidents.json").body)
    unplaced = {name for name, points in every.items() if not points}
    assert len(unplaced) == listed["unplaced"] > 0
    assert set(places(ask, placed="no")) == unplaced
    assert set(places(ask, placed="yes")) == set(every) - unplaced
    with pytest.raises(Misasked, match="yes for those on the map"):
        address([("placed", "maybe")])


@pytest.mark.parametrize(
    ("query", "name"),
    [("30,49,32,51", "Kyiv"), ("104,52,105,53", "Irkutsk"), ("177,64,178,65", "Anadyr"), (RUSSIA_TO_ALASKA, "Anadyr")],
)
def test_the_map_names_the_largest_town(ask: Asks, query: str, name: str) -> None:
    found = json.loads(ask(f"/labels.json?bbox={query}").body)["labels"]
    assert found[0]["name"] == name
    west, south, east, north = map(float, query.split(","))
    assert all(south <= one["lat"] <= north for one in found)
    assert all(west <= one["lon"] <= east if west < east else not east < one["lon"] < west for one in found)


def test_names_stand_all_over_the_map(ask: Asks) -> None:
    found = json.loads(ask("/labels.json?bbox=-180,-60,180,75").body)["labels"]
    assert [one["population"] for one in found] == sorted((one["population"] for one in found), reverse=True)
    assert 40 < len(found) <= 90
    assert {(one["lat"] > 0, one["lon"] > 0) for one in found} == {(a, b) for a in (True, False) for b in (True, False)}


@pytest.mark.parametrize("query", ["", "?bbox=1,2,3"])
def test_names_of_no_stretch(ask: Asks, query: str) -> None:
    assert ask(f"/labels.json{query}").status == 400
