"""The tables, for any database. What changes here needs a script in ``migrations``; a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

# Schema revisions this program knows, oldest first. Kept here so that a ledger opens without importing alembic.
REVISIONS = ("v0001", "v0002")
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
    Column("score", REAL),
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
