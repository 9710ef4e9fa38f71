"""Write docs/errors.md, the commonest kinds of error of every set: ``python bench/errors.py DATA [--sets NAME ...]``.

DATA holds ``data/``, ``gold/dev``, ``articles/articles.jsonl`` and ``bench/score.py``. The kinds are made by the rules
of ``faults.py`` and ``ledger_faults.py``. The page holds counts and words of ours, no sentence and no gold.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import faults
import ledger_faults
from claims import scorer
from faults import Kinds, Row
from rashomon.coding import code
from rashomon.coding.quantities import quantities
from rashomon.coding.times import times
from rashomon.model.codec import to_json
from rashomon.model.document import Document, Page
from rashomon.reading import Reader
from rashomon.sources import document, pages

PAGE = Path(__file__).resolve().parent.parent / "docs" / "errors.md"
COMMONEST = 10


@dataclass(frozen=True, slots=True)
class Set:
    """A set of texts, every how many are taken, and the tables made of it, each by one function of ``faults``."""

    path: str
    every: int
    tables: Mapping[str, Kinds]
    encoder: bool = True


# Every fourth article where all of them would take minutes.
SETS = {
    "claims dev": Set("data/claims/dev.jsonl", 1, {"claims": faults.claims}),
    "hand-read ledgers, dev": Set(
        "gold/dev",
        1,
        {
            "claims": ledger_faults.claims,
            "claimants": ledger_faults.claimants,
            "quantities": ledger_faults.quantities,
            "ties of figures": ledger_faults.ties,
            "incidents": ledger_faults.incidents,
            "dates of incidents": ledger_faults.dates,
            "places of incidents": ledger_faults.places,
            "verification statements": ledger_faults.verification,
        },
    ),
    "LGL": Set("data/places/lgl_dev.jsonl", 4, {"places": faults.names}),
    "WikiWars": Set("data/times/wikiwars_train.jsonl", 1, {"times": faults.times}, encoder=False),
    "NewsQuant": Set("data/quantities/newsquant_dev.jsonl", 1, {"values": faults.values}, encoder=False),
    "WikiEvents": Set("data/events/wikievents_dev.jsonl", 1, {"mentions of incidents": faults.events}),
}


def gold_rows(folder: Path, given: Set) -> list[Row]:
    """The gold of a set, each row with its id and text."""
    if not given.path.endswith(".jsonl"):
        texts = {row["id"]: row["text"] for row in _lines(folder / "articles" / "articles.jsonl")}
        ledgers = [json.loads(path.read_text("utf-8")) for path in sorted((folder / given.path).glob("*.json"))]
        return [{**gold, "id": gold["doc"]["id"], "text": texts[gold["doc"]["id"]]} for gold in ledgers]
    return list(_lines(folder / given.path))[:: given.every]


def _lines(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def documents(folder: Path, given: Set, rows: Sequence[Row]) -> list[Document]:
    """The documents of these rows, opened as users' are."""
    path = folder / (given.path if given.path.endswith(".jsonl") else "articles/articles.jsonl")
    found = {str(d.id): d for d in (document(page) for page in pages([str(path)]) if isinstance(page, Page))}
    return [found[row["id"]] for row in rows]


def readings(given: Set, texts: Sequence[Document], reader: Reader) -> Iterator[Row]:
    """Readings as the scorer takes them; of times and figures alone where the encoder has no part in them."""
    if given.encoder:
        for parse in reader.read(texts):
            yield json.loads(to_json(code(parse)))
    else:
        for text in texts:
            days = times(text)
            figures = quantities(text, None, [day.span for day in days])
            yield json.loads(to_json({"document": text, "times": days, "quantities": figures}))


def tables(score: ModuleType, given: Set, pairs: Iterable[tuple[Row, Row]]) -> dict[str, Counter[str]]:
    """How often each kind of error occurs, by table."""
    found: dict[str, Counter[str]] = {name: Counter() for name in given.tables}
    for gold, read in pairs:
        for name, kinds in given.tables.items():
            found[name].update(kinds(score, gold, read))
    return found


def page(counted: Mapping[str, tuple[int, Mapping[str, Counter[str]]]], weights: str) -> str:
    """The page, from the number of documents and the tables of every set."""
    parts = [
        "# Where it goes wrong",
        "The ten commonest kinds of error of every set we measure on, by the rules of `bench/faults.py` "
        "and `bench/ledger_faults.py`; written by `python bench/errors.py DATA`. One error is counted once in a table, "
        "but may show in several: a figure of an "
        f"incident that was missed is a tie missed too. What is optional in gold is left out. Weights: `{weights}`.",
    ]
    for name, (number, found) in counted.items():
        parts.append(f"## {name}, {number:,} documents")
        parts += [table(title, kinds) for title, kinds in found.items()]
    return "\n\n".join(parts) + "\n"


def table(title: str, kinds: Counter[str]) -> str:
    """One table: the commonest kinds, then the rest in one row."""
    total = sum(kinds.values())
    if not total:
        return f"**{title}**: no errors."
    # By count, then by name: two runs write one page.
    most = sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))[:COMMONEST]
    rest = total - sum(count for _, count in most)
    lines = [f"| {kind} | {count:,} |" for kind, count in most]
    lines += [f"| {len(kinds) - len(most)} other kinds | {rest:,} |"] if rest else []
    return "\n".join([f"| {title} | {total:,} |", "|---|--:|", *lines])


def main() -> None:
    """Read, count and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sets", nargs="+", choices=list(SETS), default=list(SETS))
    parser.add_argument("--weights", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=PAGE)
    asked = parser.parse_args()
    score, reader = scorer(asked.folder / "bench" / "score.py"), Reader.load(asked.weights)
    counted = {}
    for name in asked.sets:
        rows = gold_rows(asked.folder, SETS[name])
        read = readings(SETS[name], documents(asked.folder, SETS[name], rows), reader)
        counted[name] = (len(rows), tables(score, SETS[name], zip(rows, read, strict=True)))
    asked.output.write_text(page(counted, reader.maker.weights), encoding="utf-8")


if __name__ == "__main__":
    main()
