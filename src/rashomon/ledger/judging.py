"""What people decided, and the ids by which they name tellings."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, Row, insert, select, text, update

from rashomon.errors import Unknown
from rashomon.ledger import tables as t
from rashomon.ledger import trail, writing
from rashomon.ledger.book import What
from rashomon.ledger.rows import storable
from rashomon.model import codec
from rashomon.model.document import DocumentId
from rashomon.model.incident import Gist, IncidentId, TellingKey
from rashomon.model.judgement import Judgement, JudgementId, Verdict

GIVE = text(
    "INSERT INTO given (id, document, start, telling) VALUES (:id, :document, :start, :telling) "
    "ON CONFLICT (id, document) DO UPDATE SET telling = excluded.telling"
)
OF_INCIDENTS = (Verdict.SAME_INCIDENT, Verdict.DIFFERENT_INCIDENT)


@dataclass(frozen=True, slots=True)
class Docket:
    """All judgements: those on incidents by the tellings they are about now, and all in their order."""

    every: tuple[Judgement, ...]
    tellings: Mapping[TellingKey, tuple[Judgement, ...]]

    def on(self, key: TellingKey) -> tuple[Judgement, ...]:
        """The judgements on a telling, and those that undo them."""
        return self.tellings.get(key, ())


def docket(connection: Connection) -> Docket:
    """Everything decided. A judgement whose telling is told no longer, or became one with the other, rests."""
    every = judgements(connection)
    undoing: dict[JudgementId, list[Judgement]] = defaultdict(list)
    for one in every:
        if one.replaces is not None:
            undoing[one.replaces].append(one)
    named = {subject for one in every if one.verdict in OF_INCIDENTS for subject in one.subjects}
    answering = _answering(connection, sorted(named))
    found: dict[TellingKey, list[Judgement]] = defaultdict(list)
    for one in every:
        if one.verdict not in OF_INCIDENTS:
            continue
        about = tuple(key for subject in one.subjects if (key := answering.get(subject)) is not None)
        if len(set(about)) == len(one.subjects):
            for key in about:
                found[key] += [replace(one, subjects=about), *_undone(one.id, undoing)]
    return Docket(every, {key: tuple(said) for key, said in found.items()})


def judgements(connection: Connection, document: DocumentId | None = None) -> tuple[Judgement, ...]:
    """All judgements, oldest first; those on the words of one document with what undoes them."""
    c = t.judgement.c
    asked = select(t.judgement).order_by(c.id)
    if document is not None:
        asked = asked.where(c.document == storable(document))
    return tuple(map(_judgement, connection.execute(asked)))


def judged(connection: Connection) -> frozenset[str]:
    """The documents on whose words somebody decided."""
    c = t.judgement.c
    return frozenset(connection.execute(select(c.document).distinct().where(c.document.is_not(None))).scalars())


def append(connection: Connection, judgement: Judgement) -> Judgement:
    """Write a judgement down, and into the trail; it comes back with the number it got."""
    subjects = tuple(map(storable, judgement.subjects))
    said = replace(judgement, subjects=subjects, by=storable(judgement.by), reason=storable(judgement.reason))
    at = said.at.isoformat(timespec="seconds")
    said = replace(said, at=datetime.fromisoformat(at))
    made = connection.execute(
        insert(t.judgement).values(
            verdict=said.verdict,
            subjects=json.dumps(subjects),
            by=said.by,
            at=at,
            reason=said.reason,
            replaces=said.replaces,
            document=_document(connection, said),
            body=None if said.about is None else codec.to_json(said).decode(),
        )
    ).inserted_primary_key
    if made is None:
        raise TypeError("a database that does not tell the key of a new row")
    said = replace(said, id=JudgementId(made[0]))
    trail.seal(connection, at, said.by, trail.JUDGEMENT, codec.to_json(said).decode())
    writing.log(connection, str(said.id), What.DECIDED)
    return said


def give(connection: Connection, name: IncidentId, gist: Gist) -> None:
    """Let an id answer for a telling, for good."""
    row = {"id": name, "document": gist.document, "start": gist.trigger.start, "telling": gist.key}
    connection.execute(GIVE, row)


def leave(connection: Connection, gist: Gist) -> None:
    """Take a telling away from all ids that it answered for."""
    c = t.given.c
    connection.execute(update(t.given).where(c.document == gist.document, c.telling == gist.key).values(telling=None))


def renew(connection: Connection, document: DocumentId, gists: Sequence[Gist]) -> None:
    """Let the ids of what a document tells no longer answer for what it tells nearest to where that stood."""
    c = t.given.c
    if not gists:
        return
    for row in connection.execute(select(c.id, c.start).where(c.document == document, c.telling.is_(None))).all():
        nearest = min(gists, key=lambda gist: (abs(gist.trigger.start - row.start), gist.key))
        connection.execute(update(t.given).where(c.id == row.id, c.document == document).values(telling=nearest.key))


def telling(connection: Connection, name: str) -> TellingKey:
    """The telling that an id, or a telling's own key, answers for. Raises Unknown."""
    name = storable(name)
    c = t.given.c
    wanted = name.upper() if name[:3].upper() == "RA-" else name
    rows = connection.execute(select(c.telling).where(c.id == wanted).order_by(c.document)).scalars().all()
    if any(row is not None for row in rows):
        return TellingKey(next(row for row in rows if row is not None))
    if rows:
        raise Unknown(f"{name}: the document that told of it tells of nothing now")
    own = connection.execute(select(t.telling.c.name).where(t.telling.c.name == name)).scalar()
    if own is None:
        raise Unknown(f"{name}: no such incident")
    return TellingKey(own)


@lru_cache(10_000)
def _judgement(row: Row[tuple[object, ...]]) -> Judgement:
    """A judgement from its row, which never changes: whoever decides reads all that was decided before."""
    columns = row._mapping
    words = None if columns["body"] is None else codec.judgement(columns["body"])
    return Judgement(
        JudgementId(columns["id"]),
        Verdict(columns["verdict"]),
        tuple(json.loads(columns["subjects"])),
        columns["by"],
        datetime.fromisoformat(columns["at"]),
        columns["reason"],
        None if columns["replaces"] is None else JudgementId(columns["replaces"]),
        *(() if words is None else (words.about, words.before, words.after, words.settles)),
    )


def _document(connection: Connection, judgement: Judgement) -> str | None:
    """The document whose words are judged; of an undoing, that of what it undoes."""
    if judgement.about is not None:
        return storable(judgement.about.document)
    if judgement.replaces is None:
        return None
    c = t.judgement.c
    found = connection.execute(select(c.document).where(c.id == judgement.replaces)).scalar()
    return None if found is None else str(found)


def _answering(connection: Connection, names: Sequence[str]) -> dict[str, TellingKey]:
    c = t.given.c
    found: dict[str, TellingKey] = {}
    for at in range(0, len(names), 1000):
        asked = select(c.id, c.telling).where(c.id.in_(names[at : at + 1000]), c.telling.is_not(None))
        for row in connection.execute(asked.order_by(c.document.desc())):
            found[row.id] = TellingKey(row.telling)
    return found


def _undone(of: JudgementId, undoing: Mapping[JudgementId, Sequence[Judgement]]) -> list[Judgement]:
    """The judgements that undo one, those that undo these, and so on."""
    found: list[Judgement] = []
    for one in undoing.get(of, ()):
        found += [one, *_undone(one.id, undoing)]
    return found
