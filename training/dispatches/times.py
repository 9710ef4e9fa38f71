"""Whether a date is valid and fits its words and the day of publication."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from rashomon.model.telling import Precision

DAYS = [name.lower() for name in calendar.day_name]
MONTHS = [name.lower() for name in calendar.month_name[1:]]
# "may" is left out: the modal verb is commoner than the month.
CALENDAR = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|overnight|"
    + "|".join([*DAYS, *(m for m in MONTHS if m not in ("may", "march"))])
    + r")\b",
    re.IGNORECASE,
)
_LENGTHS = {
    Precision.PART_OF_DAY: 2,
    Precision.HOURS: 2,
    Precision.DAY: 1,
    Precision.MONTH: 31,
    Precision.WEEK: 8,
    Precision.PART_OF_MONTH: 16,
    Precision.YEAR: 366,
}


def days(value: str) -> tuple[date, date] | None:
    """Give the first and last day of an EDTF date or interval; an open side is a thousand years off."""
    start, slash, end = value.partition("/")
    first = _point(start) if start != ".." else (date(1000, 1, 1), date(1000, 1, 1))
    last = first if not slash else _point(end) if end != ".." else (date(3000, 1, 1), date(3000, 1, 1))
    if first is None or last is None or last[1] < first[0]:
        return None
    return first[0], last[1]


def _point(value: str) -> tuple[date, date] | None:
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?~?", value)
    if not found:
        return None
    year, month, day = int(found[1]), found[2], found[3]
    if day:
        try:
            only = date(year, int(month), int(day))
        except ValueError:
            return None
        return only, only
    if month and 21 <= int(month) <= 24:
        first = date(year, 3 * (int(month) - 20), 1)
        return first, first + timedelta(days=91)
    if month and not 1 <= int(month) <= 12:
        return None
    start, end = (int(month), int(month)) if month else (1, 12)
    return date(year, start, 1), date(year, end, calendar.monthrange(year, end)[1])


def faults(value: str | None, precision: Precision, words: str, published: date | None) -> Iterator[str]:
    """Say what does not fit, a sentence each."""
    if value is None:
        if published is not None and re.search(CALENDAR, words):
            yield "a named day or month in a dated dispatch has a value"
        return
    window = days(value)
    if window is None:
        yield f"{value!r} is no EDTF date"
        return
    longest = _LENGTHS.get(precision)
    if longest and (window[1] - window[0]).days >= longest:
        yield f"{value} is longer than a {precision}"
    yield from _weekday(window, words, published)
    yield from _relative(window, words, published)
    yield from _written(window, words)


def _weekday(window: tuple[date, date], words: str, published: date | None) -> Iterator[str]:
    named = [d for d in DAYS if re.search(rf"\b{d}", words, re.IGNORECASE)]
    if len(named) != 1:
        return
    if not any(
        (window[0] + timedelta(n)).weekday() == DAYS.index(named[0]) for n in range((window[1] - window[0]).days + 1)
    ):
        yield f"{window[0]} is a {calendar.day_name[window[0].weekday()]}"
    if published and re.fullmatch(rf"(on |late on |early on )?{named[0]}", words, re.IGNORECASE):
        away = (published - window[0]).days
        if not -7 <= away < 7:
            yield f"{window[0]} is {away} days before publication"


def _relative(window: tuple[date, date], words: str, published: date | None) -> Iterator[str]:
    if published is None:
        return
    for pattern, shift in ((r"yesterday", -1), (r"today|this morning|tonight", 0), (r"tomorrow", 1)):
        if re.search(rf"\b({pattern})\b", words, re.IGNORECASE):
            meant = published + timedelta(shift)
            if not window[0] <= meant <= window[1]:
                yield f"published {published}, so {meant}, not {window[0]}"


def _written(window: tuple[date, date], words: str) -> Iterator[str]:
    years = re.findall(r"\b(1[5-9]\d\d|20\d\d)\b", words)
    if len(years) == 1 and not window[0].year <= int(years[0]) <= window[1].year:
        yield f"the words say {years[0]}"
    named = [m for m in MONTHS if re.search(rf"\b{m}\b", words, re.IGNORECASE)]
    if len(named) == 1 and MONTHS.index(named[0]) + 1 not in (window[0].month, window[1].month):
        yield f"the words say {named[0]}"
    if len(named) == 1:
        day = re.search(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? {named[0]}|{named[0]} (\d{{1,2}})\b", words, re.IGNORECASE)
        if day and int(day[1] or day[2]) not in (window[0].day, window[1].day):
            yield f"the words say the {day[1] or day[2]}"
