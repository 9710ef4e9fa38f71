"""Kind probabilities and link scores to triggers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from rashomon.model.reading import Link, Trigger
from rashomon.model.telling import Status
from rashomon.model.text import Span
from rashomon.reading.tokens import MARK, Words
from rashomon.reading.weights import Card

Floats = npt.NDArray[np.float32]
Word = TypeVar("Word", bound=str)

LIKELY = 0.03  # kinds and statuses less likely than this are not passed on
WEAK = 0.05  # links weaker than this are not; coding compares rivals, so it is low


@dataclass(frozen=True, slots=True)
class Chances:
    """What the heads give for each word of a stretch: [T, kinds + 1], [T, harms], [T, statuses]."""

    kinds: Floats
    harm: Floats
    status: Floats


@dataclass(frozen=True, slots=True)
class Anchor:
    """A word of the stretch that tells of something: likely kinds and statuses, best first."""

    at: int
    score: float
    kinds: tuple[tuple[str, float], ...]
    statuses: tuple[tuple[Status, float], ...]


def anchors(chances: Chances, words: Words, low: int, card: Card) -> list[Anchor]:
    """The words of a stretch that tell of an incident, and those that tell of a death or an injury.

    Neighbouring words that all tell of one happening ("car bomb attack") are one mention: its surest word stands.
    """
    telling = 1 - chances.kinds[:, 0]
    out = [
        Anchor(
            at, float(telling[at]), _best(card.kinds, chances.kinds[at, 1:]), _best(card.statuses, chances.status[at])
        )
        for at in _peaks(telling, words, low, card.trigger)
    ]
    harmed = chances.harm.max(1)
    return out + [
        Anchor(at, float(harmed[at]), _best(card.harm, chances.harm[at]), _best(card.statuses, chances.status[at]))
        for at in np.flatnonzero(harmed > card.trigger).tolist()
    ]


def _best(names: Sequence[Word], chances: Floats) -> tuple[tuple[Word, float], ...]:
    likely = [(name, round(chance, 3)) for name, chance in zip(names, chances.tolist(), strict=True) if chance > LIKELY]
    return tuple(sorted(likely, key=lambda pair: -pair[1]))


def _peaks(score: Floats, words: Words, low: int, least: float) -> list[int]:
    found: list[int] = []
    for at in np.flatnonzero(score > least).tolist():
        if found and _touch(words, low + found[-1], low + at):
            if score[at] > score[found[-1]]:
                found[-1] = at
        else:
            found.append(at)
    return found


def _touch(words: Words, one: int, other: int) -> bool:
    """Whether two words stand side by side in one sentence, at most a hyphen between."""
    between = range(one + 1, other)
    hyphens = all(words.shapes[i] == MARK and words.forms[i] == "-" for i in between)
    return len(between) <= 1 and hyphens and bool(words.sentences[one] == words.sentences[other])


def trigger(words: Words, low: int, anchor: Anchor, table: Floats, roles: Sequence[str]) -> Trigger:
    """One mention with what belongs to it; ``table`` [T, links]: how likely each word does, in each role."""
    return Trigger(
        Span(int(words.starts[low + anchor.at]), int(words.ends[low + anchor.at])),
        anchor.kinds,
        anchor.statuses,
        round(anchor.score, 3),
        tuple(
            Link(roles[column], Span(int(words.starts[low + first]), int(words.ends[low + last])), score)
            for column, first, last, score in _runs(table)
        ),
    )


def _runs(table: Floats) -> list[tuple[int, int, int, float]]:
    """Runs of words that may belong to a mention: role, first word, last word, the best word's score."""
    likely = table.T > WEAK
    out: list[tuple[int, int, int, float]] = []
    for (column, at), score in zip(np.argwhere(likely).tolist(), table.T[likely].tolist(), strict=True):
        if out and out[-1][0] == column and out[-1][2] == at - 1:
            _, first, _, best = out[-1]
            out[-1] = (column, first, at, max(best, score))
        else:
            out.append((column, at, at, score))
    return [(column, first, last, round(score, 3)) for column, first, last, score in out]
