"""What pages show beside incidents: how many there are by facet, documents and outlets in lists, why and by whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection, Select, func, select, text

from rashomon.ledger import tables as t
from rashomon.ledger.book import Census, Facet, Outlet, Paper, Wanted
from rashomon.ledger.columns import numbers
from rashomon.ledger.entries import Entry
from rashomon.ledger.finding import papers
from rashomon.ledger.incidents import ANY
from rashomon.ledger.listing import found
from rashomon.ledger.rows import day, entry
from rashomon.model.document import DocumentId
from rashomon.model.incident import Incident, IncidentId
from rashomon.model.telling import ClaimId, TellingId

# A census of more would keep a page waiting: 5,000 incidents with twelve marks each take 40 ms to count.
MOST_COUNTED = 5000
AT_ONCE = 1000  # names in one question

# How many incidents there are to a facet's names, straight from the order the marks are kept in.
T = TypeVar("T")

NAMED = text(
    "SELECT name, count(*) AS many FROM mark WHERE what = :what GROUP BY name ORDER BY many DESC, name LIMIT :limit"
)

# Of all incidents of a list at once: names would else come back once for every part of it.
MARKED = text(
    "SELECT what, name, count(*) AS many FROM mark WHERE incident IN :keys AND what <> :any"
    " GROUP BY what, name ORDER BY what, name"
).bindparams(numbers("keys"))
PLACED = text("SELECT count(DISTINCT incident) FROM site WHERE incident IN :keys").bindparams(numbers("keys"))

# Both are read from the index alone, which holds no texts: the plus keeps the rows from being looked up one by one.
PUBLISHED = text(
    "SELECT outlet, count(*) AS many, min(published) AS earliest, max(published) AS latest FROM document"
    " WHERE current = 1 GROUP BY outlet"
)
COPIED = text(
    "SELECT outlet, count(*) AS many FROM document WHERE current = 1"
    " AND +key IN (SELECT document FROM printing WHERE origin <> document) GROUP BY outlet"
)


def waiting(connection: Connection) -> int:
    """How many documents are read and not gathered yet."""
    return int(connection.execute(select(func.count()).select_from(t.due)).scalar_one())


def census(connection: Connection, wanted: Wanted) -> Census:
    """How many incidents are all that is wanted, by facet and day."""
    keys: list[int] = []
    days: Counter[str] = Counter()
    cut = False
    for row in found(connection, replace(wanted, beyond=None)):
        if len(keys) == MOST_COUNTED:
            cut = True
            break
        keys.append(row.incident)
        days[row.day] += 1
    dated = {date.fromisoformat(name): many for name, many in sorted(days.items()) if name}
    return Census(len(keys), cut, _facets(connection, keys), dated, days[""], len(keys) - _placed(connection, keys))


def values(connection: Connection, facet: Facet, limit: int) -> tuple[tuple[str, int], ...]:
    """The names of a facet and how many incidents have each, most first."""
    return tuple((row.name, row.many) for row in connection.execute(NAMED, {"what": facet, "limit": limit}))


def listed(connection: Connection, outlet: str | None, beyond: tuple[str, str] | None, limit: int) -> tuple[Paper, ...]:
    """Documents, the last published first; those without a day last."""
    d = t.document.c
    published = func.coalesce(d.published, "")
    asked = select(d.id).where(d.current == 1)
    if outlet is not None:
        asked = asked.where(d.outlet == outlet)
    if beyond is not None:
        last, name = beyond
        asked = asked.where((published < last) | ((published == last) & (d.id < name)))
    ordered = asked.order_by(d.published.desc().nulls_last(), d.id.desc()).limit(limit)
    return _named(connection, connection.execute(ordered).scalars())


def copies(connection: Connection, document: DocumentId) -> tuple[Paper, ...]:
    """The other documents of the same origin, the first published first."""
    d, p = t.document.c, t.printing.c
    of = t.printing.join(t.document, p.document == d.key)
    origin = select(p.origin).select_from(of).where(d.id == document, d.current == 1).scalar_subquery()
    asked = select(d.id).select_from(of).where(p.origin == origin, d.current == 1, d.id != document)
    return _named(connection, connection.execute(asked.order_by(d.published.nulls_last(), d.id)).scalars())


def outlets(connection: Connection) -> tuple[Outlet, ...]:
    """Who published, most documents first."""
    copied = {row.outlet: row.many for row in connection.execute(COPIED)}
    found = [
        Outlet(row.outlet, row.many, copied.get(row.outlet, 0), day(row.earliest), day(row.latest))
        for row in connection.execute(PUBLISHED)
    ]
    return tuple(sorted(found, key=lambda one: (-one.documents, one.name is not None, one.name or "")))


def cited(connection: Connection, incident: Incident) -> dict[tuple[DocumentId, ClaimId], Entry]:
    """The claims that an incident's answers stand on."""
    wanted = {
        (one.document, one.claim)
        for comparison in incident.comparisons
        for answer in comparison.answers
        for one in answer.claims
        if one.claim is not None
    }
    found = {}
    for some in _some(sorted({document for document, _ in wanted})):
        for row in connection.execute(_entries().where(t.document.c.id.in_(some))):
            if (row.document, row.claim) in wanted:
                found[DocumentId(row.document), ClaimId(row.claim)] = entry(row)
    return found


def claims(connection: Connection, document: DocumentId) -> tuple[Entry, ...]:
    """Every claim of a document, in its order."""
    asked = _entries().where(t.document.c.id == document).order_by(t.claim.c.number)
    return tuple(map(entry, connection.execute(asked)))


def texts(connection: Connection, documents: Collection[DocumentId]) -> dict[DocumentId, str]:
    """What these documents say."""
    d = t.document.c
    asked = select(d.id, d.text).where(d.current == 1)
    rows = (row for some in _some(sorted(set(documents))) for row in connection.execute(asked.where(d.id.in_(some))))
    return {DocumentId(row.id): row.text for row in rows}


def told(connection: Connection, document: DocumentId) -> dict[TellingId, IncidentId]:
    """Which incident each telling of a document is one of."""
    c, d, i = t.telling.c, t.document.c, t.incident.c
    of = t.telling.join(t.document, c.document == d.key).join(t.incident, i.key == c.incident)
    rows = connection.execute(select(c.name, i.id).select_from(of).where(d.id == document).order_by(c.key))
    return {TellingId(row.name.rpartition("#")[2]): IncidentId(row.id) for row in rows}


def names(connection: Connection, incident: Incident) -> frozenset[str]:
    """Every id that answers with an incident."""
    c = t.given.c
    rows = (
        name
        for some in _some(incident.tellings)
        for name in connection.execute(select(c.id).where(c.telling.in_(some))).scalars()
    )
    return frozenset(rows)


def _facets(connection: Connection, keys: Sequence[int]) -> dict[Facet, dict[str, int]]:
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for what, name, many in connection.execute(MARKED, {"keys": keys, "any": ANY}).all():
        counted[what][name] = many
    return {facet: dict(counted[facet].most_common()) for facet in Facet}


def _placed(connection: Connection, keys: Sequence[int]) -> int:
    return int(connection.execute(PLACED, {"keys": keys}).scalar_one())


def _entries() -> Select[tuple[object, ...]]:
    d, c = t.document.c, t.claim.c
    words = [column for column in c if column.name not in ("document", "number", "id", "score")]
    columns = (d.id.label("document"), d.outlet, d.published, c.id.label("claim"), *words)
    return select(*columns).join(t.claim, c.document == d.key).where(d.current == 1)


def _named(connection: Connection, names: Iterable[str]) -> tuple[Paper, ...]:
    order = list(map(DocumentId, names))
    known = papers(connection, order)
    return tuple(known[name] for name in order)


def _some(names: Sequence[T]) -> Iterator[Sequence[T]]:
    for at in range(0, len(names), AT_ONCE):
        yield names[at : at + AT_ONCE]
