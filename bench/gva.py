"""Incidents across reports against the Gun Violence Archive's links: ``python bench/gva.py FOLDER [--readings FILE]``.

FOLDER holds ``data/incidents/gva_documents.jsonl``, ``gva_incidents.jsonl`` and ``bench/score.py``; the environment
variable RASHOMON_DATA stands in for it. Reads all reports, unless a file of readings is given; a file that is not yet
there is written. Gathers and scores. ``--third`` takes the third of the incidents over which thresholds were looked at,
``--shuffles`` gathers in so many other orders and batches and compares, ``--errors`` prints so many pairs of reports
wrongly joined, and missed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import combinations
from pathlib import Path
from types import ModuleType

from rashomon import sources
from rashomon.coding import code
from rashomon.errors import Unreadable
from rashomon.model import codec
from rashomon.model.document import Document, Page
from rashomon.model.incident import Gist, Incident, IncidentId, Told, key
from rashomon.model.reading import Reading
from rashomon.reading import Reader
from rashomon.resolving import Glade, Tree, gists, insert, likeness, summarise, trees

Gold = dict[str, object]


def main() -> None:
    """Read, gather, score, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", nargs="?", type=Path, default=os.environ.get("RASHOMON_DATA"))
    options.add_argument("--readings", type=Path)
    options.add_argument("--third", action="store_true")
    options.add_argument("--shuffles", type=int, default=0)
    options.add_argument("--errors", type=int, default=0)
    chosen = options.parse_args()
    corpus = Path(chosen.folder) / "data" / "incidents"
    gold = [g for g in rows(corpus / "gva_incidents.jsonl") if not chosen.third or in_third(str(g["id"]))]
    wanted = frozenset(d for g in gold for d in g["documents"])  # type: ignore[attr-defined]
    readings = [r for r in read(corpus / "gva_documents.jsonl", chosen.readings) if r.document.id in wanted]
    laid = [gists(reading) for reading in readings]
    began = time.process_time()
    found = gathered(laid)
    took = time.process_time() - began
    scorer = scorer_at(Path(chosen.folder) / "bench" / "score.py")
    with tempfile.TemporaryDirectory() as place:
        wrote = [Path(place, name) for name in ("gold.jsonl", "found.jsonl")]
        wrote[0].write_text("".join(json.dumps(g) + "\n" for g in gold), encoding="utf-8")
        wrote[1].write_bytes(b"".join(codec.to_json(i) + b"\n" for i in incidents(found, readings)))
        figures = scorer.score_incidents(*map(str, wrote))
    figures["documents"] = {"all": len(wanted), "read": len(readings), "ms each to gather": 1000 * took / len(readings)}
    if chosen.shuffles:
        same = sum(shuffled(laid, seed) == found for seed in range(chosen.shuffles))
        figures["shuffles identical"] = f"{same} / {chosen.shuffles}"
    if chosen.errors:
        errors(gold, found, readings, laid, chosen.errors)
    json.dump(figures, sys.stdout, indent=1)


def rows(path: Path) -> list[Gold]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def in_third(name: str) -> bool:
    """Whether an incident is one of those whose errors are read."""
    return blake2b(name.encode(), digest_size=4).digest()[0] % 3 == 0


def read(corpus: Path, kept: Path | None) -> Iterator[Reading]:
    """The readings of all reports, from the file where they are kept or by reading."""
    if kept is not None and kept.exists():
        with kept.open("rb") as file:
            yield from map(codec.reading, file)
        return
    lines = [codec.to_json(reading) for reading in map(code, Reader.load().read(documents(corpus)))]
    if kept is not None:
        kept.write_bytes(b"\n".join(lines))
    yield from map(codec.reading, lines)


def documents(corpus: Path) -> Iterator[Document]:
    """The reports that have a text."""
    for page in sources.pages([str(corpus)]):
        if isinstance(page, Page):
            try:
                yield sources.document(page)
            except Unreadable as error:
                print(f"{page.name}: {error.reason}", file=sys.stderr)


def gathered(laid: Iterable[Sequence[Gist]]) -> tuple[Tree, ...]:
    """The incidents of documents that come one by one."""
    glade = Glade()
    for document in laid:
        insert(glade, document)
    return trees(glade, glade.gists)


def shuffled(laid: Sequence[Sequence[Gist]], seed: int) -> tuple[Tree, ...]:
    """The same in another order, and in batches of other sizes."""
    draw = random.Random(seed)
    order = draw.sample(laid, len(laid))
    batches: list[list[Gist]] = [[]]
    for document in order:
        if draw.random() < 0.1:
            batches.append([])
        batches[-1].extend(draw.sample(document, len(document)))
    return gathered(batches)


def incidents(found: Iterable[Tree], readings: Sequence[Reading]) -> Iterator[Incident]:
    """The incidents in the order of ``export json``: of several in the same documents the scorer sees the first."""
    told = {key(r.document.id, t.id): Told(t, r, r.document.id) for r in readings for t in r.incidents}
    whole = [summarise(tree.id, [told[one] for one in tree.members]) for tree in found]
    yield from sorted(whole, key=lambda one: (-len(one.documents), -len(codec.to_json(one)), one.id))


def errors(
    gold: Sequence[Gold], found: Sequence[Tree], readings: Sequence[Reading], laid: Sequence[Sequence[Gist]], most: int
) -> None:
    """Print ties between documents of two incidents, and pairs that no tree joins with their best likeness."""
    of = {d: str(g["id"]) for g in gold for d in g["documents"]}  # type: ignore[attr-defined]
    titles = {r.document.id: r.document.title for r in readings}
    kept = {gist.key: gist for document in laid for gist in document}
    print("== joined, and not one")
    ties = [tie for tree in found for tie in tree.ties]
    wrong = [t for t in ties if of[kept[t.telling].document] != of[kept[t.earlier].document]]
    print(len(ties), "ties", len(wrong), "wrong")
    for tie in wrong[:most]:
        for one in (tie.telling, tie.earlier):
            print(kept[one].published, titles[kept[one].document], kept[one])
        print(tie.score, [(r.weight, r.words) for r in tie.reasons], end="\n\n")
    print("== one, and not joined")
    whole: dict[str, set[IncidentId]] = {}
    for tree in found:
        for member in tree.members:
            whole.setdefault(kept[member].document, set()).add(tree.id)
    by = {document[0].document: document for document in laid if document}
    missed = [
        pair
        for g in gold
        for pair in combinations(sorted(d for d in g["documents"] if d in by), 2)  # type: ignore[attr-defined]
        if not whole[pair[0]] & whole[pair[1]]
    ]
    print(len(missed), "missed")
    for one, other in random.Random(1).sample(missed, min(most, len(missed))):
        best = max((likeness(a, b) for a in by[one] for b in by[other]), key=lambda tie: tie.score)
        for side in (best.telling, best.earlier):
            print(kept[side].published, titles[kept[side].document], kept[side])
        print(best.score, [(r.weight, r.words) for r in best.reasons], end="\n\n")


def scorer_at(path: Path) -> ModuleType:
    """The scorer that lies beside the data."""
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: no scorer there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
