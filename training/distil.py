"""What a larger teacher says of a window, and how far a student is from it: soft labels for every head (Hinton et al. 2015).

Texts that nobody marked teach through it too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from network import Network, crf_total

# Words a window at most whose claim roles and links are taught, and how likely a word must be an anchor for that.
MOST, LIKELY = 16, 0.2


@dataclass
class Soft:
    """A teacher's probabilities over a batch of windows [B, T], and over its likely anchors [P, T]."""

    anchors: Tensor
    kinds: Tensor
    harm: Tensor
    status: Tensor
    names: Tensor
    claim_at: tuple[Tensor, Tensor]
    roles: Tensor  # expected role scores used, [P, T, 8]: four of being, four of entering
    steps: Tensor  # expected steps between roles, summed over the pairs [4, 4]
    link_at: tuple[Tensor, Tensor]
    links: Tensor


def states_of(net: Network, x: dict[str, Tensor]) -> Tensor:
    """The state of every word's first piece, [B, T, width]."""
    pieces = net.encoder(x["ids"], x["features"])
    return pieces.gather(1, x["firsts"][..., None].expand(-1, -1, pieces.shape[-1]))


def soft(teachers: Sequence[Network], x: dict[str, Tensor], bf16: bool) -> Soft:
    """The mean of what the teachers say."""
    place = (x["sentences"], x["paragraphs"], x["mask"])
    n = len(teachers)
    with torch.no_grad(), torch.autocast(x["ids"].device.type, torch.bfloat16, enabled=bf16):
        states = [states_of(t, x) for t in teachers]
        anchors = _mean([torch.sigmoid(t.claims.anchors(s).float()) for t, s in zip(teachers, states, strict=True)])
        words = [t.events.words(s, x["listed"]) for t, s in zip(teachers, states, strict=True)]
        cut = words[0][0].shape[-1] - 2
        kinds = _mean([torch.softmax(k[..., :cut].float(), -1) for k, _ in words])
        harm = _mean([torch.sigmoid(k[..., cut:].float()) for k, _ in words])
        status = _mean([torch.softmax(s.float(), -1) for _, s in words])
        names = _mean([torch.softmax(t.names(s).float(), -1) for t, s in zip(teachers, states, strict=True)])
        claim_at, link_at = _likely(anchors * x["mask"]), _likely((1 - kinds[..., 0]) * x["mask"])
        links = _mean(
            [torch.sigmoid(t.events.links(s, *link_at, *place).float()) for t, s in zip(teachers, states, strict=True)]
        )
        scores = [t.claims.roles(s, *claim_at, *place).float() for t, s in zip(teachers, states, strict=True)]
    told = [_expected(s, t.claims.steps, x["mask"][claim_at[0]]) for s, t in zip(scores, teachers, strict=True)]
    roles, steps = _mean([r for r, _ in told]), sum((s for _, s in told), torch.zeros_like(told[0][1])) / n
    return Soft(anchors, kinds, harm, status, names, claim_at, roles, steps, link_at, links)


def _mean(found: Sequence[Tensor]) -> Tensor:
    return torch.stack(list(found)).mean(0)


def _likely(chance: Tensor) -> tuple[Tensor, Tensor]:
    """Windows and words of the likely anchors, the likeliest of each window."""
    best, at = chance.topk(min(MOST, chance.shape[1]), 1)
    window, rank = torch.nonzero(best > LIKELY, as_tuple=True)
    return window, at[window, rank]


def _expected(scores: Tensor, steps: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
    """How often the chain uses each score: the gradient of its total."""
    scores, steps = scores.detach().requires_grad_(), steps.detach().float().requires_grad_()
    with torch.enable_grad():
        total = crf_total(scores, steps, mask).sum()
        found = torch.autograd.grad(total, (scores, steps), allow_unused=True)
    return found[0], found[1] if found[1] is not None else torch.zeros_like(steps)


def distances(net: Network, x: dict[str, Tensor], states: Tensor, told: Soft) -> dict[str, Tensor]:
    """Cross-entropy of the student under the teacher's probabilities, a head, summed over the batch."""
    place, mask = (x["sentences"], x["paragraphs"], x["mask"]), x["mask"]
    anchors = net.claims.anchors(states).float()
    claims = F.binary_cross_entropy_with_logits(anchors, told.anchors, mask, reduction="sum")
    if len(told.claim_at[0]):
        scores, steps = net.claims.roles(states, *told.claim_at, *place).float(), net.claims.steps
        total = crf_total(scores, steps, mask[told.claim_at[0]]).sum()
        claims = claims + total - (scores * told.roles).sum() - (steps * told.steps).sum()
    kinds, status = net.events.words(states, x["listed"])
    cut = kinds.shape[-1] - 2
    out = {
        "claims": claims,
        "kinds": (_cross(kinds[..., :cut], told.kinds) * mask).sum(),
        "status": (_cross(status, told.status) * mask * (1 - told.kinds[..., 0])).sum(),
        "harm": F.binary_cross_entropy_with_logits(
            kinds[..., cut:].float(), told.harm, mask[..., None], reduction="sum"
        ),
        "names": (_cross(net.names(states), told.names) * mask).sum(),
    }
    if len(told.link_at[0]):
        links = net.events.links(states, *told.link_at, *place).float()
        here = mask[told.link_at[0]][..., None]
        out["links"] = F.binary_cross_entropy_with_logits(links, told.links, here, reduction="sum")
    return out


def _cross(logits: Tensor, told: Tensor) -> Tensor:
    return -(told * torch.log_softmax(logits.float(), -1)).sum(-1)
