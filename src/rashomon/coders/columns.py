"""Which column of somebody's table says what: by a map they write, or by the names that such tables go by."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rashomon.errors import RashomonError

# Quantity kinds that a column may count; a figure's ends may have columns of their own, killed_low and killed_high.
COUNTED = tuple(
    """killed injured killed_or_injured missing detained released captured bodies_returned displaced weapons_used
    equipment_hit equipment_damaged equipment_destroyed targets troops participants buildings_damaged vehicles_damaged
    explosions""".split()
)
ENDS = ("", "_low", "_high")
FIGURES = tuple(f"{kind}{end}" for kind in COUNTED for end in ENDS)
PLAIN = tuple("id date latest kind place lat lon country perpetrator target document published".split())
KNOWN = frozenset((*PLAIN, *FIGURES))
# The headings of ACLED's and UCDP GED's files and a few plain words, for who gives no map.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "event_id_cnty", "event_id", "incident", "incident_id"),
    "date": ("date", "event_date", "date_start", "earliest", "day"),
    "latest": ("latest", "date_end"),
    "kind": ("kind", "sub_event_type", "event_type", "type"),
    "place": ("place", "location", "where_coordinates", "town"),
    "lat": ("lat", "latitude"),
    "lon": ("lon", "longitude", "lng"),
    "country": ("country_code", "iso2"),
    "perpetrator": ("perpetrator", "actor1", "side_a"),
    "target": ("target", "actor2", "side_b"),
    "document": ("document", "source_url", "url", "source_article"),
    "published": ("published", "source_date"),
    "killed": ("killed", "fatalities", "best"),
    "killed_low": ("killed_low", "low"),
    "killed_high": ("killed_high", "high"),
}


class Unmapped(RashomonError):
    """A map, or a header, by which rows cannot be understood."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column is: ``names`` leads from what we ask for to a heading, ``kinds`` from their words to ours.

    ``dates`` is how days are written, as strptime has it; None for ISO 8601. ``voice`` is who coded, if the map says.
    """

    names: Mapping[str, str]
    kinds: Mapping[str, str] = field(default_factory=dict)
    dates: str | None = None
    voice: str | None = None


def columns(header: Sequence[str], mapping: Path | None = None) -> Columns:
    """The columns of a table with this header, by a map in TOML or by their headings. Raises Unmapped, with the reason.

    A map names a heading for what we know (``date = "Event date"``), and may say ``voice``, ``dates``, and under
    ``[kinds]`` which of their words is which of our kinds. What it does not name is found by its heading.
    """
    said, kinds = ({}, {}) if mapping is None else _read(mapping)
    voice, dates = said.pop("voice", None), said.pop("dates", None)
    if unknown := sorted(set(said) - KNOWN):
        raise Unmapped(f"{mapping}: nothing is known by {', '.join(unknown)}; there is {', '.join(sorted(KNOWN))}")
    if gone := sorted(set(said.values()) - set(header)):
        raise Unmapped(f"{mapping}: the table has no column {', '.join(gone)}; it has {', '.join(header)}")
    found = {**_found(header, frozenset(said.values())), **said}
    if "date" not in found or "kind" not in found:
        lacking = " and ".join(name for name in ("date", "kind") if name not in found)
        raise Unmapped(f'no column says the {lacking}; name one in a map: {lacking.split()[0]} = "heading"')
    return Columns(found, {word.casefold(): code for word, code in kinds.items()}, dates, voice)


def _read(mapping: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The lines of a map and those below [kinds]."""
    try:
        read = tomllib.loads(mapping.read_text(encoding="utf-8"))
    except OSError as error:
        raise Unmapped(f"{mapping}: {(error.strerror or str(error)).lower()}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unmapped(f"{mapping}: no TOML: {error}") from None
    kinds = read.pop("kinds", {})
    if not isinstance(kinds, dict) or not all(isinstance(one, str) for one in (*kinds.values(), *read.values())):
        raise Unmapped(f'{mapping}: every line is NAME = "heading", below [kinds] "their word" = "OUR.KIND"')
    return read, kinds


def _found(header: Sequence[str], taken: frozenset[str]) -> dict[str, str]:
    """Columns whose headings say what they are."""
    plain = {heading.strip().casefold().replace(" ", "_"): heading for heading in reversed(header)}
    known = {**{name: (name,) for name in FIGURES}, **HEADINGS}
    found = {}
    for name, headings in known.items():
        heading = next((plain[one] for one in headings if one in plain and plain[one] not in taken), None)
        if heading is not None:
            found[name] = heading
    return found
