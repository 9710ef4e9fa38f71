"""The tables: documents, readings, claims, captures, failures, changes."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey, LargeBinary, UniqueConstraint, text

from rashomon.ledger.columns import Integer, Real, Text

revision = "v0001"
down_revision: str | None = None


def upgrade() -> None:
    """Make the tables."""
    _documents()
    _claims()
    op.create_table(
        "meta",
        Column("name", Text, primary_key=True),
        Column("number", Integer, nullable=False),
        sqlite_strict=True,
    )
    op.execute("INSERT INTO meta (name, number) VALUES ('documents', 0), ('claims', 0)")
    op.create_table(
        "capture",
        Column("digest", Text, primary_key=True),
        Column("name", Text, nullable=False),
        Column("document", Integer, ForeignKey("document.key"), nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "failure",
        Column("name", Text, primary_key=True),
        Column("stage", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("at", Text, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "change",
        Column("revision", Integer, primary_key=True),
        Column("subject", Text, nullable=False),
        Column("what", Text, nullable=False),
        Column("at", Text, nullable=False),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Forget everything."""
    for name in ("change", "failure", "capture", "meta", "claim", "reading", "document"):
        op.drop_table(name)


def _documents() -> None:
    op.create_table(
        "document",
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
        sqlite_strict=True,
    )
    current = text("current = 1")
    op.create_index("document_order", "document", ["published", "id"], sqlite_where=current, postgresql_where=current)
    op.create_table(
        "reading",
        Column("key", Integer, primary_key=True),
        Column("document", Integer, ForeignKey("document.key"), nullable=False),
        Column("version", Text, nullable=False),
        Column("weights", Text, nullable=False),
        Column("current", Integer, nullable=False),
        Column("body", LargeBinary, nullable=False),
        UniqueConstraint("document", "version", "weights"),
        sqlite_strict=True,
    )


def _claims() -> None:
    words = ("source", "cue", "content")
    codes = ("speech", "act", "stance", "distance")
    op.create_table(
        "claim",
        Column("document", Integer, ForeignKey("document.key"), primary_key=True),
        Column("number", Integer, primary_key=True),
        Column("id", Text, nullable=False),
        *(Column(name, Text, nullable=False) for name in words),
        Column("claimant", Text),
        *(Column(f"claimant_{name}", Text) for name in ("kind", "side", "country")),
        *(Column(name, Text, nullable=False) for name in codes),
        Column("within", Text),
        Column("score", Real),
        *(Column(f"{name}_spans", Text, nullable=False) for name in words),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
