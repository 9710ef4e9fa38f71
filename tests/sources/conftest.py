"""A small web server of our own on this machine, with the ill manners that servers have."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

ARTICLE = (
    b"<!DOCTYPE html><html><head><title>Shells hit a market</title></head><body><article><h1>Shells hit a market</h1>"
    b"<p>Shells struck a crowded market on Tuesday, killing at least nine people, the health ministry said.</p>"
    b"<p>The army denied firing on the town and said rebels had shelled it from the hills above.</p>"
    b"</article></body></html>"
)


TEXT, HTML = {"Content-Type": "text/plain"}, {"Content-Type": "text/html; charset=utf-8"}
ANSWERS: dict[str, tuple[int, bytes, dict[str, str]]] = {
    "/article": (200, ARTICLE, HTML),
    "/text": (200, b"A village was shelled on Monday.", TEXT),
    "/lines": (200, b'{"id": "a", "text": "One."}\n{"id": "b"}\n', {"Content-Type": "application/x-ndjson"}),
    "/loop": (302, b"", {"Location": "/loop"}),
    "/there": (302, b"", {"Location": "/back"}),
    "/back": (302, b"", {"Location": "/there"}),
    "/moved": (301, b"", {"Location": "/article"}),
    "/inside": (302, b"", {"Location": "http://127.0.0.2/article"}),
    "/file": (302, b"", {"Location": "file:///etc/hostname"}),
    "/nowhere": (302, b"", {"Location": "http://[nowhere"}),
    "/someday": (503, b"", {"Retry-After": f"Mon, 02 Jun 2025 08:00:{'9' * 30} GMT"}),
    "/never": (503, b"", {"Retry-After": "\xb2"}),
    "/huge": (200, b"", {**TEXT, "Content-Length": "2000000000"}),
    "/pdf": (200, b"%PDF-1.4", {"Content-Type": "application/pdf"}),
    "/empty": (200, b"", HTML),
    "/broken": (503, b"", {"Retry-After": "120"}),
    "/packed": (200, gzip.compress(ARTICLE), {**HTML, "Content-Encoding": "gzip"}),
    # A thousandth of what it unpacks to; and that once more.
    "/bomb": (200, gzip.compress(bytes(60_000_000)), {**HTML, "Content-Encoding": "gzip"}),
    "/twice": (200, gzip.compress(gzip.compress(bytes(60_000_000))), {**HTML, "Content-Encoding": "gzip, gzip"}),
    "/spoiled": (200, gzip.compress(ARTICLE)[:100] + b"spoiled" * 20, {**HTML, "Content-Encoding": "gzip"}),
    "/torn": (200, gzip.compress(ARTICLE)[:-20], {**HTML, "Content-Encoding": "gzip"}),
    "/brotli": (200, b"xx", {**HTML, "Content-Encoding": "br"}),
    "/heads": (200, b"", {f"X-{number}": "y" * 10_000 for number in range(100)}),
}


FEED = """<rss version="2.0"><channel><item>
<link>{0}/article</link><pubDate>Mon, 02 Jun 2025 08:00:00 GMT</pubDate></item>
<item><link>{0}/gone</link></item><item><link>{0}/text</link></item></channel></rss>"""
INDEX = (
    """<sitemapindex><sitemap><loc>{0}/sitemap</loc></sitemap><sitemap><loc>{0}/deeper</loc></sitemap></sitemapindex>"""
)
DEEPER = """<sitemapindex><sitemap><loc>{0}/deepest</loc></sitemap></sitemapindex>"""
SITEMAP = """<urlset><url><loc>{0}/article</loc></url></urlset>"""
LISTS = {
    "/feed": FEED,
    "/index": INDEX,
    "/sitemap": SITEMAP,
    "/deeper": INDEX.replace("/sitemap<", "/deeper?1<"),
    "/deeper?1": INDEX,
}


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.hosts.append(self.headers["Host"])  # type: ignore[attr-defined]
        self.server.paths.append(self.path)  # type: ignore[attr-defined]
        own: Site = self.server  # type: ignore[assignment]
        if self.path == "/robots.txt":
            self._answer(503 if own.robots is None else 200, own.robots or b"", TEXT)
        elif self.path in LISTS:
            self._answer(200, LISTS[self.path].format(own("")).encode(), {"Content-Type": "application/xml"})
        elif self.path == "/endless":
            self._endless()
        elif self.path == "/loris":
            self._drip(b"HTTP/1.0 200 OK\r\nX-Slow: " + b"y" * 1000)
        elif self.path == "/drip":
            self._drip(b"HTTP/1.0 200 OK\r\n\r\n" + b"y" * 1000)
        elif self.path == "/version":
            self._version()
        elif self.path.startswith("/chain"):
            self._answer(302, b"", {"Location": self.path + "x"})
        else:
            self._answer(*ANSWERS.get(self.path, (404, b"gone", {})))

    def _answer(self, code: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(code)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _endless(self) -> None:
        """A body without a length, as long as the other side listens, to two gigabytes."""
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        with suppress(OSError):
            for _ in range(2000):
                self.wfile.write(b"x" * 1_000_000)

    def _drip(self, answer: bytes) -> None:
        """An answer that never falls silent and never ends."""
        with suppress(OSError):
            for at in range(len(answer)):
                self.wfile.write(answer[at : at + 1])
                time.sleep(0.01)

    def _version(self) -> None:
        """A page that need not be sent to whoever has it."""
        known = self.headers["If-None-Match"] == '"v1"' and self.headers["If-Modified-Since"] is not None
        marks = {"ETag": '"v1"', "Last-Modified": "Mon, 02 Jun 2025 06:00:00 GMT", **HTML}
        self._answer(304 if known else 200, b"" if known else ARTICLE, marks)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Keep quiet."""


class Site(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Site)
        self.hosts: list[str] = []
        self.paths: list[str] = []
        self.robots: bytes | None = b""

    def __call__(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that hangs up is what some tests are about."""


@pytest.fixture
def site(_served: Site) -> Site:
    """The server, as each test begins with it."""
    _served.robots = b""
    return _served


@pytest.fixture(scope="session")
def _served() -> Iterator[Site]:
    with Site() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
