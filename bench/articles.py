"""Articles to measure speed with: the demo's dispatches, their paragraphs drawn anew, about 800 words each.

Made from what the package ships, so that every machine measures the same words without any corpus. The draw is seeded.
"""

from __future__ import annotations

import json
import random
from importlib.resources import files
from pathlib import Path

WORDS = 800


def paragraphs() -> list[str]:
    """All paragraphs of the demo's dispatches."""
    lines = (files("rashomon") / "demo" / "dispatches.jsonl").read_text(encoding="utf-8").splitlines()
    return [p for line in lines for p in json.loads(line)["text"].split("\n\n") if not p.startswith("[")]


def article(number: int) -> dict[str, str]:
    """One article as an object of the contract's JSONL; the same number gives the same article."""
    draw = random.Random(number)
    stock, text, words = paragraphs(), [f"Article {number} of the bench"], 0
    while words < WORDS:
        text.append(draw.choice(stock))
        words += len(text[-1].split())
    return {"id": f"bench-{number:05}", "published": "2025-06-02", "language": "en", "text": "\n\n".join(text)}


def write(path: Path, count: int) -> int:
    """Write so many articles as JSONL; return how many words they hold."""
    rows = [article(number) for number in range(count)]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return sum(len(row["text"].split()) for row in rows)
