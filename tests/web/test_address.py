"""Addresses: what they ask for, what they refuse, and that links lead where they say."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.ledger.book import Facet, Near, Value, Wanted
from rashomon.web.address import Address, Misasked, address, cursor, near, path, place


def asked(query: str) -> Address:
    return address(parse_qsl(query))


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", Wanted()),
        ("kind=STRIKE", Wanted(also=(Value(Facet.KIND, "STRIKE"),))),
        ("kind=STRIKE&kind=DIP", Wanted(also=(Value(Facet.KIND, "STRIKE"), Value(Facet.KIND, "DIP")))),
        ("not=outlet:x", Wanted(without=(Value(Facet.OUTLET, "x"),))),
        ("after=2025-06-01&before=2025-06-03", Wanted(since=date(2025, 6, 1), until=date(2025, 6, 3))),
        ("near=52.3,104.3~20km", Wanted(near=Near(52.3, 104.3, 20.0))),
        ("q=bridge+voice:sbu", Wanted(text="bridge", also=(Value(Facet.VOICE, "sbu"),))),
        ("q=speaker:sbu", Wanted(also=(Value(Facet.VOICE, "sbu"),))),
        ('q="railway+bridge"+-outlet:x', Wanted(text='"railway bridge"', without=(Value(Facet.OUTLET, "x"),))),
        ('q=voice:"defence+ministry"', Wanted(also=(Value(Facet.VOICE, "defence ministry"),))),
        ("q=after:2025-06-01+raid", Wanted(text="raid", since=date(2025, 6, 1))),
        ('q="open+quote', Wanted(text="open quote")),
        ("q=&kind=", Wanted()),
    ],
)
def test_what_an_address_asks_for(query: str, wanted: Wanted) -> None:
    assert asked(query).wanted == wanted


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("knid=STRIKE", "nothing is known by knid"),
        ("after=June", "no day"),
        ("near=99,400~3", "beyond the poles"),
        ("near=Nowhereatall~3", "not in the gazetteer"),
        ("not=x", "write what and which"),
        ("limit=0", "a number from 1"),
        ("limit=9999", "a number from 1"),
        ("cursor=%21%21", "not one of ours"),
        ("cursor=M%C3%A9", "not one of ours"),
        ("view=globe", "one of list"),
    ],
)
def test_what_is_not_understood_is_said(query: str, reason: str) -> None:
    with pytest.raises(Misasked, match=reason):
        asked(query)


def test_a_place_by_its_name() -> None:
    found = near("Kharkiv~30")
    assert found is not None
    assert (round(found.lat), round(found.lon), found.km) == (50, 36, 30.0)


def test_links_include_exclude_and_take_back() -> None:
    here = asked("kind=STRIKE&after=2025-06-01&cursor=" + cursor("2025-06-01", "RA-1"))
    more = asked(here.including(Facet.VOICE, "sbu").removeprefix("?"))
    assert more.chosen(Facet.VOICE, "SBU")
    assert more.wanted.since == date(2025, 6, 1)
    assert more.wanted.beyond is None
    assert more.including(Facet.VOICE, "sbu") == "?kind=STRIKE&after=2025-06-01"
    less = asked(more.excluding(Facet.VOICE, "sbu").removeprefix("?"))
    assert less.refused(Facet.VOICE, "sbu")
    assert not less.chosen(Facet.VOICE, "sbu")
    assert less.excluding(Facet.VOICE, "sbu") == "?kind=STRIKE&after=2025-06-01"


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.dates())
def test_a_cursor_comes_back(name: str, day: date) -> None:
    assert place(cursor(day.isoformat(), name)) == (day.isoformat(), name)


def test_a_name_stays_one_part_of_a_path() -> None:
    assert path("document", "a/b?c#d.json") == "/document/a%2Fb%3Fc%23d.json"
