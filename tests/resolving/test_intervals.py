"""Intervals: what words can mean, and what can stand together."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.model.telling import Bound, Quantity, QuantityId
from rashomon.model.text import Span
from rashomon.resolving.intervals import Interval, Stand, alike, meaning, measure, part_stand, stand

AMOUNTS = st.none() | st.integers(0, 500).map(Decimal)
INTERVALS = st.tuples(AMOUNTS, AMOUNTS).map(
    lambda ends: Interval(*sorted(ends)) if None not in ends else Interval(*ends)  # type: ignore[type-var]
)


def interval(low: int | None, high: int | None) -> Interval:
    return Interval(None if low is None else Decimal(low), None if high is None else Decimal(high))


@pytest.mark.parametrize(
    ("words", "bound", "value", "wanted"),
    [
        ("several people", Bound.VAGUE, None, (2, None)),
        ("dozens", Bound.VAGUE, None, (12, None)),
        ("scores of people", Bound.VAGUE, None, (20, None)),
        ("hundreds", Bound.VAGUE, None, (100, None)),
        ("tens of thousands", Bound.VAGUE, None, (10_000, None)),
        ("hundreds of thousands", Bound.VAGUE, None, (100_000, None)),
        ("about 50", Bound.ABOUT, 50, (45, 55)),
        ("nearly 50", Bound.NEARLY, 50, (45, 50)),
    ],
)
def test_meaning(words: str, bound: Bound, value: int | None, wanted: tuple[int | None, int | None]) -> None:
    amount = None if value is None else Decimal(value)
    figure = Quantity(QuantityId("q1"), Span(0, len(words)), "killed", amount, None, None, bound)
    assert meaning(figure, words) == interval(*wanted)


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ((7, 7), (7, 7), Stand.SAME),
        ((7, None), (9, 9), Stand.TOGETHER),
        ((7, 7), (9, 9), Stand.APART),
        ((61, None), (60, 60), Stand.NEARLY),
        ((0, 0), (1, None), Stand.APART),
        ((None, 10), (10, None), Stand.TOGETHER),
    ],
)
def test_stand(one: tuple[int | None, int | None], other: tuple[int | None, int | None], wanted: Stand) -> None:
    assert stand(interval(*one), interval(*other)) is wanted
    assert stand(interval(*other), interval(*one)) is wanted


@pytest.mark.parametrize(
    ("part", "whole", "wanted"),
    [((3, 3), (12, 12), None), ((3, 3), (2, 2), Stand.APART), ((3, 3), (3, 3), Stand.SAME), ((3, 3), (2, None), None)],
)
def test_a_part_can_only_be_too_many(
    part: tuple[int, int], whole: tuple[int, int | None], wanted: Stand | None
) -> None:
    assert part_stand(interval(*part), interval(*whole)) is wanted


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("person", "victim", True),
        ("person", None, True),
        ("soldier", "troops", True),
        ("soldier", "child", False),
        ("bomber", "aircraft", True),
        ("drone", "missile", False),
        ("pound", "kilogram", True),
        ("kilogram", "kilometre", False),
        ("US dollar", "euro", False),
    ],
)
def test_alike(one: str | None, other: str | None, wanted: bool) -> None:
    assert alike(measure(one)[0], measure(other)[0]) is wanted


@given(INTERVALS, INTERVALS)
def test_intervals_stand_to_each_other_both_ways(one: Interval, other: Interval) -> None:
    assert stand(one, other) is stand(other, one)
    assert one.meets(one)
    if one.holds(other):
        assert one.meets(other)


@given(INTERVALS, INTERVALS, INTERVALS)
def test_sums_keep_what_they_are_made_of(one: Interval, other: Interval, third: Interval) -> None:
    assert one.plus(other) == other.plus(one)
    if one.holds(third):
        assert one.plus(other).holds(third.plus(other))
