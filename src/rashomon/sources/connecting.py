"""Connections that are safe to make for an address somebody wrote: to hosts that were judged, and not for ever."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

import httpcore
from httpcore import SOCKET_OPTION, NetworkStream

from rashomon.errors import Unfetchable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], tuple[str, ...]]
Permitted = Callable[[Address], bool]

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


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


@cache
def certificates() -> ssl.SSLContext:
    """Whom we trust; reading the list takes 20 ms, so once a process."""
    return httpcore.default_ssl_context()


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment (of ``time.monotonic``) after which nothing more is waited for, ``seconds`` after the beginning."""

    at: float
    seconds: float

    @property
    def past(self) -> bool:
        """Whether it is over."""
        return time.monotonic() >= self.at

    def within(self, timeout: float | None) -> float:
        """The seconds one step may take. Raises httpcore.ReadTimeout when there are none left."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if timeout is None else min(timeout, left)


class Timed(httpcore.NetworkStream):
    """A connection that ends at its deadline, however steadily the other side drips."""

    def __init__(self, inner: NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read, no longer than is left."""
        return self._inner.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write, no longer than is left."""
        self._inner.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        """Hang up."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        """The same, encrypted."""
        return Timed(
            self._inner.start_tls(ssl_context, server_hostname, self._deadline.within(timeout)), self._deadline
        )

    def get_extra_info(self, what: str) -> object:
        """What the connection below says of itself."""
        return self._inner.get_extra_info(what)


class Judged(httpcore.NetworkBackend):
    """Connects to hosts all of whose addresses are permitted, and to the very address that was judged.

    ``url`` names the input in errors.
    """

    def __init__(self, url: str, permitted: Permitted, resolve: Resolver, deadline: Deadline) -> None:
        self._url, self._permitted, self._resolve, self._deadline = url, permitted, resolve, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> NetworkStream:
        """Connect to the first address that answers. Raises Unfetchable, or httpcore's errors of connecting."""
        *others, last = self._addresses(host, port)
        for address in others:
            try:
                return self._connected(address, port, timeout)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connected(last, port, timeout)

    def _connected(self, address: Address, port: int, timeout: float | None) -> NetworkStream:
        stream = httpcore.SyncBackend().connect_tcp(str(address), port, self._deadline.within(timeout))
        return Timed(stream, self._deadline)

    def _addresses(self, host: str, port: int) -> tuple[Address, ...]:
        """The addresses of a host. Raises Unfetchable if it has none, or one that is not permitted."""
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError):
            found = ()
        if not found:
            raise Unfetchable(self._url, f"no such host: {host}")
        addresses = tuple(ipaddress.ip_address(address.split("%")[0]) for address in found)
        for address in addresses:
            if not self._permitted(address):
                said = host if host == str(address) else f"{host} ({address})"
                raise Unfetchable(self._url, f"{said} is a private address; refused unless allowed")
        return addresses
