"""Measure the coding of claims on gold attributions: ``python bench/coding.py FOLDER [train|dev] [--errors]``.

FOLDER holds ``articles/articles.jsonl``, ``gold/train``, ``gold/dev`` and ``bench/score.py``; the environment variable
RASHOMON_DATA stands in for it. The encoder has no part in it: parses are built from the gold spans. Prints one JSON
object; ``--errors`` prints what went wrong before it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

from rashomon.coding import code
from rashomon.coding.actors import actors
from rashomon.coding.caveats import caveats
from rashomon.coding.claims import claims
from rashomon.model.document import Document, DocumentId
from rashomon.model.reading import Attribution, Maker, Parse, Reading
from rashomon.model.text import Span
from rashomon.reading.tokens import CLOSING, INSIDE, OPENING, Words, words

FIELDS = ("speech", "act", "stance", "distance")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=os.environ.get("RASHOMON_DATA"))
    parser.add_argument("part", nargs="?", default="dev", choices=("train", "dev"))
    parser.add_argument("--errors", action="store_true")
    chosen = parser.parse_args()
    scorer = scorer_at(Path(chosen.folder) / "bench" / "score.py")
    pairs = [(gold, parsed(gold, document)) for gold, document in ledgers(Path(chosen.folder), chosen.part)]
    code(pairs[0][1])
    readings = [code(parse) for _, parse in pairs]
    began = time.process_time()
    for (_, parse), reading in zip(pairs, readings, strict=True):
        cast, claimants = actors(parse)
        caveats(parse, claims(parse, claimants), cast, reading.quantities, reading.incidents)
    took = time.process_time() - began
    length = sum(len(parse.document.text.split()) for _, parse in pairs)
    figures = judged(
        [(gold, reading) for (gold, _), reading in zip(pairs, readings, strict=True)], scorer, chosen.errors
    )
    json.dump(
        figures | {"ms per 800 words, claims, actors and caveats": round(800e3 * took / length, 2)},
        sys.stdout,
        ensure_ascii=False,
        indent=1,
    )


def ledgers(folder: Path, part: str) -> Iterator[tuple[dict, Document]]:  # type: ignore[type-arg]
    """Each gold ledger with its document."""
    lines = (folder / "articles" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    articles = {row["id"]: row for row in map(json.loads, lines)}
    for file in sorted((folder / "gold" / part).glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        row = articles[gold["doc"]["id"]]
        published = date.fromisoformat(row["published"][:10]) if row.get("published") else None
        yield gold, Document(DocumentId(row["id"]), row["text"], outlet=row.get("outlet"), published=published)


def parsed(gold: dict, document: Document) -> Parse:  # type: ignore[type-arg]
    """What a perfect encoder would see: the gold spans, in the order of the text."""
    units = words(document.text)
    attributions = [
        Attribution(spans(a.get("source")), spans(a.get("cue")), spans(a["content"]), 1.0) for a in gold["attributions"]
    ]
    return Parse(document, sentences(units), quotations(units), tuple(attributions), Maker("gold", "gold"))


def spans(given: list[dict[str, int]] | dict[str, int] | None) -> tuple[Span, ...]:
    """Gold's span, list of spans or nothing as spans."""
    if not given:
        return ()
    listed = given if isinstance(given, list) else [given]
    return tuple(Span(span["start"], span["end"]) for span in listed)


def sentences(units: Words) -> tuple[Span, ...]:
    """The sentences of a text."""
    found: dict[int, Span] = {}
    for start, end, number in zip(units.starts, units.ends, units.sentences, strict=True):
        first = found.get(int(number))
        found[int(number)] = Span(first.start if first else int(start), int(end))
    return tuple(found.values())


def quotations(units: Words) -> tuple[Span, ...]:
    """The stretches in quotation marks, marks included."""
    found: list[Span] = []
    opened: int | None = None
    end = 0
    for at, state in enumerate(units.quotes):
        if opened is not None and state not in (INSIDE, CLOSING):
            found.append(Span(opened, end))
            opened = None
        if state == OPENING:
            opened = int(units.starts[at])
        end = int(units.ends[at])
        if state == CLOSING and opened is not None:
            found.append(Span(opened, end))
            opened = None
    return tuple(found) if opened is None else (*found, Span(opened, end))


def scorer_at(path: Path) -> ModuleType:
    """The scorer that lies beside the data."""
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(pairs: list[tuple[dict, Reading]], scorer: ModuleType, errors: bool) -> dict[str, object]:  # type: ignore[type-arg]
    """Right of all for claimants and the four fields, and each field's classes as [right, gold, coded]."""
    right: Counter[str] = Counter()
    gold_of: Counter[tuple[str, str]] = Counter()
    coded: Counter[tuple[str, str]] = Counter()
    hits: Counter[tuple[str, str]] = Counter()
    total = told = nobody = silent = found = stated = 0
    for gold, reading in pairs:
        text = reading.document.text
        names = {actor.id: actor.name for actor in reading.actors}
        entities = {entity["id"]: entity["name"] for entity in gold["entities"]}
        for a, claim in zip(gold["attributions"], reading.claims, strict=True):
            total += 1
            said = " / ".join(
                " ".join(s.of(text).split()) for part in (claim.source, claim.cue, claim.content) for s in part
            )
            for field in FIELDS:
                want, got = a[field], str(getattr(claim, field))
                gold_of[field, want] += 1
                coded[field, got] += 1
                hits[field, want] += want == got
                if errors and want != got and field in ("stance", "distance", "speech"):
                    print(f"{field}: {got} for {want}: {gold['doc']['id']}: {said[:200]}")
            name = names[claim.claimant] if claim.claimant else ""
            if a.get("source_entity"):
                told += 1
                want = entities.get(a["source_entity"], a["source_entity"])
                same = scorer.same_name(name, want)
                right["claimant"] += same
                if errors and not same:
                    print(f"claimant: {name!r} for {want!r}: {gold['doc']['id']} @{claim.source[:1]}: {said[:120]}")
            else:
                nobody += 1
                silent += not name
        caveats = [Span(s["start"], s["end"]) for s in (v["span"] for v in gold["verification"])]
        stated += len(caveats)
        found += sum(any(c.overlaps(caveat.span) for caveat in reading.caveats) for c in caveats)
    return {
        "claimant": share(right["claimant"], told),
        "no claimant where there is none": share(silent, nobody),
        "verification statements": share(found, stated),
        "caveats coded": sum(len(reading.caveats) for _, reading in pairs),
        **{field: share(sum(n for (f, _), n in hits.items() if f == field), total) for field in FIELDS},
        **{
            f"{field} by class [right, gold, coded]": {
                c: [hits[f, c], n, coded[f, c]] for (f, c), n in gold_of.most_common() if f == field
            }
            for field in FIELDS
        },
    }


def share(part: int, of: int) -> str:
    """``right/all = per cent``."""
    return f"{part}/{of} = {100 * part / of:.1f} %" if of else "none"


if __name__ == "__main__":
    main()
