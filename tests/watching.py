"""Watch with a reader that needs no weights: ``python watching.py LEDGER FEED``, one round, to be killed by tests."""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from rashomon import ledger
from rashomon.sources.connecting import anywhere
from rashomon.sources.visiting import Visitor
from rashomon.watching import Watch

# Beside this file, wherever it is run from.
Slow = importlib.import_module("ingesting").Slow


class Press(ThreadingHTTPServer):
    """An outlet: what it publishes by path, with the versions it knows, and what it was asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.published: dict[str, bytes] = {}
        self.asked: list[tuple[str, int]] = []

    def at(self, path: str) -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self.server_port}{path}"

    def feed(self, path: str, *paths: str) -> None:
        """Publish a feed that names some paths."""
        items = "".join(f"<item><link>{self.at(one)}</link></item>" for one in paths)
        self.published[path] = f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        press: Press = self.server  # type: ignore[assignment]
        body = press.published.get(self.path)
        mark = f'"{hash(body)}"'
        code = 404 if body is None else 304 if self.headers["If-None-Match"] == mark else 200
        press.asked.append((self.path, code))
        self.send_response(code)
        self.send_header("ETag", mark)
        self.send_header("Content-Type", "text/plain" if body and not body.startswith(b"<") else "text/html")
        self.send_header("Content-Length", str(len(body or b"") if code == 200 else 0))
        self.end_headers()
        if code == 200:
            self.wfile.write(body or b"")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Keep quiet."""


@contextmanager
def printing() -> Iterator[Press]:
    """An outlet that answers."""
    with Press() as press:
        thread = threading.Thread(target=press.serve_forever, daemon=True)
        thread.start()
        yield press
        press.shutdown()
        thread.join()


def main(place: str, feed: str) -> None:
    """One round, telling when it begins."""
    with ledger.open(place, create=True) as book:
        over = Watch(book, (feed,), Slow(), Visitor(permitted=anywhere, pause=0.0), screened=False)
        print("open", flush=True)
        over.round()


if __name__ == "__main__":
    main(*sys.argv[1:])
