from __future__ import annotations

import importlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing import active_children
from pathlib import Path
from typing import cast

import pytest

from rashomon import ledger, sources
from rashomon.errors import RashomonError, Unreadable
from rashomon.ledger import Failure, Ledger
from rashomon.model.document import Page
from rashomon.model.reading import Reading
from rashomon.pipeline import BATCH, FEW, Opener, Tally, digest, ingest, work

HERE = Path(__file__).parent
TELL = "The governor said bridge number {} had fallen. The ministry denied that any bridge was hit. "


@pytest.fixture
def opener(monkeypatch: pytest.MonkeyPatch) -> Opener:
    return reader(monkeypatch, "Plain")


def reader(monkeypatch: pytest.MonkeyPatch, name: str) -> Opener:
    """A reader by its name, from a module that other processes can import too."""
    monkeypatch.syspath_prepend(str(HERE))
    return cast(Opener, getattr(importlib.import_module("ingesting"), name))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Ledger]:
    with ledger.open(tmp_path / "book.db", create=True) as opened:
        yield opened


def lines(path: Path, numbers: Iterable[int]) -> Path:
    """A file of documents, one a line."""
    rows = [{"id": f"d{n:04}", "text": TELL.format(n) * 8, "published": "2025-06-02"} for n in numbers]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


def pages(*paths: Path) -> Iterator[Page | Unreadable]:
    return sources.pages(map(str, paths))


def held(path: Path) -> list[Reading]:
    with ledger.open(path, create=False) as book:
        return list(book.readings())


def test_what_is_read_is_in_the_ledger(tmp_path: Path, book: Ledger, opener: Opener) -> None:
    told: list[Tally] = []
    batch = lines(tmp_path / "a.jsonl", range(40))
    tally = ingest(pages(batch), book, opener, jobs=1, progress=lambda tally, failures: told.append(tally))
    assert tally == Tally(read=40, new=40) == told[-1]
    assert [t.read for t in told] == [BATCH, 40]
    assert book.counts().documents == 40
    assert book.counts().claims == 40 * 16
    assert book.reading("d0007").claims[0].content[0].of(book.document("d0007").text) == "bridge number 7 had fallen"


def test_running_again_reads_nothing_and_adds_nothing(tmp_path: Path, book: Ledger, opener: Opener) -> None:
    batch = lines(tmp_path / "a.jsonl", range(40))
    ingest(pages(batch), book, opener, jobs=1)
    before = book.counts()
    assert ingest(pages(batch), book, opener, jobs=1) == Tally(known=40)
    assert book.counts() == before


def test_what_was_added_since_is_read_and_only_that(tmp_path: Path, book: Ledger, opener: Opener) -> None:
    ingest(pages(lines(tmp_path / "a.jsonl", range(5, 40))), book, opener, jobs=1)
    assert ingest(pages(lines(tmp_path / "a.jsonl", range(50))), book, opener, jobs=1) == Tally(15, 15, known=35)
    assert book.counts().documents == 50


def test_a_later_reader_reads_all_again(
    tmp_path: Path, book: Ledger, opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = lines(tmp_path / "a.jsonl", range(10))
    ingest(pages(batch), book, opener, jobs=1)
    later = reader(monkeypatch, "Later")
    assert ingest(pages(batch), book, later, jobs=1) == Tally(read=10, new=10)
    assert {r.maker.version for r in book.readings()} == {"2"}
    assert book.counts().documents == 10


def test_failures_are_told_and_recorded_and_the_rest_is_read(tmp_path: Path, book: Ledger, opener: Opener) -> None:
    good, empty, broken = lines(tmp_path / "a.jsonl", range(3)), tmp_path / "empty.txt", tmp_path / "b.jsonl"
    empty.write_text("")
    broken.write_text('{"id": "x", "text": "The governor said no."}\n{"id": "y"\n')
    told: list[Failure] = []
    found = pages(good, empty, broken, tmp_path / "missing.txt")
    tally = ingest(found, book, opener, jobs=1, progress=lambda tally, failures: told.extend(failures))
    assert tally == Tally(read=4, new=4, failed=3)
    assert sorted(f.name for f in told) == sorted([str(empty), f"{broken}:2", str(tmp_path / "missing.txt")])
    assert sorted(book.failures(), key=lambda f: f.name) == sorted(told, key=lambda f: f.name)
    assert all(failure.reason for failure in told)


def test_a_failure_is_forgotten_when_the_input_is_mended(tmp_path: Path, book: Ledger, opener: Opener) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "x"\n{"id": "y", "text": "The governor said no."}\n')
    ingest(pages(path), book, opener, jobs=1)
    assert [failure.name for failure in book.failures()] == [f"{path}:1"]
    # The broken line is taken out: the good one, known already, now stands in its place.
    path.write_text('{"id": "y", "text": "The governor said no."}\n')
    assert ingest(pages(path), book, opener, jobs=1) == Tally(known=1)
    assert list(book.failures()) == []


def test_few_inputs_are_in_hand_at_once(book: Ledger, opener: Opener) -> None:
    taken = 0

    def endless() -> Iterator[Page]:
        nonlocal taken
        for n in range(10 * BATCH):
            taken += 1
            yield Page(f"{n}.txt", TELL.format(n).encode(), "text/plain")

    ahead: list[int] = []
    ingest(endless(), book, opener, jobs=1, progress=lambda tally, failures: ahead.append(taken - tally.read))
    assert len(ahead) == 10
    assert max(ahead) <= BATCH


def test_huge_pages_make_small_batches(book: Ledger, opener: Opener) -> None:
    failed: list[int] = []
    huge = [Page(f"{n}.txt", b"\0" * 900_000, "text/plain") for n in range(12)]
    ingest(huge, book, opener, jobs=1, progress=lambda tally, failures: failed.append(tally.failed))
    assert failed == [5, 10, 12]


def test_two_processes_make_the_same_ledger_as_one(tmp_path: Path, book: Ledger, opener: Opener) -> None:
    batch = lines(tmp_path / "a.jsonl", range(5 * BATCH + FEW - 1))
    running: list[int] = []

    def watch(tally: Tally, failures: Sequence[Failure]) -> None:
        running.append(len(active_children()))

    assert ingest(pages(batch), book, opener, jobs=2, progress=watch).new == 5 * BATCH + FEW - 1
    assert max(running) == 2
    assert active_children() == []
    with ledger.open(tmp_path / "alone.db", create=True) as alone:
        ingest(pages(batch), alone, opener, jobs=1)
        assert list(alone.readings()) == list(book.readings())
        assert [(c.revision, c.subject) for c in alone.changes()] == [(c.revision, c.subject) for c in book.changes()]


def test_a_few_documents_start_no_processes(tmp_path: Path, book: Ledger, opener: Opener) -> None:
    running: list[int] = []
    batch = lines(tmp_path / "a.jsonl", range(FEW - 1))
    ingest(pages(batch), book, opener, jobs=2, progress=lambda tally, failures: running.append(len(active_children())))
    assert running == [0]
    assert book.counts().documents == FEW - 1


def test_a_process_that_dies_is_an_error_and_finished_batches_stay(
    tmp_path: Path, book: Ledger, opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = lines(tmp_path / "a.jsonl", range(8 * BATCH))
    deadly = tmp_path / "z.jsonl"
    rows = [{"id": f"z{n}", "text": "The governor said: kill the reader."} for n in range(FEW)]
    deadly.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    mortal = reader(monkeypatch, "Mortal")
    with pytest.raises(RashomonError, match="a reading process died"):
        ingest(pages(batch, deadly), book, mortal, jobs=2)
    assert active_children() == []
    assert book.counts().documents % BATCH == 0
    assert 0 < book.counts().documents <= 8 * BATCH
    ingest(pages(batch, deadly), book, opener, jobs=2)
    assert book.counts().documents == 8 * BATCH + FEW


def test_a_page_is_known_by_its_bytes_and_what_is_said_of_it() -> None:
    page = Page("a.txt", b"The governor said no.", "text/plain")
    assert digest(page) == digest(Page("b.txt", b"The governor said no.", "text/plain"))
    others = [
        Page("a.txt", b"The governor said yes.", "text/plain"),
        Page("a.txt", b"The governor said no.", "text/html"),
        Page("a.txt", b"The governor said no.", "text/plain", outlet="Kuratovo Post"),
        Page("a.txt", b"The governor said no.", "text/plain", url="Kuratovo Post"),
    ]
    assert len({digest(page), *map(digest, others)}) == 5


def test_work_keeps_order_and_collects_failures(opener: Opener) -> None:
    said = [Page(f"{n}.txt", TELL.format(n).encode(), "text/plain") for n in range(3)]
    batch = work(opener(), [said[0], Page("empty.txt", b"", "text/plain"), said[1], said[2]])
    assert [capture.name for capture in batch.captures] == ["0.txt", "1.txt", "2.txt"]
    assert [r.document.id for r in batch.readings] == [capture.document for capture in batch.captures]
    assert [(failure.name, failure.stage) for failure in batch.failures] == [("empty.txt", "sources")]


def start(place: Path, jobs: int, *inputs: Path) -> subprocess.Popen[str]:
    command = [sys.executable, str(HERE / "ingesting.py"), str(place), str(jobs), *map(str, inputs)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def gone(group: int) -> bool:
    """Whether no process of a session is left; one that is still starting may take some seconds to notice."""
    for _ in range(6000):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.01)
    return False


@pytest.mark.parametrize(("jobs", "kills"), [(1, (0, 1, 2)), (2, (0, 1))])
def test_an_ingest_killed_again_and_again_ends_as_if_undisturbed(
    tmp_path: Path, jobs: int, kills: tuple[int, ...]
) -> None:
    """Each kill comes a moment after so many batches."""
    batch = lines(tmp_path / "a.jsonl", range(6 * BATCH))
    calm, torn = tmp_path / "calm.db", tmp_path / "torn.db"
    with start(calm, 1, batch) as whole:
        assert whole.wait() == 0
    chance = random.Random(jobs)
    halves = 0
    for batches in kills:
        with start(torn, jobs, batch) as writer:
            assert writer.stdout is not None
            for _ in range(batches + 1):
                writer.stdout.readline()
            time.sleep(chance.uniform(0, 0.3))
            writer.kill()
            writer.wait()
            assert gone(writer.pid), "a reading process outlived its parent"
        connection = sqlite3.connect(torn)
        counted = [connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("document", "capture")]
        connection.close()
        assert counted[0] == counted[1]
        assert counted[0] % BATCH == 0
        halves += 0 < counted[0] < 6 * BATCH
    with start(torn, jobs, batch) as last:
        assert last.wait() == 0
    assert halves, "no kill came in the middle"
    assert held(torn) == held(calm)


@pytest.mark.parametrize(("jobs", "batches"), [(1, 1), (2, 1), (2, 0)])
def test_ctrl_c_leaves_a_whole_ledger_and_no_noise(tmp_path: Path, jobs: int, batches: int) -> None:
    """It comes after so many batches; after none, the reading processes are still starting."""
    batch = lines(tmp_path / "a.jsonl", range(20 * BATCH))
    place = tmp_path / "book.db"
    with start(place, jobs, batch) as writer:
        assert writer.stdout is not None
        assert writer.stderr is not None
        for _ in range(batches + 1):
            writer.stdout.readline()
        time.sleep(0.0 if batches else 0.3)
        os.killpg(writer.pid, signal.SIGINT)
        assert writer.wait(timeout=120) == 130
        assert writer.stderr.read() == ""
        assert gone(writer.pid)
    read = held(place)
    assert len(read) % BATCH == 0
    assert batches * BATCH <= len(read) < 20 * BATCH


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_screened_out_is_set_aside_and_read_when_everything_is(
    jobs: int, opener: Opener, tmp_path: Path, book: Ledger
) -> None:
    cake = "Whisk the eggs with the sugar until pale, fold in the flour and bake the cake for forty minutes. " * 9
    french = "Le gouverneur a déclaré lundi que le pont principal de la ville avait été détruit par des tirs. " * 9
    told = (TELL.format(7) + "Shells hit the army's positions; four soldiers were killed in the attack. ") * 8
    rows = [{"id": f"d{n:02}", "text": [told, cake, french][n % 3] + str(n)} for n in range(24)]
    path = tmp_path / "mixed.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    first = ingest(pages(path), book, opener, jobs=jobs, screened=True)
    assert (first.read, first.screened, first.unread, first.failed) == (8, 8, 8, 0)
    assert ingest(pages(path), book, opener, jobs=jobs, screened=True) == Tally(known=24)
    assert dict(book.asides.census()) == {"language": 8, "screen": 8}
    assert [document.language for document in book.asides.documents()] == ["fr"] * 8
    everything = ingest(pages(path), book, opener, jobs=jobs)
    assert (everything.read, everything.known) == (16, 8)
    assert dict(book.asides.census()) == {}
