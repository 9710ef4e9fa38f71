"""Scores to attributions: the best sequence of roles for every anchor, then spans of words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from rashomon.model.reading import Attribution
from rashomon.model.text import Span
from rashomon.reading.tokens import Words

Floats = npt.NDArray[np.float32]
Roles = npt.NDArray[np.int8]

NONE, CUE, SOURCE, CONTENT = range(4)


def decode(scores: Floats, steps: Floats, sizes: Sequence[int]) -> Roles:
    """The most likely roles. Scores [P, T, 8] (four of being, four of entering), steps [4, 4] -> [P, T].

    Viterbi over a linear chain in which entering a role other than the one before scores once more; ``sizes`` are
    the words of each pair's window.
    """
    pairs, total = scores.shape[:2]
    be, enter = scores[..., :4], scores[..., 4:]
    changing = 1 - np.eye(4, dtype=np.float32)
    same = np.arange(4)
    live = np.asarray(sizes)[:, None] > np.arange(total)  # padding keeps the state reached at the window's end
    best = be[:, 0]
    back = np.zeros((pairs, total, 4), np.int8)
    for t in range(1, total):
        paths = best[:, :, None] + (steps + changing * enter[:, t, None, :])
        on = live[:, t, None]
        back[:, t] = np.where(on, paths.argmax(1), same)
        best = np.where(on, paths.max(1) + be[:, t], best)
    return _trace(best, back)


def _trace(best: Floats, back: Roles) -> Roles:
    pairs, total = back.shape[:2]
    out = np.zeros((pairs, total), np.int8)
    out[:, -1] = best.argmax(1)
    row = np.arange(pairs)
    for t in range(total - 1, 0, -1):
        out[:, t - 1] = back[row, t, out[:, t]]
    return out


def attribution(words: Words, low: int, at: int, roles: Roles, score: float) -> Attribution | None:
    """One anchor's roles as spans of the text; None where nothing is said.

    ``low`` is the window's first word, ``at`` the anchor and ``roles`` [T] are counted from there.
    """
    roles = _with_that(words, low, roles)
    content = runs(words, low, roles == CONTENT)
    if not content:
        return None
    cue = runs(words, low, roles == CUE)
    if not cue and roles[at] != CONTENT:
        cue = (Span(int(words.starts[low + at]), int(words.ends[low + at])),)
    return Attribution(runs(words, low, roles == SOURCE), cue, content, round(score, 3))


def distinct(found: Iterable[tuple[int, Attribution]]) -> list[tuple[int, Attribution]]:
    """Attributions without those that share a word of their cue with a surer one: a cue makes one claim."""
    kept: list[tuple[int, Attribution]] = []
    taken: set[Span] = set()
    for at, attribution in sorted(found, key=lambda pair: (-pair[1].score, pair[0])):
        if not any(cue.overlaps(other) for cue in attribution.cue for other in taken):
            kept.append((at, attribution))
            taken.update(attribution.cue)
    return kept


def _with_that(words: Words, low: int, roles: Roles) -> Roles:
    """The roles with "that" before a clause as part of it, as in PARC and PolNeAR."""
    first = np.flatnonzero((roles[1:] == CONTENT) & (roles[:-1] != CONTENT) & (roles[:-1] != SOURCE))
    found = [at for at in first.tolist() if words.forms[low + at] == "that"]
    if not found:
        return roles
    out = roles.copy()
    out[found] = CONTENT
    return out


def runs(words: Words, low: int, chosen: npt.NDArray[np.bool_]) -> tuple[Span, ...]:
    """Runs of chosen words as spans."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], chosen.astype(np.int8), [0]))))
    return tuple(
        Span(int(words.starts[low + first]), int(words.ends[low + last - 1]))
        for first, last in zip(edges[::2], edges[1::2], strict=True)
    )
