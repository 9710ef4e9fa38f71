"""Mentions to groups of what is one happening."""

from __future__ import annotations

import pytest

from rashomon.coding.groups import together, whole_phrases
from rashomon.model.reading import Trigger
from rashomon.model.telling import Status
from rashomon.model.text import Span


def mention(start: int, word: str = "raid", kind: str = "CLASH.RAID") -> Trigger:
    return Trigger(Span(start, start + len(word)), ((kind, 0.9),), ((Status.OCCURRED, 0.9),), 0.95, ())


FOUR = [mention(at) for at in (0, 10, 20, 30)]


@pytest.mark.parametrize(
    ("alike", "groups"),
    [
        ({}, [[0], [1], [2], [3]]),
        ({(0, 2): 0.9}, [[0, 2], [1], [3]]),
        ({(0, 2): 0.3}, [[0], [1], [2], [3]]),
        ({(0, 1): 0.8, (1, 2): 0.9, (0, 2): 0.1}, [[0, 1, 2], [3]]),
        ({(0, 1): 0.6, (1, 2): 0.9, (0, 2): 0.1}, [[0], [1, 2], [3]]),
        ({(0, 1): 0.9, (2, 3): 0.9, (1, 2): 0.7}, [[0, 1], [2, 3]]),
        ({(0, 1): 0.9, (2, 3): 0.9, (1, 2): 0.8, (0, 3): 0.8}, [[0, 1, 2, 3]]),
    ],
    ids=["nothing alike", "one pair", "hardly", "on average", "on average not", "two chains", "two pairs joined"],
)
def test_the_likeliest_pairs_first_and_groups_by_their_average(
    alike: dict[tuple[int, int], float], groups: list[list[int]]
) -> None:
    numbers = {t.span: n for n, t in enumerate(FOUR)}
    assert [[numbers[t.span] for t in group] for group in together(FOUR, alike)] == groups


PHRASES = [
    ("a car bomb attack on a market", ("car", "attack"), 1),
    ("a car, bomb and attack", ("car", "attack"), 2),
    ("a car near attack lines", ("car", "attack"), 2),
    ("an attack bomb squads saw", ("attack", "saw"), 2),
]


@pytest.mark.parametrize(("text", "words", "groups"), PHRASES)
def test_a_phrase_split_in_two_mentions_is_one(text: str, words: tuple[str, str], groups: int) -> None:
    mentions = []
    for word in words:
        at = Span(text.index(word), text.index(word) + len(word))
        mentions.append([Trigger(at, (("BOMB.VEHICLE", 0.9),), ((Status.OCCURRED, 0.9),), 0.9, ())])
    assert len(whole_phrases(mentions, text)) == groups
