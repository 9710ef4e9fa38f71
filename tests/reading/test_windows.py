"""Texts of any length to windows: every word is read, each by the window in which it has most room."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.reading import weights
from rashomon.reading.pieces import Pieces
from rashomon.reading.tokens import words
from rashomon.reading.windows import LENGTH, owners, windows


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces.load(weights.shipped() / "vocab.txt")


@given(
    st.lists(
        st.sampled_from(("Shells hit the village. ", "No one was hurt,", "\n\n", "said ", "Olkhovka ")), max_size=400
    )
)
@settings(max_examples=30, deadline=None)
def test_every_word_has_a_window_and_no_window_is_too_long(pieces: Pieces, text: list[str]) -> None:
    column = words("".join(text))
    found = windows(0, column, pieces)
    assert all(len(w.ids) <= LENGTH for w in found)
    owner = owners([(w.low, w.high) for w in found], len(column))
    for at, number in enumerate(owner):
        assert found[number].low <= at < found[number].high


def test_windows_begin_with_sentences_and_overlap(pieces: Pieces) -> None:
    column = words("The column of trucks reached the river crossing late. " * 120)
    first, second, *_ = windows(0, column, pieces)
    assert second.low < first.high
    assert column.sentences[second.low] != column.sentences[second.low - 1]
    assert column.sentences[first.high] != column.sentences[first.high - 1]


def test_a_line_without_end_is_cut_where_it_must_be(pieces: Pieces) -> None:
    column = words("shelling " * 3000)
    found = windows(0, column, pieces)
    assert found[-1].high == len(column)
    assert all(a.low < b.low <= a.high for a, b in pairwise(found))


def test_a_word_of_two_windows_belongs_to_the_one_with_more_text_around_it() -> None:
    assert owners([(0, 10), (6, 16)], 16).tolist() == [0] * 8 + [1] * 8
    assert owners([(0, 4)], 4).tolist() == [0] * 4
