"""Plain text and JSON lines to documents; their text is the input, unchanged to the last character."""

from __future__ import annotations

import hashlib
from datetime import date
from urllib.parse import urlsplit

import msgspec

from rashomon.errors import Unreadable
from rashomon.model.document import BlockKind, Dating, Document, DocumentId, Page
from rashomon.sources.blocks import blocks
from rashomon.sources.dates import in_text, in_url, iso
from rashomon.sources.decoding import decoded
from rashomon.sources.language import language
from rashomon.sources.limits import CHARACTERS


class Line(msgspec.Struct, frozen=True):
    """One object of a JSONL file; keys it does not name are passed over."""

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None


_line = msgspec.json.Decoder(Line)


def identity(text: str, url: str | None) -> DocumentId:
    """The id of a document that brings none: a hash of its address, else of its text.

    Under its address an outlet may change it. A front page is no article's address, whatever a page says of itself.
    """
    known = url and (urlsplit(url).path.strip("/") or urlsplit(url).query)
    return DocumentId(hashlib.sha256((url if url and known else f"\n{text}").encode()).hexdigest()[:16])


def addressed(url: str | None) -> str | None:
    """An address, if it can be one at all: what pages and archives say of themselves often is none."""
    try:
        return url if url and urlsplit(url).geturl() else None
    except ValueError:
        return None


def plain(page: Page) -> Document:
    """The document of a plain text."""
    text, url = decoded(page.body, page.name, page.media_type), addressed(page.url)
    return finished(page.name, Document(identity(text, url), text, url, page.outlet, published=page.published))


def line(page: Page) -> Document:
    """The document of one line of JSON; what the line says goes before what was said of the whole file."""
    record = parsed(page.body, page.name)
    published = page.published if not record.published else _given(record.published, page.name)
    return finished(
        page.name,
        Document(
            DocumentId(record.id),
            record.text,
            addressed(record.url) or addressed(page.url),
            record.outlet or page.outlet,
            record.title,
            published,
            record.language,
        ),
    )


def parsed(body: bytes, name: str) -> Line:
    """One line of JSON, checked. Raises Unreadable for what is no such object."""
    try:
        record = _line.decode(body)
    except msgspec.ValidationError as error:
        raise Unreadable(name, f"not a document: {error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unreadable(name, f"malformed JSON: {error}") from None
    except RecursionError:
        raise Unreadable(name, "malformed JSON: nested too deeply") from None
    if not record.id.strip():
        raise Unreadable(name, "not a document: its id is empty")
    return record


def finished(name: str, document: Document, *, found: tuple[date, Dating] | None = None) -> Document:
    """The document with blocks, title, date and language filled in where they are not given.

    ``found`` is what the page itself says of the date. Raises Unreadable when there is no text or too much of it.
    """
    text = document.text
    if not any(letter.isalnum() for letter in text):
        raise Unreadable(name, "no text in it")
    # PostgreSQL keeps none, and no name or title has one in earnest.
    if any("\0" in words for words in (text, document.id, document.title, document.outlet, document.url) if words):
        raise Unreadable(name, "binary: holds zero characters")
    if len(text) > CHARACTERS:
        raise Unreadable(name, f"longer than {CHARACTERS:,} characters")
    parts = document.blocks or blocks(text, document.title)
    headline = next((part.span.of(text) for part in parts if part.kind is BlockKind.HEADLINE), None)
    published, dating = document.published, Dating.GIVEN if document.published else None
    if published is None:
        guess = in_text(text, parts) or in_url(document.url)
        published, dating = found or ((guess, Dating.GUESSED) if guess else (None, None))
    return Document(
        id=document.id,
        text=text,
        url=document.url,
        outlet=document.outlet,
        title=document.title or headline,
        published=published,
        language=document.language or language(text),
        blocks=parts,
        dating=dating,
    )


def _given(value: str, name: str) -> date:
    try:
        return iso(value)
    except ValueError as error:
        raise Unreadable(name, f"published: {error}") from None
