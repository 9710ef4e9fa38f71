"""Incidents as they are kept: whole for whoever asks for one, and in short rows for lists."""

from __future__ import annotations

import math
import zlib
from collections.abc import Collection, Mapping

from sqlalchemy import Connection, Executable, insert, select, text, update

from rashomon.errors import Unknown
from rashomon.ledger import tables as t
from rashomon.ledger.columns import numbers
from rashomon.ledger.dialects import dialect
from rashomon.ledger.judging import telling
from rashomon.ledger.rows import Cell, storable
from rashomon.model import codec
from rashomon.model.incident import Incident, Polarity, Tie

MOST = 10_000  # names in one question
ANY = "any"
# What a search of incidents looks into: so many characters of an incident's words, the first told first.
WORDS = 20_000

# Written out once: making a statement takes longer than running it.
THERE = text("SELECT key FROM incident WHERE key IN :keys").bindparams(numbers("keys"))
ERASING = tuple(
    text(f"DELETE FROM {name} WHERE {column} IN :keys").bindparams(numbers("keys"))
    for name, column in (
        ("mark", "incident"),
        ("site", "incident"),
        ("account", "incident"),
        ("incident", "key"),
        ("told", "rowid"),
    )
)
TABLES = (t.incident, t.account, t.mark, t.site, t.figure)
ADDING: Mapping[str, Executable] = {table.name: insert(table) for table in TABLES}


def write(connection: Connection, settled: Mapping[int, Incident], outlets: Mapping[int, Collection[str]]) -> None:
    """Keep incidents under the keys of their first tellings, in place of what was there; ``outlets`` tell of them."""
    erase(connection, settled)
    for name, rows in _rows(settled, outlets).items():
        if rows:
            connection.execute(ADDING[name] if name in ADDING else dialect(connection).tell, rows)
    _count(connection, len(settled))


def erase(connection: Connection, keys: Collection[int]) -> None:
    """Forget incidents, where there are any of these keys."""
    there = connection.execute(THERE, {"keys": list(keys)}).scalars().all() if keys else []
    if there:
        for statement in ERASING:
            connection.execute(statement, {"keys": there})
        _count(connection, -len(there))


def _rows(settled: Mapping[int, Incident], outlets: Mapping[int, Collection[str]]) -> dict[str, list[dict[str, Cell]]]:
    """The rows of incidents, by table; incidents before what refers to them."""
    rows: dict[str, list[dict[str, Cell]]] = {name: [] for name in (*ADDING, "told")}
    for key, incident in settled.items():
        day = "" if incident.latest is None else incident.latest.isoformat()
        earliest = day if incident.earliest is None else incident.earliest.isoformat()
        same: Mapping[str, Cell] = {"day": day, "earliest": earliest, "id": incident.id}
        rows["incident"].append({"key": key, "documents": len(incident.documents), **same})
        rows["account"].append({"incident": key, "body": packed(incident)})
        named = marks(incident) | {("outlet", folded(outlet)) for outlet in outlets.get(key, ())}
        rows["mark"] += [{"what": what, "name": name, "incident": key, **same} for what, name in named]
        rows["site"] += [
            {"cell": cell(lat, lon), "lat": lat, "lon": lon, "incident": key, **same} for lat, lon in points(incident)
        ]
        rows["figure"] += [{**one, "incident": key, **same} for one in figures(incident)]
        rows["told"].append({"rowid": key, "words": words(incident)})
    return rows


def incident(connection: Connection, name: str) -> Incident:
    """The incident that a telling of this id, or of this key, is one of. Raises Unknown."""
    of = select(t.telling.c.incident).where(t.telling.c.name == telling(connection, name)).scalar_subquery()
    body = connection.execute(select(t.account.c.body).where(t.account.c.incident == of)).scalar()
    if body is None:
        raise Unknown(f"{name}: not gathered yet; `rashomon gather` does it")
    return unpacked(body)


def ties(connection: Connection, incident: Incident) -> tuple[Tie, ...]:
    """What each telling of an incident goes on from, in their order."""
    c = t.telling.c
    found: dict[str, Tie] = {}
    names = incident.tellings
    for at in range(0, len(names), MOST):
        asked = select(c.name, c.tie).where(c.name.in_(names[at : at + MOST]), c.tie.is_not(None))
        found.update({row.name: codec.tie(row.tie) for row in connection.execute(asked)})
    return tuple(found[name] for name in names if name in found)


def packed(incident: Incident) -> bytes:
    """An incident as it is kept."""
    return zlib.compress(codec.to_json(incident), 1)


def unpacked(body: bytes) -> Incident:
    """The incident that was packed."""
    return codec.incident(zlib.decompress(body))


def marks(incident: Incident) -> frozenset[tuple[str, str]]:
    """What an incident is listed by, and under which name: kind and its family, relations, voices, sides, actors."""
    answers = [answer for comparison in incident.comparisons for answer in comparison.answers]
    kinds = {incident.kind, incident.kind.partition(".")[0]}
    actors = {one.actor for one in incident.participants} | {one.alleged_by or "" for one in incident.participants}
    actors |= {answer.value or "" for c in incident.comparisons if c.question == "perpetrator" for answer in c.answers}
    named = {
        ANY: {""},
        "kind": {kind.casefold() for kind in kinds},
        "relation": {str(comparison.relation) for comparison in incident.comparisons},
        "voice": {folded(voice) for answer in answers for voice in answer.voices},
        "side": {folded(side) for answer in answers for side in answer.sides},
        "actor": {folded(actor) for actor in actors if actor},
    }
    return frozenset((what, name) for what, names in named.items() for name in names)


def figures(incident: Incident) -> list[dict[str, Cell]]:
    """What the answers of an incident count, each interval of a kind once; what is denied counts nothing."""
    counted = {
        (comparison.question, answer.low, answer.high)
        for comparison in incident.comparisons
        for answer in comparison.answers
        if answer.polarity is Polarity.AFFIRM and (answer.low is not None or answer.high is not None)
    }
    return [
        {"kind": kind, "low": None if low is None else float(low), "high": None if high is None else float(high)}
        for kind, low, high in sorted(counted, key=str)
    ]


def folded(name: str) -> str:
    """A name as it is looked for: no case, single spaces."""
    return storable(" ".join(name.casefold().split()))


def points(incident: Incident) -> frozenset[tuple[float, float]]:
    """Where it happened."""
    return frozenset((p.lat, p.lon) for p in incident.places if p.lat is not None and p.lon is not None)


def cell(lat: float, lon: float) -> int:
    """The degree by degree a point lies in."""
    return math.floor(lat) * 360 + math.floor((lon + 180) % 360)


def words(incident: Incident) -> str:
    """All words of an incident that a search may ask for, each stretch once."""
    stretches = [incident.kind.replace(".", " ").replace("_", " ").lower()]
    for place in incident.places:
        stretches += [place.name, place.resolved or "", place.admin1 or ""]
    stretches += [participant.actor for participant in incident.participants]
    for comparison in incident.comparisons:
        for answer in comparison.answers:
            stretches += [*answer.voices, answer.value or "", *(evidence.text for evidence in answer.claims)]
    return "\n".join(dict.fromkeys(stretches))[:WORDS]


def _count(connection: Connection, more: int) -> None:
    c = t.meta.c
    connection.execute(update(t.meta).where(c.name == "incidents").values(number=c.number + more))
