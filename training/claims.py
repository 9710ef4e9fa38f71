"""Fine-tunes the encoder and its claim head: ``python training/claims.py --data DIR --out FILE``."""

from __future__ import annotations

import argparse
import copy
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from corpora import Window, epoch, ledgers, polnear, tokenizer
from network import Encoder, Network, crf_loss

CLS, SEP, NONE = 101, 102, 7


def batch(windows: list[Window], rng: random.Random | None) -> dict[str, torch.Tensor]:
    """Windows to tensors; with ``rng`` one in ten loses its case, as old archives have."""
    rows = []
    for w in windows:
        ids, feats, firsts = [CLS], [(NONE, 0, 0)], []
        flat = rng is not None and rng.random() < 0.1
        words = w.doc.words
        for i in range(w.lo, w.hi):
            firsts.append(len(ids))
            s = int(words.shapes[i])
            s = 0 if flat and s in (1, 2, 3, 6) else s
            for n, piece in enumerate(w.doc.pieces[i]):
                ids.append(piece)
                feats.append((s, 0 if n else int(words.gaps[i]), int(words.quotes[i])))
        ids.append(SEP)
        feats.append((NONE, 0, 0))
        rows.append((ids, feats, firsts))
    L = max(len(r[0]) for r in rows)
    T = max(len(r[2]) for r in rows)
    ids = torch.zeros(len(rows), L, dtype=torch.long)
    feats = torch.zeros(len(rows), L, 3, dtype=torch.long)
    firsts = torch.zeros(len(rows), T, dtype=torch.long)
    mask = torch.zeros(len(rows), T)
    sent = torch.zeros(len(rows), T, dtype=torch.long)
    para = torch.zeros(len(rows), T, dtype=torch.long)
    anchor = torch.zeros(len(rows), T)
    weight = torch.zeros(len(rows), T)
    pairs: list[tuple[int, int]] = []
    gold: list[np.ndarray] = []
    for b, (w, (i, f, g)) in enumerate(zip(windows, rows, strict=True)):
        n = len(g)
        ids[b, : len(i)] = torch.tensor(i)
        feats[b, : len(f)] = torch.tensor(f)
        firsts[b, :n] = torch.tensor(g)
        mask[b, :n] = 1
        weight[b, :n] = 1
        sent[b, :n] = torch.from_numpy(w.doc.words.sentences[w.lo : w.hi].astype(np.int64))
        para[b, :n] = torch.from_numpy(w.doc.words.paragraphs[w.lo : w.hi].astype(np.int64))
        for at, roles, optional in w.doc.claims:
            if not w.lo <= at < w.hi:
                continue
            anchor[b, at - w.lo] = 1
            inside = roles[w.lo : w.hi]
            if (inside > 0).sum() < (roles > 0).sum():  # cut by the window's edge: neither taught nor counted
                weight[b, at - w.lo] = 0
                continue
            if optional:
                weight[b, at - w.lo] = 0
            pairs.append((b, at - w.lo))
            gold.append(np.pad(inside, (0, T - n)))
    return {
        "ids": ids, "feats": feats, "firsts": firsts, "mask": mask, "sent": sent, "para": para, "anchor": anchor, "weight": weight,
        "window": torch.tensor([p[0] for p in pairs], dtype=torch.long), "at": torch.tensor([p[1] for p in pairs], dtype=torch.long),
        "gold": torch.from_numpy(np.stack(gold)) if gold else torch.zeros(0, T, dtype=torch.long),
    }


def loss(net: Network, x: dict[str, torch.Tensor], bf16: bool) -> torch.Tensor:
    """Anchor cross-entropy plus the role sequences' likelihood."""
    with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
        pieces = net.encoder(x["ids"], x["feats"])
        states = pieces.gather(1, x["firsts"][..., None].expand(-1, -1, pieces.shape[-1]))
        anchors = net.claims.anchors(states)
        scores = net.claims.roles(states, x["window"], x["at"], x["sent"], x["para"], x["mask"]) if len(x["at"]) else None
    found = F.binary_cross_entropy_with_logits(anchors.float(), x["anchor"], x["weight"], reduction="sum") / len(x["ids"])
    if scores is None:
        return found
    roles = crf_loss(scores, net.claims.steps, x["gold"], x["mask"][x["window"]])
    return found + roles.sum() / len(x["ids"])


def main() -> None:
    """Trains; writes the averaged weights after every epoch."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=Path, required=True, help="folder that holds data/, gold/ and articles/")
    p.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2's model.safetensors and tokenizer.json")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--epochs", type=int, default=10)
    p.add_argument("--batch", type=int, default=8)
    p.add_argument("--stride", type=int, default=320)
    p.add_argument("--rate", type=float, default=2.5e-4)
    p.add_argument("--gold-times", type=int, default=3, help="how often the hand-read ledgers are seen per epoch")
    p.add_argument("--ema", type=float, default=0.998)
    p.add_argument("--steps", type=int, default=0, help="stop after so many steps: a trial")
    p.add_argument("--fp32", action="store_true")
    a = p.parse_args()
    rng = random.Random(7)
    torch.manual_seed(7)
    tok = tokenizer(a.base)
    docs = polnear(a.data / "data/claims/train.jsonl", tok)
    docs += ledgers(a.data / "gold/train", a.data / "articles/articles.jsonl", tok) * a.gold_times
    net = Network(Encoder.pretrained(a.base))
    mean = copy.deepcopy(net).eval()
    groups = [{"params": net.encoder.parameters(), "lr": a.rate}, {"params": net.claims.parameters(), "lr": 3 * a.rate}]
    best = torch.optim.AdamW(groups, weight_decay=0.01)
    per = len(epoch(docs, a.stride, random.Random(1))) // a.batch
    total = per * a.epochs
    plan = torch.optim.lr_scheduler.OneCycleLR(best, [a.rate, 3 * a.rate], total_steps=total + a.epochs * 20, pct_start=0.1)
    step, begun, sums = 0, time.time(), []
    for e in range(a.epochs):
        windows = epoch(docs, a.stride, rng)
        # windows of like size side by side: little padding
        chunks = [sorted(windows[i : i + 64 * a.batch], key=lambda w: w.hi - w.lo) for i in range(0, len(windows), 64 * a.batch)]
        batches = [c[i : i + a.batch] for c in chunks for i in range(0, len(c), a.batch)]
        rng.shuffle(batches)
        for group in batches:
            net.train()
            value = loss(net, batch(group, rng), not a.fp32)
            best.zero_grad(set_to_none=True)
            value.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            best.step()
            plan.step()
            step += 1
            decay = min(a.ema, (1 + step) / (10 + step))
            with torch.no_grad():
                torch._foreach_lerp_(list(mean.parameters()), list(net.parameters()), 1 - decay)
            sums.append(value.item())
            if step % 50 == 0:
                print(f"epoch {e} step {step}/{total} loss {np.mean(sums[-50:]):.3f} {(time.time() - begun) / step:.2f} s/step", flush=True)
            if a.steps and step >= a.steps:
                return
        torch.save(mean.state_dict(), a.out)
        print(f"epoch {e} saved, {time.time() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
