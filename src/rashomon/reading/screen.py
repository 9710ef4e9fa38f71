"""A first look at a text: whether it can tell of conflict, unrest, talks or their like at all.

Words are hashed to weights, learnt by logistic regression (``training/screen.py``); a text is as telling as the most
telling stretch of it, so that one paragraph about a raid is enough, however long the rest speaks of football.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import sqrt
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

BINS = 1 << 16
# Words of a stretch, every half of which another begins: a short report, or a paragraph or two of a longer one.
STRETCH = 100
# Words below which a text is read anyway: too few to judge by, and soon read.
FEWEST = 100
# Words looked at; a report that says nothing in ten pages does not begin to on the eleventh.
LONGEST = 6000
FILE = "screen.npz"
_WORD = re.compile(r"[a-z]+")

Floats = npt.NDArray[np.float32]


class Memo(dict[str, float]):
    """Weights of words met, so that each is hashed once."""

    MOST = 200_000  # entries, 20 MB; then it begins anew

    def __init__(self, weights: Floats) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, word: str) -> float:
        if len(self) >= self.MOST:
            self.clear()
        weight = self[word] = float(self._weights[bin_of(word)])
        return weight


@dataclass(frozen=True, slots=True)
class Screen:
    """What was learnt. ``threshold`` is the score from which on a text is read."""

    memo: Memo
    bias: float
    threshold: float

    def score(self, text: str) -> float:
        """Log-odds that a text tells of such things, by its most telling stretch."""
        return self._score(words(text))

    def passes(self, text: str) -> bool:
        """Whether a text is worth reading."""
        found = words(text)
        return len(found) < FEWEST or self._score(found) >= self.threshold

    def _score(self, found: list[str]) -> float:
        if not found:
            return self.bias
        return self.bias + max(self._said(set(found[start:end])) for start, end in bounds(len(found)))

    def _said(self, stretch: set[str]) -> float:
        # Each word once: "office" eight times in a forecast says no more than once.
        return sum(map(self.memo.__getitem__, stretch)) / sqrt(len(stretch))


def words(text: str) -> list[str]:
    """The words a text is judged by, lower-cased."""
    return _WORD.findall(text.lower())[:LONGEST]


def bin_of(word: str) -> int:
    """Where a word's weight stands."""
    return crc32(word.encode()) % BINS


def bounds(length: int) -> list[tuple[int, int]]:
    """The stretches of a text of so many words, as half-open intervals; the last one is whole too."""
    if length <= STRETCH:
        return [(0, length)]
    starts = [*range(0, length - STRETCH, STRETCH // 2), length - STRETCH]
    return [(start, start + STRETCH) for start in starts]


def load(path: Path) -> Screen:
    """A screen from its file: weights in int8 with their scale, bias, threshold."""
    with np.load(path, allow_pickle=False) as kept:
        weights = kept["weights"].astype(np.float32) * np.float32(kept["scale"])
        return Screen(Memo(weights), float(kept["bias"]), float(kept["threshold"]))


@cache
def shipped() -> Screen:
    """The screen that came with the package, opened once a process."""
    with resources.as_file(resources.files("rashomon.reading") / FILE) as path:
        return load(path)
