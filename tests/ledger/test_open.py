from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

import rashomon.ledger.migrations
from rashomon import ledger
from rashomon.errors import Unusable
from rashomon.ledger.tables import REVISIONS, VERSIONS
from rashomon.model.reading import Reading

Written = Callable[..., Reading]
SCRIPTS = Path(rashomon.ledger.migrations.__file__).parent
BRIDGE = "[The governor] (said) {the bridge at Kuratovo had fallen}."


def scripts() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return config


def old_ledger(path: Path, revision: str) -> None:
    """A ledger as an earlier program left it, with one document."""
    engine = create_engine(f"sqlite:///{path}")
    config = scripts()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        row = "(1, 'bridge-1', 1, 'd', 1, 'The bridge had fallen.', 'Kuratovo')"
        connection.execute(text(f"INSERT INTO document (key, id, version, digest, current, text, title) VALUES {row}"))
    engine.dispose()


def made(path: Path) -> Path:
    ledger.open(path, create=True).close()
    return path


def text_file(path: Path) -> None:
    path.write_text("The bridge had fallen, the governor said. " * 100)


def foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.close()


def from_the_future(path: Path) -> None:
    connection = sqlite3.connect(made(path))
    with connection:
        connection.execute(f"UPDATE {VERSIONS} SET version_num = 'v9999'")
    connection.close()


def damaged(path: Path) -> None:
    body = bytearray(made(path).read_bytes())
    body[100:4096] = b"\xff" * 3996
    path.write_bytes(body)


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (text_file, "not a SQLite database"),
        (foreign, "a database of another program"),
        (from_the_future, "made by a later Rashomon .* v9999"),
        (damaged, "the file is damaged"),
        (Path.mkdir, "a folder, not a ledger"),
    ],
)
def test_what_is_no_ledger_is_unusable_and_left_as_it_is(
    tmp_path: Path, create: bool, spoil: Callable[[Path], None], reason: str
) -> None:
    path = tmp_path / "book.db"
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(Unusable, match=reason) as error:
        ledger.open(path, create=create)
    assert str(path) in str(error.value)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match=r"no such folder as .*nowhere"):
        ledger.open(tmp_path / "nowhere" / "book.db", create=True)


def test_nothing_is_made_unless_asked(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="no ledger there yet"):
        ledger.open(tmp_path / "book.db", create=False)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_ledger_only_when_one_is_to_be_made(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    path.touch()
    with pytest.raises(Unusable, match="an empty file"):
        ledger.open(path, create=False)
    with ledger.open(path, create=True) as book:
        assert book.counts() == ledger.Counts(0, 0, 0, 0)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a place where nobody may write")
def test_a_place_where_nothing_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="is the folder writable"):
        ledger.open("/proc/book.db", create=True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_file_can_be_read_and_not_written(tmp_path: Path, written: Written) -> None:
    path = made(tmp_path / "book.db")
    path.chmod(0o444)
    with ledger.open(path, create=False) as book:
        assert book.counts().documents == 0
        with pytest.raises(Unusable, match="read-only"):
            book.record([written("bridge-1", BRIDGE)])


def test_a_locked_ledger_says_so(tmp_path: Path, written: Written) -> None:
    path = made(tmp_path / "book.db")
    other = sqlite3.connect(path, isolation_level=None)
    with ledger.open(path, create=False, patience=0.05) as book:
        other.execute("BEGIN IMMEDIATE")
        assert book.counts().documents == 0
        with pytest.raises(Unusable, match="another program has it locked"):
            book.record([written("bridge-1", BRIDGE)])
        other.execute("COMMIT")
        assert book.record([written("bridge-1", BRIDGE)]) == 1
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Unusable, match="another program has it locked"):
        ledger.open(path, create=False, patience=0.05)
    other.close()


@pytest.mark.parametrize("address", ["sqlite:///{}", "{}"])
def test_a_file_by_path_or_address(tmp_path: Path, address: str) -> None:
    ledger.open(address.format(tmp_path / "book.db"), create=True).close()
    assert (tmp_path / "book.db").is_file()


def test_other_databases_are_refused_without_their_password() -> None:
    with pytest.raises(Unusable, match="no ledgers in such a database") as error:
        ledger.open("mysql://desk:secret@host/book", create=True)
    assert "secret" not in str(error.value)


def test_an_old_ledger_is_brought_up_to_date_with_its_documents(tmp_path: Path, written: Written) -> None:
    path = tmp_path / "book.db"
    old_ledger(path, "v0001")
    with ledger.open(path, create=False) as book:
        assert [hit.document for hit in book.search("bridge kuratovo")] == ["bridge-1"]
        assert book.record([written("bridge-2", BRIDGE)]) == 1
        assert {hit.document for hit in book.search("bridge")} == {"bridge-1", "bridge-2"}


def test_what_is_gathered_can_be_left_behind_and_made_again(tmp_path: Path) -> None:
    """Down to the revision before incidents and up again: the documents stay and are due to be gathered."""
    path = tmp_path / "book.db"
    old_ledger(path, "v0003")
    engine, config = create_engine(f"sqlite:///{path}"), scripts()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "v0002")
        left = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())
        assert not {"telling", "incident", "mark", "judgement", "told"} & left
        assert connection.execute(text("SELECT id FROM document")).scalars().all() == ["bridge-1"]
        command.upgrade(config, "v0003")
        assert connection.execute(text("SELECT document FROM due")).scalars().all() == ["bridge-1"]
    engine.dispose()
    assert ledger.open(path, create=False).counts().incidents == 0


def test_the_revisions_named_are_those_of_the_scripts() -> None:
    found = [script.revision for script in ScriptDirectory.from_config(scripts()).walk_revisions()]
    assert tuple(reversed(found)) == REVISIONS


def test_a_ledger_up_to_date_opens_without_alembic(tmp_path: Path) -> None:
    path = made(tmp_path / "book.db")
    asked = f"import sys; from rashomon import ledger; ledger.open({str(path)!r}, create=False).close()"
    asked += "; print('alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_two_programs_may_make_one_ledger_at_once(tmp_path: Path) -> None:
    asked = (
        f"from rashomon import ledger; print(ledger.open({str(tmp_path / 'b.db')!r}, create=True).counts().documents)"
    )
    both = [subprocess.Popen([sys.executable, "-c", asked], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate()[0].strip() for process in both] == ["0", "0"]
