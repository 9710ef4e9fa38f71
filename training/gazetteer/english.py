"""English names of first-level units: those that iso3166-2 marks as English, less nicknames and mottoes.

The package (MIT) keeps names from many hands: "Kursk" stands beside "Home of Peace". A name is taken where a town of the
unit bears it, where it is written nearly like the unit's own name ("Middle Shabelle", "Shabeellaha Dhexe"), or where it
is made of directions, as its own is ("Far North"), which then goes with its noun only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import iso3166_2

from rashomon.knowledge.assembly import DIRECTIONS, UNIT_WORDS, units_name
from rashomon.knowledge.gazetteer import key, loose

ENGLISH = re.compile(r"(?:^|, |\), )([^()]*?) \(eng\)")
# The noun that English puts after the bare name, by how the local name ends; elsewhere the unit's type in ISO 3166-2.
NOUNS = (
    (re.compile(r"avtonomn\w+ okrug$"), "Autonomous Okrug"),
    (re.compile(r"avtonomn\w+ oblast'?$"), "Autonomous Oblast"),
    (re.compile(r"(?:oblast'?|voblas\w+)$"), "Oblast"),
    (re.compile(r"kra[yj]$"), "Krai"),
    (re.compile(r"Respublika"), ""),
)
PLAIN_NOUNS = frozenset("Province Region State Department District County Governorate Prefecture Division".split())
DIRECTED = DIRECTIONS | frozenset("northern southern eastern western".split())
THEIRS = DIRECTED | frozenset(
    "nord sud est ouest norte sur este oeste centre centro extreme middle upper lower".split()
)
SLAVIC = frozenset(("RU", "UA", "BY", "KG", "KZ"))  # where units are called oblast and krai in English too
ALIKE = 0.75  # share of letters two spellings of one name have in common at least, under their loose keys
MOTTO = re.compile(r"\b(?:of|the|The|Our|is|[Ll]ands?|Hub|City)\b|[/!&]|’s")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of ISO 3166-2: its own name, its English ones as the package has them, noun, middle point in degrees."""

    code: str
    name: str
    english: tuple[str, ...]
    noun: str
    middle: tuple[float, float] | None
    city: bool = False


@cache
def units() -> dict[str, Unit]:
    """Every unit of ISO 3166-2, by code."""
    countries = json.loads((Path(iso3166_2.__file__).parent / "iso3166-2.json").read_text("utf-8"))
    return {
        code: Unit(
            code=code,
            name=unit["name"],
            english=tuple(ENGLISH.findall(unit["localOtherName"] or "")),
            noun=_noun(code, unit["name"], unit["type"]),
            middle=(float(unit["latLng"][0]), float(unit["latLng"][1])) if unit["latLng"] else None,
            city=unit["type"] in ("City", "Autonomous city"),
        )
        for country in countries.values()
        for code, unit in country.items()
    }


@cache
def cities() -> frozenset[tuple[str, str]]:
    """Country and key of every name of the cities that are units themselves."""
    named = ((unit.code[:2], name) for unit in units().values() if unit.city for name in unit.english)
    return frozenset((country, key(name.removesuffix(" City"))) for country, name in named)


def _noun(code: str, name: str, kind: str) -> str:
    """What English calls a unit, empty where it adds nothing."""
    plain = "Region" if kind == "Regional state" else kind if kind in PLAIN_NOUNS else ""
    return next((noun for end, noun in NOUNS if end.search(name) and code[:2] in SLAVIC), plain)


def english(unit: Unit, known: Iterable[str], towns: Collection[str]) -> tuple[str, ...]:
    """English names of a unit, the usual one first: "Kursk Oblast", "Kursk"; "Dagestan"; "Far North Region".

    ``known`` are names it has elsewhere, ``towns`` the keys of the names of its towns. Only nouns that belong to one
    language, and directions, go with their noun: "province" after any name is understood without.
    """
    own = [*known, unit.name]
    clean = (UNIT_WORDS.sub("", name.removesuffix(f" {unit.noun}")) for name in unit.english if not MOTTO.search(name))
    bare = [*dict.fromkeys(clean)]
    by_direction = set(key(unit.name).split()) <= THEIRS
    directed = [name for name in (*bare, unit.name) if set(key(name).split()) <= DIRECTED]
    telling = (name for name in bare if not set(key(name).split()) <= THEIRS)
    plain = [name for name in telling if key(name) in towns or _alike(name, own)]
    slavic = unit.noun and unit.noun not in PLAIN_NOUNS
    whole = [f"{name} {unit.noun}" for name in (plain[:1] if slavic else directed * by_direction) if unit.noun]
    # "Moscow region": the city is a unit, too.
    regions = [f"{name} Region" for name in plain[:1] if slavic and (unit.code[:2], key(name)) in cities()]
    return (*whole, *plain, *regions)


def shown(unit: Unit | None, names: Sequence[str], spoken: Sequence[str]) -> str:
    """The name to show for a unit: its English one where its own ends in a Slavic noun, else as :func:`units_name`."""
    slavic = unit is not None and unit.code[:2] in SLAVIC and any(end.search(unit.name) for end, _ in NOUNS)
    return spoken[0] if slavic and spoken else units_name(names)


def _alike(name: str, others: Iterable[str]) -> bool:
    """Whether a name is another way of writing one of several, or shares a long word with one of them."""
    for other in others:
        bare = UNIT_WORDS.sub("", other)
        pairs = [
            (name, bare),
            *((a, b) for a in key(name).split() for b in key(bare).split() if min(len(a), len(b)) > 3),
        ]
        if any(_share(loose(key(a)), loose(key(b))) >= ALIKE for a, b in pairs):
            return True
    return False


def _share(one: str, other: str) -> float:
    """The share of letters two keys have in common, 0 where one is empty."""
    return SequenceMatcher(None, one, other).ratio() if one and other else 0.0
