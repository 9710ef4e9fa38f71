"""Gathering that is killed at any moment leaves a whole ledger, and running it again ends as if undisturbed."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
DOCUMENTS, KILLS = 60, 8
TABLES = ("telling", "block", "given", "incident", "account", "mark", "site", "printing", "band", "due", "told")

# The writer announces itself, then gathers what is there in batches of three.
WRITER = f"""
import sys
sys.path.insert(0, {str(TESTS.parent)!r})
from tests.conftest import reading
from rashomon import gathering, ledger

gathering.BATCH = 3
towns = ("Tarna", "Kuratovo", "Velsk")
told = [
    reading(
        f"d{{n:02}}", towns[n % 3], 5 + n % 4, day=1 + n // 12, published=2 + n // 12, detail=f"Row {{n // 5}} burned."
    )
    for n in range({DOCUMENTS})
]
with ledger.open(sys.argv[1], create=True) as book:
    book.record(told)
    print("open", flush=True)
    gathering.gather(book)
"""


def start(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)


def counted(path: Path) -> dict[str, int]:
    """How many rows each table holds; the database is sound."""
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    rows = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}
    assert rows["telling"] + rows["due"] == DOCUMENTS
    assert rows["incident"] == rows["account"] == rows["told"]
    kept = connection.execute("SELECT number FROM meta WHERE name = 'incidents'").fetchone()[0]
    assert kept == rows["incident"]
    lost = "SELECT count(*) FROM telling t LEFT JOIN incident i ON i.key = t.incident WHERE i.key IS NULL"
    assert connection.execute(lost).fetchone() == (0,)
    connection.close()
    return rows


def incidents(path: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT i.id, i.day, i.documents, a.body FROM incident i JOIN account a ON a.incident = i.key"
    )
    found = sorted(rows, key=repr)
    connection.close()
    return found


def test_gathering_survives_kill_9_at_any_moment(tmp_path: Path) -> None:
    calm, torn = tmp_path / "calm.db", tmp_path / "torn.db"
    with start(calm) as whole:
        assert whole.stdout is not None
        whole.stdout.readline()
        opened = time.perf_counter()
        assert whole.wait() == 0
    took = time.perf_counter() - opened
    chance = random.Random(4)
    due = set()
    for _ in range(KILLS):
        with start(torn) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(chance.uniform(0, took / 3))
            writer.kill()
        due.add(counted(torn)["due"])
    with start(torn) as last:
        assert last.wait() == 0
    assert len(due) > 1, "no kill came while it was gathering"
    assert counted(torn) == counted(calm)
    assert incidents(torn) == incidents(calm)
