"""A long ledger out of a short one: its documents, gathered as they are, told again as of later years.

What is copied is what gathering wrote: every row, with its days moved, documents and incidents named anew and keys
raised. An era's tellings are months from those of the next, so that none would be held against another's: gathering all
of them would have written the same, which ``held`` tries on some. Only the texts keep the days they name.
"""

from __future__ import annotations

import random
import re
import sqlite3
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from rashomon.gathering import INDEXING
from rashomon.ledger import Ledger
from rashomon.model import codec
from rashomon.model.reading import Reading
from rashomon.resolving.blocks import SEASON
from rashomon.resolving.forest import order
from rashomon.resolving.ids import incident_id
from rashomon.resolving.likeness import SAME, score

SPAN = 4 * SEASON  # days from one era to the next
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # how the names of an era's documents go on
DAY = re.compile(rb"\b20\d\d-\d\d-\d\d\b")
BLOCK = re.compile(r"(\w+/)(?:([tp])(\d{6})(/.*)|([mn].*/)(\d+))")
CACHE = "PRAGMA cache_size = -4000000"  # four gigabytes

Cell = str | bytes | int | float | None


@dataclass(frozen=True)
class Era:
    """How an era differs from the first one: its ``number``, and how many ``keys`` each table has an era."""

    number: int
    keys: Mapping[str, int] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    @cached_property
    def days(self) -> Mapping[bytes, bytes]:
        """Every day of three years by what it becomes."""
        later = timedelta(self.number * SPAN)
        known = (date(2023, 1, 1) + timedelta(at) for at in range(3 * 365))
        return {str(day).encode(): str(day + later).encode() for day in known}

    def moved(self, body: bytes) -> bytes:
        """What is written, with the days and documents of this era."""
        dated = DAY.sub(lambda found: self.days[found.group()], body)
        return dated.replace(b"syn-0", b"syn-" + LETTERS[self.number].encode())

    def text(self, words: str) -> str:
        """The same for text."""
        return self.moved(words.encode()).decode()

    def packed(self, body: bytes) -> bytes:
        """The same for what is compressed; an incident's id with it."""
        moved = self.moved(zlib.decompress(body))
        if moved.startswith(b'{"id":"RA-'):
            own = moved[7:20].decode()
            moved = moved.replace(own.encode(), self.ids[own].encode())
        return zlib.compress(moved, 1)

    def document(self, key: int) -> int:
        """The key of a document, or of its only reading."""
        return key + self.number * self.keys["document"]

    def telling(self, key: int) -> int:
        """The key of a telling, or of the incident that it begins."""
        return key + self.number * self.keys["telling"]

    def named(self, name: str) -> str:
        """The id of a telling."""
        return self.ids[name]

    def block(self, name: str) -> str:
        """The name of a block."""
        found = BLOCK.fullmatch(name)
        if found is None:
            raise ValueError(f"{name}: no name of a block")
        shelf, sort, day, cell, mark, season = found.groups()
        if sort:
            return f"{shelf}{sort}{int(day) + self.number * SPAN}{cell}"
        return f"{shelf}{mark}{int(season) + self.number * SPAN // SEASON}"

    def band(self, name: int) -> int:
        """A band of other words."""
        return name ^ self.number << 40

    def signature(self, body: bytes) -> bytes:
        """A signature of other words."""
        return bytes(one ^ self.number for one in body)

    def reading(self, reading: Reading) -> Reading:
        """A reading as of this era; its text is as it was."""
        return codec.reading(self.moved(codec.to_json(reading)))


Moving = Callable[[Era, Cell], Cell]
# What changes, by table and column; all else is as it was. Tables in the order of what refers to what.
CHANGES: Mapping[str, Mapping[str, str]] = {
    "document": {"key": "document", "id": "text", "published": "text"},
    "reading": {"key": "document", "document": "document", "body": "packed"},
    "claim": {"document": "document"},
    "telling": {
        "key": "telling", "document": "document", "reading": "document", "name": "text", "id": "named", "gist": "moved",
        "earlier": "telling", "tie": "moved", "incident": "telling",
    },
    "block": {"name": "block", "telling": "telling"},
    "given": {"id": "named", "document": "text", "telling": "text"},
    "incident": {"key": "telling", "id": "named", "day": "text", "earliest": "text"},
    "account": {"incident": "telling", "body": "packed"},
    "mark": {"day": "text", "id": "named", "incident": "telling", "earliest": "text"},
    "site": {"day": "text", "id": "named", "incident": "telling", "earliest": "text"},
    "told": {"rowid": "telling", "words": "text"},
    "printing": {"document": "document", "signature": "signature", "earlier": "document", "origin": "document"},
    "band": {"name": "band", "document": "document"},
    "doubt": {"document": "text"},
}  # fmt: skip
SORTED = ("block", "given", "mark", "site", "band", "doubt")  # written in the order of their names


def lengthen(path: Path, eras: int) -> None:
    """Let a ledger whose documents were each read once, and gathered, tell so many eras."""
    book = sqlite3.connect(path, isolation_level=None)
    book.execute(CACHE)
    keys = {name: book.execute(f'SELECT max("key") FROM {name}').fetchone()[0] for name in ("document", "telling")}
    for number in range(1, eras):
        era = Era(number, keys, _ids(book, number))
        book.execute("BEGIN IMMEDIATE")
        for name in CHANGES:
            _copy(book, name, era)
        book.execute(
            "INSERT INTO change (subject, what, at) SELECT id, 'added', '2026-01-01T00:00:00+00:00' FROM document"
            ' WHERE "key" > ? ORDER BY "key"',
            (number * keys["document"],),
        )
        book.execute("COMMIT")
    book.execute("UPDATE meta SET number = number * ?", (eras,))
    book.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    book.close()


def _ids(book: sqlite3.Connection, number: int) -> dict[str, str]:
    """What every id becomes."""
    era = Era(number)
    gists = book.execute("SELECT id, gist FROM telling WHERE name LIKE 'syn-0%'")
    return {name: incident_id(codec.gist(era.moved(gist))) for name, gist in gists}


def _copy(book: sqlite3.Connection, name: str, era: Era) -> None:
    """Write the first era's rows of a table as of another."""
    columns = ["rowid", "words"] if name == "told" else [row[1] for row in book.execute(f"PRAGMA table_info({name})")]
    moving = [getattr(era, CHANGES[name][column]) if column in CHANGES[name] else None for column in columns]
    keyed = {column: change for column, change in CHANGES[name].items() if change in era.keys}
    column, table = next(iter(keyed.items()), ("document", None))
    first = "document LIKE 'syn-0%'" if table is None else f'"{column}" <= {era.keys[table]}'
    listed = ", ".join(f'"{column}"' for column in columns)
    rows = (
        tuple(
            cell if move is None or cell is None or cell == "" else move(cell)
            for move, cell in zip(moving, row, strict=True)
        )
        for row in book.execute(f"SELECT {listed} FROM {name} WHERE {first}").fetchall()
    )
    marks = ", ".join("?" * len(columns))
    book.executemany(f"INSERT INTO {name} ({listed}) VALUES ({marks})", sorted(rows) if name in SORTED else rows)


def held(book: Ledger, count: int) -> tuple[int, int]:
    """Of the tellings of so many documents, drawn from the last, how many there are, and how many are tied rightly."""
    with book.gathering(INDEXING) as gathering:
        tellings = gathering.tellings
        draw = random.Random(5)
        documents = draw.sample([paper.id for paper in book.listed(limit=count * 50)], count)
        names = [name for document in documents for name in tellings.standing(document)]
        right = 0
        for name in names:
            gist, tie = tellings.gist(name), tellings.tie(name)
            if gist is None:
                raise ValueError(f"{name}: not kept")
            earlier = [(score(gist, other), other) for other in tellings.near(gist) if order(other) < order(gist)]
            best = max((sure for sure, _ in earlier), default=0.0)
            first = min((other for sure, other in earlier if sure == best), key=order, default=None)
            wanted = None if best < SAME or first is None else first.key
            right += wanted == (None if tie is None else tie.earlier)
    return len(names), right
