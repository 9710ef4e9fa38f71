"""A ledger while incidents are gathered: one transaction in which tellings, copies and incidents are written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, insert, select, text, update

from rashomon.ledger import finding, incidents, judging
from rashomon.ledger import tables as t
from rashomon.ledger.book import Indexing
from rashomon.ledger.printings import Printings
from rashomon.ledger.rows import unpacked
from rashomon.ledger.tellings import Tellings
from rashomon.model.document import DocumentId
from rashomon.model.incident import Incident, IncidentId, TellingKey, Told
from rashomon.model.judgement import Judgement
from rashomon.model.reading import Reading

MOST = 10_000  # keys in one question
FORGOTTEN = ("mark", "site", "account", "incident", "block", "telling", "band", "printing")


@dataclass(slots=True)
class Gathering:
    """A ledger's ``tellings`` and ``printings``, what is due, and the incidents that come of them.

    Bound to a connection whose transaction somebody else began and will end.
    """

    connection: Connection
    indexing: Indexing
    tellings: Tellings = field(init=False)
    printings: Printings = field(init=False)
    readings: dict[int, Reading] = field(default_factory=dict)
    left: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.tellings = Tellings(self.connection, self.indexing)
        self.printings = Printings(self.connection)

    def due(self, limit: int) -> tuple[DocumentId, ...]:
        """Documents that are not gathered yet, by id."""
        c = t.due.c
        names = self.connection.execute(select(c.document).order_by(c.document).limit(limit)).scalars()
        return tuple(map(DocumentId, names))

    def done(self, documents: Collection[DocumentId]) -> None:
        """Say that documents are gathered."""
        self.connection.execute(delete(t.due).where(t.due.c.document.in_(documents)))

    def reading(self, document: DocumentId) -> Reading:
        """The current reading of a document."""
        return finding.reading(self.connection, document)

    def told(self, tellings: Sequence[TellingKey]) -> tuple[Told, ...]:
        """Tellings in the readings they were gathered from, each with the document that its own one copies."""
        keys = [self.tellings.key(telling) for telling in tellings]
        c, p, o = t.telling.c, t.printing.c, t.document.c
        of = t.telling.outerjoin(t.printing, p.document == c.document).outerjoin(t.document, p.origin == o.key)
        found = {}
        for at in range(0, len(keys), MOST):
            asked = select(c.name, c.reading, o.id).select_from(of).where(c.key.in_(keys[at : at + MOST]))
            found.update({row.name: row for row in self.connection.execute(asked)})
        self._read([row.reading for row in found.values()])
        told = []
        for telling in tellings:
            reading = self.readings[found[telling].reading]
            number = telling.rpartition("#")[2]
            one = next(one for one in reading.incidents if one.id == number)
            told.append(Told(one, reading, DocumentId(found[telling].id or reading.document.id)))
        return tuple(told)

    def write(self, tellings: Sequence[TellingKey], incident: Incident) -> None:
        """Keep an incident of tellings, the first of which it is called by."""
        keys = [self.tellings.key(telling) for telling in tellings]
        c = t.telling.c
        for at in range(0, len(keys), MOST):
            moved = (c.key.in_(keys[at : at + MOST]), c.incident != keys[0])
            self.left.update(self.connection.execute(select(c.incident).distinct().where(*moved)).scalars())
            self.connection.execute(update(t.telling).where(*moved).values(incident=keys[0]))
        incidents.write(self.connection, keys[0], incident, self._outlets(incident))

    def leave(self, tellings: Sequence[TellingKey]) -> None:
        """Take note that tellings are about to be dropped: their incidents may be left without any."""
        c = t.telling.c
        self.left.update(self.connection.execute(select(c.incident).where(c.name.in_(tellings))).scalars())

    def sweep(self) -> None:
        """Forget incidents that no telling is left of."""
        c = t.telling.c
        for key in sorted(self.left):
            if self.connection.execute(select(c.key).where(c.incident == key).limit(1)).scalar() is None:
                incidents.erase(self.connection, (key,))
        self.left.clear()

    def renew(self, document: DocumentId) -> None:
        """Let ids that a document's earlier readings gave out answer for what it tells now."""
        gists = [gist for key in self.tellings.standing(document) if (gist := self.tellings.gist(key)) is not None]
        judging.renew(self.connection, document, gists)
        self.tellings.said = None

    def telling(self, name: str) -> TellingKey:
        """The telling that an id or key answers for; else errors.Unknown."""
        return judging.telling(self.connection, name)

    def answering(self, names: Collection[str]) -> tuple[TellingKey, ...]:
        """The tellings that ids answer for now, where there are any."""
        c = t.given.c
        found = self.connection.execute(select(c.telling).where(c.id.in_(names), c.telling.is_not(None))).scalars()
        return tuple(map(TellingKey, found))

    def named(self, telling: TellingKey) -> IncidentId:
        """A telling's own id."""
        c = t.telling.c
        return IncidentId(self.connection.execute(select(c.id).where(c.name == telling)).scalar_one())

    def decide(self, judgement: Judgement) -> Judgement:
        """Write a judgement down; it comes back with its number."""
        self.tellings.said = None
        return judging.append(self.connection, judgement)

    def judgements(self) -> tuple[Judgement, ...]:
        """Everything people decided, oldest first."""
        return judging.judgements(self.connection)

    def naming(self, actors: Collection[str]) -> tuple[TellingKey, ...]:
        """The first telling of every incident in which one of these actors speaks or takes part."""
        m, c = t.mark.c, t.telling.c
        names = [incidents.folded(actor) for actor in actors]
        of = select(m.incident).where(m.what.in_(("voice", "actor")), m.name.in_(names))
        return tuple(map(TellingKey, self.connection.execute(select(c.name).where(c.key.in_(of))).scalars()))

    def forget(self) -> None:
        """Forget all that was gathered, but what people decided and the ids given out; every document is due."""
        self.connection.execute(text("DELETE FROM told"))
        for name in FORGOTTEN:
            self.connection.execute(delete(t.metadata.tables[name]))
        self.connection.execute(update(t.given).values(telling=None))
        self.connection.execute(update(t.meta).where(t.meta.c.name == "incidents").values(number=0))
        self.connection.execute(delete(t.due))
        current = select(t.document.c.id).where(t.document.c.current == 1)
        self.connection.execute(insert(t.due).from_select(["document"], current))

    def _outlets(self, incident: Incident) -> frozenset[str]:
        """Who published the documents that tell of an incident."""
        told = {self.tellings.key(key) for key in incident.tellings}
        c, d = t.telling.c, t.document.c
        found: set[str] = set()
        for at in range(0, len(told), MOST):
            some = sorted(told)[at : at + MOST]
            of = t.telling.join(t.document, c.document == d.key)
            found.update(self.connection.execute(select(d.outlet).select_from(of).where(c.key.in_(some))).scalars())
        return frozenset(found - {None})

    def _read(self, keys: Collection[int]) -> None:
        r, d = t.reading.c, t.document.c
        missing = [key for key in dict.fromkeys(keys) if key not in self.readings]
        for at in range(0, len(missing), MOST):
            of = t.reading.join(t.document, r.document == d.key)
            asked = select(r.key, r.body, d.text).select_from(of).where(r.key.in_(missing[at : at + MOST]))
            for row in self.connection.execute(asked):
                self.readings[row.key] = unpacked(row.body, row.text)
