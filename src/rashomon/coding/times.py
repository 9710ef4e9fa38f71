"""Words that name days, weeks, months or years, and which days those are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rashomon.coding.calendar_days import LAST_YEAR, Stretch, edtf, told
from rashomon.coding.calendar_words import Signs, Unit, signs
from rashomon.coding.time_grammar import phrases
from rashomon.coding.time_phrases import Part, Phrase
from rashomon.coding.time_resolution import resolved
from rashomon.model.document import Document
from rashomon.model.telling import Precision, Time, TimeId
from rashomon.model.text import Span

# A full date this near the beginning is the dateline of a text that came without its day of publication.
_DATELINE = 300


def times(document: Document, parts: Sequence[Span] | None = None) -> tuple[Time, ...]:
    """Every expression that names calendar days, weeks, months or years, in order, with the days it means.

    ``parts`` are the stretches of the text to read, the whole by default. Relative words count from ``published`` (or
    the dateline, or dates told before); where nothing anchors them their days are None. Ages and durations are none.
    """
    row = signs(document.text, parts)
    found = phrases(row)
    known = document.published is not None and document.published.year <= LAST_YEAR
    reference = document.published if known else _dateline(row, found)
    days = resolved(row, found, reference)
    return tuple(_time(row, i, phrase, stretch) for i, (phrase, stretch) in enumerate(zip(found, days, strict=True), 1))


def _dateline(row: Signs, found: Sequence[Phrase]) -> date | None:
    """The first full date of a text, if it stands at the top."""
    for phrase in found:
        if row.spans[phrase.first][0] > row.spans[0][0] + _DATELINE:
            return None
        if phrase.year is not None and phrase.month is not None and phrase.day is not None and phrase.year > 0:
            (stretch,) = resolved(row, (phrase,), None)
            return told(stretch.first) if stretch is not None else None
    return None


def _time(row: Signs, number: int, phrase: Phrase, stretch: Stretch | None) -> Time:
    # What begins before the year 1 has no first day in our calendar, so it is given no last one either.
    first = told(stretch.first) if stretch is not None else None
    return Time(
        id=TimeId(f"t{number}"),
        span=row.span(phrase.first, phrase.end),
        earliest=first,
        latest=told(stretch.last) if stretch is not None and first is not None else None,
        precision=_precision(phrase),
        value=edtf(stretch) if stretch is not None else None,
    )


_PRECISIONS = {
    Unit.HOUR: Precision.HOURS,
    Unit.DAY: Precision.DAY,
    Unit.WEEKEND: Precision.WEEKEND,
    Unit.WEEK: Precision.WEEK,
    Unit.MONTH: Precision.MONTH,
    Unit.SEASON: Precision.SEASON,
    Unit.YEAR: Precision.YEAR,
    Unit.DECADE: Precision.YEAR,
    Unit.CENTURY: Precision.YEAR,
}


def _precision(phrase: Phrase) -> Precision:
    """How finely a phrase tells its time."""
    if phrase.vague and phrase.unit > Unit.MONTH:
        return Precision.UNSPECIFIED_PAST
    if phrase.unit is Unit.DAY and phrase.hours:
        return Precision.PART_OF_DAY
    if phrase.unit is Unit.DAY and (phrase.length or phrase.vague):
        return Precision.DAYS
    if phrase.unit is Unit.MONTH and phrase.part in (Part.EARLY, Part.MIDDLE, Part.LATE):
        return Precision.PART_OF_MONTH
    return _PRECISIONS[phrase.unit]
