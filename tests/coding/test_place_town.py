"""The town a document is about, and what may be told as happening in it."""

from __future__ import annotations

import pytest

from rashomon.coding.place_town import town
from rashomon.model.telling import Place, PlaceId
from rashomon.model.text import Span

# Name: kind, latitude, longitude, province, district.
KNOWN = {
    "Larkham": ("city", 40.0, -90.0, "Ostmark", "Lark County"),
    "Millbrook": ("city", 40.1, -90.1, "Ostmark", "Lark County"),  # 14 km away
    "Ferrin": ("city", 44.0, -80.0, "Westmark", "Ferrin County"),  # another province
    "Dunmore": ("city", 41.5, -92.0, "Ostmark", "Dun County"),  # 237 km away
    "Lark County": ("district", 40.0, -90.0, "Ostmark", None),
    "Dun County": ("district", 41.5, -92.0, "Ostmark", None),
    "Ostmark": ("region", 40.5, -91.0, None, None),
    "Westmark": ("region", 44.5, -81.0, None, None),
    "Quay Street": ("road", None, None, None, None),
}


def read(text: str) -> list[Place]:
    found = []
    for name, (kind, lat, lon, admin1, admin2) in KNOWN.items():
        at = -1
        while (at := text.find(name, at + 1)) >= 0:
            span = Span(at, at + len(name))
            place = Place(PlaceId(""), span, name, name, kind, lat, lon, "XX", admin1, admin2, name, 5.0)
            found.append(place)
    ordered = sorted(found, key=lambda place: place.span)
    return [
        Place(PlaceId(f"p{n}"), p.span, p.name, p.resolved, p.kind, p.lat, p.lon, p.country, p.admin1, p.admin2,
              p.geonameid if p.lat is not None else None, p.radius_km)
        for n, p in enumerate(ordered)
    ]  # fmt: skip


FAR = "After a long and quiet week of rain that kept nearly everybody at home until late on Sunday, "
TOWNS = [
    ("LARKHAM fans met. " + FAR + "shots fell in Larkham. Later Larkham slept.", "Larkham"),
    (FAR + "shots fell in Millbrook and in Ferrin, Larkham police said.", "Larkham"),
    (FAR + "police in Larkham sought a man from Ferrin.", "Larkham"),
    (FAR + "a man in Larkham saw one from Ferrin in Ferrin.", "Ferrin"),
    (FAR + "shots fell in Larkham, Ostmark, not in Ferrin.", "Larkham"),
    (FAR + "shots fell in Larkham and Ferrin.", None),
    ("Ferrin woke to shots.", "Ferrin"),
    (FAR + "shots fell on Quay Street.", None),
]


@pytest.mark.parametrize(("text", "wanted"), TOWNS)
def test_the_town_a_document_is_about(text: str, wanted: str | None) -> None:
    sites = read(text)
    found = town(sites, text)
    assert (None if found is None else next(site.name for site in sites if site.id == found.id)) == wanted


def test_a_mention_outside_a_name_stands_for_the_town() -> None:
    text = FAR + "Larkham police closed Quay Street in Larkham."
    found = town(read(text), text)
    assert found is not None
    assert next(site.span.start for site in read(text) if site.id == found.id) == text.rindex("Larkham")


POLICED = FAR + "Larkham police were called to {} on Sunday."
QUIET = FAR + "neighbours in Larkham spoke of {}. Larkham was stunned."
AROUND = [
    (POLICED, "Millbrook", True),
    (POLICED, "Quay Street", True),
    (POLICED, "Lark County", True),
    (POLICED, "Dun County", False),
    (POLICED, "Dunmore", False),
    (POLICED, "Ferrin", True),
    (POLICED, "Ferrin in Westmark", False),
    (POLICED, "a part of Ostmark", True),
    (QUIET, "Millbrook", True),
    (QUIET, "Ferrin", False),
    (QUIET, "a part of Ostmark", False),
]


@pytest.mark.parametrize(("story", "words", "wanted"), AROUND)
def test_what_is_around_a_town(story: str, words: str, wanted: bool) -> None:
    text = story.format(words)
    sites = read(text)
    found = town(sites, text)
    assert found is not None
    other = next(site for site in sites if site.name != "Larkham" and site.name in words)
    assert (other.id in found.around) is wanted
