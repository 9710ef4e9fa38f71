"""Which words the list of kinds knows: the encoder sees it beside the words themselves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from rashomon.knowledge.kinds import triggers
from rashomon.reading.tokens import Words


@cache
def _reach() -> dict[str, int]:
    """Words that begin something listed, and the most words that anything so begun has."""
    out: dict[str, int] = {}
    for phrase in triggers():
        out[phrase[0]] = max(out.get(phrase[0], 0), len(phrase))
    return out


def listed(words: Words, low: int, high: int, kinds: Sequence[str]) -> npt.NDArray[np.float32]:
    """[high - low, kinds]: 1 where a word of the stretch, or a phrase it is part of, is listed for the kind."""
    table = triggers()
    column = {kind: n for n, kind in enumerate(kinds)}
    forms = tuple(form.lower() for form in words.forms[low:high])
    out = np.zeros((len(forms), len(kinds)), np.float32)
    reach = _reach()
    for at, form in enumerate(forms):
        for size in range(1, reach.get(form, 0) + 1):
            for kind in table.get(forms[at : at + size], ()):
                out[at : at + size, column[kind]] = 1
    return out
