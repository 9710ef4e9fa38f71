"""Many readers and reviewers at once: nobody is turned away, whatever they click on, and no decision is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.web.browsing import served

from rashomon import ledger
from rashomon.review import prove
from rashomon.web import app
from rashomon.web.accounts import Accounts
from rashomon.web.security import Policy
from reviewers import unlike
from web_load import crowd, hired


def test_fifty_readers_and_four_reviewers_at_once(place: Path, tmp_path: Path) -> None:
    copy, people = tmp_path / "book.db", tmp_path / "people"
    shutil.copy(place, copy)
    hired(people, 4)
    policy = Policy(Accounts(people), anyone=True)
    with ledger.open(copy, create=False) as book:
        with served(app(book, place="book.db", policy=policy)) as site:
            met = crowd(site, readers=50, reviewers=4, seconds=15, think=0.5, each=4)
        assert met.failed == []
        # Each at least once, however busy the machine, and of several kinds; how fast, bench/web_load.py says.
        assert len(met.times()) >= 50
        assert len(met.took) >= 5
        assert len(met.sent) >= 4
        assert list(unlike(met.sent, book.judgements())) == []
        assert prove(book.trail(), book.judgements()).fault is None


def test_a_reader_notices_who_does_not_answer(place: Path) -> None:
    with ledger.open(place, create=False) as book, served(app(book, place="book.db")) as site:
        pass
    assert crowd(site, readers=1, seconds=0.3, think=0.1).failed


def test_what_is_lost_twice_or_never_sent_is_noticed(place: Path) -> None:
    with ledger.open(place, create=False) as book:
        assert list(unlike(["reviewer1 0"], book.judgements())) == ["lost: reviewer1 0"]
