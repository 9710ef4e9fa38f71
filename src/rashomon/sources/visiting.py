"""Visits as a guest makes them: after a look at robots.txt, with pauses, and not where it was told to go."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import urlsplit

from rashomon.errors import Unfetchable
from rashomon.sources.connecting import Permitted, Resolver, public, resolved
from rashomon.sources.fetch import AGENT, UNKNOWN, Marks, Visit, visit
from rashomon.sources.limits import BYTES
from rashomon.sources.robots import BYTES as ROBOTS_BYTES
from rashomon.sources.robots import NOTHING, Robots, robots

PAUSE = 1.0  # seconds between two visits to a host, unless it asks for more
ROBOTS_KEPT = 24 * 3600.0  # seconds for which a robots.txt is believed, as the RFC has it at most
ROBOTS_AGAIN = 600.0  # seconds after which one that could not be had is asked for again
# Failures in a row after which a host is left alone, for a minute and twice as long each time, an hour at most.
PATIENCE, LEFT_ALONE, LONGEST = 3, 60.0, 3600.0
_BUSY = frozenset((429, 503))
WORKERS = 8  # hosts that are waited for at a time


@dataclass(slots=True)
class _Host:
    """What is remembered of a host. Times are of ``clock``."""

    lock: Lock = field(default_factory=Lock)
    free: float = 0.0
    barred: float = 0.0
    failures: int = 0
    rules: Robots | None = None
    stale: float = 0.0


class Visitor:
    """Visits addresses, one at a time a host, from any number of threads; what it remembers ends with the program."""

    def __init__(
        self,
        *,
        permitted: Permitted = public,
        resolve: Resolver = resolved,
        pause: float = PAUSE,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._permitted, self._resolve, self._pause, self._clock, self._sleep = permitted, resolve, pause, clock, sleep
        self._hosts: dict[str, _Host] = {}
        self._lock = Lock()

    def visit(self, url: str, *, known: Marks = UNKNOWN, limit: int = BYTES) -> Visit:
        """What is at an address unless it is the version ``known``, after the pause its host is due.

        Raises Unfetchable, also when the host asks programs not to read the address, or to leave it alone: then with
        the seconds to ``wait``.
        """
        host = self._host(url)
        with host.lock:
            wait = host.barred - self._clock()
            if wait > 0:
                raise Unfetchable(url, f"its host is left alone for {wait:.0f} seconds more", wait=wait)
            if not self._rules(host, url).permit(url):
                raise Unfetchable(url, "its host asks programs not to read it (robots.txt)")
            self._paused(host)
            try:
                found = visit(url, known=known, permitted=self._permitted, resolve=self._resolve, limit=limit)
            except Unfetchable as error:
                self._failed(host, error)
                raise
            finally:
                host.free = self._clock() + max(self._pause, host.rules.pause or 0.0 if host.rules else 0.0)
            host.failures = 0
            return found

    def _host(self, url: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(urlsplit(url).netloc.lower(), _Host())

    def _paused(self, host: _Host) -> None:
        if (wait := host.free - self._clock()) > 0:
            self._sleep(wait)

    def _rules(self, host: _Host, url: str) -> Robots:
        """What a host asks of programs, asked for once a day."""
        if host.rules is None or self._clock() >= host.stale:
            parts = urlsplit(url)
            host.stale = self._clock() + ROBOTS_KEPT
            try:
                place = f"{parts.scheme}://{parts.netloc}/robots.txt"
                page = visit(place, permitted=self._permitted, resolve=self._resolve, limit=ROBOTS_BYTES).page
                host.rules = robots(page.body.decode("utf-8", "replace") if page else "", AGENT)
            except Unfetchable as error:
                # A host without the file asks for nothing; of one that cannot say now, nothing may be read yet.
                host.rules = Robots() if error.status is not None and error.status < 500 else NOTHING
                if host.rules is NOTHING:
                    host.stale = self._clock() + ROBOTS_AGAIN
                    raise Unfetchable(
                        url, f"its host's robots.txt could not be had: {error.reason}", wait=ROBOTS_AGAIN
                    ) from None
        return host.rules

    def _failed(self, host: _Host, error: Unfetchable) -> None:
        """Remember a failure that is the host's and not the page's; a host that asks to be left alone is."""
        if error.status in _BUSY:
            host.barred = self._clock() + min(max(error.wait or 0.0, LEFT_ALONE), LONGEST * 24)
        if error.status is None or error.status >= 500:
            host.failures += 1
            if host.failures >= PATIENCE:
                alone = min(LEFT_ALONE * 2 ** min(host.failures - PATIENCE, 10), LONGEST)
                host.barred = max(host.barred, self._clock() + alone)
        else:
            host.failures = 0


def visits(
    visitor: Visitor, wanted: Iterable[tuple[str, Marks]], *, workers: int = WORKERS
) -> Generator[tuple[str, Visit | Unfetchable], None, None]:
    """What is at some addresses, or why not, in their order; several hosts are waited for at a time."""
    waiting: deque[tuple[str, Future[Visit | Unfetchable]]] = deque()
    pool = ThreadPoolExecutor(workers)
    try:
        for url, known in wanted:
            waiting.append((url, pool.submit(_tried, visitor, url, known)))
            if len(waiting) >= 2 * workers:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _tried(visitor: Visitor, url: str, known: Marks) -> Visit | Unfetchable:
    try:
        return visitor.visit(url, known=known)
    except Unfetchable as error:
        return error
