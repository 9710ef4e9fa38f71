"""Which documents print nearly the same text, and which of them printed it first."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, Select, delete, select, text, update

from rashomon.ledger import tables as t
from rashomon.ledger.columns import numbers
from rashomon.ledger.rows import day
from rashomon.model.document import DocumentId

# Written out once: making a statement takes longer than running it.
CURRENT = text("SELECT key FROM document WHERE id = :id AND current = 1")
PRINT = text("INSERT INTO printing (document, signature, origin) VALUES (:key, :signature, :key)")
BAND = text("INSERT INTO band (name, document) VALUES (:name, :document)")
PRINTINGS = (
    "SELECT d.id, d.published, d.current, length(d.text) AS size, p.signature, e.id AS earlier FROM printing p "
    "JOIN document d ON d.key = p.document LEFT JOIN document e ON e.key = p.earlier WHERE "
)
SHARING = text(f"{PRINTINGS}p.document IN (SELECT document FROM band WHERE name IN :bands) ORDER BY d.key").bindparams(
    numbers("bands")
)
OF = text(f"{PRINTINGS}d.id = :id")
COPIES = text(f"{PRINTINGS}p.earlier IN (SELECT key FROM document WHERE id = :id) ORDER BY d.key")

Signature = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Printing:
    """A document's text by its signature; ``earlier`` is the document it is a copy of.

    ``size`` is the text's length in code points, ``current`` whether the document still has this text.
    """

    document: DocumentId
    published: date | None
    size: int
    signature: Signature
    earlier: DocumentId | None = None
    current: bool = True


@dataclass(frozen=True, slots=True)
class Printings:
    """The printings of a ledger, on a connection whose transaction somebody else began and will end."""

    connection: Connection

    def printing(self, document: DocumentId) -> Printing | None:
        """The printing of a document, if it was looked at."""
        row = self.connection.execute(OF, {"id": document}).first()
        return None if row is None else _printing(row)

    def sharing(self, bands: Sequence[int]) -> tuple[Printing, ...]:
        """The printings that share a band."""
        return tuple(map(_printing, self.connection.execute(SHARING, {"bands": bands})))

    def copies(self, document: DocumentId) -> tuple[Printing, ...]:
        """The printings whose ``earlier`` is this document."""
        return tuple(map(_printing, self.connection.execute(COPIES, {"id": document})))

    def print(self, printing: Printing, bands: Sequence[int]) -> None:
        """Keep a printing, a copy of nothing so far, under its bands."""
        key = self.connection.execute(CURRENT, {"id": printing.document}).scalar_one()
        signature = struct.pack(f"<{len(printing.signature)}I", *printing.signature)
        self.connection.execute(PRINT, {"key": key, "signature": signature})
        self.connection.execute(BAND, [{"name": band, "document": key} for band in dict.fromkeys(bands)])

    def unprint(self, document: DocumentId, bands: Sequence[int]) -> None:
        """Forget a printing; nobody's ``earlier`` may be it any more."""
        keys = self.connection.execute(_keys(document)).scalars().all()
        b = t.band.c
        self.connection.execute(delete(t.band).where(b.name.in_(bands), b.document.in_(keys)))
        self.connection.execute(delete(t.printing).where(t.printing.c.document.in_(keys)))

    def copy(self, document: DocumentId, earlier: DocumentId | None) -> None:
        """Say what a document is a copy of; who printed its text first follows, for it and for its own copies."""
        key = self._key(document)
        other = None if earlier is None else self._key(earlier)
        origin = key
        if other is not None:
            origin = self.connection.execute(
                select(t.printing.c.origin).where(t.printing.c.document == other)
            ).scalar_one()
        p = t.printing.c
        self.connection.execute(update(t.printing).where(p.document == key).values(earlier=other))
        for copy in (key, *self._below(key)):
            self.connection.execute(update(t.printing).where(p.document == copy).values(origin=origin))

    def below(self, document: DocumentId) -> tuple[DocumentId, ...]:
        """The copies of a document, their copies, and so on."""
        keys = list(self._below(self._key(document)))
        names = self.connection.execute(select(t.document.c.id).where(t.document.c.key.in_(keys))).scalars()
        return tuple(map(DocumentId, names))

    def _below(self, key: int) -> Iterator[int]:
        p = t.printing.c
        for copy in self.connection.execute(select(p.document).where(p.earlier == key)).scalars().all():
            yield copy
            yield from self._below(copy)

    def _key(self, document: DocumentId) -> int:
        row = self.connection.execute(
            select(t.printing.c.document).where(t.printing.c.document.in_(_keys(document)))
        ).scalar()
        if row is not None:
            return int(row)
        c = t.document.c
        return int(self.connection.execute(select(c.key).where(c.id == document, c.current == 1)).scalar_one())


def _printing(row: Row[tuple[object, ...]]) -> Printing:
    columns = row._mapping
    return Printing(
        DocumentId(columns["id"]),
        day(columns["published"]),
        columns["size"],
        struct.unpack(f"<{len(columns['signature']) // 4}I", columns["signature"]),
        columns["earlier"],
        bool(columns["current"]),
    )


def _keys(document: DocumentId) -> Select[tuple[int]]:
    return select(t.document.c.key).where(t.document.c.id == document)
