"""How rare a word is, from a fixed list: the same word weighs the same in every ledger."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from rashomon.knowledge.places import ranked

# Ranks in the list below which a word weighs so much; a word that is not in it weighs 1.
STEPS = ((1_000, 0.0), (3_000, 0.3), (7_000, 0.5), (14_000, 0.7))
SURNAME = 0.6  # a frequent surname is rare among words, but many people bear it


@cache
def rarity(word: str) -> float:
    """How much it says that two texts share this word in lower case: 0 for the commonest, 1 for the rarest."""
    rank = _ranks().get(word)
    weight = next((weight for most, weight in STEPS if rank < most), 1.0) if rank is not None else 1.0
    return min(weight, SURNAME) if weight and word in ranked("surnames.txt") else weight


@cache
def _ranks() -> Mapping[str, int]:
    text = (files("rashomon.knowledge") / "frequent.txt").read_text(encoding="utf-8")
    words = [line for line in text.splitlines() if not line.startswith("#")]
    return {word: rank for rank, word in enumerate(words)}
