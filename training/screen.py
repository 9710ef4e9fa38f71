"""Teach the screen: hashed words, logistic regression, a minute on one core.

    python training/screen.py DATA            writes src/rashomon/reading/screen.npz

``DATA`` is the folder of corpora described in README.md. Texts that tell of incidents: our dispatches, hand-read
ledgers (gold/train), marked stories with incidents, MUC-4 train, the violent windows of RAMS train. Texts that do not: marked stories without
incidents, PolNeAR train, GUM train, sentences of GENEVA without hostile events; those of them that look hostile to a
first pass all the same (election news tells of bombs, too) are left out of the second. Every tenth document is held out
to choose the threshold on; no dev set is read.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from annotations.marks import files, stories, texts
from dispatches.markup import batches, is_dev, read
from rashomon.reading.screen import BINS, FILE, Memo, Screen, bin_of, bounds, words

OUT = Path(__file__).parent.parent / "src" / "rashomon" / "reading" / FILE
EPOCHS, BATCH, RATE, DECAY = 5, 128, 0.1, 1e-5
# Words in so many stretches of texts without incidents say nothing.
COMMON = 0.05
# Of held-out texts that tell of incidents, so many pass: 98 % are wanted, and other corpora are stranger.
RECALL = 0.995
# Log-odds above which a text without incidents is doubted after the first pass.
DOUBTED = 0.5
HOSTILE = frozenset(
    "Hostile_encounter Attack Killing Terrorism Destroying Defending Catastrophe Revenge Death Arrest Bodily_harm "
    "Protest Damaging Committing_crime Conquering Quarreling Bearing_arms Emergency Criminal_investigation Violence "
    "Military_operation Kidnapping Testing Legality Commitment Sign_agreement Hindering".split()
)


# Words by which newswire is told from other texts, not war from peace.
NEWSWIRE = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today yesterday tomorrow morning afternoon evening night week weekend month "
    "year years one two three four five six seven eight nine ten eleven twelve twenty thirty hundred thousand first "
    "second third fourth fifth north south east west northern southern eastern western local time hours hour minutes "
    "reported reports report according told spokesman spokeswoman statement news agency reuters ap afp press"
).split()
# Of RAMS, whose other windows are of trade, votes and speeches.
VIOLENT = (
    "conflict", "life.die", "life.injure", "artifactexistence.damagedestroy", "justice", "contact.threatencoerce",
    "contact.negotiate", "government.agreements", "movement.transportperson.evacuationrescue",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sample:
    """The words of one stretch by their bins, whether it is of a text that tells of incidents, its weight."""

    bins: npt.NDArray[np.int64]
    tells: bool
    weight: float


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def telling(data: Path) -> Iterator[str]:
    """Texts that tell of incidents."""
    articles = {row["id"]: row["text"] for row in rows(data / "articles" / "articles.jsonl")}
    yield from (articles[name] for name, incidents in ledgers(data) if incidents)
    yield from (dispatch.text for path in batches() if not is_dev(path) for dispatch in read(path))
    yield from (story.text for story in marked(data) if any(not incident.optional for incident in story.incidents))
    yield from (row["doctext"] for row in rows(data / "data" / "muc4" / "train.jsonl"))


def windows(data: Path) -> Iterator[str]:
    """Five sentences each with one violent event, in articles on politics, most of them: taught from, not measured on."""
    for row in rows(data / "data" / "events" / "rams_train.jsonl"):
        if row["events"][0]["type"].startswith(VIOLENT):
            yield row["text"]


def silent(data: Path) -> Iterator[str]:
    """Texts that, most of them, do not."""
    articles = {row["id"]: row["text"] for row in rows(data / "articles" / "articles.jsonl")}
    yield from (articles[name] for name, incidents in ledgers(data) if not incidents)
    yield from (story.text for story in marked(data) if not story.incidents)
    yield from (row["text"] for row in rows(data / "data" / "claims" / "train.jsonl"))
    yield from (row["text"] for row in rows(data / "data" / "entities" / "gum_train.jsonl"))
    for row in rows(data / "data" / "events" / "geneva_train.jsonl"):
        if not HOSTILE.intersection(event["type"] for event in row["events"]):
            yield row["text"]


def ledgers(data: Path) -> Iterator[tuple[str, int]]:
    """Reports read by hand: their ids and how many incidents they must tell of."""
    for path in sorted((data / "gold" / "train").glob("*.json")):
        read_by_hand = json.loads(path.read_text(encoding="utf-8"))
        yield read_by_hand["doc"]["id"], sum(not incident.get("optional") for incident in read_by_hand["incidents"])


def marked(data: Path) -> Iterator:
    known = texts(data / "data")
    return (story for path in files(dev=False) for story in stories(path, known))


def held_out(text: str) -> bool:
    return zlib.crc32(text[:200].encode()) % 10 == 0


def samples(found: Iterable[str], tells: bool) -> list[Sample]:
    """The stretches of some texts; those of one text together weigh as its root of their number."""
    out = []
    for text in found:
        bins = np.array([bin_of(word) for word in words(text)])
        if len(bins):
            spans = bounds(len(bins))
            out += [Sample(bins[start:end], tells, len(spans) ** -0.5) for start, end in spans]
    return out


def common(lessons: Sequence[Sample]) -> npt.NDArray[np.bool_]:
    """The bins of words that are in many stretches, or of newswire: what they say is whose corpus it is."""
    often = np.zeros(BINS)
    for s in lessons:
        often[np.unique(s.bins)] += s.weight
    many: npt.NDArray[np.bool_] = often > COMMON * sum(s.weight for s in lessons)
    many[[bin_of(word) for word in NEWSWIRE]] = True
    return many


def taught(lessons: Sequence[Sample]) -> tuple[npt.NDArray[np.float32], float]:
    """Weights and bias after some passes of AdaGrad over batches; both classes weigh the same."""
    weights, seen, silenced = np.zeros(BINS), np.full(BINS, 1e-6), common([s for s in lessons if not s.tells])
    bias, seen_bias = 0.0, 1e-6
    total = {tells: sum(s.weight for s in lessons if s.tells is tells) for tells in (True, False)}
    order = np.random.default_rng(1)
    for _ in range(EPOCHS):
        mixed = order.permutation(len(lessons))
        for begin in range(0, len(mixed), BATCH):
            batch = [lessons[at] for at in mixed[begin : begin + BATCH]]
            sizes = np.array([len(s.bins) for s in batch])
            bins, root = np.concatenate([s.bins for s in batch]), sizes**-0.5
            z = np.add.reduceat(weights[bins], np.cumsum(sizes) - sizes) * root + bias
            share = np.array([s.weight * len(lessons) / (2 * total[s.tells]) for s in batch])
            error = (1 / (1 + np.exp(-z)) - [s.tells for s in batch]) * share / BATCH
            slope = np.bincount(bins, np.repeat(error * root, sizes), BINS) + DECAY * weights
            slope[silenced] = 0.0
            seen += slope * slope
            weights -= RATE * slope / np.sqrt(seen)
            seen_bias += float(error.sum()) ** 2
            bias -= RATE * float(error.sum()) / seen_bias**0.5
    return weights.astype(np.float32), float(bias)


def rounded(weights: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], float]:
    """Weights in eight bits, with their scale."""
    scale = float(np.quantile(np.abs(weights[weights != 0]), 0.9995)) / 127
    return np.clip(np.rint(weights / scale), -127, 127).astype(np.int8), scale


def main(data: Path) -> int:
    """Teach, choose the threshold, write."""
    tell, quiet = list(telling(data)), list(silent(data))
    held = [text for text in tell if held_out(text)]
    lessons = samples([text for text in (*tell, *windows(data)) if not held_out(text)], tells=True)
    others = samples([text for text in quiet if not held_out(text)], tells=False)
    weights, bias = taught(lessons + others)
    sure = [s for s in others if float(weights[s.bins].sum()) * len(s.bins) ** -0.5 + bias < DOUBTED]
    print(f"{len(lessons)} stretches that tell, {len(sure)} that do not, {len(others) - len(sure)} doubted")
    weights, bias = taught(lessons + sure)
    small, scale = rounded(weights)
    screen = Screen(Memo(small.astype(np.float32) * np.float32(scale)), bias, 0.0)
    threshold = float(np.quantile([screen.score(text) for text in held], 1 - RECALL))
    through = [screen.score(text) >= threshold for text in quiet if held_out(text)]
    print(
        f"threshold {threshold:.2f}; of {len(held)} held out {RECALL:.1%} pass, of {len(through)} others {np.mean(through):.1%}"
    )
    np.savez_compressed(
        OUT, weights=small, scale=np.float32(scale), bias=np.float32(bias), threshold=np.float32(threshold)
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
