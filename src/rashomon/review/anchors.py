"""How a judgement on words finds them again: in a text that was rewritten, in a reading made by other weights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rashomon.model.judgement import About, Judgement, Part, Verdict
from rashomon.model.reading import Reading
from rashomon.model.telling import Claim, Place, Quantity, Telling
from rashomon.model.text import Span

Item = Claim | Quantity | Place | Telling


@dataclass(frozen=True, slots=True)
class Ruling:
    """A judgement in force on words of a reading, these words as they stand now, and the ``item`` they are."""

    judgement: Judgement
    about: About
    item: str | None

    @property
    def verdict(self) -> Verdict:
        """What was decided."""
        return self.judgement.verdict


def standing(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements in force, oldest first: none that was undone, unless the undoing was undone."""
    gone: set[int] = set()
    every = sorted(judgements, key=lambda one: -one.id)
    for one in every:
        if one.replaces is not None and one.id not in gone:
            gone.add(int(one.replaces))
    return tuple(one for one in reversed(every) if one.id not in gone and one.verdict is not Verdict.UNDO)


def placed(about: About, text: str) -> About | None:
    """The words where they stand now: at their place, else nearest to it; None where the text no longer has them."""
    if about.span.of(text) == about.quote:
        return about
    found = _occurrences(about.quote, text)
    if not found:
        return None
    start = min(found, key=lambda at: (abs(at - about.span.start), at))
    moved = start - about.span.start
    return replace(
        about,
        span=Span(start, start + len(about.quote)),
        source=_moved(about.source, moved, len(text)),
        cue=_moved(about.cue, moved, len(text)),
    )


def item(reading: Reading, about: About) -> Item | None:
    """What of a reading some words are: of the right part, the one that shares most with them; None if none does."""
    best = max(
        ((_likeness(spans, about), -number, one) for number, (spans, one) in enumerate(_items(reading, about.part))),
        key=lambda found: found[:2],
        default=None,
    )
    return best[2] if best is not None and best[0] > 0 else None


def rulings(reading: Reading, judgements: Iterable[Judgement]) -> tuple[Ruling, ...]:
    """What decides on each item of a reading, oldest first: what settles a disagreement, else the newest.

    Judgements that are unsure, and those whose words the text no longer holds, decide nothing.
    """
    chosen: dict[tuple[Part, str | Span], Ruling] = {}
    for one in standing(judgements):
        about = None if one.about is None else placed(one.about, reading.document.text)
        if about is None or about.document != reading.document.id or one.verdict is Verdict.UNSURE:
            continue
        meant = item(reading, about)
        key = about.part, about.span if meant is None else meant.id
        if key in chosen and chosen[key].judgement.settles and not one.settles:
            continue
        chosen[key] = Ruling(one, about, None if meant is None else meant.id)
    return tuple(sorted(chosen.values(), key=lambda ruling: ruling.judgement.id))


def overlap(one: Span, other: Span) -> float:
    """How much of two spans is shared, 0 to 1 (Jaccard)."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 0.0 if shared <= 0 else shared / (max(one.end, other.end) - min(one.start, other.start))


def _items(reading: Reading, part: Part) -> Iterable[tuple[Sequence[Span], Item]]:
    match part:
        case Part.CLAIM | Part.SPEAKER:
            return [(one.content or one.cue or one.source, one) for one in reading.claims]
        case Part.FIGURE:
            return [((one.span,), one) for one in reading.quantities]
        case Part.PLACE:
            return [((one.span,), one) for one in reading.places]
        case Part.DAY | Part.KIND:
            return [(one.trigger, one) for one in reading.incidents]


def _likeness(spans: Sequence[Span], about: About) -> float:
    if not spans:
        return 0.0
    if about.part in (Part.DAY, Part.KIND):
        return max(overlap(span, about.span) for span in spans)
    return overlap(Span(spans[0].start, spans[-1].end), about.span)


def _occurrences(quote: str, text: str) -> list[int]:
    found, at = [], text.find(quote) if quote else -1
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return found


def _moved(span: Span | None, by: int, end: int) -> Span | None:
    if span is None or span.start + by < 0 or span.end + by > end:
        return None
    return Span(span.start + by, span.end + by)
