"""The grammar of times: which words together name one, and what they say of it before anything anchors them.

Rules are patterns over the signs of ``calendar_words``, put together from a few pieces. Of all rules that match at a
word the longest match wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from rashomon.coding.calendar_words import FEASTS, Signs, Unit


class Base(StrEnum):
    """What a phrase counts from."""

    CALENDAR = "calendar"  # its own year, month and day, as far as told
    TELLING = "telling"  # the day of publication or utterance: "yesterday", "last week", "two days ago"
    STORY = "story"  # the time told of just before: "the next day", "two days later", "that year"


class Part(StrEnum):
    """Which part of its unit a phrase means."""

    EARLY = "early"
    MIDDLE = "middle"
    LATE = "late"
    SO_FAR = "so far"  # "earlier this week"
    REST = "rest"  # "later this week"


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words ``[first, end)`` of a row of signs, and what they tell of a time.

    ``shift`` counts units from the base. ``length`` counts the units of a stretch that ends at the base (negative, "the
    past two weeks") or begins there. ``vague`` phrases ("days later") name units but not how many.
    """

    first: int
    end: int
    unit: Unit
    base: Base = Base.CALENDAR
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: int | None = None
    shift: int = 0
    length: int = 0
    part: Part | None = None
    hours: bool = False
    vague: bool = False
    back: int | None = None  # "August last year": years from the base of the related words


Phrases = tuple[Phrase, ...]
Build = Callable[[Signs, re.Match[str]], Phrases]
UNITS = {"J": Unit.DAY, "Z": Unit.WEEK, "Q": Unit.MONTH, "V": Unit.YEAR, "H": Unit.HOUR}

# ---- the pieces
HEAD = r"(?P<head>(?:ei)?t?e?(?:PH|P|H)[oi]|[elf]i?)?"
WEEKDAY = r"(?:(?P<weekday>W),?)?"
DAY = r"t?(?P<day>[dO])"
YEAR = r"(?:,?(?P<year>Y|'[yd]|[dn](?=B))(?P<era>[BA])?)"
RELATED = r"(?:,?o?(?P<related>(?:tq|[hLx]|tp|tg|q|qq)V))"
TAIL = r"(?P<tail>,?e?P(?!o)|,?K)?"
PART = r"(?:(?P<part>t?[er]?bo(?:t?bo)?|t?e-?|ei|[lf]i?)t?)"
COUNT = r"(?P<count>ac|avo?|a|vo?|c-?c|[cdyn])"
UNIT = r"(?P<unit>[JZQVC])"


def _number(row: Signs, found: re.Match[str], group: str) -> int | None:
    """The number of the last word of a group; None where the rule has no such group or it stayed empty."""
    at = found.end(group) - 1 if group in found.re.groupindex else -1
    return row.numbers[at] if at >= 0 else None


def _group(found: re.Match[str], group: str) -> str:
    return (found[group] or "") if group in found.re.groupindex else ""


def _year(row: Signs, found: re.Match[str]) -> int | None:
    """The year told; 480 BC is -479, a year of two digits is of the century that ends in 2049."""
    year = _number(row, found, "year")
    if year is None:
        return None
    if _group(found, "year")[0] == "n":
        digits = row.word(found.end("year") - 1)
        year = int(digits) if digits.isdigit() else 0
    if _group(found, "era") == "B":
        return 1 - year
    return _full(year) if _group(found, "year")[0] in "'dy" and not _group(found, "era") else year


def _full(year: int) -> int:
    return year + (2000 if year < 50 else 1900) if year < 100 else year


def _part(row: Signs, found: re.Match[str]) -> Part | None:
    """Which part of its unit the words before it choose."""
    signs = _group(found, "part")
    if not signs:
        return None
    if signs.startswith("f"):
        return Part.SO_FAR
    if signs.startswith("l"):
        return Part.REST
    for i in range(found.start("part"), found.start("part") + len(signs)):
        match row.word(i).lower():
            case "early" | "beginning" | "start" | "outset" | "first":
                return Part.EARLY
            case "mid" | "middle":
                return Part.MIDDLE
            case "late" | "latter" | "end" | "close" | "second":
                return Part.LATE
            case _:
                continue
    return None


def _back(row: Signs, found: re.Match[str]) -> tuple[Base, int | None]:
    """From where and how many years the words "of that year", "last year" count."""
    signs = _group(found, "related")
    if not signs:
        return Base.CALENDAR, None
    base = Base.TELLING if signs[0] in "hLx" else Base.STORY
    return base, _step(signs)


def _step(signs: str) -> int:
    """How far "last", "this", "next" and their like step."""
    return -1 if set(signs) & set("Lp") else 1 if set(signs) & set("xg") else 0


def _calendar(row: Signs, found: re.Match[str]) -> Phrases:
    """Any phrase that gives its place in the calendar itself; its unit is the finest one told."""
    month, day = _number(row, found, "month"), _number(row, found, "day")
    weekday, season = _number(row, found, "weekday"), _number(row, found, "season")
    base, back = _back(row, found)
    unit = Unit.YEAR
    if day is not None or weekday is not None:
        unit = Unit.DAY
    elif month is not None:
        unit = Unit.MONTH
    elif season is not None:
        unit = Unit.SEASON
    hours = any(set(_group(found, group)) & set("PHKel") for group in ("head", "tail"))
    year, part = _year(row, found), _part(row, found)
    return (
        Phrase(
            *found.span(), unit, base, year, month, day, weekday, season, part=part, hours=hours, back=back
        ),
    )


def _two_digits(row: Signs, found: re.Match[str]) -> Phrases:
    """"19 apr 89": the figures are the year only if no noun follows that they could count."""
    if row.line[found.end()] in "_cdnyY" and not row.word(found.end()).startswith(("-", "[", "]", "/", ";", ":", '"')):
        return ()
    return tuple(replace(p, year=_full(row.numbers[found.end("short") - 1])) for p in _calendar(row, found))


def _shared(row: Signs, found: re.Match[str]) -> Phrases:
    """Days that share one month, before it or after it: a phrase each, the last with the rest of the words."""
    first, end = found.span("days")
    sure = "-" in found["days"] or row.line[first - 1] in "iu(" or first > found.start("month")
    if first > found.start("month") and "-" not in found["days"] and row.line[found.end()] in "_Pcdn":
        sure = False
    if not sure:
        return ()
    (whole,) = _calendar(row, found)
    at = [i for i in range(first, end) if row.line[i] in "dO"]
    phrases = [replace(whole, first=i, end=i + 1, day=row.numbers[i], weekday=None, hours=False) for i in at]
    phrases[0] = replace(phrases[0], first=found.start(), hours=whole.hours)
    phrases[-1] = replace(phrases[-1], end=found.end())
    return tuple(phrases)


# Words before a figure that make it a count, and nouns after one that it counts.
_COUNTERS = frozenset("than nearly almost some least most approximately roughly $ £ € # no number worth killed".split())
_COUNTED = frozenset(
    "people men women troops soldiers civilians children dead wounded killed injured others m km kg feet ft meters "
    "metres miles hectares acres tons tonnes or more percent % dollars euros pounds hours hrs personnel police".split()
)


def _bare_year(row: Signs, found: re.Match[str]) -> Phrases:
    """A year that stands alone, unless its neighbours make it a count or part of a name."""
    at = found.start("year")
    before, after = row.word(at - 1), row.word(at + found.end("year") - at)
    if before.lower() in _COUNTERS or after.lower() in _COUNTED or not _group(found, "era") and not _named(row, at):
        return ()
    return _calendar(row, found)


def _named(row: Signs, at: int) -> bool:
    """Whether four figures are likelier a year than a count or a number in a name."""
    before, after = row.word(at - 1), row.word(at + 1)
    if row.line[at - 1] == "_" and before[:1].isupper() and row.line[at] == "Y":
        return row.line[at + 1] in "-)" or not before[0].isalpha()
    plural = after.islower() and after.endswith("s") and after not in ("was", "is", "has", "as", "its", "s", "does")
    return not (plural and row.line[at - 1] not in "it")


def _year_range(row: Signs, found: re.Match[str]) -> Phrases:
    """"1915-17": two years, the second with the century of the first."""
    year = row.numbers[found.start("year")]
    second = year - year % 100 + row.numbers[found.end() - 1]
    if second <= year:
        return ()
    cut = found.end() - 1
    return (
        Phrase(found.start(), cut - 1, Unit.YEAR, year=year),
        Phrase(cut, found.end(), Unit.YEAR, year=second),
    )


def _decade(row: Signs, found: re.Match[str]) -> Phrases:
    year = _number(row, found, "decade")
    return (Phrase(*found.span(), Unit.DECADE, year=year, part=_part(row, found)),)


def _century(row: Signs, found: re.Match[str]) -> Phrases:
    number = _number(row, found, "century") or 0
    if row.word(found.end("unit") - 1).lower() != "century":
        return ()
    year = 1 - 100 * number if _group(found, "era") == "B" else 100 * (number - 1)
    return (Phrase(*found.span(), Unit.CENTURY, year=year, part=_part(row, found)),)


def _weekday(row: Signs, found: re.Match[str]) -> Phrases:
    """"Monday", "last Monday", "next Friday night", "the following Sunday"."""
    (day,) = _calendar(row, found)
    which = _group(found, "which")
    if which in ("", "t"):
        return (day,)
    return (replace(day, base=Base.STORY if which[-1] in "pgq" else Base.TELLING, shift=_step(which)),)


def _season(row: Signs, found: re.Match[str]) -> Phrases:
    """"last summer", "the following winter"."""
    (season,) = _calendar(row, found)
    which = found["which"]
    return (replace(season, base=Base.STORY if which[-1] in "pgq" else Base.TELLING, shift=_step(which)),)


def _deictic(row: Signs, found: re.Match[str]) -> Phrases:
    """"yesterday", "early today", "tomorrow night"."""
    word = row.word(found.start("day")).lower()
    hours = word == "tonight" or set(_group(found, "head") + _group(found, "tail")) & set("ePl") != set()
    return (Phrase(*found.span(), Unit.DAY, Base.TELLING, shift=_number(row, found, "day") or 0, hours=hours),)


def _night(row: Signs, found: re.Match[str]) -> Phrases:
    """"overnight": the night that ends on the day of telling, coded as the day it began."""
    return (Phrase(*found.span(), Unit.DAY, Base.TELLING, shift=-1, hours=True),)


def _part_of_day(row: Signs, found: re.Match[str]) -> Phrases:
    """"this morning", "last night", "that evening", "the night before"."""
    which, after = found["which"], _group(found, "after")
    base = Base.TELLING if which[-1] in "hL" or which == "x" else Base.STORY
    shift = _step(which)
    if after:
        shift = -1 if after in "mf" else 1
    return (Phrase(*found.span(), Unit.DAY, base, shift=shift, hours=True),)


def _unit(row: Signs, found: re.Match[str]) -> tuple[Unit, int]:
    """The unit of a phrase, and whether it is named in the plural (1) or not (0)."""
    at = found.start("unit")
    sign = row.line[at]
    unit = Unit(row.numbers[at]) if sign == "C" else UNITS[sign]
    return unit, int(row.word(at).lower().endswith("s"))


def _count(row: Signs, found: re.Match[str]) -> int | None:
    """How many units; None if the words do not tell ("a few", "several", none at all)."""
    signs = _group(found, "count")
    if not signs or "v" in signs or signs[-1] == "n":
        return None
    if signs == "a":
        return 1
    return sum(row.numbers[i] for i in range(*found.span("count")) if row.line[i] in "cdy")


def _relative(row: Signs, found: re.Match[str]) -> Phrases:
    """"last week", "this month", "the same day", "the following year", "the past two weeks", "recent days"."""
    which = found["which"]
    unit, plural = _unit(row, found)
    telling = which in ("h", "L", "x", "tL") or which.endswith("R")
    base = Base.TELLING if telling else Base.STORY
    step, part = _step(which), _part(row, found)
    whole = Phrase(*found.span(), unit, base, shift=step, part=part)
    if plural or which == "tL" or _group(found, "count"):
        count = _count(row, found) if plural else 1
        if row.line[found.end()] == "o" or which in ("h", "q", "tq", "qq"):
            return ()
        return (replace(whole, shift=0, length=step * (count or 0), vague=count is None),)
    return (whole,)


def _whole_unit(row: Signs, found: re.Match[str]) -> Phrases:
    """"the end of the year", "late in the month", "month's end": of the one being told of."""
    unit, plural = _unit(row, found)
    part = _part(row, found) or Part.LATE
    base = Base.STORY if unit is Unit.DAY else Base.TELLING
    return () if plural or unit is Unit.CENTURY else (Phrase(*found.span(), unit, base, part=part),)


def _offset(row: Signs, found: re.Match[str]) -> Phrases:
    """"two days later", "a year ago", "the day before", "hours later"."""
    unit, plural = _unit(row, found)
    count, sign = _count(row, found), found["sign"]
    if not _group(found, "count") and not plural:
        count = 1
    vague = count is None or row.word(found.start() - 1).lower() == "than"
    base = Base.TELLING if sign == "G" else Base.STORY
    shift = (count or 0) * (-1 if sign in "Gfm" else 1)
    return (Phrase(*found.span(), unit, base, shift=shift, vague=vague),)


def _hours(row: Signs, found: re.Match[str]) -> Phrases:
    """"hours later", "24 hours ago": whole days where they make some, else the same day."""
    sign = found["sign"]
    days = round((_count(row, found) or 0) / 24)
    base = Base.TELLING if sign == "G" else Base.STORY
    return (Phrase(*found.span(), Unit.HOUR, base, shift=days * (-1 if sign in "Gfm" else 1)),)


def _past_hours(row: Signs, found: re.Match[str]) -> Phrases:
    """"the past 24 hours": the days they reach over."""
    days = -((_count(row, found) or 0) // -24)
    return (Phrase(*found.span(), Unit.DAY, Base.TELLING, length=-days, vague=not days),)


def _weekend(row: Signs, found: re.Match[str]) -> Phrases:
    which = _group(found, "which")
    base = Base.STORY if which[-1:] in ("p", "g", "q") else Base.TELLING
    return (Phrase(*found.span(), Unit.WEEKEND, base, shift=_step(which), vague=which == "h"),)


def _feast(row: Signs, found: re.Match[str]) -> Phrases:
    month, day = FEASTS[row.word(found.start()).lower()]
    return (Phrase(*found.span(), Unit.DAY, year=_year(row, found), month=month, day=day),)


def _figures(row: Signs, found: re.Match[str]) -> Phrases:
    """A date in figures; day and month change places where only that makes a date. Both may: then the mark decides."""
    word = row.word(found.start())
    if word == "9/11":
        return (Phrase(*found.span(), Unit.DAY, year=2001, month=9, day=11),)
    a, b, c = (int(n) for n in re.split(r"[./-]", word))
    if a > 31:
        year, month, day = a, b, c
    else:
        # 05.02.2015 and 05-02-2015 are written where the day comes first, 2/5/2015 mostly where the month does.
        month, day, year = (a, b, c) if "/" in word and a <= 12 else (b, a, c)
        if month > 12:
            month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ()
    hours = bool(_group(found, "tail"))
    return (Phrase(*found.span(), Unit.DAY, year=_full(year), month=month, day=day, hours=hours),)


def _clock(row: Signs, found: re.Match[str]) -> Phrases:
    """"11 a.m.": of the day being told of. A score of 2:1 is no time, so bare figures need a word that leads them."""
    word = row.word(found.start())
    if not word[-1].isalpha() and word[-1] != "." and row.line[found.start() - 1] not in "iu":
        return ()
    return (Phrase(*found.span(), Unit.HOUR, Base.STORY),)


def _day_of_month(row: Signs, found: re.Match[str]) -> Phrases:
    """"on the 20th": nothing may follow that it could number (the 20th century, the 3rd Division)."""
    if row.line[found.start() - 1] not in "iu" or row.line[found.end()] not in ",.)|iukzm-":
        return ()
    return (Phrase(*found.span(), Unit.DAY, day=row.numbers[found.start("day")]),)


def _week_of_month(row: Signs, found: re.Match[str]) -> Phrases:
    """"the first week of May": its first seven days; "the last week": its last."""
    (month,) = _calendar(row, found)
    return (replace(month, unit=Unit.WEEK, shift=_number(row, found, "nth") or -1),)


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, the signs it can begin with, and what its words mean; () where a neighbour forbids it."""

    first: str
    pattern: re.Pattern[str]
    build: Build


def _rule(first: str, pattern: str, build: Build) -> Rule:
    return Rule(first, re.compile(pattern), build)


_HEADS = "etPHlfW"
RULES = (
    _rule(_HEADS + "dO", rf"{HEAD}{WEEKDAY}i?{DAY}o?(?P<month>M)(?:{YEAR}|{RELATED})?{TAIL}", _calendar),
    _rule("tr", r"t?(?P<day>r)o(?P<month>M)" + YEAR + "?", _calendar),
    _rule(_HEADS + "dO", rf"{HEAD}{WEEKDAY}{DAY}(?P<month>M)(?P<short>[dy])", _two_digits),
    _rule(_HEADS + "M", rf"{HEAD}{WEEKDAY}(?P<month>M),?{DAY}(?:{YEAR}|{RELATED})?{TAIL}", _calendar),
    _rule(_HEADS + "dO", rf"{HEAD}(?P<days>t?[dO](?:(?:,t?[dO])*,?k|-)t?[dO])o?(?P<month>M){YEAR}?", _shared),
    _rule(_HEADS + "M", rf"{HEAD}(?P<month>M)(?P<days>t?[dO](?:(?:,t?[dO])*,?k|-)t?[dO]){YEAR}?", _shared),
    _rule("terblfM", rf"{PART}?(?P<month>M)(?:,?o?{YEAR}|{RELATED})?", _calendar),
    _rule("terblfYdn'", rf"{PART}?(?:tV)?{YEAR}", _bare_year),
    _rule("tY", rf"(?:tV)?(?P<year>Y)-[dy]", _year_range),
    _rule("terblfE", rf"{PART}?t?(?P<decade>E)", _decade),
    _rule("terblfO", rf"{PART}?t?(?P<century>[Or])(?P<unit>C)(?P<era>B)?", _century),
    _rule("terblfS", rf"{PART}?t?(?P<season>S)(?:,?o?{YEAR}|{RELATED})?", _calendar),
    _rule("terblfhLxqpgS", rf"{PART}?(?P<which>t?[hLxqpg]q?)(?P<season>S)", _season),
    _rule(_HEADS + "hLxqpg", rf"{HEAD}(?P<which>t?[hLxqpg]q?)?(?P<weekday>W){TAIL}", _weekday),
    _rule(_HEADS + "D", rf"{HEAD}(?P<day>D)(?P<tail>e?P)?", _deictic),
    _rule("N", r"N", _night),
    _rule("ethLxqpgf", r"(?:[elf]i?)?(?P<which>t?[hLxqpg]q?)e?P", _part_of_day),
    _rule("t", r"(?P<which>t)P(?P<after>[fmzg])", _part_of_day),
    _rule("terblfhLxqpg", rf"{PART}?(?P<which>t?[hLxqpg]q?){COUNT}?{UNIT}", _relative),
    _rule("tR", rf"(?P<which>t?R){UNIT}", _relative),
    _rule("terblf", rf"(?P<part>t?[er]?bot?(?:bot)?|eit|[lf]it){UNIT}", _whole_unit),
    _rule("QV", rf"(?P<unit>[QV])'sb", _whole_unit),
    _rule("avcdynJZQVCt", rf"(?:{COUNT}|t)?{UNIT}(?P<sign>[Glfzmg])", _offset),
    _rule("avcdynH", rf"{COUNT}?H(?P<sign>[Glfm])", _hours),
    _rule("tL", rf"t?L{COUNT}H", _past_hours),
    _rule("thLxpgw", r"(?P<which>t?[hLxpgq]?)w", _weekend),
    _rule("F", rf"F{YEAR}?", _feast),
    _rule("I", rf"I{TAIL}", _figures),
    _rule("K", r"K", _clock),
    _rule("tO", rf"{DAY}", _day_of_month),
    _rule("t", rf"t(?P<nth>[rL])Zo(?P<month>M){YEAR}?", _week_of_month),
)
_BY_SIGN = {sign: tuple(rule for rule in RULES if sign in rule.first) for sign in {s for r in RULES for s in r.first}}
_STARTS = re.compile("[" + "".join(sorted(_BY_SIGN)) + "]")


def phrases(row: Signs) -> Phrases:
    """The phrases of a row that name times, in order, none inside another."""
    out: list[Phrase] = []
    at = 0
    while (start := _STARTS.search(row.line, at)) is not None:
        at = start.start()
        matches = [(m, r) for r in _BY_SIGN[row.line[at]] if (m := r.pattern.match(row.line, at)) is not None]
        matches.sort(key=lambda pair: -pair[0].end())
        for found, rule in matches:
            if built := rule.build(row, found):
                out.extend(built)
                at = built[-1].end
                break
        else:
            at += 1
    return tuple(out)
