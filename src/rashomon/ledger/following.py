"""What is watched: feeds, the addresses they named, and when each is due. Times are whole seconds since 1970."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, insert, select, update

from rashomon.ledger import intake_tables as i
from rashomon.ledger.intake import Followed, Named
from rashomon.ledger.rows import storable

CHUNK = 500  # values in one question; SQLite takes 32,766


Opened = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class Following:
    """What is watched, in a ledger. Every call is whole or did nothing."""

    asking: Opened
    writing: Opened

    def follow(self, urls: Collection[str], *, now: int, parent: str | None = None) -> None:
        """Watch some feeds, from now; those that are watched already stay as they are."""
        with self.writing() as connection:
            fresh = _missing(connection, urls)
            rows = [{"url": url, "parent": parent, "due": now, "failures": 0} for url in fresh]
            if rows:
                connection.execute(insert(i.feed), rows)

    def feeds_due(self, roots: Collection[str], *, now: int) -> list[Followed]:
        """The feeds that are due, of those given and of those that they led to; the longest due first."""
        c = i.feed.c
        wanted = select(c.url, c.parent, c.etag, c.modified, c.failures).where(c.due <= now).order_by(c.due, c.url)
        with self.asking() as connection:
            due = connection.execute(wanted).all()
        mine = [row for row in due if row.url in roots or row.parent in roots]
        return [Followed(row.url, row.etag, row.modified, 0, row.failures) for row in mine]

    def heard(self, feed: Followed, named: Iterable[Named], *, now: int, due: int) -> int:
        """Note what a feed named, and when it is due again, in one transaction; how many addresses were new or changed.

        ``feed`` has the marks of this version, and no failures.
        """
        with self.writing() as connection:
            found = sum(_named(connection, feed.url, one, now) for one in named)
            values = {"etag": feed.etag, "modified": feed.modified, "due": due, "failures": 0}
            connection.execute(update(i.feed).where(i.feed.c.url == feed.url).values(values))
        return found

    def missed(self, feed: Followed, *, due: int) -> None:
        """Note that a feed could not be had, and when to try again."""
        with self.writing() as connection:
            values = {"due": due, "failures": feed.failures + 1}
            connection.execute(update(i.feed).where(i.feed.c.url == feed.url).values(values))

    def due(self, *, now: int, most: int) -> list[Followed]:
        """Addresses that are due, the latest published first: news before what waited."""
        c = i.address.c
        columns = (c.url, c.etag, c.modified, c.visits, c.failures, c.published)
        wanted = (
            select(*columns).where(c.due <= now).order_by(c.published.desc().nulls_last(), c.due, c.url).limit(most)
        )
        with self.asking() as connection:
            rows = connection.execute(wanted).all()
        return [
            Followed(*row[:5], None if row.published is None else date.fromisoformat(row.published)) for row in rows
        ]

    def visited(self, visits: Sequence[tuple[Followed, int | None]]) -> None:
        """Note visits, each with when the address is due again, None for never; what is noted are its own fields."""
        with self.writing() as connection:
            for one, due in visits:
                values = {"etag": one.etag, "modified": one.modified, "visits": one.visits, "failures": one.failures}
                connection.execute(update(i.address).where(i.address.c.url == one.url).values(due=due, **values))

    def next_due(self, roots: Collection[str]) -> int | None:
        """When anything is due next; None if nothing is watched."""
        with self.asking() as connection:
            address = connection.execute(select(func.min(i.address.c.due))).scalar()
            feeds = connection.execute(select(i.feed.c.url, i.feed.c.parent, i.feed.c.due)).all()
        times = [row.due for row in feeds if row.url in roots or row.parent in roots]
        return min((*times, address) if address is not None else times, default=None)


def _named(connection: Connection, feed: str, one: Named, now: int) -> bool:
    """Note an address; whether it is new, or said to have changed, and therefore due."""
    c = i.address.c
    url, changed = storable(one.url), one.changed and storable(one.changed)
    known = connection.execute(select(c.changed).where(c.url == url)).first()
    if known is None:
        published = None if one.published is None else one.published.isoformat()
        row = {"url": url, "feed": feed, "published": published, "changed": changed, "due": now}
        connection.execute(insert(i.address).values(visits=0, failures=0, **row))
        return True
    if changed is None or known.changed == changed:
        return False
    connection.execute(update(i.address).where(c.url == url).values(changed=changed, due=now))
    return True


def _missing(connection: Connection, urls: Collection[str]) -> list[str]:
    c = i.feed.c.url
    wanted = list(dict.fromkeys(urls))
    there: set[str] = set()
    for at in range(0, len(wanted), CHUNK):
        there.update(connection.execute(select(c).where(c.in_(wanted[at : at + CHUNK]))).scalars())
    return [url for url in wanted if url not in there]
