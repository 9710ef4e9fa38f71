"""Pages over the network, or one page without a server."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.types import Message, Scope


@dataclass(frozen=True, slots=True)
class Answered:
    """What an address answers."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """A header by its name in small letters."""
        return dict(self.headers).get(name)


def serve(app: Starlette, *, host: str, port: int, verbose: bool) -> None:
    """Serve pages until Ctrl-C."""
    uvicorn.run(app, host=host, port=port, log_level="info" if verbose else "warning", server_header=False)


def get(app: Starlette, address: str, *, host: str = "localhost") -> Answered:
    """One page, without a server."""
    parts = urlsplit(address)
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": [(b"host", host.encode())],
        "client": None,
        "server": (host, 80),
    }
    return asyncio.run(_got(app, scope))


async def _got(app: Starlette, scope: Scope) -> Answered:
    sent: list[Message] = []
    asked = iter(({"type": "http.request", "body": b"", "more_body": False},))
    forever = asyncio.Event()

    async def receive() -> Message:
        # Whoever listens for more, as what sends a file does, waits; nobody here goes away before it is answered.
        for message in asked:
            return message
        await forever.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start = next(one for one in sent if one["type"] == "http.response.start")
    body = b"".join(one.get("body", b"") for one in sent if one["type"] == "http.response.body")
    headers = tuple((name.decode(), value.decode()) for name, value in start["headers"])
    return Answered(start["status"], headers, body)
