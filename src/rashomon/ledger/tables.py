"""The tables, for any database. What changes here needs a script in ``migrations``; a test compares the two."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, MetaData, Table, UniqueConstraint, text

from rashomon.ledger.columns import Integer, Real, Text

# Schema revisions this program knows, oldest first. Kept here so that a ledger opens without importing alembic.
REVISIONS = ("v0001", "v0002", "v0003", "v0004", "v0005", "v0006")
VERSIONS = "rashomon_version"

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    sqlite_strict=True,
)

document = Table(
    "document",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("current", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("url", Text),
    Column("outlet", Text),
    Column("title", Text),
    Column("published", Text),
    UniqueConstraint("id", "version"),
    UniqueConstraint("id", "digest"),
    Index(
        "document_outlet", "outlet", "published", sqlite_where=text("current = 1"), postgresql_where=text("current = 1")
    ),
    Index("document_order", "published", "id", sqlite_where=text("current = 1"), postgresql_where=text("current = 1")),
    sqlite_strict=True,
)

reading = Table(
    "reading",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("document", ForeignKey("document.key"), nullable=False),
    Column("version", Text, nullable=False),
    Column("weights", Text, nullable=False),
    Column("current", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("document", "version", "weights"),
    sqlite_strict=True,
)

claim = Table(
    "claim",
    metadata,
    Column("document", ForeignKey("document.key"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("cue", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("claimant", Text),
    Column("claimant_kind", Text),
    Column("claimant_side", Text),
    Column("claimant_country", Text),
    Column("speech", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("stance", Text, nullable=False),
    Column("distance", Text, nullable=False),
    Column("within", Text),
    Column("score", Real),
    Column("source_spans", Text, nullable=False),
    Column("cue_spans", Text, nullable=False),
    Column("content_spans", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

capture = Table(
    "capture",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("document", ForeignKey("document.key"), nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

failure = Table(
    "failure",
    metadata,
    Column("name", Text, primary_key=True),
    Column("stage", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

change = Table(
    "change",
    metadata,
    Column("revision", Integer, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("at", Text, nullable=False),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# What is gathered across documents. ``due`` names the documents whose current reading is not gathered yet.
due = Table(
    "due",
    metadata,
    Column("document", Text, primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# ``earlier`` is the telling it goes on from, ``sure`` how surely, 0 to 1; ``incident`` the key of the first telling of
# its incident.
telling = Table(
    "telling",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("document", ForeignKey("document.key"), nullable=False),
    Column("reading", ForeignKey("reading.key"), nullable=False),
    Column("name", Text, nullable=False, unique=True),
    Column("id", Text, nullable=False),
    Column("gist", LargeBinary, nullable=False),
    Column("earlier", Integer),
    Column("tie", LargeBinary),
    Column("incident", Integer, nullable=False),
    Column("sure", Real),
    Index("telling_document", "document"),
    Index("telling_earlier", "earlier"),
    Index("telling_incident", "incident"),
    Index("telling_sure", "sure", "key"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

block = Table(
    "block",
    metadata,
    Column("name", Text, primary_key=True),
    Column("telling", Integer, primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# Every id ever given out: the words it stands for, and the telling that answers for it now.
given = Table(
    "given",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document", Text, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("telling", Text),
    Index("given_document", "document"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# An incident has the key of its first telling. Its body has a table of its own, so that lists read short rows.
incident = Table(
    "incident",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("earliest", Text, nullable=False),
    Column("documents", Integer, nullable=False),
    Index("incident_id", "id"),
    sqlite_strict=True,
)

account = Table(
    "account",
    metadata,
    Column("incident", ForeignKey("incident.key"), primary_key=True),
    Column("body", LargeBinary, nullable=False),
    sqlite_strict=True,
)

# What incidents are listed by: kinds, relations, voices, sides.
mark = Table(
    "mark",
    metadata,
    Column("what", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("incident", ForeignKey("incident.key"), primary_key=True),
    Column("earliest", Text, nullable=False),
    Index("mark_incident", "incident"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

site = Table(
    "site",
    metadata,
    Column("cell", Integer, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("incident", ForeignKey("incident.key"), primary_key=True),
    Column("lat", Real, primary_key=True),
    Column("lon", Real, primary_key=True),
    Column("earliest", Text, nullable=False),
    Index("site_incident", "incident"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# What answers count, from ``low`` to ``high``; either may be open.
figure = Table(
    "figure",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("incident", ForeignKey("incident.key", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("low", Real),
    Column("high", Real),
    *(Column(name, Text, nullable=False) for name in ("day", "earliest", "id")),
    Index("figure_kind", "kind", "low", "high"),
    Index("figure_incident", "incident"),
    sqlite_strict=True,
)

# ``document`` is the one whose words are judged, or were by what is undone; ``body`` the whole judgement as JSON.
judgement = Table(
    "judgement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("subjects", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("replaces", ForeignKey("judgement.id")),
    Column("document", Text),
    Column("body", Text),
    Index("judgement_document", "document"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# ``earlier`` is the first of the texts that this one is nearly the same as, ``origin`` the first of all of them.
printing = Table(
    "printing",
    metadata,
    Column("document", ForeignKey("document.key"), primary_key=True),
    Column("signature", LargeBinary, nullable=False),
    Column("earlier", Integer),
    Column("origin", Integer, nullable=False),
    Index("printing_earlier", "earlier"),
    Index("printing_origin", "origin"),
    sqlite_strict=True,
)

band = Table(
    "band",
    metadata,
    Column("name", Integer, primary_key=True),
    Column("document", Integer, primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# The audit trail: rows are added to its end and hold the digest of the row before them.
trail = Table(
    "trail",
    metadata,
    Column("number", Integer, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("at", "by", "what", "body", "previous", "digest")),
    sqlite_strict=True,
)

# Words that a person should look at: how ``sure`` the machine is of them, 0 to 1, and how many people ``settled`` them.
doubt = Table(
    "doubt",
    metadata,
    Column("document", Text, primary_key=True),
    Column("part", Text, primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, primary_key=True),
    Column("sure", Real, nullable=False),
    Column("settled", Integer, nullable=False),
    Index("doubt_order", "settled", "sure", "document"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
