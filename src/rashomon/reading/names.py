"""Tag probabilities to names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rashomon.model.reading import Mention
from rashomon.model.text import Span
from rashomon.reading.tokens import Words

Floats = npt.NDArray[np.float32]


def names(words: Words, low: int, chances: Floats, types: Sequence[str]) -> list[tuple[int, Mention]]:
    """Names in a stretch of words from ``low`` on, each with its first word counted from there.

    ``chances`` [T, 2 types + 1]: outside, then begin and inside of every type.

    A run of words of one type is one name; "begin" parts two that touch. A name's score is the mean over its words.
    """
    best = chances.argmax(1).tolist()
    kind = [(tag - 1) // 2 for tag in best]  # -1 outside
    out: list[tuple[int, Mention]] = []
    first = 0
    for at in range(1, len(best) + 1):
        if at < len(best) and kind[at] == kind[first] and not (best[at] > 0 and best[at] % 2 == 1):
            continue
        if best[first] > 0:
            span = Span(int(words.starts[low + first]), int(words.ends[low + at - 1]))
            score = round(float(chances[first:at].max(1).mean()), 3)
            out.append((first, Mention(span, types[kind[first]], score)))
        first = at
    return out
