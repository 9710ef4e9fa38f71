"""Copies: texts that are another's, word for word or nearly, and what they add to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from hashlib import blake2b

from rensa import RMinHash

from rashomon.model.text import Span

# A signature of 96 minima estimates the likeness of two texts with an error of 0.04 at 0.8. In 16 bands of 6, a pair
# that is 0.8 alike shares a band 99 times of 100, one that is 0.5 alike 22 times, unrelated texts never.
PERMUTATIONS, BANDS = 96, 16
ROWS = PERMUTATIONS // BANDS
SEED = 1950
SHINGLE = 3  # words; shorter ones are shared by all texts on one subject
# Texts at least so alike are copies: an agency's text under another headline, or with a paragraph taken out of ten.
ALIKE = 0.8
# Shorter texts are copies only if they are the same: three shingles are shared by chance.
FEWEST = 12  # words
ADDED = 4  # words in a row from which they count as added and not as another spelling
WORD = re.compile(r"\w+(?:['’]\w+)*")

Signature = tuple[int, ...]


def signature(text: str) -> Signature:
    """What a text is compared by: ``PERMUTATIONS`` numbers of 32 bits, the same for the same words."""
    words = [found.group().casefold() for found in WORD.finditer(text)]
    size = SHINGLE if len(words) >= FEWEST else max(len(words), 1)
    shingles = dict.fromkeys(" ".join(words[at : at + size]) for at in range(len(words) - size + 1))
    # Not by the library's batches: these start threads, and the other cores are reading.
    sketch = RMinHash(PERMUTATIONS, SEED)
    sketch.update(list(shingles))
    return tuple(sketch.digest())


def bands(of: Signature) -> tuple[int, ...]:
    """The keys (64 bits, signed) of which copies share at least one."""
    return tuple(_band(number, of[number * ROWS : (number + 1) * ROWS]) for number in range(BANDS))


def likeness(one: Signature, other: Signature) -> float:
    """What share of the words of two texts is common to both, estimated, 0 to 1."""
    return sum(a == b for a, b in zip(one, other, strict=True)) / PERMUTATIONS


def copied(one: Signature, other: Signature) -> bool:
    """Whether two texts are copies of each other, or of a third."""
    return likeness(one, other) >= ALIKE


def added(copy: str, origin: str) -> tuple[Span, ...]:
    """The stretches of a copy that its origin does not have, ``ADDED`` words long at least."""
    found = list(WORD.finditer(copy))
    words = [match.group().casefold() for match in found]
    theirs = [match.group().casefold() for match in WORD.finditer(origin)]
    matching = SequenceMatcher(None, theirs, words, autojunk=False).get_matching_blocks()
    # A word or two are shared by any two texts; the last block, of no words, marks the end.
    shared = [(at, at + size) for _, at, size in matching if size >= SHINGLE or at == len(words)]
    gaps = zip([0, *(end for _, end in shared)], (start for start, _ in shared), strict=False)
    return tuple(Span(found[first].start(), found[end - 1].end()) for first, end in gaps if end - first >= ADDED)


def _band(number: int, rows: Sequence[int]) -> int:
    row_bytes = b"".join(row.to_bytes(4, "big") for row in (number, *rows))
    return int.from_bytes(blake2b(row_bytes, digest_size=8).digest(), "big", signed=True)
