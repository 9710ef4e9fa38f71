"""Corpora to windows: the same words and features at training time as at reading time."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from rashomon.reading.tokens import Words, words

LENGTH = 384


@dataclass
class Example:
    """One document with its gold claims, every word in pieces."""

    name: str
    words: Words
    pieces: list[list[int]]
    claims: list[tuple[int, np.ndarray, bool]]  # anchor word, role of every word, optional


def tokenizer(folder: Path) -> Tokenizer:
    """MiniLM's tokenizer without truncation or padding."""
    found = Tokenizer.from_file(str(folder / "tokenizer.json"))
    found.no_truncation()
    found.no_padding()
    return found


def pieces(tok: Tokenizer, forms: tuple[str, ...]) -> list[list[int]]:
    """Word pieces of every word; never none."""
    out: list[list[int]] = [[] for _ in forms]
    encoded = tok.encode(list(forms), is_pretokenized=True, add_special_tokens=False)
    for piece, word in zip(encoded.ids, encoded.word_ids, strict=True):
        out[word].append(piece)
    return [p[:6] or [100] for p in out]


def example(name: str, text: str, claims: list[dict], tok: Tokenizer) -> Example:
    """A document of ``{"cue", "source", "content": [[start, end]...], "optional"?}`` claims."""
    w = words(text)
    gold = []
    for claim in claims:
        roles = np.zeros(len(w), np.int64)
        for role, field in ((3, "content"), (2, "source"), (1, "cue")):
            for start, end in claim.get(field) or []:
                roles[(w.starts < end) & (w.ends > start)] = role
        at = np.flatnonzero(roles == 1) if (roles == 1).any() else np.flatnonzero(roles == 3)
        if len(at):
            gold.append((int(at[0]), roles, bool(claim.get("optional"))))
    return Example(name, w, pieces(tok, w.forms), gold)


def polnear(path: Path, tok: Tokenizer) -> list[Example]:
    """PolNeAR as it lies in ``claims/*.jsonl``."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [example(r["id"], r["text"], r["claims"], tok) for r in rows]


def ledgers(folder: Path, articles: Path, tok: Tokenizer) -> list[Example]:
    """Hand-read ledgers with their texts."""
    texts = {r["id"]: r["text"] for r in map(json.loads, articles.read_text(encoding="utf-8").splitlines())}
    out = []
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        name = gold["doc"]["id"]
        flat = [
            {
                "cue": _spans(a.get("cue")),
                "source": _spans(a.get("source")),
                "content": [[c["start"], c["end"]] for c in a["content"]],
                "optional": a.get("optional", False),
            }
            for a in gold["attributions"]
        ]
        out.append(example(name, texts[name], flat, tok))
    return out


def _spans(span: dict | None) -> list[list[int]]:
    return [[span["start"], span["end"]]] if span else []


def cuts(doc: Example, first: int, stride: int) -> Iterator[tuple[int, int]]:
    """Windows of words that fit the length, ``stride`` pieces apart, the first one ``first`` pieces long or less."""
    sizes = np.array([len(p) for p in doc.pieces])
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if len(ends) else 0
    at = -first
    while at < total:
        lo = int(np.searchsorted(ends, max(at, 0), side="right"))
        hi = int(np.searchsorted(ends, at + LENGTH - 2, side="right"))
        if hi > lo:
            yield lo, hi
        if at + LENGTH - 2 >= total:
            return
        at += stride


@dataclass
class Window:
    """A stretch of words of one document."""

    doc: Example
    lo: int
    hi: int


def epoch(docs: list[Example], stride: int, rng: random.Random) -> list[Window]:
    """All documents once, cut at random places."""
    out = [Window(d, lo, hi) for d in docs for lo, hi in cuts(d, rng.randrange(stride) if len(d.words) > 300 else 0, stride)]
    rng.shuffle(out)
    return out
