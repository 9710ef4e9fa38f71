"""Inputs as people name them — files, folders, globs, addresses, ``-`` — to a stream of pages."""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from rashomon.errors import Unfetchable, Unreadable
from rashomon.model.document import Page
from rashomon.sources import kinds
from rashomon.sources.archives import records
from rashomon.sources.connecting import anywhere, public
from rashomon.sources.feeds import listing, lists
from rashomon.sources.fetch import UNKNOWN, fetch
from rashomon.sources.folders import files, reason
from rashomon.sources.limits import BYTES, mb
from rashomon.sources.text import parsed
from rashomon.sources.visiting import PAUSE, Visitor, visits

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")
_START = 512
DEPTH = 2  # sitemaps name sitemaps, but an index of indexes of indexes is a trap

Found = Page | Unreadable


def pages(
    inputs: Iterable[str],
    *,
    outlet: str | None = None,
    published: date | None = None,
    allow_private: bool = False,
    stdin: BinaryIO | None = None,
    pause: float = PAUSE,
) -> Iterator[Found]:
    """The pages of some inputs, in order, one at a time; an input that fails comes as its error, and the rest follow.

    An input is a file, a folder (read through, in order of names), a glob, an http(s) address, or ``-`` for ``stdin``.
    A JSONL file is one page a line, never held whole; a web archive one a record. A feed, a sitemap or a list of
    addresses, in a file or behind an address, is followed: what it lists is fetched, ``pause`` seconds apart on one
    host. Two pages of the same bytes, or two lines of the same id and text, are one. ``outlet`` and ``published`` are
    noted on every page; ``allow_private`` lets addresses of this machine and its network through, and ``file://`` with
    them.
    """
    seen: dict[bytes, bytes] = {}
    way = _Way(allow_private, stdin, Visitor(permitted=anywhere if allow_private else public, pause=pause))
    for name in inputs:
        for found in _opened(name, way):
            if isinstance(found, Unreadable):
                yield found
            else:
                page = replace(found, outlet=found.outlet or outlet, published=found.published or published)
                yield from once(page, seen)


@dataclass(frozen=True, slots=True)
class _Way:
    """How inputs are opened in one run."""

    allow_private: bool
    stdin: BinaryIO | None
    visitor: Visitor


def once(page: Page, seen: dict[bytes, bytes]) -> Iterator[Found]:
    """The page if this run has not had it, nothing if it has, an error if it says other words under a known id.

    ``seen`` holds eight-byte hashes, about 150 MB for a million lines.
    """
    try:
        said = identified(page)
    except Unreadable as error:
        yield error
        return
    if said.key not in seen:
        seen[said.key] = said.words
        yield page
    elif seen[said.key] != said.words:
        yield another(page.name, said.id)


@dataclass(frozen=True, slots=True)
class Identified:
    """What a page is known by within one run: a hash of its id, or of all of it, and one of its words."""

    key: bytes
    words: bytes
    id: str


def identified(page: Page) -> Identified:
    """What a page is known by. Raises Unreadable for a line that is no document."""
    if page.media_type != kinds.LINES:
        key = _digest((page.url or "").encode() + b"\0" + page.body)
        return Identified(key, key, page.name)
    record = parsed(page.body, page.name)
    return Identified(_digest(b"id " + record.id.encode()), _digest(record.text.encode()), record.id)


def another(name: str, said: str) -> Unreadable:
    """The error of a page that says other words under a known id."""
    return Unreadable(name, f"duplicate id {said!r} with a different text; the first one is kept")


def _digest(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=8).digest()


def _opened(name: str, way: _Way) -> Iterator[Found]:
    """The pages of one input."""
    try:
        if name == "-":
            yield from _stream(way.stdin if way.stdin is not None else sys.stdin.buffer, "standard input", None, way)
        elif _SCHEME.match(name):
            yield from _addressed(name, way)
        elif os.path.lexists(name) and not Path(name).is_dir():
            yield from _file(Path(name), way)
        else:
            for found in files(name):
                yield from (found,) if isinstance(found, Unreadable) else _opened_file(found, way)
    except Unreadable as error:
        yield error
    except (OSError, ValueError) as error:
        yield Unreadable(name, reason(error))


def _addressed(name: str, way: _Way) -> Iterator[Found]:
    """What is behind an address."""
    parts = urlsplit(name)
    if parts.scheme.lower() == "file":
        if not way.allow_private:
            raise Unfetchable(name, "file:// is refused unless private addresses are allowed; name the file itself")
        yield from _opened(unquote(parts.path), way)
        return
    page = fetch(name, permitted=anywhere if way.allow_private else public)
    kind = kinds.of_media_type(page.media_type, page.body, name)
    if kind == kinds.LINES:
        yield from lines(io.BytesIO().read, name, page.body)
    elif kind == kinds.ARCHIVE:
        yield from records(io.BytesIO(page.body), name)
    elif kind == kinds.LIST:
        yield from _followed(page, way.visitor)
    else:
        yield replace(page, media_type=page.media_type or kind)


def _followed(page: Page, visitor: Visitor, above: frozenset[str] = frozenset()) -> Iterator[Found]:
    """The pages that a list leads to, those of the lists in it included; ``above`` are the lists that led to it."""
    found = listing(page)
    if not found.entries and not found.further:
        raise Unreadable(page.name, "a list of nothing")
    published = {entry.url: entry.published for entry in found.entries}
    for url, visited in visits(visitor, ((url, UNKNOWN) for url in published)):
        if isinstance(visited, Unfetchable):
            yield visited
        elif visited.page is not None:
            yield replace(visited.page, published=published[url])
    above |= {page.url or page.name}
    if found.further and len(above) > DEPTH:
        yield Unreadable(page.name, f"lists of lists deeper than {DEPTH}; left out")
        return
    for _, visited in visits(visitor, ((url, UNKNOWN) for url in found.further if url not in above)):
        try:
            if isinstance(visited, Unfetchable):
                yield visited
            elif visited.page is not None:
                yield from _followed(visited.page, visitor, above)
        except Unreadable as error:
            yield error


def _opened_file(path: Path, way: _Way) -> Iterator[Found]:
    try:
        yield from _file(path, way)
    except Unreadable as error:
        yield error
    except OSError as error:
        yield Unreadable(str(path), reason(error))


def _file(path: Path, way: _Way) -> Iterator[Found]:
    """The pages of one file: opened only if it is a plain file, refused by its size before a byte is read."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable(str(path), "not a regular file")
    with path.open("rb") as opened:
        yield from _stream(opened, str(path), kinds.of_name(path.name), way)


def within(opened: BinaryIO, name: str) -> Iterator[Found]:
    """The pages of an open file that stands anywhere. Raises Unreadable; a list of addresses is not followed."""
    yield from _stream(opened, name, kinds.of_name(name), None)


def _stream(opened: BinaryIO, name: str, kind: str | None, way: _Way | None) -> Iterator[Found]:
    """The pages of an open file: its lines if it is JSONL, its records or what it lists, else the one it is."""
    # What has come so far is enough, so that lines from a pipe are read as they come.
    read: Callable[[int], bytes] = getattr(opened, "read1", opened.read)
    start = b""
    while len(start) < _START and (piece := read(_START - len(start))):
        start += piece
    kind = kind if kind not in (None, kinds.TEXT) else kinds.of_start(start) if kind is None or lists(start) else kind
    if kind == kinds.LINES:
        yield from lines(read, name, start)
    elif kind == kinds.ARCHIVE:
        yield from _archived(opened, name, start)
    else:
        size = _size(opened)
        if size > BYTES:
            raise Unreadable(name, f"a file of {mb(size)}; at most {mb(BYTES)} are read")
        body = start + opened.read(BYTES + 1 - len(start))
        if len(body) > BYTES:
            raise Unreadable(name, f"larger than {mb(BYTES)}")
        page = Page(name, body, kind)
        if kind != kinds.LIST:
            yield page
        elif way is None:
            raise Unreadable(name, "a list of addresses; one machine follows it, with its pauses")
        else:
            yield from _followed(page, way.visitor)


def _archived(opened: BinaryIO, name: str, start: bytes) -> Iterator[Found]:
    """The pages of a web archive; one from a pipe is written to disk first, so that damage in it can be passed over."""
    if opened.seekable():
        yield from records(opened, name)
        return
    with TemporaryFile() as kept:
        kept.write(start)
        copyfileobj(opened, kept)
        yield from records(kept, name)


def _size(opened: BinaryIO) -> int:
    """The bytes of a file; 0 of a pipe, which cannot say."""
    try:
        status = os.fstat(opened.fileno())
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


def lines(read: Callable[[int], bytes], name: str, start: bytes, *, first: int = 1) -> Iterator[Found]:
    """The lines of a JSONL file, each a page; a line too long is passed over without being held.

    ``start`` was read already; ``first`` is the number of its first line. Raises Unreadable if there is not one line.
    """
    number = 0
    for number, line in enumerate(_cut(read, start), first):
        if line is None:
            yield Unreadable(f"{name}:{number}", f"a line larger than {mb(BYTES)}")
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            body = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            yield Page(f"{name}:{number}", body.strip(), kinds.LINES)
    if number == 0:
        raise Unreadable(name, "empty")


def _cut(read: Callable[[int], bytes], start: bytes) -> Iterator[bytes | None]:
    """Bytes cut at line ends; None in the place of a line over the limit, which is never held."""
    # Pieces of a line are put together once, at its end: adding each to what came before would copy a long line often.
    rest: list[bytes] = []
    held, piece = 0, start
    while piece:
        *whole, tail = piece.split(b"\n")
        for line in whole:
            yield None if held + len(line) > BYTES else b"".join((*rest, line))
            rest, held = [], 0
        held += len(tail)
        if held > BYTES:
            rest.clear()
        else:
            rest.append(tail)
        piece = read(1 << 18)
    if held:
        yield None if held > BYTES else b"".join(rest)
