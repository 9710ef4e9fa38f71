"""Web pages made to hurt: each is answered or refused soon, in little memory, with nothing of what it points to."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest

from rashomon.errors import Unreadable
from rashomon.model.document import Document, Page
from rashomon.sources import document, glance, pages

TOLD = b"<p>Shells struck a crowded market on Tuesday, killing at least nine people, the health ministry said.</p>" * 3
LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
MOST = 4_900_000  # bytes, a little under what is read of a page at all


def page(*parts: bytes, head: bytes = b"") -> bytes:
    body = b"".join(parts)
    return b"<!DOCTYPE html><html><head><title>Shells</title>" + head + b"</head><body>" + body + b"</body></html>"


def filled(piece: bytes, before: bytes = b"<article>" + TOLD, after: bytes = b"</article>") -> bytes:
    """A page with a piece repeated until it is as large as a page may be."""
    return page(before, piece * ((MOST - 1000) // len(piece)), after)


HOSTILE = {
    "deep": filled(b"<div>"),
    "deep in lists": filled(b"<ul><li>"),
    "deep in tables": filled(b"<table><tr><td>"),
    "deep in text": filled(b"<b><i>"),
    "deep, few": page(b"<div>" * 20_000, TOLD),
    "many paragraphs": filled(b"<p>a"),
    "many links": filled(b'<a href="/x">x</a> '),
    "one attribute": page(b'<p x="' + b"y" * MOST + b'">', TOLD),
    "many attributes": page(b"<p " + b"".join(b'a%d="x" ' % n for n in range(350_000)) + b">", TOLD),
    "a tag that never ends": page(TOLD, b"<p " + b"x" * MOST),
    "a comment that never ends": page(TOLD, b"<!--" + b"x" * MOST),
    "many comments": filled(b"<!--x-->"),
    "entities of entities": b"<!DOCTYPE html [<!ENTITY l0 'ha'>" + LAUGHS + b"]>" + page(TOLD, b"<p>&l9;</p>"),
    "an entity of a file": b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>' + page(TOLD, b"<p>&f;</p>"),
    "many entities": filled(b"&amp;"),
    "numbers of no letter": filled(b"&#99999999;"),
    "many dates": page(TOLD, head=b"<meta name='date' content='2025-06-02'>" * 45_000),
    "linked data, deep": page(
        TOLD, head=b'<script type="application/ld+json">' + b"[" * MOST + b"</script>"
    ),
    "linked data, long": page(
        TOLD, head=b'<script type="application/ld+json">{"datePublished": "' + b"2" * MOST + b'"}</script>'
    ),
    "spaces": page(TOLD, b"<p>" + b" " * MOST + b"</p>"),
    "stops": page(TOLD, b"<p>" + b". " * (MOST // 2) + b"</p>"),
    "one word": page(TOLD, b"<p>" + b"x" * MOST + b"</p>"),
    "line ends": page(TOLD, b"<p>" + b"\n" * MOST + b"</p>"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_answered_or_refused_soon(name: str) -> None:
    body = HOSTILE[name]
    assert len(body) <= 5_000_000
    begun = time.process_time()
    try:
        found: Document | None = document(Page("a.html", body, "text/html"))
    except Unreadable:
        found = None
    # The slowest take a third of it, where htmldate looks for days in five megabytes.
    assert time.process_time() - begun < 25
    if found is not None:
        assert "health ministry said" in found.text
        assert "hahaha" not in found.text
        assert Path("/etc/hostname").read_text().strip() not in found.text


@pytest.mark.parametrize("name", HOSTILE)
def test_a_glance_at_a_hostile_page_takes_no_time(name: str) -> None:
    begun = time.process_time()
    glance(Page("a.html", HOSTILE[name], "text/html"))
    assert time.process_time() - begun < 2


def test_an_attribute_of_a_hundred_megabytes_is_never_held(tmp_path: Path) -> None:
    path = tmp_path / "flood.html"
    with path.open("wb") as out:
        out.write(b'<!DOCTYPE html><html><body><p x="')
        for _ in range(100):
            out.write(b"y" * 1_000_000)
        out.write(b'">' + TOLD)
    tracemalloc.start()
    (found,) = pages([str(path)])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(found, Unreadable)
    assert found.reason == "a file of 100 MB; at most 20 MB are read"
    assert most < 1_000_000
