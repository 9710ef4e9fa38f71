"""What is one happening, and what is two."""

from __future__ import annotations

import pytest
from tests.resolving.growing import gist

from rashomon.model.incident import Gist
from rashomon.model.telling import Status
from rashomon.resolving import likeness
from rashomon.resolving.likeness import SAME

MARKET = "market bakery queue shrapnel"

ONE = [
    ("a toll that rises", gist("a", killed=31, words=MARKET), gist("b", killed=38, published=4, words=MARKET)),
    ("another kind", gist("a", kind="INFRA.EXPLOSION", killed=31), gist("b", kind="BOMB.VEHICLE", killed=31)),
    ("a town and its region", gist("a", killed=31, words=MARKET), gist("b", towns=("Marno Oblast",), killed=31)),
    ("a day moved by one", gist("a", day=1, killed=12, words=MARKET), gist("b", day=2, killed=12, words=MARKET)),
    ("a day not told", gist("a", killed=12, words=MARKET), gist("b", day=None, killed=12, words=MARKET)),
    ("the next village", gist("a", killed=12, words=MARKET), gist("b", towns=("Dolyna",), killed=12, words=MARKET)),
    (
        "weeks later, of the same people",
        gist("a", kind="CIV.ATTACK", names=("oksana verbytska",), words="verbytska orchard"),
        gist("b", kind="CIV.ATTACK", published=28, names=("oksana verbytska",), words="verbytska orchard"),
    ),
]
TWO = [
    ("two strikes on a town in a day", gist("a", killed=2), gist("b", killed=9)),
    ("two strikes of which nothing is told", gist("a"), gist("b")),
    ("a week apart", gist("a", day=2, words=MARKET), gist("b", day=11, published=12, words=MARKET)),
    ("far apart", gist("a", killed=2), gist("b", killed=2, towns=("Port Amra",))),
    ("a strike and talks", gist("a", killed=31), gist("b", kind="DIP.TALKS", killed=31)),
    ("told apart in one document", gist("a", killed=31), gist("a", "i2", killed=31)),
    ("only the country", gist("a", towns=("Ukraine",)), gist("b", towns=("Ukraine",))),
    ("background", gist("a", kind="CIV.ATTACK"), gist("b", kind="CIV.ATTACK", status=Status.BACKGROUND, day=None)),
]


@pytest.mark.parametrize(("earlier", "later"), [case[1:] for case in ONE], ids=[case[0] for case in ONE])
def test_one_happening(earlier: Gist, later: Gist) -> None:
    assert likeness(later, earlier).score >= SAME


@pytest.mark.parametrize(("earlier", "later"), [case[1:] for case in TWO], ids=[case[0] for case in TWO])
def test_two_happenings(earlier: Gist, later: Gist) -> None:
    assert likeness(later, earlier).score < SAME


def test_the_same_words_are_a_copy() -> None:
    """Even where the town was read wrongly in one printing."""
    words = "bakery queue shrapnel tarpaulin ladle custodian parapet cistern"
    copy = gist("b", towns=("Port Amra",), words=words)
    tie = likeness(copy, gist("a", words=words))
    assert tie.score >= SAME
    assert "the same words" in [reason.words for reason in tie.reasons]


def test_reasons_can_be_read() -> None:
    tie = likeness(
        gist("b", kind="STRIKE.MISSILE", towns=("Dolyna",), killed=31, words="bakery parapet"),
        gist("a", killed=31, words="bakery parapet cistern"),
    )
    assert {reason.feature: reason.words for reason in tie.reasons} == {
        "kind": "STRIKE.AIR / STRIKE.MISSILE same family",
        "days": "same day",
        "published": "published 0 days apart",
        "place": "Dolyna and Marno 7 km apart",
        "figures": "both 31 killed",
        "words": "shares 2 rare words: parapet, bakery",
    }
    assert [abs(reason.weight) for reason in tie.reasons] == sorted((abs(r.weight) for r in tie.reasons), reverse=True)


@pytest.mark.parametrize(("before", "now", "speaks"), [(60, 68, 1), (2, 3, 0), (60, 120, 0), (60, 12, -1)])
def test_a_toll_of_many_that_rose_a_little_speaks_for_one_happening(before: int, now: int, speaks: int) -> None:
    tie = likeness(gist("b", killed=now), gist("a", killed=before))
    weight = sum(reason.weight for reason in tie.reasons if reason.feature == "figures")
    assert (weight > 0) - (weight < 0) == speaks


def test_a_town_is_not_far_from_its_country() -> None:
    tie = likeness(gist("b", towns=("Ukraine",)), gist("a", towns=("Port Amra",)))
    assert [reason.weight >= 0 for reason in tie.reasons if reason.feature == "place"] == [True]
