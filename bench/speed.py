"""Measure speed, latency, memory and where the time goes, on articles of about 800 words; print one JSON object.

Every figure is from processes of its own, so that nothing is warm that a person would find cold.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

import articles
from rashomon import coding, ledger, sources
from rashomon.model.document import Page
from rashomon.reading import Reader

RASHOMON = Path(sys.executable).with_name("rashomon")
Made = TypeVar("Made")


def main() -> None:
    """Measure everything and print it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=120, help="how many to ingest in each run (default 120)")
    count = options.parse_args().articles
    with tempfile.TemporaryDirectory() as place:
        path, one = Path(place, "articles.jsonl"), Path(place, "one.jsonl")
        words = articles.write(path, count)
        articles.write(one, 1)
        found = {
            "machine": {"cores": os.cpu_count(), "processor": platform.processor() or platform.machine()},
            "articles": count,
            "words": words,
            "ingest, 1 core": ingest(path, count, words, jobs=1),
            "ingest, 2 cores": ingest(path, count, words, jobs=2),
            "one article, ms": {"cold": cold(one), "warm": warm(one)},
            "share of time, %": stages(path),
        }
    print(json.dumps(found, indent=1))


def ingest(path: Path, count: int, words: int, *, jobs: int) -> dict[str, float]:
    """A whole ingest into a new ledger: rates a second and the most memory any process held, in MB."""
    with tempfile.TemporaryDirectory() as place:
        command: list[str | Path] = [
            RASHOMON,
            "ingest",
            path,
            "--ledger",
            Path(place, "bench.db"),
            "--jobs",
            str(jobs),
            "--quiet",
        ]
        start = time.perf_counter()
        subprocess.run(command, check=True)
        took = time.perf_counter() - start
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {
        "articles/s": round(count / took, 2),
        "words/s": round(words / took),
        "most memory of a process, MB": round(most / 1024),
    }


def cold(path: Path) -> float:
    """From an idle shell to the printed reading of one article, the best of three, in milliseconds."""
    took = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([RASHOMON, "read", "--json", "--quiet", path], check=True, stdout=subprocess.DEVNULL)
        took.append(time.perf_counter() - start)
    return round(1000 * min(took))


WARM = """
import sys, time
from rashomon import coding, sources
from rashomon.model.codec import to_json
from rashomon.reading import Reader

reader = Reader.load()
(page,) = sources.pages([sys.argv[1]])
took = []
for _ in range(8):
    start = time.perf_counter()
    (parse,) = reader.read([sources.document(page)])
    to_json(coding.code(parse))
    took.append(time.perf_counter() - start)
print(1000 * min(took))
"""


def warm(path: Path) -> float:
    """The same once the weights are open: the best of eight readings in one process, in milliseconds."""
    done = subprocess.run([sys.executable, "-c", WARM, path], check=True, capture_output=True, text=True)
    return round(float(done.stdout), 1)


def stages(path: Path) -> dict[str, float]:
    """The share of each room in the work of one process."""
    reader = Reader.load()
    spent: dict[str, float] = {}
    pages = timed(spent, "sources", lambda: [p for p in sources.pages([str(path)]) if isinstance(p, Page)])
    documents = timed(spent, "sources", lambda: [sources.document(page) for page in pages])
    parses = timed(spent, "reading", lambda: list(reader.read(documents)))
    readings = timed(spent, "coding", lambda: [coding.code(parse) for parse in parses])
    with tempfile.TemporaryDirectory() as place, ledger.open(str(Path(place, "bench.db")), create=True) as book:
        for batch in batches(readings):
            timed(spent, "ledger", partial(book.record, batch))
    whole = sum(spent.values())
    return {room: round(100 * seconds / whole, 1) for room, seconds in spent.items()}


def timed(spent: dict[str, float], room: str, work: Callable[[], Made]) -> Made:
    """Do the work and add its seconds to the room's."""
    start = time.perf_counter()
    made = work()
    spent[room] = spent.get(room, 0.0) + time.perf_counter() - start
    return made


def batches(readings: Iterable[Made], size: int = 64) -> Iterator[list[Made]]:
    """Readings in the batches the ledger gets them in."""
    group: list[Made] = []
    for reading in readings:
        group.append(reading)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group


if __name__ == "__main__":
    main()
