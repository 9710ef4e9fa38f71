"""Number words and numerals to values: "62", "1,400", "$5Bln", "sixty-two", "half a million", "between six and 30"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from rashomon.coding.words import CURRENCIES, DASHES, Word, glued, is_year

UNITS = {
    word: Decimal(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: Decimal(10 * value)
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
SCALES = {
    "dozen": Decimal(12),
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "lakh": Decimal(10**5),
    "million": Decimal(10**6),
    "mn": Decimal(10**6),
    "mln": Decimal(10**6),
    "crore": Decimal(10**7),
    "billion": Decimal(10**9),
    "bn": Decimal(10**9),
    "bln": Decimal(10**9),
    "trillion": Decimal(10**12),
    "tn": Decimal(10**12),
    "trn": Decimal(10**12),
}
# Into how many parts things are cut when it is written in numerals; eleven is not among them.
PARTED = frozenset((2, 3, 4, 5, 6, 8, 10, 12, 16, 32, 64, 100, 128))
# Only when written onto a numeral: "25k"; "m" and "b" are metres and nothing unless a currency stands before.
GLUED = {"k": Decimal(1000)}
GLUED_MONEY = {"k": Decimal(1000), "m": Decimal(10**6), "mil": Decimal(10**6), "b": Decimal(10**9)}
PARTS = {
    "half": Decimal("0.5"),
    "quarter": Decimal("0.25"),
    "quarters": Decimal("0.25"),
    "third": Decimal("0.3333333333"),
    "thirds": Decimal("0.3333333333"),
    "fourth": Decimal("0.25"),
    "fourths": Decimal("0.25"),
    "fifth": Decimal("0.2"),
    "fifths": Decimal("0.2"),
    "tenth": Decimal("0.1"),
    "tenths": Decimal("0.1"),
}
LONGEST = 30  # characters of a numeral; a longer one counts nothing
_NUMERAL = re.compile(r"\d+(?:\.\d+)*\.?|(?:\.\d+)+")
GLYPHS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅓": PARTS["third"], "⅔": 2 * PARTS["third"]}
# Plural scale words name no number: "dozens", "hundreds of thousands".
LOOSE = frozenset("tens dozens scores hundreds thousands millions billions".split())
STARTERS = LOOSE | UNITS.keys() | TENS.keys() | {"a", "an", "half", "minus", "dozen"} | GLYPHS.keys() | DASHES
# After these "a to b" tells a change and where it led: "rose $2 to $7", "up 3% to 40%".
CHANGES = frozenset(
    "by up down rose rise rises rising fell fall falls falling grew grow jumped jump climbed dropped drop gained lost "
    "increased increase decreased declined slipped surged soared added advanced edged slid sank tumbled".split()
)
# After these a glued "m" is metres: "400m from the houses".
WAYS = frozenset(
    "from to in on at by below above under over deep high long wide tall away apart north south east west off out "
    "is was are were that which who when where while".split()
)
PERIODS = frozenset("seconds minutes hours days weeks months years decades attacks strikes raids places cities".split())


@dataclass(frozen=True, slots=True)
class Number:
    """Words ``first`` to ``last`` (exclusive) that name a number, a range (``value`` None) or no number (all None).

    ``part`` marks a fraction in words ("a third"); ``digits`` that it is written with numerals.
    """

    first: int
    last: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    part: bool = False
    digits: bool = False


class _Read(NamedTuple):
    value: Decimal
    last: int
    digits: bool = False
    part: bool = False


def numbers(words: Sequence[Word]) -> tuple[Number, ...]:
    """Every number the words name, in order, none inside another."""
    found: list[Number] = []
    last = 0
    for at, word in enumerate(words):
        low = word.low
        if at < last or not (low in STARTERS or low[0].isdigit() or low[:-1].startswith(".")):
            continue
        number = _number(words, at)
        if number is not None:
            found.append(number)
            last = number.last
    return tuple(found)


def _number(words: Sequence[Word], at: int) -> Number | None:
    """The number that starts at a word, widened to the range it opens."""
    if words[at].low in LOOSE:
        return _loose(words, at)
    read = _plain(words, at)
    if read is None:
        return None
    second = _other_end(words, at, read)
    if second is None:
        return Number(at, read.last, read.value, read.value, read.value, read.part, read.digits)
    low = read.value
    if is_year(words[at].form) and not is_year(words[second.last - 1].form):
        return Number(at, read.last, read.value, read.value, read.value, read.part, read.digits)
    if low < 100 and second.value >= 1000 and low < second.value / 1000:
        # "13 to 14,000 feet", "2 to 3 million": the scale is said once.
        low *= Decimal(1000) ** ((len(str(int(second.value))) - 1) // 3)
    if low >= second.value:
        return Number(at, read.last, read.value, read.value, read.value, read.part, read.digits)
    return Number(at, second.last, None, low, second.value, False, read.digits)


def _loose(words: Sequence[Word], at: int) -> Number:
    """As in "Tens of thousands", "hundreds and hundreds": no number at all."""
    last = at + 1
    while last + 1 < len(words) and words[last].low in ("of", "and") and words[last + 1].low in LOOSE:
        last += 2
    return Number(at, last, None, None, None)


def _other_end(words: Sequence[Word], first: int, read: _Read) -> _Read | None:
    """The upper end of a range whose lower end was read: "six to 30", "60-70", "50 or 60", "between six and 30"."""
    at = read.last
    if at + 1 >= len(words):
        return None
    join = words[at].low
    between = first > 0 and words[first - 1].low == "between"
    opened = first > 0 and words[first - 1].low in CURRENCIES and between_opens(words, first - 1)
    dashed = join in DASHES and glued(words, at + 1)
    if not (dashed or join in ("to", "or") or (join == "and" and (between or opened))):
        return None
    start = at + 1
    if words[start].low in CURRENCIES:
        if join == "to" and first > 1 and words[first - 2].low in CHANGES:
            return None
        start += 1
    if start < len(words) and join == "or" and words[start].low in ("a", "one"):
        return None
    return _plain(words, start) if start < len(words) else None


def between_opens(words: Sequence[Word], at: int) -> bool:
    """Whether "between" stands right before a word."""
    return at > 0 and words[at - 1].low == "between"


def _plain(words: Sequence[Word], at: int) -> _Read | None:
    """One number, without ranges."""
    low = words[at].low
    if low[0].isdigit() or (low[0] == "." and len(low) > 1):
        return _numeral(words, at)
    if low in GLYPHS:
        return _Read(GLYPHS[low], at + 1, part=True)
    if low == "minus" or (low in DASHES and glued(words, at + 1) and _below_zero(words, at)):
        return _minus(words, at + 1)
    if low == "dozen":
        return _Read(SCALES[low], at + 1)
    if low in ("a", "an", "half"):
        return _article(words, at)
    return _fraction(words, at) or _and_a_half(words, _spelled(words, at))


def _below_zero(words: Sequence[Word], at: int) -> bool:
    """Whether a dash before a numeral is a minus: "-1.3%", "-20 degrees", "$-50bn"."""
    if at and words[at - 1].low in CURRENCIES:
        return True
    return not glued(words, at) and at + 2 < len(words) and words[at + 2].low in ("%", "percent", "degrees", "°")


def _minus(words: Sequence[Word], at: int) -> _Read | None:
    """As in "Minus 387", "minus-130"."""
    at += at < len(words) and words[at].low in DASHES
    read = _numeral(words, at) if at < len(words) and words[at].form[0].isdigit() else None
    return None if read is None else read._replace(value=-read.value)


def _numeral(words: Sequence[Word], at: int) -> _Read | None:
    """As in "62", "1,400", "1 400", "1.000", "7.5 million", "25k"."""
    value = numeral(words[at].form)
    if value is None:
        return None
    last = at + 1
    over = _under_slash(words, at)
    if over is not None:
        return over
    while last < len(words) and _group(words, last) and words[at].form.isdecimal() and len(words[at].form) <= 3:
        value = value * 1000 + Decimal(words[last].form)
        last += 1
    if last < len(words) and words[last].low in GLYPHS and glued(words, last):
        return _Read(value + GLYPHS[words[last].low], last + 1, digits=True)
    value, last = _scaled(words, value, last, money=_money(words, at))
    return _and_a_half(words, _Read(value, last, digits=True))


def numeral(form: str) -> Decimal | None:
    """The value of a numeral as written; None for dates, versions and superscripts ("26.12.2014", "²")."""
    plain = form.replace(",", "")
    if len(plain) > LONGEST or not _NUMERAL.fullmatch(plain):
        return None
    if plain.count(".") > 1 or re.fullmatch(r"[1-9]\d{0,2}\.000", plain):
        # A full stop between groups of three is a thousands mark: "1.000 persons", "1.250.000".
        return Decimal(plain.replace(".", "")) if re.fullmatch(r"\d{1,3}(\.\d{3})+", plain) else None
    return Decimal(plain)


def _under_slash(words: Sequence[Word], at: int) -> _Read | None:
    """As in "1/2 pound", "1/16 of": a fraction in numerals before a small word; "9/11" is none."""
    if (
        at + 3 >= len(words)
        or words[at + 1].low not in ("/", "⁄")
        or not glued(words, at + 1)
        or not glued(words, at + 2)
    ):
        return None
    above, below = words[at].form, words[at + 2].form
    if not (
        above.isdecimal()
        and below.isdecimal()
        and len(above + below) <= LONGEST
        and 0 < int(above) < int(below)
        and int(below) in PARTED
        and words[at + 3].form.islower()
    ):
        return None
    return _Read(Decimal(above) / Decimal(below), at + 3, digits=True, part=words[at + 3].low == "of")


def _group(words: Sequence[Word], at: int) -> bool:
    """Whether a numeral is the next group of three of a number spaced apart: the "000" of "1 000"."""
    form = words[at].form
    if at + 1 < len(words) and glued(words, at + 1) and words[at + 1].form[0].isalpha():
        return False
    return len(form) == 3 and form.isdecimal() and words[at].start == words[at - 1].end + 1


def _scaled(words: Sequence[Word], value: Decimal, at: int, *, money: bool = False) -> tuple[Decimal, int]:
    """A value with the scale words after it: "5 million", "$1.65m", "40,000 crore", "2-billion"."""
    while at < len(words):
        low = words[at].low
        joined = at + 1 < len(words) and low in DASHES and glued(words, at) and words[at + 1].low in SCALES
        if joined and glued(words, at + 1):
            value, at = value * SCALES[words[at + 1].low], at + 2
        elif low in SCALES:
            value, at = value * SCALES[low], at + 1
        elif glued(words, at) and (low in (GLUED_MONEY if money else GLUED) or (low == "m" and _many(words, at + 1))):
            return value * GLUED_MONEY[low], at + 1
        else:
            break
    return value, at


def _money(words: Sequence[Word], at: int) -> bool:
    """Whether a currency stands before a numeral: "$", or capitals written onto it, "RM3m"."""
    return at > 0 and (words[at - 1].low in CURRENCIES or (glued(words, at) and words[at - 1].form.isupper()))


def _many(words: Sequence[Word], at: int) -> bool:
    """Whether "M" or a plural near by makes a glued "m" millions: "1.5m refugees", "12m tons", "35m of its buses"."""
    if words[at - 1].form == "M":
        return True
    for word in words[at : at + 5]:
        if word.low in WAYS or not word.form[0].isalpha():
            return False
        if word.form in ("people", "tons") or (len(word.low) > 4 and word.form[-1] == "s"):
            return True
    return False


def _article(words: Sequence[Word], at: int) -> _Read | None:
    """As in "A dozen", "half a million", "a quarter of a million", "a third", "half an hour"."""
    if words[at].low == "half":
        after = at + 2 if at + 1 < len(words) and words[at + 1].low in ("a", "an") else at + 1
        if after < len(words) and words[after].low in SCALES:
            value, last = _scaled(words, PARTS["half"], after)
            return _Read(value, last)
        return _Read(PARTS["half"], after if after == at + 2 else at + 1, part=True)
    after = at + 1
    if after >= len(words):
        return None
    low = words[after].low
    if low in SCALES:
        value, last = _scaled(words, Decimal(1), after)
        return _Read(value, last)
    if low in PARTS and not low.endswith("s"):
        return _million_of(words, PARTS[low], after + 1)
    return None


def _million_of(words: Sequence[Word], part: Decimal, at: int) -> _Read:
    """A fraction, or the number it takes a part of: "(a quarter) of a million"."""
    if at + 2 < len(words) and words[at].low == "of" and words[at + 1].low == "a" and words[at + 2].low in SCALES:
        value, last = _scaled(words, part, at + 2)
        return _Read(value, last)
    return _Read(part, at, part=True)


def _fraction(words: Sequence[Word], at: int) -> _Read | None:
    """As in "Two-thirds", "three quarters", "one-fifth", "one in three", "nine out of ten"."""
    if words[at].low not in UNITS:
        return None
    share = _share(words, at)
    if share is not None:
        return share
    after = at + 2 if at + 1 < len(words) and words[at + 1].low in DASHES else at + 1
    if after >= len(words) or words[after].low not in PARTS or words[after].low == "half":
        return None
    many = UNITS[words[at].low]
    if (many == 1) == words[after].low.endswith("s"):
        return None
    return _million_of(words, many * PARTS[words[after].low], after + 1)


def _share(words: Sequence[Word], at: int) -> _Read | None:
    """As in "One in three (Germans)", "nine out of ten (homes)"; "one in three days" is none."""
    after = at + 3 if [word.low for word in words[at + 1 : at + 3]] == ["out", "of"] else at + 2
    if (
        after + 1 >= len(words)
        or words[after - 1].low not in ("in", "of")
        or (words[after - 1].low == "of" and after == at + 2)
    ):
        return None
    of = UNITS.get(words[after].low, Decimal(0))
    many = UNITS[words[at].low]
    if not 0 < many < of or not (many == 1 or of == 10) or words[after + 1].low in PERIODS:
        return None
    return _Read((many / of).quantize(Decimal("1e-10")), after + 1, part=True)


def _and_a_half(words: Sequence[Word], read: _Read | None) -> _Read | None:
    """A number with the half said after it: "one and a half", "5 and a half"."""
    if read is None or [word.low for word in words[read.last : read.last + 3]] != ["and", "a", "half"]:
        return read
    return read._replace(value=read.value + PARTS["half"], last=read.last + 3)


def _spelled(words: Sequence[Word], at: int) -> _Read | None:
    """As in "Seven", "sixty-two", "one hundred and five", "two dozen", "twenty thousand"."""
    total, group, last = Decimal(0), _below_hundred(words, at), at
    if group is None:
        return None
    value, last = group
    while last < len(words):
        low = words[last].low
        if low in SCALES:
            scale = SCALES[low]
            if scale >= 1000:
                total, value = total + value * scale, Decimal(0)
            else:
                value *= scale
            last += 1
            continue
        after = last + 1 if low == "and" and words[last - 1].low in SCALES else last
        more = _below_hundred(words, after) if after < len(words) and words[last - 1].low in SCALES else None
        if more is None or words[last - 1].low == "dozen":
            break
        value, last = value + more[0], more[1]
    return _Read(total + value, last)


def _below_hundred(words: Sequence[Word], at: int) -> tuple[Decimal, int] | None:
    """A number word below a hundred and the word after it: "seven", "sixty", "sixty-two"."""
    low = words[at].low
    if low in UNITS:
        return UNITS[low], at + 1
    if low not in TENS:
        return None
    dashed = at + 2 < len(words) and words[at + 1].low in DASHES
    after = at + 2 if dashed else at + 1
    if after < len(words) and Decimal(0) < UNITS.get(words[after].low, Decimal(0)) < 10:
        return TENS[low] + UNITS[words[after].low], after + 1
    return TENS[low], at + 1
