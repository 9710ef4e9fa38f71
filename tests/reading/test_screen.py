"""The first look lets through whatever can tell of conflict, and not what cannot."""

from __future__ import annotations

import time

import numpy as np
import pytest

from rashomon.reading.screen import BINS, FEWEST, Memo, Screen, bin_of, bounds, shipped

TELLING = [
    "Artillery shells hit the outskirts of the town before dawn, killing four residents, the regional governor said.",
    "Rebels ambushed an army convoy on the northern road and took six soldiers prisoner, a spokesman for them said.",
    "Police fired tear gas at thousands of demonstrators who marched on parliament against the president.",
    "Negotiators of both sides met in the capital to discuss a ceasefire and an exchange of prisoners of war.",
    "A suicide bomber blew himself up at a checkpoint, wounding eleven people; no group has claimed the attack.",
    "The ministry of defence said its forces had left the two villages after heavy fighting with the militia.",
    "Detectives are looking for the man who shot a taxi driver in the neck and fled; the victim died in hospital.",
]
QUIET = [
    "Whisk the eggs with the sugar until pale, fold in the flour and bake the cake for forty minutes in a warm oven.",
    "The striker scored twice in the second half as the home side won the match and moved up to third in the league.",
    "Shares of the retailer rose after the company reported higher quarterly profit and raised its forecast.",
    "The novel follows a young pianist who moves to a small coastal village and falls in love with her new teacher.",
    "Our review of the new phone: the camera is better, the battery lasts a day and the screen is brighter.",
    "Botanists have described a new species of orchid whose flowers open only at night and smell faintly of vanilla.",
    "Councillors voted to raise parking fees by ten cents and to mend the roof of the swimming pool before the summer.",
    "The judge ordered the builder to repay the couple, whose conservatory leaked, and to pay both lawyers.",
    "Sunny spells are expected in the valleys tomorrow with a light breeze and some drizzle over the western hills.",
]


@pytest.mark.parametrize("sentence", TELLING)
def test_what_tells_of_conflict_passes(sentence: str) -> None:
    assert shipped().passes(" ".join([sentence] * 7))


@pytest.mark.parametrize("sentence", QUIET)
def test_what_does_not_is_kept_out(sentence: str) -> None:
    assert not shipped().passes(" ".join([sentence] * 7))


@pytest.mark.parametrize("at", [0, 20, 40])
def test_a_paragraph_about_a_raid_is_enough_wherever_it_stands(at: int) -> None:
    sentences = QUIET[1:4] * 14
    sentences[at:at] = TELLING[:3]
    assert shipped().passes(" ".join(sentences))


def test_a_text_too_short_to_judge_passes() -> None:
    words = ("cake " * FEWEST).split()
    assert shipped().passes(" ".join(words[1:]))
    assert not shipped().passes(" ".join(words))
    assert shipped().passes("")


@pytest.mark.parametrize(
    ("length", "found"),
    [
        (7, [(0, 7)]),
        (100, [(0, 100)]),
        (101, [(0, 100), (1, 101)]),
        (220, [(0, 100), (50, 150), (100, 200), (120, 220)]),
    ],
)
def test_stretches_overlap_and_leave_out_nothing(length: int, found: list[tuple[int, int]]) -> None:
    assert bounds(length) == found


def test_a_stretch_says_the_sum_of_its_words_each_once_over_the_root_of_their_number() -> None:
    weights = np.zeros(BINS, np.float32)
    weights[[bin_of("raid"), bin_of("port"), bin_of("cake")]] = 3.0, 2.0, -1.0
    assert Screen(Memo(weights), 0.5, 0.0).score("Raid port, raid! Cake.") == pytest.approx(0.5 + 4.0 / 3**0.5)


def test_the_memory_for_words_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Memo, "MOST", 10)
    memo = Memo(np.zeros(BINS, np.float32))
    Screen(memo, 0.0, 0.0).score(" ".join("abcdefghijklmnopqrstuvwxyz"))
    assert len(memo) <= 10


def test_a_thousand_reports_take_well_under_a_second() -> None:
    reports = [" ".join(QUIET * 8)] * 1000
    begun = time.process_time()
    for report in reports:
        shipped().passes(report)
    assert time.process_time() - begun < 2
