"""Documents to parses: one pass of the encoder, then its heads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np

import rashomon
from rashomon.model.document import BlockKind, Document
from rashomon.model.reading import Attribution, Maker, Mention, Parse, Trigger
from rashomon.model.text import Span
from rashomon.reading import weights
from rashomon.reading.claims import attribution, decode, distinct
from rashomon.reading.heads import Anchor, Heads, together
from rashomon.reading.overlay import overlay
from rashomon.reading.tokens import Words, quotations, sentences, words
from rashomon.reading.windows import owners, windows

Found = TypeVar("Found")

READ = frozenset((BlockKind.HEADLINE, BlockKind.DATELINE, BlockKind.PARAGRAPH, BlockKind.HEADING))


@dataclass(slots=True)
class Marks:
    """What the heads found in one document so far, each with the word it hangs on."""

    attributions: list[tuple[int, Attribution]] = field(default_factory=list)
    triggers: list[tuple[int, Trigger]] = field(default_factory=list)
    names: list[tuple[int, Mention]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reader:
    """Weights and what is done with them. Make one a process."""

    weights: weights.Weights

    @classmethod
    def load(cls, folder: Path | None = None, *, threads: int = 1) -> Reader:
        """A reader with the weights of a folder, or with those that came with the package."""
        return cls(weights.load(folder or weights.shipped(), threads=threads))

    @property
    def maker(self) -> Maker:
        """What to write beside everything read."""
        return Maker(rashomon.__version__, self.weights.name)

    def read(self, documents: Iterable[Document], *, batch: int = 64) -> Iterator[Parse]:
        """One parse a document, in order; ``batch`` documents are held at once."""
        stream = iter(documents)
        while group := tuple(islice(stream, batch)):
            columns = tuple(words(d.text, parts(d), overlay(d.text)) for d in group)
            for document, column, marks in zip(group, columns, self._marks(columns), strict=True):
                yield Parse(
                    document,
                    sentences(column),
                    quotations(column),
                    _ordered(distinct(marks.attributions)),
                    self.maker,
                    _ordered(marks.names),
                    _ordered(marks.triggers),
                )

    def _marks(self, columns: Sequence[Words]) -> list[Marks]:
        """What the heads find in each text, every word seen by the window in which it has most room."""
        out = [Marks() for _ in columns]
        anchors: list[Anchor] = []
        for number, (column, marks) in enumerate(zip(columns, out, strict=True)):
            cut = windows(number, column, self.weights.pieces)
            owned = owners([(w.low, w.high) for w in cut], len(column))
            for rank, w in enumerate(cut):
                heads = Heads.see(self.weights, w, column, owned[w.low : w.high] == rank)
                anchors += heads.claims()
                chances, tags = heads.said()
                marks.triggers += [(w.low + at, trigger) for at, trigger in heads.triggers(chances)]
                marks.names += [(w.low + at, name) for at, name in heads.names(tags)]
        steps = np.array(self.weights.card.steps, np.float32)
        for group, scores, sizes in together(anchors):
            for a, roles, size in zip(group, decode(scores, steps, sizes), sizes, strict=True):
                w = a.window
                found = attribution(columns[w.document], w.low, a.at, roles[:size], a.score)
                if found is not None:
                    out[w.document].attributions.append((w.low + a.at, found))
        return out


def _ordered(found: list[tuple[int, Found]]) -> tuple[Found, ...]:
    return tuple(item for _, item in sorted(found, key=lambda pair: pair[0]))


def parts(document: Document) -> tuple[Span, ...] | None:
    """The stretches that are read as the article's own sentences; None for all of it.

    Captions, credits, bylines and what the page says around the article are none of them.
    """
    if not document.blocks:
        return None
    return tuple(block.span for block in document.blocks if block.kind in READ)
