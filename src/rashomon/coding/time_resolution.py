"""Phrases to days: against the publication date, or against the times the text itself has told before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from rashomon.coding.calendar_days import Stretch, around, held, of_fields, of_season, stepped
from rashomon.coding.calendar_words import Signs, Unit
from rashomon.coding.tenses import Tense, tense
from rashomon.coding.time_phrases import Base, Part, Phrase
from rashomon.coding.utterances import utterances

# Swept 0.9 to 1.5 on twelve war histories: 1.0 to 1.3 alike; below and above, more months land in the wrong year.
BACKWARDS = 1.2


_FAR = 400  # days; more than any date without its year lies ahead


class Manner(StrEnum):
    """How a document tells its times."""

    NEWS = "news"  # from the day of telling: "on Monday", "last week"
    HISTORY = "history"  # from date to date: "In May 1940 ... on 10 May ... the next day"
    ADRIFT = "adrift"  # like news, but nobody knows of which day


@dataclass(frozen=True, slots=True)
class Ground:
    """What a document's phrases stand on: its words, its manner, the day of telling (held), whether that is known."""

    row: Signs
    how: Manner
    day: date | None
    dated: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What has been told so far: the time the story has come to, its last day, the last year named, and where."""

    last: Stretch | None = None
    day: Stretch | None = None
    year: int | None = None
    at: int = -1


def manner(phrases: Sequence[Phrase], reference: date | None) -> Manner:
    """How a document tells its times, by what it names: years far from its own day, or days counted from it."""
    told = [p for p in phrases if p.year is not None]
    far = [p for p in told if reference is None or abs((p.year or 0) - reference.year) > 1]
    near = [p for p in phrases if p.base is Base.TELLING and p.unit <= Unit.WEEK]
    near += [p for p in phrases if p.weekday is not None and p.day is None]
    if len(far) >= 5 and len(far) > 3 * len(near):
        return Manner.HISTORY
    return Manner.ADRIFT if reference is None else Manner.NEWS


def resolved(row: Signs, phrases: Sequence[Phrase], reference: date | None) -> tuple[Stretch | None, ...]:
    """The days of every phrase; None where nothing in the text, nor the day it was published, anchors them."""
    how = manner(phrases, reference)
    day = held(reference) if reference is not None and how is Manner.NEWS else None
    ground = Ground(row, how, day, reference is not None)
    spoken = utterances(row, phrases) if how is Manner.NEWS else {}
    told = Told()
    out: list[Stretch | None] = []
    for i, phrase in enumerate(phrases):
        following = phrases[i + 1] if i + 1 < len(phrases) else None
        said = _resolve(ground, phrases[spoken[i]], told) if i in spoken else None
        here = replace(ground, day=said.first) if said is not None else ground
        found = _resolve(here, _lent(row, phrase, following), told)
        if i and _apposed(row, phrases[i - 1], phrase):
            found = out[-1]
        if phrase.unit is Unit.HOUR and following is not None and _same_day(row, phrase, following):
            found = _resolve(ground, following, told) or found
        out.append(found)
        if found is not None:
            told = _after(row, told, found, phrase)
    return tuple(out)


def _after(row: Signs, told: Told, found: Stretch, phrase: Phrase) -> Told:
    """What has been told once this is told too; a year named in passing ("by 1976") does not move a finer story."""
    if found.unit >= Unit.DECADE:
        return told
    finer = told.last is not None and told.last.unit < Unit.YEAR
    if finer and found.unit is Unit.YEAR and (told.year == found.year or not _leads(row, phrase)):
        return replace(told, year=found.year)
    day = found if found.unit <= Unit.DAY and found.first == found.last else told.day
    return Told(found, day, found.year, phrase.first)


def _leads(row: Signs, phrase: Phrase) -> bool:
    """Whether a phrase opens its sentence, or is a heading."""
    return any(sign in "|." for sign in row.line[max(0, phrase.first - 2) : phrase.first]) or phrase.first < 2


def _lent(row: Signs, phrase: Phrase, following: Phrase | None) -> Phrase:
    """The phrase, with the year of the one it is joined to ("between 11 May and 3 June 1967")."""
    if phrase.year is not None or phrase.month is None or phrase.base is not Base.CALENDAR or following is None:
        return phrase
    between = row.line[phrase.end : following.first]
    if following.year is None or following.month is None or len(between) > 4 or set(between) - set("k-,iut"):
        return phrase
    return replace(phrase, year=following.year - (phrase.month > following.month))


def _apposed(row: Signs, named: Phrase, phrase: Phrase) -> bool:
    """Whether a step only explains the day before it ("on Tuesday, the day before the vote")."""
    step = phrase.base is Base.STORY and phrase.unit is Unit.DAY and row.line[phrase.end - 1] in "mz"
    open_end = row.line[phrase.end] not in ".,|)ik"
    return step and open_end and named.unit is Unit.DAY and row.line[named.end : phrase.first] in (",", "-")


def _same_day(row: Signs, clock: Phrase, following: Phrase) -> bool:
    """Whether a time of the clock belongs to the day named right after it ("at 5 a.m. on Monday")."""
    between = row.line[clock.end : following.first]
    return following.unit is Unit.DAY and following.base is Base.CALENDAR and len(between) < 6 and "." not in between


def _resolve(ground: Ground, phrase: Phrase, told: Told) -> Stretch | None:
    if phrase.vague:
        return None
    named = (phrase.weekday, phrase.season, phrase.month, phrase.back) != (None, None, None, None)
    if phrase.base is not Base.CALENDAR and not named:
        return _counted(ground, phrase, told)
    if phrase.year is not None:
        return _fields(phrase, phrase.year)
    if phrase.back is not None:
        from_day = phrase.base is Base.TELLING and ground.day is not None
        year = around(ground.day, Unit.YEAR).year if from_day and ground.day is not None else told.year
        return _fields(phrase, year + phrase.back) if year is not None else None
    if phrase.weekday is not None and phrase.month is None:
        return _weekday(ground, phrase, told)
    if phrase.day is not None and phrase.month is None:
        return _bare_day(ground, phrase, told)
    return _yearless(ground, phrase, told)


def _fields(phrase: Phrase, year: int) -> Stretch | None:
    """A phrase with its year."""
    if phrase.season is not None:
        return of_season(year, phrase.season)
    if phrase.unit in (Unit.DECADE, Unit.CENTURY):
        whole = of_fields(year)
        return around(whole.first, phrase.unit) if whole is not None else None
    month = of_fields(year, phrase.month, phrase.day)
    if phrase.unit is not Unit.WEEK or month is None:
        return month
    first = month.last - timedelta(6) if phrase.shift < 0 else month.first + timedelta(7 * phrase.shift - 7)
    return Stretch(first, min(first + timedelta(6), month.last), Unit.WEEK)


def _anchor(ground: Ground, phrase: Phrase, told: Told) -> date | None:
    """The day a relative phrase counts from: of telling, or the last told that is fine enough to count from."""
    day = ground.day
    if phrase.base is Base.TELLING and day is not None:
        return day
    if phrase.base is Base.TELLING and (not ground.dated or phrase.unit <= Unit.WEEKEND):
        return None
    if phrase.unit <= Unit.WEEK:
        return told.day.first if told.day is not None else day
    if told.last is None or (told.last.unit > phrase.unit):
        return day
    return told.last.first


def _counted(ground: Ground, phrase: Phrase, told: Told) -> Stretch | None:
    """Phrases that count from an anchor: "last week", "two days later", "the past two weeks"."""
    anchor = _anchor(ground, phrase, told)
    if anchor is None:
        return None
    if phrase.length:
        other = stepped(anchor, phrase.unit, phrase.length) if phrase.unit <= Unit.WEEK else None
        if other is None:
            other = _same_day_of_month(anchor, phrase.unit, phrase.length)
        return Stretch(min(anchor, other), max(anchor, other), phrase.unit)
    if phrase.unit is Unit.WEEKEND:
        return _weekend(ground.row, phrase, anchor)
    found = around(stepped(anchor, phrase.unit, phrase.shift), phrase.unit)
    if phrase.unit is Unit.WEEK and phrase.part is Part.SO_FAR:
        return replace(found, last=min(found.last, anchor))
    if phrase.unit is Unit.WEEK and phrase.part is Part.REST:
        return replace(found, first=max(found.first, anchor))
    return found


def _same_day_of_month(anchor: date, unit: Unit, steps: int) -> date:
    """The anchor's day so many months or years away, or the last day of a shorter month."""
    month = around(stepped(anchor, unit, steps), Unit.MONTH)
    return month.first.replace(day=min(anchor.day, month.last.day))


def _weekend(row: Signs, phrase: Phrase, anchor: date) -> Stretch:
    """The weekend begun last, or the coming one where the words speak of what is to come."""
    found = around(anchor, Unit.WEEKEND)
    running = anchor.weekday() in (5, 6)
    coming = phrase.shift > 0 or (
        not running and phrase.shift == 0 and tense(row, phrase.first, phrase.end) is Tense.FUTURE
    )
    weeks = 1 if coming else -1 if phrase.shift < 0 and running else 0
    return Stretch(found.first + timedelta(7 * weeks), found.last + timedelta(7 * weeks), Unit.WEEKEND)


def _weekday(ground: Ground, phrase: Phrase, told: Told) -> Stretch | None:
    """The last such day not after the day of telling; the next one if the words speak of what is to come."""
    day = ground.day
    anchor = told.day.first if phrase.base is Base.STORY and told.day is not None else day
    if anchor is None or phrase.weekday is None:
        return None
    back = (anchor.weekday() - phrase.weekday) % 7
    if phrase.base is Base.TELLING and not phrase.shift:
        back = anchor.weekday() - phrase.weekday  # "this Friday" is the one of this week
    elif phrase.base is not Base.CALENDAR and phrase.shift:
        back = (back or 7) if phrase.shift < 0 else back - 7
    elif phrase.base is not Base.STORY and back and tense(ground.row, phrase.first, phrase.end) is Tense.FUTURE:
        back -= 7
    return around(anchor - timedelta(back), Unit.DAY)


def _bare_day(ground: Ground, phrase: Phrase, told: Told) -> Stretch | None:
    """Read "the 20th": of the month told of last, else the last 20th not after the day of telling."""
    day = ground.day
    if phrase.day is None:
        return None
    if told.last is not None and told.last.unit <= Unit.MONTH:
        return of_fields(told.last.year, told.last.first.month, phrase.day)
    if day is None:
        return None
    month = day if phrase.day <= day.day else stepped(day, Unit.MONTH, -1)
    return of_fields(around(month, Unit.YEAR).year, month.month, phrase.day)


def _yearless(ground: Ground, phrase: Phrase, told: Told) -> Stretch | None:
    """A month, a day of a month or a season without its year."""
    day = ground.day
    if day is not None and not _joined(ground.row, phrase, told):
        return _from_telling(ground.row, phrase, day)
    if told.last is None or (ground.how is Manner.ADRIFT and "|" in ground.row.line[told.at : phrase.first]):
        return None
    return _from_story(phrase, told.last)


def _joined(row: Signs, phrase: Phrase, told: Told) -> bool:
    """Whether the sentence has just told a date, so that this one goes with it."""
    if told.last is None or told.last.unit > Unit.MONTH:
        return False
    return not set(row.line[told.at : phrase.first]) & set("|.")


def _from_telling(row: Signs, phrase: Phrase, day: date) -> Stretch | None:
    """The last such not after the day of telling, or the next where it is near at hand or the words say so."""
    year = around(day, Unit.YEAR).year
    if phrase.base is not Base.CALENDAR and phrase.shift > 0:
        return next((s for s in (_fields(phrase, year), _fields(phrase, year + 1)) if s and s.first > day), None)
    choices = [s for s in (_fields(phrase, year + n) for n in (-1, 0, 1)) if s is not None]
    if phrase.weekday is not None:
        choices = [s for s in choices if s.first.weekday() == phrase.weekday] or choices
    gone = [s for s in choices if s.first <= day]
    coming = [s for s in choices if s.first > day]
    spoken = tense(row, phrase.first, phrase.end)
    ahead = (coming[0].first - day).days if coming else _FAR
    # A day that was a moment ago is not announced for next year; nobody leaves out the year of one so far ahead.
    near = ahead <= (_FAR if phrase.unit is not Unit.DAY else 300 if spoken is Tense.FUTURE else 45)
    if coming and phrase.shift == 0 and near and (spoken is Tense.FUTURE or (spoken is None and ahead <= 45)):
        return coming[0]
    if phrase.shift < 0:
        gone = [s for s in gone if s.last < day]
    return gone[-1] if gone else None


def _from_story(phrase: Phrase, last: Stretch) -> Stretch | None:
    """The one that goes with the time told last: of its year, or over the turn of the year where that is nearer."""
    if last.unit >= Unit.YEAR and (same := _fields(phrase, last.year)) is not None:
        return same
    choices = [s for s in (_fields(phrase, last.year + n) for n in (0, 1, -1)) if s is not None]
    return min(choices, key=lambda s: _distance(last, s), default=None)


def _distance(last: Stretch, found: Stretch) -> float:
    """How far apart in months; what lies back counts for more, since histories go on."""
    months = (found.first.year - last.first.year) * 12 + found.first.month - last.first.month
    return months if months >= 0 else -BACKWARDS * months
