"""Phrases that count from elsewhere: from the day of telling ("last week"), or from the story ("two days later")."""

from __future__ import annotations

import re
from dataclasses import replace

from rashomon.coding.calendar_words import Signs, Unit
from rashomon.coding.time_phrases import (
    UNITS,
    Base,
    Part,
    Phrase,
    Phrases,
    base,
    calendar,
    group,
    number,
    step,
    told_part,
)


def chosen(row: Signs, found: re.Match[str]) -> Phrases:
    """Read "last October", "next Friday night", "the previous April", "the following winter"; "Monday" alone, too."""
    (named,) = calendar(row, found)
    which = group(found, "which")
    return (named if which in ("", "t") else replace(named, base=base(which), shift=step(which)),)


def deictic(row: Signs, found: re.Match[str]) -> Phrases:
    """Read "yesterday", "early today", "tomorrow night"."""
    word = row.word(found.start("day")).lower()
    hours = word == "tonight" or set(group(found, "head") + group(found, "tail")) & set("ePl") != set()
    return (Phrase(*found.span(), Unit.DAY, Base.TELLING, shift=number(row, found, "day") or 0, hours=hours),)


def night(row: Signs, found: re.Match[str]) -> Phrases:
    """Read "overnight": the night that ends on the day of telling, coded as the day it began."""
    return (Phrase(*found.span(), Unit.DAY, Base.TELLING, shift=-1, hours=True),)


def that_night(row: Signs, found: re.Match[str]) -> Phrases:
    """Read "during the night", "in the night": the one before the day of telling."""
    led = row.line[found.start() - 1] == "i" and row.line[found.end()] != "o"
    return night(row, found) if led and row.word(found.end() - 1).lower() == "night" else ()


def part_of_day(row: Signs, found: re.Match[str]) -> Phrases:
    """Read "this morning", "last night", "that evening", "the night before"."""
    which, after = found["which"], group(found, "after")
    # "the night before" and "the next morning" go on from what was told, "last night" and "this morning" do not.
    start = Base.STORY if after or which == "tx" else base(which)
    shift = (-1 if after in "mf" else 1) if after else step(which)
    return (Phrase(*found.span(), Unit.DAY, start, shift=shift, hours=True),)


def _unit(row: Signs, found: re.Match[str]) -> tuple[Unit, int]:
    """The unit of a phrase, and whether it is named in the plural (1) or not (0)."""
    at = found.start("unit")
    sign = row.line[at]
    unit = Unit(row.numbers[at]) if sign == "C" else UNITS[sign]
    return unit, int(row.word(at).lower().endswith("s"))


def _count(row: Signs, found: re.Match[str]) -> int | None:
    """How many units; None if the words do not tell ("a few", "several", none at all)."""
    signs = group(found, "count")
    if not signs or "v" in signs or signs[-1] == "n":
        return None
    if signs == "a":
        return 1
    return sum(row.numbers[i] for i in range(*found.span("count")) if row.line[i] in "cdy")


def relative(row: Signs, found: re.Match[str]) -> Phrases:
    """Read "last week", "this month", "the same day", "the following year", "the past two weeks", "recent days"."""
    which = found["which"]
    unit, plural = _unit(row, found)
    start = Base.STORY if which == "tx" else base(which)
    way, part = step(which), told_part(row, found)
    whole = Phrase(*found.span(), unit, start, shift=way, part=part)
    if plural or which == "tL" or group(found, "count"):
        count = _count(row, found) if plural else 1
        if row.line[found.end()] == "o" or which in ("h", "q", "tq", "qq"):
            return ()
        return (replace(whole, shift=0, length=way * (count or 0), vague=count is None),)
    return (whole,)


def whole_unit(row: Signs, found: re.Match[str]) -> Phrases:
    """Read "the end of the year", "late in the month", "month's end": of the one being told of."""
    unit, plural = _unit(row, found)
    part = told_part(row, found) or Part.LATE
    start = Base.STORY if unit is Unit.DAY else Base.TELLING
    return () if plural or unit is Unit.CENTURY else (Phrase(*found.span(), unit, start, part=part),)


def _from(sign: str) -> Base:
    """What "ago", "later", "before" count from."""
    return Base.TELLING if sign == "G" else Base.STORY


def _way(sign: str) -> int:
    """Whether they count back (-1) or on (1)."""
    return -1 if sign in "Gfm" else 1


def offset(row: Signs, found: re.Match[str]) -> Phrases:
    """Read "two days later", "a year ago", "the day before", "hours later"."""
    unit, plural = _unit(row, found)
    count, sign = _count(row, found), found["sign"]
    if not group(found, "count") and not plural:
        count = 1
    vague = count is None or row.word(found.start() - 1).lower() == "than"
    return (Phrase(*found.span(), unit, _from(sign), shift=(count or 0) * _way(sign), vague=vague),)


def hours(row: Signs, found: re.Match[str]) -> Phrases:
    """Read "hours later", "24 hours ago": whole days where they make some, else the same day."""
    sign = found["sign"]
    days = round((_count(row, found) or 0) / 24)
    return (Phrase(*found.span(), Unit.HOUR, _from(sign), shift=days * _way(sign)),)


def past_hours(row: Signs, found: re.Match[str]) -> Phrases:
    """Read "the past 24 hours": the days they reach over."""
    days = -((_count(row, found) or 0) // -24)
    return (Phrase(*found.span(), Unit.DAY, Base.TELLING, length=-days),) if days else ()


def weekend(row: Signs, found: re.Match[str]) -> Phrases:
    """Read "the weekend", "last weekend", "the following weekend"."""
    which = group(found, "which")
    return (Phrase(*found.span(), Unit.WEEKEND, base(which), shift=step(which)),)


def clock(row: Signs, found: re.Match[str]) -> Phrases:
    """Read "11 a.m.": of the day being told of. 2:15 may be a score, so bare figures need a word that leads them."""
    word = row.word(found.start())
    if not word[-1].isalpha() and word[-1] != "." and row.line[found.start() - 1] not in "iu":
        return ()
    return (Phrase(*found.span(), Unit.HOUR, Base.STORY),)
