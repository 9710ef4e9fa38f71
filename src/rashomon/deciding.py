"""Decisions on words: checked, written down, and put into what the ledger shows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rashomon import review
from rashomon.gathering import INDEXING, Undecidable, gather, regather
from rashomon.knowledge.kinds import kinds
from rashomon.knowledge.locating import located
from rashomon.ledger import Ledger
from rashomon.ledger.book import Doubt
from rashomon.model.document import DocumentId
from rashomon.model.incident import Tie
from rashomon.model.judgement import About, Judgement, JudgementId, Part, Sense, Verdict
from rashomon.model.reading import Reading
from rashomon.model.text import Span

ON_WORDS = (Verdict.ACCEPT, Verdict.REJECT, Verdict.CORRECT, Verdict.ADD, Verdict.UNSURE)
LONGEST = 2000  # characters of a reason, a name
EVEN = 0.75  # ties surer than this are not asked about
PAGE = 200


@dataclass(frozen=True, slots=True)
class Ruled:
    """What somebody says of some words of a document; ``source`` and ``cue`` where they add a claim."""

    document: str
    part: Part
    span: Span
    verdict: Verdict
    after: Sense | None = None
    source: Span | None = None
    cue: Span | None = None
    settles: bool = False


def rule(ledger: Ledger, said: Ruled, *, by: str, reason: str, at: datetime, dry: bool = False) -> Judgement:
    """Write down what somebody decided of some words, and apply it; ``dry`` only says what it would be.

    Raises errors.Unknown if there is no such document, Undecidable if it says nothing that could be applied.
    """
    _signed(by, reason)
    reading = ledger.reading(said.document)
    judgement = Judgement(
        JudgementId(0), said.verdict, (), by, at, reason, None, *_worded(reading, said), settles=said.settles
    )
    if dry:
        return judgement
    gather(ledger)
    with ledger.gathering(INDEXING) as book:
        made = book.decide(judgement)
        regather(book, (reading.document.id,))
    return made


def amended(ledger: Ledger, name: str) -> Reading:
    """The current reading of a document with what people decided put in. Raises errors.Unknown."""
    reading = ledger.reading(name)
    return review.amend(reading, ledger.judgements(reading.document.id))


def attest(ledger: Ledger, *, by: str, what: str, body: dict[str, str], at: datetime) -> None:
    """Add to the audit trail that somebody did something that is no judgement: made an account, changed a role."""
    with ledger.gathering(INDEXING) as book:
        book.attest(by, what, json.dumps(body, ensure_ascii=False, sort_keys=True), at)


def queue(ledger: Ledger, by: str, *, reviewers: int = 1, skip: int = 0) -> tuple[Doubt | Tie, ...]:
    """What waits for somebody to decide, the least sure first: words, and tellings joined by a narrow margin.

    What they decided or left open themselves is not shown to them again; ``skip`` passes over so many.
    """
    mine = [one for one in review.standing(ledger.judgements()) if one.by == by]
    spans: dict[tuple[DocumentId, Part], list[Span]] = defaultdict(list)
    for one in mine:
        if one.about is not None:
            spans[one.about.document, one.about.part].append(one.about.span)
    words = [
        one
        for one in ledger.doubts(reviewers=reviewers, limit=PAGE + len(mine))
        if not any(span.overlaps(one.span) for span in spans[one.document, one.part])
    ]
    asked = {frozenset(one.subjects) for one in mine if one.verdict is Verdict.UNSURE}
    ties = [tie for tie in ledger.uneven(limit=PAGE + len(mine)) if tie.score < EVEN]
    uneven = [tie for tie in ties if frozenset((tie.telling, tie.earlier)) not in asked]
    waiting: list[Doubt | Tie] = [*words, *uneven]
    return tuple(sorted(waiting, key=_sureness)[skip:])


def unsure(ledger: Ledger, subjects: Sequence[str], *, by: str, reason: str, at: datetime) -> Judgement:
    """Write down that somebody looked at two tellings and could not say."""
    _signed(by, reason)
    with ledger.gathering(INDEXING) as book:
        return book.decide(Judgement(JudgementId(0), Verdict.UNSURE, tuple(subjects), by, at, reason))


def _sureness(one: Doubt | Tie) -> float:
    return one.sure if isinstance(one, Doubt) else one.score


def _signed(by: str, reason: str) -> None:
    if not by.strip():
        raise Undecidable("a decision has somebody who made it")
    if len(by) > LONGEST or len(reason) > LONGEST:
        raise Undecidable(f"at most {LONGEST:,} characters")


def _worded(reading: Reading, said: Ruled) -> tuple[About, Sense | None, Sense | None]:
    """What is decided about, what the machine made of it, what it is held to mean. Raises Undecidable."""
    text = reading.document.text
    for span in (said.span, said.source, said.cue):
        if span is not None and not 0 <= span.start < span.end <= len(text):
            raise Undecidable(f"{span.start}-{span.end}: no words of {reading.document.id}")
    if said.verdict not in ON_WORDS:
        raise Undecidable(f"{said.verdict}: not of words")
    bare = About(reading.document.id, said.part, said.span, said.span.of(text), said.source, said.cue)
    about = bare if said.verdict is Verdict.ADD else review.about(reading, said.part, said.span)
    before = review.sense(reading, about)
    wanted = said.verdict in (Verdict.CORRECT, Verdict.ADD)
    if not wanted:
        if said.after is not None:
            raise Undecidable(f"{said.verdict}: with nothing to put in place")
        return about, before, None
    after = _meant(said, before)
    if said.verdict is Verdict.CORRECT and after == before:
        raise Undecidable("that is what the machine read; accept it")
    return about, before, after


def _meant(said: Ruled, before: Sense | None) -> Sense | None:
    """What the words are held to mean, whole: what is not said stays as the machine has it. Raises Undecidable."""
    after = said.after or Sense()
    match said.part:
        case Part.CLAIM if said.verdict is Verdict.ADD:
            return after if after.name else None
        case Part.SPEAKER if after.name and len(after.name) <= LONGEST:
            return Sense(name=" ".join(after.name.split()))
        case Part.FIGURE:
            return _figure(after, before)
        case Part.DAY if after.earliest is not None and (after.latest or after.earliest) >= after.earliest:
            return Sense(earliest=after.earliest, latest=after.latest or after.earliest)
        case Part.PLACE if after.name:
            return _place(after)
        case Part.KIND if after.kind and after.kind.upper() in kinds():
            return Sense(kind=after.kind.upper())
    raise Undecidable(f"{said.part}: nothing to put in place that could be")


def _figure(after: Sense, before: Sense | None) -> Sense:
    if after.low is not None and after.high is not None and after.low > after.high:
        raise Undecidable(f"from {after.low} to {after.high}")
    if (after.low is not None and not after.low.is_finite()) or (after.high is not None and not after.high.is_finite()):
        raise Undecidable("a number that is none")
    if after.low is None and after.high is None:
        raise Undecidable("a figure has a lowest or a highest number")
    known = before or Sense(kind="count_other")
    return replace(after, kind=after.kind or known.kind, unit=after.unit or known.unit)


def _place(after: Sense) -> Sense:
    if after.lat is not None and after.lon is not None:
        if abs(after.lat) > 90 or abs(after.lon) > 180:
            raise Undecidable("beyond the poles, or around the world")
        return Sense(name=after.name, lat=after.lat, lon=after.lon)
    known = located(after.name or "")
    if known is None:
        raise Undecidable(f"{after.name}: not in the gazetteer; give its point as well")
    return Sense(name=known.name, kind=str(known.kind), lat=known.lat, lon=known.lon)
