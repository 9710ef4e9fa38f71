"""Words to windows the encoder can take in, each word spoken for by one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rashomon.reading.pieces import BEGIN, END, Pieces
from rashomon.reading.tokens import SHAPES, Ints, Words

# Word pieces of a window, its two end marks included. Trained on 384. Claim F1 on the claims dev set, claim F1 on the
# hand-read ledgers and core-ms for 800 words: 384 83.5 90.3 161, 320 83.3 89.7 153, 256 83.2 89.1 146.
LENGTH = 256
# Pieces of the text before that are read again with the next window. Swept 0 to 64: claim F1 83.1, 83.5 at 24, 83.3,
# 83.2 (64), and every piece costs time.
OVERLAP = 24


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of words ``[low, high)`` of one document as the encoder's input."""

    document: int
    low: int
    high: int
    ids: Ints  # [pieces]
    features: Ints  # [pieces, 3]: shape, gap, quotation
    firsts: Ints  # [high - low]: where each word's first piece stands


def cut(words: Words, sizes: Ints) -> list[tuple[int, int]]:
    """Windows ``[low, high)`` of words: each as long as fits, ended at a paragraph or sentence where one is near."""
    total = len(words)
    ends = np.cumsum(sizes)
    bounds: list[tuple[int, int]] = []
    low = 0
    while low < total:
        before = int(ends[low - 1]) if low else 0
        high = int(np.searchsorted(ends, before + LENGTH - 2, side="right"))
        if high < total:
            high = _seam(words, low, high)
        bounds.append((low, high))
        if high >= total:
            break
        low = max(low + 1, _start(words, ends, low, high))
    return bounds


def _seam(words: Words, low: int, high: int) -> int:
    """The last paragraph end in the window's last half, else the last sentence end, else where it is full."""
    middle = (low + high) // 2
    for column in (words.paragraphs, words.sentences):
        changes = np.flatnonzero(column[middle + 1 : high + 1] != column[middle:high])
        if len(changes):
            return middle + 1 + int(changes[-1])
    return high


def _start(words: Words, ends: Ints, low: int, high: int) -> int:
    """Where the next window begins: a sentence start about ``OVERLAP`` pieces before this one's end."""
    target = int(np.searchsorted(ends, int(ends[high - 1]) - OVERLAP, side="right"))
    target = max(target, low + 1)
    changes = np.flatnonzero(words.sentences[target : high + 1][1:] != words.sentences[target:high])
    return target + 1 + int(changes[0]) if len(changes) else target


def windows(number: int, words: Words, pieces: Pieces) -> list[Window]:
    """All windows of one document."""
    if not len(words):
        return []
    cuts = [pieces.of(form) for form in words.forms]
    sizes = np.fromiter((len(c) for c in cuts), np.int32, len(cuts))
    return [_window(number, words, cuts, sizes, low, high) for low, high in cut(words, sizes)]


def _window(number: int, words: Words, cuts: Sequence[tuple[int, ...]], sizes: Ints, low: int, high: int) -> Window:
    ids = np.fromiter((BEGIN, *(i for c in cuts[low:high] for i in c), END), np.int32)
    here = sizes[low:high]
    firsts = np.cumsum(here) - here + 1
    owner = np.repeat(np.arange(low, high), here)
    features = np.zeros((len(ids), 3), np.int32)
    features[0, 0] = features[-1, 0] = SHAPES
    features[1:-1, 0] = words.shapes[owner]
    features[firsts, 1] = words.gaps[low:high]
    features[1:-1, 2] = words.quotes[owner]
    return Window(number, low, high, ids, features, firsts.astype(np.int32))


def owners(bounds: Sequence[tuple[int, int]], total: int) -> Ints:
    """Which window speaks for each word: the one in which the word has most text on its nearer side."""
    best = np.full(total, -1, np.int32)
    room = np.full(total, -1, np.int32)
    for number, (low, high) in enumerate(bounds):
        at = np.arange(low, high)
        left = at - low if low else np.full(len(at), total)
        right = high - 1 - at if high < total else np.full(len(at), total)
        nearer = np.minimum(left, right)
        better = nearer > room[low:high]
        best[low:high][better] = number
        room[low:high][better] = nearer[better]
    return best
