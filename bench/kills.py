"""Kill -9 at random moments, run again, and see whether the ledger is what an undisturbed run makes.

``python bench/kills.py [KILLS]``. What is killed is an ingest in one process and in two, the gathering of what was
read, and a watch over a feed. Each is run undisturbed; then killed with all its processes, one time in eight before its
ledger is open, else at a moment drawn evenly from the rest of its time; then run again to its end, and the two ledgers
are compared row by row. The reader needs no weights and takes a hundredth of a second a document, so that kills fall on
writing as often as on reading. KILLS, 200 unless said, is for both ingests together; of the others there are a fifth as
many each. Prints the table of docs/reliability.md.
"""

from __future__ import annotations

import importlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
sys.path.insert(0, str(TESTS))

printing = importlib.import_module("watching").printing

DOCUMENTS = 120
TELL = (
    "The governor of {} said bridge number {} had fallen to shelling on Monday. The ministry denied that it was hit. "
)
TOWNS = ("Kharkiv", "Odesa", "Sumy", "Kherson", "Goma", "Aleppo")
EARLY = 1 / 8  # share of kills before a ledger is open
# When rows were written is the one thing in which two runs differ.
TIMES = frozenset(("at", "due"))

# Gathers what is in a ledger, in small batches.
GATHER = """
import sys
from rashomon import gathering, ledger
gathering.BATCH = 4
with ledger.open(sys.argv[1], create=False) as book:
    print("open", flush=True)
    gathering.gather(book, anew=True)
"""

Rows = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True, slots=True)
class Trial:
    """What is killed: the command that works on a ledger, how often, and how a ledger begins."""

    name: str
    command: Callable[[Path], list[str]]
    kills: int
    begin: Callable[[Path], object] = lambda place: None


@dataclass(slots=True)
class Outcome:
    """What came of a trial: kills, those that came before the end, those after which the ledger was not the same."""

    kills: int = 0
    under_way: int = 0
    partly: int = 0
    unsound: int = 0
    different: int = 0


def rows(place: Path) -> Rows:
    """Every row of every table, but for times and SQLite's own. Raises sqlite3.DatabaseError if it is damaged."""
    connection = sqlite3.connect(place)
    try:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise sqlite3.DatabaseError("damaged")
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            raise sqlite3.DatabaseError("rows that point nowhere")
        made = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
        tables = [name for (name,) in made if not name.startswith(("words_", "sqlite_"))]
        return {table: sorted(_rows(connection, table), key=repr) for table in tables}
    finally:
        connection.close()


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[tuple[object, ...]]:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in TIMES]
    yield from connection.execute(f"SELECT {', '.join(columns) or '1'} FROM {table}")


def run(command: Sequence[str]) -> tuple[float, float]:
    """Run a command to its end; seconds until its ledger was open, and all it took."""
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.readline()
        opened = time.perf_counter() - begun
        running.communicate()
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, list(command))
    return opened, time.perf_counter() - begun


def killed(command: Sequence[str], opened: float, took: float, chance: random.Random) -> bool:
    """Run a command and kill it with all its processes; whether it was at work then."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as running:
        assert running.stdout is not None
        if chance.random() < EARLY:
            time.sleep(chance.uniform(0, opened))
        else:
            running.stdout.readline()
            time.sleep(chance.uniform(0, took - opened))
        working = running.poll() is None
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    return working


def tried(trial: Trial, folder: Path, chance: random.Random) -> Outcome:
    """Kill a trial so often, each time from the beginning, and finish it."""
    calm = folder / "calm.db"
    trial.begin(calm)
    opened, took = run(trial.command(calm))
    whole, outcome = rows(calm), Outcome()
    for number in range(trial.kills):
        torn = folder / f"torn-{number}.db"
        trial.begin(torn)
        outcome.kills += 1
        outcome.under_way += killed(trial.command(torn), opened, took, chance)
        try:
            left = rows(torn) if torn.exists() else {}
            outcome.partly += any(left.values()) and left != whole
            run(trial.command(torn))
            outcome.different += rows(torn) != whole
        except sqlite3.DatabaseError as error:
            print(f"{trial.name}: kill {number}: {error}")
            outcome.unsound += 1
        for path in folder.glob(f"{torn.name}*"):
            path.unlink()
    return outcome


@contextmanager
def trials(folder: Path, kills: int) -> Iterator[tuple[Trial, ...]]:
    """All that is killed, with what it reads."""
    reports = folder / "reports.jsonl"
    told = [
        {"id": f"d{n:04}", "text": TELL.format(TOWNS[n % 6], n // 8) * 8, "published": f"2025-06-{1 + n % 28:02}"}
        for n in range(DOCUMENTS)
    ]
    reports.write_text("".join(f"{json.dumps(row)}\n" for row in told), encoding="utf-8")
    read = folder / "read.db"
    ingest = [sys.executable, str(TESTS / "ingesting.py")]
    few = max(kills // 5, 1)
    run([*ingest, str(read), "1", str(reports)])
    with printing() as press:
        paths = [f"/{number}" for number in range(80)]
        press.feed("/feed", *paths)
        press.published |= {path: (TELL.format("Goma", path) * 6).encode() for path in paths}
        yield (
            Trial("ingest", lambda place: [*ingest, str(place), "1", str(reports)], kills - kills // 2),
            Trial("ingest --jobs 2", lambda place: [*ingest, str(place), "2", str(reports)], kills // 2),
            Trial(
                "gather",
                lambda place: [sys.executable, "-c", GATHER, str(place)],
                few,
                begin=lambda place: shutil.copyfile(read, place),
            ),
            Trial(
                "watch",
                lambda place: [sys.executable, str(TESTS / "watching.py"), str(place), press.at("/feed")],
                few,
            ),
        )


def main(kills: int) -> int:
    """Try all; 1 if a ledger was not the same."""
    bad = 0
    with tempfile.TemporaryDirectory() as place, trials(Path(place), kills) as all_of_them:
        print("| killed | kills | before the end | with a part written | damaged | not the same after a restart |")
        print("|---|--:|--:|--:|--:|--:|")
        for trial in all_of_them:
            inner = Path(place, trial.name.replace(" ", "-"))
            inner.mkdir()
            one = tried(trial, inner, random.Random(trial.name))
            numbers = (one.kills, one.under_way, one.partly, one.unsound, one.different)
            print(f"| {trial.name} | {' | '.join(map(str, numbers))} |", flush=True)
            bad += one.unsound + one.different
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
