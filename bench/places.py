"""Measure places: ``python bench/places.py GOLD.jsonl -o READINGS.jsonl``, whose output a scorer can read.

Reads {"id", "text", "places": [{"span", "geonameid"?, "lat"?, "lon"?, "optional"?}]} a line. Prints the speed, how many
gold names were found, and how many lie within 161 km, gold ids without a point looked up in the gazetteer. ``--errors``
lists what was missed, added or misplaced.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rashomon.coding.places import places
from rashomon.knowledge.gazetteer import Gazetteer
from rashomon.knowledge.places import gazetteer
from rashomon.model.codec import to_json
from rashomon.model.document import Document, DocumentId
from rashomon.model.globe import km
from rashomon.model.telling import Place

NEAR_KM = 161.0


def documents(path: Path) -> list[tuple[Document, list[dict[str, Any]]]]:
    lines = path.read_text("utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line.strip()]
    return [(Document(DocumentId(row["id"]), row["text"]), row.get("places", [])) for row in rows]


def points(shelf: Gazetteer) -> dict[str, tuple[float, float]]:
    ids, lat, lon = (shelf.columns[name].tolist() for name in ("geonameid", "lat", "lon"))
    return {str(one): (y, x) for one, y, x in zip(ids, lat, lon, strict=True) if one}


def faults(
    document: Document, gold: Sequence[dict[str, Any]], found: Sequence[Place], known: dict[str, tuple[float, float]]
) -> Iterator[tuple[str, str]]:
    text = document.text
    free = list(found)
    for one in sorted(gold, key=lambda g: g["span"]):
        start, end = one["span"]
        near = text[max(0, start - 40) : start] + "[" + text[start:end] + "]" + text[end : end + 30]
        hit = next((p for p in free if p.span.start < end and start < p.span.end), None)
        if hit is not None:
            free.remove(hit)
        if one.get("optional"):
            continue
        if hit is None:
            yield "missed", near
            continue
        truth = (one["lat"], one["lon"]) if one.get("lat") is not None else known.get(str(one.get("geonameid")))
        if truth is None:
            yield "no point", near
        elif hit.lat is None or hit.lon is None:
            yield "unresolved", near
        elif km((hit.lat, hit.lon), truth) > NEAR_KM:
            yield "misplaced", f"{near} -> {hit.resolved}, {hit.admin1}, {hit.country} for {truth}"
        else:
            yield "right", near
    for extra in free:
        if extra.kind != "demonym":
            start, end = extra.span
            yield "added", f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 30]} ({extra.kind})"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("gold", type=Path)
    arguments.add_argument("-o", "--output", type=Path)
    arguments.add_argument("--errors", action="store_true")
    asked = arguments.parse_args()
    every = documents(asked.gold)
    places(Document(DocumentId("warm"), "Rain fell in Lviv."))
    began = time.process_time()
    found = [places(document) for document, _ in every]
    spent = time.process_time() - began
    words = sum(len(document.text.split()) for document, _ in every)
    known = points(gazetteer())
    tally: Counter[str] = Counter()
    for (document, gold), here in zip(every, found, strict=True):
        for kind, line in faults(document, gold, here, known):
            tally[kind] += 1
            if asked.errors and kind not in ("right", "no point"):
                sys.stdout.write(f"{document.id}\t{kind}\t{line!r}\n")
    if asked.output:
        lines = [to_json({"document": d, "places": p}) for (d, _), p in zip(every, found, strict=True)]
        asked.output.write_bytes(b"\n".join(lines) + b"\n")
    speed = f"{1000 * spent * 800 / words:.1f} core-ms per 800 words"
    sys.stderr.write(f"{dict(tally)}; {speed}\n")


if __name__ == "__main__":
    main()
