"""An address to bytes, within limits: no private host, no endless redirect, no endless answer."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urljoin, urlsplit

import httpcore

from rashomon import __version__
from rashomon.errors import Unfetchable
from rashomon.model.document import Page
from rashomon.sources.connecting import Deadline, Judged, Permitted, Resolver, certificates, public, resolved
from rashomon.sources.limits import BYTES, REDIRECTS, RESPONSE, SILENCE, mb

AGENT = "rashomon"
_ACCEPT = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, text/xml, "
    "text/plain, application/x-ndjson, */*;q=0.1"
)
_MOVED = frozenset((301, 302, 303, 307, 308))
_PATH = "/%:@!$&'()*+,;=~-._"
_WORDS = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 410: "Gone",
          429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable",
          504: "Gateway Timeout"}  # fmt: skip
_PIECE = 1 << 18
_TIMEOUTS = {"connect": SILENCE, "read": SILENCE, "write": SILENCE, "pool": SILENCE}


@dataclass(frozen=True, slots=True)
class Marks:
    """What a server knows a version of a page by: its entity tag, its date of change, as the server wrote them."""

    etag: str | None = None
    modified: str | None = None


UNKNOWN = Marks()


@dataclass(frozen=True, slots=True)
class Visit:
    """What was found at an address: the page, or None if it is still the version that was asked against."""

    page: Page | None
    marks: Marks


def fetch(url: str, *, permitted: Permitted = public, resolve: Resolver = resolved, limit: int = BYTES) -> Page:
    """The page at an http(s) address, its ``url`` the one it was found at in the end. Raises Unfetchable."""
    found = visit(url, permitted=permitted, resolve=resolve, limit=limit).page
    if found is None:
        raise Unfetchable(url, "304 Not Modified, though no version was named")
    return found


def visit(
    url: str,
    *,
    known: Marks = UNKNOWN,
    permitted: Permitted = public,
    resolve: Resolver = resolved,
    limit: int = BYTES,
    seconds: float = RESPONSE,
) -> Visit:
    """What is at an http(s) address, unless it is the version ``known``.

    Every hop's host is resolved once, all its addresses are judged, and the connection goes to the very address that
    was judged, so a name that changes its mind gains nothing. Proxies of the environment are not used, since they
    would resolve the name again. All of it, redirects too, ends after ``seconds``. Raises Unfetchable.
    """
    seen: set[str] = set()
    at = url
    deadline = Deadline(time.monotonic() + seconds, seconds)
    for _ in range(REDIRECTS + 1):
        if at in seen:
            raise Unfetchable(url, "redirect loop")
        seen.add(at)
        hop = _Hop(url, at, known, deadline, limit)
        found = hop.asked(Judged(url, permitted, resolve, deadline))
        if isinstance(found, Visit):
            return found
        try:
            at = urljoin(at, found)
        except ValueError:
            raise Unfetchable(url, f"redirected to no address: {found[:200]}") from None
    raise Unfetchable(url, f"more than {REDIRECTS} redirects")


@dataclass(frozen=True, slots=True)
class _Hop:
    """One request on the way from ``url``, to ``at``."""

    url: str
    at: str
    known: Marks
    deadline: Deadline
    limit: int

    def asked(self, network: Judged) -> Visit | str:
        """What is there, or the address to go on to."""
        target = _target(self.url, self.at)
        pool = httpcore.ConnectionPool(ssl_context=certificates(), network_backend=network, max_keepalive_connections=0)
        try:
            with (
                pool,
                pool.stream("GET", target, headers=self._headers(target), extensions={"timeout": _TIMEOUTS}) as r,
            ):
                return self._answered(r)
        except httpcore.TimeoutException:
            late = f"not finished after {self.deadline.seconds:g} seconds"
            raise Unfetchable(
                self.url, late if self.deadline.past else f"no answer within {SILENCE:.0f} seconds"
            ) from None
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise Unfetchable(self.url, f"could not be fetched: {error}") from None

    def _headers(self, target: httpcore.URL) -> list[tuple[str, str]]:
        headers = [("User-Agent", f"{AGENT}/{__version__}"), ("Accept", _ACCEPT), ("Accept-Encoding", "gzip")]
        if self.known.etag:
            headers.append(("If-None-Match", self.known.etag))
        if self.known.modified:
            headers.append(("If-Modified-Since", self.known.modified))
        return headers

    def _answered(self, response: httpcore.Response) -> Visit | str:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
        marks = Marks(_short(headers.get("etag")), _short(headers.get("last-modified")))
        if response.status in _MOVED and "location" in headers:
            return headers["location"]
        if response.status == 304 and self.known != UNKNOWN:
            return Visit(None, Marks(marks.etag or self.known.etag, marks.modified or self.known.modified))
        if response.status != 200:
            reason = f"{response.status} {_WORDS.get(response.status, '')}".strip()
            raise Unfetchable(self.url, reason, status=response.status, wait=_wait(headers.get("retry-after")))
        body = b"".join(self._limited(_unpacked(self.url, response.iter_stream(), headers), headers))
        return Visit(Page(self.url, body, headers.get("content-type"), self.at, datetime.now(UTC)), marks)

    def _limited(self, pieces: Iterable[bytes], headers: dict[str, str]) -> Iterator[bytes]:
        """The body piece by piece, as long as it keeps within bounds."""
        announced = headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > self.limit:
            raise Unfetchable(self.url, f"a response of {mb(int(announced))}; at most {mb(self.limit)} are read")
        size = 0
        for piece in pieces:
            size += len(piece)
            if size > self.limit:
                raise Unfetchable(self.url, f"a response larger than {mb(self.limit)}")
            yield piece


def _target(url: str, at: str) -> httpcore.URL:
    """An address as a request is made out to it. Raises Unfetchable for what is no http(s) address."""
    try:
        parts = urlsplit(at)
        host, port = parts.hostname or "", parts.port
        if host and ":" not in host:
            host = host.encode("idna").decode("ascii")
    except UnicodeError:
        raise Unfetchable(url, f"no such host: {urlsplit(at).hostname}") from None
    except ValueError:
        raise Unfetchable(url, f"no address: {at}") from None
    if parts.scheme not in ("http", "https"):
        raise Unfetchable(url, f"only http and https are fetched, not {parts.scheme}:")
    if not host:
        raise Unfetchable(url, "no host in the address")
    path = quote(parts.path or "/", safe=_PATH) + (f"?{quote(parts.query, safe=_PATH + '?')}" if parts.query else "")
    return httpcore.URL(scheme=parts.scheme, host=host, port=port, target=path)


def _unpacked(url: str, pieces: Iterable[bytes], headers: dict[str, str]) -> Iterator[bytes]:
    """A body without its compression, in pieces of bounded size: what is small on the wire may be huge unpacked."""
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding in ("", "identity"):
        yield from pieces
        return
    if encoding not in ("gzip", "x-gzip"):
        raise Unfetchable(url, f"a response packed as {encoding}, which was not asked for")
    inflater = zlib.decompressobj(wbits=31)
    try:
        for packed in pieces:
            yield inflater.decompress(packed, _PIECE)
            while inflater.unconsumed_tail:
                yield inflater.decompress(inflater.unconsumed_tail, _PIECE)
        yield inflater.flush()
    except zlib.error:
        raise Unfetchable(url, "a response that cannot be unpacked: its gzip is damaged") from None
    if not inflater.eof:
        raise Unfetchable(url, "a response that breaks off")


def _short(value: str | None) -> str | None:
    """A header worth keeping and sending back."""
    return value if value and len(value) <= 500 and value.isascii() and value.isprintable() else None


def _wait(value: str | None) -> float | None:
    """The seconds that a Retry-After header asks for, given as such or as a date."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        return max((parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return None
