"""Words that name days, weeks, months or years, and which days those are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rashomon.coding.calendar_days import LATE, Stretch, edtf, told
from rashomon.coding.calendar_words import Signs, Unit, signs
from rashomon.coding.time_phrases import Part, Phrase, phrases
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
    reference = document.published or _dateline(row, found)
    days = resolved(row, found, reference)
    return tuple(_time(row, i, phrase, stretch) for i, (phrase, stretch) in enumerate(zip(found, days, strict=True), 1))


def _dateline(row: Signs, found: Sequence[Phrase]) -> date | None:
    """The first full date of a text, if it stands at the top."""
    for phrase in found:
        if row.starts[phrase.first] > row.starts[0] + _DATELINE:
            return None
        if phrase.year is not None and phrase.month is not None and phrase.day is not None and phrase.year > 0:
            (stretch,) = resolved(row, (phrase,), None)
            return told(stretch.first) if stretch is not None else None
    return None


def _time(row: Signs, number: int, phrase: Phrase, stretch: Stretch | None) -> Time:
    return Time(
        id=TimeId(f"t{number}"),
        span=row.span(phrase.first, phrase.end),
        earliest=told(stretch.first) if stretch is not None else None,
        latest=told(stretch.last) if stretch is not None else None,
        precision=_precision(phrase),
        value=edtf(stretch) if stretch is not None else None,
    )


def _precision(phrase: Phrase) -> Precision:
    if phrase.vague and phrase.unit > Unit.MONTH:
        return Precision.UNSPECIFIED_PAST
    match phrase.unit:
        case Unit.HOUR:
            return Precision.HOURS
        case Unit.DAY:
            if phrase.hours:
                return Precision.PART_OF_DAY
            return Precision.DAYS if phrase.length or phrase.vague else Precision.DAY
        case Unit.WEEKEND:
            return Precision.WEEKEND
        case Unit.WEEK:
            return Precision.WEEK
        case Unit.MONTH:
            return Precision.PART_OF_MONTH if phrase.part in (Part.EARLY, Part.MIDDLE, Part.LATE) else Precision.MONTH
        case Unit.SEASON:
            return Precision.SEASON
        case Unit.YEAR | Unit.DECADE | Unit.CENTURY:
            return Precision.YEAR
