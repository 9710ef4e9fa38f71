"""What gathering and looking cost as a ledger grows: ``bench/scale_ledger.py [SIZE ...] [--eras N] [--at FILE]``.

One invented ledger grows through the sizes (documents), then through so many eras of the last size (``eras.py``). At
each: milliseconds of this process, and of the wall, that gathering took for each of the last documents, and the medians
of lists with filters and of pages, warm. Prints a JSON object a size. A ledger that is in FILE already is gone on with.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import eras
import synthetic
from rashomon import ledger
from rashomon.gathering import gather
from rashomon.ledger import Ledger, Wanted
from rashomon.ledger.book import Near
from rashomon.model.reading import Reading

BATCH = 64  # documents recorded before what they tell is gathered, where the cost is taken
BACKLOG = 1024  # the same where the ledger only grows
LAST = 2000  # documents over which the cost of one more is taken
REPEATS = 7
PAGES = 50


def clocks() -> tuple[float, float]:
    """Seconds of this process and of the wall."""
    return time.process_time(), time.perf_counter()


def grow(book: Ledger, readings: Iterator[Reading], count: int, at_once: int) -> tuple[float, float]:
    """Record and gather so many documents; the seconds that gathering took, of the process and of the wall."""
    spent = [0.0, 0.0]
    while count > 0:
        batch = tuple(islice(readings, min(at_once, count)))
        book.record(batch)
        before = clocks()
        gather(book)
        spent = [total + after - start for total, after, start in zip(spent, clocks(), before, strict=True)]
        count -= len(batch)
    return spent[0], spent[1]


def asked(last: date) -> dict[str, Wanted]:
    """What lists are asked for: one filter each, then several."""
    town = synthetic.towns()[0]
    small = synthetic.towns()[200]
    week = last - timedelta(7)
    return {
        "all": Wanted(),
        "kind": Wanted(kind="STRIKE.DRONE"),
        "family": Wanted(kind="STRIKE"),
        "since": Wanted(since=week),
        "until": Wanted(until=synthetic.BEGIN + timedelta(3)),
        "month": Wanted(since=synthetic.BEGIN, until=synthetic.BEGIN + timedelta(30)),
        "near a large town": Wanted(near=Near(town.lat, town.lon, 25)),
        "near a small town": Wanted(near=Near(small.lat, small.lon, 10)),
        "near, far around": Wanted(near=Near(town.lat, town.lon, 500)),
        "voice": Wanted(voice="health ministry"),
        "voice of one incident": Wanted(voice="outlet 7"),
        "relation": Wanted(relation="disagree"),
        "common words": Wanted(text="missile strike"),
        "rare word": Wanted(text=small.name),
        "no such word": Wanted(text="platypus"),
        "kind, near, since": Wanted(kind="STRIKE", near=Near(town.lat, town.lon, 50), since=week),
        "kind, until, relation": Wanted(kind="CLASH", until=synthetic.BEGIN + timedelta(9), relation="superseded"),
        "words, kind, near": Wanted(text="bakery", kind="BOMB", near=Near(small.lat, small.lon, 100)),
    }


def medians(calls: list[Callable[[], object]]) -> tuple[float, float]:
    """The median milliseconds of some calls, of this process and of the wall; the two differ on a busy machine."""
    took: list[tuple[float, float]] = []
    for call in calls:
        start = clocks()
        call()
        process, wall = (after - before for after, before in zip(clocks(), start, strict=True))
        took.append((1000 * process, 1000 * wall))
    return tuple(round(statistics.median(column), 2) for column in zip(*took, strict=True))


def looked(book: Ledger, last: date) -> dict[str, tuple[float, float]]:
    """Medians of lists and pages, each asked once before it is timed."""
    found = {}
    for name, wanted in asked(last).items():

        def listed(wanted: Wanted = wanted) -> object:
            return list(book.incidents(wanted, limit=20))

        listed()
        found[f"incidents, {name}"] = medians([listed] * REPEATS)
    draw = random.Random(3)
    some = [one.id for one in book.incidents(limit=2000)]
    names = draw.sample(some, min(PAGES, len(some)))
    found["show"] = medians([lambda name=name: book.incident(name) for name in names])  # type: ignore[misc]
    return found


def measured(path: Path, readings: Iterator[Reading], last: int) -> dict[str, object]:
    """What the last so many documents cost, and what looking into the ledger then costs."""
    with ledger.open(path, create=True) as book:
        process, wall = grow(book, readings, last, BATCH)
        counts = book.counts()
        day = next(iter(book.incidents(limit=1))).latest or synthetic.BEGIN
        return {
            "documents": counts.documents,
            "incidents": counts.incidents,
            "gather_ms": round(1000 * process / last, 2),
            "gather_wall_ms": round(1000 * wall / last, 2),
            "file_mb": round(path.stat().st_size / 2**20),
            **looked(book, day),
        }


def main(sizes: list[int], more: int, path: Path) -> None:
    """Grow a ledger through the sizes, then through ``more`` eras of the last of them, and print what it costs."""
    with ledger.open(path, create=True) as book:
        done = book.counts().documents
    readings = synthetic.readings(max(sizes) + LAST)
    deque(islice(readings, done), 0)
    for size in sorted(sizes):
        last = min(LAST, size // 2)
        if size - last >= done:
            with ledger.open(path, create=True) as book:
                grow(book, readings, size - last - done, BACKLOG)
            print(json.dumps(measured(path, readings, last)), flush=True)
            done = size
    if more > 1:
        started = time.perf_counter()
        eras.lengthen(path, more)
        print(json.dumps({"eras": more, "seconds": round(time.perf_counter() - started)}), flush=True)
        with ledger.open(path, create=False) as book:
            print(
                json.dumps(dict(zip(("tellings tried", "tied rightly"), eras.held(book, 200), strict=True))), flush=True
            )
        age = eras.Era(more - 1)
        print(json.dumps(measured(path, map(age.reading, readings), LAST)), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 10_000])
    parser.add_argument("--eras", type=int, default=1, help="how many eras of the last size there are to be")
    parser.add_argument("--at", type=Path, help="keep the ledger in this file")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        main(given.sizes, given.eras, given.at or Path(folder) / "scale.db")
