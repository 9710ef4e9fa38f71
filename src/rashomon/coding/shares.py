"""Whether a figure is a total, or adds to one, is part of one, or is said not to hold."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rashomon.coding.words import Word
from rashomon.model.telling import Share

ADDING = frozenset(("another", "more", "further", "additional"))
PARTING = frozenset(("including", "includes", "included", "among"))
RISING = frozenset("rise rises rose risen rising climbed climbs jumped grown grew increased reached passed".split())
# How far before a figure "each side" may stand: "each side freed 300", "each side is to give back at least 40".
REACH = 8
SIDES = frozenset(("side", "sides", "party", "country"))


def share(words: Sequence[Word], first: int, last: int, *, inherits: bool) -> Share | None:
    """How the figure of words ``first`` to ``last`` (exclusive) stands to others; None for a total of its own.

    ``inherits`` is true for "three of them".
    """
    subject = [word.low for word in words[max(0, first - REACH) : first]]
    own = [word.low for word in words[first:last]]
    before = subject[-3:]
    after = [word.low for word in words[last : last + 3]]
    if before[-1:] == ["not"]:
        return Share.NEGATED
    if inherits or PARTING & set(before[-2:]):
        return Share.SUBSET
    paired = any(a in ("each", "both") and b in SIDES for a, b in pairwise(subject))
    if paired or after[:1] in (["each"], ["apiece"]) or (set(after) & {"each", "per", "both"} and set(after) & SIDES):
        return Share.EACH
    if _adds(own):
        return Share.INCREMENT
    if before[-1:] == ["to"] and set(before) & RISING:
        return Share.CUMULATIVE
    return None


def _adds(own: Sequence[str]) -> bool:
    """Whether a figure's own words add it to another: "four more", not "more than four"."""
    return any(word in ADDING and own[at + 1 : at + 2] != ["than"] for at, word in enumerate(own))
