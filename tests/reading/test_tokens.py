"""Text to words: case, gaps, quotation, sentences, and offsets that never lie."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.model.text import Span
from rashomon.reading import tokens
from rashomon.reading.tokens import quotations, sentences, words


def said(text: str) -> list[str]:
    """The quotations of a text, in words."""
    return [span.of(text) for span in quotations(words(text))]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("The army's 3rd brigade", ["The", "army", "'", "s", "3rd", "brigade"]),
        ("U.S. $7 billion", ["U", ".", "S", ".", "$", "7", "billion"]),
        ("``We hold it,'' he said", ["``", "We", "hold", "it", ",", "''", "he", "said"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_words(text: str, forms: list[str]) -> None:
    assert list(words(text).forms) == forms


@pytest.mark.parametrize(
    ("form", "shape"),
    [
        ("army", tokens.LOWER),
        ("Kyiv", tokens.TITLE),
        ("NATO", tokens.UPPER),
        ("A", tokens.LETTER),
        ("iPhone", tokens.MIXED),
        ("117", tokens.DIGIT),
        ("3rd", tokens.LOWER),
        (",", tokens.MARK),
    ],
)
def test_shape(form: str, shape: int) -> None:
    assert tokens.shape(form) == shape


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('He said "it is over" and left.', ['"it is over"']),
        ("“One,” she said. “Two.”", ["“One,”", "“Two.”"]),
        ("‘We won’t go,’ they said.", ["‘We won’t go,’"]),
        ("It's the army's town.", []),
        ('An odd "mark here.\n\nThen "a whole one" after.', ['"mark here.', '"a whole one"']),
        ("“It goes on\n\n“and on,” he said.", ["“It goes on", "“and on,”"]),
        ("``Old wires,'' they wrote.", ["``Old wires,''"]),
    ],
)
def test_an_unbalanced_quotation_costs_at_most_its_own_paragraph(text: str, found: list[str]) -> None:
    assert said(text) == found


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It fell. It rose.", 2),
        ("Gen. Marat Ibray left. He said so.", 2),
        ("The U.S. envoy came.", 1),
        ("It hit 3.5 million. then", 1),
        ('"It fell." He left.', 2),
        ("Headline\nIt fell", 2),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(sentences(words(text))) == count


def test_only_the_named_parts_are_read_and_a_wrap_inside_one_ends_no_sentence() -> None:
    text = "The bridge\nfell. CAPTION\nIt was old."
    column = words(text, (Span(0, 16), Span(25, 36)))
    assert "CAPTION" not in column.forms
    assert [span.of(text) for span in sentences(column)] == ["The bridge\nfell.", "It was old."]


def test_fused_words_are_cut_and_still_point_into_the_stored_text() -> None:
    text = "Marala armysaidso."
    column = words(text, cuts=lambda form: (4, 8) if form == "armysaidso" else ())
    assert list(column.forms) == ["Marala", "army", "said", "so", "."]
    assert text[column.starts[2] : column.ends[2]] == "said"


@given(st.text(max_size=200))
def test_every_word_is_the_text_at_its_place(text: str) -> None:
    column = words(text)
    last = 0
    for form, start, end in zip(column.forms, column.starts, column.ends, strict=True):
        assert text[start:end] == form
        assert last <= start < end
        last = int(end)
    for span in (*sentences(column), *quotations(column)):
        assert span.of(text).strip() == span.of(text) != ""
