"""Sentences in a small mark-up to parses: {S1 source} {Q1 cue} {C1 content}, numbered by claim; braces may nest."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

import pytest

from rashomon.model.document import Document, DocumentId
from rashomon.model.reading import Attribution, Maker, Parse
from rashomon.model.text import Span
from rashomon.reading.tokens import CLOSING, OPENING, words

MARK = re.compile(r"\{([SQC])(\d) |\}")

Marked = Callable[[str], Parse]


def parsed(marked: str) -> Parse:
    """What a perfect encoder would see in marked sentences."""
    text, spans = plain(marked)
    numbers = sorted({number for _, number in spans})
    attributions = tuple(
        Attribution(
            tuple(spans.get(("S", number), ())),
            tuple(spans.get(("Q", number), ())),
            tuple(spans.get(("C", number), ())),
            1.0,
        )
        for number in numbers
    )
    return Parse(Document(DocumentId("d"), text), sentences(text), quotations(text), attributions, Maker("0", "none"))


def plain(marked: str) -> tuple[str, dict[tuple[str, int], list[Span]]]:
    """The text without its marks, and the spans of every role of every claim."""
    spans: dict[tuple[str, int], list[Span]] = defaultdict(list)
    opened: list[tuple[str, int, int]] = []
    text, at = "", 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark.group() == "}":
            role, number, start = opened.pop()
            spans[role, number].append(Span(start, len(text)))
        else:
            opened.append((mark.group(1), int(mark.group(2)), len(text)))
    assert not opened, f"a brace is not closed in {marked!r}"
    return text + marked[at:], spans


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences, as the reader cuts them."""
    units = words(text)
    found: dict[int, list[int]] = defaultdict(list)
    for at, number in enumerate(units.sentences.tolist()):
        found[number].append(at)
    return tuple(Span(int(units.starts[ats[0]]), int(units.ends[ats[-1]])) for ats in found.values())


def quotations(text: str) -> tuple[Span, ...]:
    """The stretches in quotation marks, marks included."""
    units = words(text)
    opens = [at for at, state in enumerate(units.quotes.tolist()) if state == OPENING]
    closes = [at for at, state in enumerate(units.quotes.tolist()) if state == CLOSING]
    return tuple(Span(int(units.starts[a]), int(units.ends[b])) for a, b in zip(opens, closes, strict=True))


@pytest.fixture(name="parsed")
def _parsed() -> Marked:
    return parsed
