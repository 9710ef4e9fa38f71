"""Score the figures: on single sentences of news, and on the ledgers read by hand.

    python bench/quantities.py DATA_FOLDER [GOLD_FOLDER ...]

DATA_FOLDER (or the environment variable RASHOMON_DATA) holds ``data/quantities/*.jsonl``, ``articles/articles.jsonl``,
``gold/`` and the scorer ``bench/score.py``.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

from rashomon.coding.quantities import quantities
from rashomon.model.codec import to_json
from rashomon.model.document import Document, DocumentId


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ["RASHOMON_DATA"])
    scorer = load(folder / "bench" / "score.py")
    sentences = list(lines(folder / "data" / "quantities" / "newsquant_dev.jsonl"))
    pairs = [(sentence, read(str(sentence["id"]), str(sentence["text"]))) for sentence in sentences]
    print("newsquant_dev", json.dumps(scorer.score_quantities(pairs)))
    texts = {str(a["id"]): str(a["text"]) for a in lines(folder / "articles" / "articles.jsonl")}
    for name in sys.argv[2:] or ["train", "dev"]:
        print(name, json.dumps(ledgers(scorer, sorted((folder / "gold" / name).glob("*.json")), texts)))
    print("ms per 800 words", round(speed(list(texts.values())), 2))


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lines(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def read(name: str, text: str) -> dict[str, object]:
    """A reading with nothing but its quantities, as plain JSON values."""
    found = quantities(Document(DocumentId(name), text))
    empty: dict[str, object] = {key: [] for key in ("claims", "incidents", "times", "places", "actors", "caveats")}
    return empty | {"document": {"id": name, "text": text}, "quantities": [json.loads(to_json(q)) for q in found]}


def ledgers(scorer: ModuleType, files: Iterable[Path], texts: dict[str, str]) -> dict[str, object]:
    """The scorer's quantity part, and how often a figure found has the gold kind."""
    total, kinds = [0, 0, 0], [0, 0]
    for file in files:
        gold = json.loads(file.read_text(encoding="utf-8"))
        reading = read(gold["doc"]["id"], texts[gold["doc"]["id"]])
        counts = scorer.ledger_counts(gold, reading)["quantity"]
        total = [a + b for a, b in zip(total, counts, strict=True)]
        for want in gold["quantities"]:
            got = match(want, reading["quantities"])
            kinds[0] += got is not None and got["kind"] == want["kind"]
            kinds[1] += got is not None
    return {**scorer.prf(*total), "counts": total, "kind": round(100 * kinds[0] / max(1, kinds[1]), 1)}


def match(want: dict[str, object], found: object) -> dict[str, object] | None:
    """The first figure found with the gold interval on overlapping words."""
    span, interval = want["span"], want.get("interval") or [None, None]
    assert isinstance(span, dict)
    assert isinstance(interval, list)
    assert isinstance(found, list)
    for q in found:
        if q["span"][0] < span["end"] and span["start"] < q["span"][1] and [q["low"], q["high"]] == interval:
            assert isinstance(q, dict)
            return q
    return None


def speed(texts: list[str]) -> float:
    """Milliseconds a document of 800 words takes, over all texts; the best of five rounds, as other work disturbs."""
    documents = [Document(DocumentId(str(n)), text) for n, text in enumerate(texts)]
    words = sum(len(text.split()) for text in texts)
    rounds = []
    for _ in range(5):
        start = time.perf_counter()
        for document in documents:
            quantities(document)
        rounds.append(time.perf_counter() - start)
    return min(rounds) * 1000 * 800 / words


if __name__ == "__main__":
    main()
