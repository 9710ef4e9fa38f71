"""Where a coder and the machine differ, row by row, and how far they agree beyond chance (Cohen's kappa)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rashomon import resolving, words
from rashomon.coders.matching import NEAR_DAYS, SAME_KM, Matched, days_apart, family, km_apart, matched
from rashomon.coders.rows import Interval, Row
from rashomon.coders.voice import PREFIX
from rashomon.ledger import Ledger, Wanted
from rashomon.model.document import DocumentId
from rashomon.model.incident import Answer, Incident, Told
from rashomon.model.telling import Status
from rashomon.review.agreement import kappa

NONE = "none"
# What coders code is what happened; what is planned, threatened or long past is no incident that they missed.
HAPPENED = (Status.OCCURRED, Status.CLAIMED)


class Differs(StrEnum):
    """In what a row and the machine differ."""

    MISSING = "missing"
    EXTRA = "extra"
    KIND = "kind"
    DATE = "date"
    PLACE = "place"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: the row (its line and id) and the incident, as far as there are, and what each says."""

    what: Differs
    line: int | None
    row: str | None
    incident: str | None
    coder: str
    machine: str


@dataclass(frozen=True, slots=True)
class Measure:
    """How far both agree on something: of so many ``units`` a share ``agreed``, and kappa, None where chance is all."""

    name: str
    units: int
    agreed: float
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows held against a ledger: how many were ``matched``, all differences, the measures."""

    rows: int
    matched: int
    differences: tuple[Difference, ...]
    measures: tuple[Measure, ...]


def compare(ledger: Ledger, rows: Sequence[Row]) -> Comparison:
    """Hold rows against what the machine read, coded rows in the ledger left out.

    An incident is extra if it happened within the days that the rows cover, is of a family of kinds that they code,
    and, where all rows name documents of the ledger, is told by one of these.
    """
    if not rows:
        return Comparison(0, 0, (), ())
    since, until = min(row.earliest for row in rows), max(row.latest for row in rows)
    near = timedelta(NEAR_DAYS)
    wanted = Wanted(since=since - near, until=until + near)
    listed = {one.id: one for one in (*ledger.incidents(wanted), *_undated(ledger))}
    incidents = [one for one in (_machines(ledger, one) for one in listed.values()) if one is not None]
    named = _named(ledger)
    pairs = matched(rows, incidents, named)
    coded = {named[row.document] for row in rows if row.document in named}
    all_named = all(row.document in named for row in rows)
    taken = {pair.incident.id for pair in pairs}
    families = {family(row.kind) for row in rows}
    extra = [
        one
        for one in incidents
        if one.id not in taken
        and one.status in HAPPENED
        and family(one.kind) in families
        and _within(one, since, until)
        and (not all_named or coded & set(one.documents))
    ]
    missing = [row for row in rows if row.line not in {pair.row.line for pair in pairs}]
    differences = (
        *(Difference(Differs.MISSING, row.line, row.id, None, _row(row), "") for row in missing),
        *(difference for pair in pairs for difference in _pair(pair)),
        *(Difference(Differs.EXTRA, None, None, one.id, "", _incident(one)) for one in extra),
    )
    return Comparison(len(rows), len(pairs), differences, tuple(_measures(pairs, missing, extra)))


def _within(incident: Incident, since: date, until: date) -> bool:
    """Whether one of an incident's days is among these; one that has none is not."""
    if incident.earliest is None or incident.latest is None:
        return False
    return incident.earliest <= until and incident.latest >= since


def _undated(ledger: Ledger) -> Iterator[Incident]:
    return (one for one in ledger.incidents() if one.earliest is None)


def _machines(ledger: Ledger, incident: Incident) -> Incident | None:
    """The incident without what coders say of it; None if nothing is left."""
    if not any(document.startswith(PREFIX) for document in incident.documents):
        return incident
    keys = [key for key in incident.tellings if not key.startswith(PREFIX)]
    origins = ledger.papers([DocumentId(key.rpartition("#")[0]) for key in keys])
    told = []
    for key in keys:
        document, _, number = key.rpartition("#")
        reading = ledger.reading(document)
        telling = next(one for one in reading.incidents if one.id == number)
        told.append(Told(telling, reading, origins[DocumentId(document)].origin))
    return resolving.summarise(incident.id, told) if told else None


def _named(ledger: Ledger) -> dict[str, str]:
    """Documents by id, address and title."""
    found: dict[str, str] = {}
    for reading in ledger.readings():
        one = reading.document
        if not one.id.startswith(PREFIX):
            for name in (one.title, one.url, one.id):
                if name:
                    found[name] = one.id
    return found


def _pair(pair: Matched) -> Iterator[Difference]:
    """In what a row differs from its incident."""
    row, incident = pair.row, pair.incident

    def differs(what: Differs, coder: str, machine: str) -> Difference:
        return Difference(what, row.line, row.id, incident.id, coder, machine)

    if not _same_kind(row, incident):
        yield differs(Differs.KIND, row.kind, incident.kind)
    if days_apart(row, incident):
        yield differs(
            Differs.DATE, words.days(row.earliest, row.latest), words.days(incident.earliest, incident.latest)
        )
    away = km_apart(row, incident)
    if away is not None and away > SAME_KM:
        yield differs(Differs.PLACE, row.place or f"{row.lat}, {row.lon}", f"{_place(incident)} ({away:.0f} km away)")
    for kind, figure in row.figures.items():
        answers = _answers(incident, kind)
        if not any(_meet(figure, (one.low, one.high)) for one in answers):
            told = "; ".join(dict.fromkeys(f"{words.answer(one)} ({', '.join(one.voices)})" for one in answers))
            yield differs(Differs.FIGURE, f"{kind} {words.interval(*figure)}", told or "not said")


def _measures(pairs: Sequence[Matched], missing: Sequence[Row], extra: Sequence[Incident]) -> Iterator[Measure]:
    """Agreement on incidents, kinds, families, days, places and deaths.

    Where there is no category both share (a day, a place), what stands together counts as the same label.
    """
    found = [(family(p.row.kind), family(p.incident.kind)) for p in pairs]
    apart = [(family(row.kind), NONE) for row in missing] + [(NONE, family(one.kind)) for one in extra]
    yield _measure("incident and family", found + apart)
    yield _measure("family", found)
    yield _measure(
        "kind", [(p.row.kind, p.row.kind if _same_kind(p.row, p.incident) else p.incident.kind) for p in pairs]
    )
    days = [(p.row.earliest.isoformat(), _day(p)) for p in pairs if p.incident.earliest is not None]
    yield _measure("day", days)
    yield _measure("place", [(_spot(p), _site(p)) for p in pairs if km_apart(p.row, p.incident) is not None])
    deadly = [
        (
            str((p.row.figures["killed"][0] or 0) > 0),
            str(any((one.low or 0) > 0 for one in _answers(p.incident, "killed"))),
        )
        for p in pairs
        if "killed" in p.row.figures
    ]
    yield _measure("anybody killed", deadly)


def _measure(name: str, labels: Sequence[tuple[str, str]]) -> Measure:
    agreed = sum(one == other for one, other in labels) / len(labels) if labels else 0.0
    return Measure(name, len(labels), round(agreed, 4), None if (k := kappa(labels)) is None else round(k, 4))


def _same_kind(row: Row, incident: Incident) -> bool:
    """Whether kinds are the same, as far as the coder says which of its family it is."""
    return row.kind in (incident.kind, family(incident.kind))


def _day(pair: Matched) -> str:
    day = pair.incident.earliest
    return pair.row.earliest.isoformat() if not days_apart(pair.row, pair.incident) or day is None else day.isoformat()


def _spot(pair: Matched) -> str:
    return pair.row.place or f"{pair.row.lat:.2f}, {pair.row.lon:.2f}"


def _site(pair: Matched) -> str:
    away = km_apart(pair.row, pair.incident)
    return _spot(pair) if away is not None and away <= SAME_KM else _place(pair.incident)


def _answers(incident: Incident, question: str) -> list[Answer]:
    """The answers to a question that still stand."""
    answers = (one for asked in incident.comparisons if asked.question == question for one in asked.answers)
    return [one for one in answers if not one.superseded and (one.low is not None or one.high is not None)]


def _meet(one: Interval, other: Interval) -> bool:
    """Whether two intervals have a number in common; None is open."""
    (low, high), (bottom, top) = one, other
    return (low is None or top is None or low <= top) and (bottom is None or high is None or bottom <= high)


def _place(incident: Incident) -> str:
    return ", ".join(dict.fromkeys(words.site(one) for one in incident.places[:2])) or "no place"


def _row(row: Row) -> str:
    told = (row.kind, words.days(row.earliest, row.latest), row.place or "")
    return " · ".join(one for one in told if one)


def _incident(one: Incident) -> str:
    return f"{one.kind} · {words.days(one.earliest, one.latest)} · {_place(one)}"
