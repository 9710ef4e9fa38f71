"""Places: the gazetteer opened once, countries with their demonyms, states with their abbreviations."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from rashomon.knowledge.gazetteer import Entry, Gazetteer, Kind, key, opened

FILE = "gazetteer.bin"


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory; degrees, kilometres, inhabitants."""

    iso2: str
    iso3: str
    geonameid: int
    name: str
    capital: str
    lat: float
    lon: float
    radius_km: int
    population: int
    demonyms: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """A federal state or province as news abbreviate it: "Tenn.", "B.C."."""

    country: str
    name: str
    short: tuple[str, ...]


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, mapped on first use; RASHOMON_GAZETTEER names another file of the same format.

    Raises Unreadable if the file is missing or damaged.
    """
    return opened(Path(os.environ.get("RASHOMON_GAZETTEER") or str(files(__package__) / FILE)))


@cache
def countries() -> dict[str, Country]:
    """Countries by ISO 3166-1 alpha-2 code."""
    return {
        row[0]: Country(
            iso2=row[0],
            iso3=row[1],
            geonameid=int(row[2]),
            name=row[3],
            capital=row[4],
            lat=float(row[5]),
            lon=float(row[6]),
            radius_km=int(row[7]),
            population=int(row[8]),
            demonyms=several(row[9]),
            aliases=several(row[10]),
        )
        for row in rows("countries.tsv")
    }


@cache
def demonyms() -> dict[str, tuple[str, str]]:
    """Keys of words for people and things of a place, singular and plural, with the place's key and country code.

    Where two countries share a word, the one with more people keeps it.
    """
    found: dict[str, tuple[str, str]] = {}
    for country in sorted(countries().values(), key=lambda one: -one.population):
        for word in country.demonyms:
            for form in (word, plural(word)):
                found.setdefault(key(form), (key(country.name), country.iso2))
    for word, place, code in rows("demonyms.tsv"):
        for form in (word, plural(word)):
            found.setdefault(key(form), (key(place), code))
    return found


@cache
def states() -> dict[str, State]:
    """States and provinces by the key of each abbreviation, and by their full names."""
    found: dict[str, State] = {}
    for row in rows("states.tsv"):
        state = State(row[0], row[1], several(row[2]))
        for form in (state.name, *state.short):
            found.setdefault(key(form), state)
    return found


@cache
def words(name: str) -> frozenset[str]:
    """A word list of one word or phrase a line, as keys."""
    return frozenset(ranked(name))


@cache
def ranked(name: str) -> dict[str, int]:
    """A word list with the rank of each word, from 0."""
    return {key(row[0]): rank for rank, row in enumerate(rows(name, heading=False))}


def supplement() -> tuple[tuple[Entry, str], ...]:
    """The hand-made rows as entries without units, each with the name of its first-level unit or an empty text."""
    return tuple(
        (
            Entry(
                name=row[0],
                kind=Kind(row[1]),
                lat=float(row[2]),
                lon=float(row[3]),
                radius_km=int(row[4]),
                population=int(row[9] or 0),
                country=row[5],
                aliases=several(row[7]),
            ),
            row[6],
        )
        for row in rows("supplement.tsv")
    )


def plural(word: str) -> str:
    """The plural of a nationality word: Syrians; words in -ese, -ish, -ch, -men and the like have none."""
    if word.endswith(("ese", "ish", "sh", "ch", "men", "s")):
        return word
    return word.removesuffix("man") + "men" if word.endswith("man") and word not in ("German", "Roman") else word + "s"


def several(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds several, parted by bars."""
    return tuple(part for part in cell.split("|") if part)


def rows(name: str, *, heading: bool = True) -> Iterator[list[str]]:
    """The rows of one of our tables: tab-separated, notes begin with #, the first row names the columns."""
    lines = (line for line in (files(__package__) / name).read_text("utf-8").splitlines() if line)
    cells = (line.split("\t") for line in lines if not line.startswith("#"))
    if heading:
        next(cells)
    return cells
