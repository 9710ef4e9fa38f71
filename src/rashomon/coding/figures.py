"""Which numbers of a sentence are figures: no dates, names, scores or times of day, but "several" and "no one" too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache

from rashomon.coding.bounds import bound_before
from rashomon.coding.counted import DETERMINERS, Marks, unit_at
from rashomon.coding.labels import MONTHS, counts_nothing, low
from rashomon.coding.numbers import TENS, UNITS, Number, numbers
from rashomon.coding.words import Word
from rashomon.knowledge.counted import nouns
from rashomon.model.telling import Bound

Phrase = tuple[str, ...]


def _keyed(listed_phrases: str) -> dict[str, tuple[Phrase, ...]]:
    """Phrases parted by "|", keyed by their first word, those of most words first."""
    phrases = sorted((tuple(phrase.split()) for phrase in listed_phrases.split("|")), key=len, reverse=True)
    return {phrase[0]: tuple(p for p in phrases if p[0] == phrase[0]) for phrase in phrases}


VAGUE = _keyed(
    "an unspecified number of|an unknown number of|a large number of|a small number of|a high number of|"
    "a number of|large numbers of|high number of|numbers of|a couple of|a handful of|a score of|a few|several|many|"
    "multiple|numerous|countless|others|some|most"
)
NOT_MANY_AFTER = frozenset("so how too not very".split())
# Said of a part of things told of elsewhere: figures only with what became of them.
WEAK = frozenset(("some", "most", "others", "many"))
PERIOD_BEFORE = frozenset(
    ("", "after", "by", "with", "for", "of", "following", "amid", "despite", "over", "from", "and", ",")
)
PERIODS = frozenset("days weeks months years decades".split())
NONE = _keyed("no one|nobody|none|no|not a single|not one")
SINGULAR = frozenset("a an another".split())
POSSESSIVES = frozenset("the his her their its".split())
NO_ONE_BEFORE = frozenset("no any every each some this that the which another last latest same".split())
PEOPLE = frozenset(("person", "force", "protester"))


OPENERS = VAGUE.keys() | NONE.keys() | PERIODS | {"heavy", "a", "an"}
# A single thing is a figure only with one of these: "a woman was killed", never "a woman said".
TOLD_OF_ONE = frozenset("kill injure destroy capture lose remains".split())


class Sort(Enum):
    """How a figure is written: as a number, vaguely, as none at all, or as one thing without a number."""

    NUMBER = "number"
    VAGUE = "vague"
    NONE = "none"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that counts or measures, and how it is written."""

    number: Number
    sort: Sort
    age: bool = False
    weak: bool = False


def figures(words: Sequence[Word], marks: Marks) -> tuple[Figure, ...]:
    """The figures of a sentence in order; none shares a word with another."""
    spelled = {number.first: number for number in numbers(words)}
    told = any(mark is not None and mark.event in TOLD_OF_ONE for mark in marks)
    openers = _openers_of_one() if told else OPENERS
    found: list[Figure] = []
    last = 0
    for at, word in enumerate(words):
        if at < last or not (at in spelled or word.low in openers):
            continue
        number = spelled.get(at)
        figure = _numbered(words, marks, number) if number is not None else _worded(words, marks, at, told=told)
        if figure is not None:
            found.append(figure)
        last = number.last if number is not None else figure.number.last if figure is not None else 0
    return tuple(found)


@cache
def _openers_of_one() -> frozenset[str]:
    """Words that may open a figure where one thing without a number may be one."""
    people = (form for form, noun in nouns().items() if noun.sort in PEOPLE and not noun.plural)
    return frozenset((*OPENERS, *SINGULAR, *POSSESSIVES, *people))


def _numbered(words: Sequence[Word], marks: Marks, number: Number) -> Figure | None:
    if number.low is None:
        return Figure(number, Sort.VAGUE)
    if _is_age(words, number):
        return Figure(number, Sort.NUMBER, age=True)
    return Figure(number, Sort.NUMBER) if _counts(words, marks, number) else None


def _worded(words: Sequence[Word], marks: Marks, at: int, *, told: bool) -> Figure | None:
    figure = _vague(words, at) or _none(words, at) or _a_unit(words, at)
    if figure is None and told and words[at].low in _openers_of_one():
        return _single(words, marks, at)
    return figure


def _counts(words: Sequence[Word], marks: Marks, number: Number) -> bool:
    """Whether a number that is no age counts or measures something."""
    if number.part:
        return _is_fraction(words, number)
    if number.digits:
        return not counts_nothing(words, marks, number)
    return number.value != 1 or words[number.first].low != "one" or _one(words, marks, number)


def _is_age(words: Sequence[Word], number: Number) -> bool:
    """As in "Saadi, 53, was", "aged 53", "at the age of 21"."""
    before, after = low(words, number.first - 1), low(words, number.last)
    if before in ("aged", "ages") or _of_age(words, number.first - 1):
        return True
    if not number.digits or number.value is None or not 0 < number.value < 120 or before != ",":
        return False
    name = words[number.first - 2].form if number.first > 1 else ""
    return after in (",", ".", ";", "") and name[:1].isupper() and name.lower() not in MONTHS


def _of_age(words: Sequence[Word], at: int) -> bool:
    """Whether a word ends "at the age of", "between the ages of 21 and"."""
    if low(words, at) in ("and", "to", "or") and low(words, at - 1)[:1].isdigit():
        at -= 2
    return low(words, at) == "of" and low(words, at - 1) in ("age", "ages")


def _is_fraction(words: Sequence[Word], number: Number) -> bool:
    """Whether "half", "a third" is a share or a measure and no ordinal ("the third", "second half")."""
    after, before = low(words, number.last), low(words, number.first - 1)
    word = words[number.last - 1].low
    if before in ORDINALS:
        return False
    if after == "of" or unit_at(words, number.last, digits=number.digits)[1] is not None or word.endswith("ds"):
        return True
    if word in ("half", "a", "an"):
        return after in DETERMINERS or bound_before(words, number.first) is not None
    return word not in ("third", "quarter", "fifth", "tenth") or number.last - number.first > 2


ORDINALS = frozenset("first second third fourth final latter other top bottom better".split())


def _one(words: Sequence[Word], marks: Marks, number: Number) -> bool:
    """Whether "one" counts and is no pronoun."""
    if number.last - number.first > 1:
        return True
    at = number.last
    if number.first and marks[number.first - 1] is not None:
        return True
    if low(words, number.first - 1) in NO_ONE_BEFORE or at >= len(words):
        return False
    if low(words, at) == "of":
        return not _of_a_number(words, at + 1)
    return marks[at] is not None or (words[at].form[0].isalpha() and words[at].low not in PRONOUN_AFTER)


def _of_a_number(words: Sequence[Word], at: int) -> bool:
    """Whether "one of" is followed by how many there are: "one of (the nine people killed)" counts the nine."""
    at += low(words, at) in DETERMINERS
    return low(words, at)[:1].isdigit() or low(words, at) in UNITS or low(words, at) in TENS


PRONOUN_AFTER = frozenset(
    "that who which can could will would may might must should is was has had in on at by for to from with and or but "
    "again as than another said says does did not never ever the a when where if because".split()
)


def _phrase_at(words: Sequence[Word], at: int, phrases: Mapping[str, Sequence[Phrase]]) -> int:
    """How many words the longest of some phrases, keyed by first word, has at a word; 0 where none stands."""
    for phrase in phrases.get(words[at].low, ()):
        if tuple(word.low for word in words[at : at + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def _vague(words: Sequence[Word], at: int) -> Figure | None:
    size = _phrase_at(words, at, VAGUE)
    if words[at].low == "heavy" and low(words, at + 1) in ("casualties", "losses"):
        size = 1
    if words[at].low in PERIODS and low(words, at + 1) == "of" and low(words, at - 1) in PERIOD_BEFORE:
        return Figure(Number(at, at, None, None, None), Sort.VAGUE)
    if not size or (words[at].low == "many" and _asks_how_many(words, at)):
        return None
    following = low(words, at + 1)
    if words[at].low in WEAK and (following[:1].isdigit() or following in UNITS or following in TENS):
        # "Some 500" is about 500.
        return None
    # "Of" is read with the noun phrase, as in "dozens of men".
    last = at + size - (words[at + size - 1].low == "of")
    return Figure(Number(at, last, None, None, None), Sort.VAGUE, weak=words[at].low in WEAK)


def _asks_how_many(words: Sequence[Word], at: int) -> bool:
    """Whether "many" is no number of its own: "how many", "as many as 14"."""
    before = low(words, at - 1)
    return before in NOT_MANY_AFTER or (before == "as" and low(words, at + 1) == "as")


def _none(words: Sequence[Word], at: int) -> Figure | None:
    size = _phrase_at(words, at, NONE)
    if not size:
        return None
    return Figure(Number(at, at + size, Decimal(0), Decimal(0), Decimal(0)), Sort.NONE)


def _a_unit(words: Sequence[Word], at: int) -> Figure | None:
    """As in "(More than) a week", "(almost) an hour"; "a week" alone counts nothing."""
    if words[at].low not in ("a", "an") or at + 1 >= len(words) or len(words[at + 1].form) < 4:
        return None
    phrase = bound_before(words, at)
    if phrase is None or phrase[1] is Bound.EXACT:
        return None
    after, unit = unit_at(words, at + 1, digits=False)
    half = [word.low for word in words[after : after + 3]] == ["and", "a", "half"]
    amount = Decimal("1.5") if half else Decimal(1)
    one = Number(at, at + 1, amount, amount, amount)
    return Figure(one, Sort.NUMBER) if unit is not None and unit.kind in ("duration", "distance") else None


def _behind(marks: Marks, at: int) -> bool:
    """Whether an outcome ends right before a word."""
    return any(at >= n and (mark := marks[at - n]) is not None and len(mark.words) == n for n in (1, 2, 3))


def _single(words: Sequence[Word], marks: Marks, at: int) -> Figure | None:
    """One listed thing without a number: "a woman", "another militant", "(killing) the driver", "(kills) woman"."""
    word = words[at].low
    one = Decimal(1)
    if word in SINGULAR or (word in POSSESSIVES and _behind(marks, at)):
        return Figure(Number(at, at + 1, one, one, one), Sort.SINGLE)
    bare = word not in POSSESSIVES and (at == 0 or _behind(marks, at))
    return Figure(Number(at, at, one, one, one), Sort.SINGLE) if bare else None
