"""The full-text index over titles and texts of current documents, kept by triggers.

SQLite: FTS5. PostgreSQL: a table of vectors, with words taken apart and stemmed as FTS5 does.
"""

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
SQLITE_LEFT = ("DROP TRIGGER words_leave", "DROP TRIGGER words_enter", "DROP TABLE words")

# Words stand between signs, whatever these are; PostgreSQL's own way would read S-300 as "s" and minus 300, and leave
# "who" out. Diacritics go, as they do in SQLite. A vector takes a megabyte: 200,000 characters never need more.
POSTGRESQL = (
    "CREATE TEXT SEARCH DICTIONARY rashomon (TEMPLATE = snowball, LANGUAGE = porter)",
    "CREATE TEXT SEARCH CONFIGURATION rashomon (PARSER = default)",
    """ALTER TEXT SEARCH CONFIGURATION rashomon
        ADD MAPPING FOR asciiword, word, numword, int, uint, float, sfloat WITH rashomon""",
    r"""CREATE FUNCTION rashomon_parted(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT regexp_replace(
            regexp_replace(normalize(left(said, 200000), NFD), '[\u0300-\u036f]+', '', 'g'),
            '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7'
            '\u055a-\u055f\u05be-\u05c7\u060c-\u061f\u066a-\u066d\u06d4\u2000-\u206f\u20a0-\u20cf\u2190-\u245f\u2500-\u2bff'
            '\u3000-\u3004\u3008-\u3020\u30fb\ufe30-\ufe6f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65'
            '\U0001f000-\U0001faff]+', ' ', 'g')
    $$""",
    """CREATE FUNCTION rashomon_words(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT to_tsvector('rashomon', rashomon_parted(coalesce(said, '')))
    $$""",
    """CREATE TABLE words (
        document bigint PRIMARY KEY REFERENCES document (key), found tsvector NOT NULL
    )""",
    "CREATE INDEX words_found ON words USING gin (found)",
    """CREATE FUNCTION rashomon_enter() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO words (document, found)
        VALUES (new.key, setweight(rashomon_words(new.title), 'A') || rashomon_words(new.text));
        RETURN NULL;
    END $$""",
    """CREATE FUNCTION rashomon_leave() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        DELETE FROM words WHERE document = old.key;
        RETURN NULL;
    END $$""",
    """CREATE TRIGGER words_enter AFTER INSERT ON document
        FOR EACH ROW WHEN (new.current = 1) EXECUTE FUNCTION rashomon_enter()""",
    """CREATE TRIGGER words_leave AFTER UPDATE OF current ON document
        FOR EACH ROW WHEN (old.current = 1 AND new.current = 0) EXECUTE FUNCTION rashomon_leave()""",
    """INSERT INTO words (document, found)
        SELECT key, setweight(rashomon_words(title), 'A') || rashomon_words(text) FROM document WHERE current = 1""",
)
POSTGRESQL_LEFT = (
    "DROP TRIGGER words_leave ON document",
    "DROP TRIGGER words_enter ON document",
    "DROP FUNCTION rashomon_leave()",
    "DROP FUNCTION rashomon_enter()",
    "DROP TABLE words",
    "DROP FUNCTION rashomon_words(text)",
    "DROP FUNCTION rashomon_parted(text)",
    "DROP TEXT SEARCH CONFIGURATION rashomon",
    "DROP TEXT SEARCH DICTIONARY rashomon",
)


def upgrade() -> None:
    """Index what is there and, from now on, what comes."""
    for statement in SQLITE if op.get_context().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Forget the index; it can be made again."""
    for statement in SQLITE_LEFT if op.get_context().dialect.name == "sqlite" else POSTGRESQL_LEFT:
        op.get_bind().exec_driver_sql(statement)
