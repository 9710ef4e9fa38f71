"""Inputs that were not read: in another language, or with nothing to tell of. Kept by address, counted, read later."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, exists, func, insert, select

from rashomon.ledger import intake_tables as i
from rashomon.ledger import tables as t
from rashomon.ledger.following import Opened
from rashomon.ledger.intake import Aside, Why
from rashomon.ledger.rows import storable
from rashomon.ledger.streaming import streamed
from rashomon.model import codec
from rashomon.model.document import Document


@dataclass(frozen=True, slots=True)
class Asides:
    """What was set aside, in a ledger. Every call is whole or did nothing; what was read since is not among it."""

    asking: Opened
    writing: Opened

    def keep(self, asides: Sequence[Aside]) -> None:
        """Keep what was set aside; what is kept already stays as it is."""
        with self.writing() as connection:
            latest = {aside.digest: aside for aside in asides}
            for digest in _known(connection, latest):
                del latest[digest]
            if latest:
                connection.execute(insert(i.aside), [_row(aside) for aside in latest.values()])

    def known(self, digests: Collection[str]) -> frozenset[str]:
        """Those inputs that were set aside."""
        with self.asking() as connection:
            return _known(connection, digests)

    def list(self, why: Why | None = None) -> Iterator[Aside]:
        """What was set aside, by name; without the documents."""
        c = i.aside.c
        wanted = select(c.digest, c.why, c.name, c.url, c.title, c.language).where(_unread())
        wanted = (wanted if why is None else wanted.where(c.why == why)).order_by(c.name, c.digest)
        with self.asking() as connection:
            for row in streamed(connection, wanted):
                yield Aside(row.digest, Why(row.why), row.name, row.url, row.title, row.language)

    def documents(self) -> Iterator[Document]:
        """The documents in other languages, by name, as a reader of those will want them."""
        c = i.aside.c
        wanted = select(c.body).where(_unread(), c.body.is_not(None)).order_by(c.name, c.digest)
        with self.asking() as connection:
            for row in streamed(connection, wanted):
                yield codec.document(zlib.decompress(row.body))

    def census(self) -> Mapping[Why, int]:
        """How many there are, by reason."""
        c = i.aside.c
        counted = select(c.why, func.count().label("number")).where(_unread()).group_by(c.why)
        with self.asking() as connection:
            return {Why(row.why): row.number for row in connection.execute(counted)}


def _known(connection: Connection, digests: Collection[str]) -> frozenset[str]:
    c = i.aside.c
    return frozenset(connection.execute(select(c.digest).where(c.digest.in_(digests))).scalars())


def _unread() -> ColumnElement[bool]:
    """What was not read since, by another reader or because everything was to be read."""
    return ~exists().where(t.capture.c.digest == i.aside.c.digest)


def _row(aside: Aside) -> dict[str, str | bytes | None]:
    return {
        "digest": aside.digest,
        "why": aside.why,
        "name": storable(aside.name),
        "url": aside.url and storable(aside.url),
        "title": aside.title and storable(aside.title),
        "language": aside.language,
        "body": None if aside.document is None else zlib.compress(codec.to_json(aside.document), 6),
    }
