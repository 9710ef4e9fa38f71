"""The page on which people decide: one case at a time, the least certain first, and what was decided so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rashomon import deciding, review, words
from rashomon.errors import Unknown
from rashomon.export.tables import Cell
from rashomon.ledger.book import Doubt, Ledger
from rashomon.model.incident import Incident, TellingKey, Tie
from rashomon.model.judgement import Judgement, JudgementId, Part, Sense, Verdict
from rashomon.model.text import Span
from rashomon.review.agreement import Agreement
from rashomon.web.address import path
from rashomon.web.security import current

AROUND = 320  # characters before and after the words in question
RECENT = 100  # judgements that the page lists; the CSV and JSON twins have all


@dataclass(frozen=True, slots=True)
class Side:
    """One of two tellings: its incident, what it tells of it, and the words."""

    telling: TellingKey
    incident: Incident
    headline: str
    days: str
    path: str


@dataclass(frozen=True, slots=True)
class Case:
    """What is asked: of words in their place, or of two tellings. ``sure`` is how sure the machine is, in per cent."""

    question: str
    sure: int
    part: Part | None = None
    document: str = ""
    title: str = ""
    span: Span | None = None
    before: str = ""
    quote: str = ""
    after: str = ""
    read: str = ""
    path: str = ""
    sides: tuple[Side, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def choices(self) -> tuple[tuple[str, str, str], ...]:
        """What can be said: verdict, key, word."""
        if self.sides:
            return ("same_incident", "s", "same"), ("different_incident", "d", "different"), ("unsure", "?", "unsure")
        return ("accept", "a", "right"), ("reject", "r", "wrong"), ("unsure", "?", "unsure")

    @property
    def fields(self) -> tuple[tuple[str, str, str], ...]:
        """What can be corrected: the field, what it is called, the kind of input."""
        match self.part:
            case Part.SPEAKER:
                return (("name", "who is speaking", "text"),)
            case Part.FIGURE:
                return ("low", "at least", "number"), ("high", "at most", "number"), ("kind", "what is counted", "text")
            case Part.DAY:
                return ("earliest", "first day", "date"), ("latest", "last day", "date")
            case Part.PLACE:
                return ("name", "which place", "text"), ("lat", "latitude", "number"), ("lon", "longitude", "number")
            case Part.KIND:
                return (("kind", "code of the kind", "text"),)
        return ()


@dataclass(frozen=True, slots=True)
class Line:
    """A judgement as the page lists it."""

    judgement: Judgement
    what: str
    about: str
    path: str
    standing: bool


@dataclass(frozen=True, slots=True)
class Review:
    """The case on top of somebody's queue, and what was decided."""

    template: ClassVar[str] = "review.html"
    title: ClassVar[str] = "Review"

    case: Case | None
    left: int
    skip: int
    last: JudgementId | None
    judgements: tuple[Judgement, ...]
    disputed: tuple[tuple[Judgement, ...], ...]
    agreement: tuple[Agreement, ...]

    @property
    def lines(self) -> Iterator[Line]:
        """The newest judgements."""
        standing = {one.id for one in review.standing(self.judgements)}
        for one in self.judgements[:RECENT]:
            yield Line(one, words.verdict(one.verdict), *_about(one), one.id in standing)

    @property
    def disputes(self) -> Iterator[tuple[Line, ...]]:
        """What reviewers disagree on."""
        for group in self.disputed:
            yield tuple(Line(one, _said(one), *_about(one), standing=True) for one in group)

    def record(self) -> object:
        """The JSON twin: the judgements as `rashomon decisions --json` prints them, and what waits."""
        return {
            "schema": "rashomon/judgements/1",
            "left": self.left,
            "case": self.case,
            "disputed": self.disputed,
            "agreement": self.agreement,
            "judgements": self.judgements,
        }

    def header(self) -> Sequence[str]:
        """The columns of a judgement."""
        return ("id", "verdict", "subjects", "by", "at", "reason", "replaces", "document", "part", "start", "end",
                "quote", "before", "after", "settles")  # fmt: skip

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row a judgement; offsets are code points."""
        for one in self.judgements:
            about = one.about
            told: tuple[Cell, ...] = (None,) * 5
            if about is not None:
                told = (about.document, str(about.part), about.span.start, about.span.end, about.quote)
            replaced = None if one.replaces is None else int(one.replaces)
            senses = (_sense(one.before), _sense(one.after))
            yield (int(one.id), str(one.verdict), "; ".join(one.subjects), one.by, one.at.isoformat(), one.reason,
                   replaced, *told, *senses, one.settles)  # fmt: skip


def reviewed(ledger: Ledger, skip: int, reviewers: int) -> Review:
    """The page of whoever asks; ``skip`` cases are passed over, ``reviewers`` are asked of each."""
    every = ledger.judgements()
    person = current()
    waiting = deciding.queue(ledger, person.name, reviewers=reviewers)
    mine = [one for one in review.standing(every) if one.by == person.name]
    one = waiting[skip] if skip < len(waiting) else None
    return Review(
        None if one is None else _case(ledger, one),
        ledger.doubted(reviewers=reviewers) if len(waiting) >= deciding.PAGE else len(waiting),
        skip,
        mine[-1].id if mine else None,
        tuple(reversed(every)),
        review.disputed(every),
        review.agreement(every),
    )


def _case(ledger: Ledger, one: Doubt | Tie) -> Case | None:
    try:
        return _pair(ledger, one) if isinstance(one, Tie) else _words(ledger, one)
    except Unknown:
        return None


def _words(ledger: Ledger, doubt: Doubt) -> Case:
    reading = ledger.reading(doubt.document)
    text, span = reading.document.text, doubt.span
    meant = review.sense(reading, review.about(reading, doubt.part, span))
    return Case(
        words.part(doubt.part),
        round(doubt.sure * 100),
        doubt.part,
        doubt.document,
        reading.document.title or doubt.document,
        span,
        _cut(text[max(0, span.start - AROUND) : span.start], start=span.start > AROUND),
        span.of(text),
        _cut(text[span.end : span.end + AROUND], end=span.end + AROUND < len(text)),
        words.sense(meant) if meant is not None else "an account" if doubt.part is Part.CLAIM else "nothing",
        f"{path('document', doubt.document)}?c={span.start}-{span.end}#c={span.start}-{span.end}",
    )


def _pair(ledger: Ledger, tie: Tie) -> Case:
    sides = tuple(_side(ledger, name) for name in (tie.earlier, tie.telling))
    reasons = tuple(f"{one.words} ({one.weight:+.1f})" for one in tie.reasons)
    return Case("same incident", round(tie.score * 100), sides=sides, reasons=reasons)


def _side(ledger: Ledger, name: TellingKey) -> Side:
    incident = ledger.incident(name)
    days = words.days(incident.earliest, incident.latest)
    return Side(name, incident, words.headline(incident), days, path("document", name.rpartition("#")[0]))


def _cut(text: str, *, start: bool = False, end: bool = False) -> str:
    return f"{'… ' if start else ''}{text}{' …' if end else ''}"


def _about(one: Judgement) -> tuple[str, str]:
    """What a judgement is about, and where that is."""
    if one.about is not None:
        start, end = one.about.span
        named = f"“{one.about.quote}”{f' → {words.sense(one.after)}' if one.after is not None else ''}"
        return named, f"{path('document', one.about.document)}?c={start}-{end}#c={start}-{end}"
    if one.replaces is not None:
        return f"judgement {one.replaces}", ""
    first = one.subjects[0] if one.subjects else ""
    incident = one.verdict in (Verdict.SAME_INCIDENT, Verdict.DIFFERENT_INCIDENT, Verdict.UNSURE)
    return ", ".join(one.subjects), path("incident", first) if incident and first else ""


def _said(one: Judgement) -> str:
    return f"{words.verdict(one.verdict)}{f' to {words.sense(one.after)}' if one.after is not None else ''}"


def _sense(one: Sense | None) -> str | None:
    return None if one is None else words.sense(one)
