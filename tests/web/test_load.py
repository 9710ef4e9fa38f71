"""Many readers at once: nobody is turned away, whatever they click on."""

from __future__ import annotations

from pathlib import Path

from tests.web.browsing import served

from rashomon import ledger
from rashomon.web import app
from web_load import crowd


def test_fifty_readers_at_once(place: Path) -> None:
    with ledger.open(place, create=False) as book, served(app(book, place="book.db")) as site:
        met = crowd(site, readers=50, seconds=8, think=0.3)
    assert met.failed == []
    # Each at least once, however busy the machine, and of several kinds; how fast, bench/web_load.py says.
    assert len(met.times()) >= 50
    assert len(met.took) >= 3


def test_a_reader_notices_who_does_not_answer(place: Path) -> None:
    with ledger.open(place, create=False) as book, served(app(book, place="book.db")) as site:
        pass
    assert crowd(site, readers=1, seconds=0.3, think=0.1).failed
