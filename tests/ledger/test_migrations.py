"""The schema up and down, in both databases; whole ledgers from one into the other; copies that are put back."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, text
from tests.asking import address, asked, dump
from tests.postgres import Server

import rashomon.ledger.migrations
from rashomon import ledger
from rashomon.errors import Unusable
from rashomon.gathering import decide, gather
from rashomon.ledger import Capture, Failure, Ledger, Wanted
from rashomon.ledger.intake import Aside, Why
from rashomon.ledger.tables import REVISIONS, VERSIONS, metadata
from rashomon.model.judgement import Verdict
from rashomon.model.reading import Reading

Strike = Callable[..., Reading]
Shelf = Callable[[], str]
Places = Callable[[str], str]
NOW = datetime(2031, 7, 1, tzinfo=UTC)
ROW = "(1, 'bridge-1', 1, 'd', 1, 'The bridge had fallen.', 'Kuratovo')"
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger') AND name NOT LIKE 'sqlite_%'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    " UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    " UNION ALL SELECT cfgname FROM pg_ts_config WHERE cfgnamespace = 'public'::regnamespace",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place without a ledger, in either database."""
    if request.param == "sqlite":
        return str(tmp_path / "bare.db")
    server: Server = request.getfixturevalue("postgres")
    return server.made()


@contextmanager
def migrating(place: str) -> Iterator[tuple[Connection, Config]]:
    """A transaction on a database, and what alembic needs to run in it."""
    engine, config = create_engine(address(place)), Config()
    config.set_main_option("script_location", str(Path(rashomon.ledger.migrations.__file__).parent))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        yield connection, config
    engine.dispose()


def test_a_ledger_goes_down_step_by_step_and_up_again(bare: str) -> None:
    """Every step back leaves the documents; the last leaves nothing at all, and a ledger can be made again."""
    with migrating(bare) as (connection, config):
        command.upgrade(config, "head")
        connection.execute(text(f"INSERT INTO document (key, id, version, digest, current, text, title) VALUES {ROW}"))
        for revision in reversed(REVISIONS[:-1]):
            command.downgrade(config, revision)
            assert connection.execute(text("SELECT id FROM document")).scalars().all() == ["bridge-1"]
            assert connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar() == revision
    with ledger.open(bare, create=False) as book:
        assert [hit.document for hit in book.search("bridge kuratovo")] == ["bridge-1"]
        assert book.waiting() == 1
    with migrating(bare) as (connection, config):
        command.downgrade(config, "base")
        left = set(connection.execute(text(TABLES[connection.dialect.name])).scalars())
        assert left == {VERSIONS}
        command.upgrade(config, "head")
    with ledger.open(bare, create=False) as book:
        assert book.counts() == ledger.Counts(0, 0, 0, 0)


def test_a_ledger_is_taken_back_for_an_earlier_program(bare: str, strike: Strike) -> None:
    filled(bare, strike)
    command_line = [sys.executable, "-m", "rashomon.ledger.migrations", bare]
    subprocess.run([*command_line, REVISIONS[-2]], check=True)
    assert asked(bare, f"SELECT version_num FROM {VERSIONS}") == [(REVISIONS[-2],)]
    subprocess.run([*command_line, REVISIONS[1]], check=True)
    wrong = subprocess.run([*command_line, "v9999"], capture_output=True, text=True, check=False)
    assert (wrong.returncode, wrong.stderr.startswith("v9999: no such schema; there are v0001, ")) == (1, True)
    with ledger.open(bare, create=False) as book:
        assert (book.counts().documents, book.waiting(), book.counts().incidents) == (7, 7, 0)


def test_the_scripts_make_the_tables_that_the_program_uses(bare: str) -> None:
    ledger.open(bare, create=True).close()
    ours = {"include_name": lambda name, kind, _: kind != "table" or not str(name).startswith(("words", "told"))}
    with migrating(bare) as (connection, _):
        context = MigrationContext.configure(connection, opts={"version_table": VERSIONS, **ours})
        assert compare_metadata(context, metadata) == []


def filled(place: str, strike: Strike) -> None:
    """Put something into every table of a new ledger."""
    towns = ("Tarna", "Kuratovo", "Velsk")
    told = [
        strike(f"{town.lower()}-{n}", town, 7 + n, speaker=speaker, published=3 + n, outlet=f"Paper {n}")
        for town in towns
        for n, speaker in enumerate(("The Northern Army", "The Marsh Front"))
    ]
    with ledger.open(place, create=True) as book:
        book.record([*told, strike("lost", "Velsk", 3)], [Capture("digest", "a.txt", told[0].document.id)])
        book.record([strike("lost", "Velsk", 4)])
        book.fail([Failure("b.txt", "sources", "empty")])
        book.asides.keep([Aside("other", Why.LANGUAGE, "c.txt", document=told[0].document)])
        book.following.follow(["https://feed.example/rss"], now=1)
        gather(book)
        one, other = (book.incident(f"{town.lower()}-0#i1").id for town in towns[:2])
        decide(book, Verdict.SAME_INCIDENT, (one, other), by="olena", reason="seen on site", at=NOW)


def shown(book: Ledger) -> list[object]:
    """What people are shown of a ledger."""
    found = list(book.incidents())
    return [
        book.counts(),
        list(book.readings()),
        list(book.entries()),
        list(book.failures()),
        list(book.changes()),
        list(book.trail()),
        list(book.asides.list()),
        list(book.most_told()),
        found,
        [book.ties(one) for one in found],
        [book.names(one) for one in found],
        book.census(Wanted()),
        book.outlets(),
        book.listed(),
        book.judgements(),
        book.doubts(),
        list(book.incidents(Wanted(text="drones depot"))),
        {(hit.document, hit.marks, hit.claims) for hit in book.search('"hit the depot" tarna')},
    ]


def test_a_copy_and_the_copy_of_the_copy_are_the_ledger(shelf: Shelf, strike: Strike, tmp_path: Path) -> None:
    """SQLite to PostgreSQL and back, row by row; what is written afterwards gets the numbers it would have got."""
    first, second, third = str(tmp_path / "first.db"), shelf(), str(tmp_path / "third.db")
    filled(first, strike)
    for one, other in ((first, second), (second, third)):
        with ledger.open(one, create=False) as source, ledger.open(other, create=True) as target:
            source.transcribe(target)
            assert shown(target) == shown(source)
            with pytest.raises(Unusable, match="not empty"):
                source.transcribe(target)
    assert dump(third) == dump(first) == dump(second)
    assert {name for name, rows in dump(first).items() if not rows} <= {"address", "doubt", "due"}
    for place in (first, second, third):
        with ledger.open(place, create=False) as book:
            book.record([strike("late", "Velsk", 9, speaker="The Red Lamp")])
            gather(book)
    assert later(third) == later(first) == later(second)


def later(place: str) -> dict[str, list[tuple[object, ...]]]:
    """All rows without times; figures, of which there are others whenever incidents are compared, without numbers."""
    rows = dump(place, but=frozenset(("at",)))
    return rows | {"figure": dump(place, but=frozenset(("at", "key"))).get("figure", [])}


def test_the_dump_of_a_ledger_is_put_back_by_postgresqls_own_programs(postgres: Server, strike: Strike) -> None:
    """As docs/teams.md has it: pg_dump while people work, pg_restore into a new database."""
    place = postgres.made()
    filled(place, strike)
    file = str(postgres.folder / "news.dump")
    postgres.run("pg_dump", "--format=custom", f"--file={file}", place)
    again = postgres.made("-T", "template0")
    postgres.run("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={again}", file)
    with ledger.open(place, create=False) as book, ledger.open(again, create=False) as other:
        assert shown(other) == shown(book)
        other.record([strike("late", "Velsk", 9)])
        assert [hit.document for hit in other.search("velsk", limit=1)]
        gather(other)
    assert asked(again, "SELECT count(*) FROM words") == [(8,)]


@pytest.mark.parametrize("program", [None, "sqlite3"])
def test_the_copy_of_a_file_that_is_written_to_is_whole(tmp_path: Path, strike: Strike, program: str | None) -> None:
    """As docs/teams.md has it: SQLite's own backup, by Python or by its program, and ``rashomon copy``."""
    place, kept = tmp_path / "news.db", tmp_path / "kept.db"
    filled(str(place), strike)
    with ledger.open(place, create=False) as book:
        book.record([strike("late", "Velsk", 9)])  # still in the log beside the file
        if program is None:
            with closing(sqlite3.connect(place)) as source, closing(sqlite3.connect(kept)) as target:
                source.backup(target)
        else:
            if (found := shutil.which(program)) is None:
                pytest.skip("SQLite's program is not installed")
            Server.run(Server(tmp_path, Path(found).parent, None, {}), program, str(place), f".backup {kept}")
        with ledger.open(kept, create=False) as other:
            assert shown(other) == shown(book)
