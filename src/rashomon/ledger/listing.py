"""Which incidents are asked for: the rarest of what is asked leads the way, the rest is looked up for each."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text

from rashomon.ledger.book import Near, Wanted
from rashomon.ledger.incidents import ANY, CHUNK, cell, folded, unpacked
from rashomon.ledger.search import expression
from rashomon.model.incident import Incident

COUNTED = 2000  # rows after which a list is long, however long
MOST_CELLS = 2000
KM_A_DEGREE = 111.2
EARTH_KM = 6371.0088

ORDER = "ORDER BY m.day DESC, m.id DESC"
BODY = text("SELECT body FROM account WHERE incident = :key")
SITES = text("SELECT lat, lon FROM site WHERE incident = :key")

Values = dict[str, str | float | int]


@dataclass(frozen=True, slots=True)
class Way:
    """One thing asked for: the rows ``m`` of the incidents that have it, and a test whether an ``m`` has it."""

    rows: str
    has: str
    values: Values


def incidents(connection: Connection, wanted: Wanted, limit: int | None) -> Iterator[Incident]:
    """The incidents that are all that is wanted, the last to happen first; those without a day last."""
    asked = list(_ways(wanted))
    if not asked:
        return
    lead = min(asked, key=lambda way: _length(connection, way)) if len(asked) > 1 else asked[0]
    tests, values = _days(wanted)
    tests += [way.has for way in asked if way is not lead]
    for way in asked:
        values |= way.values
    found = text(f"SELECT m.incident FROM {lead.rows} {' '.join(f'AND {test}' for test in tests)} {ORDER}")
    listed = 0
    for key in connection.execution_options(yield_per=CHUNK).execute(found, values).scalars():
        if wanted.near is None or _within(connection, key, wanted.near):
            yield unpacked(connection.execute(BODY, {"key": key}).scalar_one())
            listed += 1
            if listed == limit:
                return


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _ways(wanted: Wanted) -> Iterator[Way]:
    """One way for everything asked for but days; the way to all incidents if nothing is; none if there can be none."""
    named = {"kind": wanted.kind, "relation": wanted.relation, "voice": wanted.voice, "side": wanted.side}
    asked = [_mark(what, folded(name)) for what, name in named.items() if name is not None]
    if wanted.near is not None:
        asked.append(_near(wanted.near))
    if wanted.text is not None:
        query = expression(wanted.text)
        if query is None:
            return
        asked.append(_told(query))
    yield from asked or [_mark(ANY, "")]


def _days(wanted: Wanted) -> tuple[list[str], Values]:
    tests: list[str] = []
    values: Values = {}
    if wanted.since is not None:
        tests.append("m.day >= :since")
        values["since"] = wanted.since.isoformat()
    if wanted.until is not None:
        tests.append("m.earliest <= :until AND m.earliest > ''")
        values["until"] = wanted.until.isoformat()
    return tests, values


def _length(connection: Connection, way: Way) -> int:
    """How many rows a way has, counted no further than ``COUNTED``."""
    counted = text(f"SELECT count(*) FROM (SELECT 1 FROM {way.rows} LIMIT {COUNTED})")
    return int(connection.execute(counted, way.values).scalar_one())


def _mark(what: str, name: str) -> Way:
    return Way(
        f"mark m WHERE m.what = '{what}' AND m.name = :{what}",
        f"EXISTS (SELECT 1 FROM mark o WHERE o.what = '{what}' AND o.name = :{what} AND o.day = m.day AND o.id = m.id"
        " AND o.incident = m.incident)",
        {what: name},
    )


def _near(near: Near) -> Way:
    """Incidents with a place in the box around a circle; the circle itself is measured afterwards."""
    high = near.km / KM_A_DEGREE
    wide = min(high / max(math.cos(math.radians(min(abs(near.lat) + high, 89.0))), 0.01), 180.0)
    west, east = (near.lon - wide + 180) % 360 - 180, (near.lon + wide + 180) % 360 - 180
    around = "1" if wide >= 180 else "s.lon BETWEEN :west AND :east"
    if west > east:
        around = "(s.lon >= :west OR s.lon <= :east)"
    box = f"s.lat BETWEEN :south AND :north AND {around}"
    rows = range(math.floor(near.lat - high), math.floor(near.lat + high) + 1)
    columns = range(math.floor(near.lon - wide), math.floor(near.lon + wide) + 1)
    if len(rows) * len(columns) <= MOST_CELLS:
        cells = sorted({cell(row, (column + 180) % 360 - 180) for row in rows for column in columns})
        found = f"site s WHERE s.cell IN ({','.join(map(str, cells))}) AND {box}"
    else:
        found = f"site s WHERE {box}"
    return Way(
        f"(SELECT DISTINCT s.incident, s.day, s.earliest, s.id FROM {found}) m WHERE 1",
        f"EXISTS (SELECT 1 FROM site s WHERE s.incident = m.incident AND {box})",
        {"south": near.lat - high, "north": near.lat + high, "west": west, "east": east},
    )


def _told(query: str) -> Way:
    return Way(
        "(SELECT i.key AS incident, i.day, i.earliest, i.id FROM told CROSS JOIN incident i ON i.key = told.rowid"
        " WHERE told MATCH :query) m WHERE 1",
        "EXISTS (SELECT 1 FROM told WHERE told MATCH :query AND told.rowid = m.incident)",
        {"query": query},
    )


def _within(connection: Connection, key: int, near: Near) -> bool:
    """Whether a place of an incident lies in a circle."""
    found = connection.execute(SITES, {"key": key})
    return any(kilometres(near.lat, near.lon, row.lat, row.lon) <= near.km for row in found)
