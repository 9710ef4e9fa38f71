"""The tellings of a ledger, their index and their ties, while incidents are gathered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, insert, select, text

from rashomon.ledger import judging
from rashomon.ledger import tables as t
from rashomon.ledger.columns import numbers, strings
from rashomon.ledger.indexing import Indexing
from rashomon.model import codec
from rashomon.model.document import DocumentId
from rashomon.model.incident import Gist, TellingKey, Tie
from rashomon.model.judgement import Judgement

# Up from a telling to the first of its tree, then down to all that go on from it.
TREE = text(
    "WITH RECURSIVE up (key, earlier) AS ("
    " SELECT key, earlier FROM telling WHERE name = :name"
    " UNION ALL SELECT t.key, t.earlier FROM up JOIN telling t ON t.key = up.earlier), "
    "down (key) AS ("
    " SELECT key FROM up WHERE earlier IS NULL"
    " UNION ALL SELECT t.key FROM down JOIN telling t ON t.earlier = down.key) "
    "SELECT t.key, t.name, t.gist, t.tie FROM down JOIN telling t ON t.key = down.key ORDER BY t.key"
)
# Written out once, each list as one value: making a statement takes longer than running it.
NEAR = text("SELECT DISTINCT telling FROM block WHERE name IN :names").bindparams(strings("names"))
READ = text("SELECT key, gist, tie FROM telling WHERE key IN :keys").bindparams(numbers("keys"))
ONE = text("SELECT key, gist, tie FROM telling WHERE name = :name")
KEEP = insert(t.telling)
INDEX = text("INSERT INTO block (name, telling) VALUES (:name, :telling)")
BIND = text("UPDATE telling SET earlier = :earlier, tie = :tie, sure = :sure WHERE key = :key")


Row = dict[str, int | float | bytes | None]


@dataclass(slots=True)
class Leaf:
    """A telling as far as it was read in this transaction; the tie is decoded when it is asked for."""

    key: int
    gist: Gist
    tied: bytes | None
    tie: Tie | None = None


@dataclass(slots=True)
class Tellings:
    """The tellings of a ledger, their index and their ties: what incidents are gathered from.

    Bound to a connection whose transaction somebody else began and will end; what was read is kept until then.
    """

    connection: Connection
    indexing: Indexing
    leaves: dict[TellingKey, Leaf] = field(default_factory=dict)
    keys: dict[int, TellingKey] = field(default_factory=dict)
    after: dict[TellingKey, dict[TellingKey, None]] = field(default_factory=dict)
    standings: dict[DocumentId, tuple[int, int]] = field(default_factory=dict)
    unbound: dict[int, Row] = field(default_factory=dict)
    said: judging.Docket | None = None

    def gist(self, key: TellingKey) -> Gist | None:
        """The gist of a telling, or None if it is not kept."""
        leaf = self._leaf(key)
        return None if leaf is None else leaf.gist

    def near(self, gist: Gist) -> Sequence[Gist]:
        """The kept gists of other documents under the names it is sought under, each once, the first kept first."""
        names = self.indexing.sought(gist)
        found = sorted(self.connection.execute(NEAR, {"names": names}).scalars())
        self._read([key for key in found if key not in self.keys])
        leaves = (self.leaves[self.keys[key]] for key in found if key in self.keys)
        return [leaf.gist for leaf in leaves if leaf.gist.document != gist.document]

    def tie(self, key: TellingKey) -> Tie | None:
        """What a telling goes on from."""
        leaf = self._leaf(key)
        if leaf is None:
            return None
        if leaf.tie is None and leaf.tied is not None:
            leaf.tie = codec.tie(leaf.tied)
        return leaf.tie

    def followers(self, key: TellingKey) -> Sequence[TellingKey]:
        """The tellings that go on from this one."""
        if key not in self.after:
            self._read_tree(key)
        return tuple(self.after.get(key, ()))

    def judgements(self, key: TellingKey) -> Sequence[Judgement]:
        """The judgements on a telling, their subjects as tellings, and those that undo them."""
        if self.said is None:
            self.said = judging.docket(self.connection)
        return self.said.on(key)

    def keep(self, gist: Gist) -> None:
        """Keep a gist under its names; it answers to its id from now on."""
        document, reading = self._standing_in(gist.document)
        name = self.indexing.named(gist)
        made = self.connection.execute(
            KEEP,
            {
                "document": document,
                "reading": reading,
                "name": gist.key,
                "id": name,
                "gist": codec.to_json(gist),
                "incident": 0,
            },
        ).inserted_primary_key
        if made is None:
            raise TypeError("a database that does not tell the key of a new row")
        rows = [{"name": block, "telling": made[0]} for block in dict.fromkeys(self.indexing.kept(gist))]
        if rows:
            self.connection.execute(INDEX, rows)
        judging.give(self.connection, name, gist)
        self._hold(Leaf(made[0], gist, None))
        self.after[gist.key] = {}

    def drop(self, key: TellingKey) -> None:
        """Forget a gist and its tie; its id goes on answering."""
        leaf = self._leaf(key)
        if leaf is None:
            return
        self.bind(key, None)
        judging.leave(self.connection, leaf.gist)
        b = t.block.c
        self.connection.execute(
            delete(t.block).where(b.name.in_(tuple(self.indexing.kept(leaf.gist))), b.telling == leaf.key)
        )
        self.connection.execute(delete(t.telling).where(t.telling.c.key == leaf.key))
        del self.leaves[key], self.keys[leaf.key]
        self.after.pop(key, None)

    def bind(self, key: TellingKey, tie: Tie | None) -> None:
        """Set what a telling goes on from; None for nothing."""
        had = self.tie(key)
        if had == tie:
            return
        leaf = self.leaves[key]
        earlier = None if tie is None else self._leaf(tie.earlier)
        if tie is not None and earlier is None:
            raise KeyError(tie.earlier)
        tied = None if tie is None else codec.to_json(tie)
        self.unbound[leaf.key] = {
            "key": leaf.key,
            "earlier": None if earlier is None else earlier.key,
            "tie": tied,
            "sure": None if tie is None else tie.score,
        }
        leaf.tied, leaf.tie = tied, tie
        if had is not None and had.earlier in self.after:
            self.after[had.earlier].pop(key, None)
        if tie is not None and tie.earlier in self.after:
            self.after[tie.earlier][key] = None

    def flush(self) -> None:
        """Write the ties that were set since the last time."""
        if self.unbound:
            self.connection.execute(BIND, list(self.unbound.values()))
            self.unbound.clear()

    def standing(self, document: DocumentId) -> tuple[TellingKey, ...]:
        """The tellings of a document, in whichever of its versions, that are kept."""
        of = select(t.document.c.key).where(t.document.c.id == document)
        c = t.telling.c
        return tuple(
            map(TellingKey, self.connection.execute(select(c.name).where(c.document.in_(of)).order_by(c.key)).scalars())
        )

    def key(self, key: TellingKey) -> int:
        """The number of a kept telling."""
        leaf = self._leaf(key)
        if leaf is None:
            raise KeyError(key)
        return leaf.key

    def _standing_in(self, name: DocumentId) -> tuple[int, int]:
        """The current version of a document and its current reading."""
        if name in self.standings:
            return self.standings[name]
        d, r = t.document.c, t.reading.c
        current = select(d.key, r.key).join(t.reading, r.document == d.key)
        found = self.connection.execute(current.where(d.id == name, d.current == 1, r.current == 1)).one()
        self.standings[name] = int(found[0]), int(found[1])
        return self.standings[name]

    def _leaf(self, key: TellingKey) -> Leaf | None:
        if key not in self.leaves:
            row = self.connection.execute(ONE, {"name": key}).first()
            if row is None:
                return None
            self._hold(Leaf(row.key, codec.gist(row.gist), row.tie))
        return self.leaves[key]

    def _hold(self, leaf: Leaf) -> None:
        self.leaves[leaf.gist.key] = leaf
        self.keys[leaf.key] = leaf.gist.key

    def _read(self, keys: Sequence[int]) -> None:
        if keys:
            for row in self.connection.execute(READ, {"keys": keys}):
                self._hold(Leaf(row.key, codec.gist(row.gist), row.tie))

    def _read_tree(self, key: TellingKey) -> None:
        """Read the whole tree of a telling: whoever asks for one that goes on from it asks for all."""
        self.flush()
        names = []
        for row in self.connection.execute(TREE, {"name": key}):
            if row.key not in self.keys:
                self._hold(Leaf(row.key, codec.gist(row.gist), row.tie))
            names.append(TellingKey(row.name))
        for name in names:
            self.after[name] = {}
        for name in names:
            tie = self.tie(name)
            if tie is not None:
                self.after[tie.earlier][name] = None
