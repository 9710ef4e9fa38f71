"""What the words of one time tell of it before anything anchors them: places in the calendar, steps from elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from rashomon.coding.calendar_words import Signs, Unit


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
UNITS = {"J": Unit.DAY, "Z": Unit.WEEK, "Q": Unit.MONTH, "V": Unit.YEAR, "H": Unit.HOUR}


def number(row: Signs, found: re.Match[str], name: str) -> int | None:
    """The number of the last word of a group; None where the rule has no such group or it stayed empty."""
    at = found.end(name) - 1 if name in found.re.groupindex else -1
    return row.numbers[at] if at >= 0 else None


def group(found: re.Match[str], name: str) -> str:
    """The signs of a group; empty where the rule has no such group or it stayed empty."""
    return (found[name] or "") if name in found.re.groupindex else ""


def told_year(row: Signs, found: re.Match[str]) -> int | None:
    """The year told; 480 BC is -479, a year of two digits is of the century that ends in 2049."""
    year = number(row, found, "year")
    if year is None:
        return None
    if group(found, "era") == "B":
        return 1 - year
    return full_year(year) if group(found, "year")[0] in "'dy" and not group(found, "era") else year


def full_year(year: int) -> int:
    """A year of two digits with its century, 1950 to 2049; any other as it is."""
    return year + (2000 if year < 50 else 1900) if year < 100 else year


def told_part(row: Signs, found: re.Match[str]) -> Part | None:
    """Which part of its unit the words before it choose."""
    signs = group(found, "part")
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


def _back(found: re.Match[str]) -> tuple[Base, int | None]:
    """From where and how many years the words "of that year", "last year" count."""
    signs = group(found, "related")
    if not signs:
        return Base.CALENDAR, None
    return base(signs[:-1]), step(signs)


def base(signs: str) -> Base:
    """What "last", "this", "that", "the previous" and their like count from."""
    return Base.STORY if signs[-1:] in ("p", "q", "g") else Base.TELLING


def step(signs: str) -> int:
    """How far "last", "this", "next" and their like step."""
    return -1 if set(signs) & set("Lp") else 1 if set(signs) & set("xg") else 0


# The attacks of 11 September 2001 are named without their year ever since.
_ATTACKS = frozenset("attack attacks hijackings terrorist terror".split())


def calendar(row: Signs, found: re.Match[str]) -> Phrases:
    """Any phrase that gives its place in the calendar itself; its unit is the finest one told."""
    month, day = number(row, found, "month"), number(row, found, "day")
    weekday, season = number(row, found, "weekday"), number(row, found, "season")
    start, back = _back(found)
    unit = Unit.YEAR
    if day is not None or weekday is not None:
        unit = Unit.DAY
    elif month is not None:
        unit = Unit.MONTH
    elif season is not None:
        unit = Unit.SEASON
    hours = any(set(group(found, name)) & set("PHKel") for name in ("head", "tail"))
    year, part = told_year(row, found), told_part(row, found)
    if (month, day, year) == (9, 11, None) and row.word(found.end()).lower() in _ATTACKS:
        year = 2001
    return (Phrase(*found.span(), unit, start, year, month, day, weekday, season, part=part, hours=hours, back=back),)
