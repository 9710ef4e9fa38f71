"""A web page to a document: main text, title, date, outlet and address, by trafilatura and htmldate."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from types import ModuleType
from urllib.parse import urlsplit

from lxml import etree
from lxml.etree import HTMLParser
from lxml.html import HtmlElement, document_fromstring

from rashomon.errors import Unreadable
from rashomon.model.document import Block, BlockKind, Dating, Document, Page
from rashomon.sources.blocks import blocks
from rashomon.sources.dates import iso
from rashomon.sources.decoding import decoded
from rashomon.sources.limits import ATTRIBUTES, ELEMENTS, HTML_BYTES, SHORTEST, mb
from rashomon.sources.text import addressed, finished, identity

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DAY = re.compile(r"(?<![\d-])(?:19|20)\d\d-\d\d-\d\d(?!\d)")
# The places where a page says when it was published, as against words that look like a date.
_SAYS = etree.XPath("//meta | //script[contains(@type, 'ld+json')] | //time | //abbr")


@dataclass(frozen=True, slots=True)
class Extract:
    """What the extractor gives of one page."""

    text: str
    headings: frozenset[str]
    title: str | None
    outlet: str | None
    url: str | None


@cache
def _trafilatura() -> ModuleType:
    """The extractor, silenced: what it says of a page reaches people as our errors."""
    import trafilatura  # noqa: PLC0415 - a quarter of a second that a run on plain text need not pay

    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return trafilatura


def html(page: Page) -> Document:
    """The document of a web page. Raises Unreadable when the page holds no article."""
    if len(page.body) > HTML_BYTES:
        raise Unreadable(page.name, f"a page larger than {mb(HTML_BYTES)}")
    page = replace(page, url=addressed(page.url))
    tree = _tree(decoded(page.body, page.name, page.media_type), page.name)
    day = None if page.published else _date(tree, page.url)
    found = _extract(tree, page)
    text, parts = _laid_out(found)
    url = _address(addressed(found.url), page.url)
    document = Document(
        identity(text, url),
        text,
        url,
        page.outlet or found.outlet,
        found.title,
        page.published,
        blocks=parts,
    )
    return finished(page.name, document, found=day)


def _address(says: str | None, fetched: str | None) -> str | None:
    """Where a page is: as it says itself, unless that is a site's front page and it was found elsewhere."""
    front = says is not None and not urlsplit(says).path.strip("/") and not urlsplit(says).query
    return fetched or says if front else says or fetched


def _tree(source: str, name: str) -> HtmlElement:
    """The page as a tree. Raises Unreadable if nothing of HTML is in it."""
    _trafilatura()
    from trafilatura.utils import load_html  # noqa: PLC0415 - as above

    bare = _DECLARATION.sub("", source)
    _measured(bare, name)
    tree = load_html(bare)
    if tree is None:
        tree = load_html(f"<html><body>{bare}</body></html>")
    if tree is None:
        raise Unreadable(name, "not HTML")
    return tree


class _Size:
    """Counts what a parser comes to, without a tree; raises Unreadable for what no page of news has."""

    def __init__(self, name: str) -> None:
        self.name, self.elements = name, 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if len(attributes) > ATTRIBUTES:
            raise Unreadable(self.name, f"an element of more than {ATTRIBUTES:,} attributes")
        self.comment(tag)

    def comment(self, text: str) -> None:
        """A comment, or anything else that takes a place in a tree."""
        self.elements += 1
        if self.elements > ELEMENTS:
            raise Unreadable(self.name, f"a page of more than {ELEMENTS:,} elements")

    def close(self) -> None:
        """The page ends."""


def _measured(source: str, name: str) -> None:
    """Raises Unreadable for a page whose tree would take minutes to make or to walk through."""
    try:
        HTMLParser(target=_Size(name)).feed(source)
    except etree.XMLSyntaxError:
        return  # nothing of HTML in it: told by whoever makes the tree


def _extract(tree: HtmlElement, page: Page) -> Extract:
    found = _trafilatura().bare_extraction(
        tree,
        url=page.url,
        fast=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None or len((found.text or "").strip()) < SHORTEST:
        raise Unreadable(page.name, "a page without an article: no main text found")
    headings = frozenset(" ".join("".join(head.itertext()).split()) for head in found.body.iter("head"))
    return Extract(
        found.text, headings, found.title or None, found.sitename or found.hostname or None, found.url or None
    )


def _laid_out(found: Extract) -> tuple[str, tuple[Block, ...]]:
    """The text as it will be stored, the headline first, and its blocks; the page's own headings are kept as such."""
    lines = [line.strip() for line in found.text.split("\n") if line.strip()]
    title = " ".join((found.title or "").split())
    if title and title.casefold() not in (line.casefold() for line in lines[:3]):
        lines.insert(0, title)
    text = "\n\n".join(lines)
    parts = blocks(text, title or None)
    return text, tuple(
        Block(BlockKind.HEADING, part.start, part.end)
        if part.kind is BlockKind.PARAGRAPH and part.span.of(text) in found.headings
        else part
        for part in parts
    )


def _date(tree: HtmlElement, url: str | None) -> tuple[date, Dating] | None:
    """When the page was published: as its data say, else as its address or words suggest."""
    _trafilatura()
    from htmldate import find_date  # noqa: PLC0415 - as above

    says = document_fromstring("<html><head></head><body></body></html>")
    for element in _SAYS(tree):
        if _impossible(element):
            return None
        says[0 if element.tag in ("meta", "script") else 1].append(_alone(element))
    if day := find_date(says, extensive_search=False, original_date=True):
        return iso(day), Dating.PAGE
    if day := find_date(tree, extensive_search=False, original_date=True, url=url):
        return iso(day), Dating.GUESSED
    return None


def _impossible(element: HtmlElement) -> bool:
    """Whether a page gives a day that no calendar has; htmldate would make the first of the month of it."""
    for value in (*element.attrib.values(), element.text or ""):
        for found in _DAY.findall(value):
            try:
                iso(found)
            except ValueError:
                return True
    return False


def _alone(element: HtmlElement) -> HtmlElement:
    copy = deepcopy(element)
    copy.tail = None
    return copy
