"""The weights as shipped: four graphs, a vocabulary and a card that says what they are."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import msgspec
import onnxruntime

from rashomon.errors import Unusable
from rashomon.model.telling import Status
from rashomon.reading.pieces import Pieces

GRAPHS = ("encoder", "words", "roles", "links")
# What graphs run on, the best first. A runtime that offers a card where there is none goes on with the processor.
PROVIDERS = ("CUDAExecutionProvider", "CPUExecutionProvider")


@dataclass(frozen=True, slots=True)
class Card:
    """What the export wrote beside the graphs: the order of their outputs, thresholds, transition scores."""

    name: str
    anchor: float
    trigger: float
    kinds: tuple[str, ...]
    harm: tuple[str, ...]
    statuses: tuple[Status, ...]
    links: tuple[str, ...]
    types: tuple[str, ...]
    steps: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """Open graphs, ready to run in this process; ``name`` ends in a digest of the graphs."""

    name: str
    card: Card
    pieces: Pieces
    encoder: onnxruntime.InferenceSession
    words: onnxruntime.InferenceSession
    roles: onnxruntime.InferenceSession
    links: onnxruntime.InferenceSession


def shipped() -> Path:
    """The folder of the weights that came with the package."""
    with resources.as_file(resources.files("rashomon.reading") / "weights") as folder:
        return Path(folder)


def chosen(available: Sequence[str]) -> list[str]:
    """Of what an installed onnxruntime offers, what graphs run on: a card where it can, else the processor."""
    return [name for name in PROVIDERS if name in available]


def load(folder: Path, *, threads: int = 1, available: Sequence[str] | None = None) -> Weights:
    """Weights from a folder, on the best of what is ``available``, which is all that onnxruntime offers unless said.

    Raises Unusable if one of the files is missing.
    """
    files = (*(f"{graph}.onnx" for graph in GRAPHS), "card.json", "vocab.txt")
    missing = [name for name in files if not (folder / name).is_file()]
    if missing:
        raise Unusable(f"{folder}: no weights to read with, {', '.join(missing)} missing")
    card = msgspec.json.decode((folder / "card.json").read_bytes(), type=Card)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    graphs = [(folder / f"{name}.onnx").read_bytes() for name in GRAPHS]
    digest = hashlib.sha256(b"".join(graphs)).hexdigest()[:10]
    providers = chosen(onnxruntime.get_available_providers() if available is None else available)
    sessions = [onnxruntime.InferenceSession(g, options, providers=providers) for g in graphs]
    return Weights(f"{card.name}-{digest}", card, Pieces.load(folder / "vocab.txt"), *sessions)
