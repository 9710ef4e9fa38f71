"""Accounts of two real incidents, read by the reader; the articles are not ours to ship and lie in the data folder."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from rashomon import ledger
from rashomon.model.incident import Comparison, Incident, Polarity, Relation
from rashomon.pipeline import ingest
from rashomon.reading import Reader
from rashomon.sources import pages

DATA = Path(os.environ.get("RASHOMON_DATA") or Path(__file__).resolve().parents[3] / "shared")
STRAY_BOMB = ("lee-226", "lee-233")
CAR_BOMB = ("muc-dev0938", "muc-tst1-0024")


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The four articles as JSONL."""
    told = DATA / "articles" / "articles.jsonl"
    if not told.is_file():
        pytest.skip("the data folder is absent (set RASHOMON_DATA)")
    path = tmp_path_factory.mktemp("articles") / "articles.jsonl"
    rows = map(json.loads, told.read_text(encoding="utf-8").splitlines())
    wanted = [row for row in rows if row["id"] in STRAY_BOMB + CAR_BOMB]
    keys = ("id", "text", "published", "outlet")
    path.write_text("".join(json.dumps({key: row[key] for key in keys}) + "\n" for row in wanted), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def incidents(articles: Path) -> Sequence[Incident]:
    """The incidents that ingest and gathering make of them."""
    with ledger.open(articles.with_name("articles.db"), create=True) as book:
        ingest(pages([str(articles)]), book, Reader.load, jobs=1)
        return tuple(book.incidents())


def asked(incident: Incident, question: str) -> Comparison:
    return next(one for one in incident.comparisons if one.question == question)


def test_a_stray_bomb_is_one_incident(incidents: Sequence[Incident]) -> None:
    both = [one for one in incidents if {key.partition("#")[0] for key in one.tellings} == set(STRAY_BOMB)]
    (bomb,) = both
    assert bomb.kind.startswith("STRIKE")


def test_what_two_reports_have_from_the_pentagon_is_one_voice(incidents: Sequence[Incident]) -> None:
    bomb = next(one for one in incidents if set(one.documents) == set(STRAY_BOMB))
    killed, mass = asked(bomb, "killed"), asked(bomb, "explosive_mass")
    assert {voice for answer in killed.answers for voice in answer.voices} == {"Pentagon"}
    assert killed.relation is Relation.SUPERSEDED
    (answer,) = mass.answers
    assert (answer.voices, mass.relation) == (("Pentagon",), Relation.SINGLE_SOURCE)
    assert {claim.text.split()[0].split("-")[0] for claim in answer.claims} == {"900", "2,000"}


def test_a_toll_is_raised_lowered_and_denied(incidents: Sequence[Incident]) -> None:
    (bombing,) = [one for one in incidents if set(one.documents) == set(CAR_BOMB)]
    killed = asked(bombing, "killed")
    figures = {(answer.low, answer.polarity, answer.superseded) for answer in killed.answers}
    assert bombing.kind.startswith("BOMB")
    assert killed.relation is Relation.SUPERSEDED
    assert figures == {
        (Decimal(31), Polarity.AFFIRM, True),
        (Decimal(62), Polarity.DENY, True),
        (Decimal(59), Polarity.AFFIRM, False),
    }
