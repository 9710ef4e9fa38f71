"""Readings that tell of strikes, for ledgers of incidents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest
from tests.postgres import MISSING, Server, binaries, serving

from rashomon.model.document import Document, DocumentId
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

Strike = Callable[..., Reading]
TOWNS = {"Tarna": (50.1, 36.2), "Kuratovo": (48.2, 38.9), "Velsk": (51.0, 33.0)}


@pytest.fixture(scope="session")
def strike() -> Strike:
    return reading


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server that is there for all tests."""
    programs = binaries()
    if programs is None:
        pytest.skip(MISSING)
    with serving(programs) as server:
        yield server


@pytest.fixture
def shelf(postgres: Server) -> Iterator[Callable[[], str]]:
    """Addresses of empty ledgers in PostgreSQL."""
    with postgres.lent() as take:
        yield take


def reading(
    name: str,
    town: str = "Tarna",
    killed: int = 7,
    *,
    speaker: str = "The Northern Army",
    day: int = 2,
    published: int = 3,
    kind: str = "STRIKE.DRONE",
    outlet: str | None = "Hill Post",
    detail: str = "A mill by the river burned until noon.",
    maker: str = "1",
    before: str = "",
) -> Reading:
    """One telling: a strike on a town on a day of June 2031, with the killed that a speaker gives."""
    text = f"{before}{speaker} said a drone hit the depot in {town} on {day} June, killing {killed} people. {detail}"

    def at(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    when = date(2031, 6, day)
    lat, lon = TOWNS[town]
    figure = Decimal(killed)
    telling = Telling(
        TellingId("i1"),
        kind,
        Status.OCCURRED,
        (at("hit"),),
        TimeId("t1"),
        (Where(PlaceId("p1"), "location"),),
        (),
        (ClaimId("c1"),),
        (QuantityId("q1"),),
    )
    said = (Span(at("a drone").start, text.index(" people.") + 7),)
    return Reading(
        Document(DocumentId(name), text, outlet=outlet, published=date(2031, 6, published), language="en"),
        (Actor(ActorId("a1"), speaker.removeprefix("The "), "army", (at(speaker),), None, None),),
        (
            Claim(
                ClaimId("c1"),
                (at(speaker),),
                (at("said"),),
                said,
                ActorId("a1"),
                Speech.INDIRECT,
                Act.SAY,
                Stance.AFFIRM,
                Distance.NEUTRAL,
            ),
        ),
        (),
        (
            Quantity(
                QuantityId("q1"),
                at(f"{killed} people"),
                "killed",
                figure,
                figure,
                figure,
                Bound.EXACT,
                None,
                ClaimId("c1"),
                TellingId("i1"),
            ),
        ),
        (Time(TimeId("t1"), at(f"{day} June"), when, when, Precision.DAY, when.isoformat()),),
        (Place(PlaceId("p1"), at(town), town, town, "city", lat, lon, "XM", radius_km=4),),
        (telling,),
        (),
        Maker(maker, "none"),
    )
