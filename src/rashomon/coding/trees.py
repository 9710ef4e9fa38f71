"""Boosted regression trees, learnt elsewhere (``training/alike.py``): a row of measurements to a chance."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
# Rows asked at once, so that what is held stays small however many there are.
BATCH = 2048
FILE = "alike.npz"


@dataclass(frozen=True, slots=True)
class Trees:
    """All nodes of all trees in a row. A leaf leads to itself, so every path may be as long as the longest.

    ``columns``, ``bounds``, ``left``, ``right`` and ``values`` [nodes], ``roots`` [trees]; ``start`` is the log-odds of
    an empty forest.
    """

    columns: Ints
    bounds: Floats
    left: Ints
    right: Ints
    values: Floats
    roots: Ints
    depth: int
    start: float

    def chances(self, rows: Floats) -> Floats:
        """How likely each row's answer is yes: rows [R, columns] -> [R], 0 to 1."""
        parts = [self._chances(rows[at : at + BATCH]) for at in range(0, len(rows), BATCH)]
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)

    def _chances(self, rows: Floats) -> Floats:
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        row = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            at = np.where(rows[row, self.columns[at]] <= self.bounds[at], self.left[at], self.right[at])
        odds = self.values[at].sum(1) + np.float32(self.start)
        return np.asarray(1 / (1 + np.exp(-odds)), np.float32)


@cache
def alike() -> Trees:
    """The trees that tell whether two mentions are of one happening."""
    with resources.files("rashomon.coding").joinpath(FILE).open("rb") as file, np.load(file) as kept:
        return Trees(
            kept["columns"],
            kept["bounds"],
            kept["left"],
            kept["right"],
            kept["values"],
            kept["roots"],
            int(kept["depth"]),
            float(kept["start"]),
        )
