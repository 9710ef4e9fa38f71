"""An address to bytes, within limits: no private host, no endless redirect, no endless answer."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx

from rashomon import __version__
from rashomon.errors import Unfetchable
from rashomon.model.document import Page
from rashomon.sources.limits import BYTES, REDIRECTS, RESPONSE, SILENCE, mb

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], tuple[str, ...]]

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_HEADERS = {
    "User-Agent": f"rashomon/{__version__}",
    "Accept": "text/html, application/xhtml+xml, text/plain, application/x-ndjson, */*;q=0.1",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What one address answered: a place to go on to, or a body."""

    location: str | None
    media_type: str | None
    body: bytes


def public(address: Address) -> bool:
    """Whether an address is of the open internet: not private, loopback, link-local, reserved or multicast."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def anywhere(_: Address) -> bool:
    """Any address at all: for ``allow_private``."""
    return True


def resolved(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a host. Raises OSError when it has none."""
    return tuple(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))


def fetch(
    url: str, *, permitted: Callable[[Address], bool] = public, resolve: Resolver = resolved, limit: int = BYTES
) -> Page:
    """The page at an http(s) address, its ``url`` the one it was found at in the end.

    Every hop's host is resolved once, all its addresses are judged, and the connection goes to the very address that
    was judged, so a name that changes its mind gains nothing. Proxies of the environment are not used, since they
    would resolve the name again. Raises Unfetchable.
    """
    seen: set[str] = set()
    at = url
    with httpx.Client(
        headers=_HEADERS, timeout=SILENCE, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0)
    ) as client:
        for _ in range(REDIRECTS + 1):
            if at in seen:
                raise Unfetchable(url, "redirect loop")
            seen.add(at)
            answer = _asked(client, _request(client, at, url, permitted, resolve), url, limit)
            if answer.location is None:
                return Page(url, answer.body, answer.media_type, at, datetime.now(UTC))
            at = urljoin(at, answer.location)
    raise Unfetchable(url, f"more than {REDIRECTS} redirects")


def _request(
    client: httpx.Client, at: str, url: str, permitted: Callable[[Address], bool], resolve: Resolver
) -> httpx.Request:
    """The request for one hop, made out to an address that was judged."""
    try:
        parts = urlsplit(at)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Unfetchable(url, f"no address: {at}") from None
    if parts.scheme not in ("http", "https"):
        raise Unfetchable(url, f"only http and https are fetched, not {parts.scheme}:")
    if not host:
        raise Unfetchable(url, "no host in the address")
    try:
        host = host if ":" in host else host.encode("idna").decode("ascii")
        found = resolve(host, port or (443 if parts.scheme == "https" else 80))
    except (OSError, UnicodeError):
        raise Unfetchable(url, f"no such host: {host}") from None
    addresses = [ipaddress.ip_address(address.split("%")[0]) for address in found]
    for address in addresses:
        if not permitted(address):
            said = host if host == str(address) else f"{host} ({address})"
            raise Unfetchable(url, f"{said} is a private address; refused unless allowed")
    target = f"[{addresses[0]}]" if addresses[0].version == 6 else str(addresses[0])
    named = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    return client.build_request(
        "GET",
        urlunsplit((parts.scheme, target + (f":{port}" if port else ""), parts.path or "/", parts.query, "")),
        headers={"Host": named},
        extensions={"sni_hostname": host},
    )


def _asked(client: httpx.Client, request: httpx.Request, url: str, limit: int) -> Answer:
    """What the address answers."""
    try:
        response = client.send(request, stream=True)
        try:
            if response.has_redirect_location:
                return Answer(response.headers["Location"], None, b"")
            if response.status_code != httpx.codes.OK:
                raise Unfetchable(url, f"{response.status_code} {response.reason_phrase}".strip())
            return Answer(None, response.headers.get("Content-Type"), b"".join(_limited(response, url, limit)))
        finally:
            response.close()
    except httpx.TimeoutException:
        raise Unfetchable(url, f"no answer within {SILENCE:.0f} seconds") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unfetchable(url, f"could not be fetched: {error}") from None


def _limited(response: httpx.Response, url: str, limit: int) -> Iterator[bytes]:
    """The body piece by piece, as long as it keeps within bounds of size and time."""
    announced = response.headers.get("Content-Length", "")
    if announced.isdigit() and int(announced) > limit:
        raise Unfetchable(url, f"a response of {mb(int(announced))}; at most {mb(limit)} are read")
    size, begun = 0, time.monotonic()
    for piece in response.iter_bytes():
        size += len(piece)
        if size > limit:
            raise Unfetchable(url, f"a response larger than {mb(limit)}")
        if time.monotonic() - begun > RESPONSE:
            raise Unfetchable(url, f"not finished after {RESPONSE:.0f} seconds")
        yield piece
