"""Fine-tunes the encoder with all its heads: ``python training/train.py --data DIR --base DIR --out FILE``."""

from __future__ import annotations

import argparse
import copy
import random
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from batches import epoch, tensors
from lessons import HARM, KINDS, LINKS, STATUSES, TYPES, Lesson, geneva, ledgers, marked, own, polnear, rams
from named import entities
from network import Encoder, Network, crf_loss
from rashomon.reading.pieces import Pieces

SHARE = {"claims": 1.0, "kinds": 1.0, "status": 0.3, "harm": 0.3, "links": 0.3, "names": 0.3}


def network(base: Path | None = None) -> Network:
    """The network as trained here, on all-MiniLM-L6-v2's weights if their folder is given."""
    encoder = Encoder.pretrained(base) if base else Encoder()
    return Network(encoder, len(KINDS) + len(HARM), len(STATUSES), len(LINKS), len(TYPES))


# How often an epoch sees each corpus, where the command does not say otherwise.
TIMES = {
    "polnear": 1.0, "gold": 4.0, "own": 2.0, "marks": 1.0, "rams": 0.5, "geneva": 0.5, "gum": 0.5, "re3d": 1.0, "gmb": 0.3,
}  # fmt: skip
STAGES = {
    "claims": ("polnear", "gold"),
    "events": ("gold", "own", "marks"),
    "all": tuple(TIMES),
}


def corpora(folder: Path, pieces: Pieces, names: Iterable[str]) -> dict[str, list[Lesson]]:
    """The lessons of each named corpus."""
    data = folder / "data"
    found: dict[str, Callable[[], Iterable[Lesson]]] = {
        "polnear": lambda: polnear(data / "claims/train.jsonl", pieces),
        "gold": lambda: ledgers(folder / "gold/train", folder / "articles/articles.jsonl", pieces),
        "own": lambda: own(pieces),
        "marks": lambda: marked(data, pieces),
        "rams": lambda: rams(data / "events/rams_train.jsonl", pieces),
        "geneva": lambda: geneva(data / "events/geneva_train.jsonl", pieces),
        "gum": lambda: entities(data / "entities/gum_train.jsonl", pieces),
        "re3d": lambda: entities(data / "entities/re3d_train.jsonl", pieces),
        "gmb": lambda: entities(data / "entities/gmb_train.jsonl", pieces, 12, 9000),
    }
    return {name: list(found[name]()) for name in names}


def sampled(found: dict[str, tuple[list[Lesson], float]], rng: random.Random) -> list[Lesson]:
    """An epoch's lessons."""
    out: list[Lesson] = []
    for lessons, times in found.values():
        out += lessons * int(times) + rng.sample(lessons, round(len(lessons) * (times % 1)))
    return out


def losses(net: Network, x: dict[str, Tensor], bf16: bool) -> dict[str, Tensor]:
    """The sum of each head's losses over the batch, where something is told."""
    place = (x["sentences"], x["paragraphs"], x["mask"])
    out: dict[str, Tensor] = {}
    with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
        pieces = net.encoder(x["ids"], x["features"])
        states = pieces.gather(1, x["firsts"][..., None].expand(-1, -1, pieces.shape[-1]))
        if x["weight"].any():
            anchors = net.claims.anchors(states).float()
            out["claims"] = F.binary_cross_entropy_with_logits(anchors, x["anchors"], x["weight"], reduction="sum")
        if len(x["claim_at"]):
            scores = net.claims.roles(states, x["claim_window"], x["claim_at"], *place)
            out["claims"] = (
                out["claims"] + crf_loss(scores, net.claims.steps, x["roles"], x["mask"][x["claim_window"]]).sum()
            )
        if x["kinds_on"].any() or (x["harm"] >= 0).any():
            kinds, status = net.events.words(states, x["listed"])
            kinds, harm = kinds[..., : len(KINDS) + 1].float(), kinds[..., len(KINDS) + 1 :].float()
            told = torch.logsumexp(kinds.masked_fill(x["kinds"] == 0, -1e9), -1) - torch.logsumexp(kinds, -1)
            out["kinds"] = -(told * x["kinds_on"]).sum()
            on = x["harm"] >= 0
            out["harm"] = F.binary_cross_entropy_with_logits(
                harm, x["harm"].clamp(min=0).float(), on.float(), reduction="sum"
            )
            if (x["status"] >= 0).any():
                out["status"] = F.cross_entropy(
                    status.float().flatten(0, 1), x["status"].flatten(), ignore_index=-1, reduction="sum"
                )
        if len(x["link_at"]):
            scores = net.events.links(states, x["link_window"], x["link_at"], *place).float()
            on = x["links"] >= 0
            out["links"] = F.binary_cross_entropy_with_logits(
                scores, x["links"].clamp(min=0).float(), on.float(), reduction="sum"
            )
        if (x["names"] >= 0).any():
            tags = net.names(states).float()
            out["names"] = F.cross_entropy(tags.flatten(0, 1), x["names"].flatten(), ignore_index=-1, reduction="sum")
    return out


def start(net: Network, path: Path) -> None:
    """Takes over what an earlier run learnt, as far as names and shapes agree."""
    old = torch.load(path, map_location="cpu")
    # An earlier run of the claim head alone kept its pair network one level higher.
    old = {
        k.replace("claims.", "claims.roles.")
        if k.startswith("claims.") and k.split(".")[1] not in ("anchor", "steps", "roles")
        else k: v
        for k, v in old.items()
    }
    missing, unexpected = net.load_state_dict(old, strict=False)
    print(f"started from {path}: {len(missing)} new, {len(unexpected)} unused", flush=True)


def main() -> None:
    """Trains; writes the averaged weights after every epoch, ``OUT-0.pt`` and on."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=Path, required=True, help="folder that holds data/, gold/ and articles/")
    p.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2's model.safetensors")
    p.add_argument(
        "--vocabulary", type=Path, default=Path(__file__).parents[1] / "src/rashomon/reading/weights/vocab.txt"
    )
    p.add_argument("--start", type=Path, help="weights of an earlier run to go on from")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--epochs", type=int, default=10)
    p.add_argument("--batch", type=int, default=8)
    p.add_argument("--stride", type=int, default=368)
    p.add_argument("--rate", type=float, default=2.5e-4)
    p.add_argument("--ema", type=float, default=0.998)
    p.add_argument("--stage", choices=STAGES, default="all", help="the claim head alone, incidents alone, or all")
    p.add_argument("--part", nargs="*", default=[], metavar="CORPUS=N", help="a share of a corpus, for learning curves")
    p.add_argument("--times", nargs="*", default=[], metavar="CORPUS=N", help="how often an epoch sees a corpus")
    p.add_argument("--steps", type=int, default=0, help="stop after so many steps: a trial")
    p.add_argument("--fp32", action="store_true", help="for processors without bf16")
    a = p.parse_args()
    rng = random.Random(7)
    torch.manual_seed(7)
    lessons = corpora(a.data, Pieces.load(a.vocabulary), STAGES[a.stage])
    for name, _, share in (part.partition("=") for part in a.part):
        lessons[name] = random.Random(5).sample(lessons[name], round(float(share) * len(lessons[name])))
    if a.stage == "events":
        for lesson in (x for corpus in lessons.values() for x in corpus):
            lesson.claims = None
    times = TIMES | {name: float(n) for name, _, n in (t.partition("=") for t in a.times)}
    found = {name: (corpus, times[name]) for name, corpus in lessons.items()}
    net = network(a.base)
    if a.start:
        start(net, a.start)
    mean = copy.deepcopy(net).eval()
    heads = [q for n, q in net.named_parameters() if not n.startswith("encoder.")]
    groups = [{"params": net.encoder.parameters(), "lr": a.rate}, {"params": heads, "lr": 3 * a.rate}]
    adam = torch.optim.AdamW(groups, weight_decay=0.05)
    total = len(epoch(sampled(found, rng), a.stride, a.batch, rng)) * a.epochs
    plan = torch.optim.lr_scheduler.OneCycleLR(
        adam, [a.rate, 3 * a.rate], total_steps=int(total * 1.02) + 50, pct_start=0.1
    )
    step, begun = 0, time.time()
    seen: dict[str, list[float]] = {}
    for e in range(a.epochs):
        for group in epoch(sampled(found, rng), a.stride, a.batch, rng):
            net.train()
            parts = losses(net, tensors(group, rng), not a.fp32)
            value = sum(SHARE[k] * v for k, v in parts.items()) / len(group)
            adam.zero_grad(set_to_none=True)
            value.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            adam.step()
            plan.step()
            step += 1
            decay = min(a.ema, (1 + step) / (10 + step))
            with torch.no_grad():
                torch._foreach_lerp_(list(mean.parameters()), list(net.parameters()), 1 - decay)
            for k, v in parts.items():
                seen.setdefault(k, []).append(v.item() / len(group))
            if step % 50 == 0:
                said = " ".join(f"{k} {np.mean(v[-50:]):.2f}" for k, v in sorted(seen.items()))
                print(f"epoch {e} step {step}/{total} {said} {(time.time() - begun) / step:.2f} s/step", flush=True)
            if a.steps and step >= a.steps:
                return
        torch.save(mean.state_dict(), a.out.with_stem(f"{a.out.stem}-{e}"))
        print(f"epoch {e} saved, {time.time() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
