"""The parsers that ``fuzz`` tries: what each reads, sound inputs of ours to begin with, how it may refuse."""

from __future__ import annotations

import gzip
import io
import socket
import tempfile
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from rashomon import coders
from rashomon.coding import code
from rashomon.errors import RashomonError, Unfetchable, Unreadable
from rashomon.knowledge import gazetteer, geonames
from rashomon.model import codec
from rashomon.model.document import Page
from rashomon.reading import Reader, screen
from rashomon.sources import document, glance, language
from rashomon.sources.connecting import anywhere
from rashomon.sources.feeds import listing
from rashomon.sources.fetch import fetch
from rashomon.sources.opening import identified, within
from rashomon.sources.robots import robots
from rashomon.web.address import address


@dataclass(frozen=True, slots=True)
class Parser:
    """A parser: sound inputs, what reads them and checks the answer, the errors by which it may refuse."""

    name: str
    seeds: Callable[[], tuple[bytes, ...]]
    parse: Callable[[bytes], object]
    refusals: tuple[type[Exception], ...] = (Unreadable,)


TEXT = (
    "Bridge falls at Harrow Bay\n\nBy Ada Brook\n\nKHERSON, Ukraine (AP) — At least seven people were killed and 12 "
    "others wounded when two missiles struck a market on Monday, June 2, 2025, the governor said.\n\n“We heard "
    "three blasts,” said a woman who lives nearby. The ministry denied that its forces had aimed at the market; more "
    "than 1,500 people have fled since last week. The figures could not be independently verified.\n\nRescuers work at "
    "the site. (AP Photo/Ada Brook)\n\nAda Brook in Kyiv contributed to this report."
)
PARAGRAPHS = "".join(f"<p>{part}</p>" for part in TEXT.split("\n\n"))
HTML = f"""<!DOCTYPE html><html lang="en"><head><title>Bridge falls</title><meta charset="utf-8">
<meta property="article:published_time" content="2025-06-02T08:00:00Z"><link rel="canonical" href="https://quay.example/">
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2025-06-02"}}</script></head><body>
<nav><ul><li><a href="/">Home</a></li></ul></nav><article><h1>Bridge falls</h1>{PARAGRAPHS}</article>
<footer>All rights reserved.</footer></body></html>"""
LINES = (
    b'{"id": "a", "text": "The governor said the bridge had fallen.", "published": "2025-06-02"}\n'
    b'{"id": "b", "text": "The ministry denied it.", "url": "https://quay.example/b", "outlet": "Quay Post"}\n'
)
RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title><item><title>A</title><guid>1</guid>
<link>https://quay.example/1</link><pubDate>Mon, 02 Jun 2025 08:00:00 GMT</pubDate></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="alternate" href="/2"/><id>urn:2</id>
<published>2025-06-02T08:00:00Z</published><updated>2025-06-03T08:00:00Z</updated></entry></feed>"""
JSON_FEED = b"""{"version": "https://jsonfeed.org/version/1.1",
"items": [{"url": "https://quay.example/3", "date_published": "2025-06-02"}]}"""
SITEMAP = b"""<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://quay.example/4</loc><lastmod>2025-06-02</lastmod>
<news:news><news:publication_date>2025-06-02</news:publication_date></news:news></url></urlset>"""
INDEX = b"<sitemapindex><sitemap><loc>https://quay.example/map.xml</loc></sitemap></sitemapindex>"
URLS = b"# outlets\nhttps://quay.example/5\nhttps://quay.example/6 Quay\n"
ROBOTS = b"""User-agent: *
Disallow: /private*/x$
Allow: /private/x
Crawl-delay: 7

User-agent: rashomon
Disallow: /a%2Fb
"""


CODED = b"""id,date,latest,kind,perpetrator,place,lat,lon,country,killed,injured,notes
K1,2025-06-02,2025-06-03,STRIKE.DRONE,Northern Army,Kherson,46.63,32.61,UA,7,"1,200","Two, or three"
K2,2025-06-04,,CLASH.ARMED,,Sumy,,,UA,3-5,at least 9,
"""


def _record(url: str, body: bytes, head: bytes = b"Content-Type: text/html\r\n") -> bytes:
    told = b"HTTP/1.1 200 OK\r\n" + head + b"\r\n" + body
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2025-06-02T08:00:00Z\r\n"
        + f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n".encode()
        + f"Content-Length: {len(told)}\r\n\r\n".encode()
        + told
        + b"\r\n\r\n"
    )


def _archives() -> tuple[bytes, ...]:
    page = HTML.encode()
    packed = b"Content-Type: text/html\r\nContent-Encoding: gzip\r\n"
    chunked = b"Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n"
    records = (
        _record("https://quay.example/1", page),
        _record("https://quay.example/2", gzip.compress(page), packed),
        _record("https://quay.example/3", b"1a\r\nThe governor said nothing.\r\n0\r\n\r\n", chunked),
    )
    return b"".join(records), b"".join(map(gzip.compress, records)), gzip.compress(b"".join(records))


def _places() -> tuple[bytes, ...]:
    rows = (
        "706448|Kherson|Kherson|Cherson,Kherson|46.63|32.61|P|PPLA|UA||08||||283649||5|Europe/Kyiv|2025-01-01",
        "706442|Kherson Oblast|Kherson Oblast||46.66|33.5|A|ADM1|UA||08||||1060000||5|Europe/Kyiv|2025-01-01",
        "709932|Dnipro|Dnipro||46.5|32.3|H|STM|UA||08||||0||5|Europe/Kyiv|2025-01-01",
    )
    return ("".join(row.replace("|", "\t") + "\n" for row in rows).encode(),)


@cache
def _reader() -> Reader:
    return Reader.load()


@cache
def _readings() -> tuple[bytes, ...]:
    told = document(Page("a", TEXT.encode(), "text/plain"))
    return tuple(codec.to_json(code(parse)) for parse in _reader().read([told]))


def _read(body: bytes) -> None:
    """A text through the encoder and all coders; what comes out can be written and read again."""
    for parse in _reader().read([document(Page("a", body, "text/plain"))]):
        reading = code(parse)
        assert codec.reading(codec.to_json(reading)) == reading


def _document(kind: str | None) -> Callable[[bytes], object]:
    def parse(body: bytes) -> None:
        page = Page("a", body, kind, "https://quay.example/2025/06/02/a")
        told = document(page)
        assert all(0 <= block.start < block.end <= len(told.text) for block in told.blocks)
        assert codec.document(codec.to_json(told)) == told

    return parse


def _glance(body: bytes) -> None:
    words = glance(Page("a", body, "text/html"))
    language(words)
    screen.shipped().passes(words)


def _all(found: Iterable[Page | Unreadable]) -> None:
    for one in found:
        if isinstance(one, Page):
            try:
                identified(one)
                document(one)
            except Unreadable:
                continue


def _of(name: str) -> Callable[[bytes], object]:
    return lambda body: _all(within(io.BytesIO(body), name))


def _listed(body: bytes) -> None:
    listing(Page("a", body, None, "https://quay.example/feed"))


def _permitted(body: bytes) -> None:
    rules = robots(body.decode("utf-8", "replace"), "rashomon")
    for path in ("/", "/private/x", "/a/b?c=d", "/" + "a" * 500):
        rules.permit(f"https://quay.example{path}")


def _imported(body: bytes) -> None:
    with tempfile.TemporaryDirectory() as place:
        dump, made = Path(place, "dump.txt"), Path(place, "made.bin")
        dump.write_bytes(body)
        geonames.imported(dump, made)
        gazetteer.opened(made)


def _coded(body: bytes) -> None:
    with tempfile.TemporaryDirectory() as place:
        sheet = Path(place, "coded.csv")
        sheet.write_bytes(body)
        coders.rows(sheet)


@cache
def _gazetteers() -> tuple[bytes, ...]:
    with tempfile.TemporaryDirectory() as place:
        dump, made = Path(place, "dump.txt"), Path(place, "made.bin")
        dump.write_bytes(_places()[0])
        geonames.imported(dump, made)
        return (made.read_bytes(),)


def _opened(body: bytes) -> None:
    with tempfile.TemporaryDirectory() as place:
        made = Path(place, "made.bin")
        made.write_bytes(body)
        gazetteer.opened(made).find(["kherson", "dnipro", "ukraine"])


def _json(body: bytes) -> None:
    for decode in (codec.reading, codec.document, codec.incident, codec.gist, codec.tie, codec.judgement):
        try:
            decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue


def _addressed(body: bytes) -> None:
    text = body.decode("utf-8", "replace")
    address([(name, value) for name, _, value in (pair.partition("=") for pair in text.split("&"))])


@cache
def _server() -> tuple[socket.socket, list[bytes]]:
    """A server that answers every request with the bytes last put in the list, then hangs up."""
    listening, answers = socket.create_server(("127.0.0.1", 0)), [b""]

    def serve() -> None:
        while True:
            taken, _ = listening.accept()
            with taken:
                taken.settimeout(5)
                try:
                    taken.recv(65_536)
                    taken.sendall(answers[0])
                except OSError:
                    continue

    threading.Thread(target=serve, daemon=True).start()
    return listening, answers


def _fetched(body: bytes) -> None:
    listening, answers = _server()
    answers[0] = body
    fetch(f"http://127.0.0.1:{listening.getsockname()[1]}/", permitted=anywhere)


ANSWERS = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 5\r\nETag: \"1\"\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"hello" * 100),
    b"HTTP/1.1 302 Found\r\nLocation: ftp://quay.example/\r\n\r\n",
    b"HTTP/1.1 302 Found\r\nLocation: //[::1]:9/x\r\n\r\n",
    b"HTTP/1.1 503 Busy\r\nRetry-After: Mon, 02 Jun 2025 08:00:00 GMT\r\n\r\n",
    b"HTTP/1.1 429 Slow\r\nRetry-After: 120\r\n\r\n",
)  # fmt: skip
QUERIES = (
    b"q=bridge voice:sbu -outlet:x after:2025-06-01&view=map&placed=yes",
    b"near=Kharkiv~30&bbox=30.5,46,38.2,51&limit=10&cursor=MjAyNXxh&not=outlet:Quay",
)


def _these(*seeds: bytes) -> Callable[[], tuple[bytes, ...]]:
    return lambda: seeds


PARSERS = (
    Parser(
        "plain text",
        _these(TEXT.encode(), TEXT.encode("utf-16"), TEXT.encode("cp1252", "replace")),
        _document("text/plain"),
    ),
    Parser("HTML", _these(HTML.encode()), _document("text/html")),
    Parser("a glance at HTML", _these(HTML.encode()), _glance),
    Parser("JSONL", _these(LINES), _of("a.jsonl")),
    Parser("feeds", _these(RSS, ATOM, JSON_FEED, gzip.compress(RSS)), _listed),
    Parser("sitemaps and lists", _these(SITEMAP, INDEX, URLS, gzip.compress(SITEMAP)), _listed),
    Parser("WARC", _archives, _of("a.warc")),
    Parser("files of any kind", _these(HTML.encode(), LINES, RSS, TEXT.encode(), *_archives()), _of("a")),
    Parser("robots.txt", _these(ROBOTS), _permitted),
    Parser("HTTP answers", _these(*ANSWERS), _fetched, (Unfetchable,)),
    Parser("dump of places", _places, _imported),
    Parser("rows that people coded", _these(CODED, CODED.replace(b",", b";")), _coded, (RashomonError,)),
    Parser("gazetteer", _gazetteers, _opened),
    Parser("JSON of the model", _readings, _json),
    Parser("addresses of pages", _these(*QUERIES), _addressed, (RashomonError,)),
    Parser("text, read and coded", _these(TEXT.encode()), _read),
)
