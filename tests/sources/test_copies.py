"""Copies of a text: found, and what they add."""

from __future__ import annotations

import pytest

from rashomon.sources.copies import ADDED, BANDS, added, bands, copied, likeness, signature

WIRE = (
    "A bridge over the Tarna fell on Monday night after two blasts that were heard on both banks, the governor said. "
    "Nobody was hurt, because the road had been closed since noon, but the ferry could not leave its pier either. "
    "Engineers looked at the piles in the morning and said that the middle span could not be saved. The army, which "
    "had used the bridge for its lorries, said it would lay pontoons before the week was out. Traders in the market "
    "on the far side had little to sell, and the price of flour rose by a third within the day."
)
OTHER = (
    "The mayor of Velsk opened a school on Tuesday with a speech on the dead of last winter. Parents had cleared the "
    "yard of glass, the council paid for the roof, and forty children found desks that a factory in the north had sent "
    "by rail. Lessons begin at nine, when the siren has been tried, and end before it grows dark."
)


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        (WIRE, True),
        (WIRE.upper(), True),
        (WIRE.replace(", ", " , ").replace("\n", " "), True),
        (WIRE + " Our correspondent adds that the ferry ran again on Wednesday.", True),
        (WIRE[: WIRE.index(", and the price")], True),
        (WIRE.replace("Monday", "Sunday"), True),
        (WIRE + "\n" + OTHER, False),
        (OTHER, False),
        (WIRE[: len(WIRE) // 2], False),
        ("A bridge fell.", False),
    ],
)
def test_a_copy_is_nearly_all_of_its_origin(text: str, copy: bool) -> None:
    mine, theirs = signature(WIRE), signature(text)
    assert copied(mine, theirs) is copy
    assert not copy or set(bands(mine)) & set(bands(theirs))


def test_texts_that_have_nothing_in_common_share_no_band() -> None:
    assert not set(bands(signature(WIRE))) & set(bands(signature(OTHER)))
    assert likeness(signature(WIRE), signature(OTHER)) < 0.1
    assert len(set(bands(signature(WIRE)))) == BANDS


def test_a_signature_stays_what_it_is() -> None:
    """Ledgers keep them: a library that computes them otherwise must not be used with old ledgers."""
    assert signature(WIRE)[:3] == (622400136, 3233996273, 2033181954)


@pytest.mark.parametrize("text", ["", "!!", "one", "a b c d e f g h i j k"])
def test_short_texts_are_copies_only_if_the_same(text: str) -> None:
    assert copied(signature(text), signature(text))
    assert not copied(signature(text), signature(text + " more"))


@pytest.mark.parametrize(
    ("copy", "words"),
    [
        (WIRE, []),
        (WIRE.replace("Tarna", "Tarnia"), []),
        (f"{WIRE} The ferry ran again on Wednesday.", ["The ferry ran again on Wednesday"]),
        (f"Hill Post, Tuesday evening: {WIRE}", ["Hill Post, Tuesday evening"]),
        (WIRE.replace(" Nobody", " It was built in a year. Nobody"), ["It was built in a year"]),
        (OTHER[:60], [OTHER[:60].strip()]),
    ],
)
def test_what_a_copy_adds_are_its_own_words(copy: str, words: list[str]) -> None:
    spans = added(copy, WIRE)
    assert [span.of(copy) for span in spans] == words
    assert all(len(span.of(copy).split()) >= ADDED for span in spans)
