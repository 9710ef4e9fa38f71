"""Words that describe what was done to bodies: passages that hold them are folded until asked for."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from rashomon.model.text import Span


def graphic(text: str, within: Span) -> bool:
    """Whether a stretch of a text describes injuries, the dead or torture closely; a toll alone does not."""
    return _pattern().search(text, within.start, within.end) is not None


@cache
def _pattern() -> re.Pattern[str]:
    lines = (files("rashomon.knowledge") / "graphic.txt").read_text(encoding="utf-8").splitlines()
    # A star stands for any ending.
    stems = (re.escape(line).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for line in lines if line and line[0] != "#")
    return re.compile(rf"\b(?:{'|'.join(stems)})\b", re.IGNORECASE)
