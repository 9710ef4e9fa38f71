"""From a reading to gists, and the ids of tellings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from rashomon.model.document import Block, BlockKind, Document, DocumentId
from rashomon.model.incident import Gist
from rashomon.model.reading import Maker, Reading
from rashomon.model.telling import (
    Act,
    Actor,
    ActorId,
    Bound,
    Claim,
    ClaimId,
    Distance,
    Place,
    PlaceId,
    Precision,
    Quantity,
    QuantityId,
    Share,
    Speech,
    Stance,
    Status,
    Telling,
    TellingId,
    Time,
    TimeId,
    Where,
)
from rashomon.model.text import Span
from rashomon.resolving import gists
from rashomon.resolving.gist import bare_name, headline, name_weight, word_weight
from rashomon.resolving.ids import DIGITS, incident_id

TEXT = (
    "MARNO, June 3 - A rocket hit a bakery in Marno on Monday, killing 31 people, including three children, governor "
    "Petro Sahaidak said. The baker Oksana Verbytska was among the dead.\n\nTalks go on in Port Amra."
)
TITLE = "Rocket kills 31 at a bakery - The Marno Courier"


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def figure(number: str, words: str, share: Share | None = None) -> Quantity:
    value = Decimal(number)
    return Quantity(QuantityId(f"q{number}"), at(words), "killed", value, value, value, Bound.EXACT, share=share)


def place(number: int, name: str, lat: float, lon: float) -> Place:
    return Place(PlaceId(f"p{number}"), at(name), name, name, "city", lat, lon, "UA", radius_km=4.0)


READING = Reading(
    Document(DocumentId("d"), TEXT, title=TITLE, published=date(2025, 6, 3)),
    (
        Actor(ActorId("a1"), "governor Petro Sahaidak", "executive", (at("Petro Sahaidak"),)),
        Actor(ActorId("a2"), "The baker Oksana Verbytska", "person", (at("Oksana Verbytska"),)),
    ),
    (
        Claim(
            ClaimId("c1"), (at("Petro Sahaidak"),), (at("said"),), (at("A rocket hit"),), ActorId("a1"),
            Speech.INDIRECT, Act.SAY, Stance.AFFIRM, Distance.NEUTRAL,
        ),
    ),
    (),
    (figure("31", "31"), figure("3", "three", Share.SUBSET)),
    (
        Time(TimeId("t1"), at("Monday"), date(2025, 6, 2), date(2025, 6, 2), Precision.DAY, "2025-06-02"),
        Time(TimeId("t2"), at("June 3"), date(2025, 1, 1), date(2025, 12, 31), Precision.YEAR, "2025"),
    ),
    (place(1, "Marno", 48.5, 37.9), place(2, "Port Amra", 46.4, 30.7)),
    (
        Telling(
            TellingId("i1"), "STRIKE.MISSILE", Status.OCCURRED, (at("hit"),), TimeId("t1"),
            (Where(PlaceId("p1"), "location"),), quantities=(QuantityId("q31"), QuantityId("q3")),
        ),
        Telling(TellingId("i2"), "DIP.TALKS", Status.OCCURRED, (at("Talks"),), TimeId("t2")),
    ),
    (),
    Maker("0", "t"),
)  # fmt: skip


def test_a_gist_holds_what_the_telling_says() -> None:
    hit, _ = gists(READING)
    assert hit == Gist(
        key=hit.key,
        document=DocumentId("d"),
        published=date(2025, 6, 3),
        kind="STRIKE.MISSILE",
        status=Status.OCCURRED,
        earliest=date(2025, 6, 2),
        latest=date(2025, 6, 2),
        spots=hit.spots,
        names=("oksana verbytska",),
        figures=(("killed", Decimal(31), Decimal(31)),),
        words=hit.words,
        trigger=at("hit"),
    )
    assert hit.key == "d#i1"
    assert [spot.name for spot in hit.spots] == ["Marno"]


def test_words_are_the_rare_ones_around_it_without_days_and_its_place() -> None:
    hit, talks = gists(READING)
    assert {"bakery", "baker", "verbytska", "rocket"} <= set(hit.words)
    assert not {"marno", "monday", "june", "the", "courier", "talks"} & set(hit.words)
    assert "bakery" in talks.words  # the title's
    assert "verbytska" not in talks.words


def test_a_paragraph_goes_on_where_its_lines_are_only_wrapped() -> None:
    wrapped = TEXT.replace("rocket hit", "rocket\nhit").replace("bakery in", "bakery\nin")
    second = wrapped.index("Talks")
    blocks = (Block(BlockKind.PARAGRAPH, 0, second - 2), Block(BlockKind.PARAGRAPH, second, len(wrapped)))
    hit, talks = gists(replace(READING, document=replace(READING.document, text=wrapped, title=None, blocks=blocks)))
    assert {"rocket", "bakery", "verbytska"} <= set(hit.words)
    assert "verbytska" not in talks.words


def test_a_place_is_left_out_by_every_name_it_has() -> None:
    places = (replace(READING.places[0], resolved="Marnograd"), READING.places[1])
    hit, _ = gists(replace(READING, places=places))
    assert [spot.name for spot in hit.spots] == ["Marnograd"]
    assert "marno" not in hit.words


def test_days_of_a_year_are_no_days_and_a_telling_without_a_place_is_where_the_document_is() -> None:
    _, talks = gists(READING)
    assert (talks.earliest, talks.latest) == (None, None)
    assert [spot.name for spot in talks.spots] == ["Marno"]


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("prosecutor Ann Lee", "ann lee"),
        ("Six-year-old Ann Lee", "ann lee"),
        ("County Sheriff Ann Lee", "ann lee"),
        ("the Marno Brigade", "marno brigade"),
        ("officials", "officials"),
    ],
)
def test_names_are_bare(name: str, bare: str) -> None:
    assert bare_name(name) == bare


def test_the_rarer_weighs_more() -> None:
    assert name_weight("hamas") < name_weight("john smith") < name_weight("oksana verbytska")
    assert word_weight("people") == word_weight("year-old") == 0.0
    assert 0 < word_weight("shelling") < word_weight("bakery") <= word_weight("verbytska")


def test_a_site_is_no_part_of_a_headline() -> None:
    assert headline(TITLE) == "Rocket kills 31 at a bakery"


def test_an_id_is_of_the_document_and_the_first_words() -> None:
    hit, talks = gists(READING)
    name = incident_id(hit)
    assert name.startswith("RA-")
    assert set(name[3:]) <= set(DIGITS)
    assert len(name) == 13
    assert incident_id(replace(hit, kind="BOMB.IED", names=(), key=talks.key)) == name
    assert len({name, incident_id(talks), incident_id(replace(hit, document=DocumentId("e")))}) == 3
