"""Pages of a ledger in PostgreSQL are those of the same ledger in a file, byte for byte."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from difflib import unified_diff
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from starlette.applications import Starlette
from tests.web.conftest import Asks
from tests.web.links import read
from tests.web.test_pages import TWINS, examples, where

from rashomon import ledger
from rashomon.web import Answered, app, get

__all__ = ["examples"]  # a fixture
# How good a hit is, each database says in its own way; and forms are signed for one visit.
OWN = re.compile(rb'"score":[0-9.e+-]+|name="form" value="[^"]+"|,[0-9]+\.[0-9]+\r?$', re.MULTILINE)
MOST = 120  # addresses: every page and twin, then what they lead to
QUERIES = ("/search.json?q=%22said%22+tarna", "/search?q=governor", "/incidents.json?text=market", "/search.json?q=%3F")


@pytest.fixture
def shared(shelf: Callable[[], str], place: Path) -> Iterator[Starlette]:
    """The pages of the same ledger in PostgreSQL."""
    address = shelf()
    with ledger.open(place, create=False) as book, ledger.open(address, create=True) as other:
        book.transcribe(other)
    with ledger.open(address, create=False) as opened:
        yield app(opened, place="book.db")


def lines(here: str, answered: Answered) -> list[str]:
    """What a page says; of searches in no order, for that of hits alike is each database's own."""
    found = OWN.sub(b"", answered.body).decode().replace('},{"', '},\n{"').splitlines()
    return sorted(found) if here.startswith("/search") else found


def links(here: str, answered: Answered) -> Iterator[str]:
    if (answered.header("content-type") or "").startswith("text/html"):
        for link in read(answered.body).links:
            target = urljoin(here, link).split("#")[0]
            if not urlsplit(target).scheme:
                yield target


def test_every_page_is_the_same(shared: Starlette, examples: Mapping[str, str], ask: Asks) -> None:
    waiting = deque(["/", *QUERIES, *(where(page, form, examples) for page, form in TWINS)])
    seen = set(waiting)
    for _ in range(MOST):
        here = waiting.popleft()
        one, other = ask(here), get(shared, here)
        assert other.status == one.status, here
        assert list(unified_diff(lines(here, one), lines(here, other))) == [], here
        for target in links(here, one):
            shape = urlsplit(target).path + re.sub(r"=[^&]*", "", urlsplit(target).query)
            if shape not in seen:
                seen.add(shape)
                waiting.append(target)
    assert len(TWINS) + len(QUERIES) < MOST
