"""Which numbers of a sentence are figures: no dates, names, scores or times of day, but "several" and "no one" too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import takewhile

from rashomon.coding.bounds import bound_after, bound_before
from rashomon.coding.counted import DETERMINERS, STOPS, Marks, currency_before, listed, plural, unit_at
from rashomon.coding.numbers import PARTS, TENS, UNITS, Number, numbers
from rashomon.coding.words import DASHES, Word, glued, is_year
from rashomon.knowledge.counted import nouns
from rashomon.model.telling import Bound

MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
CLOCK = frozenset(("am", "pm", "gmt", "utc", "est", "edt", "o'clock", "a.m", "p.m", "bst", "cet"))
# What a bare numeral after these only numbers: "Section 427", "flight 17", "resolution 2139".
LABELS = frozenset(
    "section row page article resolution no number chapter route highway flight game phase part class grade room "
    "channel version protocol paragraph street road avenue block apartment gate line item question step stage "
    "round group episode season volume act rule amendment title figure table model series chapter verse "
    "category unit sp".split()
)
YEAR_BEFORE = frozenset(
    "in since until till of the from by during before after early late mid and to between through this for summer "
    "spring autumn fall winter".split()
)
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
NOT_MANY_AFTER = frozenset("as so how too not very".split())
# Said of a part of things told of elsewhere: figures only with what became of them.
WEAK = frozenset(("some", "most", "others", "many"))
PERIOD_BEFORE = frozenset(
    ("", "after", "by", "with", "for", "of", "following", "amid", "despite", "over", "from", "and", ",")
)
PERIODS = frozenset("days weeks months years decades".split())
NONE = _keyed("no one|nobody|none|no")
SINGULAR = frozenset("a an another".split())
POSSESSIVES = frozenset("the his her their its".split())
NO_ONE_BEFORE = frozenset("no any every each some this that the which another last latest".split())
PEOPLE = frozenset(("person", "force", "protester"))


OPENERS = VAGUE.keys() | NONE.keys() | SINGULAR | POSSESSIVES | PERIODS | {"heavy"}


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
    found: list[Figure] = []
    at = 0
    known = nouns()
    while at < len(words):
        low = words[at].low
        if at not in spelled and low not in OPENERS and low not in known:
            at += 1
            continue
        figure = _figure(words, marks, at, spelled.get(at))
        if figure is not None:
            found.append(figure)
        number = spelled.get(at)
        last = max(number.last if number is not None else 0, figure.number.last if figure is not None else 0)
        at = max(at + 1, last)
    return tuple(found)


def _figure(words: Sequence[Word], marks: Marks, at: int, number: Number | None) -> Figure | None:
    if number is not None:
        if number.low is None:
            return Figure(number, Sort.VAGUE)
        if _is_age(words, number):
            return Figure(number, Sort.NUMBER, age=True)
        return Figure(number, Sort.NUMBER) if _counts(words, marks, number) else None
    return _vague(words, at) or _none(words, at) or _a_unit(words, at) or _single(words, marks, at)


def _counts(words: Sequence[Word], marks: Marks, number: Number) -> bool:
    """Whether a number that is no age counts or measures something."""
    if number.part:
        return _is_fraction(words, number)
    if number.digits:
        return not (_in_a_name(words, number) or _in_a_date(words, number) or _labelled(words, marks, number))
    return number.value != 1 or words[number.first].low != "one" or _one(words, marks, number)


def _low(words: Sequence[Word], at: int) -> str:
    """A word in lower case, empty outside the sentence."""
    return words[at].low if 0 <= at < len(words) else ""


def _is_age(words: Sequence[Word], number: Number) -> bool:
    """As in "Saadi, 53, was", "aged 53", "at the age of 21"."""
    before, after = _low(words, number.first - 1), _low(words, number.last)
    if before == "aged" or (before == "of" and _low(words, number.first - 2) == "age"):
        return True
    if not number.digits or number.value is None or not 0 < number.value < 120 or before != ",":
        return False
    name = words[number.first - 2].form if number.first > 1 else ""
    return after in (",", ".", ";", "") and name[:1].isupper() and name.lower() not in MONTHS


def _is_fraction(words: Sequence[Word], number: Number) -> bool:
    """Whether "half", "a third" is a share or a measure and no ordinal ("the third", "second half")."""
    after, before = _low(words, number.last), _low(words, number.first - 1)
    word = words[number.last - 1].low
    if before in ORDINALS:
        return False
    if after in ("of", "-") or unit_at(words, number.last, digits=number.digits)[1] is not None or word.endswith("ds"):
        return after != "-" or word not in PARTS
    if word in ("half", "a", "an"):
        return after in DETERMINERS or bound_before(words, number.first) is not None
    return word not in ("third", "quarter", "fifth", "tenth") or number.last - number.first > 2


# What may be joined to a numeral that still counts: "sub-300 metres", "now-18".
PREFIXES = frozenset(("sub", "now", "plus"))
ORDINALS = frozenset("first second third fourth final latter other top bottom better".split())


def _in_a_name(words: Sequence[Word], number: Number) -> bool:
    """Whether a numeral is written onto other signs that make it a name, a score, a clock time or an ordinal."""
    first, last = number.first, number.last
    if glued(words, first):
        before = words[first - 1].low
        further = _low(words, first - 2) if glued(words, first - 1) else ""
        if (before[0].isalnum() and currency_before(words, first) is None) or before in (
            "/",
            ":",
            "#",
            "@",
            ".",
            "_",
            "'",
            "’",
        ):
            return True
        if before in DASHES and further and further[0].isalnum() and further not in PREFIXES:
            return True
    if not glued(words, last):
        return False
    after = _low(words, last)
    if after in (":", "/", "_", "@") or after in DASHES:
        return glued(words, last + 1) and words[last + 1].form[0].isdigit()
    return after[0].isalpha() and unit_at(words, last, digits=number.digits)[1] is None


def _in_a_date(words: Sequence[Word], number: Number) -> bool:
    """Whether a numeral is a day, a year or a time of day."""
    first, last = number.first, number.last
    near = (first - 1, last) if _low(words, last) not in (",", ".") else (first - 1,)
    before, after = _low(words, first - 1), _low(words, last)
    if any(0 <= at < len(words) and words[at].low in MONTHS and words[at].form[0].isupper() for at in near):
        return True
    if unit_at(words, last, digits=number.digits)[1] is not None:
        return False
    if after in CLOCK or (after in ("a", "p") and _low(words, last + 1) == "." and _low(words, last + 2) == "m"):
        return True
    if (before == "." or (before.isdigit() and last - first == 1)) and _low(words, first - 2) in MONTHS:
        return True
    if (
        before == ","
        and (_low(words, first - 3) in MONTHS or _low(words, first - 2) in MONTHS)
        and is_year(words[first].form)
    ):
        return True
    form = words[first].form
    if not (last - first == 1 or number.value is None) or not is_year(form) or currency_before(words, first):
        return False
    phrase = bound_before(words, first)
    if phrase is not None and len(phrase[0]) > 1:
        return False
    counts = plural_after(words, last) and before not in YEAR_BEFORE
    return not counts or after in UNITS or after in TENS or after[:1].isdigit()


def plural_after(words: Sequence[Word], at: int) -> bool:
    """Whether a plural stands within two words and so may be what a number counts."""
    for word in words[at : at + 2]:
        if word.low in STOPS or not word.form[0].isalpha():
            return False
        if plural(word):
            return True
    return False


def _labelled(words: Sequence[Word], marks: Marks, number: Number) -> bool:
    """Whether a numeral only numbers what stands before it: "Game 2", "iPhone 11 Pro", "(1881)"."""
    first, last = number.first, number.last
    if first == 0:
        return _low(words, last) in (".", ")") and last - first == 1
    before, after = words[first - 1], _low(words, last)
    if (
        currency_before(words, first)
        or bound_after(words, last)
        or unit_at(words, last, digits=number.digits)[1] is not None
    ):
        return False
    if before.low == "(" and after == ")":
        return True
    if last < len(words) and before.form.isupper() and words[last].form.isupper() and len(before.form) > 3:
        # All in capitals: letters tell no names.
        return False
    numbered = (
        before.low in STOPS and last < len(words) and words[last].form[0].isupper() and "." not in words[first].form
    )
    if numbered and marks[last] is None and not _counts_capitals(words, last):
        return True
    counts = last < len(words) and (marks[last] is not None or plural_after(words, last) or after in ("of", "more"))
    if before.low in LABELS and not plural_after(words, last):
        return True
    named = (
        not before.form.islower() and before.form[0].isalpha() and marks[first - 1] is None and before.low not in STOPS
    )
    return named and not counts


def _counts_capitals(words: Sequence[Word], at: int) -> bool:
    """Whether capitals after a numeral are what it counts, "25 Kalenjin herders", and no name, "the 787 Dreamliner"."""
    near = takewhile(lambda word: word.form[0].isalnum() and word.low not in STOPS, words[at : at + 6])
    return words[at].form.isupper() or any(plural(word) or listed(word) is not None for word in near)


def _one(words: Sequence[Word], marks: Marks, number: Number) -> bool:
    """Whether "one" counts and is no pronoun."""
    if number.last - number.first > 1:
        return True
    at = number.last
    if number.first and marks[number.first - 1] is not None:
        return True
    if _low(words, number.first - 1) in NO_ONE_BEFORE or at >= len(words):
        return False
    if _low(words, at) == "of":
        return True
    return marks[at] is not None or (words[at].form[0].isalpha() and words[at].low not in PRONOUN_AFTER)


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
    if words[at].low == "heavy" and _low(words, at + 1) in ("casualties", "losses"):
        size = 1
    if words[at].low in PERIODS and _low(words, at + 1) == "of" and _low(words, at - 1) in PERIOD_BEFORE:
        return Figure(Number(at, at, None, None, None), Sort.VAGUE)
    if not size or (words[at].low == "many" and _low(words, at - 1) in NOT_MANY_AFTER):
        return None
    if words[at].low in WEAK and _low(words, at + 1)[:1].isdigit() | (_low(words, at + 1) in UNITS | TENS):
        return None
    # "Of" is read with the noun phrase, as in "dozens of men".
    last = at + size - (words[at + size - 1].low == "of")
    return Figure(Number(at, last, None, None, None), Sort.VAGUE, weak=words[at].low in WEAK)


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
    one = Number(at, at + 1, Decimal(1), Decimal(1), Decimal(1))
    unit = unit_at(words, at + 1, digits=False)[1]
    return Figure(one, Sort.NUMBER) if unit is not None and unit.kind in ("duration", "distance") else None


def _behind(marks: Marks, at: int) -> bool:
    """Whether an outcome ends right before a word."""
    return any(at >= n and (mark := marks[at - n]) is not None and len(mark.words) == n for n in (1, 2, 3))


def _single(words: Sequence[Word], marks: Marks, at: int) -> Figure | None:
    """One listed thing without a number: "a woman", "another militant", "(killing) the driver", "(kills) woman"."""
    low = words[at].low
    one = Decimal(1)
    if low in SINGULAR or (low in POSSESSIVES and _behind(marks, at)):
        return Figure(Number(at, at + 1, one, one, one), Sort.SINGLE)
    noun = listed(words[at])
    if noun is None or noun.plural or noun.sort not in PEOPLE:
        return None
    return Figure(Number(at, at, one, one, one), Sort.SINGLE) if at == 0 or _behind(marks, at) else None
