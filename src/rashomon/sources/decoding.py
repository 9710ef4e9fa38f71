"""Bytes to text, strictly: what cannot be decoded without loss is refused and never mangled."""

from __future__ import annotations

import codecs
import re

from rashomon.errors import Unreadable

BINARY = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a zip archive or office document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"SQLite format 3": "a database",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "an RTF document",
}
BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}

_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]+)|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]+)", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Western European text has under a tenth of its letters outside ASCII; Russian or Arabic read as cp1252 has nearly all.
_FOREIGN = 0.25


def decoded(body: bytes, name: str, media_type: str | None = None) -> str:
    """The text of some bytes: byte-order mark, UTF-8, the declared encoding, at last Windows-1252.

    Raises Unreadable for no bytes, binary ones, and bytes in no encoding that can be told.
    """
    if not body.strip():
        raise Unreadable(name, "empty")
    for magic, what in BINARY.items():
        if body.startswith(magic):
            raise Unreadable(name, f"binary: {what}, not text")
    marked = next((encoding for bom, encoding in BOMS.items() if body.startswith(bom)), None)
    if marked is None and b"\0" in body:
        raise Unreadable(name, "binary: holds zero bytes")
    for encoding in (marked, "utf-8", _declared(body, media_type)):
        text = _attempt(body, encoding)
        if text is not None:
            return _printable(text, name)
    text = _attempt(body, "cp1252")
    if text is None or _foreign(text) > _FOREIGN:
        raise Unreadable(name, "wrong encoding: neither UTF-8 nor Western European; save it as UTF-8")
    return _printable(text, name)


def _attempt(body: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        return body.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _declared(body: bytes, media_type: str | None) -> str | None:
    """The encoding that a response's header or a page's head names."""
    if media_type and (found := _CHARSET.search(media_type)):
        return found.group(1)
    if inside := _DECLARED.search(body[:2048]):
        return (inside.group(1) or inside.group(2)).decode("ascii")
    return None


def _foreign(text: str) -> float:
    """Share of a text's letters that are not ASCII."""
    letters = sum(letter.isalpha() for letter in text[:20_000])
    return sum(letter > "\x7f" and letter.isalpha() for letter in text[:20_000]) / max(letters, 1)


def _printable(text: str, name: str) -> str:
    if len(_CONTROL.findall(text[:20_000])) * 100 > min(len(text), 20_000):
        raise Unreadable(name, "binary: full of control characters")
    return text
