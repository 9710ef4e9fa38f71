"""Readings made by hand: a text, and what of it is said by whom, counted, named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from rashomon import ledger
from rashomon.gathering import gather
from rashomon.model.document import Document, DocumentId
from rashomon.model.judgement import About, Judgement, JudgementId, Part, Sense, Verdict
from rashomon.model.reading import Maker, Reading
from rashomon.model.telling import (
    Act,
    Actor,
    ActorId,
    Bound,
    Claim,
    ClaimId,
    Distance,
    Place,
    PlaceId,
    Quantity,
    QuantityId,
    Speech,
    Stance,
    Status,
    Telling,
    TellingId,
    Where,
)
from rashomon.model.text import Span
from rashomon.web.accounts import Accounts, Role

NOON = datetime(2025, 6, 3, 12, tzinfo=UTC)
TEXT = "A drone hit the depot at Marno, killing 12 workers, the Northern Army said. Officials in Velm disagreed."


def at(words: str, text: str = TEXT) -> Span:
    """Where some words stand first."""
    start = text.index(words)
    return Span(start, start + len(words))


def read(
    text: str = TEXT,
    name: str = "wire-1",
    *,
    weights: str = "one",
    claimed: str | None = "A drone hit the depot at Marno, killing 12 workers",
    figure: str | None = "12",
    number: int = 12,
    outlet: str = "The Wire",
    place: str = "Marno",
    published: date = date(2025, 6, 2),
) -> Reading:
    """The reading of a text about the depot, as far as its words are in it."""
    claims, figures = [], []
    if claimed is not None:
        source, cue, content = ((at(words, text),) for words in ("the Northern Army", "said", claimed))
        claims.append(Claim(ClaimId("c1"), source, cue, content, ActorId("a1"), Speech.INDIRECT, Act.SAY, Stance.AFFIRM,
                            Distance.NEUTRAL, None, 0.4))  # fmt: skip
    if figure is not None:
        many = Decimal(number)
        figures.append(Quantity(QuantityId("q1"), at(figure, text), "killed", many, many, many, Bound.EXACT, "worker",
                                ClaimId("c1") if claims else None, TellingId("i1")))  # fmt: skip
    telling = Telling(
        TellingId("i1"), "STRIKE.DRONE", Status.OCCURRED, (at("hit", text),), None,
        (Where(PlaceId("p1"), "location"),), (), tuple(one.id for one in claims), tuple(one.id for one in figures),
    )  # fmt: skip
    return Reading(
        Document(DocumentId(name), text, outlet=outlet, published=published, language="en"),
        (Actor(ActorId("a1"), "Northern Army", "army", (at("the Northern Army", text),)),),
        tuple(claims), (), tuple(figures), (),
        (Place(PlaceId("p1"), at(place, text), place, None, None, None, None, None),),
        (telling,), (), Maker("1", weights),
    )  # fmt: skip


def judged(
    verdict: Verdict,
    part: Part,
    words: str,
    after: Sense | None = None,
    *,
    id: int = 1,  # noqa: A002
    by: str = "olena",
    text: str = TEXT,
    settles: bool = False,
) -> Judgement:
    """A judgement on words of the text, as it would be written down."""
    about = About(DocumentId("wire-1"), part, at(words, text), words)
    return Judgement(JudgementId(id), verdict, (), by, NOON, "looked", None, about, None, after, settles)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[ledger.Ledger]:
    with ledger.open(tmp_path / "book.db", create=True) as opened:
        opened.record([read()])
        gather(opened)
        yield opened


@pytest.fixture(name="read")
def _read() -> Callable[..., Reading]:
    return read


@pytest.fixture(name="judged")
def _judged() -> Callable[..., Judgement]:
    return judged


SECRET = "correct horse battery"


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    made = Accounts(tmp_path / "people")
    for role in Role:
        made.add(role.name.lower(), SECRET, role)
    made.add("second", SECRET, Role.CODER)
    return made
