"""SQLite beside PostgreSQL: ``python bench/teams.py ADDRESS [DOCUMENTS]``, where ADDRESS is of an empty database.

Prints one JSON object: what recording, gathering, lists, searches and a whole copy take in each, and how much one and
eight writers at once write into PostgreSQL. The database is left filled; drop it afterwards.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import psycopg

import synthetic
from ledger import QUERIES, find, reading
from rashomon import ledger
from rashomon.gathering import gather
from rashomon.ledger import Ledger, Wanted
from rashomon.ledger.book import Near

BATCH = 32  # as ingest writes them
WRITERS = 8
LISTS = {
    "all": Wanted(),
    "kind": Wanted(kind="STRIKE.DRONE"),
    "relation": Wanted(relation="disagree"),
    "near": Wanted(near=Near(48.0, 37.8, 50)),
    "words": Wanted(text="missile strike"),
}


def timed(call: Callable[[], object]) -> float:
    """Seconds a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def record(book: Ledger, prefix: int, documents: int) -> float:
    """Seconds that recording takes, the making of readings not counted."""
    made = map(reading, range(prefix, prefix + documents))
    spent = 0.0
    while batch := list(islice(made, BATCH)):
        spent += timed(lambda batch=batch: book.record(batch))  # type: ignore[misc]
    return spent


def filled(book: Ledger, documents: int) -> dict[str, object]:
    """What a ledger of one's own takes, by what is done with it."""
    writing = record(book, 0, documents)
    searching = {query: milliseconds(lambda query=query: find(book, query)) for query in QUERIES}  # type: ignore[misc]
    streaming = timed(lambda: sum(1 for _ in book.readings()))
    told = list(islice(synthetic.readings(documents), documents))
    for at in range(0, documents, BATCH):
        book.record(told[at : at + BATCH])
    gathering = timed(lambda: gather(book))
    return {
        "record_documents_s": round(documents / writing),
        "search_20_hits_ms": searching,
        "readings_s": round(documents / streaming),
        "gather_ms_a_document": round(1000 * gathering / (2 * documents), 2),
        "incidents": book.counts().incidents,
        "lists_ms": {name: milliseconds(lambda w=w: list(book.incidents(w, limit=20))) for name, w in LISTS.items()},  # type: ignore[misc]
    }


def milliseconds(call: Callable[[], object]) -> float:
    """The median of seven calls, after one that is not counted."""
    call()
    return round(1000 * statistics.median(timed(call) for _ in range(7)), 2)


def together(address: str, writers: int, documents: int, begin: int) -> dict[str, object]:
    """How much so many processes write at once, and whether all of it is there."""
    with ledger.open(address, create=True) as book:
        before = book.counts().documents
        share = documents // writers
        commands = [
            [sys.executable, __file__, "--write", address, str(begin + n * share), str(share)] for n in range(writers)
        ]
        running = [subprocess.Popen(one, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for one in commands]
        for one in running:  # all have made their readings and wait
            assert one.stdout is not None
            one.stdout.readline()
        start = time.perf_counter()
        for one in running:
            one.communicate(b"\n")
        took = time.perf_counter() - start
        lost = share * writers - (book.counts().documents - before)
    return {"writers": writers, "documents_s": round(share * writers / took), "lost": lost}


def write(address: str, begin: int, documents: int) -> None:
    """One of many writers: make readings, say so, wait for a line, write."""
    made = [reading(number) for number in range(begin, begin + documents)]
    with ledger.open(address, create=False) as book:
        print("ready", flush=True)
        sys.stdin.readline()
        for at in range(0, documents, BATCH):
            book.record(made[at : at + BATCH])


def schema(address: str, name: str) -> str:
    """The address of a new, empty part of a database."""
    with psycopg.connect(address) as connection:
        connection.execute(f"CREATE SCHEMA {name}".encode())
    return f"{address}{'&' if '?' in address else '?'}options=-csearch_path%3D{name}"


def main(address: str, documents: int) -> None:
    """Fill one ledger in each, copy both into the other, and let many write."""
    found: dict[str, object] = {"documents": 2 * documents}
    with tempfile.TemporaryDirectory() as folder:
        file, copy = str(Path(folder) / "bench.db"), str(Path(folder) / "copy.db")
        with ledger.open(file, create=True) as book, ledger.open(address, create=True) as other:
            found["sqlite"] = filled(book, documents)
            found["postgresql"] = filled(other, documents)
            with ledger.open(schema(address, "copied"), create=True) as target:
                found["copy_documents_s"] = round(2 * documents / timed(lambda: book.transcribe(target)))
            with ledger.open(copy, create=True) as target:
                found["copy_back_documents_s"] = round(2 * documents / timed(lambda: other.transcribe(target)))
    shared = schema(address, "shared")
    found["together"] = [together(shared, n, documents, n * 1_000_000) for n in (1, WRITERS)]
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    if sys.argv[1] == "--write":
        write(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2000)
