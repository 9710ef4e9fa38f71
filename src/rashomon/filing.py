"""Readings filed as Parquet: one file an assignment, one row a page, whole or not there at all.

A file holds all that became of its pages, so that a ledger can be made of files alone, and programs can query what was
read without one. Needs pyarrow and fsspec, the extra ``rashomon[ray]``.
"""

from __future__ import annotations

import io
import os
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import fsspec
import msgspec
import pyarrow
import pyarrow.parquet
from fsspec.implementations.local import LocalFileSystem

from rashomon.errors import Unreadable
from rashomon.ledger import Capture, Failure
from rashomon.ledger.intake import Aside
from rashomon.model import codec
from rashomon.model.document import Page
from rashomon.model.reading import Maker
from rashomon.pipeline import READINGS, Batch, digest
from rashomon.sources.opening import identified

SCHEMA = 1
GROUP = 256  # rows that are packed together
HELD = 64  # rows in memory while a file is read


class What(StrEnum):
    """What became of a page."""

    READING = "reading"
    ASIDE = "aside"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one page: its name and digest, what it is known by within a run, and the whole of it as JSON.

    ``document``, ``url``, ``outlet``, ``published`` and ``language`` say again what is in a reading, to query by.
    """

    what: What
    name: str
    body: bytes
    digest: str | None = None
    key: bytes | None = None
    words: bytes | None = None
    document: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: date | None = None
    language: str | None = None


COLUMNS = pyarrow.schema(
    [
        pyarrow.field("what", pyarrow.string(), nullable=False),
        pyarrow.field("name", pyarrow.string(), nullable=False),
        pyarrow.field("body", pyarrow.binary(), nullable=False),
        pyarrow.field("digest", pyarrow.string()),
        pyarrow.field("key", pyarrow.binary()),
        pyarrow.field("words", pyarrow.binary()),
        pyarrow.field("document", pyarrow.string()),
        pyarrow.field("url", pyarrow.string()),
        pyarrow.field("outlet", pyarrow.string()),
        pyarrow.field("published", pyarrow.date32()),
        pyarrow.field("language", pyarrow.string()),
    ]
)
_aside = msgspec.json.Decoder(Aside)
_failure = msgspec.json.Decoder(Failure)


@dataclass(frozen=True, slots=True)
class Slip:
    """What a file says of itself: who read it, the first of its inputs, where in that it begins."""

    maker: Maker
    first: str
    start: int
    schema: int = SCHEMA


def rows(batch: Batch, pages: Sequence[Page]) -> Iterator[Row]:
    """What became of some pages, a row a page: what was read, what was set aside, what failed."""
    known = {digest(page): identified(page) for page in pages}
    for reading, capture in zip(batch.readings, batch.captures, strict=True):
        told, said = reading.document, known[capture.digest]
        yield Row(
            What.READING,
            capture.name,
            codec.to_json(reading),
            capture.digest,
            said.key,
            said.words,
            told.id,
            told.url,
            told.outlet,
            told.published,
            told.language,
        )
    for aside in batch.asides:
        body, said = codec.to_json(aside), known[aside.digest]
        yield Row(
            What.ASIDE, aside.name, body, aside.digest, said.key, said.words, url=aside.url, language=aside.language
        )
    for failure in batch.failures:
        yield Row(What.FAILURE, failure.name, codec.to_json(failure))


def batch(chosen: Sequence[Row], name: str) -> Batch:
    """What some rows of a file were made of. Raises Unreadable for what is no reading, no failure and nothing left."""
    told = [row for row in chosen if row.what is What.READING]
    with _legible(name):
        readings = tuple(codec.reading(row.body) for row in told)
        return Batch(
            readings,
            tuple(
                Capture(row.digest or "", row.name, one.document.id) for row, one in zip(told, readings, strict=True)
            ),
            tuple(_failure.decode(row.body) for row in chosen if row.what is What.FAILURE),
            tuple(_aside.decode(row.body) for row in chosen if row.what is What.ASIDE),
        )


def packed(found: Iterator[Row], slip: Slip) -> bytes:
    """Rows as a Parquet file: the same rows and slip are always the same bytes."""
    out = io.BytesIO()
    columns = COLUMNS.with_metadata({"rashomon": codec.to_json(slip)})
    with pyarrow.parquet.ParquetWriter(out, columns, compression="zstd") as writer:
        while group := list(islice(found, GROUP)):
            cells = {name: [getattr(row, name) for row in group] for name in columns.names}
            writer.write_table(pyarrow.table(cells, schema=columns))
    return out.getvalue()


def unpacked(opened: BinaryIO, name: str) -> tuple[Slip, Iterator[list[Row]]]:
    """What a file says of itself, and its rows, a few at a time. Both raise Unreadable for what is no such file."""
    with _legible(name):
        file = pyarrow.parquet.ParquetFile(opened)
        slip = msgspec.json.decode((file.schema_arrow.metadata or {}).get(b"rashomon", b""), type=Slip)
        if slip.schema != SCHEMA or file.schema_arrow.remove_metadata() != COLUMNS:
            raise Unreadable(name, "readings of another make of Rashomon")
    return slip, _rows(file, name)


def _rows(file: pyarrow.parquet.ParquetFile, name: str) -> Iterator[list[Row]]:
    with _legible(name):
        for group in file.iter_batches(batch_size=HELD):
            yield [Row(What(cells.pop("what")), **cells) for cells in group.to_pylist()]


@contextmanager
def _legible(name: str) -> Iterator[None]:
    try:
        yield
    except (pyarrow.ArrowException, msgspec.DecodeError, ValueError) as error:
        raise Unreadable(name, f"no readings as Rashomon files them: {str(error).splitlines()[0]}") from None


@dataclass(frozen=True, slots=True)
class Cabinet:
    """A folder of files, on a disk or in an object store, as fsspec names it."""

    place: str

    def held(self) -> frozenset[str]:
        """The keys of what is filed."""
        return frozenset(PurePosixPath(path).name.removesuffix(READINGS) for path in self._paths())

    def has(self, key: str) -> bool:
        """Whether something is filed under a key."""
        store, path = self._file(key)
        return bool(store.exists(path))

    def put(self, key: str, body: bytes) -> None:
        """File something, whole or not at all. Raises OSError."""
        store, path = self._file(key)
        if not isinstance(store, LocalFileSystem):
            store.pipe_file(path, body)  # object stores show nothing of a thing before all of it is there
            return
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{key}.{uuid.uuid4().hex}.part")
        try:
            with part.open("wb") as out:
                out.write(body)
                out.flush()
                os.fsync(out.fileno())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)

    @contextmanager
    def opened(self, key: str) -> Iterator[tuple[BinaryIO, str]]:
        """What is filed under a key, with its name."""
        store, path = self._file(key)
        with store.open(path, "rb") as file:
            yield file, path

    def _file(self, key: str) -> tuple[fsspec.AbstractFileSystem, str]:
        store, path = fsspec.core.url_to_fs(f"{self.place.rstrip('/')}/{key}{READINGS}")
        return store, str(path)

    def _paths(self) -> list[str]:
        store, path = fsspec.core.url_to_fs(self.place)
        store.invalidate_cache()
        return [one for one in store.ls(path, detail=False) if one.endswith(READINGS)] if store.exists(path) else []
