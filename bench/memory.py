"""Memory of a long ingest, all its processes together, at each tenth of the way.

``python bench/memory.py [COUNT] [mixed]``: articles of about 100 words, all of them read, or with ``mixed`` those of
``mixed``, of which one in ten is.

Shared pages are counted once (Linux's proportional set size), so that the sum is what the machine really gives.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import articles
import mixed

RASHOMON = Path(sys.executable).with_name("rashomon")


def family(parent: int) -> list[int]:
    """A process and all below it."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
    return [parent, *(below for child in children for below in family(int(child)))]


def held(parent: int) -> int:
    """Megabytes that a process and all below it hold."""
    kilobytes = 0
    for process in family(parent):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                kilobytes += int(line.split()[1])
    return kilobytes // 1024


def main() -> None:
    """Ingest so many articles in two processes; print the memory on the way and the most of it."""
    given = sys.argv[1:]
    count = int(given[0]) if given else 10_000
    articles.WORDS = 100
    seen: list[int] = []
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "articles.jsonl")
        (mixed if "mixed" in given else articles).write(path, count)
        command: list[str | Path] = [
            RASHOMON,
            "ingest",
            path,
            "--ledger",
            Path(place, "bench.db"),
            "--jobs",
            "2",
            "--quiet",
        ]
        with subprocess.Popen(command) as running:
            while running.poll() is None:
                time.sleep(1)
                try:
                    seen.append(held(running.pid))
                except (FileNotFoundError, ProcessLookupError):  # one of them ended while it was asked
                    continue
    tenths = [seen[len(seen) * n // 10] for n in range(1, 10)]
    print(json.dumps({"articles": count, "MB at each tenth": tenths, "most MB": max(seen), "seconds": len(seen)}))


if __name__ == "__main__":
    main()
