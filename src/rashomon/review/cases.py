"""What a person should look at in a document, the least certain first; and what two of them disagree on."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rashomon.model.document import DocumentId
from rashomon.model.judgement import About, Judgement, Part, Sense, Verdict
from rashomon.model.reading import Reading
from rashomon.model.telling import Bound, Claim, Place, Quantity, Telling, Time
from rashomon.model.text import Span
from rashomon.review.anchors import item, overlap, placed, standing

# What the reader is surer of is not queued, but for one in so many, so that its sureness is checked as well.
SURE = 0.85
SAMPLED = 50
MOST = 24  # cases of one document
# How sure the machine may be of what it has no score for, by what is missing; the order is what matters.
NOBODY = 0.30  # a claim whose speaker was not found
ELSEWHERE = 0.35  # a place that is not in the gazetteer
UNDATED = 0.40  # a telling without a day
SOME_KIND = 0.45  # "attack, means not told"
UNCLEAR = 0.50  # "several", "dozens"
COARSE = 0.60  # a stretch of days
SCORED = 0.75  # a claim whose reader gives no score


@dataclass(frozen=True, slots=True)
class Case:
    """Words to be looked at: the part in question, how ``sure`` the machine is of it, 0 to 1, who decided it."""

    part: Part
    span: Span
    sure: float
    by: tuple[str, ...] = ()


def cases(reading: Reading, judgements: Iterable[Judgement] = ()) -> tuple[Case, ...]:
    """The cases of a document as the machine read it, the least sure first; those decided say by whom."""
    found = sorted(_cases(reading), key=lambda one: (one.sure, one.span, one.part))[:MOST]
    made = [one for one in standing(judgements) if one.about is not None and one.verdict is not Verdict.UNSURE]
    decided: dict[tuple[Part, str], set[str]] = defaultdict(set)
    for one in made:
        about = None if one.about is None else placed(one.about, reading.document.text)
        if about is not None and (meant := item(reading, about)) is not None:
            decided[about.part, meant.id].add(one.by)
    return tuple(
        Case(one.part, one.span, one.sure, tuple(sorted(decided.get((one.part, _item(reading, one)), ()))))
        for one in found
    )


def sense(reading: Reading, about: About) -> Sense | None:
    """What the machine makes of some words; None where it makes nothing of them."""
    match item(reading, about):
        case Claim() as claim:
            speaker = next((one.name for one in reading.actors if one.id == claim.claimant), None)
            return Sense(name=speaker)
        case Quantity() as figure:
            return Sense(kind=figure.kind, low=figure.low, high=figure.high, unit=figure.unit)
        case Place() as place:
            return Sense(name=place.resolved or place.name, kind=place.kind, lat=place.lat, lon=place.lon)
        case Telling() as telling if about.part is Part.KIND:
            return Sense(kind=telling.kind)
        case Telling() as telling:
            time = next((one for one in reading.times if one.id == telling.time), None)
            return None if time is None else Sense(earliest=time.earliest, latest=time.latest)
    return None


def about(reading: Reading, part: Part, span: Span) -> About:
    """What a judgement on some words of a reading is about: a claim with all its words, else the words themselves."""
    bare = About(reading.document.id, part, span, span.of(reading.document.text))
    meant = item(reading, bare)
    if not isinstance(meant, Claim):
        return bare
    whole = _whole(meant.content or meant.cue or meant.source)
    source, cue = (_whole(spans) if spans else None for spans in (meant.source, meant.cue))
    return About(reading.document.id, part, whole, whole.of(reading.document.text), source, cue)


def disputed(judgements: Iterable[Judgement]) -> tuple[tuple[Judgement, ...], ...]:
    """The judgements of different people on the same words that say different things, as long as nothing settles it."""
    groups: list[list[Judgement]] = []
    near: dict[tuple[DocumentId, Part], list[list[Judgement]]] = defaultdict(list)
    for one in standing(judgements):
        if one.about is None or one.verdict is Verdict.UNSURE:
            continue
        there = near[one.about.document, one.about.part]
        group = next((group for group in there if alike(group[0], one)), None)
        if group is None:
            group = []
            there.append(group)
            groups.append(group)
        group.append(one)
    return tuple(tuple(latest) for group in groups if _differ(latest := _latest(group)))


def alike(one: Judgement, other: Judgement) -> bool:
    """Whether two judgements are about the same part of the same words."""
    a, b = one.about, other.about
    if a is None or b is None:
        return False
    return (a.document, a.part) == (b.document, b.part) and overlap(a.span, b.span) > 0


def _latest(group: Sequence[Judgement]) -> list[Judgement]:
    """The newest judgement of each person."""
    return list({one.by: one for one in group}.values())


def _differ(group: Sequence[Judgement]) -> bool:
    said = {(one.verdict, one.after) for one in group}
    return len(said) > 1 and not any(one.settles for one in group)


def _cases(reading: Reading) -> Iterator[Case]:
    for claim in reading.claims:
        span = _whole(claim.content or claim.cue or claim.source)
        sure = SCORED if claim.score is None else claim.score
        if sure < SURE or _sampled(reading, span):
            yield Case(Part.CLAIM, span, sure)
        if claim.claimant is None and claim.source:
            yield Case(Part.SPEAKER, span, NOBODY)
    for figure in reading.quantities:
        if figure.bound is Bound.VAGUE and figure.incident is not None:
            yield Case(Part.FIGURE, figure.span, UNCLEAR)
    times = {one.id: one for one in reading.times}
    places = {one.id: one for one in reading.places}
    for telling in reading.incidents:
        if not telling.trigger:
            continue
        if telling.kind.endswith(("UNSPECIFIED", "COMBINED")):
            yield Case(Part.KIND, telling.trigger[0], SOME_KIND)
        sure = _dated(None if telling.time is None else times.get(telling.time))
        if sure < SURE:
            yield Case(Part.DAY, telling.trigger[0], sure)
        for where in telling.places:
            if where.place in places and places[where.place].lat is None:
                yield Case(Part.PLACE, places[where.place].span, ELSEWHERE)


def _dated(time: Time | None) -> float:
    if time is None or time.earliest is None:
        return UNDATED
    return 1.0 if time.earliest == time.latest else COARSE


def _item(reading: Reading, one: Case) -> str:
    meant = item(reading, About(reading.document.id, one.part, one.span, ""))
    return "" if meant is None else meant.id


def _sampled(reading: Reading, span: Span) -> bool:
    """Whether a sure case is among those looked at all the same: by a hash, so that it is always the same ones."""
    name = f"{reading.document.id} {span.start} {span.end}".encode()
    return int.from_bytes(hashlib.blake2b(name, digest_size=4).digest()) % SAMPLED == 0


def _whole(spans: Sequence[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans)) if spans else Span(0, 0)
