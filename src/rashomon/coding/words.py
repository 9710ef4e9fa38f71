"""The words of a sentence as the coders of figures see them, and the signs among them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rashomon.model.text import Span

# Initials with their stops, a numeral with its separators, a word with its apostrophes, or one mark.
WORD = re.compile(
    r"(?<!\w)(?:[^\W\d_]\.){2,}|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|\.\d+|[^\w\s]|_"
)

CURRENCIES = frozenset("$€£¥₹₽₪₩₴₺") | {"rs", "usd", "eur"}
DASHES = frozenset("-–—‑")


class Word(NamedTuple):
    """A word of the text: as written, in lower case, and where it stands."""

    form: str
    low: str
    start: int
    end: int


def words_in(text: str, part: Span) -> tuple[Word, ...]:
    """The words of one stretch of a text, with offsets into the whole text."""
    new = tuple.__new__  # a third of the time of Word(...), which is called for every word of every document
    return tuple(
        [
            new(Word, (form := found.group(), form.lower(), found.start(), found.end()))
            for found in WORD.finditer(text, part.start, part.end)
        ]
    )


def glued(words: Sequence[Word], at: int) -> bool:
    """Whether a word is written onto the word before it, without a gap."""
    return 0 < at < len(words) and words[at - 1].end == words[at].start


def is_year(form: str) -> bool:
    """Whether a numeral is written as years are: "in 2018 to 3.9 million" is no range."""
    return len(form) == 4 and form.isdigit() and "1500" <= form <= "2199"
