"""Which kind of thing an input is, and the function that reads it. New kinds are new rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from rashomon.errors import Unreadable
from rashomon.model.document import Document, Page
from rashomon.sources.html import html
from rashomon.sources.text import line, plain

TEXT, HTML, LINES = "text/plain", "text/html", "application/x-ndjson"

SUFFIXES = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": TEXT,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".jsonl": LINES,
    ".ndjson": LINES,
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
}


KINDS: dict[str, Callable[[Page], Document]] = {TEXT: plain, HTML: html, LINES: line}


# An array is no JSONL either, but it shall fail as such and not be read as prose.
_JSON = re.compile(rb'(?:\[\s*)?\{\s*"')


def of_name(name: str) -> str | None:
    """The kind a file's name tells; None if its ending is not known."""
    return SUFFIXES.get(PurePath(name).suffix.lower())


def of_start(start: bytes) -> str:
    """The kind that the first bytes of an input look like."""
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
    if kind in KINDS:
        return kind
    if bare in ("", "application/octet-stream", "application/json", "text/json"):
        return of_start(start)
    raise Unreadable(name, f"{bare} is no kind of document that can be read")


def document(page: Page) -> Document:
    """The document of a page. Raises Unreadable, naming the input and the reason."""
    kind = of_media_type(page.media_type, page.body, page.name)
    return KINDS[kind](page)
