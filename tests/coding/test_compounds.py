"""The words of a mention reach to their head."""

from __future__ import annotations

import pytest

from rashomon.coding.compounds import headed
from rashomon.model.text import Span


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("a suicide bombing in Orlia", "suicide", "suicide bombing"),
        ("after the air strikes", "air", "air strikes"),
        ("the attack killed two", "attack", "attack"),
        ("a suicide, bombing and all", "suicide", "suicide"),
        ("a suicide note", "suicide", "suicide"),
        ("the air", "air", "air"),
    ],
)
def test_a_mention_reaches_to_its_head(text: str, words: str, whole: str) -> None:
    at = text.index(words)
    assert headed(Span(at, at + len(words)), text).of(text) == whole
