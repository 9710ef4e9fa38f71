"""Offices that a document says people hold: "Sumy's acting mayor Osman", "Osman, the governor of Gedaref,".

Who holds which office is a claim like others: two reports may give one person two, and each is kept with its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rashomon.knowledge.actors import heads
from rashomon.model.reading import Reading
from rashomon.model.telling import Actor
from rashomon.model.text import Span

WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
BEFORE = 90  # characters before a name in which its office may stand
# What may stand before the noun of an office and belongs to it, beside names.
MODIFIERS = frozenset(
    """acting deputy vice first chief prime senior foreign defence defense interior finance regional provincial local
    district city military state national general emergency civil army police naval air force health""".split()
)
CLAUSE = re.compile(r"[.;:!?()\n\"“”,–—]")
AFTER = re.compile(
    r",\s+(?:who (?:is|heads|leads) )?(?:the |a |an |its |his |her |their )?"
    r"(?P<office>[^,.;:()\n\"“”]{3,80}?)(?=[,.;()\n]|\s+(?:who|said|told|says)\b)"
)
LONGEST = 10  # words


@dataclass(frozen=True, slots=True)
class Office:
    """Words that give an office to an actor: code points of the document's text."""

    holder: Actor
    span: Span


def offices(reading: Reading) -> Iterator[Office]:
    """The offices of people with names, each once a person and wording, in the order of the actors."""
    text = reading.document.text
    for actor in reading.actors:
        if len(actor.name.split()) < 2 or not all(word[:1].isupper() for word in actor.name.split()):
            continue
        seen: set[str] = set()
        for mention in actor.mentions:
            for span in (_before(text, mention), _after(text, mention)):
                if span is not None and span.of(text).casefold() not in seen:
                    seen.add(span.of(text).casefold())
                    yield Office(actor, span)


def _before(text: str, mention: Span) -> Span | None:
    """The office just before a name, with what belongs to it."""
    start = max(mention.start - BEFORE, 0)
    cuts = [match.end() for match in CLAUSE.finditer(text, start, mention.start)]
    words = list(WORD.finditer(text, cuts[-1] if cuts else start, mention.start))
    if not words or text[words[-1].end() : mention.start].strip():
        return None
    size = next((n for n in (3, 2, 1) if n <= len(words) and _office(" ".join(w.group() for w in words[-n:]))), None)
    if size is None:
        return None
    first = len(words) - size
    while first and _belongs(words[first - 1].group()):
        first -= 1
    return Span(words[first].start(), words[-1].end())


def _after(text: str, mention: Span) -> Span | None:
    """The office of an apposition."""
    found = AFTER.match(text, mention.end)
    if found is None:
        return None
    words = found["office"].split()
    if len(words) > LONGEST or not any(
        _office(" ".join(words[at : at + n])) for n in (1, 2, 3) for at in range(len(words))
    ):
        return None
    return Span(*found.span("office"))


def _office(words: str) -> bool:
    head = heads().get(words.lower())
    return head is not None and head.sort == "office"


def _belongs(word: str) -> bool:
    return word.lower() in MODIFIERS or word.endswith(("'s", "’s")) or (word[:1].isupper() and word.lower() != "the")
