"""When a document was published: what was given, what its page says, what its words let us guess."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rashomon.model.document import Block

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_FORMS = tuple(
    _WEEKDAY + form
    for form in (
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_DAY}\s+{_MONTH},?\s+{_YEAR}",
        rf"{_YEAR}-(?P<number>\d\d)-{_DAY}",
    )
)
_PLACE = r"(?-i:[A-Z][A-Z.'’ -]+)(?:,\s*[^\W\d][\w. -]{1,30}){0,2},?\s+"
_DATELINES = tuple(
    re.compile(rf"{_PLACE}{form}(?:,?\s*\([^()]{{1,40}}\))?\s*(?:--|[-—–:])", re.IGNORECASE) for form in _FORMS
)
_ALONE = tuple(
    re.compile(
        rf"(?:(?:first )?published|posted|date)?(?: on)?:?\s*{form}(?:,?\s+(?:at )?\d{{1,2}}[:.]\d\d.{{0,12}})?",
        re.IGNORECASE,
    )
    for form in _FORMS
)
_IN_URL = re.compile(r"[/-]((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?([0-2]\d|3[01])(?=\D|$)")
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]\d\d:\d\d.*)?")
# A date farther down is the story's, not the paper's.
_TOP = 5


def iso(value: str) -> date:
    """The day of an ISO 8601 date or date and time, as it is written there.

    Raises ValueError when it is no such thing or no day of the calendar.
    """
    found = _ISO.fullmatch(value.strip())
    if found is None:
        raise ValueError(f"{value!r} is not a date like 2025-06-02")
    try:
        return date.fromisoformat(found.group(1))
    except ValueError:
        raise ValueError(f"{value!r} does not exist in the calendar") from None


def in_url(url: str | None) -> date | None:
    """The day in an address such as ``/2025/06/02/``; None if there is none."""
    found = _IN_URL.search(url or "")
    return _day(*map(int, found.groups())) if found else None


def in_text(text: str, blocks: Sequence[Block]) -> date | None:
    """The full date of a dateline or of a line of its own at the top of a text; None if there is none."""
    for block in blocks[:_TOP]:
        line = text[block.start : min(block.end, block.start + 150)]
        for pattern in _DATELINES:
            if found := pattern.match(line):
                return _written(found)
        if day := standing_alone(line):
            return day
    return None


def standing_alone(line: str) -> date | None:
    """The day of a line that holds a full date and nothing else ("Published: June 2, 2025"); None if it does not."""
    if len(line) < 60:
        for pattern in _ALONE:
            if found := pattern.fullmatch(line):
                return _written(found)
    return None


def _written(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    month = int(parts["number"]) if parts.get("number") else _MONTHS.index(parts["month"][:3].lower()) + 1
    return _day(int(parts["year"]), month, int(parts["day"]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
