"""Whether two mentions are of one happening: what is measured of the pair, and what the trees make of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from rashomon.coding.alike import MEASURED, SENTENCES, Around, another, chances, measured
from rashomon.coding.trees import Trees, alike
from rashomon.model.reading import Link, Trigger
from rashomon.model.telling import Bound, Place, PlaceId, Precision, Quantity, QuantityId, Status, Time, TimeId
from rashomon.model.text import Span

TEXT = (
    "Jets bombarded the port of Tarna on Monday, killing 7. The bombardment was the first in a year. "
    "A second night of raids left 4 dead in Orlia on Tuesday."
)


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def mention(words: str, *links: tuple[str, str, float], kind: str = "STRIKE.AIR", sure: float = 0.9) -> Trigger:
    tied = tuple(Link(role, span(there), score) for role, there, score in links)
    return Trigger(span(words), ((kind, sure), ("WAR.BACKGROUND", 0.1)), ((Status.OCCURRED, 0.9),), 0.95, tied)


def figure(name: str, words: str) -> Quantity:
    count = Decimal(words)
    return Quantity(QuantityId(name), span(words), "killed", count, count, count, Bound.EXACT)


def day(name: str, words: str, of_june: int) -> Time:
    then = date(2025, 6, of_june)
    return Time(TimeId(name), span(words), then, then, Precision.DAY, then.isoformat())


def place(name: str, words: str) -> Place:
    return Place(PlaceId(name), span(words), words, words, "city", 1.0, 2.0, "XX")


AROUND = Around(
    TEXT,
    tuple(Span(a, b) for a, b in ((0, 54), (55, 95), (96, len(TEXT)))),
    (place("p1", "Tarna"), place("p2", "Orlia")),
    (day("t1", "Monday", 2), day("t2", "Tuesday", 3)),
    (figure("q1", "7"), figure("q2", "4")),
)
BOMBED = mention(
    "bombarded", ("same", "bombardment", 0.8), ("place", "Tarna", 0.9), ("time", "Monday", 0.7), ("figure", "7", 0.6)
)
BOMBING = mention("bombardment", ("same", "bombarded", 0.4), ("place", "Tarna", 0.5))
RAIDS = mention("raids", ("place", "Orlia", 0.8), ("time", "Tuesday", 0.9), ("figure", "4", 0.9))


@pytest.mark.parametrize(
    ("pair", "name", "value"),
    [
        ((0, 1), "mean link", 0.6), ((0, 1), "surer link", 0.8), ((0, 1), "weaker link", 0.4),
        ((0, 2), "mean link", 0.0),
        ((0, 1), "kinds", 0.82), ((0, 1), "cosine of kinds", 1.0), ((0, 1), "log of gap", float(np.log1p(45))),
        ((1, 2), "order", 1), ((1, 2), "later order", 2), ((0, 1), "definite", 1), ((0, 2), "definite", 0),
        ((0, 2), "another", 1), ((0, 1), "another", 0), ((0, 1), "one word", 1), ((0, 2), "one word", 0),
        ((0, 2), "linked elsewhere", 0.6), ((0, 1), "linked elsewhere", 0.0), ((1, 2), "later linked elsewhere", 0.0),
        ((0, 1), "score", 0.95), ((0, 1), "place shared", 0.5), ((0, 1), "places differ", 0.0),
        ((0, 2), "places differ", 0.8), ((0, 1), "day shared", 0.0), ((0, 1), "days differ", 0.0),
        ((0, 2), "days differ", 0.7), ((0, 1), "figure shared", 0.0), ((0, 2), "figures differ", 0.6),
        ((0, 1), "status", 0.81),
    ],
)  # fmt: skip
def test_what_is_measured_of_a_pair(pair: tuple[int, int], name: str, value: float) -> None:
    pairs, rows = measured([BOMBED, BOMBING, RAIDS], AROUND)
    assert rows.shape == (3, len(MEASURED))
    assert rows[pairs.index(pair), MEASURED.index(name)] == pytest.approx(value)


def chance(one: Trigger, other: Trigger) -> float:
    return chances([one, other], AROUND)[0, 1]


def test_links_on_both_sides_make_one_and_none_make_two() -> None:
    linked = mention("bombarded", ("same", "bombardment", 0.9)), mention("bombardment", ("same", "bombarded", 0.9))
    assert chance(*linked) > 0.7
    assert chance(mention("bombarded"), RAIDS) < 0.3


@pytest.mark.parametrize(
    ("likelier", "less"),
    [
        ((("same", "raids", 0.9),), (("same", "raids", 0.2),)),
        ((("same", "raids", 0.6), ("figure", "4", 0.9)), (("same", "raids", 0.6), ("figure", "7", 0.9))),
        ((("same", "raids", 0.6), ("place", "Orlia", 0.9)), (("same", "raids", 0.6), ("place", "Tarna", 0.9))),
    ],
    ids=["by the link", "by the figure", "by the place"],
)
def test_what_makes_it_likelier(
    likelier: tuple[tuple[str, str, float], ...], less: tuple[tuple[str, str, float], ...]
) -> None:
    assert chance(mention("bombarded", *likelier), RAIDS) > chance(mention("bombarded", *less), RAIDS)


def test_two_kinds_are_less_likely_one() -> None:
    truce = mention("bombardment", ("same", "bombarded", 0.4), kind="DIP.CEASEFIRE")
    assert chance(BOMBED, truce) < chance(BOMBED, BOMBING) - 0.2


def test_unlike_mentions_that_are_hardly_linked_are_two_whatever_they_share() -> None:
    """ "Russia will return 6,000 bodies, offers short truces": the figure is linked to both."""
    figure = ("figure", "7", 0.9)
    truce = mention("bombardment", figure, ("same", "bombarded", 0.2), kind="DIP.CEASEFIRE")
    raid = mention("bombardment", figure, ("same", "bombarded", 0.2))
    assert chance(mention("bombarded", figure), truce) == 0
    assert chance(mention("bombarded", figure), raid) > 0.4


def test_another_is_said_before_it() -> None:
    assert [another(t, TEXT) for t in (BOMBED, BOMBING, RAIDS)] == [False, False, True]


@pytest.mark.parametrize("mentions", [[], [BOMBED]])
def test_fewer_than_two_mentions_have_no_pairs(mentions: list[Trigger]) -> None:
    assert chances(mentions, AROUND) == {}


def test_far_apart_and_not_linked_is_not_weighed() -> None:
    """So that the pairs of a long text grow with its length, not with its square."""
    text = "Shells hit. " * 400
    sentences = tuple(Span(at, at + 11) for at in range(0, len(text), 12))
    links = {5: (Link("same", Span(390 * 12 + 7, 390 * 12 + 10), 0.9),)}
    mentions = [
        Trigger(Span(s.start + 7, s.start + 10), (("STRIKE.AIR", 0.9),), (), 0.9, links.get(n, ()))
        for n, s in enumerate(sentences)
    ]
    pairs, _ = measured(mentions, Around(text, sentences, (), (), ()))
    assert len(pairs) < 400 * (SENTENCES + 1)
    assert (5, 390) in pairs
    assert (5, 389) not in pairs


def test_trees_add_up_and_unlike_rows_go_unlike_ways() -> None:
    columns, left, right, roots = (np.array(n, np.int32) for n in ((1, 0, 0), (1, 1, 2), (2, 1, 2), (0, 0)))
    bounds, values = (np.array(n, np.float32) for n in ((0.5, 0, 0), (0, -1, 2)))
    stump = Trees(columns, bounds, left, right, values, roots, 1, 0.5)
    rows = np.array([[9, 0.5], [9, 0.6]], np.float32)
    assert stump.chances(rows) == pytest.approx([1 / (1 + np.exp(1.5)), 1 / (1 + np.exp(-4.5))])
    assert stump.chances(rows[:0]).shape == (0,)


def test_every_path_of_the_trees_ends_in_a_leaf() -> None:
    trees = alike()
    leaf = trees.left == np.arange(len(trees.left))
    at = set(trees.roots.tolist())
    for _ in range(trees.depth):
        at = {int(side[n]) for n in at for side in (trees.left, trees.right)}
    assert all(leaf[n] for n in at)
    assert trees.columns.max() < len(MEASURED)
    assert (trees.values[~leaf] == 0).all()
