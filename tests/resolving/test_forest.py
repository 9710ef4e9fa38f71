"""The forest: the same tellings make the same incidents, whatever the order; people's judgements hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.resolving.growing import TOWNS, gist

from rashomon.model.incident import Gist, TellingKey
from rashomon.model.judgement import Judgement, JudgementId, Verdict
from rashomon.resolving import Glade, Tree, insert, remove, trees
from rashomon.resolving.forest import order

A, B, C, D = (TellingKey(f"{name}#i1") for name in "abcd")


def drawn() -> st.SearchStrategy[Gist]:
    """Gists that are often alike."""
    return st.builds(
        gist,
        st.sampled_from("abcdefghijkl"),
        st.sampled_from(("i1", "i2")),
        kind=st.sampled_from(("STRIKE.AIR", "STRIKE.MISSILE", "INFRA.EXPLOSION", "CIV.ATTACK", "DIP.TALKS")),
        published=st.sampled_from((None, 3, 4, 6, 20)),
        day=st.sampled_from((None, 1, 2, 3, 5)),
        towns=st.lists(st.sampled_from(sorted(TOWNS)), max_size=2, unique=True).map(tuple),
        names=st.sampled_from(((), ("oksana verbytska",), ("ivan holub", "oksana verbytska"))),
        killed=st.sampled_from((None, 2, 31, 38)),
        words=st.sampled_from(("", "market bakery", "bakery parapet cistern", "orchard")),
    )


FOREST = st.lists(drawn(), max_size=24, unique_by=lambda one: one.key)


def planted(gists: Sequence[Gist]) -> tuple[Tree, ...]:
    glade = Glade()
    insert(glade, gists)
    return trees(glade, glade.gists)


def everything(glade: Glade) -> tuple[Tree, ...]:
    return trees(glade, glade.gists)


@settings(max_examples=150, deadline=None)
@given(FOREST, st.randoms(use_true_random=False), st.integers(1, 7))
def test_the_order_of_arrival_changes_nothing(found: list[Gist], chance: object, batch: int) -> None:
    expected = planted(found)
    shuffled = list(found)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    glade = Glade()
    for at in range(0, len(shuffled), batch):
        insert(glade, shuffled[at : at + batch])
    assert everything(glade) == expected


@settings(max_examples=150, deadline=None)
@given(FOREST, st.data())
def test_what_is_taken_away_might_never_have_been(found: list[Gist], chance: st.DataObject) -> None:
    gone = chance.draw(st.sets(st.sampled_from([g.key for g in found]))) if found else set()
    glade = Glade()
    insert(glade, found)
    remove(glade, gone)
    assert everything(glade) == planted([one for one in found if one.key not in gone])
    assert not [kept for kept in glade.index.values() if not kept or gone & kept.keys()]


@settings(max_examples=100, deadline=None)
@given(FOREST, st.integers(0, 24))
def test_only_the_touched_change(found: list[Gist], at: int) -> None:
    """Whoever keeps incidents writes those anew that hold a touched telling, and has them all right."""
    glade = Glade()
    insert(glade, found[:at])
    kept = {member: tree for tree in everything(glade) for member in tree.members}
    for one in found[at:]:
        for tree in trees(glade, insert(glade, [one])):
            kept |= dict.fromkeys(tree.members, tree)
    assert kept == {member: tree for tree in everything(glade) for member in tree.members}


@given(FOREST)
def test_the_first_names_its_incident(found: list[Gist]) -> None:
    kept = {one.key: one for one in found}
    for tree in planted(found):
        places = [order(kept[member]) for member in tree.members]
        assert places == sorted(places)
        assert len(tree.ties) == len(tree.members) - 1
        assert all(order(kept[tie.earlier]) < order(kept[tie.telling]) for tie in tree.ties)


def chain() -> list[Gist]:
    """Four reports of one strike, the toll rising; d is surer of c than c of b."""
    return [
        gist("a", killed=31, published=3, words="market bakery"),
        gist("b", killed=31, published=4, words="market bakery"),
        gist("c", killed=38, published=5, words="market"),
        gist("d", killed=38, published=6, words="market"),
    ]


def judged(number: int, verdict: Verdict, *subjects: str, replaces: int | None = None) -> Judgement:
    undone = None if replaces is None else JudgementId(replaces)
    return Judgement(
        JudgementId(number), verdict, subjects, "olena", datetime(2025, 6, 9, tzinfo=UTC), "read both", undone
    )


def members(said: Sequence[Judgement], found: Sequence[Gist] | None = None) -> list[str]:
    """Each incident's documents, run together, after some judgements."""
    glade = Glade(said=list(said))
    insert(glade, chain() if found is None else found)
    return ["".join(member[0] for member in tree.members) for tree in everything(glade)]


def test_without_judgements_they_are_one() -> None:
    assert members(()) == ["abcd"]


APART = judged(1, Verdict.DIFFERENT_INCIDENT, A, D)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((APART,), ["ab", "cd"]),
        ((APART, judged(2, Verdict.UNDO, replaces=1)), ["abcd"]),
        ((APART, judged(2, Verdict.UNDO, replaces=1), judged(3, Verdict.UNDO, replaces=2)), ["ab", "cd"]),
        ((APART, judged(2, Verdict.SAME_INCIDENT, B, C)), ["abc", "d"]),
        ((APART, judged(2, Verdict.SAME_INCIDENT, A, D)), ["abcd"]),
        ((judged(1, Verdict.SAME_INCIDENT, A, D), judged(2, Verdict.DIFFERENT_INCIDENT, A, D)), ["ab", "cd"]),
    ],
    ids=["cut at the weakest", "undone", "undoing undone", "not at what is judged", "the newer holds", "the newest"],
)
def test_judgements(said: tuple[Judgement, ...], expected: list[str]) -> None:
    assert members(said) == expected


def test_what_was_judged_one_is_one_and_says_who_judged() -> None:
    found = [gist("a"), gist("b", towns=("Port Amra",), day=20, published=21)]
    assert members((), found) == ["a", "b"]
    glade = Glade(said=[judged(1, Verdict.SAME_INCIDENT, A, B)])
    insert(glade, found)
    (tree,) = trees(glade, [B])
    (tie,) = tree.ties
    assert (tie.score, tie.reasons[0].feature) == (1.0, "judgement")
    assert tie.reasons[0].words == "olena, 2025-06-09: read both"


def test_a_judgement_outlives_a_telling_that_is_gone() -> None:
    glade = Glade(said=[judged(1, Verdict.SAME_INCIDENT, A, B)])
    insert(glade, [gist("a"), gist("b", towns=("Port Amra",))])
    assert remove(glade, [A]) == {B}
    assert [tree.members for tree in trees(glade, [B])] == [(B,)]
