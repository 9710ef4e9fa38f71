"""Build a gazetteer from a GeoNames dump (https://download.geonames.org/export/dump, CC BY 4.0).

The dump knows villages, rivers and bridges that the gazetteer we ship leaves out. A million places take about 1 GB to
put together. The environment variable RASHOMON_GAZETTEER then names the file to use.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from rashomon.errors import Unreadable, Unusable
from rashomon.knowledge.assembly import Assembly, town_radius
from rashomon.knowledge.gazetteer import Entry, Kind
from rashomon.model.globe import Point, km

# GeoNames feature codes (https://www.geonames.org/export/codes.html) and what we call them; others are left out.
CODES: Mapping[str, Kind] = {
    **dict.fromkeys(("ADM1",), Kind.REGION),
    **dict.fromkeys(("ADM2",), Kind.DISTRICT),
    **dict.fromkeys(
        ("PPL", "PPLA", "PPLA2", "PPLA3", "PPLA4", "PPLC", "PPLG", "PPLL", "PPLS", "PPLX", "STLMT"), Kind.CITY
    ),
    **dict.fromkeys(("STM", "STMI"), Kind.RIVER),
    **dict.fromkeys(("LK", "LKS", "RSV"), Kind.LAKE),
    **dict.fromkeys(("BAY", "GULF", "SEA"), Kind.SEA),
    **dict.fromkeys(("ISL", "ISLS"), Kind.ISLAND),
    **dict.fromkeys(("MT", "MTS", "PASS", "VAL"), Kind.MOUNTAIN),
    **dict.fromkeys(("DAM", "DSRT", "FRST", "PRK", "MILB", "INSM"), Kind.LANDMARK),
    "STRT": Kind.STRAIT,
    "CNL": Kind.CANAL,
    "AIRP": Kind.AIRPORT,
    "AIRB": Kind.AIR_BASE,
    "BDG": Kind.BRIDGE,
    "CMPRF": Kind.CAMP,
}
COLUMNS = 19  # of a dump
RADIUS = {Kind.RIVER: 50, Kind.LAKE: 10, Kind.SEA: 40, Kind.ISLAND: 10, Kind.MOUNTAIN: 10, Kind.STRAIT: 15}
BRIDGE_KM = 2  # and whatever else is smaller than a village


@dataclass(frozen=True, slots=True)
class Feature:
    """One row of a dump that we keep; ``units`` are the codes of its first and second-level unit."""

    entry: Entry
    units: tuple[str, str]


def features(dump: Path, only: frozenset[str]) -> Iterator[Feature]:
    """The rows of a dump that we keep, of some countries or, if none are named, of all.

    Raises Unreadable if the file cannot be read or is no dump: of other columns, packed, without numbers for numbers.
    """
    try:
        with dump.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                yield from _feature(str(dump), number, line.rstrip("\n").split("\t"), only)
    except UnicodeDecodeError as error:
        raise Unreadable(str(dump), "not UTF-8: no GeoNames dump, or one still in its zip file") from error
    except OSError as error:
        raise Unreadable(str(dump), error.strerror or str(error)) from error


def _feature(dump: str, number: int, row: list[str], only: frozenset[str]) -> Iterator[Feature]:
    """The place of a row, if we keep it."""
    if len(row) != COLUMNS:
        raise Unreadable(dump, f"line {number} has {len(row)} columns, not {COLUMNS}: no GeoNames dump")
    kind = CODES.get(row[7])
    if kind is not None and (not only or row[8] in only):
        try:
            entry = _entry(row, kind)
        except ValueError as error:
            raise Unreadable(dump, f"line {number}: {error}") from error
        yield Feature(entry, (f"{row[8]}.{row[10]}", f"{row[8]}.{row[10]}.{row[11]}"))


def _entry(row: list[str], kind: Kind) -> Entry:
    """A row as a place, without its units."""
    people = int(row[14] or 0)
    return Entry(
        name=row[1],
        kind=kind,
        lat=float(row[4]),
        lon=float(row[5]),
        radius_km=town_radius(people) if kind is Kind.CITY else RADIUS.get(kind, BRIDGE_KM),
        population=min(people, 2**32 - 1),
        country=row[8],
        geonameid=int(row[0]),
        aliases=tuple(row[3].split(",")) if row[3] else (),
    )


def assembled(dump: Path, only: frozenset[str] = frozenset()) -> Assembly:
    """A gazetteer of the places of a dump, read twice: units and their reach first, then what lies in them."""
    built = Assembly()
    units: dict[str, Entry] = {}
    corners: dict[str, tuple[float, float, float, float]] = {}
    for feature in features(dump, only):
        kind = feature.entry.kind
        if kind in (Kind.REGION, Kind.DISTRICT):
            units[feature.units[kind is Kind.DISTRICT]] = feature.entry
        elif kind is Kind.CITY:
            for code in feature.units:
                corners[code] = _stretched(corners.get(code), (feature.entry.lat, feature.entry.lon))
    rows: dict[str, int] = {}
    for code, entry in sorted(units.items(), key=lambda unit: unit[1].kind is Kind.DISTRICT):
        first = rows.get(code.rpartition(".")[0]) if entry.kind is Kind.DISTRICT else None
        rows[code] = built.unit(replace(entry, radius_km=_reach(corners.get(code)), admin1=first))
    for feature in features(dump, only):
        if feature.entry.kind not in (Kind.REGION, Kind.DISTRICT):
            first, second = (rows.get(code) for code in feature.units)
            built.town(replace(feature.entry, admin1=first, admin2=second))
    return built


def _stretched(box: tuple[float, float, float, float] | None, point: Point) -> tuple[float, float, float, float]:
    """A box of south, west, north, east that also holds a point."""
    south, west, north, east = box or (*point, *point)
    return min(south, point[0]), min(west, point[1]), max(north, point[0]), max(east, point[1])


def _reach(box: tuple[float, float, float, float] | None) -> int:
    """Half the diagonal of a box in kilometres; 10 where no town is known."""
    return 10 if box is None else max(5, round(km((box[0], box[1]), (box[2], box[3])) / 2))


def imported(dump: Path, output: Path, only: frozenset[str] = frozenset()) -> tuple[int, str]:
    """Write the gazetteer of a dump, whole or not at all; returns the number of its places and its digest.

    Raises Unreadable if the dump is none, or holds no place of these countries; Unusable if the file cannot be written.
    """
    built = assembled(dump, only)
    # Every assembly begins with the countries.
    if len(built.entries) == len(Assembly().entries):
        raise Unreadable(str(dump), f"no place of {', '.join(sorted(only)) or 'any kind we keep'} in it")
    part = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        made = built.write(part)
        part.replace(output)
    except OSError as error:
        raise Unusable(f"{output}: cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
    return made
