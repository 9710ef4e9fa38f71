"""Lessons to tensors: windows of words, padded, with what is untold masked."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from lessons import HARM, KINDS, LINKS, Lesson
from rashomon.reading.pieces import BEGIN, END
from rashomon.reading.tokens import SHAPES

LENGTH = 384
CASED = (1, 2, 3, 6)  # shapes that lower-cased text does not show


@dataclass
class Window:
    """A stretch of words ``[low, high)`` of one lesson."""

    lesson: Lesson
    low: int
    high: int


def cuts(lesson: Lesson, first: int, stride: int) -> Iterator[tuple[int, int]]:
    """Windows that fit the length, ``stride`` pieces apart, the first one shortened by ``first`` pieces."""
    ends = np.cumsum([len(p) for p in lesson.pieces])
    total = int(ends[-1]) if len(ends) else 0
    at = -first
    while at < total:
        low = int(np.searchsorted(ends, max(at, 0), side="right"))
        high = int(np.searchsorted(ends, at + LENGTH - 2, side="right"))
        if high > low:
            yield low, high
        if at + LENGTH - 2 >= total:
            return
        at += stride


def epoch(lessons: list[Lesson], stride: int, size: int, rng: random.Random) -> list[list[Window]]:
    """All lessons once, cut at random places, windows of like length together."""
    found = [
        Window(x, low, high)
        for x in lessons
        for low, high in cuts(x, rng.randrange(stride) if len(x.words) > 300 else 0, stride)
    ]
    rng.shuffle(found)
    chunk = 64 * size
    chunks = [sorted(found[i : i + chunk], key=lambda w: w.high - w.low) for i in range(0, len(found), chunk)]
    out = [c[i : i + size] for c in chunks for i in range(0, len(c), size)]
    rng.shuffle(out)
    return out


def tensors(windows: list[Window], rng: random.Random | None) -> dict[str, Tensor]:
    """One batch; with ``rng`` one window in ten loses its case, as old archives have."""
    rows = [_pieces(w, rng is not None and rng.random() < 0.1) for w in windows]
    B, L, T = len(rows), max(len(r[0]) for r in rows), max(w.high - w.low for w in windows)
    x = {
        "ids": torch.zeros(B, L, dtype=torch.long), "features": torch.zeros(B, L, 3, dtype=torch.long),
        "firsts": torch.zeros(B, T, dtype=torch.long), "mask": torch.zeros(B, T),
        "sentences": torch.zeros(B, T, dtype=torch.long), "paragraphs": torch.zeros(B, T, dtype=torch.long),
        "listed": torch.zeros(B, T, len(KINDS) + len(HARM)), "anchors": torch.zeros(B, T), "weight": torch.zeros(B, T),
        "kinds": torch.zeros(B, T, len(KINDS) + 1), "kinds_on": torch.zeros(B, T), "status": torch.full((B, T), -1),
        "harm": torch.full((B, T, len(HARM)), -1), "names": torch.full((B, T), -1),
    }  # fmt: skip
    claims: list[tuple[int, int, np.ndarray]] = []
    links: list[tuple[int, int, np.ndarray]] = []
    for b, (w, (ids, features, firsts)) in enumerate(zip(windows, rows, strict=True)):
        n, here, lesson = w.high - w.low, slice(w.low, w.high), w.lesson
        x["ids"][b, : len(ids)] = torch.tensor(ids)
        x["features"][b, : len(features)] = torch.tensor(features)
        x["firsts"][b, :n] = torch.tensor(firsts)
        x["mask"][b, :n] = 1
        x["sentences"][b, :n] = torch.from_numpy(lesson.words.sentences[here].astype(np.int64))
        x["paragraphs"][b, :n] = torch.from_numpy(lesson.words.paragraphs[here].astype(np.int64))
        x["listed"][b, :n] = torch.from_numpy(lesson.listed[here])
        for name, column in (("harm", lesson.harm), ("names", lesson.names)):
            if column is not None:
                x[name][b, :n] = torch.from_numpy(column[here])
        if lesson.plain is not None:
            x["kinds_on"][b, :n] = torch.from_numpy(lesson.plain[here].astype(np.float32))
            x["kinds"][b, :n, 0] = x["kinds_on"][b, :n]
        for at, group in lesson.kinds:
            if w.low <= at < w.high:
                x["kinds_on"][b, at - w.low] = 1
                x["kinds"][b, at - w.low] = 0
                x["kinds"][b, at - w.low, sorted(group)] = 1
        for at, status in lesson.status:
            if w.low <= at < w.high:
                x["status"][b, at - w.low] = status
        links += [(b, at - w.low, _fit(table[here], T)) for at, table in lesson.links if w.low <= at < w.high]
        claims += _claims(x, b, w, T)
    empty = np.zeros((0, T), np.int64)
    return x | {
        "claim_window": torch.tensor([c[0] for c in claims], dtype=torch.long),
        "claim_at": torch.tensor([c[1] for c in claims], dtype=torch.long),
        "roles": torch.from_numpy(np.stack([c[2] for c in claims]) if claims else empty),
        "link_window": torch.tensor([c[0] for c in links], dtype=torch.long),
        "link_at": torch.tensor([c[1] for c in links], dtype=torch.long),
        "links": torch.from_numpy(np.stack([c[2] for c in links]) if links else np.zeros((0, T, len(LINKS)), np.int64)),
    }


def _pieces(w: Window, flat: bool) -> tuple[list[int], list[tuple[int, int, int]], list[int]]:
    words = w.lesson.words
    ids, features, firsts = [BEGIN], [(SHAPES, 0, 0)], []
    for i in range(w.low, w.high):
        firsts.append(len(ids))
        shape = int(words.shapes[i])
        shape = 0 if flat and shape in CASED else shape
        for n, piece in enumerate(w.lesson.pieces[i]):
            ids.append(piece)
            features.append((shape, 0 if n else int(words.gaps[i]), int(words.quotes[i])))
    return [*ids, END], [*features, (SHAPES, 0, 0)], firsts


def _fit(table: np.ndarray, size: int) -> np.ndarray:
    return np.pad(table, ((0, size - len(table)), (0, 0)), constant_values=-1)


def _claims(x: dict[str, Tensor], b: int, w: Window, size: int) -> list[tuple[int, int, np.ndarray]]:
    """Claims whose words are all in the window; a cut one is neither taught nor counted."""
    if w.lesson.claims is None:
        return []
    out = []
    x["weight"][b, : w.high - w.low] = 1
    for anchor, roles, optional in w.lesson.claims:
        at = anchor - w.low
        if not 0 <= at < w.high - w.low:
            continue
        x["anchors"][b, at] = 1
        inside = roles[w.low : w.high]
        cut = (inside > 0).sum() < (roles > 0).sum()
        if cut or optional:
            x["weight"][b, at] = 0
        if not cut:
            out.append((b, at, np.pad(inside, (0, size - len(inside)))))
    return out
