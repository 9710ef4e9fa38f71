"""Corpora that tell of names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from lessons import Ints, Lesson, blank, inside, rows
from rashomon.reading.pieces import Pieces
from rashomon.reading.tokens import LOWER, MARK, Words

NAMED = {
    "per": 0, "org": 1, "geo": 2, "gpe": 3, "person": 0, "organization": 1, "place": 2,
    "Person": 0, "Organisation": 1, "Location": 2, "Nationality": 3, "Weapon": 4, "Vehicle": 4, "MilitaryPlatform": 4,
}  # fmt: skip


def entities(path: Path, pieces: Pieces, together: int = 1, most: int | None = None) -> Iterator[Lesson]:
    """Names of GUM, re3d and the Groningen Meaning Bank; of GUM's mentions those that are written as names."""
    found = rows(path)[:most]
    for first in range(0, len(found), together):
        group = found[first : first + together]
        lesson = blank("\n".join(r["text"] for r in group), pieces)
        w = lesson.words
        lesson.names = np.zeros(len(w), np.int64)
        offset = 0
        for row in group:
            spans = [e for e in row["entities"] if e["type"] in NAMED]
            for e in sorted(spans, key=lambda e: e["span"][0] - e["span"][1], reverse=True):
                at = np.flatnonzero(inside(w, offset + e["span"][0], offset + e["span"][1]))
                while len(at) and w.forms[at[0]] in ("the", "The", "a", "A", "an"):
                    at = at[1:]
                if len(at) and ("cluster" not in e or _written_as_name(w, at)):
                    lesson.names[at] = 2 * NAMED[e["type"]] + 2
                    lesson.names[at[0]] = 2 * NAMED[e["type"]] + 1
            offset += len(row["text"]) + 1
        yield lesson


def _written_as_name(w: Words, at: Ints) -> bool:
    small = frozenset(("of", "the", "for", "and", "de", "al", "bin", "in"))
    return w.shapes[at[0]] != LOWER and all(
        w.shapes[i] not in (LOWER, MARK) or w.forms[i] in small or w.shapes[i] == MARK for i in at
    )
