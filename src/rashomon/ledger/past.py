"""A ledger as it was at a revision: its documents, readings and judgements copied, to be gathered anew.

Every line of the log but a decision's stands for one reading: the n-th of a document for its n-th reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, Integer, Text, cast, exists, func, insert, or_, select, update

from rashomon.ledger import tables as t
from rashomon.ledger.book import What
from rashomon.ledger.rows import Cell, claim_rows, unpacked
from rashomon.ledger.streaming import poured

CHUNK = 500  # rows in memory at once


def revision(connection: Connection, at: datetime) -> int:
    """The last revision that was written by then; 0 before the first."""
    c = t.change.c
    then = at.astimezone(UTC).isoformat(timespec="seconds")
    return connection.execute(select(func.max(c.revision)).where(c.at <= then)).scalar_one_or_none() or 0


def copy(source: Connection, target: Connection, until: int) -> None:
    """Write into an empty ledger what another held at a revision, under the same numbers; all of it is due."""
    c = t.change.c
    poured(source, target, t.change, c.revision <= until)
    poured(source, target, t.judgement, _decided(source, until))
    keys = _standing(source, until)
    claims = 0
    for at in range(0, len(keys), CHUNK):
        claims += _shelved(source, target, keys[at : at + CHUNK])
    for name, number in (("documents", len(keys)), ("claims", claims)):
        target.execute(update(t.meta).where(t.meta.c.name == name).values(number=number))


def _decided(source: Connection, until: int) -> ColumnElement[bool]:
    """The judgements of a revision; those of ledgers that did not log them yet by the time they were made."""
    c, j = t.change.c, t.judgement.c
    logged = select(cast(c.subject, Integer)).where(c.what == What.DECIDED)
    then = source.execute(select(func.max(c.at)).where(c.revision <= until)).scalar_one_or_none() or ""
    early = ~exists().where(c.what == What.DECIDED, c.subject == cast(j.id, Text)) & (j.at <= then)
    return or_(j.id.in_(logged.where(c.revision <= until)), early)


def _standing(source: Connection, until: int) -> list[tuple[int, int]]:
    """The version of each document that was its current one, and the reading of it that was; by their keys."""
    c, d, r = t.change.c, t.document.c, t.reading.c
    logged = select(c.subject, func.count().label("many")).where(c.revision <= until, c.what != What.DECIDED)
    known = logged.group_by(c.subject).subquery()
    nth = func.row_number().over(partition_by=d.id, order_by=r.key).label("nth")
    every = select(d.id, d.version, r.key, r.document, nth).join(t.document, d.key == r.document).subquery()
    e = every.c
    kept = select(e.id, e.version, e.key, e.document).join(known, known.c.subject == e.id).where(e.nth <= known.c.many)
    last: dict[str, tuple[int, int, int]] = {}
    for row in source.execute(kept):
        last[row.id] = max(last.get(row.id, (0, 0, 0)), (row.version, row.key, row.document))
    return sorted((document, reading) for _, reading, document in last.values())


def _shelved(source: Connection, target: Connection, keys: Sequence[tuple[int, int]]) -> int:
    """Copy documents with their readings and claims; how many claims."""
    d, r = t.document.c, t.reading.c
    documents = source.execute(select(t.document).where(d.key.in_([one for one, _ in keys]))).mappings().all()
    readings = source.execute(select(t.reading).where(r.key.in_([one for _, one in keys]))).mappings().all()
    texts = {row["key"]: row["text"] for row in documents}
    target.execute(insert(t.document), [{**row, "current": 1} for row in documents])
    target.execute(insert(t.reading), [{**row, "current": 1} for row in readings])
    claims: list[dict[str, Cell]] = []
    for row in readings:
        claims += claim_rows(unpacked(row["body"], texts[row["document"]]), row["document"])
    if claims:
        target.execute(insert(t.claim), claims)
    target.execute(insert(t.due), [{"document": row["id"]} for row in documents])
    return len(claims)
