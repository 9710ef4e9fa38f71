"""Text to words, with what the uncased encoder cannot see: case, gaps, quotation, sentences, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rashomon.model.text import Span

Ints = npt.NDArray[np.int32]

# Runs of letters and digits, or one mark; the same cut as BERT's basic tokenizer, plus the typewriter's `` and ''.
UNIT = re.compile(r"``|''|[^\W_]+|[^\w\s]|_")

LOWER, TITLE, UPPER, MIXED, DIGIT, MARK, LETTER = range(7)
ATTACHED, SPACED, BROKEN, APART = range(4)
OUTSIDE, INSIDE, OPENING, CLOSING = range(4)
SHAPES = 7

OPENERS = frozenset(("“", "«", "„", "``"))
CLOSERS = frozenset(("”", "»", "''"))
ENDS = frozenset(".?!…")
# A full stop after these ends no sentence. Titles and shortenings common in news, closed list.
SHORT = frozenset(
    "mr mrs ms dr prof gen maj lt col sgt capt cmdr adm brig sen rep gov st jr sr no vs etc jan feb mar apr jun jul "
    "aug sept sep oct nov dec rev hon pres min dept inc ltd co corp".split()
)


@dataclass(frozen=True, slots=True)
class Words:
    """A text's words as columns of equal length; word ``i`` is ``text[starts[i]:ends[i]]``."""

    forms: tuple[str, ...]
    starts: Ints
    ends: Ints
    shapes: Ints
    gaps: Ints
    quotes: Ints
    sentences: Ints
    paragraphs: Ints

    def __len__(self) -> int:
        return len(self.forms)


def shape(form: str) -> int:
    """Which of the seven shapes a word has."""
    if form.islower():
        return LOWER
    if form[0].isdigit():
        return DIGIT
    if not form[0].isalnum():
        return MARK
    if form.isupper():
        return LETTER if len(form) == 1 else UPPER
    if form[0].isupper() and form[1:].islower():
        return TITLE
    return MIXED if any(c.isupper() for c in form) else LOWER


def uncut(form: str) -> tuple[int, ...]:
    """No cut inside a word: the overlay for undamaged text."""
    return ()


def words(text: str, parts: Iterable[Span] | None = None, cuts: Callable[[str], tuple[int, ...]] = uncut) -> Words:
    """The words of the given parts of a text, in order.

    ``cuts`` gives the places inside one word where scraping fused two ("Ukraineattacked" is cut at 7); offsets always
    point into the text as it is stored.
    """
    forms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    gaps: list[int] = []
    last = -1
    for part in parts if parts is not None else (Span(0, len(text)),):
        fresh = True
        for found in UNIT.finditer(text, part.start, part.end):
            start, end = found.span()
            gap = APART if last < 0 else _gap(text[last:start])
            if fresh:
                gap = max(gap, BROKEN)
            elif parts is not None:  # whoever named the parts knows that a line's end inside one is a wrap
                gap = min(gap, SPACED)
            fresh = False
            form = found.group()
            at = 0
            for cut in (*cuts(form), len(form)):
                forms.append(form[at:cut])
                starts.append(start + at)
                ends.append(start + cut)
                gaps.append(gap if at == 0 else SPACED)
                at = cut
            last = end
    shapes = [shape(form) for form in forms]
    return Words(
        tuple(forms),
        np.array(starts, np.int32),
        np.array(ends, np.int32),
        np.array(shapes, np.int32),
        np.array(gaps, np.int32),
        np.array(_quotes(forms, gaps), np.int32),
        np.array(_sentences(forms, gaps, shapes), np.int32),
        np.cumsum(np.array([g >= BROKEN for g in gaps], np.int32), dtype=np.int32) - 1,
    )


def _gap(between: str) -> int:
    lines = between.count("\n")
    if lines >= 2:
        return APART
    if lines == 1:
        return BROKEN
    return SPACED if between else ATTACHED


def _quotes(forms: list[str], gaps: list[int]) -> list[int]:
    """Quotation state of every word.

    Each paragraph starts afresh, so that an unbalanced mark costs at most its own paragraph.
    """
    states: list[int] = []
    inside = ""
    total = len(forms)
    for i, form in enumerate(forms):
        if gaps[i] >= BROKEN:
            inside = ""
        state = INSIDE if inside else OUTSIDE
        if form in OPENERS:
            state, inside = OPENING, '"'
        elif form in CLOSERS:
            state, inside = (CLOSING, "") if inside else (OUTSIDE, "")
        elif form == '"':
            state, inside = (CLOSING, "") if inside == '"' else (OPENING, '"')
        elif form == "‘" or (form == "'" and gaps[i] != ATTACHED and not inside):
            if not inside and _closes(forms, gaps, i):
                state, inside = OPENING, "'"
        elif (
            form in ("’", "'") and inside == "'" and (i + 1 == total or gaps[i + 1] != ATTACHED or _mark(forms[i + 1]))
        ):
            state, inside = CLOSING, ""
        states.append(state)
    return states


def _mark(form: str) -> bool:
    return not form[0].isalnum()


def _closes(forms: list[str], gaps: list[int], opened: int) -> bool:
    """Whether a single quotation mark finds its partner in the same paragraph."""
    for i in range(opened + 1, min(len(forms), opened + 200)):
        if gaps[i] >= BROKEN:
            return False
        if forms[i] in ("’", "'") and (i + 1 == len(forms) or gaps[i + 1] != ATTACHED or _mark(forms[i + 1])):
            return True
    return False


def _sentences(forms: list[str], gaps: list[int], shapes: list[int]) -> list[int]:
    """Number of the sentence every word stands in."""
    numbers: list[int] = []
    number = -1
    ended = False
    for i, form in enumerate(forms):
        if gaps[i] >= BROKEN or (ended and gaps[i] == SPACED and shapes[i] != LOWER):
            number += 1
            ended = False
        if form in ENDS:
            before = forms[i - 1] if i and gaps[i] == ATTACHED else ""
            ended = form != "." or not (before.lower() in SHORT or (len(before) == 1 and before.isupper()))
        elif form not in "\"'”’»)]":
            ended = False
        numbers.append(number)
    return numbers


def sentences(column: Words) -> tuple[Span, ...]:
    """Sentences, each from its first word to its last."""
    if not len(column):
        return ()
    first = np.flatnonzero(np.diff(column.sentences, prepend=-1))
    last = np.append(first[1:], len(column)) - 1
    return tuple(Span(int(column.starts[a]), int(column.ends[b])) for a, b in zip(first, last, strict=True))


def quotations(column: Words) -> tuple[Span, ...]:
    """From opening to closing mark; one that never closes ends with its paragraph."""
    out: list[Span] = []
    opened: int | None = None
    for i, state in enumerate(column.quotes.tolist()):
        if opened is not None and (state in (OUTSIDE, OPENING) or column.paragraphs[i] != column.paragraphs[opened]):
            out.append(Span(int(column.starts[opened]), int(column.ends[i - 1])))
            opened = None
        if state == OPENING:
            opened = i
        elif state == CLOSING and opened is not None:
            out.append(Span(int(column.starts[opened]), int(column.ends[i])))
            opened = None
    if opened is not None:
        out.append(Span(int(column.starts[opened]), int(column.ends[-1])))
    return tuple(out)
