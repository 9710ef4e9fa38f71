"""A ledger whose writer is killed at any moment is whole, and finishing the work gives the same ledger."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

BATCHES, SIZE = 12, 16
KILLS = 12

# The writer announces itself and then writes all batches, one after the other, as ingest does.
WRITER = f"""
import sys
from rashomon import ledger
from rashomon.ledger import Capture, Failure
from rashomon.model.document import Document, DocumentId
from rashomon.model.reading import Maker, Reading
from rashomon.model.telling import Act, Claim, ClaimId, Distance, Speech, Stance
from rashomon.model.text import Span

text = "The governor said the bridge had fallen. " * 100
claims = tuple(
    Claim(ClaimId(f"c{{n}}"), (Span(41 * n, 41 * n + 12),), (Span(41 * n + 13, 41 * n + 17),),
          (Span(41 * n + 18, 41 * n + 39),), None, Speech.INDIRECT, Act.SAY, Stance.AFFIRM, Distance.NEUTRAL)
    for n in range(30)
)
book = ledger.open(sys.argv[1], create=True)
print("open", flush=True)
for number in range({BATCHES}):
    numbers = range({SIZE} * number, {SIZE} * (number + 1))
    documents = [Document(DocumentId(f"d{{n:04}}"), f"{{n}}. " + text) for n in numbers]
    batch = [Reading(d, (), claims, (), (), (), (), (), (), Maker('1', '-')) for d in documents]
    book.record(batch, [Capture(r.document.id, "made", r.document.id) for r in batch])
    book.fail([Failure(f"bad-{{number}}.html", "sources", "empty")])
book.close()
"""


def start(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of ours, without the times at which rows were written."""
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    connection.rollback()
    tables = {}
    for table in ("document", "reading", "claim", "capture", "failure", "change", "meta", "rashomon_version"):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] != "at"]
        rows = connection.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()
        tables[table] = sorted(rows, key=repr)
    connection.close()
    return tables


def test_a_ledger_survives_kill_9_at_any_moment(tmp_path: Path) -> None:
    calm, torn = tmp_path / "calm.db", tmp_path / "torn.db"
    began = time.perf_counter()
    with start(calm) as whole:
        assert whole.stdout is not None
        whole.stdout.readline()
        opened = time.perf_counter()
        assert whole.wait() == 0
    took = time.perf_counter() - opened
    chance = random.Random(9)
    seen = set()
    for number in range(KILLS):
        with start(torn) as writer:
            assert writer.stdout is not None
            if number % 4:
                writer.stdout.readline()
                time.sleep(chance.uniform(0, took / 2))
            else:  # while it is still opening
                time.sleep(chance.uniform(0, opened - began))
            writer.kill()
        if torn.exists():
            seen.add(whole_batches(torn))
    with start(torn) as last:
        assert last.wait() == 0
    assert len(seen) > 1, "no kill came while it was writing"
    assert dump(torn) == dump(calm)


def whole_batches(path: Path) -> int:
    """How many batches a torn ledger holds, each of them whole."""
    connection = sqlite3.connect(path)
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'rashomon_version'").fetchall():
        connection.close()
        return 0
    counted = {
        table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("document", "reading", "claim", "capture", "change")
    }
    connection.close()
    assert counted["document"] % SIZE == 0
    assert counted == {name: counted["document"] * (30 if name == "claim" else 1) for name in counted}
    return int(counted["document"]) // SIZE
