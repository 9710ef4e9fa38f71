"""Times as read, scored: ``python bench/times.py times FILE.jsonl SCORER`` or ``... ledgers GOLD ARTICLES``.

``times`` compares with a corpus of time expressions, by the scorer, and says how long the reading took; ``--only``
takes the articles whose number leaves that rest after division by four. ``ledgers`` compares with hand-read ledgers.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import ModuleType

from rashomon.coding.times import times
from rashomon.model.document import Document, DocumentId
from rashomon.model.telling import Time

Row = dict[str, str | None]


def scorer(path: Path) -> ModuleType:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: no scorer there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(path: Path) -> list[dict[str, object]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def document(row: dict[str, object]) -> Document:
    published = row.get("published")
    day = date.fromisoformat(published[:10]) if isinstance(published, str) else None
    return Document(DocumentId(str(row["id"])), str(row["text"]), published=day)


def as_read(found: Sequence[Time]) -> list[dict[str, object]]:
    """Times as the scorer reads them."""
    return [
        {
            "span": [t.span.start, t.span.end],
            "earliest": t.earliest.isoformat() if t.earliest else None,
            "latest": t.latest.isoformat() if t.latest else None,
        }
        for t in found
    ]


def against_corpus(corpus: Path, score: Path, rests: Sequence[int]) -> None:
    gold = [row for i, row in enumerate(rows(corpus)) if i % 4 in rests]
    began = time.process_time()
    found = [times(document(row)) for row in gold]
    seconds = time.process_time() - began
    words = sum(len(str(row["text"]).split()) for row in gold)
    pairs = [(row, {"times": as_read(read)}) for row, read in zip(gold, found, strict=True)]
    print(json.dumps(scorer(score).score_times(pairs)))
    print(f"{words} words, {1000 * seconds:.0f} ms, {800_000 * seconds / words:.2f} ms for 800 words")


def against_ledgers(folder: Path, articles: Path, *, errors: bool) -> None:
    known = {str(row["id"]): row for row in rows(articles)}
    total = found = dated = exact = over = silent = 0
    for path in sorted(folder.glob("*.json")):
        ledger = json.loads(path.read_text(encoding="utf-8"))
        row = known[ledger["doc"]["id"]]
        read = times(document(row))
        for want in ledger["time_expressions"]:
            span, days = want["span"], (want.get("start"), want.get("end"))
            hit = next((t for t in read if t.span.start < span["end"] and span["start"] < t.span.end), None)
            got = (str(hit.earliest), str(hit.latest)) if hit and hit.earliest and hit.latest else (None, None)
            total += 1
            found += hit is not None
            if days[0] is None or days[1] is None:
                silent += hit is not None and got[0] is None
            elif hit:
                dated += 1
                exact += got == days
                over += got[0] is not None and got[0] <= days[1] and days[0] <= str(got[1])
            if errors and (hit is None or got != days):
                print(f"{ledger['doc']['id']} {row.get('published')} {span['text']!r} want {days} got {got}")
    print(f"found {found} of {total}; of {dated} dated and found: {exact} the same days, {over} overlapping")


def main() -> None:
    """Parse the arguments and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["times", "ledgers"])
    parser.add_argument("gold", type=Path)
    parser.add_argument("beside", type=Path)
    parser.add_argument("--only", type=int, nargs="*", default=[0, 1, 2, 3])
    parser.add_argument("--errors", action="store_true")
    given = parser.parse_args()
    if given.what == "times":
        against_corpus(given.gold, given.beside, given.only)
    else:
        against_ledgers(given.gold, given.beside, errors=given.errors)


if __name__ == "__main__":
    main()
