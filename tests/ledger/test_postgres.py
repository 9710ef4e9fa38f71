"""Ledgers in PostgreSQL: what is none, many writers, a server that goes and comes back, writers that are killed."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from tests.asking import asked, dump
from tests.postgres import Server, binaries, serving

from rashomon import ledger
from rashomon.errors import Unusable
from rashomon.ledger import Failure, Ledger
from rashomon.ledger.tables import VERSIONS
from rashomon.model.reading import Reading

Written = Callable[..., Reading]
Shelf = Callable[[], str]
BRIDGE = "[The governor] (said) {the bridge at Kuratovo had fallen}."
HERE = Path(__file__).resolve().parent
BATCHES, SIZE, WRITERS = 6, 8, 8
# Numbers of rows differ where a transaction was broken off, times always.
OWN = frozenset(("key", "at", "revision", "document", "reading"))

# ``python -c WRITER ADDRESS NAME``: batches of documents of one's own, and in each one that every writer has.
WRITER = f"""
import sys
sys.path.insert(0, {str(HERE.parent.parent)!r})
from rashomon import ledger
from rashomon.ledger import Capture, Failure
from tests.ledger.conftest import reading

book, name = ledger.open(sys.argv[1], create=True), sys.argv[2]
print("open", flush=True)
for number in range({BATCHES}):
    names = [f"{{name}}-{{number}}-{{n}}" for n in range({SIZE - 1})] + [f"all-{{number}}"]
    batch = [reading(one, "[The governor] (said) {{the bridge had fallen}}. " * 20) for one in names]
    book.record(batch, [Capture(one, one, one) for one in names])
    book.fail([Failure(f"{{name}}-{{number}}.html", "sources", "empty")])
    print(number, flush=True)
book.close()
"""


def writer(address: str, name: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, address, name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def told(process: subprocess.Popen[str]) -> tuple[str, str]:
    out, err = process.communicate()
    return out, err


def foreign(address: str) -> None:
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")


def from_the_future(address: str) -> None:
    ledger.open(address, create=True).close()
    with psycopg.connect(address) as connection:
        connection.execute(f"UPDATE {VERSIONS} SET version_num = 'v9999'".encode())


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize(
    ("spoil", "reason"),
    [(foreign, "a database of another program"), (from_the_future, "made by a later Rashomon .* v9999")],
)
def test_what_is_no_ledger_is_unusable(
    postgres: Server, create: bool, spoil: Callable[[str], None], reason: str
) -> None:
    address = postgres.made()
    spoil(address)
    with pytest.raises(Unusable, match=reason):
        ledger.open(address, create=create)


def test_nothing_is_made_unless_asked(postgres: Server) -> None:
    address = postgres.made()
    with pytest.raises(Unusable, match="an empty database, not a ledger"):
        ledger.open(address, create=False)
    assert asked(address, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


def test_a_database_that_cannot_hold_every_letter_is_refused(postgres: Server) -> None:
    address = postgres.made("-E", "SQL_ASCII", "-l", "C", "-T", "template0")
    with pytest.raises(Unusable, match="written in SQL_ASCII, not UTF8"):
        ledger.open(address, create=True)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("postgresql://desk:secret@127.0.0.1:1/book", r"desk:\*\*\*@127.0.0.1:1/book: its server does not answer"),
        ("postgresql://desk@127.0.0.1:1/book?password=secret", "its server does not answer"),
        ("postgresql://desk:secret@here:port/book", "no address of a database"),
    ],
)
def test_what_cannot_be_reached_is_named_without_its_password(address: str, reason: str) -> None:
    with pytest.raises(Unusable, match=reason) as error:
        ledger.open(address, create=True)
    assert "secret" not in str(error.value)


def test_a_database_that_is_not_there_is_named(postgres: Server) -> None:
    with pytest.raises(Unusable, match='refuses: database "nowhere" does not exist'):
        ledger.open(postgres.url("nowhere"), create=True)


def test_a_schema_keeps_a_ledger_of_its_own(postgres: Server, written: Written) -> None:
    address = postgres.made()
    with pytest.raises(Unusable, match="no such schema"):
        ledger.open(f"{address}&options=-csearch_path%3Ddesk", create=True)
    with psycopg.connect(address) as connection:
        connection.execute("CREATE SCHEMA desk")
    with ledger.open(f"{address}&options=-csearch_path%3Ddesk", create=True) as book:
        book.record([written("bridge", BRIDGE)])
        assert [hit.document for hit in book.search("bridges")] == ["bridge"]
    with pytest.raises(Unusable, match="an empty database"):
        ledger.open(address, create=False)


def test_who_waits_too_long_for_a_turn_is_told(shelf: Shelf, written: Written) -> None:
    address = shelf()
    with ledger.open(address, create=False, patience=0.05) as book, psycopg.connect(address) as other:
        other.execute("SELECT pg_advisory_xact_lock(hashtext('rashomon'), hashtext('public'))")
        assert book.counts().documents == 0
        with pytest.raises(Unusable, match="another program has it locked"):
            book.record([written("bridge-1", BRIDGE)])
        other.rollback()
        assert book.record([written("bridge-1", BRIDGE)]) == 1


def test_two_programs_may_make_one_ledger_at_once(postgres: Server) -> None:
    script = "import sys; from rashomon import ledger; print(ledger.open(sys.argv[1], create=True).counts().documents)"
    command = [sys.executable, "-c", script, postgres.made()]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate()[0].strip() for process in both] == ["0", "0"]


def follow(book: Ledger, seen: list[tuple[int, str]], done: threading.Event) -> None:
    """Read the log from where it was read last, as a feed does."""
    last = False
    while not last:
        last = done.is_set()
        seen.extend([(one.revision, one.subject) for one in book.changes(seen[-1][0] if seen else 0)])


def test_eight_writers_at_once_lose_nothing(shelf: Shelf) -> None:
    address = shelf()
    seen: list[tuple[int, str]] = []
    done = threading.Event()
    with ledger.open(address, create=False) as book:
        reader = threading.Thread(target=follow, args=(book, seen, done))
        reader.start()
        writers = [writer(address, f"w{n}") for n in range(WRITERS)]
        said = [told(process) for process in writers]
        done.set()
        reader.join()
        assert [err for _, err in said] == [""] * WRITERS
        documents = WRITERS * BATCHES * (SIZE - 1) + BATCHES
        assert (book.counts().documents, book.counts().claims) == (documents, documents * 20)
        assert book.counts().failures == WRITERS * BATCHES
        # Whoever followed the log meanwhile missed none of it.
        assert seen == [(change.revision, change.subject) for change in book.changes()]
        assert len({subject for _, subject in seen}) == len(seen) == documents
        assert sum(1 for _ in book.readings()) == documents
        assert len(list(book.search("fallen", limit=1000))) == documents
    assert asked(address, "SELECT count(*) FROM due") == [(documents,)]


@pytest.fixture
def fragile() -> Iterator[Server]:
    """A server that may be stopped."""
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL's programs are not installed")
    # What was committed must outlive the server: the others' settings let it lose the last half second.
    with serving(programs, synchronous_commit="on") as server:
        yield server


def test_a_server_that_goes_in_the_middle_of_the_work_and_comes_back(fragile: Server, written: Written) -> None:
    calm, torn = fragile.made(), fragile.made()
    assert told(writer(calm, "w"))[1] == ""
    for mode in ("fast", "immediate"):
        process = writer(torn, "w")
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.readline()
        fragile.stop(mode)
        _, err = told(process)
        # It may have been done just before.
        assert process.returncode == 0 or torn in err.splitlines()[-1].replace("%2F", "/")
        with pytest.raises(Unusable, match="its server does not answer"):
            ledger.open(torn, create=False)
        fragile.start()
        assert int(str(asked(torn, "SELECT count(*) FROM document")[0][0])) % SIZE == 0
    assert told(writer(torn, "w"))[1] == ""
    assert dump(torn, but=OWN) == dump(calm, but=OWN)
    # Who has it open all the while goes on, too.
    with ledger.open(torn, create=False) as book:
        before = book.counts().documents
        fragile.stop("immediate")
        for act in (book.counts, lambda: book.record([written("late", BRIDGE)]), lambda: list(book.readings())):
            with pytest.raises(Unusable, match="server"):
                act()
        fragile.start()
        assert book.record([written("late", BRIDGE)]) == 1
        assert book.counts().documents == before + 1


def test_a_ledger_survives_writers_killed_at_any_moment(shelf: Shelf) -> None:
    calm, torn = shelf(), shelf()
    began = time.perf_counter()
    whole = writer(calm, "w")
    assert whole.stdout is not None
    whole.stdout.readline()
    opened = time.perf_counter()
    told(whole)
    took = time.perf_counter() - opened
    assert opened > began
    chance, seen = random.Random(9), set()
    for _ in range(8):
        process = writer(torn, "w")
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, took / 2))
        process.kill()
        told(process)
        seen.add(asked(torn, "SELECT count(*) FROM document")[0][0])
    assert all(int(str(many)) % SIZE == 0 for many in seen)
    assert told(writer(torn, "w"))[1] == ""
    assert dump(torn, but=OWN) == dump(calm, but=OWN)


def test_a_failing_name_with_a_zero_in_it_is_kept(shelf: Shelf) -> None:
    with ledger.open(shelf(), create=False) as book:
        book.fail([Failure("a\0b", "sources", "empty\0")])
        assert [one.name for one in book.failures()] == ["a\\0b"]
