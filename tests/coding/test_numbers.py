from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.coding.numbers import Number, numbers
from rashomon.coding.words import Word, glued, words_in
from rashomon.model.text import Span


def read(text: str) -> tuple[tuple[Word, ...], tuple[Number, ...]]:
    words = words_in(text, Span(0, len(text)))
    return words, numbers(words)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("62 men", "62"),
        ("1,400 men", "1400"),
        ("over 1 250 men", "1250"),
        ("2.000 men", "2000"),
        ("1.250.000 men", "1250000"),
        ("6.5 tons", "6.5"),
        ("seven men", "7"),
        ("sixty-two men", "62"),
        ("sixty two men", "62"),
        ("one hundred and five men", "105"),
        ("twenty thousand men", "20000"),
        ("three hundred thousand men", "300000"),
        ("a dozen men", "12"),
        ("left dozen men dead", "12"),
        ("two dozen men", "24"),
        ("half a dozen men", "6"),
        ("a hundred others", "100"),
        ("half a million men", "500000"),
        ("a quarter of a million men", "250000"),
        ("one and a half tons", "1.5"),
        ("3 and a half tons", "3.5"),
        ("$5Bln lost", "5000000000"),
        ("a $1.65m grant", "1650000"),
        ("a $2-billion loan", "2000000000"),
        ("Rs 40,000 crore", "400000000000"),
        ("25k rifles", "25000"),
        ("1.5m refugees", "1500000"),
        ("5m of rope", "5"),
        ("a third of them", "0.3333333333"),
        ("two-thirds of them", "0.6666666666"),
        ("half of them", "0.5"),
        ("half an hour", "0.5"),
        ("1/2 pound", "0.5"),
        ("one in four homes", "0.25"),
        ("nine out of ten homes", "0.9"),
        ("one in four attacks", "1"),
        ("minus 40", "-40"),
        ("lost -1.3% again", "-1.3"),
        ("- 40 men", "40"),
    ],
)
def test_the_value_of_a_number(text: str, value: str) -> None:
    first = read(text)[1][0]
    assert first.value == Decimal(value)
    assert first.low == first.high == first.value


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("between six and 30 men", 6, 30),
        ("six to 30 men", 6, 30),
        ("60-70 boats", 60, 70),
        ("60–70 boats", 60, 70),
        ("50 or 60 boats", 50, 60),
        ("13 to 14,000 feet", 13_000, 14_000),
        ("2 to 3 million men", 2_000_000, 3_000_000),
        ("between $5 and $7 million", 5_000_000, 7_000_000),
    ],
)
def test_a_range_has_two_ends_and_no_value(text: str, low: int, high: int) -> None:
    (found,) = read(text)[1]
    assert found.value is None
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("30 to 6 men", [30, 6]),
        ("5 and 6 men", [5, 6]),
        ("rose $2 to $7", [2, 7]),
        ("2018 to 3.9 million men", [2018, 3_900_000]),
        ("26.12.2014", []),
        ("9/11 and 24/7", [9, 11, 24, 7]),
        ("no number at all", []),
    ],
)
def test_what_is_no_range(text: str, values: list[int | float]) -> None:
    assert [found.value for found in read(text)[1]] == [Decimal(str(value)) for value in values]


@pytest.mark.parametrize("text", ["dozens of men", "tens of thousands of men", "hundreds and hundreds of men"])
def test_loose_numbers_have_no_value(text: str) -> None:
    (found,) = read(text)[1]
    assert found.value is found.low is found.high is None


def test_initials_are_one_word() -> None:
    words, _ = read("the U.S. Army, at 9 p.m.")
    assert [word.form for word in words] == ["the", "U.S.", "Army", ",", "at", "9", "p.m."]


@pytest.mark.parametrize(
    "text",
    [
        "area ² men",
        "①①① men",
        "²²²²",
        "1 ²²² men",
        "²/³ of men",
        "5² men",
        "9" * 5000 + " million men",
        "1/" + "9" * 5000,
    ],
)
def test_signs_that_look_like_numerals_count_nothing(text: str) -> None:
    _, found = read(text)
    assert all(number.value is None or number.value <= 10**6 for number in found)


def test_glued_words() -> None:
    words, _ = read("155mm, 60 km")
    assert [glued(words, at) for at in range(len(words))] == [False, True, True, False, False]


@settings(deadline=None)
@given(st.text(alphabet="0123456789,.-–/$%ab one two half a third of million to and\n", max_size=60))
def test_numbers_stand_in_order_and_never_overlap(text: str) -> None:
    words, found = read(text)
    assert all(text[word.start : word.end] == word.form for word in words)
    edges = [edge for number in found for edge in (number.first, number.last)]
    assert edges == sorted(edges)
    assert all(number.first < number.last <= len(words) for number in found)
    assert all(number.low is None or number.high is None or number.low <= number.high for number in found)
