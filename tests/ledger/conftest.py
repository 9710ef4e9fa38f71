"""Readings to put into ledgers, written as marked sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from rashomon import ledger
from rashomon.model.document import Document, DocumentId
from rashomon.model.reading import Maker, Reading
from rashomon.model.telling import Act, Actor, ActorId, Claim, ClaimId, Distance, Speech, Stance
from rashomon.model.text import Span

MARKS = re.compile(r"[\[\](){}]")
Written = Callable[..., Reading]
Places = Callable[[str], str]


@pytest.fixture
def written() -> Written:
    return reading


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Places:
    """Where a ledger of a name is kept: every test that asks runs on both databases."""
    if request.param == "sqlite":
        return lambda name: str(tmp_path / f"{name}.db")
    made: Callable[[], str] = request.getfixturevalue("shelf")
    return cache(lambda name: made())


@pytest.fixture
def book(places: Places) -> Iterator[ledger.Ledger]:
    with ledger.open(places("book"), create=True) as opened:
        yield opened


def reading(
    name: str,
    marked: str,
    *,
    title: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    maker: str = "1.0",
) -> Reading:
    """A reading of a text with its [source], (cue) and {content} marked, in this order, once a claim."""
    text, spans = unmarked(marked)
    claims, actors = [], []
    for n in range(0, len(spans), 3):
        source, cue, content = spans[n : n + 3]
        number = n // 3 + 1
        actors.append(Actor(ActorId(f"a{number}"), source.of(text), "executive", (source,), "Kuratovo", "XK"))
        claims.append(
            Claim(
                ClaimId(f"c{number}"),
                (source,),
                (cue,),
                (content,),
                ActorId(f"a{number}"),
                Speech.INDIRECT,
                Act.SAY,
                Stance.AFFIRM,
                Distance.NEUTRAL,
            )
        )
    day = None if published is None else date.fromisoformat(published)
    document = Document(DocumentId(name), text, outlet=outlet, title=title, published=day, language="en")
    return Reading(document, tuple(actors), tuple(claims), (), (), (), (), (), (), Maker(maker, "none"))


def unmarked(marked: str) -> tuple[str, list[Span]]:
    """The text without its marks, and where they stood."""
    text, spans, at, opened = "", [], 0, 0
    for mark in MARKS.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark.group() in "[({":
            opened = len(text)
        else:
            spans.append(Span(opened, len(text)))
    return text + marked[at:], spans
