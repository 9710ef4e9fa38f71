"""Days that say when something was said or filed, and not when it happened."""

from __future__ import annotations

import re

from rashomon.model.reading import Reading
from rashomon.model.telling import Telling
from rashomon.model.text import Span

# Verbs of saying before another day: "on Sunday the authorities had spoken of".
SPOKEN = re.compile(
    r"\bhad (?:\w+ ){0,2}(?:said|spoken|reported|put|given|counted|confirmed|announced|told|listed|stood)\b",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?]['\"”’)]*\s|\n\s*\n")
DATELINE = re.compile(r"(?:, [^\n.]{0,40}?)?\s*(?:\([^)\n]{1,30}\)\s*)?(?:-{1,2}|–|—)\s")
DATELINE_WITHIN = 80
# Characters between a verb of saying and its day.
BESIDE = 12


def of_speech(reading: Reading, telling: Telling, span: Span) -> bool:
    """Whether words say when something was said, not when it happened: "the ministry said <on Sunday> that"."""
    text = reading.document.text
    if SPOKEN.search(SENTENCE_END.split(text[span.end : span.end + DATELINE_WITHIN])[0]):
        return True
    for claim in reading.claims:
        said = (*claim.source, *claim.cue)
        if not said or not claim.content or any(content.holds(span) for content in claim.content):
            continue
        told = any(content.holds(trigger) for content in claim.content for trigger in telling.trigger)
        near = min(len(between(text, span, part)) for part in said) <= BESIDE
        nearest = min(said, key=lambda part: _gap(part, span))
        if told and near and not SENTENCE_END.search(between(text, span, nearest)):
            return True
    return False


def in_dateline(text: str, span: Span) -> bool:
    """Whether words stand in the dateline of a text: "KYIV, June 1 (Reuters) -"."""
    line = text.rfind("\n", 0, span.start) + 1
    if span.start - line > DATELINE_WITHIN or not DATELINE.match(text, span.end):
        return False
    return text[line : line + 2].strip(" (").isupper()


def between(text: str, one: Span, other: Span) -> str:
    """The words between two spans."""
    return text[min(one.end, other.end) : max(one.start, other.start)]


def _gap(one: Span, other: Span) -> int:
    return max(one.start, other.start) - min(one.end, other.end)
