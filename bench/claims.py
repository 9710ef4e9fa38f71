"""Claims as read, scored: ``python bench/claims.py DATA [--weights FOLDER]``.

DATA is a folder with ``data/claims/dev.jsonl``, ``gold/dev``, ``articles/articles.jsonl`` and ``bench/score.py``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType

from rashomon.model.document import DocumentId, Page
from rashomon.model.reading import Parse
from rashomon.model.text import Span
from rashomon.reading import Reader
from rashomon.sources import document, pages

CLAIMS, ARTICLES = "data/claims/dev.jsonl", "articles/articles.jsonl"
SHOWN = ("claim", "source words", "content words", "cue exact", "source exact", "content exact", "source+content exact")


def scorer(path: Path) -> ModuleType:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: no scorer there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def spans(found: Sequence[Span]) -> list[list[int]]:
    """Spans as the scorer reads them."""
    return [[s.start, s.end] for s in found]


def predicted(parse: Parse) -> dict[str, list[dict[str, list[list[int]]]]]:
    """A parse's attributions as the scorer reads them."""
    return {
        "claims": [
            {"source": spans(a.source), "cue": spans(a.cue), "content": spans(a.content)} for a in parse.attributions
        ]
    }


def read(reader: Reader, path: Path, wanted: Iterable[str]) -> list[Parse]:
    """Parses of a JSONL file's texts, in the order wanted, come in as users' do."""
    found = {d.id: d for d in (document(page) for page in pages([str(path)]) if isinstance(page, Page))}
    return list(reader.read(found[DocumentId(name)] for name in wanted))


def ledgers(folder: Path, texts: dict[str, str]) -> list[dict[str, object]]:
    """Hand-read ledgers in the shape of the claims corpus."""
    out: list[dict[str, object]] = []
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))

        def span(s: dict[str, int]) -> list[int]:
            return [s["start"], s["end"]]

        claims = [
            {k: [span(a[k])] if a.get(k) else [] for k in ("source", "cue")}
            | {"content": [span(c) for c in a["content"]], "optional": a.get("optional", False)}
            for a in gold["attributions"]
        ]
        out.append({"id": gold["doc"]["id"], "text": texts[gold["doc"]["id"]], "claims": claims})
    return out


def main() -> None:
    """Prints one JSON object with the scores of both sets and the seconds it took."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("folder", type=Path)
    p.add_argument("--weights", type=Path)
    p.add_argument("--threads", type=int, default=1)
    a = p.parse_args()
    score = scorer(a.folder / "bench/score.py")
    reader = Reader.load(a.weights, threads=a.threads)
    articles = [json.loads(x) for x in (a.folder / ARTICLES).read_text("utf-8").splitlines()]
    polnear = [json.loads(x) for x in (a.folder / CLAIMS).read_text("utf-8").splitlines()]
    gold = ledgers(a.folder / "gold/dev", {r["id"]: r["text"] for r in articles})
    result: dict[str, object] = {"weights": reader.maker.weights}
    for name, path, rows in (("claims dev", CLAIMS, polnear), ("gold dev", ARTICLES, gold)):
        begun = time.perf_counter()
        parses = read(reader, a.folder / path, [str(r["id"]) for r in rows])
        seconds = time.perf_counter() - begun
        scores = score.score_claims([(g, predicted(parse)) for g, parse in zip(rows, parses, strict=True)])
        count = sum(len(str(r["text"]).split()) for r in rows)
        result[name] = {k: scores[k] for k in SHOWN} | {"words per second": round(count / seconds)}
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
