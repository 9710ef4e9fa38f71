"""Which kind of thing an input is, and the function that reads it. New kinds are new rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from rashomon.errors import Unreadable
from rashomon.model.document import Document, Page
from rashomon.sources import archives, feeds
from rashomon.sources.html import html
from rashomon.sources.text import line, plain

TEXT, HTML, LINES = "text/plain", "text/html", "application/x-ndjson"
# These hold no document but lead to many: lists of addresses (feeds, sitemaps), web archives.
LIST, ARCHIVE = "text/uri-list", "application/warc"

SUFFIXES = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": TEXT,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".jsonl": LINES,
    ".ndjson": LINES,
    ".urls": LIST,
    ".xml": LIST,
    ".rss": LIST,
    ".atom": LIST,
    ".warc": ARCHIVE,
}
# What servers call the same things.
ALIASES = {
    "application/xhtml+xml": HTML,
    "application/jsonl": LINES,
    "application/jsonlines": LINES,
    "application/x-jsonlines": LINES,
    "application/ndjson": LINES,
    "application/json-lines": LINES,
    "text/markdown": TEXT,
    "application/rss+xml": LIST,
    "application/atom+xml": LIST,
    "application/rdf+xml": LIST,
    "application/feed+json": LIST,
}
# What says little: looked at to be known.
_VAGUE = frozenset(
    ("", "application/octet-stream", "application/json", "text/json", "text/xml", "application/xml", "application/gzip",
     "application/x-gzip", "application/warc")
)  # fmt: skip


KINDS: dict[str, Callable[[Page], Document]] = {TEXT: plain, HTML: html, LINES: line}


LOOK = 4096  # bytes that tell what something is

# An array is no JSONL either, but it shall fail as such and not be read as prose.
_JSON = re.compile(rb'(?:\[\s*)?\{\s*"')


def of_name(name: str) -> str | None:
    """The kind a file's name tells; None if its ending is not known."""
    return SUFFIXES.get(
        PurePath(name.lower().removesuffix(".gz")).suffix if _packed(name) else PurePath(name).suffix.lower()
    )


def _packed(name: str) -> bool:
    return name.lower().endswith((".warc.gz", ".xml.gz"))


def of_start(start: bytes) -> str:
    """The kind that the first bytes of an input look like."""
    if archives.begins(start):
        return ARCHIVE
    if feeds.lists(start):
        return LIST
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    if _JSON.match(head):
        return LINES
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml", b"<!--")) and b"<" in head:
        return HTML
    return TEXT


def of_media_type(media_type: str | None, start: bytes, name: str) -> str:
    """The kind that something is said to be; by its first bytes if nothing is said. Raises Unreadable for others."""
    bare = (media_type or "").split(";")[0].strip().lower()
    kind = ALIASES.get(bare, bare)
    if kind in (TEXT, HTML) and feeds.lists(start[:LOOK]):
        return LIST
    if kind in KINDS or kind == LIST:
        return kind
    if bare in _VAGUE:
        return of_start(start[:LOOK])
    raise Unreadable(name, f"{bare} is no kind of document that can be read")


def is_html(page: Page) -> bool:
    """Whether a page is a web page. Raises Unreadable for what is no kind of document."""
    return of_media_type(page.media_type, page.body, page.name) == HTML


def document(page: Page) -> Document:
    """The document of a page. Raises Unreadable, naming the input and the reason."""
    kind = of_media_type(page.media_type, page.body, page.name)
    if kind not in KINDS:
        raise Unreadable(page.name, f"{'a list of addresses' if kind == LIST else 'a web archive'}, not a document")
    return KINDS[kind](page)
