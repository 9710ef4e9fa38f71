"""The network: one encoder, one pass, several heads. Needs torch; the product never imports this."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
ROLES = ("none", "cue", "source", "content")
NEAR, FAR = 32, 382  # words told apart one by one, and the farthest told apart at all
BUCKETS = 2 * (NEAR + 16) + 1
PAIR, RANK = 96, 48


@dataclass(frozen=True)
class Size:
    """How large an encoder is; ``first`` is the row of the first position."""

    width: int = WIDTH
    layers: int = LAYERS
    inner: int = INNER
    vocabulary: int = 30522
    first: int = 0
    epsilon: float = 1e-12


MINILM = Size()


class Layer(nn.Module):
    """One transformer layer of twelve heads, post-norm, as in BERT."""

    def __init__(self, dropout: float, size: Size = MINILM) -> None:
        super().__init__()
        self.width = width = size.width
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=size.epsilon)
        self.up = nn.Linear(width, size.inner)
        self.down = nn.Linear(size.inner, width)
        self.norm2 = nn.LayerNorm(width, eps=size.epsilon)
        self.dropout = dropout

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, self.width // HEADS).permute(2, 0, 3, 1, 4)
        # Written out: on two cores the fused kernel's backward pass takes a third of a step, this a sixth.
        scores = (q / math.sqrt(self.width // HEADS)) @ k.transpose(-1, -2) + bias.to(q.dtype)
        a = torch.softmax(scores, -1, dtype=q.dtype) @ v
        a = self.out(a.transpose(1, 2).reshape(b, t, self.width))
        x = self.norm1(x + a)
        y = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(y, self.dropout, self.training))


@dataclass(frozen=True)
class Named:
    """What a package calls the parts of a layer's attention."""

    qkv: tuple[str, ...] = ("attention.self.query", "attention.self.key", "attention.self.value")
    out: str = "attention.output.dense"
    norm: str = "attention.output.LayerNorm"


class Encoder(nn.Module):
    """MiniLM with shape, gap and quotation features added to its word pieces."""

    named = Named()

    def __init__(self, dropout: float = 0.1, size: Size = MINILM) -> None:
        super().__init__()
        self.size, self.dropout = size, dropout
        self.pieces = nn.Embedding(size.vocabulary, size.width, padding_idx=size.first // 2)
        self.positions = nn.Embedding(512 + size.first, size.width)
        self.kind = nn.Parameter(torch.zeros(size.width))
        self.shape = nn.Embedding(8, size.width)
        self.gap = nn.Embedding(4, size.width)
        self.quote = nn.Embedding(4, size.width)
        self.norm = nn.LayerNorm(size.width, eps=size.epsilon)
        self.layers = nn.ModuleList(Layer(dropout, size) for _ in range(size.layers))
        for table in (self.shape, self.gap, self.quote):
            nn.init.normal_(table.weight, std=0.01)

    def forward(self, ids: Tensor, features: Tensor) -> Tensor:
        """``ids`` [B, L], ``features`` [B, L, 3] (shape, gap, quote) -> states [B, L, width]."""
        first = self.size.first
        x = self.pieces(self.own(ids)) + self.positions.weight[first : first + ids.shape[1]] + self.kind
        x = x + self.shape(features[..., 0]) + self.gap(features[..., 1]) + self.quote(features[..., 2])
        x = F.dropout(self.norm(x), self.dropout, self.training)
        bias = self.bias(ids)
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def own(self, ids: Tensor) -> Tensor:
        """MiniLM's piece ids as this encoder counts them."""
        return ids

    def bias(self, ids: Tensor) -> Tensor:
        """What is added to every attention score: nothing is seen of the padding."""
        return ((ids == 0).float() * -1e4)[:, None, None, :]

    @classmethod
    def pretrained(cls, folder: Path) -> Self:
        """The weights of a package's ``model.safetensors``: for this class all-MiniLM-L6-v2's."""
        self = cls()
        with torch.no_grad():
            self.take(load_file(folder / "model.safetensors"))
        return self

    def take(self, w: dict[str, Tensor]) -> None:
        """Copy a package's weights."""
        self.pieces.weight.copy_(w["embeddings.word_embeddings.weight"])
        self.positions.weight.copy_(w["embeddings.position_embeddings.weight"])
        _copy(self.norm, w, "embeddings.LayerNorm")
        if "embeddings.token_type_embeddings.weight" in w:
            self.kind.copy_(w["embeddings.token_type_embeddings.weight"][0])
        for n, layer in enumerate(self.layers):
            at = f"encoder.layer.{n}"
            qkv = [f"{at}.{name}" for name in self.named.qkv]
            layer.qkv.weight.copy_(torch.cat([w[f"{name}.weight"] for name in qkv]))
            layer.qkv.bias.copy_(torch.cat([w[f"{name}.bias"] for name in qkv]))
            _copy(layer.out, w, f"{at}.{self.named.out}")
            _copy(layer.norm1, w, f"{at}.{self.named.norm}")
            _copy(layer.up, w, f"{at}.intermediate.dense")
            _copy(layer.down, w, f"{at}.output.dense")
            _copy(layer.norm2, w, f"{at}.output.LayerNorm")


def _copy(module: nn.Module, w: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(w[f"{name}.weight"])
    module.bias.copy_(w[f"{name}.bias"])


def bucket(distance: Tensor) -> Tensor:
    """Distance in words to one of 97 buckets: exact up to 32, logarithmic beyond."""
    far = distance.abs().clamp(max=FAR)
    log = NEAR + 1 + (torch.log(far.clamp(min=NEAR).float() / NEAR) / math.log(FAR / NEAR) * 15).long()
    size = torch.where(far <= NEAR, far, log)
    return (size * distance.sign() + NEAR + 16).long()


class Pairs(nn.Module):
    """For every anchor word, ``outputs`` scores for every word of its window.

    A small convolution over (anchor state + word state + relative place), and a bilinear term beside it.
    """

    def __init__(self, outputs: int, dropout: float = 0.0, width: int = WIDTH) -> None:
        super().__init__()
        self.outputs, self.dropout = outputs, dropout
        self.head = nn.Linear(width, PAIR)
        self.word = nn.Linear(width, PAIR)
        self.distance = nn.Embedding(BUCKETS, PAIR)
        self.sentence = nn.Embedding(9, PAIR)
        self.paragraph = nn.Embedding(5, PAIR)
        self.left = nn.Linear(width, outputs * RANK)
        self.right = nn.Linear(width, RANK)
        self.mix1 = nn.Conv1d(PAIR, PAIR, 5, padding=2)
        self.mix2 = nn.Conv1d(PAIR, PAIR, 5, padding=2)
        self.out = nn.Linear(PAIR, outputs)
        for table in (self.distance, self.sentence, self.paragraph):
            nn.init.normal_(table.weight, std=0.1)

    def forward(
        self, states: Tensor, window: Tensor, anchor: Tensor, sentences: Tensor, paragraphs: Tensor, mask: Tensor
    ) -> Tensor:
        """States [B, T, 384], pairs (window, anchor) [P], columns [B, T] -> scores [P, T, outputs]."""
        states = F.dropout(states, self.dropout, self.training)
        head = states[window, anchor]
        word = self.word(states)[window]
        t = torch.arange(states.shape[1], device=states.device)
        near = bucket(t[None] - anchor[:, None])
        s = sentences[window]
        s = (s - s.gather(1, anchor[:, None])).clamp(-4, 4) + 4
        p = paragraphs[window]
        p = (p - p.gather(1, anchor[:, None])).clamp(-2, 2) + 2
        x = self.head(head)[:, None] + word + self.distance(near) + self.sentence(s) + self.paragraph(p)
        here = mask[window][:, None]
        x = F.relu(x).transpose(1, 2) * here
        x = (x + F.relu(self.mix1(x))) * here
        x = (x + F.relu(self.mix2(x))) * here
        both = torch.einsum("pkd,ptd->ptk", self.left(head).view(-1, self.outputs, RANK), self.right(states)[window])
        return self.out(x.transpose(1, 2)) + both / math.sqrt(RANK)


class Claims(nn.Module):
    """Anchors of claims, and for every anchor a role for every word: four scores of being, four of entering.

    The roles form a linear-chain CRF with ``steps`` [4, 4] between them.
    """

    def __init__(self, width: int = WIDTH) -> None:
        super().__init__()
        self.anchor = nn.Sequential(nn.Linear(width, 128), nn.GELU(), nn.Linear(128, 1))
        self.roles = Pairs(8, width=width)
        self.steps = nn.Parameter(torch.zeros(4, 4))

    def anchors(self, states: Tensor) -> Tensor:
        """[B, T, 384] -> logits [B, T]."""
        return self.anchor(states).squeeze(-1)


class Events(nn.Module):
    """Which words tell of an incident, of what kind and status, and which words belong to it.

    ``words`` sees, beside a word's state, the kinds that the word list gives it: words propose, the encoder disposes.
    """

    def __init__(self, kinds: int, statuses: int, links: int, dropout: float = 0.3, width: int = WIDTH) -> None:
        super().__init__()
        self.dropout = dropout
        self.listed = nn.Linear(kinds, 64, bias=False)
        self.hidden = nn.Linear(width + 64, 256)
        self.kind = nn.Linear(256, kinds + 1)
        self.prior = nn.Parameter(torch.tensor(1.0))
        self.status = nn.Linear(256, statuses)
        self.links = Pairs(links, dropout, width)
        with torch.no_grad():  # nearly every word tells of nothing: begin there
            self.kind.bias[0], self.kind.bias[-2:] = 4, -4
            self.links.out.bias.fill_(-5)

    def words(self, states: Tensor, listed: Tensor) -> tuple[Tensor, Tensor]:
        """States [B, T, 384], word-list kinds [B, T, K] -> kinds [B, T, K + 1] (0: none), statuses [B, T, S]."""
        states = F.dropout(states, self.dropout, self.training)
        x = F.gelu(self.hidden(torch.cat([states, self.listed(listed)], -1)))
        x = F.dropout(x, self.dropout, self.training)
        return self.kind(x) + F.pad(listed * self.prior, (1, 0)), self.status(x)


class Names(nn.Module):
    """Begin, inside, outside of names, by type: two logits a type and one for outside."""

    def __init__(self, types: int, width: int = WIDTH) -> None:
        super().__init__()
        self.tags = nn.Sequential(nn.Linear(width, 128), nn.GELU(), nn.Linear(128, 2 * types + 1))

    def forward(self, states: Tensor) -> Tensor:
        """[B, T, 384] -> [B, T, 2 types + 1]."""
        return self.tags(states)


def crf_loss(scores: Tensor, steps: Tensor, gold: Tensor, mask: Tensor) -> Tensor:
    """Negative log-likelihood per pair of the gold role sequence. Scores [P, T, 8], gold [P, T], mask [P, T]."""
    scores = scores.float()
    be, enter = scores[..., :4], scores[..., 4:]
    path = be.gather(2, gold[..., None]).squeeze(-1)
    change = (gold[:, 1:] != gold[:, :-1]).float()
    move = steps[gold[:, :-1], gold[:, 1:]] + change * enter[:, 1:].gather(2, gold[:, 1:, None]).squeeze(-1)
    total = path[:, 0] + ((path[:, 1:] + move) * mask[:, 1:]).sum(1)
    return crf_total(scores, steps, mask) - total


def crf_total(scores: Tensor, steps: Tensor, mask: Tensor) -> Tensor:
    """Log of the sum over all role sequences, a pair [P]. Scores [P, T, 8], mask [P, T] with a one in its first column.

    Neighbouring words' tables are summed two by two, so that T words take log2(T) steps and not T.
    """
    be, enter = scores[..., :4], scores[..., 4:]
    same = torch.eye(4, device=scores.device, dtype=torch.bool)
    table = steps + torch.where(same, enter.new_zeros(()), enter[:, 1:, None, :]) + be[:, 1:, None, :]
    nothing = torch.where(same, 0.0, -1e4).to(table)
    table = torch.where(mask[:, 1:, None, None] > 0, table, nothing)
    while table.shape[1] > 1:
        odd = table[:, -1:] if table.shape[1] % 2 else table[:, :0]
        pairs = table[:, : table.shape[1] // 2 * 2].unflatten(1, (-1, 2))
        both = torch.logsumexp(pairs[:, :, 0, :, :, None] + pairs[:, :, 1, None, :, :], 3)
        table = torch.cat([both, odd], 1)
    if table.shape[1]:
        return torch.logsumexp(be[:, 0, :, None] + table[:, 0], (1, 2))
    return torch.logsumexp(be[:, 0], 1)


class Network(nn.Module):
    """The encoder and its heads."""

    def __init__(self, encoder: Encoder, kinds: int, statuses: int, links: int, types: int) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.size.width
        self.claims = Claims(width)
        self.events = Events(kinds, statuses, links, width=width)
        self.names = Names(types, width)
