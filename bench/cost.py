"""What incidents, figures, days, places and actors cost beside claims alone: ``python bench/cost.py [--articles N]``.

Both are measured on the same articles of about 800 words, in turns, in processor time. *Claims alone* runs the encoder,
the claim heads and the coding of claims and their speakers; *everything* is what ``rashomon read`` does.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

import articles
from rashomon import sources
from rashomon.coding import code
from rashomon.coding.actors import actors
from rashomon.coding.claims import claims
from rashomon.model.document import Document, Page
from rashomon.model.reading import Maker, Parse
from rashomon.reading import Reader
from rashomon.reading.claims import attribution, decode, distinct
from rashomon.reading.heads import Anchor, Heads, together
from rashomon.reading.overlay import overlay
from rashomon.reading.reader import parts
from rashomon.reading.tokens import quotations, sentences, words
from rashomon.reading.windows import owners, windows

TURNS = 5


def main() -> None:
    """Print milliseconds an article of both, and what everything costs beside claims, in per cent."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=24)
    count = options.parse_args().articles
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "articles.jsonl")
        articles.write(path, count)
        documents = [sources.document(page) for page in sources.pages([str(path)]) if isinstance(page, Page)]
    reader = Reader.load()
    alone, everything = [], []
    for _ in range(TURNS + 1):
        alone.append(spent(lambda: claims_alone(reader, documents)) / count)
        everything.append(spent(lambda: [code(parse) for parse in reader.read(documents)]) / count)
    # The first turn warms both.
    some, all_ = statistics.median(alone[1:]), statistics.median(everything[1:])
    shares = [round(100 * (b / a - 1)) for a, b in zip(alone[1:], everything[1:], strict=True)]
    print(json.dumps({
        "claims alone, ms": round(1000 * some, 1), "everything, ms": round(1000 * all_, 1),
        "more, %": statistics.median(shares), "turns, %": shares,
    }, indent=1))  # fmt: skip


def spent(work: Callable[[], object]) -> float:
    """Processor seconds of a call."""
    began = time.process_time()
    work()
    return time.process_time() - began


def claims_alone(reader: Reader, documents: Sequence[Document]) -> None:
    """Claims and their speakers, and nothing else."""
    for document in documents:
        claims(parse := parsed(reader, document), actors(parse)[1])


def parsed(reader: Reader, document: Document) -> Parse:
    """A document as the encoder and the claim heads see it."""
    column = words(document.text, parts(document), overlay(document.text))
    cut = windows(0, column, reader.weights.pieces)
    owned = owners([(w.low, w.high) for w in cut], len(column))
    anchors: list[Anchor] = []
    for rank, w in enumerate(cut):
        anchors += Heads.see(reader.weights, w, column, owned[w.low : w.high] == rank).claims()
    steps, found = np.array(reader.weights.card.steps, np.float32), []
    for group, scores, sizes in together(anchors):
        for a, roles, size in zip(group, decode(scores, steps, sizes), sizes, strict=True):
            one = attribution(column, a.window.low, a.at, roles[:size], a.score)
            found += [(a.window.low + a.at, one)] if one is not None else []
    told = tuple(one for _, one in sorted(distinct(found), key=lambda pair: pair[0]))
    return Parse(document, sentences(column), quotations(column), told, Maker("0", "claims"))


if __name__ == "__main__":
    main()
