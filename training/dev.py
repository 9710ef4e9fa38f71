"""Scores of the heads over lessons kept apart: mentions, their kinds and links, word by word, before any coding."""

from __future__ import annotations

import random
from collections.abc import Sequence

import torch

from batches import epoch, tensors
from distil import states_of
from lessons import KINDS, LINKS, Lesson
from network import Network


def f1(tp: float, fp: float, fn: float) -> float:
    """F1 in per cent."""
    return 200 * tp / max(2 * tp + fp + fn, 1)


def scores(net: Network, lessons: Sequence[Lesson], bf16: bool, seed: int = 3) -> dict[str, float]:
    """F1 of mentions, of mentions with their kind, and of links of marked mentions; a word may be left out untold."""
    device = next(net.parameters()).device
    counts = {"mention": [0.0, 0.0, 0.0], "kind": [0.0, 0.0, 0.0], "links": [0.0, 0.0, 0.0]}
    for group in epoch(list(lessons), 368, 8, random.Random(seed)):
        x = {name: column.to(device) for name, column in tensors(group, None).items()}
        with torch.no_grad(), torch.autocast(device.type, torch.bfloat16, enabled=bf16):
            states = states_of(net, x)
            kinds = net.events.words(states, x["listed"])[0][..., : len(KINDS) + 1].float()
            place = (x["sentences"], x["paragraphs"], x["mask"])
            links = (
                net.events.links(states, x["link_window"], x["link_at"], *place).float() if len(x["link_at"]) else None
            )
        on, told = x["kinds_on"] > 0, x["kinds"][..., 0] == 0
        said = torch.softmax(kinds, -1)[..., 0] < 0.5
        right = x["kinds"].gather(2, kinds[..., 1:].argmax(-1, keepdim=True) + 1).squeeze(-1) > 0
        for name, hit in (("mention", said & told), ("kind", said & told & right)):
            tp = (hit & on).sum().item()
            counts[name][0] += tp
            counts[name][1] += (said & on).sum().item() - tp
            counts[name][2] += (told & on).sum().item() - tp
        if links is not None:
            known = (x["links"] >= 0) & (x["mask"][x["link_window"]] > 0)[..., None]
            known[..., LINKS.index("same")] = False
            yes, want = (links > 0) & known, (x["links"] == 1) & known
            counts["links"][0] += (yes & want).sum().item()
            counts["links"][1] += (yes & ~want & known).sum().item()
            counts["links"][2] += (~yes & want).sum().item()
    return {name: round(f1(*c), 1) for name, c in counts.items()}
