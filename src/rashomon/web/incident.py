"""The page of an incident: its accounts side by side, the words they stand on, how it was told, what was decided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rashomon import words
from rashomon.export import tables
from rashomon.export.geojson import scenes
from rashomon.export.tables import Cell
from rashomon.ledger.book import Ledger, Paper
from rashomon.ledger.entries import Entry
from rashomon.model.document import DocumentId
from rashomon.model.incident import Answer, Comparison, Evidence, Incident, Tie
from rashomon.model.judgement import Judgement, Part, Verdict
from rashomon.model.telling import ClaimId
from rashomon.web.address import path
from rashomon.web.cases import asking, pairing
from rashomon.web.matrix import By, Matrix, Papers, Tally, anchor, matrix, tallies
from rashomon.web.story import Story, quoted, stories
from rashomon.web.view import Item

Cited = Mapping[tuple[DocumentId, ClaimId], Entry]
# Words of an answer that the page shows; the others are on the page of all accounts.
MOST_QUOTES = 6
# Voices of an answer that are named beside it, and documents that are listed.
MOST_SPEAKERS = 8
MOST_PAPERS = 40
# Characters of a sentence before and after the words of an answer.
AROUND = 240
# What is asked of the words of an answer; of those of a figure, how many.
ASKED = {"place": Part.PLACE, **dict.fromkeys(("occurrence", "perpetrator", "cause", "date", "terms"), Part.CLAIM)}
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’')]*\s+|\n\s*")


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of an answer: who says so by which word, where it is printed, how many copies print it too.

    ``before`` and ``after`` are the rest of their sentence; ``lost`` where the document no longer holds the words;
    ``reviewed`` says what a person decided of them, ``asked`` is where somebody may decide.
    """

    text: str
    before: str
    after: str
    lost: bool
    path: str
    voice: str
    source: str
    cue: str
    own: bool
    outlet: str
    paper: str
    day: str
    copies: int
    reviewed: str
    asked: str


@dataclass(frozen=True, slots=True)
class Strip:
    """An answer with its evidence."""

    anchor: str
    question: str
    sign: str
    finding: str
    answer: Answer
    words: str
    quotes: tuple[Quote, ...]
    more: int

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who gives it, as many as are named."""
        return self.answer.voices[:MOST_SPEAKERS]

    @property
    def denied(self) -> bool:
        """Whether it says that it is not so."""
        return words.denied(self.answer)


@dataclass(frozen=True, slots=True)
class Event:
    """A line of an incident's history: who, when, what, why; ``asked`` is where somebody may decide otherwise."""

    who: str
    when: str
    what: str
    why: str
    number: int | None
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """An incident with all that its pages show beside it; ``asked`` is the id it was asked for by."""

    template: ClassVar[str] = "incident.html"

    incident: Incident
    asked: str
    by: By
    papers: Papers
    cited: Cited
    texts: Mapping[DocumentId, str]
    printings: Mapping[DocumentId, int]
    ties: tuple[Tie, ...]
    names: frozenset[str]
    judgements: tuple[Judgement, ...]

    @property
    def title(self) -> str:
        """What it is."""
        return f"{words.headline(self.incident)} · {self.incident.id}"

    @property
    def moved(self) -> str | None:
        """The id it was asked for by, if that is an earlier one."""
        return self.asked if self.asked not in ("", self.incident.id) else None

    @property
    def matrix(self) -> Matrix:
        """Its accounts side by side."""
        return matrix(self.incident, self.papers, self.by)

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """How many questions came out how."""
        return tallies(self.incident)

    @property
    def stories(self) -> tuple[Story, ...]:
        """How its figures were told over time."""
        return stories(self.incident)

    @property
    def strips(self) -> Iterator[Strip]:
        """Its answers with their words, as many as a page holds."""
        return (_strip(asked, number, one, self) for asked, number, one in _answers(self.incident))

    @property
    def placed(self) -> bool:
        """Whether it has a place on the map."""
        return bool(scenes(self.incident))

    @property
    def history(self) -> tuple[Event, ...]:
        """What people decided of it, and why the machine held its tellings together; the newest first."""
        every = {int(one.id): one for one in (*self.judgements, *self.incident.judgements)}
        decided = [_decided(every[number]) for number in sorted(every, reverse=True)]
        return (*decided, *map(_tied, self.ties))

    @property
    def printed(self) -> tuple[Paper, ...]:
        """The documents that tell of it, in its order."""
        return tuple(self.papers[name] for name in self.incident.documents if name in self.papers)

    @property
    def listed(self) -> tuple[Paper, ...]:
        """As many of its documents as the page lists."""
        return self.printed[:MOST_PAPERS]

    @property
    def different(self) -> int:
        """How many different texts these documents print."""
        return len(self.printings)

    @property
    def voices(self) -> tuple[str, ...]:
        """Who says something of it."""
        return tables.voices(self.incident.comparisons)

    def shown(self) -> Sequence[Incident]:
        """The incident."""
        return (self.incident,)

    def feed(self) -> Iterator[Item]:
        """One entry for each document that tells of it."""
        for paper in self.printed:
            named = paper.title or paper.id
            yield Item(paper.id, path("document", paper.id), named, paper.published, paper.outlet or "no outlet")

    def record(self) -> object:
        """The JSON twin: the incident as `rashomon show --json` prints it."""
        return self.incident

    def header(self) -> Sequence[str]:
        """The columns of an answer."""
        return [column.name for column in tables.ANSWERS.columns]

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row an answer."""
        return (tables.answer(self.incident, asked, number, one) for asked, number, one in _answers(self.incident))


@dataclass(frozen=True, slots=True)
class Accounts:
    """Every time that an answer of an incident is told."""

    template: ClassVar[str] = "accounts.html"
    columns: ClassVar[tuple[str, ...]] = (
        "question", "relation", "number", "answer", "denied", "unverified", "superseded", "voice", "own_words",
        "source", "cue", "words", "document", "outlet", "published", "start", "end",
    )  # fmt: skip

    case: Case

    @property
    def title(self) -> str:
        """Whose accounts."""
        return f"Accounts of {self.case.incident.id}"

    @property
    def strips(self) -> Iterator[Strip]:
        """The answers with all their words."""
        return (
            _strip(asked, number, one, self.case, whole=True) for asked, number, one in _answers(self.case.incident)
        )

    def record(self) -> object:
        """The JSON twin."""
        return {
            "schema": "rashomon/accounts/1",
            "incident": self.case.incident.id,
            "accounts": [dict(zip(self.columns, row, strict=True)) for row in self.rows()],
        }

    def header(self) -> Sequence[str]:
        """The columns of an account."""
        return self.columns

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row for each time that an answer is told; offsets are code points."""
        for asked, number, one in _answers(self.case.incident):
            for words_ in one.claims:
                yield _row(asked, number, one, words_, self.case)


@dataclass(frozen=True, slots=True)
class History:
    """What was decided of an incident, and why its tellings are held to be of one."""

    template: ClassVar[str] = "history.html"

    case: Case

    @property
    def title(self) -> str:
        """Whose history."""
        return f"History of {self.case.incident.id}"

    def record(self) -> object:
        """The JSON twin."""
        return {
            "schema": "rashomon/history/1",
            "incident": self.case.incident.id,
            "names": sorted(self.case.names),
            "judgements": self.case.judgements,
            "ties": self.case.ties,
        }

    def header(self) -> Sequence[str]:
        """The columns of an event."""
        return ("judgement", "who", "when", "what", "why")

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row an event."""
        return ((one.number, one.who, one.when, one.what, one.why) for one in self.case.history)


def case(ledger: Ledger, name: str, by: By = By.VOICES, asked: str = "") -> Case:
    """An incident by any id ever given to it. Raises errors.Unknown."""
    incident = ledger.incident(name)
    names, papers = ledger.names(incident), ledger.papers(incident.documents)
    return Case(
        incident,
        asked,
        by,
        papers,
        ledger.cited(incident),
        ledger.texts(incident.documents),
        Counter(paper.origin for paper in papers.values()),
        ledger.ties(incident),
        names,
        _about(ledger.judgements(), names | frozenset(incident.tellings)),
    )


def _about(judgements: Sequence[Judgement], names: frozenset[str]) -> tuple[Judgement, ...]:
    """The judgements on some tellings, and those that undo them."""
    found: dict[int, Judgement] = {}
    for one in judgements:
        if names.intersection(one.subjects) or (one.replaces is not None and int(one.replaces) in found):
            found[int(one.id)] = one
    return tuple(found.values())


def _answers(incident: Incident) -> Iterator[tuple[Comparison, int, Answer]]:
    for asked in incident.comparisons:
        for number, one in enumerate(asked.answers, 1):
            yield asked, number, one


def _strip(asked: Comparison, number: int, one: Answer, of: Case, *, whole: bool = False) -> Strip:
    """An answer with its words: ``whole`` with all of them, else as many as a page holds, and copies only once."""
    originals: dict[tuple[str, str, bool], Evidence] = {}
    for told in one.claims:
        paper = of.papers.get(told.document)
        originals.setdefault((paper.origin if paper else told.document, told.text, told.own), told)
    kept = one.claims if whole else tuple(originals.values())
    most = len(kept) if whole else MOST_QUOTES
    return Strip(
        anchor(asked.question, number),
        words.question(asked.question),
        words.sign(asked.relation),
        words.finding(asked.relation),
        one,
        words.answer(one),
        tuple(_quote(words_, one, of, asked.question) for words_ in kept[:most]),
        max(0, len(kept) - most),
    )


def _quote(one: Evidence, of: Answer, case: Case, question: str) -> Quote:
    entry = None if one.claim is None else case.cited.get((one.document, one.claim))
    paper = case.papers.get(one.document)
    origin = paper.origin if paper else one.document
    before, after = _around(one, case.texts.get(one.document, ""))
    return Quote(
        one.text,
        before,
        after,
        one.span.of(case.texts.get(one.document, one.text)) != one.text,
        quoted(one),
        one.voice or ", ".join(of.voices),
        entry.source if entry else "",
        entry.cue if entry else "",
        one.own,
        (paper.outlet if paper else None) or "no outlet",
        (paper.title if paper else None) or one.document,
        words.day(one.published),
        case.printings[origin] - 1 if paper else 0,
        words.reviewed(one),
        asking(one.document, ASKED.get(question, Part.FIGURE), one.span),
    )


def _around(one: Evidence, text: str) -> tuple[str, str]:
    """The rest of the sentence that an answer's words stand in, cut where it is long."""
    if one.span.of(text) != one.text:
        return "", ""
    start, end = max(0, one.span.start - AROUND), min(len(text), one.span.end + AROUND)
    before = SENTENCE_END.split(text[start : one.span.start])[-1]
    cut = SENTENCE_END.search(text, one.span.end, end)
    after = text[one.span.end : cut.start() + 1 if cut else end]
    if start and len(before) == one.span.start - start:
        before = "… " + before.partition(" ")[2]
    if cut is None and end < len(text):
        after = after.rpartition(" ")[0] + " …"
    return before, after


def _row(asked: Comparison, number: int, one: Answer, told: Evidence, of: Case) -> tuple[Cell, ...]:
    quote = _quote(told, one, of, asked.question)
    return (
        *(asked.question, str(asked.relation), number, words.answer(one)),
        *(words.denied(one), one.unverified, one.superseded),
        *(quote.voice, quote.own, quote.source or None, quote.cue or None, quote.text),
        *(told.document, quote.outlet, told.published, told.span.start, told.span.end),
    )


def _decided(one: Judgement) -> Event:
    what = f"{words.verdict(one.verdict)}: {', '.join(one.subjects)}"
    if one.about is not None:
        after = f" → {words.sense(one.after)}" if one.after is not None else ""
        was = f"; the machine read {words.sense(one.before)}" if one.before is not None else ""
        what = f"{words.verdict(one.verdict)}, {words.part(one.about.part)}: “{one.about.quote}”{after}{was}"
    if one.verdict is Verdict.UNDO:
        what = f"undid judgement {one.replaces}"
    return Event(one.by, f"{one.at:%Y-%m-%d %H:%M}Z", what, one.reason, int(one.id))


def _tied(tie: Tie) -> Event:
    reasons = sorted(tie.reasons, key=lambda reason: -abs(reason.weight))
    why = "; ".join(f"{reason.words} ({reason.weight:+.1f})" for reason in reasons)
    what = f"{tie.telling} goes on from {tie.earlier}, {tie.score:.0%} sure"
    return Event("machine", "", what, why, None, pairing(tie.earlier, tie.telling))
