"""Web archives (WARC, plain or gzip) to pages: what servers answered, record by record, damage passed over and told."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from importlib.util import find_spec
from io import SEEK_END
from typing import TYPE_CHECKING, BinaryIO

from rashomon.errors import Unreadable
from rashomon.model.document import Page
from rashomon.sources.limits import HTML_BYTES, mb

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

Found = Page | Unreadable

MAGIC = b"WARC/"
GZIP = b"\x1f\x8b\x08"
HEADERS = 1 << 16  # bytes of one record's headers; a crawler writes a tenth of that
# A record over this is not read to its end only to find the next one: that is looked for in the file instead.
SKIPPED = 100_000_000
# Places in one archive after which the rest is not tried: a file of noise is no archive.
DAMAGES = 1000

# Articles come as these; a crawl's pictures, scripts and redirects are nobody's failures and are passed over.
_READ = frozenset(("text/html", "application/xhtml+xml", "text/plain"))
_BEGIN = re.compile(rb"\x1f\x8b\x08|WARC/1\.[01]\r?\n")
_WINDOW, _OVERLAP = 1 << 20, 16


def records(opened: BinaryIO, name: str, start: int = 0, stop: int | None = None) -> Iterator[Found]:
    """The pages of an archive in a file that can seek; what is damaged comes as an error, what follows it is read.

    Only of the records that begin at ``start`` or after it and before ``stop``. One record is held at a time. Raises
    Unreadable if there is no record at all in a whole archive, or nothing to read one with.
    """
    if find_spec("fastwarc") is None:
        raise Unreadable(name, "web archives need FastWARC: pip install 'rashomon[archives]'")
    end = opened.seek(0, SEEK_END)
    last_begin = end if stop is None else stop
    at = _next(opened, start, last_begin) if start else 0
    hurt: int | None = None
    found = resumed = 0
    while at is not None and resumed < DAMAGES:
        last = at
        try:
            for record in _from(opened, at):
                if hurt is not None:
                    yield Unreadable(name, f"damaged between bytes {hurt:,} and {at:,}; what follows is read")
                    hurt = None
                # In an archive packed as a whole these are no places in the file; none such is read in parts.
                if stop is not None and record.stream_pos >= stop:
                    return
                last, found = int(record.stream_pos), found + 1
                yield from _pages(record, name)
                if record.content_length > SKIPPED:
                    break
        except OSError:
            hurt = last if hurt is None else hurt
        # A sound archive has no beginning after its last record's.
        at = _next(opened, last + 1, last_begin)
        if at is not None:
            resumed, hurt = resumed + 1, last if hurt is None else hurt
    if not found and not start and stop is None:
        raise Unreadable(name, "no web archive: not one record in it")
    if hurt is not None:
        yield Unreadable(name, f"damaged from byte {hurt:,} on; what may follow is left out")


def begins(start: bytes) -> bool:
    """Whether something begins as an archive does, packed or not."""
    if start.startswith(GZIP):
        try:
            start = zlib.decompressobj(wbits=31).decompress(start, len(MAGIC))
        except zlib.error:
            return False
    return start.startswith(MAGIC)


def cuttable(opened: BinaryIO) -> bool:
    """Whether reading can begin anywhere in an archive: every record is packed by itself, as crawlers do it."""
    end = opened.seek(0, SEEK_END)
    opened.seek(0)
    start = opened.read(512)
    return start.startswith(GZIP) and begins(start) and _next(opened, 1, min(end, SKIPPED)) is not None


def _from(opened: BinaryIO, at: int) -> Iterator[WarcRecord]:
    """The records from a place on. Raises OSError where it comes to damage."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415 - 50 ms that other inputs need not pay

    opened.seek(at)
    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    yield from ArchiveIterator(
        opened,
        record_types=wanted,
        parse_http=False,
        quirks_mode=True,
        max_header_len=HEADERS,
        fsspec_args=False,
    )


def _pages(record: WarcRecord, name: str) -> Iterator[Found]:
    """The page of a record, none if it is of no kind that is read."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    named = f"{name}: {url}" if url else f"{name}: the record at byte {record.stream_pos:,}"
    if record.headers.get("Content-Length") is None:
        yield Unreadable(named, "a record that breaks off")
        return
    try:
        if record.is_http:
            record.parse_http(auto_decode="all", max_header_len=HEADERS, quirks_mode=True)
        headers = record.http_headers if record.is_http else record.headers
        kind = (headers.get("Content-Type") or "") if headers is not None else ""
        answered = headers is not None and (not record.is_http or record.http_headers.status_code == 200)
        if not answered or kind.split(";")[0].strip().lower() not in _READ or url.endswith("/robots.txt"):
            return
        length = record.content_length
        body = record.reader.read(HTML_BYTES + 1)
    except OSError:
        yield Unreadable(named, "a damaged record")
        return
    packed = any(headers.get(header) for header in ("Content-Encoding", "Transfer-Encoding"))
    if len(body) > HTML_BYTES:
        yield Unreadable(named, f"a page larger than {mb(HTML_BYTES)}")
    elif len(body) < length and not packed:
        yield Unreadable(named, "a record that breaks off")
    else:
        yield Page(named, body, kind, url or None, record.record_date)


def _next(opened: BinaryIO, start: int, end: int) -> int | None:
    """Where the next record begins at or after a place and before another; None if none does."""
    at = start
    while at < end:
        opened.seek(at)
        window = opened.read(_WINDOW)
        for match in _BEGIN.finditer(window):
            opened.seek(at + match.start())
            if begins(opened.read(512)):
                return at + match.start() if at + match.start() < end else None
        if len(window) <= _OVERLAP:
            return None
        at += len(window) - _OVERLAP
    return None
