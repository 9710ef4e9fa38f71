"""Phrases that say where in the calendar they are: days that share a month, bare years, decades, feasts, figures."""

from __future__ import annotations

import re
from dataclasses import replace

from rashomon.coding.calendar_words import FEAST, Signs, Unit
from rashomon.coding.time_phrases import Phrase, Phrases, calendar, full_year, group, number, told_part


def two_digits(row: Signs, found: re.Match[str]) -> Phrases:
    """Read "19 apr 89": the figures are the year only if no noun follows that they could count."""
    if row.line[found.end()] in "_cdnyY" and not row.word(found.end()).startswith(("-", "[", "]", "/", ";", ":", '"')):
        return ()
    return tuple(replace(p, year=full_year(row.numbers[found.end("short") - 1])) for p in calendar(row, found))


def shared(row: Signs, found: re.Match[str]) -> Phrases:
    """Days that share one month, before it or after it: a phrase each, the last with the rest of the words."""
    first, end = found.span("days")
    sure = "-" in found["days"] or row.line[first - 1] in "iu(" or first > found.start("month")
    if first > found.start("month") and "-" not in found["days"] and row.line[found.end()] in "_Pcdn":
        sure = row.word(found.end()).lower() in _AFTER_DAY
    if not sure:
        return ()
    (whole,) = calendar(row, found)
    at = [i for i in range(first, end) if row.line[i] in "dO"]
    phrases = [
        replace(whole, first=i, end=i + 1, unit=Unit.DAY, day=row.numbers[i], weekday=None, hours=False) for i in at
    ]
    phrases = [replace(p, first=p.first - (row.line[p.first - 1] == "t")) for p in phrases]
    phrases[0] = replace(phrases[0], first=found.start(), hours=whole.hours)
    phrases[-1] = replace(phrases[-1], end=found.end())
    return tuple(phrases)


# Words before a figure that make it a count or a name's number, and nouns after one that it counts.
_COUNTERS = frozenset(
    "than nearly almost some least most approximately roughly $ £ € # no number worth killed resolution flight "
    "regulation directive order road highway route law decree boeing airbus type model room article section".split()
)
_COUNTED = frozenset(
    "people men women troops soldiers civilians children dead wounded killed injured others m km kg feet ft meters "
    "metres miles hectares acres tons tonnes or more percent % dollars euros pounds hours hrs personnel police".split()
)


def bare_year(row: Signs, found: re.Match[str]) -> Phrases:
    """A year that stands alone, unless its neighbours make it a count or part of a name."""
    at = found.start("year")
    before, after = row.word(at - 1).lower(), row.word(found.end("year"))
    if before in _COUNTERS or after.lower() in _COUNTED:
        return ()
    plural = after.islower() and after.endswith("s") and after not in ("was", "is", "has", "as", "its", "s", "does")
    counts = plural and row.numbers[at] % 50 == 0 and row.line[at - 1] not in "it"
    return () if counts and not group(found, "era") else calendar(row, found)


def year_range(row: Signs, found: re.Match[str]) -> Phrases:
    """Read "1915-17": two years, the second with the century of the first."""
    year = row.numbers[found.start("year")]
    second = year - year % 100 + row.numbers[found.end() - 1]
    if second <= year:
        return ()
    cut = found.end() - 1
    return (
        Phrase(found.start(), cut - 1, Unit.YEAR, year=year),
        Phrase(cut, found.end(), Unit.YEAR, year=second),
    )


def decade(row: Signs, found: re.Match[str]) -> Phrases:
    """Read "the 1980s", "the mid-1990s"."""
    year = number(row, found, "decade")
    return (Phrase(*found.span(), Unit.DECADE, year=year, part=told_part(row, found)),)


def century(row: Signs, found: re.Match[str]) -> Phrases:
    """Read "the 19th century", "the fifth century BC"."""
    nth = number(row, found, "century") or 0
    if row.word(found.end("unit") - 1).lower() != "century":
        return ()
    year = 1 - 100 * nth if group(found, "era") == "B" else 100 * (nth - 1)
    return (Phrase(*found.span(), Unit.CENTURY, year=year, part=told_part(row, found)),)


def feast(row: Signs, found: re.Match[str]) -> Phrases:
    """Christmas, New Year's Eve and their like, which keep their day; with a year, if one follows."""
    named = FEAST.match(row.text, row.spans[found.start()][0])
    if named is None:
        return ()
    end = next(i for i in range(found.start(), len(row.spans)) if row.spans[i][1] >= named.end()) + 1
    year = row.numbers[end] if row.line[end] == "Y" else None
    if named["new"]:
        month, day = (12, 31) if named["last"] else (1, 1)
    else:
        month, day = 12, 24 if named["eve"] else 26 if named["boxing"] else 25
    return (Phrase(found.start(), end + (year is not None), Unit.DAY, year=year, month=month, day=day),)


def figures(row: Signs, found: re.Match[str]) -> Phrases:
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
    hours = bool(group(found, "tail"))
    return (Phrase(*found.span(), Unit.DAY, year=full_year(year), month=month, day=day, hours=hours),)


# What may follow the bare number of a day; a noun would be what it numbers.
_AFTER_DAY = frozenset("was were had when which that he she they it but as while".split())


def day_of_month(row: Signs, found: re.Match[str]) -> Phrases:
    """Read "on the 20th": nothing may follow that it could number (the 20th century, the 3rd Division)."""
    led = row.line[found.start() - 1] in "iu"
    closed = row.line[found.end()] in ",.)|iukzmtahq-" or row.word(found.end()).lower() in _AFTER_DAY
    if not (led and closed):
        return ()
    return (Phrase(*found.span(), Unit.DAY, day=row.numbers[found.start("day")]),)


def week_of_month(row: Signs, found: re.Match[str]) -> Phrases:
    """Read "the first week of May": its first seven days; "the last week": its last."""
    (month,) = calendar(row, found)
    return (replace(month, unit=Unit.WEEK, shift=number(row, found, "nth") or -1),)
