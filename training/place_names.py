"""Fit the weights of the signs for place names: ``python training/place_names.py FOLDER_OF_ENTITIES [-o FILE]``.

Reads gmb_train.jsonl, gum_train.jsonl and re3d_train.jsonl ({"text", "entities": [{"span", "type"}]}). Names inside
organisations are left out: news corpora call "Ohio State" an organisation, we call "Ohio" a place in it.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from rashomon.coding.place_evidence import around, signs
from rashomon.coding.place_names import tokens
from rashomon.coding.places import everything
from rashomon.knowledge.places import gazetteer
from rashomon.model.text import Span

PLACES = frozenset(("geo", "gpe", "place", "Location", "Nationality"))
SKIPPED = frozenset(("org", "organization", "Organisation", "MilitaryPlatform"))
TOGETHER = 8  # sentences of the machine-made corpus read as one document
Case = tuple[tuple[str, ...], bool]


def documents(folder: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Texts with their entities."""
    text, held, count = "", [], 0
    for line in (folder / "gmb_train.jsonl").open(encoding="utf-8"):
        one = json.loads(line)
        held += [{**e, "span": [x + len(text) for x in e["span"]]} for e in one["entities"]]
        text, count = text + one["text"] + " ", count + 1
        if count == TOGETHER:
            yield text, held
            text, held, count = "", [], 0
    for name in ("gum_train.jsonl", "re3d_train.jsonl"):
        for line in (folder / name).open(encoding="utf-8"):
            one = json.loads(line)
            yield one["text"], one["entities"]


def label(span: Span, entities: list[dict[str, Any]]) -> bool | None:
    """Whether a name is a place; None where the corpus cannot say."""
    over = [e for e in entities if e["span"][0] < span.end and span.start < e["span"][1]]
    short = [e for e in over if e["span"][1] - e["span"][0] <= span.end - span.start + 8]
    if any(e["type"] in PLACES for e in short):
        return True
    if any(e["type"] in SKIPPED for e in over) or any(e["type"] in PLACES for e in over):
        return None
    return False


def cases(folder: Path) -> Iterator[Case]:
    shelf = gazetteer()
    for text, entities in documents(folder):
        words = tokens(text, [Span(0, len(text))])
        found = everything(words, shelf, text)
        told = around(words, found, shelf)
        for name in found:
            if "-" in (text[name.span.start - 1 : name.span.start], text[name.span.end : name.span.end + 1]):
                continue  # the corpora call "U.S.-led" no name
            is_place = label(name.span, entities)
            if is_place is not None:
                yield signs(words, name, told, shelf, text), is_place


def fit(every: list[Case], *, steps: int = 400, l2: float = 2.0) -> tuple[dict[str, float], float]:
    """Weights of a logistic model by full-batch Adam, and the share of cases it decides rightly."""
    common = {s for s, n in Counter(s for found, _ in every for s in found).items() if n >= 20}
    index = {s: i for i, s in enumerate(sorted(common))}
    width = max(len(found) for found, _ in every)
    table = np.full((len(every), width), len(index))
    for row, (found, _) in enumerate(every):
        here = [index[s] for s in found if s in index]
        table[row, : len(here)] = here
    truth = np.array([is_place for _, is_place in every], float)
    weight, first, second = (np.zeros(len(index) + 1) for _ in range(3))
    for step in range(1, steps + 1):
        wrong = 1 / (1 + np.exp(-weight[table].sum(1))) - truth
        slope = np.bincount(table.ravel(), np.repeat(wrong, width), len(index) + 1) + l2 * weight
        slope[-1] = 0
        slope /= len(every)
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weight -= 0.1 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-9)
    right = float(np.mean((weight[table].sum(1) > 0) == (truth > 0.5)))
    return {s: float(weight[i]) for s, i in index.items()}, right


def main() -> None:
    ours = Path(__file__).parents[1] / "src/rashomon/knowledge/place_weights.tsv"
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("-o", "--output", type=Path, default=ours)
    asked = arguments.parse_args()
    every = list(cases(asked.folder))
    weight, right = fit(every)
    head = (
        "# Weights of the signs that a name is a place (log odds), by training/place_names.py.\n"
        "# Fitted on the Groningen Meaning Bank, GUM (annotation CC BY 4.0) and re3d (US public domain, UK OGL).\n"
        "sign\tweight\n"
    )
    lines = "".join(f"{sign}\t{value:.2f}\n" for sign, value in sorted(weight.items()))
    asked.output.write_text(head + lines, encoding="utf-8")
    print(f"{len(every)} names, {sum(place for _, place in every)} places, {100 * right:.1f} % right")


if __name__ == "__main__":
    main()
