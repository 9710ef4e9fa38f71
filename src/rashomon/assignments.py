"""Inputs cut into assignments: stretches of files that any machine can open, each small enough to be read anew.

Files are on a disk that all machines see, or in an object store, as fsspec names them. An assignment's key is made of
what is in it and of how it is read, so the same inputs always make the same assignments, and one that was read once is
known by its key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from typing import BinaryIO

import fsspec

from rashomon.errors import Unreadable
from rashomon.model.document import Page
from rashomon.model.reading import Maker
from rashomon.pipeline import STORES
from rashomon.sources import archives, folders, kinds
from rashomon.sources.opening import Found, lines, once, within

# Bytes of an archive that are read at a time: some two thousand pages, of which a crawl has 200 to be read.
STRETCH = 64_000_000
LINES = 256  # of a JSONL file
FILES = 64  # small files, about
BODIES = 16_000_000  # bytes of lines or of small files
LEAST = 1_000_000  # bytes of an archive below which it is not cut further, whatever dies of it
_STAMPS = ("ETag", "etag", "md5Hash", "content_md5", "mtime", "LastModified", "last_modified", "created")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a file: its name as given, where it is, bytes ``[start, stop)``, None of all of it.

    ``line`` is the number of its first line, ``mark`` what this version of it is known by.
    """

    name: str
    place: str
    mark: str
    start: int = 0
    stop: int | None = None
    line: int = 1


@dataclass(frozen=True, slots=True)
class Brief:
    """How to read: what is written beside all that is read, whether other subjects are set aside, what is not said."""

    maker: Maker
    screened: bool = False
    outlet: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """What one machine reads at a time."""

    brief: Brief
    stretches: tuple[Stretch, ...]

    @property
    def key(self) -> str:
        """A hash of what is in it and of how it is read; where it lies is no part of that."""
        hashed = hashlib.blake2b(repr(self.brief).encode(), digest_size=16)
        for one in self.stretches:
            hashed.update(f"\0{one.name}\0{one.mark}\0{one.start}\0{one.stop}\0{one.line}".encode())
        return hashed.hexdigest()

    @property
    def name(self) -> str:
        """How people know it."""
        first = self.stretches[0]
        where = f" from byte {first.start:,} on" if first.start else ""
        others = f" and {len(self.stretches) - 1} files more" if len(self.stretches) > 1 else ""
        return f"{first.name}{where}{others}"

    def halves(self) -> tuple[Assignment, ...]:
        """Smaller ones that make it up; none if it is small already. What nobody can read is so found."""
        if len(self.stretches) > 1:
            return tuple(replace(self, stretches=(one,)) for one in self.stretches)
        (one,) = self.stretches
        if one.stop is None or one.stop - one.start < LEAST or kinds.of_name(one.name) != kinds.ARCHIVE:
            return ()
        middle = (one.start + one.stop) // 2
        parts = (replace(one, stop=middle), replace(one, start=middle))
        return tuple(replace(self, stretches=(part,)) for part in parts)


def assignments(inputs: Iterable[str], brief: Brief) -> Iterator[Assignment | Unreadable]:
    """The assignments that some inputs make, in order; an input that cannot be found comes as its error."""
    small: list[Stretch] = []
    size = 0
    for found in (stretch for name in inputs for stretch in _stretches(name)):
        if isinstance(found, Unreadable):
            yield found
            continue
        stretch, length = found
        if small and (stretch.stop is not None or len(small) >= 4 * FILES or size + length > BODIES):
            yield Assignment(brief, tuple(small))
            small, size = [], 0
        if stretch.stop is not None:
            yield Assignment(brief, (stretch,))
            continue
        small.append(stretch)
        size += length
        # Where one ends is told by the files' own names, so that a file more moves few others to a new place.
        if int(hashlib.blake2b(stretch.name.encode(), digest_size=4).hexdigest(), 16) % FILES == 0:
            yield Assignment(brief, tuple(small))
            small, size = [], 0
    if small:
        yield Assignment(brief, tuple(small))


def pages(assignment: Assignment) -> Iterator[Found]:
    """The pages of an assignment, each once. Raises OSError where a file cannot be opened or breaks off under way."""
    seen: dict[bytes, bytes] = {}
    brief = assignment.brief
    for stretch in assignment.stretches:
        store, path = fsspec.core.url_to_fs(stretch.place)
        with store.open(path, "rb") as opened:
            for found in _of(stretch, opened):
                if isinstance(found, Page):
                    page = replace(
                        found, outlet=found.outlet or brief.outlet, published=found.published or brief.published
                    )
                    yield from once(page, seen)
                else:
                    yield found


def _of(stretch: Stretch, opened: BinaryIO) -> Iterator[Found]:
    """The pages of a stretch in its open file."""
    try:
        if stretch.stop is None:
            yield from within(opened, stretch.name)
        elif kinds.of_name(stretch.name) == kinds.ARCHIVE:
            yield from archives.records(opened, stretch.name, stretch.start, stretch.stop)
        else:
            opened.seek(stretch.start)
            read = _bounded(opened, stretch.stop - stretch.start)
            yield from lines(read, stretch.name, read(1 << 16), first=stretch.line)
    except Unreadable as error:
        yield error


def _bounded(opened: BinaryIO, left: int) -> Callable[[int], bytes]:
    """Reads on in a file, so many bytes in all."""

    def read(size: int) -> bytes:
        nonlocal left
        piece = opened.read(min(size, left))
        left -= len(piece)
        return piece

    return read


Sized = tuple[Stretch, int]


def _stretches(name: str) -> Iterator[Sized | Unreadable]:
    """The stretches that an input makes, with their bytes."""
    try:
        if name.partition("://")[0] in STORES and "://" in name:
            yield from _stored(name)
        elif name == "-" or "://" in name:
            yield Unreadable(name, "one machine reads it; leave out --on")
        else:
            for found in folders.files(name):
                yield from (found,) if isinstance(found, Unreadable) else _cut(str(found), str(found.absolute()))
    except (OSError, ValueError, ImportError) as error:
        yield Unreadable(name, str(error) if isinstance(error, ImportError) else folders.reason(error))


def _stored(url: str) -> Iterator[Sized | Unreadable]:
    """The stretches of a file, of a folder or of what matches a glob in an object store."""
    store, path = fsspec.core.url_to_fs(url)
    found = store.glob(path) if "*" in path else store.find(path)
    if not found:
        yield Unreadable(url, "nothing is there")
    for one in sorted(found):
        place = store.unstrip_protocol(one)
        if any(part.startswith(".") for part in PurePosixPath(one).parts):
            continue
        if kinds.of_name(one) is None:
            yield folders.unknown(place, PurePosixPath(one).suffix)
        else:
            yield from _cut(place, place)


def _cut(name: str, place: str) -> Iterator[Sized | Unreadable]:
    """The stretches of a file: of an archive as crawlers make them by bytes, of a JSONL file by lines, else one."""
    store, path = fsspec.core.url_to_fs(place)
    try:
        known = store.info(path)
        size = int(known["size"] or 0)
        mark = f"{size} {next((known[stamp] for stamp in _STAMPS if stamp in known), '')}"
        kind = kinds.of_name(name)
        if kind == kinds.LINES and size:
            with store.open(path, "rb") as opened:
                yield from ((replace(one, name=name, place=place), 0) for one in _by_lines(opened))
        elif kind == kinds.ARCHIVE and size > STRETCH and _loose(store, path):
            for start in range(0, size, STRETCH):
                yield Stretch(name, place, mark, start, min(start + STRETCH, size)), 0
        else:
            yield Stretch(name, place, mark), size
    except OSError as error:
        yield Unreadable(name, folders.reason(error))


def _loose(store: fsspec.AbstractFileSystem, path: str) -> bool:
    with store.open(path, "rb") as opened:
        return archives.cuttable(opened)


def _by_lines(opened: BinaryIO) -> Iterator[Stretch]:
    """Stretches of whole lines, known by what is in them; the file's name is still to be filled in."""
    at = start = 0
    line = first = 1
    hashed = hashlib.blake2b(digest_size=16)
    for text in iter(lambda: opened.readline(1 << 20), b""):
        hashed.update(text)
        at += len(text)
        line += text.endswith(b"\n")
        if text.endswith(b"\n") and (line - first >= LINES or at - start >= BODIES):
            yield Stretch("", "", hashed.hexdigest(), start, at, first)
            start, first, hashed = at, line, hashlib.blake2b(digest_size=16)
    if at > start:
        yield Stretch("", "", hashed.hexdigest(), start, at, first)
