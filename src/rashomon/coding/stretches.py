"""How stretches of a text lie to each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from rashomon.model.text import Span


def gap(one: Span, other: Span) -> int:
    """Characters between two stretches; 0 where they meet."""
    return max(one.start - other.end, other.start - one.end, 0)


def within(spans: Sequence[Span], words: Span) -> Sequence[Span]:
    """Those of the spans, in the order of the text and apart from each other, that share a character with the words."""
    first = bisect_right(spans, words.start, key=lambda s: s.end)
    return spans[first : bisect_left(spans, words.end, key=lambda s: s.start)]
