"""Sentences in, places out: which words are places, and which place they mean."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.coding.places import places, raised
from rashomon.model.document import Document, DocumentId
from rashomon.model.globe import km
from rashomon.model.telling import Place
from rashomon.model.text import Span


def read(text: str, outlet: str | None = None) -> tuple[Place, ...]:
    """The places of a text."""
    return places(Document(DocumentId("d"), text, outlet=outlet))


def named(text: str) -> list[str]:
    """The names found, without nationality words."""
    return [place.name for place in read(text) if place.kind != "demonym"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell on Kherson and Nikopol overnight, officials said.", ["Kherson", "Nikopol"]),
        ("Drones hit the Olenya air base near Murmansk.", ["Olenya air base", "Murmansk"]),
        ("Ships turned back in the Strait of Hormuz.", ["Strait of Hormuz"]),
        ("The convoy left Deir al-Balah for Khan Younis.", ["Deir al-Balah", "Khan Younis"]),
        ("Rebels took Goma, in North Kivu, on Monday.", ["Goma", "North Kivu"]),
        ("Fighting went on in St. Petersburg, Fla., for an hour.", ["St. Petersburg", "Fla."]),
        ("A man was shot near Austin, TX on Sunday.", ["Austin", "TX"]),
        ("Lorries queued on Highway 19 and on Elm Street.", ["Highway 19", "Elm Street"]),
        ("Lake Chad has shrunk.", ["Lake Chad"]),
        ("KYIV, Ukraine (AP) -- Sirens sounded at dawn.", ["KYIV", "Ukraine"]),
        ("LOS ANGELES -- The fire spread.", ["LOS ANGELES"]),
        ("The U.S.-led coalition bombed Raqqa.", ["U.S.", "Raqqa"]),
        ("Shelling killed two in the village of Zelenyi Hryb.", ["Zelenyi Hryb"]),
        ("He was born in St. John's.", ["St. John's"]),
        ("JACKSON, Ga. (AP) -- A boy was shot.", ["JACKSON", "Ga"]),
        ("Two fell. Laurel Police are looking for a car.", ["Laurel"]),
    ],
)
def test_every_place_is_found(text: str, expected: list[str]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Houston said he had seen nothing.",
        "CAR BOMB KILLS SEVEN AT MARKET",
        "Reading is hard, and Most people gave up.",
        "Paris Hilton sang.",
        "Georgia Smith, 19, was charged.",
        "Of the six, Many were hurt in May.",
        "Hamas and the Taliban said so.",
        "He moved from north to South.",
        "The Supreme Court met the School District.",
        "Two fell. Laurel Jones is looking for a car.",
        "",
        "   \n\n  ",
    ],
)
def test_what_is_no_place_is_left_alone(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("Police in Paris, Texas, made an arrest.", "Paris", "US", "Texas"),
        ("Police in Paris made an arrest, the French ministry said.", "Paris", "FR", "Île-de-France"),
        ("Alexandria woman charged. Deputies of Rapides Parish made the arrest.", "Alexandria", "US", "Louisiana"),
        ("A tram burned in Alexandria, Cairo officials said.", "Alexandria", "EG", "Alexandria Governorate"),
        ("Troops crossed into Georgia, Tbilisi said, and reached Gori.", "Georgia", "GE", None),
        ("Atlanta and Savannah are in Georgia.", "Georgia", "US", None),
        ("The raid on Tripoli worried Benghazi and all of Libya.", "Tripoli", "LY", "Ţarābulus"),
        ("The raid on Tripoli worried Beirut and all of Lebanon.", "Tripoli", "LB", "Ash Shimāl"),
    ],
)
def test_a_name_means_the_place_its_company_points_to(text: str, name: str, country: str, admin1: str | None) -> None:
    place = next(place for place in read(text) if place.name == name)
    assert (place.country, place.admin1) == (country, admin1)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The army left Idlib province.", "Idlib province", "region"),
        ("Bombs fell in the city of Idlib.", "Idlib", "city"),
        ("Calm returned to the Donbas.", "Donbas", "region"),
        ("Aid reached Ghouta in Syria.", "Ghouta", "region"),
        ("A blast shook the Kerch Bridge.", "Kerch Bridge", "bridge"),
        ("Jets left Engels airbase in Russia.", "Engels airbase", "air_base"),
        ("Lanes closed on Elm Street.", "Elm Street", "road"),
        ("Iraq and Iran talked.", "Iran", "country"),
    ],
)
def test_a_place_has_its_kind(text: str, name: str, kind: str) -> None:
    place = next(place for place in read(text) if place.name in (name, name.removesuffix(" province")))
    assert place.kind == kind


def test_a_region_has_its_own_centre_and_radius() -> None:
    (place,) = read("Villages burned across Darfur.")
    assert place.lat is not None
    assert place.lon is not None
    assert place.radius_km == 350
    assert km((place.lat, place.lon), (13.63, 25.35)) > 30  # not El Fasher, its largest town


def test_a_nationality_word_stands_at_its_country() -> None:
    (syrians, russian) = read("Syrians fled the Russian jets.")
    assert (syrians.kind, syrians.country, syrians.resolved) == ("demonym", "SY", "Syria")
    assert (russian.kind, russian.lat, russian.lon) == ("demonym", 60.0, 100.0)


def test_what_no_gazetteer_has_is_kept_without_a_point() -> None:
    place = next(
        place for place in read("Troops shelled the village of Zelenyi Hryb in Ukraine.") if "Hryb" in place.name
    )
    assert (place.resolved, place.lat, place.lon, place.geonameid) == (None, None, None, None)


@pytest.mark.parametrize(
    ("text", "name", "admin1"),
    [
        ("Shots were fired on the South Side, police in Chicago said.", "South Side", None),
        ("Shots were fired in Forest, and in Jackson, Miss., on Sunday.", "Forest", "Mississippi"),
        ("Shots were fired in Forest, and in Boise on Sunday.", "Forest", None),
        ("Shots were fired in Forest, Miss., on Sunday.", "Forest", "Mississippi"),
    ],
)
def test_plain_words_have_a_point_only_where_something_bears_them_out(text: str, name: str, admin1: str | None) -> None:
    marked = Span(text.index(name), text.index(name) + len(name))
    found = places(Document(DocumentId("d"), text), None, [marked])
    assert [place.admin1 for place in found if place.name == name] == [admin1]


def test_another_spelling_is_understood_where_the_document_is_at_home() -> None:
    place = next(
        place for place in read("Syria said it took Deir Ezzur from the militants in Syria.") if "Ezzur" in place.name
    )
    assert (place.country, place.kind) == ("SY", "city")


def test_one_name_has_one_sense_in_a_document() -> None:
    found = [
        place for place in read("Paris is small. Paris, Tenn., has a tower. We like Paris.") if place.name == "Paris"
    ]
    assert {place.admin1 for place in found} == {"Tennessee"}
    assert len(found) == 3


def test_the_outlet_says_where_a_paper_is_at_home() -> None:
    text = "A man from Springfield was hurt on the road."
    assert [place.admin1 for place in read(text, outlet="Ohio Courier")] == ["Ohio"]


def test_a_text_without_capitals_is_read_with_care() -> None:
    text = "guerrillas attacked the town hall in san salvador, el salvador, and a bank in reading of the nice report."
    assert [place.name for place in read(text)] == ["san salvador", "el salvador"]


def test_raising_capitals_moves_nothing() -> None:
    assert raised("a town in kabul, u.s. aides said") == "a town in Kabul, U.S. Aides said"


def test_only_the_parts_asked_for_are_read() -> None:
    text = "Rain in Lviv. Snow in Odesa."
    found = places(Document(DocumentId("d"), text), [Span(0, 13)])
    assert [place.name for place in found] == ["Lviv"]


def test_what_the_encoder_marks_counts() -> None:
    text = "Calm held at Blagovat Heights."
    at = text.index("Blagovat")
    (place,) = places(Document(DocumentId("d"), text), None, [Span(at, at + len("Blagovat Heights"))])
    assert place.name == "Blagovat Heights"


def test_a_small_word_that_the_encoder_marks_is_no_place() -> None:
    text = "Rain fell in western Wales."
    at = text.index("western")
    assert "western" not in [place.name for place in places(Document(DocumentId("d"), text), None, [Span(at, at + 7)])]


@given(st.text(alphabet="Paris ofU.S-'’\n\t(,)é1Kyİß", max_size=60))
def test_any_text_gives_places_that_can_be_read_again(text: str) -> None:
    found = read(text)
    assert [place.name for place in found] == [place.span.of(text) for place in found]
    assert all(one.span.end <= two.span.start for one, two in pairwise(found))
    assert [place.id for place in found] == [f"p{n}" for n in range(1, len(found) + 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A blogger called the raid a “Russian Pearl Harbor.”", []),
        ("Aid workers in Goma fear another Srebrenica.", ["Goma"]),
        ("The senator warned of a new Vietnam, and voters in Ohio heard him.", ["Ohio"]),
        ("It could become the general's Waterloo, his rivals in Nairobi said.", ["Nairobi"]),
        ("Diplomats in Cairo said the town may be the Stalingrad of this war.", ["Cairo"]),
        ("Nobody in Juba wants to see another Mogadishu.", ["Juba"]),
        ("Residents of Homs spoke of Gaza-style tactics.", ["Homs"]),
        ("For the army it was a Dunkirk moment, officers in Kampala said.", ["Kampala"]),
        ("Britain's Gallipoli was long in the making.", ["Britain"]),
        ("Troops left Ukraine's Kharkiv region on Friday.", ["Ukraine", "Kharkiv"]),
        ("Another Kabul hospital was hit on Friday.", ["Kabul"]),
        ("Veterans met at Belgium's Waterloo on Friday.", ["Belgium", "Waterloo"]),
        ("The Vietnamese leaders built a new Vietnam. Trade with Vietnam grew.", ["Vietnam", "Vietnam"]),
        ("Veterans met at Hawaii's Pearl Harbor on Friday.", ["Hawaii", "Pearl Harbor"]),
        ("They dream in Damascus of a new Syria.", ["Damascus", "Syria"]),
        ("Talks were held in Munich, where ministers met on Friday.", ["Munich"]),
        ("Shells fell on another Ukrainian town, on Kherson.", ["Kherson"]),
        ("The Battle of Waterloo was fought south of Brussels.", ["Waterloo", "Brussels"]),
    ],
)
def test_a_byword_is_no_place_of_the_report(text: str, expected: list[str]) -> None:
    assert named(text) == expected


def test_the_encoder_marks_no_byword_and_its_nationality_stays() -> None:
    text = "A blogger called the raid a Russian Pearl Harbor, and in Rivne they feared another Srebrenica."
    marks = [Span(text.index(name), text.index(name) + len(name)) for name in ("Russian Pearl Harbor", "Srebrenica")]
    found = places(Document(DocumentId("d"), text), None, marks)
    assert [(place.name, place.kind) for place in found] == [("Russian", "demonym"), ("Rivne", "city")]
