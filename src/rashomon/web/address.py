"""Addresses: what a page is asked is all in its address, and every link is an address changed in one place."""

from __future__ import annotations

import base64
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from urllib.parse import quote, urlencode

from rashomon.errors import RashomonError
from rashomon.knowledge.locating import located
from rashomon.ledger.book import Box, Facet, Figure, Near, Value, Wanted

FACETS: Mapping[str, Facet] = {
    "kind": Facet.KIND,
    "finding": Facet.FINDING,
    "voice": Facet.VOICE,
    "side": Facet.SIDE,
    "actor": Facet.ACTOR,
    "outlet": Facet.OUTLET,
}
NAMES: Mapping[Facet, str] = {facet: name for name, facet in FACETS.items()}
KNOWN = frozenset(
    (*FACETS, "not", "after", "before", "near", "bbox", "placed", "figure", "more", "q", "cursor", "view", "limit")
)
LIMIT, MOST = 80, 1000
NEAR = re.compile(
    r"(?:(?P<lat>-?\d{1,2}(?:\.\d+)?),\s*(?P<lon>-?\d{1,3}(?:\.\d+)?)|(?P<place>[^~]+?))"
    r"(?:\s*~\s*(?P<km>\d{1,5}(?:\.\d+)?)\s*(?:km)?)?"
)
NEAR_KM = 30.0
COUNTED = re.compile(
    r"(?P<kind>[a-z_]{3,40}):?(?P<sign>[<>=])(?P<many>\d{1,15}(?:\.\d+)?)(?:-(?P<most>\d{1,15}(?:\.\d+)?))?",
    re.IGNORECASE,
)
BOX = re.compile(",".join([r"\s*(-?\d{1,3}(?:\.\d+)?)\s*"] * 4))

Pairs = tuple[tuple[str, str], ...]


class Misasked(RashomonError):
    """An address that asks for what there is not, or in words that are not understood."""


class Shape(StrEnum):
    """In which shape the same incidents are shown."""

    LIST = "list"
    TABLE = "table"
    TIMELINE = "timeline"
    MAP = "map"


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a list of incidents, understood; of the facet named ``whole`` all values are listed."""

    pairs: Pairs
    wanted: Wanted
    shape: Shape
    limit: int
    whole: str = ""

    def with_(self, **changed: str | None) -> str:
        """The same address with some of its parts set, or left out if None; a new list begins at its beginning."""
        kept = [(name, value) for name, value in self.pairs if name not in changed and name != "cursor"]
        return _query([*kept, *((name, value) for name, value in changed.items() if value is not None)])

    def chosen(self, facet: Facet, name: str) -> bool:
        """Whether a value is asked for."""
        return any(key == NAMES[facet] and value.casefold() == name.casefold() for key, value in self.pairs)

    def refused(self, facet: Facet, name: str) -> bool:
        """Whether a value is excluded."""
        return any(
            key == "not" and value.casefold() == f"{NAMES[facet]}:{name}".casefold() for key, value in self.pairs
        )

    def including(self, facet: Facet, name: str) -> str:
        """The same address with a value asked for, or no longer."""
        kept = self._without(facet, name)
        return _query(kept if self.chosen(facet, name) else [*kept, (NAMES[facet], name)])

    def excluding(self, facet: Facet, name: str) -> str:
        """The same address with a value excluded, or no longer."""
        kept = self._without(facet, name)
        return _query(kept if self.refused(facet, name) else [*kept, ("not", f"{NAMES[facet]}:{name}")])

    def narrowed(self) -> bool:
        """Whether anything is asked for."""
        return replace(self.wanted, beyond=None) != Wanted()

    @property
    def query(self) -> str:
        """The address after its path, with the question mark if there is anything after it."""
        return _query([pair for pair in self.pairs if pair[0] != "cursor"], empty="")

    def _without(self, facet: Facet, name: str) -> list[tuple[str, str]]:
        mine = {(NAMES[facet], name.casefold()), ("not", f"{NAMES[facet]}:{name}".casefold())}
        return [pair for pair in self.pairs if (pair[0], pair[1].casefold()) not in mine and pair[0] != "cursor"]


def address(pairs: Sequence[tuple[str, str]]) -> Address:
    """The address of a list of incidents from its pairs. Raises Misasked, saying what is not understood."""
    given = tuple((name, value.strip()) for name, value in pairs if value.strip())
    if unknown := sorted({name for name, _ in given} - KNOWN):
        raise Misasked(f"nothing is known by {', '.join(unknown)}; there is {', '.join(sorted(KNOWN))}")
    last = dict(given)
    written = list(_written(last.get("q", "")))
    also = [Value(FACETS[name], value) for name, value in (*given, *written) if name in FACETS]
    without = [_excluded(value) for name, value in (*given, *written) if name == "not"]
    told = {**dict(written), **last}
    plain = " ".join(value for name, value in written if name == "q")
    counted = [value for name, value in (*given, *written) if name == "figure"]
    wanted = Wanted(
        since=day(told.get("after")),
        until=day(told.get("before")),
        near=near(told.get("near")),
        box=box(last.get("bbox")),
        placed=_placed(last.get("placed")),
        text=plain or None,
        also=tuple(dict.fromkeys(also)),
        without=tuple(dict.fromkeys(without)),
        beyond=place(last.get("cursor")),
        figures=tuple(dict.fromkeys(map(figure, counted))),
    )
    whole = last.get("more", "")
    if whole and whole not in FACETS:
        raise Misasked(f"more={whole}: one of {', '.join(FACETS)}")
    return Address(given, wanted, _shape(last.get("view")), limit(last.get("limit")), whole)


def limit(words: str | None) -> int:
    """How many at once. Raises Misasked."""
    if words is None:
        return LIMIT
    if not words.isdecimal() or not 1 <= int(words) <= MOST:
        raise Misasked(f"limit={words}: a number from 1 to {MOST}")
    return int(words)


def day(words: str | None) -> date | None:
    """A day as YYYY-MM-DD. Raises Misasked."""
    try:
        return None if words is None else date.fromisoformat(words)
    except ValueError as error:
        raise Misasked(f"{words}: no day; write 2025-06-01") from error


def near(words: str | None) -> Near | None:
    """Around a place of the gazetteer or a point: "Kharkiv~30", "52.3,104.3~30km". Raises Misasked."""
    if words is None:
        return None
    match = NEAR.fullmatch(words)
    if match is None:
        raise Misasked(f"{words}: no place; write Kharkiv~30 or 49.99,36.23~30, in kilometres")
    km = float(match["km"] or NEAR_KM)
    if match["lat"] is not None:
        if abs(float(match["lat"])) > 90 or abs(float(match["lon"])) > 180:
            raise Misasked(f"{words}: beyond the poles, or around the world")
        return Near(float(match["lat"]), float(match["lon"]), km)
    known = located(match["place"])
    if known is None:
        raise Misasked(f"{match['place']}: not in the gazetteer")
    return Near(known.lat, known.lon, km)


def box(words: str | None) -> Box | None:
    """A stretch of the map as west, south, east and north in degrees, as GeoJSON has it. Raises Misasked."""
    if words is None:
        return None
    match = BOX.fullmatch(words)
    found = Box(*map(float, match.groups())) if match else None
    if found is None or max(abs(found.west), abs(found.east)) > 180 or not -90 <= found.south <= found.north <= 90:
        raise Misasked(f"bbox={words}: no stretch of the map; write west,south,east,north as 30.5,46,38.2,51")
    return found


def figure(words: str) -> Figure:
    """So many of a kind: "killed:>5", "killed<5", "killed=5", "killed=3-10". Raises Misasked."""
    match = COUNTED.fullmatch(words)
    if match is None:
        raise Misasked(f"figure={words}: no figure; write killed>5, killed<5, killed=5 or killed=3-10")
    kind, sign, many, most = match["kind"].casefold(), match["sign"], float(match["many"]), match["most"]
    if sign == ">":
        return Figure(kind, above=many)
    if sign == "<":
        return Figure(kind, below=many)
    return Figure(kind, low=many, high=many if most is None else float(most))


def cursor(day: str, name: str) -> str:
    """Where a list goes on, in a form that means nothing to anybody else."""
    return base64.urlsafe_b64encode(f"{day}|{name}".encode()).decode().rstrip("=")


def place(words: str | None) -> tuple[str, str] | None:
    """Where to go on, from a cursor. Raises Misasked."""
    if words is None:
        return None
    try:
        told = base64.b64decode(words + "=" * (-len(words) % 4), altchars=b"-_", validate=True).decode()
    except ValueError as error:
        raise Misasked(f"cursor={words}: not one of ours") from error
    last, bar, name = told.partition("|")
    if not bar:
        raise Misasked(f"cursor={words}: not one of ours")
    return last, name


def path(*parts: str) -> str:
    """The path of a page: its parts, each written so that it stays one."""
    return "/" + "/".join(quote(part, safe="~@,:") for part in parts)


def incidents(*chosen: tuple[Facet, str]) -> str:
    """The address of the incidents that have some values."""
    return "/incidents" + _query([(NAMES[facet], name) for facet, name in chosen])


def _query(pairs: Sequence[tuple[str, str]], empty: str = "?") -> str:
    return f"?{urlencode(pairs)}" if pairs else empty


def _shape(words: str | None) -> Shape:
    if words is None:
        return Shape.LIST
    if words not in set(Shape):
        raise Misasked(f"view={words}: one of {', '.join(Shape)}")
    return Shape(words)


def _placed(words: str | None) -> bool | None:
    if words not in (None, "yes", "no"):
        raise Misasked(f"placed={words}: yes for those on the map, no for those that are not")
    return None if words is None else words == "yes"


def _excluded(words: str) -> Value:
    name, colon, value = words.partition(":")
    if not colon or name not in FACETS or not value:
        raise Misasked(f"not={words}: write what and which, not=outlet:x")
    return Value(FACETS[name], value)


def _written(query: str) -> Iterator[tuple[str, str]]:
    """A search as pairs: ``voice:sbu``, ``-outlet:x``, ``after:2025-06-01``; the rest is looked for as words."""
    for piece in _pieces(query):
        name, colon, value = piece.removeprefix("-").partition(":")
        name = "voice" if name == "speaker" else name
        if colon and value and name in FACETS:
            yield ("not", f"{name}:{value}") if piece.startswith("-") else (name, value)
        elif COUNTED.fullmatch(piece):
            yield "figure", piece
        elif colon and value and name in ("after", "before", "near"):
            yield name, value
        else:
            yield "q", f'"{piece}"' if " " in piece else piece


def _pieces(query: str) -> list[str]:
    """Words and "quoted phrases"; a quotation mark without its pair is dropped."""
    try:
        lexer = shlex.shlex(query, posix=True)
        lexer.whitespace_split, lexer.quotes, lexer.commenters, lexer.escape = True, '"', "", ""
        return list(lexer)
    except ValueError:
        return query.replace('"', " ").split()
