"""The gazetteer as a file: one memory-mapped table of places and one sorted table of their names.

The file is a line of JSON (format, counts, offsets, tables of codes) followed by plain little-endian columns, so that
opening it costs a few milliseconds and only the pages that are looked at come into memory. Names are kept as 64-bit
hashes of their :func:`key`; among a million names the chance that a wrong word hits one is below 1 in 10^13.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rashomon.errors import Unreadable

FORMAT = "rashomon/gazetteer/1"
NOWHERE = 0xFFFF  # no row of an administrative unit
ALIAS = 1 << 31  # set on a target reached by another than the place's first name
Targets = npt.NDArray[np.uint32]
# Countries whose names reach English by many roads, so that they are also kept under a loose key.
LOOSE = frozenset("SY IQ YE PS LB JO SD LY EG SA KW OM DZ MA TN AF IR PK TJ UA RU BY KZ SO TD BH AE QA".split())


class Kind(StrEnum):
    """What a place is. The order is part of the file format: append only."""

    COUNTRY = "country"
    REGION = "region"
    DISTRICT = "district"
    CITY = "city"
    AIRPORT = "airport"
    AIR_BASE = "air_base"
    CONTINENT = "continent"
    AREA = "area"
    HISTORIC = "historic"
    FRONT = "front"
    SEA = "sea"
    STRAIT = "strait"
    CANAL = "canal"
    RIVER = "river"
    LAKE = "lake"
    ISLAND = "island"
    MOUNTAIN = "mountain"
    BRIDGE = "bridge"
    CROSSING = "crossing"
    CAMP = "camp"
    LANDMARK = "landmark"
    ROAD = "road"
    DEMONYM = "demonym"


KINDS = tuple(Kind)
COLUMNS = (
    ("lat", "<f4"),
    ("lon", "<f4"),
    ("population", "<u4"),
    ("geonameid", "<u4"),
    ("radius", "<u2"),
    ("admin1", "<u2"),
    ("admin2", "<u2"),
    ("country", "<u2"),
    ("kind", "u1"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer: degrees, kilometres, inhabitants; ``row`` is its number in the file.

    ``admin1`` and ``admin2`` are the rows of the units that hold it, ``country`` is ISO 3166-1 alpha-2 or empty.
    """

    name: str
    kind: Kind
    lat: float
    lon: float
    radius_km: int
    population: int = 0
    country: str = ""
    admin1: int | None = None
    admin2: int | None = None
    geonameid: int | None = None
    aliases: tuple[str, ...] = ()
    row: int = -1


_DROP = re.compile(r"[\u0300-\u036f'’‘ʼʻʿʾ`´.]")
_SPACE = re.compile(r"[\W_]+")
_SAME = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


@lru_cache(maxsize=1 << 16)
def key(name: str) -> str:
    """What two spellings of one name share: no case, accents, apostrophes or stops; hyphens are spaces.

    Saint is st, Mount is mt, Fort is ft.
    """
    bare = name if name.isascii() else unicodedata.normalize("NFKD", name)
    words = _SPACE.sub(" ", _DROP.sub("", bare).casefold().translate(_LETTERS)).split()
    return " ".join(_SAME.get(word, word) for word in words)


_ARTICLES = frozenset("al el ad ash az ar as an at ez es ed en l ul il".split())
_LOOSE = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        ("kh", "x"),
        ("gh", "g"),
        ("dh", "d"),
        ("th", "t"),
        ("ch|sh", "c"),
        ("ph", "f"),
        ("dj|zh", "j"),
        ("q|ck", "k"),
        ("(?:ah|eh|e|at)$", "a"),
        ("a?[iye]+", "i"),
        ("a?[uow]+", "u"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=1 << 14)
def loose(form: str) -> str:
    """What the ways of writing one Arabic, Persian or Slavic name in Latin letters share, from its key.

    Articles are dropped ("ar Raqqah", "Raqqa"), vowels brought to three, h after a consonant and doubling undone.
    Begins with ~, so that it is no key of any name; empty where less than three letters are left.
    """
    bare = "".join(word for word in form.split() if word not in _ARTICLES)
    for pattern, by in _LOOSE:
        bare = pattern.sub(by, bare)
    return f"~{bare}" if len(bare) > 2 else ""


def fingerprint(of: str) -> int:
    """The 64-bit hash under which a key is kept."""
    return int.from_bytes(hashlib.blake2b(of.encode(), digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """An open gazetteer file. Reading needs no lock; the columns are views of the mapped file."""

    path: Path
    digest: str
    countries: tuple[str, ...]
    columns: dict[str, npt.NDArray[np.generic]]
    offsets: npt.NDArray[np.uint32]
    labels: memoryview
    hashes: npt.NDArray[np.uint64]
    targets: Targets
    _seen: dict[int, Entry] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many places it holds."""
        return len(self.offsets) - 1

    def find(self, keys: Sequence[str]) -> list[Targets]:
        """For every key, the rows of the places that bear it, with ALIAS set where it is not their first name."""
        if not keys:
            return []
        asked = np.array([fingerprint(one) for one in keys], np.uint64)
        left = np.searchsorted(self.hashes, asked, "left")
        right = np.searchsorted(self.hashes, asked, "right")
        return [self.targets[a:b] for a, b in zip(left.tolist(), right.tolist(), strict=True)]

    def entry(self, row: int) -> Entry:
        """The place in a row, without its other names."""
        seen = self._seen.get(row)
        if seen is None:
            if len(self._seen) > 20_000:  # about 6 MB of entries; news keep to a few thousand places
                self._seen.clear()
            seen = self._seen[row] = self._entry(row)
        return seen

    def _entry(self, row: int) -> Entry:
        """One row as a record."""
        at = {name: column[row].item() for name, column in self.columns.items()}
        start, end = int(self.offsets[row]), int(self.offsets[row + 1])
        return Entry(
            name=str(self.labels[start:end], "utf-8"),
            kind=KINDS[at["kind"]],
            lat=round(at["lat"], 5),
            lon=round(at["lon"], 5),
            radius_km=at["radius"],
            population=at["population"],
            country=self.countries[at["country"]],
            admin1=None if at["admin1"] == NOWHERE else at["admin1"],
            admin2=None if at["admin2"] == NOWHERE else at["admin2"],
            geonameid=at["geonameid"] or None,
            row=row,
        )


def opened(path: Path) -> Gazetteer:
    """Open a gazetteer file; raises Unreadable if it is missing, damaged or of another format."""
    try:
        with path.open("rb") as file:
            head = json.loads(file.readline())
            start = file.tell()
            whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if head.get("format") != FORMAT or len(whole) != start + head["bytes"]:
            raise Unreadable(str(path), f"not a whole gazetteer of format {FORMAT}")
        return _mapped(path, head, start, whole)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise Unreadable(str(path), f"not a gazetteer: {error}") from error


def _mapped(path: Path, head: dict[str, Any], start: int, whole: mmap.mmap) -> Gazetteer:
    """The file as its head says; raises ValueError, LookupError or TypeError where that cannot be."""

    def column(name: str, kind: str) -> npt.NDArray[np.generic]:
        at, count = head["columns"][name]
        return np.frombuffer(whole, kind, count, start + at)

    at, count = head["columns"]["labels"]
    return Gazetteer(
        path=path,
        digest=head["digest"],
        countries=tuple(head["countries"]),
        columns={name: column(name, kind) for name, kind in COLUMNS},
        offsets=column("offsets", "<u4").view(np.uint32),
        labels=memoryview(whole)[start + at : start + at + count],
        hashes=column("hashes", "<u8").view(np.uint64),
        targets=column("targets", "<u4").view(np.uint32),
    )


def write(entries: Sequence[Entry], path: Path) -> str:
    """Write a gazetteer file; returns its digest.

    Units (whatever another entry names as its admin1 or admin2) must stand in the first 65,535 rows.
    """
    countries = sorted({entry.country for entry in entries})
    code = {country: number for number, country in enumerate(countries)}
    columns = _columns(entries, code)
    names = sorted(_names(entries))
    columns["hashes"] = np.array([name for name, _, _ in names], "<u8")
    columns["targets"] = np.array([target for _, _, target in names], "<u4")
    labels = [entry.name.encode() for entry in entries]
    columns["offsets"] = np.cumsum([0, *map(len, labels)]).astype("<u4")
    blobs = {name: column.tobytes() for name, column in columns.items()} | {"labels": b"".join(labels)}
    places: dict[str, tuple[int, int]] = {}
    body = b""
    for name, blob in sorted(blobs.items()):
        places[name] = (len(body), len(columns[name]) if name in columns else len(blob))
        body += blob + b"\0" * (-len(blob) % 8)
    digest = hashlib.sha256(body).hexdigest()
    head = {"format": FORMAT, "digest": digest, "bytes": len(body), "countries": countries, "columns": places}
    line = json.dumps(head)
    line += " " * (-(len(line) + 1) % 8)  # the columns start on a multiple of eight bytes
    path.write_bytes(line.encode() + b"\n" + body)
    return digest


def _columns(entries: Sequence[Entry], code: dict[str, int]) -> dict[str, npt.NDArray[np.generic]]:
    """The places, column by column."""
    rows = {
        "lat": [entry.lat for entry in entries],
        "lon": [entry.lon for entry in entries],
        "population": [entry.population for entry in entries],
        "geonameid": [entry.geonameid or 0 for entry in entries],
        "radius": [entry.radius_km for entry in entries],
        "admin1": [NOWHERE if entry.admin1 is None else entry.admin1 for entry in entries],
        "admin2": [NOWHERE if entry.admin2 is None else entry.admin2 for entry in entries],
        "country": [code[entry.country] for entry in entries],
        "kind": [KINDS.index(entry.kind) for entry in entries],
    }
    return {name: np.array(rows[name], kind) for name, kind in COLUMNS}


def _names(entries: Sequence[Entry]) -> Iterable[tuple[int, int, int]]:
    """Every name as (hash, order among its bearers, target): larger places first."""
    for row, entry in enumerate(entries):
        others = {key(alias) for alias in entry.aliases}
        whole = key(entry.name)
        first = ({whole} | ({whole.removesuffix(" city")} & others)) - {""}
        for name in first:
            yield fingerprint(name), -entry.population, row
        for other in others - first - {""}:
            yield fingerprint(other), -entry.population, row | ALIAS
        if entry.country in LOOSE and entry.kind in (Kind.CITY, Kind.REGION, Kind.DISTRICT):
            for other in {loose(key(name)) for name in (entry.name, *entry.aliases)} - {""}:
                yield fingerprint(other), -entry.population, row | ALIAS
