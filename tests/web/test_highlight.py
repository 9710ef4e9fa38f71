"""Marks that nest, overlap and repeat become runs that do not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.model.text import Span
from rashomon.web.highlight import Mark, runs, visible


def mark(start: int, end: int, name: str) -> Mark:
    return Mark(Span(start, end), name, name, name)


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("plain", [], [("plain", "")]),
        ("in the middle", [mark(3, 6, "a")], [("in ", ""), ("the", "a"), (" middle", "")]),
        ("nested", [mark(0, 6, "a"), mark(2, 4, "b")], [("ne", "a"), ("st", "a b"), ("ed", "a")]),
        ("crossing", [mark(0, 5, "a"), mark(3, 8, "b")], [("cro", "a"), ("ss", "a b"), ("ing", "b")]),
        ("twice", [mark(0, 5, "a"), mark(0, 5, "a")], [("twice", "a")]),
        ("beyond", [mark(3, 99, "a")], [("bey", ""), ("ond", "a")]),
        ("empty mark", [mark(4, 4, "a")], [("empty mark", "")]),
        ("9 💥💥 dead", [mark(2, 4, "a"), mark(5, 9, "b")], [("9 ", ""), ("💥💥", "a"), (" ", ""), ("dead", "b")]),
        ("", [mark(0, 3, "a")], []),
    ],
)
def test_runs(text: str, marks: list[Mark], expected: list[tuple[str, str]]) -> None:
    assert [(run.words, run.classes) for run in runs(text, marks)] == expected


spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted).map(lambda ends: Span(*ends))


@settings(deadline=None)
@given(st.text(max_size=40), st.lists(spans, max_size=8))
def test_runs_are_the_text_cut_once_and_every_mark_covers_its_own(text: str, where: list[Span]) -> None:
    marks = [Mark(span, "layer", "part", str(number)) for number, span in enumerate(where)]
    found = list(runs(text, marks))
    assert "".join(run.words for run in found) == visible(text)
    assert all(one.end == other.start for one, other in pairwise(found))
    for number, span in enumerate(where):
        covered = {at for run in found for at in range(run.start, run.end) if str(number) in {m.id for m in run.marks}}
        assert covered == {at for at in range(*span) if at < len(text)}


@settings(deadline=None)
@given(st.text())
def test_what_is_visible_is_as_long_and_drives_nothing(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1b\r")


def test_a_stretch_of_a_text_has_its_own_marks_only() -> None:
    found = list(runs("one two three", [mark(0, 7, "a"), mark(8, 13, "b")], Span(4, 10)))
    assert [(run.words, run.classes) for run in found] == [("two", "a"), (" ", ""), ("th", "b")]


def test_a_mark_begins_once() -> None:
    found = list(runs("abcdef", [mark(0, 6, "a"), mark(2, 3, "b")]))
    assert [[m.id for m in run.begun] for run in found] == [["a"], ["b"], []]
