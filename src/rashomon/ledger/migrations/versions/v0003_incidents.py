"""What is gathered across documents: tellings, copies, judgements, incidents and what these are listed by."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey, LargeBinary

from rashomon.ledger.columns import Integer, Real, Text

revision = "v0003"
down_revision: str | None = "v0002"

# As they can be dropped: what refers to a table before it.
TABLES = ("mark", "site", "account", "incident", "due", "given", "block", "telling", "judgement", "band", "printing")


def upgrade() -> None:
    """Make the tables; every document that is there is due to be gathered."""
    _tellings()
    _incidents()
    _lists()
    _printings()
    op.create_table(
        "judgement",
        Column("id", Integer, primary_key=True),
        *(Column(name, Text, nullable=False) for name in ("verdict", "subjects", "by", "at", "reason")),
        Column("replaces", Integer, ForeignKey("judgement.id")),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.execute("INSERT INTO meta (name, number) VALUES ('incidents', 0)")
    if op.get_context().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE told USING fts5(words, tokenize = 'porter unicode61 remove_diacritics 2')")
    else:
        op.execute("CREATE TABLE told (rowid bigint PRIMARY KEY, words tsvector NOT NULL)")
        op.execute("CREATE INDEX told_words ON told USING gin (words)")


def downgrade() -> None:
    """Forget all of it; it can be gathered again, but for the judgements."""
    op.execute("DROP TABLE told")
    for name in TABLES:
        op.drop_table(name)
    op.execute("DELETE FROM meta WHERE name = 'incidents'")


def _tellings() -> None:
    op.create_table("due", Column("document", Text, primary_key=True), sqlite_strict=True, sqlite_with_rowid=False)
    op.execute("INSERT INTO due (document) SELECT id FROM document WHERE current = 1")
    op.create_table(
        "telling",
        Column("key", Integer, primary_key=True),
        Column("document", Integer, ForeignKey("document.key"), nullable=False),
        Column("reading", Integer, ForeignKey("reading.key"), nullable=False),
        Column("name", Text, nullable=False, unique=True),
        Column("id", Text, nullable=False),
        Column("gist", LargeBinary, nullable=False),
        Column("earlier", Integer),
        Column("tie", LargeBinary),
        Column("incident", Integer, nullable=False),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    for name in ("document", "earlier", "incident"):
        op.create_index(f"telling_{name}", "telling", [name])
    op.create_table(
        "block",
        Column("name", Text, primary_key=True),
        Column("telling", Integer, primary_key=True),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "given",
        Column("id", Text, primary_key=True),
        Column("document", Text, primary_key=True),
        Column("start", Integer, nullable=False),
        Column("telling", Text),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("given_document", "given", ["document"])


def _incidents() -> None:
    op.create_table(
        "incident",
        Column("key", Integer, primary_key=True),
        *(Column(name, Text, nullable=False) for name in ("id", "day", "earliest")),
        Column("documents", Integer, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("incident_id", "incident", ["id"])
    op.create_table(
        "account",
        Column("incident", Integer, ForeignKey("incident.key"), primary_key=True),
        Column("body", LargeBinary, nullable=False),
        sqlite_strict=True,
    )


def _lists() -> None:
    op.create_table(
        "mark",
        *(Column(name, Text, primary_key=True) for name in ("what", "name", "day", "id")),
        Column("incident", Integer, ForeignKey("incident.key"), primary_key=True),
        Column("earliest", Text, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "site",
        Column("cell", Integer, primary_key=True),
        *(Column(name, Text, primary_key=True) for name in ("day", "id")),
        Column("incident", Integer, ForeignKey("incident.key"), primary_key=True),
        *(Column(name, Real, primary_key=True) for name in ("lat", "lon")),
        Column("earliest", Text, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    for name in ("mark", "site"):
        op.create_index(f"{name}_incident", name, ["incident"])


def _printings() -> None:
    op.create_table(
        "printing",
        Column("document", Integer, ForeignKey("document.key"), primary_key=True),
        Column("signature", LargeBinary, nullable=False),
        Column("earlier", Integer),
        Column("origin", Integer, nullable=False),
        sqlite_strict=True,
    )
    for name in ("earlier", "origin"):
        op.create_index(f"printing_{name}", "printing", [name])
    op.create_table(
        "band",
        Column("name", Integer, primary_key=True),
        Column("document", Integer, primary_key=True),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
