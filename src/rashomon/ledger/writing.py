"""What is written: one function a verb, on a connection whose transaction the ledger began."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from rashomon.ledger import tables as t
from rashomon.ledger.book import Capture, Failure, What
from rashomon.ledger.rows import Cell, claim_rows, document_row, packed, storable
from rashomon.model.document import Document
from rashomon.model.reading import Reading


def record(connection: Connection, readings: Sequence[Reading], captures: Sequence[Capture]) -> int:
    """Write readings with their documents and where they came from; how many were new."""
    changed: list[tuple[str, What]] = []
    # Most are new: they go in together, and nothing has to be asked about them.
    keys, claims = _entered(connection, fresh := _fresh(connection, readings))
    documents = len(fresh)
    for reading in readings:
        name = reading.document.id
        if fresh.pop(name, None) is not None:
            changed.append((name, What.ADDED))
            continue
        key, what, fewer = _document(connection, reading.document)
        keys[name] = key
        if what is None and _holds(connection, key, reading):
            continue
        claims += _reading(connection, key, reading) - fewer
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


def _fresh(connection: Connection, readings: Sequence[Reading]) -> dict[str, Reading]:
    """The first reading of each document that is not there in any version, by its id."""
    c = t.document.c
    first: dict[str, Reading] = {}
    for reading in readings:
        first.setdefault(reading.document.id, reading)
    there = set(connection.execute(select(c.id).where(c.id.in_(first))).scalars())
    return {name: reading for name, reading in first.items() if name not in there}


def _entered(connection: Connection, fresh: Mapping[str, Reading]) -> tuple[dict[str, int], int]:
    """Write new documents with their readings and claims; their keys, how many claims."""
    if not fresh:
        return {}, 0
    made = insert(t.document).returning(t.document.c.key, sort_by_parameter_order=True)
    rows = [{"version": 1, "current": 1, **document_row(reading.document)} for reading in fresh.values()]
    keys = dict(zip(fresh, connection.execute(made, rows).scalars().all(), strict=True))
    connection.execute(insert(t.reading), [_reading_row(keys[name], reading) for name, reading in fresh.items()])
    claims = [row for name, reading in fresh.items() for row in claim_rows(reading, keys[name])]
    if claims:
        connection.execute(insert(t.claim), claims)
    return keys, len(claims)


def _document(connection: Connection, document: Document) -> tuple[int, What | None, int]:
    """The key of this version of a known document, what is new about it, how many claims an older one takes away."""
    row = document_row(document)
    c = t.document.c
    same = select(c.key).where(c.id == row["id"], c.digest == row["digest"])
    if (known := connection.execute(same).scalar()) is not None:
        return known, None, 0
    old = connection.execute(select(c.key, c.version).where(c.id == row["id"], c.current == 1)).one()
    connection.execute(update(t.document).where(c.key == old.key).values(current=0))
    new = {"version": old.version + 1, "current": 1, **row}
    key: int = connection.execute(insert(t.document).returning(c.key), new).scalar_one()
    return key, What.REWRITTEN, _drop_claims(connection, old.key)


def _holds(connection: Connection, key: int, reading: Reading) -> bool:
    c = t.reading.c
    same = (c.document == key, c.version == reading.maker.version, c.weights == reading.maker.weights)
    return connection.execute(select(c.key).where(*same)).first() is not None


def _reading(connection: Connection, key: int, reading: Reading) -> int:
    """Make a reading the current one of its version; how many claims more the ledger then lists."""
    c = t.reading.c
    connection.execute(update(t.reading).where(c.document == key, c.current == 1).values(current=0))
    connection.execute(insert(t.reading), _reading_row(key, reading))
    # Claims are listed for what is current only: an older text read anew keeps its claims in its reading.
    if connection.execute(select(t.document.c.current).where(t.document.c.key == key)).scalar() != 1:
        return 0
    fewer = _drop_claims(connection, key)
    if rows := claim_rows(reading, key):
        connection.execute(insert(t.claim), rows)
    return len(rows) - fewer


def _reading_row(key: int, reading: Reading) -> dict[str, Cell]:
    maker = {"version": reading.maker.version, "weights": reading.maker.weights}
    return {"document": key, "current": 1, "body": packed(reading), **maker}


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
