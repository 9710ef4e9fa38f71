"""Whether the words about a time speak of what is past or of what is to come."""

from __future__ import annotations

from enum import StrEnum

from rashomon.coding.calendar_words import Signs

_REACH = 12  # words looked at on each side, within the sentence
_COMING = frozenset("will shall can plans expected expects going upcoming".split())
_SET_FOR = frozenset("scheduled due slated planned set".split())  # to come where "for", "on" or "to" follows
_GONE = frozenset(
    "was were had has have did said told took made went came began became got gave left lost found fell broke blew hit "
    "struck shot died met held led saw sent spoke won wrote ran rose stood fought since".split()
)


class Tense(StrEnum):
    """Past or future."""

    PAST = "past"
    FUTURE = "future"


def tense(row: Signs, first: int, end: int) -> Tense | None:
    """What the nearest telling word before the words ``[first, end)`` says, else the nearest after; None if none does.

    "will meet on Thursday" is to come, "will meet, he said on Thursday" is past: the nearer word decides.
    """
    # "Friday's raid" and "an August 21 attack" have happened, whatever will be done about them.
    if row.line.startswith("'s", end) or (row.line[first - 1] in "at" and row.line[end] == "_"):
        return Tense.PAST
    before = range(first - 1, max(-1, first - 1 - _REACH), -1)
    after = range(end, min(len(row.line), end + _REACH))
    return _nearest(row, before) or _nearest(row, after)


def _nearest(row: Signs, places: range) -> Tense | None:
    for i in places:
        word = row.word(i).lower()
        if row.line[i] == "|" or word in (".", "?", "!"):
            return None
        if word in _COMING or (word in _SET_FOR and row.word(i + 1).lower() in ("for", "on", "to", "in", "next")):
            return Tense.FUTURE
        gone = word in _GONE or (word.endswith("ed") and len(word) > 4)
        if gone and row.word(i - 1).lower() not in ("be", "to"):
            return Tense.PAST
    return None
