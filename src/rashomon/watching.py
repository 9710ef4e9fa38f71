"""Watching feeds: what they name is fetched, read and visited again while its outlet may still change it.

All that is known of feeds and addresses is in the ledger, noted after what was fetched has been read. So a watch may be
killed at any moment: the next one fetches again what was not noted, and reads nothing twice that says the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from rashomon import pipeline
from rashomon.errors import Unfetchable, Unreadable
from rashomon.ledger import Failure, Ledger
from rashomon.ledger.intake import Followed, Named
from rashomon.model.document import Page
from rashomon.sources.feeds import Listing, listing
from rashomon.sources.fetch import Marks, Visit
from rashomon.sources.visiting import Visitor, visits

EVERY = 15 * 60  # seconds between two looks at a feed
BATCH = 64  # addresses visited before what they gave is read and noted
# An article is visited again so long after it was read: outlets correct and extend most within the first day.
AGAIN = (3600, 6 * 3600, 24 * 3600, 72 * 3600)
# After a failure, so long and four times as long each time, this many times.
RETRY, TRIES = 300, 5
LONGEST = 24 * 3600
# Further lists that one may lead to: the newest of an index of sitemaps stand first or last.
FURTHER = 50

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one round: feeds looked at, addresses they named anew, addresses visited, what became of those."""

    feeds: int = 0
    named: int = 0
    visited: int = 0
    tally: pipeline.Tally = pipeline.Tally()  # noqa: RUF009 - frozen


@dataclass(frozen=True, slots=True)
class Watch:
    """A watch over feeds: ``roots`` are their addresses, ``reader`` is open, ``clock`` tells seconds since 1970."""

    ledger: Ledger
    roots: tuple[str, ...]
    reader: pipeline.Reads
    visitor: Visitor
    every: int = EVERY
    screened: bool = True
    clock: Callable[[], float] = time.time

    def round(self) -> Round:
        """Look at every feed that is due, then visit and read every address that is."""
        now = int(self.clock())
        self.ledger.following.follow(self.roots, now=now)
        feeds = self.ledger.following.feeds_due(self.roots, now=now)
        named = sum(self._heard(feeds))
        now = int(self.clock())  # hearing the feeds took its time, and what they named is due since then
        visited, tally = 0, pipeline.Tally()
        while due := self.ledger.following.due(now=now, most=BATCH):
            tally = added(tally, self._read(due))
            visited += len(due)
        return Round(len(feeds), named, visited, tally)

    def wait(self) -> float:
        """The seconds until something is due, a look at the feeds at the latest."""
        due = self.ledger.following.next_due(self.roots)
        return float(self.every) if due is None else min(max(due - self.clock(), 1.0), float(self.every))

    def _heard(self, feeds: Sequence[Followed]) -> Iterator[int]:
        """Look at some feeds; how many addresses each named anew."""
        following = self.ledger.following
        wanted = [(feed.url, Marks(feed.etag, feed.modified)) for feed in feeds]
        with closing(visits(self.visitor, wanted)) as found:
            for feed, (_, visit) in zip(feeds, found, strict=True):
                now = int(self.clock())
                try:
                    heard = _listed(visit)
                except Unreadable as error:
                    self.ledger.fail([Failure(feed.url, "feeds", error.reason)])
                    wait = error.wait if isinstance(error, Unfetchable) and error.wait else 0.0
                    following.missed(feed, due=now + int(max(min(self.every * 2**feed.failures, LONGEST), wait)))
                    continue
                if heard is None:
                    yield following.heard(replace(feed, failures=0), (), now=now, due=now + self.every)
                    continue
                following.follow(heard.further[:FURTHER], now=now, parent=feed.url)
                if isinstance(visit, Visit):
                    feed = replace(feed, etag=visit.marks.etag, modified=visit.marks.modified)  # noqa: PLW2901
                entries = (Named(entry.url, entry.published, entry.changed) for entry in heard.entries)
                yield following.heard(feed, entries, now=now, due=now + self.every)
                self.ledger.mend([feed.url])

    def _read(self, due: Sequence[Followed]) -> pipeline.Tally:
        """Visit some addresses, read what they gave, then note the visits."""
        noted: list[tuple[Followed, int | None]] = []
        tally = pipeline.ingest(
            self._fetched(due, noted), self.ledger, lambda: self.reader, jobs=1, screened=self.screened
        )
        self.ledger.following.visited(noted)
        return tally

    def _fetched(
        self, due: Sequence[Followed], noted: list[tuple[Followed, int | None]]
    ) -> Iterator[Page | Unreadable]:
        """What some addresses gave, if it is new; every visit is added to ``noted``."""
        wanted = [(one.url, Marks(one.etag, one.modified)) for one in due]
        with closing(visits(self.visitor, wanted)) as found:
            for one, (_, visit) in zip(due, found, strict=True):
                now = int(self.clock())
                if isinstance(visit, Unfetchable):
                    noted.append((replace(one, failures=one.failures + 1), retried(one, visit, now)))
                    yield visit
                    continue
                seen = replace(
                    one, etag=visit.marks.etag, modified=visit.marks.modified, visits=one.visits + 1, failures=0
                )
                noted.append((seen, now + AGAIN[one.visits] if one.visits < len(AGAIN) else None))
                if visit.page is not None:
                    yield replace(visit.page, published=one.published)


def watch(over: Watch, *, tell: Callable[[Round], None], sleep: Callable[[float], None] = time.sleep) -> None:
    """Watch until stopped, telling of each round."""
    while True:
        tell(over.round())
        sleep(over.wait())


def added(one: pipeline.Tally, other: pipeline.Tally) -> pipeline.Tally:
    """Two tallies as one."""
    return pipeline.Tally(
        one.read + other.read,
        one.new + other.new,
        one.known + other.known,
        one.failed + other.failed,
        one.unread + other.unread,
        one.screened + other.screened,
    )


def _listed(visit: Visit | Unfetchable) -> Listing | None:
    """What a feed lists; None if it says what it said. Raises Unreadable."""
    if isinstance(visit, Unfetchable):
        raise visit
    return None if visit.page is None else listing(visit.page)


def retried(one: Followed, error: Unfetchable, now: int) -> int | None:
    """When an address that failed is tried again; None for one that is gone, or failed too often."""
    gone = error.status is not None and error.status < 500 and not error.wait
    if gone or one.failures + 1 >= TRIES:
        return None
    return now + max(RETRY * (1 << 2 * one.failures), int(error.wait or 0))
