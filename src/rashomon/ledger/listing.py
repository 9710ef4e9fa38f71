"""Which incidents are asked for: the rarest of what is asked leads the way, the rest is looked up for each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, Row, text

from rashomon.ledger.book import Box, Facet, Figure, Near, Wanted
from rashomon.ledger.columns import numbers
from rashomon.ledger.dialects import dialect
from rashomon.ledger.incidents import ANY, cell, folded, unpacked
from rashomon.ledger.streaming import CHUNK, streamed
from rashomon.model.globe import km
from rashomon.model.incident import Incident

COUNTED = 2000  # rows after which a list is long, however long
MOST_CELLS = 2000
KM_A_DEGREE = 111.2

ORDER = "ORDER BY m.day DESC, m.id DESC"
BODIES = text("SELECT incident, body FROM account WHERE incident IN :keys").bindparams(numbers("keys"))
# Packed or not, more is told where there is more of it.
MOST_TOLD = text(
    "SELECT i.key FROM incident i JOIN account a ON a.incident = i.key"
    " ORDER BY i.documents DESC, length(a.body) DESC, i.id"
)
SITES = text("SELECT lat, lon FROM site WHERE incident = :key")

Values = dict[str, str | float | int]


@dataclass(frozen=True, slots=True)
class Way:
    """One thing asked for: the rows ``m`` of the incidents that have it, and a test whether an ``m`` has it.

    ``ordered`` rows are kept in the order of the list, so that a list reads only as many as it shows.
    """

    rows: str
    has: str
    values: Values
    ordered: bool = False


def incidents(connection: Connection, wanted: Wanted, limit: int | None) -> Iterator[Incident]:
    """The incidents that are all that is wanted, the last to happen first; those without a day last."""
    yield from _told(connection, (row.incident for row in islice(found(connection, wanted), limit)))


def most_told(connection: Connection) -> Iterator[Incident]:
    """Every incident, those that most documents tell of first; of as many, those of which more is told."""
    yield from _told(connection, connection.execute(MOST_TOLD).scalars().all())


def found(connection: Connection, wanted: Wanted) -> Iterator[Row[tuple[int, str]]]:
    """The ``incident`` keys and ``day`` of all that is wanted, in the order of the list."""
    asked = list(_ways(connection, wanted))
    if not asked:
        return
    lead = _lead(connection, asked)
    tests, values = _days(wanted)
    tests += [way.has for way in asked if way is not lead]
    if wanted.placed is not None:
        tests.append(f"{'' if wanted.placed else 'NOT '}EXISTS (SELECT 1 FROM site p WHERE p.incident = m.incident)")
    without = [_marks(f"without{number}", one.facet, (one.name,)) for number, one in enumerate(wanted.without)]
    tests += [f"NOT {way.has}" for way in without]
    for way in (lead, *asked, *without):
        values |= way.values
    asking = text(f"SELECT m.incident, m.day FROM {lead.rows} {' '.join(f'AND {test}' for test in tests)} {ORDER}")
    for row in streamed(connection, asking, values):
        if wanted.near is None or _within(connection, row.incident, wanted.near):
            yield row


def _told(connection: Connection, keys: Iterable[int]) -> Iterator[Incident]:
    """The incidents of some keys, in their order."""
    left = iter(keys)
    while some := list(islice(left, CHUNK)):
        bodies = {row.incident: row.body for row in connection.execute(BODIES, {"keys": some})}
        yield from (unpacked(bodies[key]) for key in some)


def _ways(connection: Connection, wanted: Wanted) -> Iterator[Way]:
    """One way for everything asked for but days; the way to all incidents if nothing is; none if there can be none."""
    named = {
        Facet.KIND: wanted.kind,
        Facet.FINDING: wanted.relation,
        Facet.VOICE: wanted.voice,
        Facet.SIDE: wanted.side,
    }
    asked = [_marks(facet, facet, (name,)) for facet, name in named.items() if name is not None]
    asked += [
        _marks(f"also_{facet}", facet, [one.name for one in wanted.also if one.facet is facet])
        for facet in dict.fromkeys(one.facet for one in wanted.also)
    ]
    asked += [_figured(number, one) for number, one in enumerate(wanted.figures)]
    if wanted.near is not None:
        asked.append(_near(wanted.near))
    if wanted.box is not None:
        asked.append(_boxed("box", wanted.box))
    if wanted.text is not None:
        ways = dialect(connection)
        query = ways.asked(connection, wanted.text)
        if query is None:
            return
        asked.append(Way(ways.rows, ways.has, {"query": query}))
    yield from asked or [_marks("every", ANY, ("",))]


def _lead(connection: Connection, asked: Sequence[Way]) -> Way:
    """The way with the fewest rows; if all have many, one in the order of the list, if need be that to everything."""
    if len(asked) == 1 and asked[0].ordered:
        return asked[0]
    lengths = [_length(connection, way) for way in asked]
    if min(lengths) < COUNTED:
        return asked[lengths.index(min(lengths))]
    return next((way for way in asked if way.ordered), _marks("every", ANY, ("",)))


def _days(wanted: Wanted) -> tuple[list[str], Values]:
    tests: list[str] = []
    values: Values = {}
    if wanted.since is not None:
        tests.append("m.day >= :since")
        values["since"] = wanted.since.isoformat()
    if wanted.until is not None:
        tests.append("m.earliest <= :until AND m.earliest > ''")
        values["until"] = wanted.until.isoformat()
    if wanted.beyond is not None:
        tests.append("(m.day < :day OR (m.day = :day AND m.id < :id))")
        values["day"], values["id"] = wanted.beyond
    return tests, values


def _length(connection: Connection, way: Way) -> int:
    """How many rows a way has, counted no further than ``COUNTED``."""
    counted = text(f"SELECT count(*) FROM (SELECT 1 FROM {way.rows} LIMIT {COUNTED}) AS begun")
    return int(connection.execute(counted, way.values).scalar_one())


def _marks(asked: str, what: str, names: Sequence[str]) -> Way:
    """Incidents marked with one of some names; ``asked`` begins the names of the values."""
    values: Values = {f"{asked}_{number}": folded(name) for number, name in enumerate(dict.fromkeys(names))}
    one_of = ", ".join(f":{name}" for name in values)
    rows = f"mark m WHERE m.what = '{what}' AND m.name IN ({one_of})"
    if len(values) > 1:
        rows = f"(SELECT DISTINCT m.incident, m.day, m.earliest, m.id FROM {rows}) m WHERE TRUE"
    return Way(
        rows,
        f"EXISTS (SELECT 1 FROM mark o WHERE o.what = '{what}' AND o.name IN ({one_of}) AND o.day = m.day"
        " AND o.id = m.id AND o.incident = m.incident)",
        values,
        ordered=len(values) == 1,
    )


def _figured(number: int, asked: Figure) -> Way:
    """Incidents of which somebody says so many: surely more or fewer than asked, or what can be that many."""
    tests = {
        "above": "s.low > :{0}",
        "below": "s.high < :{0}",
        "low": "(s.high IS NULL OR s.high >= :{0})",
        "high": "(s.low IS NULL OR s.low <= :{0})",
    }
    bounds = {name: getattr(asked, name) for name in tests if getattr(asked, name) is not None}
    values: Values = {f"figure{number}_{name}": float(bound) for name, bound in bounds.items()}
    inside = " AND ".join(
        [f"s.kind = :figure{number}", *(tests[name].format(f"figure{number}_{name}") for name in bounds)]
    )
    return Way(
        f"(SELECT DISTINCT s.incident, s.day, s.earliest, s.id FROM figure s WHERE {inside}) m WHERE TRUE",
        f"EXISTS (SELECT 1 FROM figure s WHERE s.incident = m.incident AND {inside})",
        {f"figure{number}": asked.kind, **values},
    )


def _near(near: Near) -> Way:
    """Incidents with a place in the box around a circle; the circle itself is measured afterwards."""
    high = near.km / KM_A_DEGREE
    wide = high / max(math.cos(math.radians(min(abs(near.lat) + high, 89.0))), 0.01)
    west, east = (-180.0, 180.0) if wide >= 180 else (_turned(near.lon - wide), _turned(near.lon + wide))
    return _boxed("near", Box(west, near.lat - high, east, near.lat + high))


def _boxed(asked: str, box: Box) -> Way:
    """Incidents with a place in a box; ``asked`` begins the names of the values."""
    named = {f"{asked}_{side}": getattr(box, side) for side in ("west", "south", "east", "north")}
    joined = "OR" if box.west > box.east else "AND"
    inside = f"s.lat BETWEEN :{asked}_south AND :{asked}_north"
    inside += f" AND (s.lon >= :{asked}_west {joined} s.lon <= :{asked}_east)"
    has = f"EXISTS (SELECT 1 FROM site s WHERE s.incident = m.incident AND {inside})"
    rows = range(math.floor(box.south), math.floor(box.north) + 1)
    columns = range(math.floor(box.west), math.floor(box.east + (360 if box.west > box.east else 0)) + 1)
    if len(rows) * len(columns) > MOST_CELLS:
        # So much of the world that the list is walked in its order, which costs a page and not the whole.
        return Way(f"mark m WHERE m.what = '{ANY}' AND m.name = '' AND {has}", has, named, ordered=True)
    cells = sorted({cell(row, column) for row in rows for column in columns})
    found = f"site s WHERE s.cell IN ({','.join(map(str, cells))}) AND {inside}"
    return Way(f"(SELECT DISTINCT s.incident, s.day, s.earliest, s.id FROM {found}) m WHERE TRUE", has, named)


def _turned(lon: float) -> float:
    """A longitude brought into -180 to 180."""
    return (lon + 180) % 360 - 180


def _within(connection: Connection, key: int, near: Near) -> bool:
    """Whether a place of an incident lies in a circle."""
    found = connection.execute(SITES, {"key": key})
    return any(km((near.lat, near.lon), (row.lat, row.lon)) <= near.km for row in found)
