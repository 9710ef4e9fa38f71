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
# Feasts that keep their day of the month; "New Year" alone is none.
FEAST = re.compile(
    r"christmas(?: (?P<eve>eve)| day)?|(?P<new>new) year['’]s (?:(?P<last>eve)|day)|(?P<boxing>boxing) day",
    re.IGNORECASE,
)


def _words() -> dict[str, tuple[str, int]]:
    """Every word that has a part in naming times: its sign and its number."""
    found: dict[str, tuple[str, int]] = {word: (sign, 0) for sign, line in _LISTS.items() for word in line.split()}
    for i, name in enumerate(_MONTHS, 1):
        found[name] = found[name[:3]] = ("M", i)
    found["sept"] = ("M", 9)
    for i, name in enumerate(_DAYS):
        found[name] = found[name + "s"] = found[name[:3]] = ("W", i)
    found |= {"tues": ("W", 1), "thurs": ("W", 3)}
    found |= {name: ("S", number) for name, number in _SEASONS.items()}
    found |= {name: ("D", shift) for name, shift in _DEICTIC.items()}
    found |= {name: (sign, 0) for sign, names in _UNITS.items() for name in names}
    found |= {"decade": ("C", Unit.DECADE), "decades": ("C", Unit.DECADE)}
    found |= {"century": ("C", Unit.CENTURY), "centuries": ("C", Unit.CENTURY)}
    found |= {name: ("c", n) for n, name in enumerate(_ONES, 1)}
    found |= {name: ("c", 10 * n) for n, name in enumerate(_TENS, 2)}
    found |= {name: ("r", n) for n, name in enumerate(_ORDINALS, 1)}
    found |= dict.fromkeys(("christmas", "boxing", "new"), ("F", 0))
    return found | {mark: (mark, 0) for mark in ",.'()"} | {"’": ("'", 0)} | dict.fromkeys("-–—", ("-", 0))


WORDS = _words()
# Shortened names, whose full stop belongs to them.
SHORT = frozenset(name[:3] for name in _MONTHS + _DAYS) - {"may"} | {"sept", "tues", "thurs"}
# Words that are more often something else ("may be", "march on", "sat down", "the fall of"): they need a neighbour.
DOUBTFUL = frozenset("may march mar sat sun mon wed dec fall spring august christmas boxing new".split())

_WORD = re.compile(
    r"(?P<bc>[aAbB]\.[cCdD]\.)"
    r"|[^\W\d_]+"
    r"|(?P<date>\d{4}-\d\d-\d\d|\d{1,2}(?P<mark>[./-])\d{1,2}(?P=mark)(?:\d{4}|\d\d)|9/11)(?![\d/-])"
    r"|(?P<clock>\d{1,2}(?:[:.]\d\d)?\s?[aApP](?:\.[mM]\.|[mM]\b)|\d{1,2}:\d\d(?=\s|[,.;)](?!\d)))"
    r"|(?P<decade>\d{3}0)['’]?s\b"
    r"|(?P<ordinal>\d{1,2})(?:st|nd|rd|th|ST|ND|RD|TH)\b"
    # Letters after figures make another word of them ("40mm", "T34") unless scraping fused a sentence on ("2015Get").
    r"|(?P<big>\d+(?:[,.:]\d+)+|\d+(?:[A-Z](?![a-z])|[a-z])\w*)"
    r"|(?P<number>\d+)"
    r"|[^\w\s]"
    r"|(?P<break>\n[^\S\n]*\n\s*)"
)


@dataclass(frozen=True, slots=True)
class Signs:
    """A text's words as columns of equal length; ``line`` has one sign a word, ``numbers`` what the word counts."""

    text: str
    line: str
    numbers: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]

    def word(self, at: int) -> str:
        """The word at a place of the line, as written; empty past either end."""
        return self.text[slice(*self.spans[at])] if 0 <= at < len(self.spans) else ""

    def span(self, first: int, end: int) -> Span:
        """The characters of the words ``[first, end)``."""
        return Span(self.spans[first][0], self.spans[end - 1][1])


def signs(text: str, parts: Iterable[Span] | None = None) -> Signs:
    """The words of the given parts of a text as signs; a part ends like a paragraph."""
    line: list[str] = []
    numbers: list[int] = []
    spans: list[tuple[int, int]] = []
    for part in parts if parts is not None else (Span(0, len(text)),):
        for found in _WORD.finditer(text, part.start, part.end):
            form = found.group().lower()
            known = WORDS.get(form)
            sign, number = known if known is not None else _figure(found.lastgroup, form, found)
            span = found.span()
            if form == "." and line and line[-1] in "MW" and spans[-1][1] == span[0] and _short(text, spans[-1]):
                spans[-1] = (spans[-1][0], span[1])
                continue
            line.append(sign)
            numbers.append(number)
            spans.append(span)
        line.append("|")
        numbers.append(0)
        spans.append((part.end, part.end))
    return _without_homographs(Signs(text, "".join(line), tuple(numbers), tuple(spans)))


def _short(text: str, span: tuple[int, int]) -> bool:
    """Whether a full stop after a month or a weekday belongs to it."""
    return text[slice(*span)].lower() in SHORT


# The sign of each kind of figure; those whose number counts are read in ``_figure``.
_KINDS = {"break": "|", "date": "I", "clock": "K", "big": "n", "ordinal": "O", "decade": "E"}


def _figure(kind: str | None, form: str, found: re.Match[str]) -> tuple[str, int]:
    """The sign and the number of what is no word of the list."""
    match kind:
        case "number":
            return _number(int(form), len(form))
        case "ordinal" | "decade":
            return (_KINDS[kind], int(found[kind]))
        case "bc":
            return ("B" if form[0] == "b" else "A", 0)
        case _:
            return (_KINDS.get(kind or "", "_"), 0)


def _number(value: int, digits: int) -> tuple[str, int]:
    if digits == 4 and 1000 <= value <= 2100:
        return ("Y", value)
    if digits <= 2 and 1 <= value <= 31:
        return ("d", value)
    return ("y" if digits == 2 and value > 31 else "n", value)


# What must stand about a doubtful word: figures beside it, or before it a word that times follow.
_FIGURE_BEFORE = re.compile(r"[dO]o?$")
_FIGURE_AFTER = re.compile(r",?t?[dOY]|o?t?[qhLx]V|-M")
_LED = re.compile(r"(?:[Lxhpqeibuo]|e-|[OMW][ok,-]|M,k)$")


def _without_homographs(row: Signs) -> Signs:
    """The row, with "may", "sat", "fall" and their like struck out where no neighbour makes them a time."""
    line = list(row.line)
    cased = not row.text.isupper() and not row.text.islower()
    for found in re.finditer("[MWSF]", row.line):
        i = found.start()
        form = row.word(i)
        if form.lower().rstrip(".") in DOUBTFUL and not _is_time(row, i, form, cased=cased):
            line[i] = "_"
    return Signs(row.text, "".join(line), row.numbers, row.spans)


def _is_time(row: Signs, at: int, form: str, *, cased: bool) -> bool:
    """Whether a doubtful word has the neighbours of a month, a weekday or a season."""
    sign = row.line[at]
    before, after = row.line[max(0, at - 3) : at], row.line[at + 1 : at + 5]
    if sign == "S":
        led = re.search(r"(?:[Lxhpe]|e-|it|[iu])$", before) is not None
        return re.match(r"o?Y|o?t?[qhLx]V", after) is not None or (led and not after.startswith("o"))
    if sign == "F":
        # "White Christmas" is a song, "new" is mostly an adjective.
        return FEAST.match(row.text, row.spans[at][0]) is not None and re.search(r"[^_]$|^$", before) is not None
    if cased and form[0].islower():
        return False
    if _FIGURE_BEFORE.search(before) or _FIGURE_AFTER.match(after):
        return True
    if len(form.rstrip(".")) == 3 and form.lower() != "may":
        return False
    attribute = cased and before[-1:] in ("t", "a", "_") and after[:1] == "_" and row.word(at + 1).islower()
    named = before[-1:] == "_" and (form.lower() != "august" or row.word(at - 1)[:1].isupper())
    return _LED.search(before) is not None or (attribute and not named)
