"""Words to word pieces, held to what BERT's uncased tokenizer gives."""

from __future__ import annotations

import pytest

from rashomon.reading import weights
from rashomon.reading.pieces import MOST, UNKNOWN, Pieces


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces.load(weights.shipped() / "vocab.txt")


@pytest.mark.parametrize(
    ("form", "cut"),
    [
        # Ids as the published tokenizer of bert-base-uncased gives them.
        ("said", (2056,)),
        ("Said", (2056,)),
        ("the", (1996,)),
        ("Drapatyi", (2852, 22068, 3723, 2072)),
        ("Zürich", (10204,)),
        ("``", (1036, 1036)),
        (",", (1010,)),
    ],
)
def test_pieces(pieces: Pieces, form: str, cut: tuple[int, ...]) -> None:
    assert pieces.of(form) == cut


def test_a_word_always_has_pieces_and_never_too_many(pieces: Pieces) -> None:
    assert pieces.of("x" * 5000) == (UNKNOWN,)
    assert pieces.of("☃") == (UNKNOWN,)
    assert len(pieces.of("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch")) == MOST
