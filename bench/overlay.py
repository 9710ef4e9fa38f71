"""Measure the overlay: false cuts on clean text, cuts found in text damaged on purpose, milliseconds an article.

    RASHOMON_DATA=FOLDER python bench/overlay.py [--cuts]

FOLDER holds the corpora (``data/``) and the articles (``articles/articles.jsonl``).
"""

from __future__ import annotations

import json
import os
import random
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from rashomon.reading.overlay import overlay
from rashomon.reading.tokens import UNIT, words

CLEAN = ("claims/train.jsonl", "entities/gum_train.jsonl", "entities/re3d_train.jsonl", "entities/gmb_train.jsonl")


def texts(path: Path) -> Iterator[str]:
    """The text of every line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def damage(text: str, dice: random.Random, links: int = 10) -> tuple[str, set[int]]:
    """The text without the spaces round some runs of one to four words, and where its words should be cut."""
    spaces = [m.start() for m in re.finditer(r"(?<=[^\W\d_]) (?=[^\W\d_])", text)]
    gone: set[int] = set()
    for _ in range(min(links, len(spaces) // 12)):
        at = dice.randrange(len(spaces) - 4)
        edges = [spaces[at], spaces[at + dice.randint(1, 4)]]
        gone.update(edges if dice.random() < 0.3 else [dice.choice(edges)])
    kept: list[str] = []
    wanted: set[int] = set()
    for i, letter in enumerate(text):
        if i in gone:
            wanted.add(len(kept))
        else:
            kept.append(letter)
    return "".join(kept), wanted


def made(text: str) -> dict[int, str]:
    """The overlay's cuts by place, each with its form."""
    table = overlay(text)
    return {m.start() + at: m.group() for m in UNIT.finditer(text) for at in table(m.group())}


def main() -> None:
    """Print the three measures."""
    folder = Path(os.environ["RASHOMON_DATA"])
    listing = "--cuts" in sys.argv
    total = false = 0
    for name in CLEAN:
        for text in texts(folder / "data" / name):
            total += len(UNIT.findall(text))
            cuts = made(text)
            false += len(cuts)
            if cuts and listing:
                print(name, sorted(set(cuts.values())))
    print(f"clean: {false} cuts in {total} words, {1e5 * false / total:.2f} per 100,000")
    dice = random.Random(7)
    right = wrong = asked = 0
    articles = list(texts(folder / "articles" / "articles.jsonl"))
    for text in articles:
        damaged, wanted = damage(text, dice)
        cuts = made(damaged)
        right += len(wanted & cuts.keys())
        wrong += len(cuts.keys() - wanted)
        asked += len(wanted)
        if listing:
            print("wrong", [cuts[at] for at in cuts.keys() - wanted])
            print(
                "missed",
                [UNIT.search(damaged, max(0, at - 12)) and damaged[at - 9 : at + 9] for at in wanted - cuts.keys()],
            )
    print(f"damaged: {right} of {asked} found ({right / asked:.1%}), {wrong} wrong")
    begun = time.perf_counter()
    for text in articles:
        overlay(text)
    spent = time.perf_counter() - begun
    plain = time.perf_counter()
    for text in articles:
        words(text)
    plain = time.perf_counter() - plain
    print(f"{1000 * spent / len(articles):.3f} ms an article; words() takes {1000 * plain / len(articles):.3f}")


if __name__ == "__main__":
    main()
