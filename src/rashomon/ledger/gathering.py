"""A ledger while incidents are gathered: one transaction in which tellings, copies and incidents are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, text, update

from rashomon.ledger import doubting, incidents, judging, trail
from rashomon.ledger import tables as t
from rashomon.ledger.book import Doubt
from rashomon.ledger.columns import numbers
from rashomon.ledger.indexing import Indexing
from rashomon.ledger.printings import Printings
from rashomon.ledger.rows import storable, unpacked
from rashomon.ledger.tellings import Tellings
from rashomon.model.document import DocumentId
from rashomon.model.incident import Incident, IncidentId, TellingKey, Told
from rashomon.model.judgement import Judgement
from rashomon.model.reading import Reading

FORGOTTEN = ("doubt", "mark", "site", "account", "incident", "block", "telling", "band", "printing")


# Readings held at once while incidents are compared, about 50 kB each.
MOST_READ = 2000
# Written out once: making a statement takes longer than running it.
RECALL = text(
    "SELECT t.name, t.reading, o.id AS origin FROM telling t LEFT JOIN printing p ON p.document = t.document "
    "LEFT JOIN document o ON o.key = p.origin "
    "WHERE t.key IN :keys"
).bindparams(numbers("keys"))
READ = text(
    "SELECT r.key, r.body, d.text FROM reading r JOIN document d ON d.key = r.document WHERE r.key IN :keys"
).bindparams(numbers("keys"))
STANDING = text("SELECT key, incident FROM telling WHERE key IN :keys").bindparams(numbers("keys"))
MOVE = text("UPDATE telling SET incident = :to WHERE key = :key")


@dataclass(frozen=True, slots=True)
class Due:
    """A document to be gathered; its ``tellings`` kept so far, and whether a text of it is known as ``printed``."""

    reading: Reading
    tellings: tuple[TellingKey, ...]
    printed: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """An incident and its tellings, the first of which it is called by; ``outlets`` tell of it."""

    tellings: tuple[TellingKey, ...]
    incident: Incident
    outlets: frozenset[str]


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
    recalled: dict[TellingKey, tuple[int, str | None]] = field(default_factory=dict)
    left: set[int] = field(default_factory=set)
    ruled: frozenset[str] | None = None

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

    def opened(self, documents: Sequence[DocumentId]) -> tuple[Due, ...]:
        """These documents as they are now, and what is held of them from before."""
        d, r, c = t.document.c, t.reading.c, t.telling.c
        tellings: dict[str, list[TellingKey]] = defaultdict(list)
        kept = select(d.id, c.name).join(t.telling, c.document == d.key).where(d.id.in_(documents)).order_by(c.key)
        for document, name in self.connection.execute(kept):
            tellings[document].append(TellingKey(name))
        printings = select(d.id).join(t.printing, t.printing.c.document == d.key).where(d.id.in_(documents))
        printed = frozenset(self.connection.execute(printings).scalars())
        current = select(d.key, d.id, d.text, r.key.label("reading"), r.body).join(t.reading, r.document == d.key)
        found = {}
        for row in self.connection.execute(current.where(d.id.in_(documents), d.current == 1, r.current == 1)):
            self.tellings.standings[row.id] = row.key, row.reading
            reading = self.readings[row.reading] = unpacked(row.body, row.text)
            found[row.id] = Due(reading, tuple(tellings[row.id]), row.id in printed)
        return tuple(found[name] for name in documents)

    def recall(self, tellings: Sequence[TellingKey]) -> None:
        """Read at once what ``told`` will be asked for."""
        keys = [self.tellings.key(telling) for telling in tellings]
        for row in self.connection.execute(RECALL, {"keys": keys}):
            self.recalled[TellingKey(row.name)] = row.reading, row.origin
        if len(keys) <= MOST_READ:
            self._read([self.recalled[telling][0] for telling in tellings])

    def told(self, tellings: Sequence[TellingKey]) -> tuple[Told, ...]:
        """Tellings in the readings they were gathered from, each with the document that its own one copies."""
        if any(telling not in self.recalled for telling in tellings):
            self.recall(tellings)
        self._read([self.recalled[telling][0] for telling in tellings])
        told = []
        for telling in tellings:
            key, origin = self.recalled[telling]
            reading = self.readings[key]
            number = telling.rpartition("#")[2]
            one = next(one for one in reading.incidents if one.id == number)
            told.append(Told(one, reading, DocumentId(origin or reading.document.id)))
        return tuple(told)

    def write(self, settled: Sequence[Settled]) -> None:
        """Keep incidents in place of what there was of their tellings."""
        self.tellings.flush()
        leads = {
            self.tellings.key(name): self.tellings.key(one.tellings[0]) for one in settled for name in one.tellings
        }
        standing = self.connection.execute(STANDING, {"keys": list(leads)}).all()
        moving = [row for row in standing if row.incident != leads[row.key]]
        self.left.update(row.incident for row in moving)
        if moving:
            self.connection.execute(MOVE, [{"key": row.key, "to": leads[row.key]} for row in moving])
        first = {self.tellings.key(one.tellings[0]): one for one in settled}
        kept = {key: one.incident for key, one in first.items()}
        incidents.write(self.connection, kept, {key: one.outlets for key, one in first.items()})

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
        self.tellings.said = self.ruled = None
        return judging.append(self.connection, judgement)

    def judgements(self, document: DocumentId | None = None) -> tuple[Judgement, ...]:
        """Everything people decided, oldest first; or what they decided of the words of one document."""
        return judging.judgements(self.connection, document)

    def judged(self) -> frozenset[str]:
        """The documents on whose words somebody decided."""
        if self.ruled is None:
            self.ruled = judging.judged(self.connection)
        return self.ruled

    def doubt(self, document: DocumentId, doubts: Sequence[Doubt]) -> None:
        """Set what a person should look at in a document."""
        doubting.write(self.connection, document, doubts)

    def attest(self, by: str, what: str, body: str, at: datetime) -> None:
        """Add to the audit trail that somebody did something that is no judgement."""
        trail.seal(self.connection, at.isoformat(timespec="seconds"), storable(by), what, body)

    def naming(self, actors: Collection[str]) -> tuple[TellingKey, ...]:
        """The first telling of every incident in which one of these actors speaks or takes part."""
        m, c = t.mark.c, t.telling.c
        names = [incidents.folded(actor) for actor in actors]
        of = select(m.incident).where(m.what.in_(("voice", "actor")), m.name.in_(names))
        return tuple(
            map(TellingKey, self.connection.execute(select(c.name).where(c.key.in_(of)).order_by(c.key)).scalars())
        )

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

    def _read(self, keys: Collection[int]) -> None:
        missing = [key for key in dict.fromkeys(keys) if key not in self.readings]
        if len(self.readings) + len(missing) > MOST_READ:
            self.readings = {key: self.readings[key] for key in keys if key in self.readings}
        if missing:
            for row in self.connection.execute(READ, {"keys": missing}):
                self.readings[row.key] = unpacked(row.body, row.text)
