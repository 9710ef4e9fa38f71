"""What tells whether two mentions are of one happening: ``python training/alike.py DATA WEIGHTS``, half a minute.

Boosted trees over ``coding.alike.MEASURED``, written to ``src/rashomon/coding/alike.npz``. They are taught on marks and
dispatches that the encoder had not been taught, so that its links are as unsure there as in any text that is read later:
``WEIGHTS`` is a folder of the first round's weights, which saw none of those named here. The history has them::

    git archive a59304e src/rashomon/reading/weights | tar -x --strip-components=4 -C WEIGHTS
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import average_precision_score

from annotations.marks import files, once, texts
from dispatches.markup import batches, is_dev, read
from lessons import rows
from rashomon.coding import parts_of
from rashomon.coding.alike import MEASURED, Around, measured
from rashomon.coding.tellings import mentioned, scenes
from rashomon.coding.trees import FILE
from rashomon.model.document import Document, DocumentId
from rashomon.model.reading import Parse
from rashomon.reading import Reader

OUT = Path(__file__).parent.parent / "src" / "rashomon" / "coding" / FILE
MARKS, DISPATCHES = ("gmb-9", "gmb-10", "muc-0", "rams-2"), ("38", "39", "41", "42", "43", "44", "46")
# 40 to 150 trees of 6 to 12 leaves differ by less than the texts do.
TREES, RATE, LEAVES, LEAST = 60, 0.12, 8, 30

Place = tuple[int, int]
Rows = tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]


@dataclass
class Story:
    """A text and the places of each incident's mentions in it."""

    text: str
    incidents: list[list[Place]]
    published: date | None = None


def marked(data: Path, paths: Iterable[Path], *, dev: bool = False) -> Iterator[Story]:
    """Stories with marks."""
    for story in once(paths, texts(data / "data"), dev=dev):
        yield Story(story.text, [i.mentions for i in story.incidents])


def dispatched(paths: Iterable[Path]) -> Iterator[Story]:
    """Our dispatches."""
    for d in (d for path in paths for d in read(path)):
        told = [[tuple(t.span) for t in d.triggers if i.id in t.incidents] for i in d.incidents]
        yield Story(d.text, told, d.published)


def ledgers(data: Path) -> Iterator[Story]:
    """The hand-read development ledgers, to measure with."""
    articles = {row["id"]: row for row in rows(data / "articles/articles.jsonl")}
    for path in sorted((data / "gold/dev").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        article = articles[gold["doc"]["id"]]
        day = article.get("published")
        told = [[(m["start"], m["end"]) for m in i["mentions"]] for i in gold["incidents"]]
        yield Story(article["text"], told, date.fromisoformat(day[:10]) if day else None)


def pairs(found: Iterable[Story], reader: Reader) -> Rows:
    """What is measured of all pairs of mentions whose incidents are told [P, 21], and whether the two are one [P]."""
    told = list(found)
    documents = [Document(DocumentId(str(n)), s.text, published=s.published) for n, s in enumerate(told)]
    columns_of, same = [np.zeros((0, len(MEASURED)))], [np.zeros(0, np.bool_)]
    for story, parse in zip(told, reader.read(documents), strict=True):
        numbers, columns, mine = _pairs(parse, story)
        columns_of.append(columns[numbers])
        same.append(mine[numbers])
    return np.vstack(columns_of), np.concatenate(same)


def _pairs(parse: Parse, story: Story) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    found, mentions = parts_of(parse), mentioned(parse)
    sites = scenes(found, story.text)
    numbers, columns = measured(mentions, Around(story.text, parse.sentences, sites, found.days, found.figures))
    whose = [_incident(t.span.start, t.span.end, story) for t in mentions]
    known = np.array([whose[i] is not None and whose[j] is not None for i, j in numbers], np.bool_)
    return known, columns, np.array([whose[i] == whose[j] for i, j in numbers], np.bool_)


def _incident(start: int, end: int, story: Story) -> int | None:
    """The first incident with a mention that shares a character with the words."""
    for n, mentions in enumerate(story.incidents):
        if any(a < end and start < b for a, b in mentions):
            return n
    return None


def write(model: HistGradientBoostingClassifier) -> None:
    """All trees' nodes in a row, as ``coding.trees`` reads them."""
    nodes, roots, at = [], [], 0
    for (tree,) in model._predictors:
        own = tree.nodes.copy()
        here = np.arange(len(own))
        leaf = own["is_leaf"].astype(bool)
        own["left"], own["right"] = (at + np.where(leaf, here, own[side]) for side in ("left", "right"))
        nodes.append(own)
        roots.append(at)
        at += len(own)
    every = np.concatenate(nodes)
    np.savez_compressed(
        OUT, columns=every["feature_idx"].astype(np.int32), bounds=every["num_threshold"].astype(np.float32),
        left=every["left"].astype(np.int32), right=every["right"].astype(np.int32),
        values=np.where(every["is_leaf"], every["value"], 0).astype(np.float32), roots=np.array(roots, np.int32),
        depth=every["depth"].max(), start=float(model._baseline_prediction.item()),
    )  # fmt: skip


def main(data: Path, weights: Path) -> None:
    """Teaches, writes, and tells how well pairs are ordered: by links alone, and by the trees."""
    first, ours = Reader.load(weights), Reader.load()
    taught = (
        [p for p in files(dev=False) if p.stem.startswith(MARKS)],
        [p for p in batches() if p.stem.startswith(DISPATCHES) and not is_dev(p)],
    )
    measures, same = pairs([*marked(data, taught[0]), *dispatched(taught[1])], first)
    model = HistGradientBoostingClassifier(
        max_iter=TREES, learning_rate=RATE, max_leaf_nodes=LEAVES, min_samples_leaf=LEAST, l2_regularization=5,
        random_state=1,
    ).fit(measures.astype(np.float32), same)  # fmt: skip
    write(model)
    print(f"taught on {len(measures)} pairs, {same.sum()} of them one happening; {OUT.stat().st_size} bytes")
    apart = {
        "marks": marked(data, files(dev=True), dev=True),
        "dispatches": dispatched(p for p in batches() if is_dev(p)),
        "ledgers": ledgers(data),
    }
    for name, found in apart.items():
        measures, same = pairs(found, ours)
        alone, both = measures[:, MEASURED.index("mean link")], model.predict_proba(measures.astype(np.float32))[:, 1]
        said = " / ".join(f"{100 * average_precision_score(same, score):.1f}" for score in (alone, both))
        print(f"{name}: average precision of {len(measures)} pairs by links alone / by the trees {said}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
