"""The ledger as it was, and what became of it since."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from rashomon import ledger as books
from rashomon.errors import RashomonError, Unknown
from rashomon.gathering import gather
from rashomon.ledger import Ledger
from rashomon.ledger.book import Change, Paper, What
from rashomon.model.document import DocumentId
from rashomon.model.incident import Incident, IncidentId, Relation
from rashomon.model.judgement import Judgement

DAY = re.compile(r"\d{4}-\d\d-\d\d")
Moment = int | datetime
"""A revision of a ledger, or a time."""


class Untimely(RashomonError):
    """A moment that is none, or a revision that is yet to come."""


class Turn(StrEnum):
    """What became of an incident: it is new, another record, has another id, or is told of no longer."""

    ADDED = "added"
    CHANGED = "changed"
    MERGED = "merged"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Altered:
    """An incident that is not what it was. ``incident`` is what it is now; of a merged one, what its id leads to.

    ``relations`` names the questions that stand otherwise, each with how they stood and how they stand now.
    """

    id: IncidentId
    what: Turn
    incident: Incident | None
    relations: Mapping[str, tuple[Relation | None, Relation | None]]


@dataclass(frozen=True, slots=True)
class News:
    """What happened after one revision, up to another: the log with what its lines are about, and the incidents."""

    since: int
    revision: int
    log: tuple[Change, ...]
    papers: Mapping[DocumentId, Paper]
    judgements: Mapping[int, Judgement]
    incidents: tuple[Altered, ...]


def moment(text: str) -> Moment:
    """A revision from its number, a time from ISO 8601; a day alone is its end, and what has no zone is UTC.

    Raises Untimely.
    """
    said = text.strip()
    if said.isdecimal():
        return int(said)
    try:
        if DAY.fullmatch(said):
            return datetime.combine(date.fromisoformat(said), time(23, 59, 59), UTC)
        found = datetime.fromisoformat(said)
    except ValueError:
        raise Untimely(f"{text!r}: the number of a revision, YYYY-MM-DD, or YYYY-MM-DDTHH:MM") from None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def revision(ledger: Ledger, when: Moment) -> int:
    """The revision a ledger had come to. Raises Untimely if it has not yet."""
    if isinstance(when, datetime):
        return ledger.revision(when)
    latest = ledger.counts().revision
    if when > latest:
        raise Untimely(f"{when}: no such revision yet; the latest is {latest}")
    return when


@contextmanager
def as_of(ledger: Ledger, when: Moment) -> Iterator[Ledger]:
    """The ledger as it was: with the documents, readings and judgements of then, all of them gathered.

    It is a copy that is gone afterwards. What could not be read, and what was set aside, is not in it. Raises Untimely.
    """
    then = revision(ledger, when)
    with (
        TemporaryDirectory(prefix="rashomon-") as folder,
        books.open(Path(folder) / "past.db", create=True) as past,
    ):
        ledger.copy(then, past)
        gather(past)
        yield past


def changes(ledger: Ledger, since: Moment) -> News:
    """What happened after a revision, or a time. Raises Untimely.

    Whoever has the incidents of then and puts these in their places has those of now.
    """
    then = revision(ledger, since)
    log = tuple(ledger.changes(then))
    if not log:
        return News(then, then, (), {}, {}, ())
    numbers = {int(one.subject) for one in log if one.what is What.DECIDED}
    made = {int(one.id): one for one in ledger.judgements() if int(one.id) in numbers}
    papers = ledger.papers([DocumentId(one.subject) for one in log if one.what is not What.DECIDED])
    with as_of(ledger, then) as past:
        altered = (*_now(past, ledger), *_left(past, ledger))
    return News(then, log[-1].revision, log, papers, made, altered)


def _now(past: Ledger, ledger: Ledger) -> Iterator[Altered]:
    """Incidents of now that are new or not what they were."""
    for one in ledger.incidents():
        before = _found(past, one.id)
        if before is None or before.id != one.id:
            yield Altered(one.id, Turn.ADDED, one, {})
        elif before != one:
            yield Altered(one.id, Turn.CHANGED, one, _turned(before, one))


def _left(past: Ledger, ledger: Ledger) -> Iterator[Altered]:
    """Incidents of then whose ids name none of now."""
    for one in past.incidents():
        after = _found(ledger, one.id)
        if after is None:
            yield Altered(one.id, Turn.GONE, None, {})
        elif after.id != one.id:
            yield Altered(one.id, Turn.MERGED, after, {})


def _found(ledger: Ledger, name: IncidentId) -> Incident | None:
    try:
        return ledger.incident(name)
    except Unknown:
        return None


def _turned(before: Incident, now: Incident) -> dict[str, tuple[Relation | None, Relation | None]]:
    stood, stand = ({asked.question: asked.relation for asked in one.comparisons} for one in (before, now))
    every = dict.fromkeys((*stand, *stood))
    return {name: (stood.get(name), stand.get(name)) for name in every if stood.get(name) != stand.get(name)}
