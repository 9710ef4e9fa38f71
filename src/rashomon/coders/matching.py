"""Which row of a coder is which incident: by the document it was coded from, by day, place and kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rashomon.coders.rows import Row
from rashomon.knowledge.locating import located
from rashomon.model.globe import km
from rashomon.model.incident import Incident, Site

# Days between a row and an incident that may still be the same; coders and reporters differ by the day of the news.
NEAR_DAYS = 3
# Kilometres between a coder's point and a place's edge that may still be the same, and that are no difference.
NEAR_KM, SAME_KM = 60.0, 25.0
WIDE_KM = 150.0  # radii from which an area is no narrower than a country
# What a pair must come to: of a row that names its document, and of one that does not.
FEWEST_NAMED, FEWEST = 0.5, 0.7
DAY, PLACE, KIND = 0.4, 0.35, 0.25  # what each says at most; round figures, chosen by hand


@dataclass(frozen=True, slots=True)
class Matched:
    """A row and the incident it is held to be; ``score`` is how well they go together, 0 to 1."""

    row: Row
    incident: Incident
    score: float


Named = Mapping[str, str]
"""By id, address and title: the id of a document."""


def matched(rows: Sequence[Row], incidents: Sequence[Incident], named: Named) -> tuple[Matched, ...]:
    """Rows with their incidents, one to one, the best pairs first taken; in the order of the rows."""
    by_day: dict[date | None, list[Incident]] = {}
    for one in incidents:
        for day in _days(one):
            by_day.setdefault(day, []).append(one)
    pairs = [pair for row in rows for pair in _pairs(row, by_day, named)]
    taken: set[str] = set()
    found: dict[int, Matched] = {}
    for pair in sorted(pairs, key=lambda one: (-one.score, one.row.line, one.incident.id)):
        if pair.row.line not in found and pair.incident.id not in taken:
            found[pair.row.line] = pair
            taken.add(pair.incident.id)
    return tuple(found[row.line] for row in rows if row.line in found)


def _pairs(row: Row, by_day: Mapping[date | None, Sequence[Incident]], named: Named) -> Iterator[Matched]:
    document = named.get(row.document or "")
    days = [row.earliest + timedelta(n) for n in range(-NEAR_DAYS, (row.latest - row.earliest).days + NEAR_DAYS + 1)]
    near = {one.id: one for day in (*days, None) for one in by_day.get(day, ())}
    for one in near.values():
        if document is not None and document not in one.documents:
            continue
        score = _score(row, one)
        if score >= (FEWEST if document is None else FEWEST_NAMED):
            yield Matched(row, one, score)


def _score(row: Row, incident: Incident) -> float:
    apart = days_apart(row, incident)
    day = DAY / 2 if apart is None else DAY * (1 - apart / (NEAR_DAYS + 1))
    away = km_apart(row, incident)
    vague = away is None or _wide(incident)
    place = PLACE / 2 if vague or away is None else PLACE * max(0.0, 1 - max(away - SAME_KM, 0.0) / NEAR_KM)
    if away is not None and away > SAME_KM + NEAR_KM:
        return 0.0
    same, related = incident.kind == row.kind, family(incident.kind) == family(row.kind)
    return round(max(day, 0.0) + place + KIND * (1.0 if same else 0.6 if related else 0.0), 4)


def _wide(incident: Incident) -> bool:
    """Whether an incident is only known to have been somewhere in a large area, which says little."""
    return all((site.radius_km or 0.0) > WIDE_KM for site in incident.places)


def family(kind: str) -> str:
    """The part of a kind before its point."""
    return kind.partition(".")[0]


def days_apart(row: Row, incident: Incident) -> int | None:
    """Days between two stretches of days; 0 where they meet, None where the incident has none."""
    if incident.earliest is None or incident.latest is None:
        return None
    return max((row.earliest - incident.latest).days, (incident.earliest - row.latest).days, 0)


def km_apart(row: Row, incident: Incident) -> float | None:
    """Kilometres from a row's point to the nearest place of an incident, less what that reaches; None if unknown."""
    point = where(row)
    sites = [one for one in incident.places if one.role in ("location", "target_area", "near")]
    if point is None:
        same = any((row.place or "").casefold() in _names(site) for site in sites)
        return 0.0 if same and row.place else None
    away = [
        max(km(point, (s.lat, s.lon)) - (s.radius_km or 0.0), 0.0)
        for s in sites
        if s.lat is not None and s.lon is not None
    ]
    return min(away, default=None)


def where(row: Row) -> tuple[float, float] | None:
    """A row's point: its own coordinates, else those of its place in the gazetteer."""
    if row.lat is not None and row.lon is not None:
        return row.lat, row.lon
    known = None if row.place is None else located(row.place)
    return None if known is None else (known.lat, known.lon)


def _names(site: Site) -> Iterable[str]:
    return {name.casefold() for name in (site.name, site.resolved) if name}


def _days(incident: Incident) -> Iterator[date | None]:
    """The days of an incident, its first and last if they are many; None of one that has none."""
    if incident.earliest is None or incident.latest is None:
        yield None
        return
    length = (incident.latest - incident.earliest).days
    yield from {incident.earliest + timedelta(n) for n in range(min(length, 31) + 1)} | {incident.latest}
