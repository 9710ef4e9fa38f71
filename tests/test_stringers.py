"""Many machines read as one does: what they file is the same bytes, also when one of them dies."""

from __future__ import annotations

import gzip
import importlib
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner
from fastwarc.warc import WarcRecord, WarcRecordType

from rashomon import assignments as cutting
from rashomon import ledger, pipeline, sources
from rashomon.assignments import Assignment, Brief, Stretch, assignments, pages
from rashomon.cli import cli
from rashomon.errors import Unreadable, Unusable
from rashomon.ledger import Ledger
from rashomon.model.codec import to_json
from rashomon.model.document import Page
from rashomon.model.reading import Maker
from rashomon.pipeline import READINGS, Opener
from rashomon.reading import Reader

pytest.importorskip("pyarrow", reason="filing readings needs pyarrow: pip install 'rashomon[ray]'")

import fsspec

from memory import family
from rashomon.afield import each
from rashomon.filing import Cabinet, Slip, packed, unpacked
from rashomon.stringers import filed, here, loaded, report, shelved

HERE = Path(__file__).parent
BRIEF = Brief(Maker("1", "plain"))
TELL = (
    "The governor said bridge number {} had fallen in the shelling, and four soldiers were killed. The army denied it. "
)
CAKE = "Whisk the eggs with the sugar until pale, fold in the flour and bake the cake for forty minutes. " * 8
FRENCH = "Le gouverneur a déclaré lundi que le pont principal de la ville avait été détruit par des tirs. " * 8


@pytest.fixture
def opener(monkeypatch: pytest.MonkeyPatch) -> Opener:
    monkeypatch.syspath_prepend(str(HERE))
    return cast(Opener, importlib.import_module("ingesting").Plain)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Ledger]:
    with ledger.open(tmp_path / "book.db", create=True) as opened:
        yield opened


def lines(path: Path, numbers: Iterable[int], text: str = TELL * 3) -> Path:
    rows = [{"id": f"d{n:04}", "text": text.format(n, n, n), "published": "2025-06-02"} for n in numbers]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


def archive(path: Path, count: int) -> Path:
    """A crawl's archive, every record packed by itself."""
    with path.open("wb") as out:
        for number in range(count):
            made, record = WarcRecord(), io.BytesIO()
            made.init_headers(record_type=WarcRecordType.response)
            made.headers["WARC-Target-URI"] = f"https://quay.example/{number}"
            made.headers["Content-Type"] = "application/http; msgtype=response"
            text = (TELL.format(number) * 5).encode()
            made.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + text)
            made.write(record)
            out.write(gzip.compress(record.getvalue()))
    return path


@pytest.fixture
def mixed(tmp_path: Path) -> list[str]:
    """A folder, an archive and lines, with what is broken, seen before, in French and of cakes among them."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(12):
        text = [TELL.format(number) * 4, f"{CAKE}{number}", f"{FRENCH}{number}"][number % 3]
        (folder / f"{number}.txt").write_text(text)
    (folder / "7.txt").write_text("")
    (folder / "picture.png").write_text("x")
    rows = lines(tmp_path / "a.jsonl", range(60))
    with rows.open("a") as out:
        out.write('{"id": "d0001", "text": "The governor said other words under a known id."}\n')
        out.write('{"id": "broken\n')
    again = lines(tmp_path / "b.jsonl", range(50, 70))
    return [
        str(folder),
        str(archive(tmp_path / "crawl.warc.gz", 40)),
        str(rows),
        str(again),
        str(tmp_path / "gone.txt"),
    ]


Told = tuple[list[bytes], list[tuple[str, str]], list[str], int]


def told(book: Ledger) -> Told:
    """All that is in a ledger, as bytes where it is readings."""
    return (
        [to_json(reading) for reading in book.readings()],
        sorted((failure.name, failure.reason) for failure in book.failures()),
        [f"{aside.why} {aside.name}" for aside in book.asides.list()],
        book.counts().incidents,
    )


@pytest.mark.parametrize("screened", [False, True])
def test_what_is_filed_and_loaded_is_what_one_process_reads(
    mixed: list[str], tmp_path: Path, book: Ledger, opener: Opener, screened: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cutting, "STRETCH", 2000)
    monkeypatch.setattr(cutting, "LINES", 10)
    brief, cabinet = Brief(opener().maker, screened), Cabinet(str(tmp_path / "filed"))
    tally = pipeline.keep(loaded(filed(mixed, brief, here(cabinet, opener)), cabinet, book), book)
    assert len(cabinet.held()) > 10
    with ledger.open(tmp_path / "alone.db", create=True) as alone:
        assert pipeline.ingest(sources.pages(mixed), alone, opener, jobs=1, screened=screened) == tally
        assert told(alone) == told(book)
    with ledger.open(tmp_path / "later.db", create=True) as later:
        pipeline.keep(shelved([cabinet.place], later), later)
        assert [to_json(one) for one in later.readings()] == told(book)[0]
    again = pipeline.keep(loaded(filed(mixed, brief, here(cabinet, opener)), cabinet, book), book)
    assert (again.read, again.known) == (0, tally.read + tally.screened + tally.unread)


def test_an_object_store_is_read_and_filed_in(tmp_path: Path, book: Ledger, opener: Opener) -> None:
    store = fsspec.filesystem("memory")
    for name in ("crawl/1.txt", "crawl/2.txt", "crawl/.hidden.txt", "crawl/3.bin"):
        store.pipe_file(f"/{name}", (TELL.format(name) * 3).encode())
    brief, cabinet = Brief(opener().maker), Cabinet("memory://filed")
    tally = pipeline.keep(loaded(filed(["memory://crawl"], brief, here(cabinet, opener)), cabinet, book), book)
    assert (tally.read, tally.failed) == (2, 1)
    assert [failure.name for failure in book.failures()] == ["memory:///crawl/3.bin"]
    assert pipeline.holds_readings(cabinet.place)
    assert [path.rsplit(READINGS)[0] for path in store.ls("/filed", detail=False)] == [
        "/filed/" + k for k in cabinet.held()
    ]


def made(inputs: Iterable[str], brief: Brief = BRIEF) -> list[Assignment]:
    return [one for one in assignments(inputs, brief) if isinstance(one, Assignment)]


@pytest.mark.parametrize(
    "name", ["-", "https://quay.example/a.html", "ftp://quay.example/a.txt", "file:///etc/hostname"]
)
def test_what_one_machine_reads_is_not_given_out(name: str) -> None:
    (found,) = assignments([name], BRIEF)
    assert isinstance(found, Unreadable)
    assert "leave out --on" in found.reason
    assert not pipeline.holds_readings(name)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["a.txt", "--on", "spark"], "'spark' is neither ray nor ray://HOST:PORT."),
        (["a.txt", "--on", "ray", "--ledger", "postgresql://desk/news"], "Say with --readings where to file"),
        (["a.txt", "memory://filed"], "Readings are loaded by themselves"),
    ],
)
def test_usage_is_told(words: list[str], said: str) -> None:
    came = CliRunner().invoke(cli, ["ingest", *words])
    assert came.exit_code == 2
    assert said in " ".join(came.output.split())


def test_a_folder_of_readings_is_an_input(tmp_path: Path, opener: Opener) -> None:
    cabinet = Cabinet(str(tmp_path / "filed"))
    list(filed([str(lines(tmp_path / "a.jsonl", range(9)))], BRIEF, here(cabinet, opener)))
    came = CliRunner().invoke(cli, ["ingest", cabinet.place, "--ledger", str(tmp_path / "a.db"), "--json"])
    assert json.loads(came.stdout.splitlines()[0])["new"] == 9


def test_a_key_is_of_what_is_in_it_and_of_how_it_is_read(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", range(10))
    (one,) = made([str(path)])
    os.utime(path, (1, 1))
    assert [again.key for again in made([str(path)])] == [one.key]
    briefs = (Brief(Maker("2", "plain")), replace(BRIEF, screened=True), replace(BRIEF, outlet="Quay Post"))
    lines(path, range(11))
    others = [made([str(path)], brief)[0].key for brief in (BRIEF, *briefs)]
    assert len({one.key, *others}) == 5


def test_a_file_more_moves_few_others_to_another_assignment(tmp_path: Path) -> None:
    for number in range(400):
        (tmp_path / f"{number}.txt").write_text(f"The governor said {number} bridges had fallen.")
    before = {one.key: len(one.stretches) for one in made([str(tmp_path)])}
    (tmp_path / "00.txt").write_text("The governor said no.")
    after = {one.key for one in made([str(tmp_path)])}
    assert sum(before.values()) == 400
    assert len(before) > 3
    assert len(before.keys() - after) == 1


@pytest.mark.parametrize("size", [1, 3, 100])
def test_lines_are_cut_whole_and_keep_their_numbers(tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "LINES", size)
    path = tmp_path / "a.jsonl"
    lines(path, range(7))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes() + b"\n\n" + b'{"id": "z", "text": "The governor said no."}')
    whole = [(page.name, page.body) for page in sources.pages([str(path)]) if isinstance(page, Page)]
    cut = [(page.name, page.body) for one in made([str(path)]) for page in pages(one) if isinstance(page, Page)]
    assert cut == whole
    assert whole[-1][0] == f"{path}:10"


@pytest.mark.parametrize("size", [500, 5000])
def test_an_archive_is_read_in_parts_and_every_record_once(
    tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cutting, "STRETCH", size)
    path = archive(tmp_path / "crawl.warc.gz", 50)
    parts = made([str(path)])
    assert len(parts) > 2
    read = [page.url for one in parts for page in pages(one) if isinstance(page, Page)]
    assert read == [f"https://quay.example/{number}" for number in range(50)]
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes())))
    (alone,) = made([str(path)])
    assert sum(1 for _ in pages(alone)) == 50


def test_what_kills_its_readers_is_found_and_the_rest_is_read(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number}.txt").write_text("The governor said no.")
    deadly = str(tmp_path / "7.txt")
    asked: list[int] = []

    def given(one: Assignment) -> Callable[[], str | None]:
        asked.append(len(one.stretches))
        return lambda: "died" if any(stretch.name == deadly for stretch in one.stretches) else None

    done = list(each(made([str(tmp_path)]), given, 4))
    assert [one.name for one, trouble in done if trouble] == [deadly]
    assert sum(len(one.stretches) for one, _ in done) == 20
    assert max(asked) > 1


def test_an_archive_that_kills_its_readers_is_halved_down_to_a_megabyte(tmp_path: Path) -> None:
    stretch = Stretch("crawl.warc.gz", str(tmp_path / "crawl.warc.gz"), "1", 0, 8_000_000)

    def given(one: Assignment) -> Callable[[], str | None]:
        (part,) = one.stretches
        return lambda: "died" if part.start <= 3_300_000 < (part.stop or 0) else None

    done = list(each([Assignment(BRIEF, (stretch,))], given, 4))
    read = sorted((one.stretches[0].start, one.stretches[0].stop, trouble) for one, trouble in done)
    assert [first[1] for first in read[:-1]] == [second[0] for second in read[1:]]
    assert [(start, stop) for start, stop, trouble in read if trouble] == [(3_000_000, 3_500_000)]


def test_a_machine_that_reads_otherwise_is_sent_away(tmp_path: Path, opener: Opener) -> None:
    (one,) = made([str(lines(tmp_path / "a.jsonl", range(3)))], Brief(Maker("2", "other")))
    with pytest.raises(Unusable, match="install the same Rashomon there"):
        report(one, Cabinet(str(tmp_path / "filed")), opener)


def test_where_nothing_can_be_filed_is_told(tmp_path: Path, opener: Opener) -> None:
    (one,) = made([str(lines(tmp_path / "a.jsonl", range(3)))])
    (tmp_path / "filed").write_text("a file, not a folder")
    with pytest.raises(Unusable, match="readings cannot be filed there"):
        report(one, Cabinet(str(tmp_path / "filed")), opener)


def test_a_file_that_cannot_be_read_is_told_and_tried_again(tmp_path: Path, book: Ledger, opener: Opener) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TELL)
    (one,) = made([str(path)])
    path.unlink()
    cabinet = Cabinet(str(tmp_path / "filed"))
    trouble = report(one, cabinet, opener)
    assert trouble == "no such file or directory"
    assert not cabinet.held()
    tally = pipeline.keep(loaded((done for done in [(one, trouble)]), cabinet, book), book)
    assert tally.failed == 1
    assert [(failure.name, failure.stage) for failure in book.failures()] == [(str(path), "reading")]


def test_what_is_no_file_of_readings_is_told_and_the_rest_is_loaded(
    tmp_path: Path, book: Ledger, opener: Opener
) -> None:
    cabinet = Cabinet(str(tmp_path / "filed"))
    list(filed([str(lines(tmp_path / "a.jsonl", range(9)))], BRIEF, here(cabinet, opener)))
    (key,) = cabinet.held()
    whole = (tmp_path / "filed" / f"{key}{READINGS}").read_bytes()
    later = packed(iter(()), Slip(opener().maker, "a", 0, schema=2))
    for name, body in {"cut": whole[:-300], "noise": bytes(900), "none": b"", "later": later}.items():
        (tmp_path / "filed" / f"{name}{READINGS}").write_bytes(body)
    tally = pipeline.keep(shelved([cabinet.place], book), book)
    assert (tally.read, tally.failed) == (9, 4)
    assert any("another make" in failure.reason for failure in book.failures())


def test_a_file_of_readings_is_what_was_put_in(tmp_path: Path, opener: Opener) -> None:
    cabinet = Cabinet(str(tmp_path / "filed"))
    list(filed([str(lines(tmp_path / "a.jsonl", range(100)))], BRIEF, here(cabinet, opener)))
    (key,) = cabinet.held()
    with cabinet.opened(key) as (file, name):
        slip, found = unpacked(file, name)
        rows = [row for group in found for row in group]
    assert slip.maker == opener().maker
    assert [row.document for row in rows] == [f"d{number:04}" for number in range(100)]
    assert packed(iter(rows), slip) == Path(name).read_bytes()


ray = pytest.mark.skipif(find_spec("ray") is None, reason="many machines need Ray: pip install 'rashomon[ray]'")
INGEST = [sys.executable, "-m", "rashomon.cli", "ingest", "--quiet"]


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob(f"*{READINGS}"))}


def reading_now(parent: int) -> list[int]:
    """Ray's workers below a process that are at an assignment."""
    try:
        named = {one: Path(f"/proc/{one}/cmdline").read_text() for one in family(parent)}
    except (FileNotFoundError, ProcessLookupError):  # one of them ended while it was asked
        return []
    return [one for one, name in named.items() if name.startswith("ray::report")]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], dict[str, bytes], Told]:
    """Files to read, the files of readings that one process makes of them, and the ledger it reads them into."""
    place = tmp_path_factory.mktemp("alone")
    inputs = [str(lines(place / f"{n}.jsonl", range(10 * n, 10 * n + 10))) for n in range(8)]
    cabinet = Cabinet(str(place / "filed"))
    list(filed(inputs, Brief(Reader.load().maker, screened=True), here(cabinet, Reader.load)))
    with ledger.open(place / "one.db", create=True) as one:
        pipeline.ingest(sources.pages(inputs), one, Reader.load, jobs=1, screened=True)
        return inputs, bytes_of(place / "filed"), told(one)


@ray
@pytest.mark.parametrize("kill", [False, True])
def test_two_workers_of_a_cluster_read_as_one_process_also_if_one_is_killed(
    tmp_path: Path, alone: tuple[list[str], dict[str, bytes], Told], kill: bool
) -> None:
    inputs, files, book_of_one = alone
    place, folder = tmp_path / "book.db", tmp_path / "book.db.readings"
    command = [*INGEST, *inputs, "--on", "ray", "--jobs", "2", "--ledger", str(place)]
    # Ray's workers give way to all else unless told not to; on a busy machine they would hardly run.
    env = os.environ | {"RAY_worker_niceness": "0"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd="/", env=env) as running:
        killed = 0
        while kill and not killed and running.poll() is None:
            if bytes_of(folder) and (found := reading_now(running.pid)):
                os.kill(found[0], signal.SIGKILL)
                killed = found[0]
            time.sleep(0.01)
        _, said = running.communicate(timeout=300)
    assert (running.returncode, said) == (0, "")
    assert bool(killed) == kill
    assert bytes_of(folder) == files
    assert len(files) == 8
    with ledger.open(place, create=False) as book:
        assert told(book) == book_of_one
