"""Overlapping marks over a text as flat runs: no run is inside another, every character is in one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rashomon.model.text import Span

# Characters that turn the direction of writing of what follows; marks of direction (U+200E, U+200F) only place what is
# beside them and stay, as do joiners.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SPACES = frozenset("\n\t")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that mean something: in which ``layer``, as which ``part`` of what has this ``id``."""

    span: Span
    layer: str
    part: str
    id: str


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text under the same marks; ``begun`` are those whose first character it holds."""

    start: int
    end: int
    words: str
    marks: tuple[Mark, ...]
    begun: tuple[Mark, ...]

    @property
    def classes(self) -> str:
        """Layers and parts, for the style sheet."""
        return " ".join(dict.fromkeys(name for mark in self.marks for name in (mark.layer, mark.part)))


def runs(text: str, marks: Sequence[Mark], within: Span | None = None) -> Iterator[Run]:
    """A text, or a stretch of it, cut wherever a mark begins or ends; offsets are code points.

    Marks may nest, overlap, repeat, be empty or reach beyond the text.
    """
    whole = within or Span(0, len(text))
    inside = sorted(
        (mark for mark in marks if mark.span.start < mark.span.end and mark.span.overlaps(whole)), key=_longest_first
    )
    cuts = sorted({whole.start, whole.end, *_ends(inside, whole)})
    waiting = list(reversed(inside))
    open_marks: list[Mark] = []
    for start, end in pairwise(cuts):
        begun = []
        while waiting and max(waiting[-1].span.start, whole.start) <= start:
            begun.append(waiting.pop())
        open_marks = [mark for mark in open_marks if mark.span.end > start] + begun
        yield Run(start, end, visible(text[start:end]), tuple(open_marks), tuple(begun))


def visible(text: str) -> str:
    """The text with every character that drives the page, or turns its direction, as one visible dot.

    Code point for code point, so offsets still hold.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(c) for c in text)


def _shown(c: str) -> str:
    if c == "\r":
        return " "
    return "·" if c in TURNING or (c not in SPACES and unicodedata.category(c) in ("Cc", "Cs", "Co")) else c


def _longest_first(mark: Mark) -> tuple[int, int]:
    return mark.span.start, -mark.span.end


def _ends(marks: Iterable[Mark], whole: Span) -> Iterator[int]:
    for mark in marks:
        yield max(mark.span.start, whole.start)
        yield min(mark.span.end, whole.end)
