"""Web archives: what is in them is read, what is damaged in them is told, and what follows is read."""

from __future__ import annotations

import gzip
import io
import random
import sys
import time
import tracemalloc
from contextlib import suppress
from pathlib import Path

import pytest

from rashomon.errors import Unreadable
from rashomon.model.document import Page
from rashomon.sources import document, pages
from rashomon.sources.archives import records

HTML = (
    "<html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>Shells struck the market of {0} on Tuesday, "
    "the ministry said.</p><p>The army denied firing on the town and said it would look into it.</p></article></html>"
)


def record(
    name: str, body: bytes | None = None, head: str = "", kind: str = "response", status: str = "200 OK"
) -> bytes:
    """One record of a crawl, as a server answered; ``head`` are further headers of the answer."""
    body = HTML.format(name).encode() if body is None else body
    if kind == "response":
        head = head if "Content-Type" in head else "Content-Type: text/html; charset=utf-8\r\n" + head
        body = f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body
    lines = (
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: https://{name.lower()}.example/news",
        "WARC-Date: 2025-06-03T04:05:06Z",
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>",
        f"Content-Type: {'application/http; msgtype=response' if kind == 'response' else 'text/plain'}",
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body + b"\r\n\r\n"


def told(archive: bytes) -> list[str]:
    """The hosts of the pages, and errors as people see them."""
    found = records(io.BytesIO(archive), "a.warc")
    return [str(one) if isinstance(one, Unreadable) else (one.url or "").split("/")[2].split(".")[0] for one in found]


def packed(*parts: bytes) -> bytes:
    return b"".join(gzip.compress(part, mtime=0) for part in parts)


A, B, C = record("Arvo"), record("Brod"), record("Cazin")
ZA, ZB, ZC = packed(A), packed(B), packed(C)


@pytest.mark.parametrize("archive", [A + B + C, packed(A, B, C), packed(A + B + C)])
def test_a_sound_archive(archive: bytes) -> None:
    assert told(archive) == ["arvo", "brod", "cazin"]


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz", "crawl"])
def test_an_archive_is_an_input(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(packed(A, B) if name.endswith(".gz") else A + B)
    first, second = pages([str(path)])
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    read = document(first)
    assert (read.url, read.title, read.language) == ("https://arvo.example/news", "Arvo", "en")
    assert first.fetched is not None
    assert first.fetched.isoformat() == "2025-06-03T04:05:06+00:00"
    assert first.name == f"{path}: https://arvo.example/news"


def test_without_fastwarc_it_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "fastwarc", None)
    path, beside = tmp_path / "crawl.warc", tmp_path / "beside.txt"
    path.write_bytes(A)
    beside.write_text("Shells hit Marno on Monday.")
    refused, page = pages([str(path), str(beside)])
    assert str(refused) == f"{path}: web archives need FastWARC: pip install 'rashomon[archives]'"
    assert isinstance(page, Page)


def test_an_archive_from_a_pipe() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    assert len(list(pages(["-"], stdin=Pipe(packed(A, B, C))))) == 3


@pytest.mark.parametrize(
    ("archive", "said"),
    [
        (ZA + ZB[:40] + b"\xff" * 8 + ZB[48:] + ZC, ["arvo", "damaged between", "cazin"]),
        (ZA + ZB[:-60] + ZC, ["arvo", "damaged between", "cazin"]),
        (ZA + b"noise " * 40 + ZC, ["arvo", "damaged between", "cazin"]),
        (ZA + ZB[:120], ["arvo", "breaks off"]),
        (A + b"noise\r\n\r\n" * 9 + C, ["arvo", "cazin"]),
        (A + B[:-200] + C, ["arvo", "brod", "damaged between", "cazin"]),
        (A + B[:200], ["arvo", "breaks off"]),
        (
            A + B.replace(b"Content-Length: ", b"Content-Length: 9") + C,
            ["arvo", "breaks off", "damaged between", "cazin"],
        ),
    ],
)
def test_what_is_damaged_is_told_and_what_follows_is_read(archive: bytes, said: list[str]) -> None:
    found = told(archive)
    assert len(found) == len(said)
    assert all(word in one for word, one in zip(said, found, strict=True)), found


@pytest.mark.parametrize("archive", [b"", b"The bridge fell on Monday.", packed(b"The bridge fell."), bytes(5000)])
def test_what_is_no_archive(archive: bytes) -> None:
    with pytest.raises(Unreadable, match="no web archive: not one record in it"):
        told(archive)


@pytest.mark.parametrize(
    "passed",
    [
        record("Dvor", status="404 Not Found"),
        record("Dvor", status="302 Found", head="Content-Type: text/html\r\nLocation: /x\r\n"),
        record("Dvor", b"\x89PNG", "Content-Type: image/png\r\n"),
        record("Dvor", kind="request"),
        record("Dvor", kind="metadata"),
        record("Dvor").replace(b"example/news", b"example/robots.txt"),
    ],
)
def test_what_is_no_article_is_passed_over_without_a_word(passed: bytes) -> None:
    assert told(packed(A, passed, C)) == ["arvo", "cazin"]


def test_texts_taken_out_of_pages_are_read_as_texts() -> None:
    (page,) = records(io.BytesIO(record("Arvo", b"The bridge at Arvo fell.", kind="conversion")), "a.wet")
    assert isinstance(page, Page)
    assert document(page).text == "The bridge at Arvo fell."


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (gzip.compress(HTML.format("Brod").encode()), "Content-Encoding: gzip\r\n"),
        (b"1F\r\n" + HTML.format("Brod").encode()[:31] + b"\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n"),
    ],
)
def test_what_came_packed_or_in_pieces_is_put_together(body: bytes, head: str) -> None:
    (page,) = records(io.BytesIO(record("Brod", body, head)), "a.warc")
    assert isinstance(page, Page)
    assert page.body.startswith(b"<html><head><title>Brod")


BOMB = "Content-Encoding: gzip\r\n"


@pytest.mark.parametrize(
    ("hostile", "reason"),
    [
        (record("Dvor", gzip.compress(bytes(60_000_000)), BOMB), "a page larger than 5 MB"),
        (record("Dvor", b"not packed at all", BOMB), "a damaged record"),
        (record("Dvor", b"zz\r\nx\r\n", "Transfer-Encoding: chunked\r\n"), "a damaged record"),
        (record("Dvor", bytes(60_000_000)), "a page larger than 5 MB"),
        (record("Dvor", head="X-Long: " + "y" * 10_000_000 + "\r\n"), "a damaged record"),
        (A.replace(b"WARC-Date", b"X-Long: " + b"y" * 10_000_000 + b"\r\nWARC-Date"), "damaged between"),
    ],
)
def test_bombs_and_traps_cost_little_and_the_rest_is_read(hostile: bytes, reason: str) -> None:
    archive = packed(A, hostile, C)
    tracemalloc.start()
    begun = time.process_time()
    found = told(archive)
    spent, (_, peak) = time.process_time() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found[0] == "arvo"
    assert found[-1] == "cazin"
    assert any(reason in one for one in found)
    assert peak < 30_000_000
    assert spent < 10


def test_noise_of_a_thousand_damages_is_given_up() -> None:
    found = told(A + (b"WARC/1.0\r\nnonsense" + b"\0" * 40) * 1500 + C)
    assert found[-1].endswith("what may follow is left out")
    assert len(found) < 3000


def test_whatever_is_changed_in_an_archive_nothing_breaks() -> None:
    chance = random.Random(1)
    for _ in range(300):
        archive = bytearray(chance.choice([A + B + C, packed(A, B, C), packed(A + B + C)]))
        for _ in range(chance.randint(1, 8)):
            archive[chance.randrange(len(archive))] = chance.randrange(256)
        with suppress(Unreadable):
            assert all(isinstance(one, Page | Unreadable) for one in records(io.BytesIO(bytes(archive)), "a.warc"))
