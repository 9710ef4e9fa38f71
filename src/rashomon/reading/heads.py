"""One window through the encoder and each of its heads.

Windows run one by one: int8 activations are scaled by what is in a batch, so company would change what is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import onnxruntime

from rashomon.model.reading import Mention, Trigger
from rashomon.reading import names, triggers
from rashomon.reading.claims import Floats
from rashomon.reading.lexicon import listed
from rashomon.reading.tokens import Words
from rashomon.reading.weights import Weights
from rashomon.reading.windows import Window

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A word that begins a claim: how sure, and every word's role scores [T, 8]."""

    window: Window
    at: int
    score: float
    scores: Floats


@dataclass(frozen=True, slots=True)
class Heads:
    """The encoder's states of one window of T words, and what is asked of them. ``own`` are the words it speaks for."""

    weights: Weights
    window: Window
    words: Words
    own: Bools
    states: Floats  # [1, T, 384]
    anchors: Floats  # [T]

    @classmethod
    def see(cls, weights: Weights, window: Window, words: Words, own: Bools) -> Heads:
        """Runs the encoder."""
        ids, features = window.ids[None].astype(np.int64), window.features[None].astype(np.int64)
        states, anchors = weights.encoder.run(None, {"ids": ids, "features": features})
        return cls(weights, window, words, own, states[:, window.firsts], anchors[0, window.firsts])

    def claims(self) -> list[Anchor]:
        """Where claims begin, with the scores from which their roles are found."""
        chance = 1 / (1 + np.exp(-self.anchors))
        found = np.flatnonzero((chance > self.weights.card.anchor) & self.own)
        if not len(found):
            return []
        scores = self._pairs(self.weights.roles, found)
        return [Anchor(self.window, int(at), float(chance[at]), s) for at, s in zip(found, scores, strict=True)]

    def said(self) -> tuple[triggers.Chances, Floats]:
        """What the words tell of, and their name tags [T, tags]."""
        card = self.weights.card
        lists = listed(self.words, self.window.low, self.window.high, (*card.kinds, *card.harm))
        kinds, harm, status, tags = self.weights.words.run(None, {"states": self.states, "listed": lists[None]})
        # Of death and injury the word list proposes and the encoder disposes: by itself it hears them in every "shot".
        harm = harm[0] * lists[:, len(card.kinds) :]
        return triggers.Chances(kinds[0], harm, status[0]), tags[0]

    def triggers(self, chances: triggers.Chances) -> Iterator[tuple[int, Trigger]]:
        """Mentions of incidents, of deaths and injuries, each with its word."""
        card, low = self.weights.card, self.window.low
        found = [a for a in triggers.anchors(chances, self.words, low, card) if self.own[a.at]]
        if not found:
            return
        tables = 1 / (1 + np.exp(-self._pairs(self.weights.links, np.array([a.at for a in found]))))
        for anchor, table in zip(found, tables, strict=True):
            yield anchor.at, triggers.trigger(self.words, low, anchor, table, card.links)

    def names(self, tags: Floats) -> Iterator[tuple[int, Mention]]:
        """Names, each with its first word."""
        for at, name in names.names(self.words, self.window.low, tags, self.weights.card.types):
            if self.own[at]:
                yield at, name

    def _pairs(self, graph: onnxruntime.InferenceSession, anchors: npt.NDArray[np.integer]) -> Floats:
        """A pair graph's scores [P, T, outputs] of every word for every anchor."""
        here = slice(self.window.low, self.window.high)
        scores: Floats = graph.run(
            None,
            {
                "states": self.states,
                "anchor": anchors.astype(np.int64),
                "sentences": self.words.sentences[here].astype(np.int64),
                "paragraphs": self.words.paragraphs[here].astype(np.int64),
            },
        )[0]
        return scores


def together(anchors: Sequence[Anchor], most: int = 256) -> Iterator[tuple[list[Anchor], Floats, list[int]]]:
    """Anchors of like windows with their scores [P, T, 8] padded, and the words of each: one walk for many."""
    ordered = sorted(anchors, key=lambda a: len(a.scores))
    for first in range(0, len(ordered), most):
        group = ordered[first : first + most]
        sizes = [len(a.scores) for a in group]
        scores = np.zeros((len(group), max(sizes), group[0].scores.shape[1]), np.float32)
        for row, anchor in enumerate(group):
            scores[row, : sizes[row]] = anchor.scores
        yield group, scores, sizes
