"""Trained weights to the graphs that ship: ``python training/export.py WEIGHTS.pt … FOLDER``.

Products become int8 (dynamic, per channel, on the raw export), the embedding table int8 with a scale a row.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
import torch.nn.functional as F
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from lessons import HARM, KINDS, LINKS, STATUSES, TYPES
from network import HEADS, RANK, Layer, Network, Pairs, bucket
from train import network

GRAPHS = ("encoder", "words", "roles", "links")


class Rows(nn.Module):
    """An embedding table in int8 with a scale a row: one scale for all rows costs 0.2 of claim F1."""

    def __init__(self, table: nn.Embedding) -> None:
        super().__init__()
        self.register_buffer("scale", table.weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127)
        self.register_buffer("rows", torch.round(table.weight / self.scale).to(torch.int8))

    def forward(self, ids: Tensor) -> Tensor:
        return self.rows[ids].float() * self.scale[ids]


class Attend(torch.autograd.Function):
    """Attention of one unpadded window as ONNX Runtime's own fused operator: a quarter less time than written out."""

    @staticmethod
    def forward(ctx: object, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        split = [t.view(*t.shape[:2], HEADS, -1).transpose(1, 2) for t in (q, k, v)]
        return F.scaled_dot_product_attention(*split).transpose(1, 2).flatten(2)

    @staticmethod
    def symbolic(g: torch.Graph, q: torch.Value, k: torch.Value, v: torch.Value) -> torch.Value:
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=HEADS).setType(q.type())


class Fused(nn.Module):
    """A trained layer with that attention."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.layer = layer

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        y = self.layer
        x = y.norm1(x + y.out(Attend.apply(*y.qkv(x).chunk(3, -1))))
        return y.norm2(x + y.down(F.gelu(y.up(x))))


class Pass(nn.Module):
    """What runs once a window: states and anchors of word pieces."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        states = self.net.encoder(ids, features)
        return states, self.net.claims.anchors(states)


class Words(nn.Module):
    """What runs once a word: kinds of incident (none first), death and injury, status, names; as probabilities."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.net = net

    def forward(self, states: Tensor, listed: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        kinds, status = self.net.events.words(states, listed)
        cut = len(KINDS) + 1
        names = torch.softmax(self.net.names(states), -1)
        return torch.softmax(kinds[..., :cut], -1), torch.sigmoid(kinds[..., cut:]), torch.softmax(status, -1), names


class Single(nn.Module):
    """A pair network for one unpadded window, its convolutions as products of every word with its neighbours in a row.

    Written so, int8 makes them three times faster, and nothing is masked or turned over.
    """

    def __init__(self, pairs: Pairs) -> None:
        super().__init__()
        self.pairs = pairs
        self.reach = pairs.mix1.kernel_size[0] // 2
        place = pairs.sentence.weight[:, None] + pairs.paragraph.weight[None]
        self.place = nn.Parameter(place.flatten(0, 1))
        self.products = nn.ParameterList(_rows(mix) for mix in (pairs.mix1, pairs.mix2))

    def forward(self, states: Tensor, anchor: Tensor, sentences: Tensor, paragraphs: Tensor) -> Tensor:
        """States [1, T, 384], anchors [P], sentences and paragraphs [T] -> scores [P, T, outputs]."""
        y, words = self.pairs, states[0]
        head = words[anchor]
        near = bucket(torch.arange(words.shape[0])[None] - anchor[:, None])
        s = (sentences[None] - sentences[anchor][:, None]).clamp(-4, 4) + 4
        p = (paragraphs[None] - paragraphs[anchor][:, None]).clamp(-2, 2) + 2
        x = F.relu(y.head(head)[:, None] + y.word(words)[None] + y.distance(near) + self.place[s * 5 + p])
        for weight, mix in zip(self.products, (y.mix1, y.mix2), strict=True):
            x = x + F.relu(self.beside(x) @ weight + mix.bias)
        both = y.left(head).view(-1, y.outputs, RANK) @ y.right(words).T
        return y.out(x) + both.transpose(1, 2) / math.sqrt(RANK)

    def beside(self, x: Tensor) -> Tensor:
        """[P, T, C] -> [P, T, 5 C]: every word with the two before and the two after it."""
        padded = F.pad(x, (0, 0, self.reach, self.reach))
        return torch.cat([padded[:, n : n + x.shape[1]] for n in range(2 * self.reach + 1)], -1)


def _rows(conv: nn.Conv1d) -> nn.Parameter:
    """A convolution's weights [out, in, size] as one matrix [size in, out]."""
    return nn.Parameter(conv.weight.permute(2, 1, 0).flatten(0, 1).contiguous())


def save(
    module: nn.Module, inputs: dict[str, Tensor], outputs: Sequence[str], axes: dict[str, dict[int, str]], path: Path
) -> None:
    """One graph with named, free axes."""
    torch.onnx.export(
        module, tuple(inputs.values()), str(path), input_names=list(inputs), output_names=list(outputs), dynamic_axes=axes,
        opset_version=17, dynamo=False, custom_opsets={"com.microsoft": 1},
    )  # fmt: skip


def small(raw: Path, path: Path) -> None:
    """A graph with its products in int8."""
    quantize_dynamic(
        str(raw), str(path), per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul"]
    )


def pairs(module: Pairs, path: Path) -> None:
    """A pair network's graph."""
    words = torch.zeros(18, dtype=torch.long)
    inputs = {
        "states": torch.randn(1, 18, 384),
        "anchor": torch.tensor([3, 4, 9]),
        "sentences": words,
        "paragraphs": words,
    }
    axes = {
        "states": {1: "t"},
        "sentences": {0: "t"},
        "paragraphs": {0: "t"},
        "anchor": {0: "p"},
        "scores": {0: "p", 1: "t"},
    }
    with tempfile.TemporaryDirectory() as scratch:
        raw = Path(scratch) / path.name
        save(Single(module), inputs, ["scores"], axes, raw)
        small(raw, path)


def averaged(paths: Sequence[Path]) -> dict[str, Tensor]:
    """Weights of one run at several epochs, averaged: flatter, and better than each of them."""
    states = [torch.load(path, map_location="cpu") for path in paths]
    return {name: sum(state[name].float() for state in states) / len(states) for name in states[0]}


def main() -> None:
    """Writes four graphs and card.json."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("weights", type=Path, nargs="+", help="several are averaged")
    p.add_argument("folder", type=Path)
    p.add_argument("--name", default="minilm6")
    p.add_argument("--anchor", type=float, default=0.5, help="how sure a claim must be")
    p.add_argument("--trigger", type=float, default=0.5, help="how sure an incident's mention must be")
    p.add_argument("--fp32", action="store_true", help="leave the encoder as it is, to compare")
    a = p.parse_args()
    net = network()
    net.load_state_dict(averaged(a.weights))
    net.eval()
    net.encoder.layers = nn.ModuleList(Fused(layer) for layer in net.encoder.layers)
    if not a.fp32:
        net.encoder.pieces = Rows(net.encoder.pieces)
    a.folder.mkdir(parents=True, exist_ok=True)
    pieces, column = {0: "b", 1: "l"}, {0: "b", 1: "t"}
    with tempfile.TemporaryDirectory() as scratch:
        raw = Path(scratch) / "encoder.onnx"
        inputs = {"ids": torch.ones(2, 20, dtype=torch.long), "features": torch.zeros(2, 20, 3, dtype=torch.long)}
        save(
            Pass(net),
            inputs,
            ["states", "anchors"],
            dict.fromkeys(("ids", "features", "states", "anchors"), pieces),
            raw,
        )
        if a.fp32:
            (a.folder / "encoder.onnx").write_bytes(raw.read_bytes())
        else:
            small = str(a.folder / "encoder.onnx")
            quantize_dynamic(
                str(raw), small, per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul"]
            )
    inputs = {"states": torch.randn(2, 18, 384), "listed": torch.zeros(2, 18, len(KINDS) + len(HARM))}
    outputs = ["kinds", "harm", "status", "names"]
    save(Words(net), inputs, outputs, dict.fromkeys((*inputs, *outputs), column), a.folder / "words.onnx")
    pairs(net.claims.roles, a.folder / "roles.onnx")
    pairs(net.events.links, a.folder / "links.onnx")
    card = {
        "name": a.name, "anchor": a.anchor, "trigger": a.trigger, "kinds": KINDS, "harm": HARM, "statuses": STATUSES,
        "links": LINKS, "types": TYPES, "steps": [[round(float(v), 5) for v in row] for row in net.claims.steps],
    }  # fmt: skip
    (a.folder / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    for graph in GRAPHS:
        path = a.folder / f"{graph}.onnx"
        onnx.checker.check_model(str(path))
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
