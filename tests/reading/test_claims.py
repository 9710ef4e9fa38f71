"""Scores to roles, roles to attributions."""

from __future__ import annotations

from itertools import product

import numpy as np

from rashomon.model.reading import Attribution
from rashomon.model.text import Span
from rashomon.reading.claims import CONTENT, CUE, NONE, SOURCE, attribution, decode, distinct
from rashomon.reading.tokens import words

TEXT = "The mayor said the bridge, an old one, had fallen."


def test_the_best_path_is_found_and_padding_changes_nothing() -> None:
    """Against every path of a short sequence, scored one by one."""
    rng = np.random.default_rng(7)
    scores, steps = rng.normal(size=(3, 5, 8)).astype(np.float32), rng.normal(size=(4, 4)).astype(np.float32)
    found = decode(scores, steps, [5, 5, 3])
    for pair, size in enumerate((5, 5, 3)):
        paths = list(product(range(4), repeat=size))
        best = max(paths, key=lambda path: _score(scores[pair], steps, path))
        assert found[pair, :size].tolist() == list(best)


def _score(scores: np.ndarray, steps: np.ndarray, path: tuple[int, ...]) -> float:
    total = scores[0, path[0]]
    for t in range(1, len(path)):
        entered = scores[t, 4 + path[t]] if path[t] != path[t - 1] else 0
        total += steps[path[t - 1], path[t]] + entered + scores[t, path[t]]
    return float(total)


def test_a_gap_in_the_content_makes_two_spans() -> None:
    column = words(TEXT)
    roles = np.array(
        [SOURCE, SOURCE, CUE, CONTENT, CONTENT, NONE, NONE, NONE, NONE, NONE, CONTENT, CONTENT, NONE], np.int8
    )
    found = attribution(column, 0, 2, roles, 0.91234)
    assert found is not None
    assert [span.of(TEXT) for span in found.source] == ["The mayor"]
    assert [span.of(TEXT) for span in found.cue] == ["said"]
    assert [span.of(TEXT) for span in found.content] == ["the bridge", "had fallen"]
    assert found.score == 0.912


def test_an_anchor_without_content_is_no_attribution() -> None:
    column = words(TEXT)
    assert attribution(column, 0, 2, np.full(len(column), NONE, np.int8), 0.9) is None


def test_a_quotation_without_a_cue_has_none() -> None:
    column = words('"It fell."')
    found = attribution(column, 0, 0, np.full(len(column), CONTENT, np.int8), 0.6)
    assert found is not None
    assert (found.cue, found.source) == ((), ())


def test_a_cue_makes_one_claim_the_surer_one() -> None:
    sure = Attribution((), (Span(10, 22),), (Span(0, 9),), 0.9)
    doubt = Attribution((), (Span(20, 22),), (Span(30, 40),), 0.6)
    other = Attribution((), (Span(50, 54),), (Span(60, 70),), 0.55)
    assert distinct([(3, doubt), (2, sure), (9, other)]) == [(2, sure), (9, other)]
