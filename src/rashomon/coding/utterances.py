"""Which time tells when a quotation was spoken: "today" inside it counts from that day, not from publication."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rashomon.coding.calendar_words import Signs, Unit
from rashomon.coding.time_phrases import Base, Phrase

# A quotation within one paragraph; longer ones are mostly a mark without its partner.
_QUOTATION = re.compile(r"[“\"](?!\s)(?:[^“”\"\n]|\n(?!\s*\n)){1,800}[”\"]")
_REACH = 8  # words between a quotation and the time of its saying: "...", the minister told reporters on Monday


def utterances(row: Signs, phrases: Sequence[Phrase]) -> dict[int, int]:
    """By number of the phrase: inside a quotation, relative to its day, and the phrase beside it that names the day."""
    out: dict[int, int] = {}
    relative = [i for i, p in enumerate(phrases) if p.base is Base.TELLING and p.unit <= Unit.WEEK]
    if not relative:
        return out
    for quotation in _QUOTATION.finditer(row.text):
        inside = [i for i in relative if quotation.start() < row.spans[phrases[i].first][0] < quotation.end()]
        beside = _beside(row, phrases, quotation.span()) if inside else None
        if beside is not None:
            out |= dict.fromkeys(inside, beside)
    return out


def _beside(row: Signs, phrases: Sequence[Phrase], quotation: tuple[int, int]) -> int | None:
    """The nearest day named in the same sentence after a quotation, else before it."""
    start, end = quotation
    days = [(i, p) for i, p in enumerate(phrases) if p.base is Base.CALENDAR and p.unit is Unit.DAY]
    after = [(i, p) for i, p in days if row.spans[p.first][0] >= end]
    before = [(i, p) for i, p in days if row.spans[p.end - 1][1] <= start]
    for i, phrase in after[:1]:
        words = [k for k in range(max(0, phrase.first - _REACH), phrase.first) if row.spans[k][0] >= end]
        if (not words or row.spans[words[0] - 1][0] < end) and _unbroken(row, words) and not _ended(row.text, end):
            return i
    for i, phrase in before[-1:]:
        words = [k for k in range(phrase.end, min(len(row.spans), phrase.end + _REACH)) if row.spans[k][1] <= start]
        if (not words or row.spans[words[-1] + 1][1] > start) and _unbroken(row, words):
            return i
    return None


def _unbroken(row: Signs, words: Sequence[int]) -> bool:
    """Whether no sentence ends among the words."""
    return not any(row.line[k] in ".|" or row.word(k) in ("?", "!", "“", "”", '"') for k in words)


def _ended(text: str, end: int) -> bool:
    """Whether a quotation closes its sentence, so that what follows it is another: “They came.” A raid followed."""
    following = text[end : end + 3].lstrip()[:1]
    return text[end - 2] in ".?!" and following.isupper()
