"""The page on which people decide: one case at a time, the least certain first, and what was decided so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rashomon import deciding, review, words
from rashomon.errors import Unknown
from rashomon.export.tables import Cell
from rashomon.ledger.book import Doubt, Ledger
from rashomon.model.incident import Tie
from rashomon.model.judgement import Judgement, JudgementId, Sense, Verdict
from rashomon.review.agreement import Agreement
from rashomon.web.address import path
from rashomon.web.cases import Case, of_pair, of_words
from rashomon.web.security import current

RECENT = 100  # judgements that the page lists; the CSV and JSON twins have all


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


def reviewed(ledger: Ledger, skip: int, reviewers: int, asked: Case | None = None) -> Review:
    """The page of whoever asks; ``skip`` cases are passed over, ``reviewers`` are asked of each.

    A case that somebody ``asked`` for comes before the queue.
    """
    every = ledger.judgements()
    person = current()
    waiting = deciding.queue(ledger, person.name, reviewers=reviewers)
    mine = [one for one in review.standing(every) if one.by == person.name]
    one = waiting[skip] if skip < len(waiting) and asked is None else None
    return Review(
        asked if one is None else _case(ledger, one),
        ledger.doubted(reviewers=reviewers) if len(waiting) >= deciding.PAGE else len(waiting),
        skip,
        mine[-1].id if mine else None,
        tuple(reversed(every)),
        review.disputed(every),
        review.agreement(every),
    )


def _case(ledger: Ledger, one: Doubt | Tie) -> Case | None:
    try:
        if isinstance(one, Doubt):
            return of_words(ledger, one.document, one.part, one.span, one.sure)
        return of_pair(ledger, one.earlier, one.telling, one)
    except Unknown:
        return None


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
