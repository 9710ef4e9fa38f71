"""Fail when quality or speed has dropped below ``tests/floors.json``.

Quality needs the data folder, which is not ours to ship: the folder of RASHOMON_DATA, or ``../shared`` beside the
checkout. Without it those floors are skipped, and the gate says so; our own dispatches are scored everywhere.
``--raise`` writes better scores back as the new floors; nothing lowers a floor but an edit by hand, in its own commit,
with a reason.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import articles
import caveats
import size

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "tests" / "floors.json"
RASHOMON = Path(sys.executable).with_name("rashomon")
# Quality floors are raised to this much under what was measured: int8 sums differ a little between processors. The
# hand-read ledgers and WikiEvents hold one or two hundred of a thing, and one of them read otherwise is a point.
MARGIN, MARGIN_OF_FEW = 0.5, 1.5
# Speed floors are raised to this share of what was measured, because CI machines differ and are shared.
SLACK = 0.6
ARTICLES = 40


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents to read, gold to hold the readings against, and every how many documents are taken."""

    task: str
    documents: str
    gold: str
    every: int = 1
    of_all: bool = False  # whether only the scores of all kinds together are held: of some there are two or three


WIKIEVENTS = "data/events/wikievents_dev.jsonl"
# Every fourth document where reading all of them would take more than a minute.
CORPORA = {
    "claims": Corpus("claims", "data/claims/dev.jsonl", "data/claims/dev.jsonl"),
    "times": Corpus("times", "data/times/wikiwars_train.jsonl", "data/times/wikiwars_train.jsonl"),
    "quantities": Corpus("quantities", "data/quantities/newsquant_dev.jsonl", "data/quantities/newsquant_dev.jsonl"),
    "places": Corpus("places", "data/places/lgl_dev.jsonl", "data/places/lgl_dev.jsonl", every=4),
    "ledger": Corpus("ledger", "articles/articles.jsonl", "gold/dev"),
    "events": Corpus("events", WIKIEVENTS, WIKIEVENTS, of_all=True),
}
OF_ALL = ("trigger", "argument (head overlap)")
FEW = ("ledger.", "events.")


def main() -> int:
    """Measure, compare, and with ``--raise`` write the floors; 1 if one is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--raise", dest="raise_floors", action="store_true", help="write better scores as new floors")
    given = options.parse_args()
    floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    measured = {"ceilings": ceilings(), "speed": speed(), "dispatches": dispatches(), "quality": quality()}
    bounds = [(part, name, bound) for part in floors for name, bound in floors[part].items()]
    missed = [name for part, name, bound in bounds if not line(part, name, bound, measured[part])]
    if given.raise_floors:
        FLOORS.write_text(json.dumps(raised(floors, measured), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    if not measured["quality"]:
        print("skipped: quality, because the data folder is absent (set RASHOMON_DATA)")
    # Named again, because the end of a long log is what is kept of it.
    print(f"missed: {', '.join(missed)}" if missed else "all kept")
    return 1 if missed else 0


def line(part: str, name: str, bound: float, measured: dict[str, float]) -> bool:
    """Print one bound and what was measured; whether it is kept, a bound that was not measured being skipped."""
    if name not in measured:
        if measured:
            print(f"MISSED  {name}: not measured any more, at least {bound} wanted")
        return not measured
    value = measured[name]
    kept = value <= bound if part == "ceilings" else value >= bound
    word = "at most" if part == "ceilings" else "at least"
    print(f"{'kept  ' if kept else 'MISSED'}  {name}: {value:g}, {word} {bound:g}")
    return kept


def raised(floors: dict[str, dict[str, float]], measured: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """The floors, each at the better of what it was and nearly what was measured; ceilings stay as they are."""
    out = {part: dict(bounds) for part, bounds in floors.items()}
    for part in ("dispatches", "quality"):
        for name, value in measured[part].items():
            margin = MARGIN_OF_FEW if name.startswith(FEW) else MARGIN
            if value > margin:
                out[part][name] = max(round(value - margin, 1), out[part].get(name, 0.0))
    for name, value in measured["speed"].items():
        out["speed"][name] = max(round(value * SLACK, 1), out["speed"].get(name, 0.0))
    return out


def data_folder() -> Path | None:
    """The folder with corpora and gold, if there is one."""
    named = os.environ.get("RASHOMON_DATA")
    folder = Path(named) if named else ROOT.parent / "shared"
    return folder if (folder / "bench" / "score.py").is_file() else None


def quality() -> dict[str, float]:
    """Every score of every corpus, 0 to 100; empty without the data folder."""
    folder = data_folder()
    if folder is None:
        return {}
    return {f"{name}.{score}": value for name, corpus in CORPORA.items() for score, value in scores(folder, corpus)}


def dispatches() -> dict[str, float]:
    """What the rules make of our own dispatches, 0 to 100; the repository holds them, so it is measured everywhere."""
    return {f"caveats.{name}": value for name, value in flat(caveats.scores(caveats.dispatches(), None))}


def scores(folder: Path, corpus: Corpus) -> Iterator[tuple[str, float]]:
    """What the scorer says of our readings of one corpus."""
    with tempfile.TemporaryDirectory() as place:
        # Not splitlines: texts hold line separators of other kinds.
        rows = (folder / corpus.documents).read_text(encoding="utf-8").rstrip("\n").split("\n")
        documents, readings = Path(place, "documents.jsonl"), Path(place, "readings.jsonl")
        if corpus.task == "ledger":
            asked = {json.loads(f.read_text())["doc"]["id"] for f in (folder / corpus.gold).glob("*.json")}
            rows = [row for row in rows if json.loads(row)["id"] in asked]
        documents.write_text("\n".join(rows[:: corpus.every]) + "\n", encoding="utf-8")
        with readings.open("wb") as out:
            subprocess.run([RASHOMON, "read", "--json", "--quiet", documents], stdout=out, check=True)
        gold = folder / corpus.gold if corpus.task == "ledger" else documents
        score: list[str | Path] = [sys.executable, folder / "bench" / "score.py", corpus.task, gold, readings]
        scored: dict[str, object] = json.loads(subprocess.run(score, capture_output=True, check=True).stdout)
        yield from flat({name: scored[name] for name in OF_ALL} if corpus.of_all else scored)


def flat(scored: dict[str, object]) -> Iterator[tuple[str, float]]:
    """The shares among the scores, by name: F1 and percentages, not counts or kilometres."""
    for name, value in scored.items():
        if isinstance(value, dict):
            share = value.get("f1", value.get("%"))
            if isinstance(share, float):
                yield name.replace(" (overlap)", ""), share
        elif isinstance(value, float) and ("acc" in name or "F1" in name):
            yield name, value


def speed() -> dict[str, float]:
    """Articles of 800 words a core reads in a second of its time, start included."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "articles.jsonl")
        articles.write(path, ARTICLES)
        return {"articles a core-second": round(ARTICLES / spent([RASHOMON, "read", "--json", "--quiet", path]), 2)}


def ceilings() -> dict[str, float]:
    """What a person waits for, the best of three in milliseconds, and the disk an install takes in megabytes."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "articles.jsonl")
        articles.write(path, 1)
        commands: dict[str, list[str | Path]] = {
            "import rashomon, ms": [sys.executable, "-c", "import rashomon"],
            "rashomon --help, ms": [RASHOMON, "--help"],
            "first article, ms": [RASHOMON, "read", "--json", "--quiet", path],
        }
        waits = {name: round(1000 * min(spent(command) for _ in range(3))) for name, command in commands.items()}
        return waits | {"run-time install, MB": size.installed()}


def spent(command: list[str | Path]) -> float:
    """The processor's seconds for a command: the wait is that where nobody else uses the machine."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
