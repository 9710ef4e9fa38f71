"""The index of tellings: under which keys one is kept, and under which keys its neighbours are looked for.

A telling is kept under the days it names and the day it was published, each with the cell of its place, and under the
rare names in it. It is looked for under the days and cells around, so that what lies across a border is found. The two
sides are even: whatever can be tied to a telling finds it, and is found by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import cos, floor, radians

from rashomon.model.incident import Gist, Spot
from rashomon.resolving.families import shelf, shelves
from rashomon.resolving.gist import name_weight

FINE, COARSE = 1.0, 6.0  # sides of the cells of towns and of areas, degrees
TOWN_KM, AREA_KM = 30.0, 300.0  # radii up to which a spot is a town, an area
AROUND_KM = 30.0  # how far beyond its own cell a town's neighbours are looked for
TOLD_DAYS = 3  # longer stretches of days are looked for by the day of publication
NEAR_TOLD, NEAR_PUBLISHED = 2, 3  # days
MONTH = 90  # days in which a name is looked for
POINTS, NAMES, MARKS = 2, 2, 2
RARE = 0.9
KM_A_DEGREE = 111.2


def blocks(gist: Gist) -> tuple[str, ...]:
    """The keys under which a telling is kept, at most 24; none for what can be tied to nothing."""
    own = shelf(gist.kind)
    if own is None:
        return ()
    days = [*(f"t{day}" for day in told(gist)), *_published(gist.published, 0)]
    return (
        *(f"{own}/{day}/{cell}" for day in days for cell in kept_cells(gist.spots)),
        *(f"{own}/{name}" for name in _named(gist, 0)),
        *(f"{own}/{mark}" for mark in _marked(gist, kept_cells(gist.spots), 0)),
    )


def sought(gist: Gist) -> tuple[str, ...]:
    """The keys under which the telling's neighbours are kept."""
    days = told(gist)
    if days:
        days = range(days[0] - NEAR_TOLD, days[-1] + NEAR_TOLD + 1)
    when = [*(f"t{day}" for day in days), *_published(gist.published, NEAR_PUBLISHED)]
    places = [*(f"{day}/{cell}" for day in when for cell in sought_cells(gist.spots)), *_named(gist, 1)]
    places += _marked(gist, sought_cells(gist.spots), 1)
    return tuple(f"{own}/{place}" for own in shelves(gist.kind) for place in places)


def told(gist: Gist) -> Sequence[int]:
    """The days it names, by their number, if they are few."""
    if gist.earliest is None or gist.latest is None:
        return ()
    first, last = gist.earliest.toordinal(), gist.latest.toordinal()
    return range(first, last + 1) if last - first < TOLD_DAYS else ()


def _published(day: date | None, around: int) -> Iterator[str]:
    if day is not None:
        yield from (f"p{day.toordinal() + step}" for step in range(-around, around + 1))


def _named(gist: Gist, around: int) -> Iterator[str]:
    """The rarest names of several words, each in its month."""
    names = [name for name in gist.names if " " in name and name_weight(name) >= RARE][:NAMES]
    yield from (f"n{name}/{month}" for name in names for month in _months(gist, around))


def _months(gist: Gist, around: int) -> range:
    day = gist.published or gist.earliest
    month = 0 if day is None else day.toordinal() // MONTH
    return range(month - around, month + around + 1)


def _marked(gist: Gist, cells: Sequence[str], around: int) -> Iterator[str]:
    """Surnames and ages within a cell and a month: what follows weeks later is told of the same people."""
    marks = [name.rpartition(" ")[2] for name in gist.names if name_weight(name) >= RARE]
    marks = [*dict.fromkeys(marks)][:MARKS] + [f"{low}" for kind, low, _ in gist.figures if kind == "age"][:MARKS]
    fine = [cell for cell in cells if cell[0] == "f"]
    yield from (f"m{mark}/{cell}/{month}" for mark in marks for cell in fine for month in _months(gist, around))


def kept_cells(spots: Sequence[Spot]) -> tuple[str, ...]:
    """The cells a telling is kept in: of its towns, else of an area's middle, else its countries."""
    towns, areas = _levels(spots)
    if towns:
        return _distinct(cell for s in towns for cell in (*_cells("f", FINE, s, 0.0), *_cells("c", COARSE, s, 0.0)))
    if areas:
        return tuple(_cells("a", COARSE, areas[0], 0.0))
    return _distinct(f"l{spot.country}" for spot in spots[:POINTS])


def sought_cells(spots: Sequence[Spot]) -> tuple[str, ...]:
    """The cells of its neighbours: towns around a town, areas that may hold it; towns and areas around an area."""
    towns, areas = _levels(spots)
    if towns:
        around = (cell for s in towns for cell in _cells("f", FINE, s, AROUND_KM))
        return _distinct((*around, *(cell for s in towns for cell in _cells("a", COARSE, s, AREA_KM))))
    if areas:
        return _distinct(cell for sort in "ac" for cell in _cells(sort, COARSE, areas[0], AREA_KM))
    return kept_cells(spots)


def _levels(spots: Sequence[Spot]) -> tuple[Sequence[Spot], Sequence[Spot]]:
    """The towns among the spots, and the areas."""
    towns = [spot for spot in spots if spot.radius_km <= TOWN_KM][:POINTS]
    return towns, [spot for spot in spots if TOWN_KM < spot.radius_km <= AREA_KM]


def _cells(sort: str, side: float, spot: Spot, radius: float) -> Iterator[str]:
    """The cells of a grid that a circle's box touches."""
    high = radius / KM_A_DEGREE
    wide = min(high / max(cos(radians(spot.lat)), 0.1), 2 * COARSE)
    for row in range(floor((spot.lat - high) / side), floor((spot.lat + high) / side) + 1):
        for column in range(floor((spot.lon - wide) / side), floor((spot.lon + wide) / side) + 1):
            yield f"{sort}{row}:{column % round(360 / side)}"


def _distinct(cells: Iterator[str] | Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cells))
