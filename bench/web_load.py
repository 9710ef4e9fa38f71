"""Readers and reviewers at once: ``python bench/web_load.py LEDGER [--readers 50] [--reviewers 4] [--seconds 120]``.

Serves a copy of the ledger with ``rashomon serve --public`` on a free port of this machine. Every reader opens the
list, follows a link of the page before it (pages, twins, drawings alike), looks at it for ``--think`` seconds on
average, two unless told, and goes on; one click in eight leads back to the list. Every reviewer logs in, thinks as long
over each case and decides it. Printed as JSON: requests, failures, milliseconds to the last byte, decisions sent and
found again, and how busy the machine was.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import reviewers as desk
from rashomon import ledger as books
from rashomon.review import prove
from rashomon.web.accounts import Accounts, Role

LINK = re.compile(rb'href="([^"#]*)')
HOME = 8  # one click in so many leads back to the list
PATIENCE = 30  # seconds


@dataclass(slots=True)
class Walked:
    """What was met: seconds an answer took by the first part of its path, what went wrong, and decisions ``sent``."""

    took: dict[str, list[float]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)

    def times(self) -> list[float]:
        """Seconds of all answers, the quickest first."""
        return sorted(one for several in self.took.values() for one in several)


def walk(site: str, until: float, seed: int, think: float) -> Walked:
    """One reader's walk, to the end of the time (by the monotonic clock)."""
    chance, met, parts = random.Random(seed), Walked(), urlsplit(site)
    time.sleep(chance.random() * think)
    with closing(HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)) as connection:
        here, links = "/", dict[str, list[str]]()
        while time.monotonic() < until:
            begun = time.perf_counter()
            try:
                # Each from an address of their own, as they would come: pages are paced by address.
                connection.request("GET", here, headers={"X-Forwarded-For": f"10.0.{seed // 250}.{seed % 250}"})
                answer = connection.getresponse()
                body = answer.read()
            except (OSError, HTTPException) as error:
                met.failed.append(f"{here}: {error!r}")
                connection.close()
                time.sleep(think)
                continue
            met.took.setdefault(kind(here), []).append(time.perf_counter() - begun)
            if answer.status not in (200, 302):
                met.failed.append(f"{here}: {answer.status}")
            if (answer.getheader("content-type") or "").startswith("text/html"):
                links = inner(here, body)
            # Any kind of page as often as any other, or most clicks would be on the many ways to narrow a list.
            here = chance.choice(links[chance.choice(sorted(links))]) if links and chance.randrange(HOME) else "/"
            time.sleep(chance.uniform(0, 2 * think))
    return met


def inner(here: str, body: bytes) -> dict[str, list[str]]:
    """The links of a page to other pages of the same server, by their kind."""
    found: dict[str, list[str]] = {}
    for link in LINK.findall(body):
        target = urljoin(here, unescape(link.decode()))
        # What a browser keeps is fetched once, not at every click.
        if target and not urlsplit(target).scheme and kind(target) != "static":
            found.setdefault(kind(target), []).append(target)
    return found


def kind(address: str) -> str:
    """The first part of an address, with its twins."""
    return urlsplit(address).path.split("/")[1].split(".")[0]


def crowd(site: str, *, readers: int, seconds: float, think: float, reviewers: int = 0, each: int = 4) -> Walked:
    """Many at once; each case is asked of ``each`` reviewers."""
    until = time.monotonic() + seconds
    every: list[Walked | desk.Decided] = []
    threads = [
        *(threading.Thread(target=lambda n=n: every.append(walk(site, until, n, think))) for n in range(readers)),
        *(
            threading.Thread(target=lambda n=n: every.append(desk.review(site, until, n, think, reviewers=each)))
            for n in range(reviewers)
        ),
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    whole = Walked()
    for met in every:
        whole.failed += met.failed
        whole.sent += met.sent
        for name, took in met.took.items():
            whole.took.setdefault(name, []).extend(took)
    return whole


def hired(people: Path, reviewers: int) -> None:
    """Make the accounts of reviewers."""
    accounts = Accounts(people)
    for number in range(reviewers):
        accounts.add(desk.name(number), desk.PASSWORD, Role.CODER)


@contextmanager
def serving(ledger: str) -> Iterator[str]:
    """``rashomon serve`` on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "rashomon.cli", "serve", "--public", "--ledger", ledger, "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            for _ in range(600):
                with socket.socket() as trying:
                    if trying.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def at(times: list[float], share: float) -> float:
    """The milliseconds within which a share of answers came."""
    return round(1000 * times[min(len(times) - 1, int(share * len(times)))], 1)


def told(met: Walked) -> dict[str, object]:
    """What was met, as figures; logging in is slow on purpose and told beside the rest."""
    times = sorted(one for name, several in met.took.items() if name != "login" for one in several)
    return {
        "requests": len(times),
        "failed": len(met.failed),
        "reasons": met.failed[:5],
        "p50_ms": at(times, 0.5),
        "p95_ms": at(times, 0.95),
        "p99_ms": at(times, 0.99),
        "p95_ms_by_page": {name or "/": at(sorted(took), 0.95) for name, took in sorted(met.took.items())},
    }


def kept(ledger: Path, sent: list[str]) -> dict[str, object]:
    """How the decisions in a ledger are like those that were sent, and whether its trail is whole."""
    with books.open(ledger, create=False) as book:
        judgements = book.judgements()
        proof = prove(book.trail(), judgements)
    amiss = list(desk.unlike(sent, judgements))
    return {"decisions_sent": len(sent), "decisions_kept": len(judgements), "amiss": amiss[:5], "trail": proof.fault}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--reviewers", type=int, default=4)
    parser.add_argument("--each", type=int, default=1, help="how many reviewers each case is asked of")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--think", type=float, default=2.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "book.db"
        shutil.copy(given.ledger, ledger)
        hired(Path(f"{ledger}.people"), given.reviewers)
        busy, before = os.getloadavg()[0], time.process_time()
        with serving(str(ledger)) as site:
            crowded = {name: getattr(given, name) for name in ("readers", "reviewers", "each", "seconds", "think")}
            met = crowd(site, **crowded)
        load = {"load_before": busy, "load_after": os.getloadavg()[0], "own_cpu_s": time.process_time() - before}
        print(json.dumps({**crowded, **told(met), **kept(ledger, met.sent), **load}, indent=2))


if __name__ == "__main__":
    main()
