"""Days, weeks, months, seasons and years as stretches of days, before Christ as well."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from rashomon.coding.calendar_words import Unit

# ``date`` begins with the year 1. Held 4000 years late it holds 480 BC too, and since 4000 Gregorian years are a whole
# number of weeks, weekdays and leap years stay what they are.
LATE = 4000
_DAY = timedelta(1)
_SEASON_MONTHS = {21: 3, 22: 6, 23: 9, 24: 12}  # northern meteorological seasons by the numbers of EDTF
# Years that leave room for a century on either side; pages that say 9999 mean that they do not know.
FIRST_YEAR, LAST_YEAR = -3900, 5900


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days from ``first`` to ``last``, both counted, held ``LATE`` years late; ``unit`` is how they were named."""

    first: date
    last: date
    unit: Unit

    @property
    def year(self) -> int:
        """The year it begins in; 480 BC is -479."""
        return self.first.year - LATE


def held(day: date) -> date:
    """A day of our calendar as stretches hold it."""
    return day.replace(year=day.year + LATE)


def told(day: date) -> date | None:
    """A held day in our calendar; None before the year 1."""
    return day.replace(year=day.year - LATE) if day.year > LATE else None


def of_fields(year: int, month: int | None = None, day: int | None = None) -> Stretch | None:
    """A year, a month or a day; None if there is none such."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if month is None:
        return Stretch(date(year + LATE, 1, 1), date(year + LATE, 12, 31), Unit.YEAR)
    length = calendar.monthrange(year + LATE, month)[1]
    if day is None:
        return Stretch(date(year + LATE, month, 1), date(year + LATE, month, length), Unit.MONTH)
    if day > length:
        return None
    only = date(year + LATE, month, day)
    return Stretch(only, only, Unit.DAY)


def of_season(year: int, season: int) -> Stretch:
    """A season of the year it begins in."""
    first = date(year + LATE, _SEASON_MONTHS[season], 1)
    return Stretch(first, _months(first, 3) - _DAY, Unit.SEASON)


def around(day: date, unit: Unit) -> Stretch:
    """The unit that holds a day; of weekends, the one that has begun last."""
    match unit:
        case Unit.HOUR | Unit.DAY:
            return Stretch(day, day, unit)
        case Unit.WEEKEND:
            saturday = day - timedelta((day.weekday() - 5) % 7)
            return Stretch(saturday, saturday + _DAY, unit)
        case Unit.WEEK:
            monday = day - timedelta(day.weekday())
            return Stretch(monday, monday + timedelta(6), unit)
        case Unit.MONTH | Unit.SEASON:
            return Stretch(day.replace(day=1), _months(day, 1) - _DAY, unit)
        case Unit.YEAR:
            return Stretch(date(day.year, 1, 1), date(day.year, 12, 31), unit)
        case Unit.DECADE | Unit.CENTURY:
            size = 10 if unit is Unit.DECADE else 100
            first = day.year - day.year % size
            return Stretch(date(first, 1, 1), date(first + size - 1, 12, 31), unit)


def stepped(day: date, unit: Unit, steps: int) -> date:
    """A day so many units later, or earlier; a day past the end of a month becomes the month's first."""
    match unit:
        case Unit.HOUR | Unit.DAY:
            return day + timedelta(steps)
        case Unit.WEEK | Unit.WEEKEND:
            return day + timedelta(7 * steps)
        case Unit.MONTH:
            return _months(day, steps)
        case Unit.SEASON | Unit.YEAR:
            return _months(day, 12 * steps)
        case Unit.DECADE:
            return _months(day, 120 * steps)
        case Unit.CENTURY:
            return _months(day, 1200 * steps)


def _months(day: date, steps: int) -> date:
    """The first of a month so many months on; steps off either end of time stop there."""
    months = day.year * 12 + day.month - 1 + steps
    return date(min(max(months // 12, FIRST_YEAR + LATE), LAST_YEAR + LATE), months % 12 + 1, 1)


def edtf(stretch: Stretch) -> str:
    """A stretch as EDTF: ``2025-06-01``, ``2025-06``, ``2025-22``, ``198X``, ``-0479``, ``2025-05-31/2025-06-01``."""
    first, last = _edtf_day(stretch.first), _edtf_day(stretch.last)
    year = _edtf_year(stretch.year)
    match stretch.unit:
        case Unit.HOUR | Unit.DAY if stretch.first == stretch.last:
            return first
        case Unit.MONTH if stretch == around(stretch.first, Unit.MONTH):
            return f"{year}-{stretch.first.month:02}"
        case Unit.SEASON:
            season = next(s for s, month in _SEASON_MONTHS.items() if month == stretch.first.month)
            return f"{year}-{season}"
        case Unit.YEAR if stretch == around(stretch.first, Unit.YEAR):
            return year
        case Unit.DECADE if stretch.year > 0 and stretch == around(stretch.first, Unit.DECADE):
            return year[:-1] + "X"
        case Unit.CENTURY if stretch.year > 0 and stretch == around(stretch.first, Unit.CENTURY):
            return year[:-2] + "XX"
        case _:
            return f"{first}/{last}"


def _edtf_year(year: int) -> str:
    return f"{year:04}" if year >= 0 else f"-{-year:04}"


def _edtf_day(day: date) -> str:
    return f"{_edtf_year(day.year - LATE)}-{day.month:02}-{day.day:02}"
