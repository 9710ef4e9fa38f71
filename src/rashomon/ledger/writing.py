"""What is written: one function a verb, on a connection whose transaction the ledger began."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from rashomon.ledger import tables as t
from rashomon.ledger.book import Capture, Failure, What
from rashomon.ledger.rows import Cell, claim_rows, document_row, packed, storable
from rashomon.model.document import Document
from rashomon.model.reading import Reading


def record(connection: Connection, readings: Sequence[Reading], captures: Sequence[Capture]) -> int:
    """Write readings with their documents and where they came from; how many were new."""
    keys: dict[str, int] = {}
    changed: list[tuple[str, What]] = []
    documents = claims = 0
    # Most are new, and of those nothing has to be asked one by one.
    there = _there(connection, readings)
    for reading in readings:
        name = reading.document.id
        fresh = name not in there
        key, what, fewer = _document(connection, reading.document, fresh=fresh)
        there.add(name)
        keys[name] = key
        if what is None and _holds(connection, key, reading):
            continue
        claims += _reading(connection, key, reading, fresh=fresh) - fewer
        documents += fresh
        changed.append((name, what or What.REREAD))
    _log(connection, changed)
    _due(connection, [name for name, _ in changed])
    _captures(connection, captures, keys)
    _count(connection, "documents", documents)
    _count(connection, "claims", claims)
    return len(changed)


def fail(connection: Connection, failures: Sequence[Failure]) -> None:
    """Keep the latest failure of each name."""
    latest = {storable(f.name): f for f in failures}
    mend(connection, latest)
    if latest:
        now = _now()
        rows = [{"name": n, "stage": f.stage, "reason": storable(f.reason), "at": now} for n, f in latest.items()]
        connection.execute(insert(t.failure), rows)


def mend(connection: Connection, names: Collection[str]) -> None:
    """Forget failures by name."""
    connection.execute(delete(t.failure).where(t.failure.c.name.in_([storable(name) for name in names])))


def _there(connection: Connection, readings: Sequence[Reading]) -> set[str]:
    """The ids of those documents that are there in whichever version."""
    c = t.document.c
    names = frozenset(reading.document.id for reading in readings)
    return set(connection.execute(select(c.id).where(c.id.in_(names))).scalars())


def _document(connection: Connection, document: Document, *, fresh: bool) -> tuple[int, What | None, int]:
    """The key of this version of a document, what is new about it, how many claims an older version takes away."""
    row = document_row(document)
    if fresh:
        return _added(connection, 1, row), What.ADDED, 0
    c = t.document.c
    same = select(c.key).where(c.id == row["id"], c.digest == row["digest"])
    if (known := connection.execute(same).scalar()) is not None:
        return known, None, 0
    old = connection.execute(select(c.key, c.version).where(c.id == row["id"], c.current == 1)).one()
    connection.execute(update(t.document).where(c.key == old.key).values(current=0))
    return _added(connection, old.version + 1, row), What.REWRITTEN, _drop_claims(connection, old.key)


def _added(connection: Connection, version: int, row: dict[str, Cell]) -> int:
    made = connection.execute(insert(t.document), {"version": version, "current": 1, **row}).inserted_primary_key
    if made is None:
        raise TypeError("a database that does not tell the key of a new row")
    return int(made[0])


def _holds(connection: Connection, key: int, reading: Reading) -> bool:
    c = t.reading.c
    same = (c.document == key, c.version == reading.maker.version, c.weights == reading.maker.weights)
    return connection.execute(select(c.key).where(*same)).first() is not None


def _reading(connection: Connection, key: int, reading: Reading, *, fresh: bool) -> int:
    """Make a reading the current one of its version; how many claims more the ledger then lists."""
    c = t.reading.c
    if not fresh:
        connection.execute(update(t.reading).where(c.document == key, c.current == 1).values(current=0))
    maker = {"version": reading.maker.version, "weights": reading.maker.weights}
    connection.execute(insert(t.reading), {"document": key, "current": 1, "body": packed(reading), **maker})
    # Claims are listed for what is current only: an older text read anew keeps its claims in its reading.
    if not fresh and connection.execute(select(t.document.c.current).where(t.document.c.key == key)).scalar() != 1:
        return 0
    fewer = 0 if fresh else _drop_claims(connection, key)
    if rows := claim_rows(reading, key):
        connection.execute(insert(t.claim), rows)
    return len(rows) - fewer


def _due(connection: Connection, documents: Collection[str]) -> None:
    """Remember that what is told by these documents is to be gathered."""
    names = frozenset(documents)
    if names:
        connection.execute(delete(t.due).where(t.due.c.document.in_(names)))
        connection.execute(insert(t.due), [{"document": name} for name in sorted(names)])


def _drop_claims(connection: Connection, key: int) -> int:
    return connection.execute(delete(t.claim).where(t.claim.c.document == key)).rowcount


def _captures(connection: Connection, captures: Sequence[Capture], keys: dict[str, int]) -> None:
    if latest := {c.digest: c for c in captures}:
        connection.execute(delete(t.capture).where(t.capture.c.digest.in_(latest)))
        rows = [{"digest": c.digest, "name": storable(c.name), "document": keys[c.document]} for c in latest.values()]
        connection.execute(insert(t.capture), rows)


def _count(connection: Connection, name: str, more: int) -> None:
    """Counts are kept, not taken: counting ten million rows takes seconds."""
    c = t.meta.c
    if more:
        connection.execute(update(t.meta).where(c.name == name).values(number=c.number + more))


def log(connection: Connection, subject: str, what: What) -> None:
    """Add a line to the ledger's log, which makes a revision."""
    _log(connection, [(subject, what)])


def _log(connection: Connection, changed: Sequence[tuple[str, What]]) -> None:
    now = _now()
    if changed:
        rows = [{"subject": subject, "what": what, "at": now} for subject, what in changed]
        connection.execute(insert(t.change), rows)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
