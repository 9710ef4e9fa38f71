"""A text as a row of signs: one letter a word, by the word's part in naming a time.

The grammar of times is written over these signs ("on 2 June 2025" is ``idMY``), so a rule is a short pattern and reads
the same whether a month is spelled out, shortened or in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from rashomon.model.text import Span


class Unit(IntEnum):
    """The stretches a calendar is cut into, from fine to coarse."""

    HOUR = 0
    DAY = 1
    WEEKEND = 2
    WEEK = 3
    MONTH = 4
    SEASON = 5
    YEAR = 6
    DECADE = 7
    CENTURY = 8


# The alphabet. A word of no interest is "_", the end of a paragraph "|".
#   M month  W weekday  S season  J days  Z weeks  Q months  V years  C decades, centuries  H hours
#   P part of a day  N overnight  D today, yesterday  w weekend  F feast on a fixed day  B before Christ  A anno Domini
#   Y year of four digits  y number 32 to 99  d number 1 to 31  n other number  c number in words  O 3rd  r third
#   E 1980s  I date in figures  K time of the clock  e early, late  b end, middle  v several  R recent
#   L last  p previous  h this  q that, same  x next  g following  G ago  l later  f earlier  z after  m before
#   t the  a a  o of  i in, on  u until  k and, to  s the possessive's s  - dash  and the marks , . ' ( ) as themselves
_LISTS: dict[str, str] = {
    "P": "morning afternoon evening night dawn dusk midnight noon midday daybreak nightfall sunrise sunset",
    "N": "overnight",
    "H": "hour hours",
    "w": "weekend weekends",
    "B": "bc bce",
    "A": "ad ce",
    "e": "early late mid latter wee small",
    "b": "beginning start end middle close outset half rest part",
    "L": "last past",
    "p": "previous preceding",
    "h": "this current",
    "q": "that same",
    "x": "next coming",
    "g": "following",
    "G": "ago",
    "l": "later",
    "f": "earlier",
    "z": "after afterwards afterward thereafter",
    "m": "before previously prior",
    "v": "few several couple many some",
    "R": "recent",
    "t": "the",
    "a": "a an",
    "o": "of",
    "i": "in on at by during since throughout around about between for within into from circa over",
    "u": "until till",
    "k": "and or to through",
    "s": "s",
}
_MONTHS = "january february march april may june july august september october november december".split()
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}  # the numbers of EDTF
_DEICTIC = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_UNITS = {
    "J": ("day", "days", "nights"),
    "Z": ("week", "weeks"),
    "Q": ("month", "months"),
    "V": ("year", "years"),
}
_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
FEASTS = {"christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "boxing day": (12, 26)} | {
    f"new year{mark}s {word}": at for mark in ("'", "’") for word, at in (("eve", (12, 31)), ("day", (1, 1)))
}


def _words() -> dict[str, tuple[str, int]]:
    """Every word that has a part in naming times: its sign and its number."""
    found: dict[str, tuple[str, int]] = {word: (sign, 0) for sign, line in _LISTS.items() for word in line.split()}
    for i, name in enumerate(_MONTHS, 1):
        found[name] = found[name[:3]] = found[name[:3] + "."] = ("M", i)
    found |= {"sept": ("M", 9), "sept.": ("M", 9)}
    for i, name in enumerate(_DAYS):
        found[name] = found[name + "s"] = found[name[:3]] = found[name[:3] + "."] = ("W", i)
    found |= {"tues": ("W", 1), "tues.": ("W", 1), "thurs": ("W", 3), "thurs.": ("W", 3)}
    found |= {name: ("S", number) for name, number in _SEASONS.items()}
    found |= {name: ("D", shift) for name, shift in _DEICTIC.items()}
    found |= {name: (sign, 0) for sign, names in _UNITS.items() for name in names}
    found |= {"decade": ("C", Unit.DECADE), "decades": ("C", Unit.DECADE)}
    found |= {"century": ("C", Unit.CENTURY), "centuries": ("C", Unit.CENTURY)}
    found |= {name: ("c", n) for n, name in enumerate(_ONES, 1)}
    found |= {name: ("c", 10 * n) for n, name in enumerate(_TENS, 2)}
    found |= {name: ("r", n) for n, name in enumerate(_ORDINALS, 1)}
    return found | {mark: (mark, 0) for mark in ",.'()"} | {"’": ("'", 0)} | {dash: ("-", 0) for dash in "-–—"}


WORDS = _words()
# Words that are more often something else ("may be", "march on", "sat down", "the fall of"): they need a neighbour.
DOUBTFUL = frozenset("may march mar mar. sat sat. sun sun. mon mon. wed wed. dec fall spring august".split())

_WORD = re.compile(
    r"(?P<break>\n[^\S\n]*\n\s*)"
    r"|(?P<date>\d{4}-\d\d-\d\d|\d{1,2}(?P<mark>[./-])\d{1,2}(?P=mark)(?:\d{4}|\d\d)|9/11)(?![\w/-])"
    r"|(?P<clock>\d{1,2}(?:[:.]\d\d)?\s?[ap](?:\.m\.|m\b)|\d{1,2}:\d\d(?=\s|[,.;)](?!\d)))"
    r"|(?P<decade>\d{3}0)['’]?s\b"
    r"|(?P<ordinal>\d{1,2})(?:st|nd|rd|th)\b"
    r"|(?P<big>\d+(?:[,.:]\d+)+|\d+[^\W\d_]\w*)"
    r"|(?P<number>\d+)"
    r"|(?P<feast>christmas(?: eve| day)?|new year['’]s (?:eve|day)|boxing day)\b"
    r"|(?P<bc>[ab]\.[cd]\.)"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thu(?:rs)?|fri|sat|sun)\."
    r"|(?P<word>[^\W\d_]+)"
    r"|[^\w\s]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signs:
    """A text's words as columns of equal length; ``line`` has one sign a word, ``numbers`` what the word counts."""

    text: str
    line: str
    numbers: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def word(self, at: int) -> str:
        """The word at a place of the line, as written; empty past either end."""
        return self.text[self.starts[at] : self.ends[at]] if 0 <= at < len(self.starts) else ""

    def span(self, first: int, end: int) -> Span:
        """The characters of the words ``[first, end)``."""
        return Span(self.starts[first], self.ends[end - 1])


def signs(text: str, parts: Iterable[Span] | None = None) -> Signs:
    """The words of the given parts of a text as signs; a part ends like a paragraph."""
    line: list[str] = []
    numbers: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    for part in parts if parts is not None else (Span(0, len(text)),):
        for found in _WORD.finditer(text, part.start, part.end):
            form = found.group()
            known = WORDS.get(form.lower())
            sign, number = known if known is not None else _figure(found.lastgroup, form, found)
            line.append(sign)
            numbers.append(number)
            starts.append(found.start())
            ends.append(found.end())
        line.append("|")
        numbers.append(0)
        starts.append(part.end)
        ends.append(part.end)
    row = Signs(text, "".join(line), tuple(numbers), tuple(starts), tuple(ends))
    return _without_homographs(row)


def _figure(kind: str | None, form: str, found: re.Match[str]) -> tuple[str, int]:
    """The sign and the number of what is no word of the list."""
    match kind:
        case "number":
            return _number(int(form), len(form))
        case "ordinal":
            return ("O", int(found["ordinal"]))
        case "decade":
            return ("E", int(found["decade"]))
        case "break":
            return ("|", 0)
        case "date" | "mark":
            return ("I", 0)
        case "clock":
            return ("K", 0)
        case "feast":
            return ("F", 0)
        case "bc":
            return ("B" if form[0] in "bB" else "A", 0)
        case "big":
            return ("n", 0)
        case _:
            return ("_", 0)


def _number(value: int, digits: int) -> tuple[str, int]:
    if digits == 4 and 1000 <= value <= 2100:
        return ("Y", value)
    if digits <= 2 and 1 <= value <= 31:
        return ("d", value)
    return ("y" if digits == 2 and value > 31 else "n", value)


# What must stand about a doubtful word: figures beside it, or before it a word that times follow.
_FIGURE_BEFORE = re.compile(r"[dO]o?$")
_FIGURE_AFTER = re.compile(r",?t?[dOY]|o?t?[qhLx]V")
_LED = re.compile(r"(?:[Lxhpqeibuo]|e-|[OMW][ok,-]|M,k)$")


def _without_homographs(row: Signs) -> Signs:
    """The row, with "may", "sat", "fall" and their like struck out where no neighbour makes them a time."""
    line = list(row.line)
    cased = not row.text.isupper() and not row.text.islower()
    for i, sign in enumerate(row.line):
        if sign in "MWS" and (form := row.word(i)).lower() in DOUBTFUL and not _is_time(row, i, form, cased=cased):
            line[i] = "_"
    return Signs(row.text, "".join(line), row.numbers, row.starts, row.ends)


def _is_time(row: Signs, at: int, form: str, *, cased: bool) -> bool:
    """Whether a doubtful word has the neighbours of a month, a weekday or a season."""
    sign = row.line[at]
    before, after = row.line[max(0, at - 3) : at], row.line[at + 1 : at + 5]
    if sign == "S":
        led = re.search(r"(?:[Lxhpe]|e-|it|[iu])$", before) is not None
        return re.match(r"o?Y|o?t?[qhLx]V", after) is not None or (led and not after.startswith("o"))
    if cased and form[0].islower():
        return False
    if _FIGURE_BEFORE.search(before) or _FIGURE_AFTER.match(after):
        return True
    return len(form.rstrip(".")) > 3 - (form.lower() == "may") and _LED.search(before) is not None
