"""Kill -9 at random moments, run again, and see whether the ledger is what an undisturbed run makes.

``python bench/kills.py [KILLS [NAME ...]]``. What is killed is an ingest in one process and in two, the gathering of
what was read, and a watch over a feed. Each is run undisturbed; then killed with all its processes, one time in eight
before its ledger is open, else at a moment drawn evenly from the rest of its time; then run again to its end, and the
two ledgers are compared row by row. The reader needs no weights and takes a hundredth of a second a document, so that
kills fall on writing as often as on reading. KILLS, 200 unless said, is for both ingests together; of the others there
are a fifth as many each. Prints the table of docs/reliability.md.
"""

from __future__ import annotations

import importlib
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rashomon import gathering, ledger

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
ingesting, watching = importlib.import_module("ingesting"), importlib.import_module("watching")

DOCUMENTS = 96
TELL = (
    "The governor of {} said bridge number {} had fallen to shelling on Monday. The ministry denied that it was hit. "
)
TOWNS = ("Kharkiv", "Odesa", "Sumy", "Kherson", "Goma", "Aleppo")
EARLY = 1 / 8  # share of kills before a ledger is open
# When rows were written is the one thing in which two runs differ.
TIMES = frozenset(("at", "due"))

Rows = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True, slots=True)
class Trial:
    """What is killed: what works on a ledger and says "open" when it begins, how often, and how a ledger begins."""

    name: str
    work: Callable[[Path], object]
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


@contextmanager
def started(work: Callable[[Path], object], place: Path) -> Iterator[tuple[int, BinaryIO]]:
    """Work in a process with a group of its own, with what it prints; forked, so that it need not import anything."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        os.dup2(writing, 1)
        sys.stdout = os.fdopen(1, "w")
        code = 1
        try:
            work(place)
            code = 0
        finally:
            os._exit(code)
    with suppress(PermissionError, ProcessLookupError):  # it has done so itself by now
        os.setpgid(child, child)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        yield child, said


def run(work: Callable[[Path], object], place: Path) -> tuple[float, float]:
    """Work to the end; seconds until the ledger was open, and all it took. Raises ChildProcessError."""
    begun = time.perf_counter()
    with started(work, place) as (child, said):
        said.readline()
        opened = time.perf_counter() - begun
        said.read()
        _, status = os.waitpid(child, 0)
    if status:
        raise ChildProcessError(f"{place.name}: ended with {os.waitstatus_to_exitcode(status)}")
    return opened, time.perf_counter() - begun


def killed(work: Callable[[Path], object], place: Path, times: tuple[float, float], chance: random.Random) -> bool:
    """Work and be killed with all processes; whether it was at work then."""
    opened, took = times
    with started(work, place) as (child, said):
        if chance.random() < EARLY:
            time.sleep(chance.uniform(0, opened))
        else:
            said.readline()
            time.sleep(chance.uniform(0, took - opened))
        working = os.waitpid(child, os.WNOHANG) == (0, 0)
        if working:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
        said.read()  # ends when the last of its processes has
    return working


def gathered(place: Path) -> None:
    """Gather all that is in a ledger anew, in small batches."""
    gathering.BATCH = 4
    with ledger.open(place, create=False) as book:
        print("open", flush=True)
        gathering.gather(book, anew=True)


def tried(trial: Trial, folder: Path, chance: random.Random) -> Outcome:
    """Kill a trial so often, each time from the beginning, and finish it."""
    calm = folder / "calm.db"
    trial.begin(calm)
    times = run(trial.work, calm)
    whole, outcome = rows(calm), Outcome()
    for number in range(trial.kills):
        torn = folder / f"torn-{number}.db"
        trial.begin(torn)
        outcome.kills += 1
        outcome.under_way += killed(trial.work, torn, times, chance)
        try:
            left = rows(torn) if torn.exists() else {}
            outcome.partly += any(left.values()) and left != whole
            run(trial.work, torn)
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
    few, two = max(kills // 5, 1), kills // 4
    run(lambda place: ingesting.main(str(place), "1", str(reports)), read)
    with watching.printing() as press:
        paths = [f"/{number}" for number in range(64)]
        press.feed("/feed", *paths)
        press.published |= {path: (TELL.format("Goma", path) * 6).encode() for path in paths}
        yield (
            Trial("ingest", lambda place: ingesting.main(str(place), "1", str(reports)), kills - two),
            Trial("ingest --jobs 2", lambda place: ingesting.main(str(place), "2", str(reports)), two),
            Trial("gather", gathered, few, begin=lambda place: shutil.copyfile(read, place)),
            Trial("watch", lambda place: watching.main(str(place), press.at("/feed")), few),
        )


def main(kills: int, names: Sequence[str]) -> int:
    """Try all, or those named; 1 if a ledger was not the same."""
    bad = 0
    with tempfile.TemporaryDirectory() as place, trials(Path(place), kills) as all_of_them:
        print("| killed | kills | before the end | with a part written | damaged | not the same after a restart |")
        print("|---|--:|--:|--:|--:|--:|")
        for trial in (one for one in all_of_them if not names or one.name in names):
            inner = Path(place, trial.name.replace(" ", "-"))
            inner.mkdir()
            one = tried(trial, inner, random.Random(trial.name))
            numbers = (one.kills, one.under_way, one.partly, one.unsound, one.different)
            print(f"| {trial.name} | {' | '.join(map(str, numbers))} |", flush=True)
            bad += one.unsound + one.different
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, sys.argv[2:]))
