"""The index of tellings: under which keys one is kept, and under which keys its neighbours are looked for.

A telling is kept under the days it names and the day it was published, each with the cell of its place, and under rare
names. It is looked for under the days and cells around, so that what lies across a border is found. The two sides are
even: of two tellings that may be one, each finds the other or neither does; the forest stands on that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from math import floor

from rashomon.model.incident import Gist, Spot
from rashomon.resolving.families import shelf, shelves
from rashomon.resolving.gist import name_weight

FINE, COARSE = 0.5, 1.5  # sides of the cells of towns and of areas, degrees
TOWN_KM, AREA_KM = 30.0, 300.0  # radii up to which a spot is a town, an area
TOLD_DAYS = 3  # longer stretches of days are looked for by the day of publication
NEAR_TOLD, NEAR_PUBLISHED = 2, 3  # days
SEASON = 90  # days in which a name is looked for, and as many before and after
TOWNS, NAMES, SURNAMES, AGES = 2, 2, 2, 2
RARE = 0.9


def blocks(gist: Gist) -> tuple[str, ...]:
    """The keys under which a telling is kept, at most 24; none for what can be tied to nothing."""
    own = shelf(gist.kind)
    if own is None:
        return ()
    return tuple(dict.fromkeys(f"{own}/{rest}" for rest in chain(_kept(gist), _marks(gist, 0))))


def sought(gist: Gist) -> tuple[str, ...]:
    """The keys under which the telling's neighbours are kept: a few hundred."""
    rest = (*_around(gist), *_marks(gist, 1))
    return tuple(dict.fromkeys(f"{own}/{key}" for own in shelves(gist.kind) for key in rest))


def told(gist: Gist) -> Sequence[int]:
    """The days it names, by their number, if they are few."""
    if gist.earliest is None or gist.latest is None:
        return ()
    first, last = gist.earliest.toordinal(), gist.latest.toordinal()
    return range(first, last + 1) if last - first < TOLD_DAYS else ()


def _kept(gist: Gist) -> Iterator[str]:
    """Days and cells: of its towns, and of the areas they may lie in; else of its area; else its countries."""
    towns, areas, lands = _levels(gist.spots)
    own = [_cell("f", FINE, spot) for spot in towns] or [_cell("a", COARSE, spot) for spot in areas] or lands
    return _days(gist, [*own, *(_cell("c", COARSE, spot) for spot in towns)], 0, 0)


def _around(gist: Gist) -> Iterator[str]:
    """The same for its neighbours: a town's towns and areas, an area's towns and areas, a country's countries."""
    towns, areas, lands = _levels(gist.spots)
    rings = [_ring(sort, side, spot) for spot in towns for sort, side in (("f", FINE), ("a", COARSE))]
    rings += [_ring(sort, COARSE, spot) for spot in areas for sort in "ac"]
    return _days(gist, list(chain.from_iterable(rings)) or lands, NEAR_TOLD, NEAR_PUBLISHED)


def _days(gist: Gist, cells: Sequence[str], near_told: int, near_published: int) -> Iterator[str]:
    """The days it names and that of its publication, and so many around them, each in each cell."""
    days = told(gist)
    when = [f"t{day}" for day in range(days[0] - near_told, days[-1] + near_told + 1)] if days else []
    if gist.published is not None:
        day = gist.published.toordinal()
        when += [f"p{at}" for at in range(day - near_published, day + near_published + 1)]
    return (f"{at}/{cell}" for at in when for cell in cells)


def _marks(gist: Gist, around: int) -> Iterator[str]:
    """Full names anywhere, surnames and ages in a cell, each in its season: what follows later is told of them."""
    day = gist.published or gist.earliest
    season = 0 if day is None else day.toordinal() // SEASON
    seasons = range(season - around, season + around + 1)
    rare = [name for name in gist.names if name_weight(name) >= RARE]
    full = [name for name in rare if " " in name][:NAMES]
    yield from (f"n{name}/{at}" for name in full for at in seasons)
    surnames = list(dict.fromkeys(name.rpartition(" ")[2] for name in rare))[:SURNAMES]
    ages = [str(low) for kind, low, _ in gist.figures if kind == "age"][:AGES]
    cells = dict.fromkeys(_cell("c", COARSE, spot) for spot in _levels(gist.spots)[0][:1])
    yield from (f"m{mark}/{cell}/{at}" for mark in surnames + ages for cell in cells for at in seasons)


def _levels(spots: Sequence[Spot]) -> tuple[Sequence[Spot], Sequence[Spot], Sequence[str]]:
    """The first towns among the spots; without any the first area; the countries."""
    towns = [spot for spot in spots if spot.radius_km <= TOWN_KM][:TOWNS]
    areas = [] if towns else [spot for spot in spots if spot.radius_km <= AREA_KM][:1]
    return towns, areas, list(dict.fromkeys(f"l{spot.country}" for spot in spots))[:TOWNS]


def _cell(sort: str, side: float, spot: Spot) -> str:
    return f"{sort}{floor(spot.lat / side)}:{floor(spot.lon / side)}"


def _ring(sort: str, side: float, spot: Spot) -> Iterator[str]:
    """A spot's cell and the eight around it; 180 degrees is no border."""
    row, column, whole = floor(spot.lat / side), floor(spot.lon / side), round(360 / side)
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            yield f"{sort}{row + down}:{(column + right + whole // 2) % whole - whole // 2}"
