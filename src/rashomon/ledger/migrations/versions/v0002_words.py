"""The full-text index over titles and texts of current documents (SQLite: FTS5, kept by triggers)."""

from __future__ import annotations

from alembic import op

revision = "v0002"
down_revision: str | None = "v0001"

# External content: the index holds no second copy of the texts. Porter's stemmer lets "strikes" find "strike".
SQLITE = (
    """CREATE VIRTUAL TABLE words USING fts5(
        title, text, content = 'document', content_rowid = 'key', tokenize = 'porter unicode61 remove_diacritics 2'
    )""",
    "INSERT INTO words (rowid, title, text) SELECT key, title, text FROM document WHERE current = 1",
    """CREATE TRIGGER words_enter AFTER INSERT ON document WHEN new.current = 1 BEGIN
        INSERT INTO words (rowid, title, text) VALUES (new.key, new.title, new.text);
    END""",
    """CREATE TRIGGER words_leave AFTER UPDATE OF current ON document WHEN old.current = 1 AND new.current = 0 BEGIN
        INSERT INTO words (words, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
    END""",
)


def upgrade() -> None:
    """Index what is there and, from now on, what comes."""
    if op.get_context().dialect.name == "sqlite":
        for statement in SQLITE:
            op.execute(statement)
