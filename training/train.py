"""Fine-tunes the encoder with all its heads: ``python training/train.py --data DIR --base DIR --out FILE``."""

from __future__ import annotations

import argparse
import copy
import math
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader

import dev
from batches import Window, epoch, tensors
from distil import distances, soft, states_of
from lessons import HARM, KINDS, LINKS, STATUSES, TYPES, Lesson, geneva, ledgers, marked, own, polnear, rams, unmarked
from named import entities
from network import Encoder, Network, crf_loss
from rashomon.reading.pieces import Pieces
from teacher import Teacher

SHARE = {"claims": 1.0, "kinds": 1.0, "status": 0.3, "harm": 0.3, "links": 0.3, "names": 0.3}


def network(base: Path | None = None, size: type[Encoder] = Encoder) -> Network:
    """The network as trained here, its encoder begun from the weights in the folder, if one is given."""
    encoder = size.pretrained(base) if base else size()
    return Network(encoder, len(KINDS) + len(HARM), len(STATUSES), len(LINKS), len(TYPES))


# How often an epoch sees each corpus, where the command does not say otherwise.
TIMES = {
    "polnear": 1.0, "gold": 4.0, "own": 2.0, "marks": 1.0, "rams": 0.5, "geneva": 0.5, "gum": 0.5, "re3d": 1.0, "gmb": 0.3,
    "unmarked": 0.0,
}  # fmt: skip
STAGES = {
    "claims": ("polnear", "gold"),
    "events": ("gold", "own", "marks"),
    "all": tuple(TIMES),
    "distil": tuple(TIMES),
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
        "unmarked": lambda: unmarked(data, pieces),
    }
    return {name: list(found[name]()) for name in names}


def sampled(found: dict[str, tuple[list[Lesson], float]], rng: random.Random) -> list[Lesson]:
    """An epoch's lessons."""
    out: list[Lesson] = []
    for lessons, times in found.values():
        out += lessons * int(times) + rng.sample(lessons, round(len(lessons) * (times % 1)))
    return out


def losses(net: Network, x: dict[str, Tensor], states: Tensor) -> dict[str, Tensor]:
    """The sum of each head's losses over the batch, where something is told."""
    place = (x["sentences"], x["paragraphs"], x["mask"])
    out: dict[str, Tensor] = {}
    if x["weight"].any():
        anchors = net.claims.anchors(states).float()
        out["claims"] = F.binary_cross_entropy_with_logits(anchors, x["anchors"], x["weight"], reduction="sum")
    if len(x["claim_at"]):
        scores = net.claims.roles(states, x["claim_window"], x["claim_at"], *place)
        chain = crf_loss(scores, net.claims.steps, x["roles"], x["mask"][x["claim_window"]])
        out["claims"] = out["claims"] + chain.sum()
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


class Rows(torch.utils.data.Dataset[dict[str, Tensor]]):
    """Batches as tensors, made beside the training where there are processors to spare."""

    def __init__(self, groups: Sequence[list[Window]], seed: int) -> None:
        self.groups, self.seed = groups, seed

    def __len__(self) -> int:
        return len(self.groups)

    def __getitem__(self, n: int) -> dict[str, Tensor]:
        return tensors(self.groups[n], random.Random(self.seed + n))


def pace(done: float) -> float:
    """The share of the full rate after this part of the run: a tenth to warm up, then half a cosine down."""
    return done / 0.1 if done < 0.1 else 0.5 * (1 + math.cos(math.pi * min((done - 0.1) / 0.9, 1)))


def arguments() -> argparse.Namespace:
    """What the command line says."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=Path, required=True, help="folder that holds data/, gold/ and articles/")
    p.add_argument("--base", type=Path, help="folder of the starting model.safetensors")
    p.add_argument(
        "--vocabulary", type=Path, default=Path(__file__).parents[1] / "src/rashomon/reading/weights/vocab.txt"
    )
    p.add_argument("--size", choices=("ships", "teacher"), default="ships", help="MiniLM, or the teacher's MPNet")
    p.add_argument("--teacher", type=Path, nargs="*", default=[], help="weights of teachers to learn from too")
    p.add_argument("--start", type=Path, help="weights of an earlier run to go on from")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--epochs", type=int, default=10)
    p.add_argument("--seconds", type=float, default=0, help="plan the run by time, not by epochs")
    p.add_argument("--batch", type=int, default=8)
    p.add_argument("--stride", type=int, default=368)
    p.add_argument("--rate", type=float, default=2.5e-4)
    p.add_argument("--heads", type=float, default=3, help="how much faster the heads learn")
    p.add_argument("--ema", type=float, default=0.998)
    p.add_argument("--seed", type=int, default=7)
    p.add_argument("--stage", choices=STAGES, default="all", help="the claim head alone, incidents alone, or all")
    p.add_argument("--part", nargs="*", default=[], metavar="CORPUS=N", help="a share of a corpus, for learning curves")
    p.add_argument("--times", nargs="*", default=[], metavar="CORPUS=N", help="how often an epoch sees a corpus")
    p.add_argument("--steps", type=int, default=0, help="stop after so many steps: a trial")
    p.add_argument("--workers", type=int, default=0, help="processes that make batches")
    p.add_argument("--fp32", action="store_true", help="for processors without bf16")
    p.add_argument("--half", action="store_true", help="write the last weights in half precision")
    return p.parse_args()


def chosen(a: argparse.Namespace, pieces: Pieces) -> dict[str, tuple[list[Lesson], float]]:
    """The lessons of the stage's corpora, and how often an epoch sees each."""
    times = TIMES | {name: float(n) for name, _, n in (t.partition("=") for t in a.times)}
    lessons = corpora(a.data, pieces, (name for name in STAGES[a.stage] if times[name]))
    for name, _, share in (part.partition("=") for part in a.part):
        lessons[name] = random.Random(5).sample(lessons[name], round(float(share) * len(lessons[name])))
    if a.stage == "events":
        for lesson in (x for corpus in lessons.values() for x in corpus):
            lesson.claims = None
    return {name: (corpus, times[name]) for name, corpus in lessons.items()}


def stream(
    found: dict[str, tuple[list[Lesson], float]], a: argparse.Namespace, rng: random.Random
) -> Iterator[tuple[int, int, dict[str, Tensor]]]:
    """Epoch, batches of the epoch, and batch after batch, without end."""
    e = 0
    while True:
        groups = epoch(sampled(found, rng), a.stride, a.batch, rng)
        rows = Rows(groups, rng.randrange(1 << 30))
        for x in DataLoader(rows, batch_size=None, num_workers=a.workers, prefetch_factor=8 if a.workers else None):
            yield e, len(groups), x
        e += 1


def ready(path: Path, size: type[Encoder], device: torch.device) -> Network:
    """A trained network that only tells."""
    net = network(size=size)
    net.load_state_dict(torch.load(path, map_location="cpu"))
    return net.to(device).eval().requires_grad_(False)


FEATURES = ("shape", "gap", "quote")  # tables of the encoder that no earlier model knew


def optimiser(net: Network) -> torch.optim.Optimizer:
    """Two groups: what was learnt before, and what is new."""
    new = {n for n, _ in net.named_parameters() if not n.startswith("encoder.") or n.split(".")[1] in FEATURES}
    groups = [[q for n, q in net.named_parameters() if (n in new) == fresh] for fresh in (False, True)]
    return torch.optim.AdamW([{"params": group, "lr": 0.0} for group in groups], weight_decay=0.05)


def told(net: Network, teachers: Sequence[Network], x: dict[str, Tensor], bf16: bool) -> dict[str, Tensor]:
    """The losses of a batch by head, under its labels and under its teachers."""
    with torch.autocast(x["ids"].device.type, torch.bfloat16, enabled=bf16):
        states = states_of(net, x)
        parts = losses(net, x, states)
        if teachers:
            taught = distances(net, x, states, soft(teachers, x, bf16))
            parts |= {f"{name} taught": value for name, value in taught.items()}
    return parts


def learn(
    net: Network, teachers: Sequence[Network], found: dict[str, tuple[list[Lesson], float]], a: argparse.Namespace
) -> Network:
    """Trains the network; the mean of its weights over the last steps. Writes that mean after every epoch."""
    device, rng = next(net.parameters()).device, random.Random(a.seed)
    mean, adam = copy.deepcopy(net).eval(), optimiser(net)
    step, begun, at = 0, time.time(), 0
    seen: dict[str, list[Tensor]] = {}
    for e, size, batch in stream(found, a, rng):
        done = (time.time() - begun) / a.seconds if a.seconds else step / (size * a.epochs)
        if e != at:
            keep(mean, a.out.with_stem(f"{a.out.stem}-{at}"))
            at = e
        if done >= 1 or (a.steps and step >= a.steps):
            break
        for group, rate in zip(adam.param_groups, (a.rate, a.heads * a.rate), strict=True):
            group["lr"] = rate * pace(done)
        x = {name: column.to(device, non_blocking=True) for name, column in batch.items()}
        net.train()
        parts = told(net, teachers, x, not a.fp32)
        adam.zero_grad(set_to_none=True)
        (sum(SHARE[name.split()[0]] * value for name, value in parts.items()) / len(x["ids"])).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        adam.step()
        step += 1
        with torch.no_grad():
            decay = min(a.ema, (1 + step) / (10 + step))
            torch._foreach_lerp_(list(mean.parameters()), list(net.parameters()), 1 - decay)
        for name, value in parts.items():
            seen.setdefault(name, []).append(value.detach() / len(x["ids"]))
        if step % 50 == 0:
            said = " ".join(f"{name} {torch.stack(v[-50:]).mean():.2f}" for name, v in sorted(seen.items()))
            print(f"epoch {e} step {step} of {size} {done:.0%} {said} {(time.time() - begun) / step:.3f} s", flush=True)
    print(f"{step} steps, {time.time() - begun:.0f} s", flush=True)
    return mean


def keep(net: Network, path: Path) -> None:
    """Writes weights whole or not at all."""
    torch.save(net.state_dict(), path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def main() -> None:
    """Trains; writes the averaged weights after every epoch, ``OUT-0.pt`` and on, and at the end ``OUT.pt``."""
    a = arguments()
    torch.manual_seed(a.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    pieces = Pieces.load(a.vocabulary)
    found = chosen(a, pieces)
    net = network(a.base, Teacher if a.size == "teacher" else Encoder)
    if a.start:
        start(net, a.start)
    teachers = [ready(path, Teacher, device) for path in a.teacher]
    mean = learn(net.to(device), teachers, found, a)
    apart = {
        "dispatches": own(pieces, dev=True), "marks": marked(a.data / "data", pieces, dev=True),
        "ledgers": ledgers(a.data / "gold/dev", a.data / "articles/articles.jsonl", pieces),
    }  # fmt: skip
    for name, lessons in apart.items():
        print(name, dev.scores(mean, list(lessons), not a.fp32), flush=True)
    keep(mean.half() if a.half else mean, a.out)


if __name__ == "__main__":
    main()
