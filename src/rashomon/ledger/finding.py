"""What is asked, apart from full text: one function a verb, on an open connection."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import Connection, Select, func, select

from rashomon.errors import Unknown
from rashomon.ledger import tables as t
from rashomon.ledger.book import Change, Counts, Failure, Paper, What
from rashomon.ledger.entries import Entry
from rashomon.ledger.rows import day, entry, storable, unpacked
from rashomon.ledger.streaming import streamed
from rashomon.model.document import DocumentId
from rashomon.model.reading import Maker, Reading

SHORTEST = 6  # characters of an id's beginning; as in git, fewer would soon name several
MOST = 10_000  # names in one question
LAST = chr(0x10FFFF)


def known(connection: Connection, digests: Collection[str], maker: Maker) -> frozenset[str]:
    """Those captures whose document this maker has read."""
    c, r = t.capture.c, t.reading.c
    read = select(c.digest).join(t.reading, r.document == c.document)
    mine = read.where(c.digest.in_(digests), r.version == maker.version, r.weights == maker.weights)
    return frozenset(connection.execute(mine).scalars())


def key(connection: Connection, name: str) -> int:
    """The key of the current version of a document. Raises Unknown if no id or several begin so."""
    c = t.document.c
    name = storable(name)
    current = select(c.key, c.id).where(c.current == 1)
    if (exact := connection.execute(current.where(c.id == name)).first()) is not None:
        return int(exact.key)
    if len(name) < SHORTEST:
        raise Unknown(f"{name}: no such document (an id may be cut to {SHORTEST} characters, no shorter)")
    begins = current.where(c.id >= name, c.id < name + LAST).order_by(c.id).limit(3)
    match connection.execute(begins).all():
        case [only]:
            return int(only.key)
        case []:
            raise Unknown(f"{name}: no such document")
        case several:
            raise Unknown(f"{name}: several documents begin so: {', '.join(row.id for row in several)}")


def _current() -> Select[tuple[bytes, str]]:
    d, r = t.document.c, t.reading.c
    of = t.reading.join(t.document, r.document == d.key)
    return select(r.body, d.text).select_from(of).where(d.current == 1, r.current == 1)


def reading(connection: Connection, name: str) -> Reading:
    """The current reading of the current version of a document."""
    found = connection.execute(_current().where(t.document.c.key == key(connection, name))).one()
    return unpacked(found.body, found.text)


def readings(connection: Connection) -> Iterator[Reading]:
    """All current readings, in the ledger's order."""
    d = t.document.c
    ordered = _current().order_by(d.published.nulls_first(), d.id)
    for row in streamed(connection, ordered):
        yield unpacked(row.body, row.text)


def entries(connection: Connection) -> Iterator[Entry]:
    """All claims of current readings, in the ledger's order."""
    d, c = t.document.c, t.claim.c
    words = [column for column in c if column.name not in ("document", "number", "id", "score")]
    columns = (d.id.label("document"), d.outlet, d.published, c.id.label("claim"), *words)
    ordered = select(*columns).join(t.claim, c.document == d.key).where(d.current == 1)
    ordered = ordered.order_by(d.published.nulls_first(), d.id, c.number)
    for row in streamed(connection, ordered):
        yield entry(row)


def failures(connection: Connection) -> Iterator[Failure]:
    """Inputs that could not be read, by name."""
    c = t.failure.c
    ordered = select(c.name, c.stage, c.reason).order_by(c.name)
    for row in streamed(connection, ordered):
        yield Failure(row.name, row.stage, row.reason)


def changes(connection: Connection, since: int) -> Iterator[Change]:
    """The log after a revision."""
    c = t.change.c
    ordered = select(c.revision, c.subject, c.what, c.at).where(c.revision > since).order_by(c.revision)
    for row in streamed(connection, ordered):
        yield Change(row.revision, row.subject, What(row.what), datetime.fromisoformat(row.at))


def papers(connection: Connection, documents: Collection[DocumentId]) -> dict[DocumentId, Paper]:
    """Documents without their texts."""
    d, o, p = t.document.alias("d"), t.document.alias("o"), t.printing.c
    of = d.outerjoin(t.printing, p.document == d.c.key).outerjoin(o, o.c.key == p.origin)
    columns = (d.c.id, o.c.id.label("origin"), d.c.outlet, d.c.title, d.c.published, d.c.url)
    names = list(dict.fromkeys(documents))
    found = {}
    for at in range(0, len(names), MOST):
        asked = select(*columns).select_from(of).where(d.c.current == 1, d.c.id.in_(names[at : at + MOST]))
        for row in connection.execute(asked):
            name = DocumentId(row.id)
            found[name] = Paper(
                name, DocumentId(row.origin or name), row.outlet, row.title, day(row.published), row.url
            )
    return found


def counts(connection: Connection) -> Counts:
    """The kept counts, the number of failures, the latest revision."""
    kept = {row.name: row.number for row in connection.execute(select(t.meta.c.name, t.meta.c.number))}
    failed = connection.execute(select(func.count()).select_from(t.failure)).scalar_one()
    revision = connection.execute(select(func.max(t.change.c.revision))).scalar_one_or_none()
    return Counts(kept["documents"], kept["claims"], failed, revision or 0, kept["incidents"])
