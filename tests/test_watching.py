"""A watch follows what outlets publish, change and take back, and may be killed at any moment."""

from __future__ import annotations

import importlib
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from rashomon import ledger
from rashomon.cli import cli
from rashomon.errors import Unfetchable
from rashomon.ledger import Ledger
from rashomon.ledger.intake import Followed
from rashomon.sources.connecting import anywhere
from rashomon.sources.visiting import Visitor
from rashomon.watching import AGAIN, EVERY, Watch, retried

HERE = Path(__file__).parent
TELL = "The governor of province {} said {} bridges had fallen to shelling. The ministry denied that any was hit. "
FRENCH = (
    "Le gouverneur a déclaré lundi que le pont principal de la ville avait été détruit par des tirs d'artillerie. " * 3
)
CAKE = (
    "Whisk the eggs with the sugar until pale, fold in the flour and bake the cake for forty minutes in the oven. " * 8
)


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(HERE))
    return importlib.import_module("watching")


@pytest.fixture
def press(module: Any) -> Iterator[Any]:
    with module.printing() as press:
        yield press


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Ledger]:
    with ledger.open(tmp_path / "book.db", create=True) as opened:
        yield opened


class Clock:
    def __init__(self) -> None:
        self.now = 1_750_000_000.0

    def __call__(self) -> float:
        return self.now


def over(book: Ledger, press: Any, clock: Clock, module: Any, *, screened: bool = False) -> Watch:
    visitor = Visitor(permitted=anywhere, pause=0.0)
    return Watch(book, (press.at("/feed"),), module.Slow(), visitor, screened=screened, clock=clock)


def report(number: int, bridges: str = "two") -> bytes:
    return (TELL.format(number, bridges) * 4).encode()


def texts(book: Ledger) -> list[str]:
    return sorted(reading.document.text.split(" said ")[1].split(" had ")[0] for reading in book.readings())


def test_what_a_feed_names_is_read_once(book: Ledger, press: Any, module: Any) -> None:
    press.feed("/feed", "/1", "/2")
    press.published |= {"/1": report(1), "/2": report(2)}
    clock = Clock()
    watch = over(book, press, clock, module)
    first = watch.round()
    assert (first.feeds, first.named, first.visited, first.tally.new) == (1, 2, 2, 2)
    assert watch.round().visited == 0
    assert watch.wait() == EVERY
    clock.now += EVERY
    again = watch.round()
    assert (again.feeds, again.named, again.visited) == (1, 0, 0)
    assert press.asked[-1] == ("/feed", 304)


def test_what_a_slow_feed_names_is_read_in_the_same_round(book: Ledger, press: Any, module: Any) -> None:
    class Ticking(Clock):
        def __call__(self) -> float:
            self.now += 2.0
            return self.now

    press.feed("/feed", "/1", "/2")
    press.published |= {"/1": report(1), "/2": report(2)}
    assert over(book, press, Ticking(), module).round().visited == 2


def test_an_article_that_its_outlet_changed_is_a_new_version_and_the_old_one_is_kept(
    book: Ledger, press: Any, module: Any, tmp_path: Path
) -> None:
    press.feed("/feed", "/1")
    press.published["/1"] = report(1, "two")
    clock = Clock()
    watch = over(book, press, clock, module)
    watch.round()
    clock.now += AGAIN[0]
    watch.round()
    assert press.asked[-1] == ("/1", 304)
    press.published["/1"] = report(1, "seven")
    clock.now += AGAIN[1]
    came = watch.round()
    assert (came.visited, came.tally.new) == (1, 1)
    assert texts(book) == ["seven bridges"]
    assert book.counts().documents == 1
    changes = [change.what for change in book.changes()]
    assert changes == ["added", "rewritten"]


def test_an_article_rests_after_its_last_visit(book: Ledger, press: Any, module: Any) -> None:
    press.feed("/feed", "/1")
    press.published["/1"] = report(1)
    clock = Clock()
    watch = over(book, press, clock, module)
    visited = []
    for later in (0, *AGAIN, 30 * 24 * 3600):
        clock.now += later
        visited.append(watch.round().visited)
    assert visited == [1, 1, 1, 1, 1, 0]


def test_what_cannot_be_had_is_told_and_tried_again_less_and_less(book: Ledger, press: Any, module: Any) -> None:
    press.feed("/feed", "/1", "/gone")
    press.published["/1"] = report(1)
    clock = Clock()
    watch = over(book, press, clock, module)
    assert watch.round().tally.failed == 1
    assert [failure.reason for failure in book.failures()] == ["404 Not Found"]
    before = len(press.asked)
    clock.now += 365 * 24 * 3600
    watch.round()
    assert [path for path, _ in press.asked[before:]] == ["/feed", "/1"]


@pytest.mark.parametrize(
    ("status", "wait", "failures", "later"),
    [
        (None, None, 0, 300),
        (None, None, 2, 4800),
        (None, None, 4, None),
        (503, 7200.0, 0, 7200),
        (429, 60.0, 0, 300),
        (404, None, 0, None),
        (403, None, 0, None),
    ],
)
def test_when_an_address_that_failed_is_tried_again(
    status: int | None, wait: float | None, failures: int, later: int | None
) -> None:
    error = Unfetchable("https://quay.example/a", "for some reason", status=status, wait=wait)
    due = retried(Followed("https://quay.example/a", None, None, 0, failures), error, 1000)
    assert due == (None if later is None else 1000 + later)


def test_a_feed_that_fails_is_tried_again_and_mended(book: Ledger, press: Any, module: Any) -> None:
    clock = Clock()
    watch = over(book, press, clock, module)
    assert watch.round().named == 0
    assert [failure.stage for failure in book.failures()] == ["feeds"]
    press.feed("/feed", "/1")
    press.published["/1"] = report(1)
    assert watch.round().feeds == 0
    clock.now += EVERY
    assert watch.round().visited == 1
    assert list(book.failures()) == []


def test_sitemaps_lead_to_sitemaps(book: Ledger, press: Any, module: Any) -> None:
    press.published |= {
        "/feed": f"<sitemapindex><sitemap><loc>{press.at('/map')}</loc></sitemap></sitemapindex>".encode(),
        "/map": f"<urlset><url><loc>{press.at('/1')}</loc></url></urlset>".encode(),
        "/1": report(1),
    }
    clock = Clock()
    watch = over(book, press, clock, module)
    assert [watch.round().visited for _ in range(2)] == [0, 1]


def test_other_languages_and_other_subjects_are_kept_aside(book: Ledger, press: Any, module: Any) -> None:
    press.feed("/feed", "/1", "/2", "/3")
    press.published |= {"/1": report(1), "/2": FRENCH.encode(), "/3": CAKE.encode()}
    came = over(book, press, Clock(), module, screened=True).round()
    assert (came.tally.read, came.tally.unread, came.tally.screened) == (1, 1, 1)
    assert {(aside.url, aside.why, aside.language) for aside in book.asides.list()} == {
        (press.at("/2"), "language", "fr"),
        (press.at("/3"), "screen", "en"),
    }
    (document,) = book.asides.documents()
    assert document.text == FRENCH
    assert dict(book.asides.census()) == {"language": 1, "screen": 1}


def test_a_watch_killed_at_any_moment_goes_on_where_it_was(press: Any, tmp_path: Path) -> None:
    paths = [f"/{number}" for number in range(100)]
    press.feed("/feed", *paths)
    press.published |= {path: report(number) for number, path in enumerate(paths)}
    command = [sys.executable, str(HERE / "watching.py")]
    place, undisturbed = tmp_path / "killed.db", tmp_path / "whole.db"
    chance = random.Random(6)
    for _ in range(5):
        process = subprocess.Popen([*command, str(place), press.at("/feed")], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        time.sleep(chance.random() * 0.8)
        process.kill()
        process.wait()
        process.stdout.close()
    for path in (place, undisturbed):
        subprocess.run([*command, str(path), press.at("/feed")], check=True, stdout=subprocess.DEVNULL)
    with ledger.open(place, create=False) as one, ledger.open(undisturbed, create=False) as other:
        assert list(one.readings()) == list(other.readings())
        assert one.counts().documents == len(paths)
        assert len(list(one.changes())) == len(paths)


def test_the_command_reads_what_a_file_of_feeds_leads_to(press: Any, tmp_path: Path) -> None:
    press.feed("/feed", "/1")
    press.published["/1"] = report(1)
    feeds = tmp_path / "feeds.txt"
    feeds.write_text(f"# ours\n{press.at('/feed')}\n")
    place = str(tmp_path / "book.db")
    done = CliRunner().invoke(cli, ["watch", str(feeds), "--once", "--ledger", place, "--allow-private"])
    assert done.exit_code == 0
    assert "1 document read, 1 new" in done.stderr
    listed = CliRunner().invoke(cli, ["unread", "--ledger", place])
    assert (listed.exit_code, listed.stdout) == (0, "")
    assert "nothing was left unread" in listed.stderr


@pytest.mark.parametrize(("body", "reason"), [(None, "no such file"), (b"# none yet\n", "lists no addresses")])
def test_feeds_that_are_none(tmp_path: Path, body: bytes | None, reason: str) -> None:
    feeds = tmp_path / "feeds.txt"
    if body is not None:
        feeds.write_bytes(body)
    done = CliRunner().invoke(cli, ["watch", str(feeds), "--once", "--ledger", str(tmp_path / "book.db")])
    assert done.exit_code == 1
    assert reason in done.stderr
