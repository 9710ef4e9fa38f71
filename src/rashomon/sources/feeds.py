"""Lists of addresses: RSS, Atom and JSON feeds, sitemaps, plain lists; never what stands behind the addresses."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec
from lxml import etree

from rashomon.errors import Unreadable
from rashomon.model.document import Page
from rashomon.sources.archives import GZIP
from rashomon.sources.dates import iso
from rashomon.sources.decoding import decoded
from rashomon.sources.limits import BYTES, mb

# A feed of full articles holds one or two; the reader of feeds takes seconds for five.
FEED_BYTES = 5_000_000
ENTRIES = 50_000  # addresses in one list, as many as a sitemap may hold
ADDRESS = 2000  # characters of an address; a longer one is a mistake or a trap

_ROOT = re.compile(rb"<(?:[\w.-]+:)?(rss|feed|RDF|urlset|sitemapindex)[\s>/]")
_SPACE = re.compile(rb"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>)*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """An address in a list: when it was published, and what the list says of its latest change, in the list's words."""

    url: str
    published: date | None = None
    changed: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list lists: addresses of pages, and of further lists."""

    entries: tuple[Entry, ...] = ()
    further: tuple[str, ...] = ()


class _Item(msgspec.Struct):
    url: str | None = None
    external_url: str | None = None
    date_published: str | None = None
    date_modified: str | None = None


class _JsonFeed(msgspec.Struct):
    version: str
    items: list[_Item] = []


def listing(page: Page) -> Listing:
    """What a page lists, each address once, in its order. Raises Unreadable if it is no list."""
    body = unpacked(page.body, page.name)
    found = _reader(body)(body, page)
    entries: dict[str, Entry] = {}
    for entry in found.entries:
        if (url := _absolute(entry.url, page.url)) is not None:
            entries.setdefault(url, Entry(url, entry.published, entry.changed))
    further = dict.fromkeys(url for one in found.further if (url := _absolute(one, page.url)) is not None)
    return Listing(tuple(entries.values())[:ENTRIES], tuple(further)[:ENTRIES])


def lists(start: bytes) -> bool:
    """Whether something begins as a feed, a sitemap or a list of addresses does."""
    if start.startswith(GZIP):
        try:
            start = zlib.decompressobj(wbits=31).decompress(start, 4096)
        except zlib.error:
            return False
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{"):
        return b"jsonfeed.org/version" in head[:512]
    return _rooted(head) is not None or bool(_listed(head))


def unpacked(body: bytes, name: str, limit: int = BYTES) -> bytes:
    """A body, unpacked if it is gzip, as sitemaps often are. Raises Unreadable if it is damaged or too large."""
    if not body.startswith(GZIP):
        return body
    inflater = zlib.decompressobj(wbits=31)
    try:
        out = inflater.decompress(body, limit + 1)
    except zlib.error:
        raise Unreadable(name, "a damaged gzip file") from None
    if len(out) > limit:
        raise Unreadable(name, f"larger than {mb(limit)} unpacked")
    return out


def _reader(body: bytes) -> Callable[[bytes, Page], Listing]:
    head = body[:65_536].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{"):
        return _json
    root = _rooted(head)
    if root in (b"urlset", b"sitemapindex"):
        return _sitemap
    return _addresses if root is None and not head.startswith(b"<") else _feed


def _rooted(head: bytes) -> bytes | None:
    """The root element of XML, if it is one of a list's."""
    found = _ROOT.match(head, start.end()) if (start := _SPACE.match(head)) else None
    return found.group(1) if found else None


def _listed(head: bytes) -> bool:
    """Whether whole lines are nothing but addresses and comments, and one is an address."""
    lines = [line.strip() for line in head.split(b"\n")]
    whole = [line for line in (lines[:-1] if len(lines) > 1 else lines) if line and not line.startswith(b"#")]
    return bool(whole) and all(line.startswith((b"http://", b"https://")) and b" " not in line for line in whole)


def _absolute(url: str, base: str | None) -> str | None:
    """An address as it can be visited, without its fragment; None for what is none."""
    try:
        whole = urljoin(base or "", url.strip()).partition("#")[0]
        parts = urlsplit(whole)
        parts.port  # noqa: B018 - raises if it is no number
    except ValueError:
        return None
    fit = parts.scheme in ("http", "https") and parts.hostname and len(whole) <= ADDRESS
    return whole if fit and not any(c.isspace() for c in whole) else None


def _addresses(body: bytes, page: Page) -> Listing:
    """A list of addresses, one a line; ``#`` begins a comment."""
    lines = (line.strip() for line in decoded(body, page.name, page.media_type).splitlines())
    return Listing(tuple(Entry(line.split()[0]) for line in lines if line and not line.startswith("#")))


def _json(body: bytes, page: Page) -> Listing:
    try:
        feed = msgspec.json.decode(body, type=_JsonFeed)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(page.name, f"no JSON feed: {error}") from None
    return Listing(
        tuple(
            Entry(url, _day(item.date_published), item.date_modified)
            for item in feed.items
            if (url := item.url or item.external_url)
        )
    )


def _feed(body: bytes, page: Page) -> Listing:
    """RSS or Atom, as broken as they come."""
    import feedparser  # noqa: PLC0415 - 60 ms that other inputs need not pay

    if len(body) > FEED_BYTES:
        raise Unreadable(page.name, f"a feed larger than {mb(FEED_BYTES)}")
    # What it would clean and complete is not used.
    parsed: Any = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.get("version") and not parsed.entries:
        raise Unreadable(page.name, "no feed: nothing of RSS or Atom in it")
    return Listing(tuple(_entries(parsed.entries)))


def _entries(items: Any) -> Iterator[Entry]:
    for item in items:
        if url := item.get("link") or (item.get("id") if str(item.get("id", "")).startswith("http") else None):
            yield Entry(str(url), _day(item.get("published")), dict.get(item, "updated"))


def _sitemap(body: bytes, page: Page) -> Listing:
    """A sitemap or an index of them; elements are let go as they are read."""
    entries: list[Entry] = []
    further: list[str] = []
    # No entity is looked up and no tree is let grow deep; what is broken is read up to there.
    source = etree.iterparse(
        io.BytesIO(body), events=("end",), resolve_entities=False, no_network=True, huge_tree=False, recover=True
    )
    said: dict[str, str] = {}
    try:
        for _, element in source:
            tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if tag in ("loc", "lastmod", "publication_date"):
                said.setdefault(tag, (element.text or "").strip())
            elif tag in ("url", "sitemap"):
                if url := said.get("loc"):
                    (further.append(url) if tag == "sitemap" else entries.append(_sited(url, said)))
                said = {}
                element.clear()
            if len(entries) >= ENTRIES or len(further) >= ENTRIES:
                break
    except etree.XMLSyntaxError as error:
        if not entries and not further:
            raise Unreadable(page.name, f"no sitemap: {error.msg}") from None
    return Listing(tuple(entries), tuple(further))


def _sited(url: str, said: dict[str, str]) -> Entry:
    return Entry(url, _day(said.get("publication_date")), said.get("lastmod"))


def _day(value: str | None) -> date | None:
    """The day that a feed names, in its own time zone; None if it names none."""
    if not value:
        return None
    try:
        return iso(value.strip())
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError):
        return None
