"""Lists of addresses: RSS, Atom and JSON feeds, sitemaps, plain lists; never what stands behind the addresses."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import msgspec
from lxml import etree

from rashomon.errors import Unreadable
from rashomon.model.document import Page
from rashomon.sources.archives import GZIP
from rashomon.sources.dates import iso
from rashomon.sources.decoding import decoded
from rashomon.sources.limits import BYTES, mb

ENTRIES = 50_000  # addresses in one list, as many as a sitemap may hold
ADDRESS = 2000  # characters of an address; a longer one is a mistake or a trap

_DECLARATION = re.compile(r"<\?xml[^>]*\?>")
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
    if not inflater.eof:
        raise Unreadable(name, "a gzip file that breaks off")
    return out


def _reader(body: bytes) -> Callable[[bytes, Page], Listing]:
    head = body[:65_536].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{"):
        return _json
    if _rooted(head) in (b"urlset", b"sitemapindex"):
        return _sitemap
    return _feed if head.startswith(b"<") else _addresses


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
    """RSS or Atom."""
    found: list[Entry] = []
    for item in _elements(body, page, ("item", "entry"), ENTRIES):
        said: dict[str, str] = {}
        for child in item:
            name = _name(child)
            text = child.get("href") if name == "link" and child.get("rel", "alternate") == "alternate" else None
            said.setdefault(name, (text or child.text or "").strip())
        guid = said.get("guid") or said.get("id") or ""
        if url := said.get("link") or (guid if guid.startswith("http") else None):
            published = said.get("pubDate") or said.get("published") or said.get("issued") or said.get("date")
            found.append(Entry(url, _day(published), said.get("updated") or said.get("modified")))
    return Listing(tuple(found))


def _sitemap(body: bytes, page: Page) -> Listing:
    """A sitemap, or an index of them."""
    entries: list[Entry] = []
    further: list[str] = []
    for place in _elements(body, page, ("url", "sitemap"), ENTRIES):
        said: dict[str, str] = {}
        for child in place.iter():
            said.setdefault(_name(child), (child.text or "").strip())
        if (url := said.get("loc")) and _name(place) == "sitemap":
            further.append(url)
        elif url:
            entries.append(Entry(url, _day(said.get("publication_date")), said.get("lastmod")))
    return Listing(tuple(entries), tuple(further))


def _elements(body: bytes, page: Page, names: tuple[str, ...], most: int) -> Iterator[etree._Element]:
    """The elements of some names, as broken as they come, each let go when the next is asked for.

    No entity is looked up, no tree may grow deep. Raises Unreadable if nothing of XML is in it.
    """
    text = _DECLARATION.sub("", decoded(body, page.name, page.media_type).lstrip())
    # What breaks off within an element would else be closed there: half an address.
    whole = text[: text.rfind(">") + 1].encode("utf-8", "replace")
    source = etree.iterparse(
        io.BytesIO(whole), encoding="utf-8", resolve_entities=False, no_network=True, huge_tree=False, recover=True
    )
    found = 0
    try:
        for _, element in source:
            if _name(element) in names:
                yield element
                element.clear()
                found += 1
                if found == most:
                    return
    except etree.XMLSyntaxError as error:
        if not found:
            raise Unreadable(page.name, f"no list: {error.msg}") from None


def _name(element: etree._Element) -> str:
    # Broken XML gives names that lxml itself would refuse.
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


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
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
