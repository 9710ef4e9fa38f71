"""Marked sentences to tellings: [source] <cue> {content} *mention of the incident* «who did it» ‹who is accused›.

A sentence holds one claim at most.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from rashomon.coding import code
from rashomon.model.document import Document, DocumentId
from rashomon.model.incident import Told
from rashomon.model.reading import Attribution, Link, Maker, Parse, Trigger
from rashomon.model.telling import Status
from rashomon.model.text import Span
from rashomon.reading.tokens import words

PAIRS = {"[": "]", "<": ">", "{": "}", "«": "»", "‹": "›"}
PARTS = {"«": "actor", "‹": "accused"}
OUTSET = date(2025, 6, 1)

Account = Callable[..., Told]


def account(  # noqa: PLR0917
    marked: str,
    day: int = 1,
    outlet: str | None = "The Daily",
    name: str | None = None,
    kind: str = "BOMB.VEHICLE",
    status: Status = Status.OCCURRED,
    copy_of: str | None = None,
    title: str | None = None,
) -> Told:
    """What a perfect encoder and the coders make of marked sentences, published on a day of June 2025."""
    text, spans, triggers = plain(marked)
    sentences = _sentences(text)
    claims = tuple(_claim(sentence, spans) for sentence in sentences if any(sentence.holds(s) for s in spans["<"]))
    document = Document(
        DocumentId(name or f"{outlet}-{day}"), text, outlet=outlet, title=title, published=OUTSET.replace(day=day)
    )
    links = {
        sentence: tuple(Link(role, s, 1.0) for mark, role in PARTS.items() for s in spans[mark] if sentence.holds(s))
        for sentence in sentences
    }
    # Every mention is one incident: each says of each other that it is the same.
    found = tuple(
        Trigger(
            span,
            ((kind, 1.0),),
            ((status, 1.0),),
            1.0,
            (
                *(Link("same", other, 1.0) for other in triggers if other != span),
                *next((links[sentence] for sentence in sentences if sentence.holds(span)), ()),
            ),
        )
        for span in triggers
    )
    reading = code(Parse(document, sentences, (), claims, Maker("0", "none"), (), found))
    (telling,) = reading.incidents
    return Told(telling, reading, DocumentId(copy_of or document.id))


def plain(marked: str) -> tuple[str, dict[str, list[Span]], list[Span]]:
    """The text without its marks, the spans of each kind of bracket, and those in asterisks."""
    text = ""
    spans: dict[str, list[Span]] = {opening: [] for opening in PAIRS}
    triggers: list[Span] = []
    opened: list[tuple[str, int]] = []
    star: int | None = None
    for sign in marked:
        if sign in PAIRS:
            opened.append((sign, len(text)))
        elif opened and sign == PAIRS[opened[-1][0]]:
            opening, start = opened.pop()
            spans[opening].append(Span(start, len(text)))
        elif sign == "*":
            if star is not None:
                triggers.append(Span(star, len(text)))
            star = len(text) if star is None else None
        else:
            text += sign
    assert not opened
    assert star is None
    return text, spans, triggers


def _claim(sentence: Span, spans: dict[str, list[Span]]) -> Attribution:
    source, cue, content = (tuple(s for s in spans[opening] if sentence.holds(s)) for opening in "[<{")
    return Attribution(source, cue, content, 1.0)


def _sentences(text: str) -> tuple[Span, ...]:
    units = words(text)
    numbers = units.sentences.tolist()
    starts, ends = units.starts.tolist(), units.ends.tolist()
    found: dict[int, tuple[int, int]] = {}
    for number, start, end in zip(numbers, starts, ends, strict=True):
        found[number] = (found.get(number, (start, end))[0], end)
    return tuple(Span(*span) for span in found.values())


@pytest.fixture(name="account")
def _account() -> Account:
    return account
