"""How the words around a number bound it: "at least seven", "nearly 80", "500 or more", "up to 2,000"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from rashomon.coding.numbers import Number
from rashomon.coding.words import Word, glued
from rashomon.model.telling import Bound


class Bounded(NamedTuple):
    """The words of a number with what bounds it, ``first`` to ``last`` (exclusive), and the bound."""

    first: int
    last: int
    bound: Bound


_BEFORE = {
    Bound.AT_LEAST: "at least|no fewer than|not fewer than|no less than|not less than|a minimum of|minimum of|"
    "at the very least|at a minimum",
    Bound.MORE_THAN: "more than|over|above|upwards of|upward of|in excess of|exceeding|exceeded|exceeds|well over|"
    "well above|beyond|greater than|over than|past the",
    Bound.AT_MOST: "up to|as many as|as much as|as high as|at most|no more than|not more than|a maximum of|maximum of|"
    "within|as far as",
    Bound.LESS_THAN: "less than|fewer than|under|below|lower than|sub -|just under|just below",
    Bound.ABOUT: "about|around|some|roughly|approximately|approx|an estimated|estimated|estimated at|circa|~|"
    "in the region of|in the order of|more or less|an average of|average of",
    Bound.NEARLY: "nearly|almost|close to|nearing|approaching|near|barely|just short of|nigh on",
    Bound.EXACT: "a total of|total of|exactly|precisely|only|just|another|a further|the other|other|the|these|those|"
    "all|an additional|additional|further|all of the|a combined|some of the",
}
_AFTER = {
    Bound.AT_LEAST: "or more|or above|and more|plus|+|at least|and counting|and over|and above",
    Bound.AT_MOST: "or fewer|or less|or under|at most",
    Bound.ABOUT: "or so|or thereabouts|approximately|give or take",
}


# "Learning more about two deaths" tells no estimate.
SPEAKING = frozenset("more talk talks talked talking know knew told learn learned asked nothing".split())


def _phrases(table: dict[Bound, str]) -> dict[str, tuple[tuple[tuple[str, ...], Bound], ...]]:
    """Phrases keyed by the word next to the number, those of most words first."""
    listed = [(tuple(phrase.split()), bound) for bound, group in table.items() for phrase in group.split("|")]
    edge = -1 if table is _BEFORE else 0
    by_word: dict[str, list[tuple[tuple[str, ...], Bound]]] = {}
    for words, bound in sorted(listed, key=lambda entry: -len(entry[0])):
        by_word.setdefault(words[edge], []).append((words, bound))
    return {word: tuple(group) for word, group in by_word.items()}


BEFORE, AFTER = _phrases(_BEFORE), _phrases(_AFTER)


def bounded(words: Sequence[Word], number: Number, first: int) -> Bounded:
    """What bounds a number whose words, currency included, begin at ``first``."""
    bound = Bound.EXACT
    last = number.last
    if number.low != number.high and first and words[first - 1].low == "between":
        first -= 1
    if bound_before(words, _age(words, first)) is not None:
        first = _age(words, first)
    while True:
        phrase = bound_before(words, first)
        if phrase is None:
            break
        first -= len(phrase[0])
        # The outer words decide: "at least another five" is at least five; "about the 40" is about 40.
        bound = phrase[1] if bound is Bound.EXACT else bound
    after = bound_after(words, last)
    if after is not None and bound is Bound.EXACT:
        last += len(after[0])
        bound = after[1]
    if number.low is None:
        bound = Bound.VAGUE
    elif number.value is None:
        bound = Bound.RANGE
    return Bounded(first, last, bound)


def _age(words: Sequence[Word], first: int) -> int:
    """Where the words of an age begin before its number: "under (the age of) 25"."""
    for phrase in (("the", "age", "of"), ("the", "ages", "of"), ("age", "of")):
        start = first - len(phrase)
        if start >= 0 and tuple(word.low for word in words[start:first]) == phrase:
            return start
    return first


def interval(number: Number, bound: Bound, *, whole: bool) -> tuple[Decimal | None, Decimal | None]:
    """The lowest and highest figure the words allow; ``whole`` for things counted in whole numbers."""
    low, high = number.low, number.high
    if low is None or high is None:
        return None, None
    match bound:
        case Bound.EXACT | Bound.RANGE:
            return low, high
        case Bound.AT_LEAST:
            return low, None
        case Bound.MORE_THAN:
            return low + _step(low, whole=whole), None
        case Bound.AT_MOST:
            return None, high
        case Bound.LESS_THAN:
            return None, high - _step(high, whole=whole)
        case Bound.ABOUT | Bound.NEARLY | Bound.VAGUE:
            return None, None


def _step(figure: Decimal, *, whole: bool) -> Decimal:
    """What lies between "more than n" and the next figure: one for things counted, nothing for measures."""
    return Decimal(1) if whole and figure == figure.to_integral_value() else Decimal(0)


def bound_before(words: Sequence[Word], end: int) -> tuple[tuple[str, ...], Bound] | None:
    """The bounding phrase that ends right before a word."""
    if end <= 0:
        return None
    for phrase, bound in BEFORE.get(words[end - 1].low, ()):
        start = end - len(phrase)
        if bound is Bound.ABOUT and start > 0 and words[start - 1].low in SPEAKING:
            continue
        if start >= 0 and tuple(word.low for word in words[start:end]) == phrase:
            return phrase, bound
    return None


def bound_after(words: Sequence[Word], at: int) -> tuple[tuple[str, ...], Bound] | None:
    """The bounding phrase that starts at a word; a comma may stand before "at least"."""
    if at >= len(words):
        return None
    if words[at].low == "+" and not glued(words, at):
        return None
    for phrase, bound in AFTER.get(words[at].low, ()):
        if tuple(word.low for word in words[at : at + len(phrase)]) == phrase:
            return phrase, bound
    return None
