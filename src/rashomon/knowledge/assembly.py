"""Putting a gazetteer together: countries, units, towns, airfields and the hand-made supplement, in one file."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from rashomon.knowledge.gazetteer import NOWHERE, Entry, Kind, key, write
from rashomon.knowledge.places import countries, states, supplement
from rashomon.model.globe import Point, km

# Words that say what a unit is; without them its name is still understood ("Rapides", "Donetsk").
UNIT_WORDS = re.compile(
    r"^(?:County|Co|Province of|State of|Region of|District of|Governorate of|Municipality of|City of) "
    r"| (?:County|Parish|Borough|Census Area|Municipality|Province|State|Region|District|Governorate|Oblast|oblast|"
    r"Krai|Raion|Department|Prefecture|Republic|Autonomous Region|Division|Regency|Woreda|Zone|Canton|Community)$"
)
# A unit called by these alone is not understood without its noun: "the North".
DIRECTIONS = frozenset("north south east west northeast northwest southeast southwest central far".split())
ENGLISH = re.compile(r"^[A-Z].* (?:Oblast|Krai|Governorate|Raion|Republic)$")
FOREIGN = re.compile(r"^(?:Condado|Parroquia|Mkoa|Comté|Provincia|Província|Municipio|Gmina|Powiat|Okres|Landkreis) ")
LATIN = re.compile(r"^(?:[A-ZÀ-ÞĀ-ɏḀ-ỿ]|al[- ]|el[- ]|d['’])[\sA-Za-zÀ-ɏḀ-ỿ'’ʼ‘`.-]+$")
AIRFIELD = re.compile(r"^(.+?) (?:International Airport|Regional Airport|Airport|Air Base|Airbase|Air Force Base)$")
SAME_PLACE_KM = 40.0  # a supplement row this near to a town or airfield of the same name is that place
AIRFIELDS = (Kind.AIRPORT, Kind.AIR_BASE)
CELL = 1.0  # degrees; side of the cells in which neighbours are looked for


def town_radius(people: int) -> int:
    """Kilometres a town reaches: 2 for a village, 10 for 600,000 people, 24 for 20 million."""
    return max(2, round(0.36 * math.sqrt(math.sqrt(people))))


def spread(points: Sequence[Point], middle: Point | None = None) -> tuple[float, float, int]:
    """Centre and radius of a unit from its towns.

    The centre is the given middle point if it lies among the towns, otherwise halfway between the outermost towns (the
    outer twentieth left out); the radius, in kilometres, reaches nine towns of ten.
    """
    if not points:
        return (*(middle or (0.0, 0.0)), 25)
    ways = [sorted(point[axis] for point in points) for axis in (0, 1)]
    cut = len(points) // 20
    centre = tuple((way[cut] + way[-1 - cut]) / 2 for way in ways)
    middling = (median(ways[0]), median(ways[1]))
    reach = sorted(km(middling, point) for point in points)[-1 - len(points) // 10]
    lat, lon = middle if middle and km(middling, middle) < max(60.0, reach) else centre
    return (
        round(lat, 4),
        round(lon, 4),
        max(5, round(sorted(km((lat, lon), p) for p in points)[-1 - len(points) // 10])),
    )


def units_name(names: Sequence[str]) -> str:
    """The name to show for a unit: the English form where the first name is not ("Donetsk Oblast")."""
    english = (name for name in names[1:] if ENGLISH.match(name))
    return names[0] if names[0].isascii() and "oblast" not in names[0] else next(english, names[0])


def spellings(names: Iterable[str]) -> tuple[str, ...]:
    """The names a text in Latin letters can use: no codes, no other scripts, no transliterations in lower case."""
    return tuple(
        name
        for name in names
        if LATIN.match(name)
        and len(key(name)) > 2
        and not (name.isupper() and len(name) < 5)
        and not FOREIGN.match(name)
    )


class Assembly:
    """A gazetteer in the making. Countries come first, units next, so that two bytes name any of them."""

    def __init__(self) -> None:
        self.entries: list[Entry] = [
            Entry(one.name, Kind.COUNTRY, one.lat, one.lon, one.radius_km, one.population, one.iso2)
            for one in countries().values()
        ]
        for row, one in enumerate(countries().values()):
            self.entries[row] = replace(self.entries[row], geonameid=one.geonameid, aliases=one.aliases)

    def unit(self, entry: Entry) -> int:
        """Add a unit of the first or second level; returns its row."""
        names = spellings(entry.aliases)
        short = tuple(
            bare
            for name in (entry.name, *names)
            if len(bare := UNIT_WORDS.sub("", name)) > 2 and not set(key(bare).split()) <= DIRECTIONS
        )
        dotted = tuple(
            form
            for state in states().values()
            if state.country == entry.country and key(state.name) == key(entry.name) and entry.kind is Kind.REGION
            for form in state.short
        )
        self.entries.append(replace(entry, aliases=(*names, *short, *dotted)))
        if len(self.entries) > NOWHERE:
            raise ValueError("more units than two bytes can name")
        return len(self.entries) - 1

    def town(self, entry: Entry) -> None:
        """Add a town; a second-level unit given as its first brings its own first."""
        first, second = entry.admin1, entry.admin2
        if first is not None and self.entries[first].kind is Kind.DISTRICT:
            first, second = self.entries[first].admin1, first
        self.entries.append(replace(entry, admin1=first, admin2=second, aliases=spellings(entry.aliases)))

    def airfield(self, entry: Entry) -> None:
        """Add an airfield; "X Air Base" is also "X airbase" and "X airport"."""
        bare = AIRFIELD.sub(r"\1", entry.name)
        others = (
            ("airbase", "air base", "airfield") if entry.kind is Kind.AIR_BASE else ("airport", "international airport")
        )
        self.entries.append(replace(entry, aliases=tuple(f"{bare} {word}" for word in others if bare != entry.name)))

    def write(self, path: Path) -> tuple[int, str]:
        """Add the supplement, give airfields their units, write; returns the number of places and the digest."""
        near = _cells(self.entries)
        for entry, unit in supplement():
            self._supplement(entry, unit, near)
        for row, entry in enumerate(self.entries):
            if entry.kind in AIRFIELDS and entry.admin1 is None:
                self.entries[row] = _placed(entry, near)
        return len(self.entries), write(self.entries, path)

    def _supplement(self, entry: Entry, unit: str, near: dict[tuple[int, int], list[Entry]]) -> None:
        """Add a row of the supplement, or its names and, for a region, its centre to the row that is already there."""
        rows = self._rows()
        names = (entry.name, *entry.aliases) if entry.kind in AIRFIELDS else (entry.name,)
        for row in {row for name in names for row in rows.get(key(name), ())}:
            known = self.entries[row]
            close = km((known.lat, known.lon), (entry.lat, entry.lon)) < SAME_PLACE_KM
            if known.kind is entry.kind is Kind.REGION and known.country == entry.country:
                self.entries[row] = replace(
                    entry,
                    population=max(known.population, entry.population),
                    geonameid=known.geonameid,
                    aliases=(known.name, *known.aliases, *entry.aliases),
                )
                return
            if close and (
                known.kind is entry.kind is Kind.CITY or (known.kind in AIRFIELDS and entry.kind in AIRFIELDS)
            ):
                self.entries[row] = replace(known, aliases=(*known.aliases, entry.name, *entry.aliases))
                self._namesake(known, (entry.name, *entry.aliases))
                return
        placed = _placed(entry, near) if entry.country and entry.radius_km < 100 else entry
        held = next((row for row in rows.get(key(unit), ()) if self.entries[row].country == entry.country), None)
        if unit and held is not None and self.entries[held].kind is Kind.REGION:
            placed = replace(placed, admin1=held)
        self.entries.append(placed)
        self._namesake(placed, (entry.name, *entry.aliases))

    def _namesake(self, town: Entry, names: tuple[str, ...]) -> None:
        """Give a town's names to the unit that holds it and is called after it: Hodeidah, the town and governorate."""
        # A town whose size nobody told would lose its bare name to the unit.
        if town.kind is not Kind.CITY or town.admin1 is None or not town.population:
            return
        unit = self.entries[town.admin1]
        if {*map(key, (town.name, *names))} & {*map(key, (unit.name, *unit.aliases))}:
            self.entries[town.admin1] = replace(unit, aliases=(*unit.aliases, *names))

    def _rows(self) -> dict[str, list[int]]:
        """Rows by the key of every name; made once, before the supplement is added."""
        if not hasattr(self, "_found"):
            self._found: dict[str, list[int]] = defaultdict(list)
            for row, entry in enumerate(self.entries):
                for name in {key(name) for name in (entry.name, *entry.aliases)}:
                    self._found[name].append(row)
        return self._found


def _cells(entries: Iterable[Entry]) -> dict[tuple[int, int], list[Entry]]:
    """The towns by cells of one degree."""
    cells: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind is Kind.CITY:
            cells[int(entry.lat // CELL), int(entry.lon // CELL)].append(entry)
    return cells


def nearest(point: Point, country: str, cells: dict[tuple[int, int], list[Entry]]) -> Entry | None:
    """The nearest town of a country in the cells around a point, or None."""
    y, x = int(point[0] // CELL), int(point[1] // CELL)
    around = (town for i in (-1, 0, 1) for j in (-1, 0, 1) for town in cells.get((y + i, x + j), ()))
    return min(
        (town for town in around if town.country == country), key=lambda t: km(point, (t.lat, t.lon)), default=None
    )


def _placed(entry: Entry, cells: dict[tuple[int, int], list[Entry]]) -> Entry:
    """The entry with the first-level unit of the nearest town of its country."""
    town = nearest((entry.lat, entry.lon), entry.country, cells)
    return entry if town is None else replace(entry, admin1=town.admin1)
