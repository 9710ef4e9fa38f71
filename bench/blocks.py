"""Measure the blocks against the gold ledgers: kinds, bounds, and what would be lost to reading.

    RASHOMON_DATA=FOLDER python bench/blocks.py

FOLDER holds ``gold/train``, ``gold/dev`` and ``articles/articles.jsonl``.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

from rashomon.model.document import Document, DocumentId
from rashomon.model.text import Span
from rashomon.reading import parts
from rashomon.reading.reader import READ
from rashomon.sources.blocks import blocks

Gold = dict[str, list[dict[str, object]]]


def main() -> None:
    """Print for each gold set: blocks with the same bounds, characters of the same kind, attributions not read."""
    folder = Path(os.environ["RASHOMON_DATA"])
    lines = (folder / "articles" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {record["id"].replace("_", "-"): record["text"] for record in map(json.loads, lines)}
    for name in ("train", "dev"):
        count: Counter[str] = Counter()
        confused: Counter[tuple[str, str]] = Counter()
        for path in sorted((folder / "gold" / name).glob("*.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            if text := texts.get(path.stem.replace("_", "-")):
                _compare(text, gold, count, confused)
        print(name, dict(count))
        print("  same bounds {:.1%}, same kind {:.1%}, same reading {:.1%}".format(*_shares(count)))
        print("  characters, gold kind and ours:", {f"{a} > {b}": n for (a, b), n in confused.most_common() if a != b})


def _shares(count: Counter[str]) -> tuple[float, float, float]:
    characters = count["characters"]
    return count["bounds"] / count["blocks"], count["kind"] / characters, count["read"] / characters


def _compare(text: str, gold: Gold, count: Counter[str], confused: Counter[tuple[str, str]]) -> None:
    """Add one ledger's figures."""
    ours = blocks(text)
    wanted = [(str(block["type"]), _span(block["start"], block["end"])) for block in gold["blocks"]]
    bounds = {block.span for block in ours}
    kinds = {at: block.kind for block in ours for at in range(block.start, block.end)}
    for kind, span in wanted:
        bare = text[span.start : span.end]
        start = span.start + len(bare) - len(bare.lstrip())
        count["blocks"] += 1
        count["bounds"] += Span(start, start + len(bare.strip())) in bounds
        for at in range(span.start, span.end):
            if at in kinds:
                count["characters"] += 1
                count["kind"] += kinds[at] == kind
                count["read"] += (kinds[at] in READ) == (kind in READ)
                confused[kind, kinds[at].value] += 1
    read = parts(Document(DocumentId(""), text, blocks=ours)) or ()
    for record in gold["attributions"]:
        found = [record.get(part) for part in ("source", "cue")]
        spans = [_span(place["start"], place["end"]) for place in found if isinstance(place, dict)]
        count["attributions"] += 1
        count["lost"] += any(not any(part.holds(span) for part in read) for span in spans)


def _span(start: object, end: object) -> Span:
    return Span(int(str(start)), int(str(end)))


if __name__ == "__main__":
    main()
