"""How much the screen lets through, and how fast: ``python bench/screen.py [DATA] [SAMPLE]`` (or RASHOMON_DATA).

Recall on texts that tell of incidents, none of them learnt from; the share of other texts it lets through, many of
which do tell of a shooting or an arrest: with SAMPLE, so many of them at random are read, and the share is given apart
for those in which the reader finds an incident and those in which it finds none. Documents a second are of one core's
time, by texts of 300 words on average.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "training"))

from annotations.marks import Story, files, stories, texts
from dispatches.markup import batches, is_dev, read
from rashomon import sources
from rashomon.coding import code
from rashomon.model.document import Page
from rashomon.reading import Reader
from rashomon.reading.screen import Screen, shipped

# Reports of the Gun Violence Archive whose page was gone hold a notice of fewer characters.
GONE = 200


def rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def ledgers(data: Path) -> tuple[list[str], list[str]]:
    """Texts of gold/dev: those that tell of incidents, those that do not."""
    articles = {row["id"]: row["text"] for row in rows(data / "articles" / "articles.jsonl")}
    found: tuple[list[str], list[str]] = ([], [])
    for path in sorted((data / "gold" / "dev").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        tells = any(not incident.get("optional") for incident in gold["incidents"])
        found[0 if tells else 1].append(articles[gold["doc"]["id"]])
    return found


def marked(data: Path) -> list[Story]:
    known = texts(data / "data")
    return [story for path in files(dev=True) for story in stories(path, known)]


def telling(data: Path) -> dict[str, list[str]]:
    corpora = data / "data"
    violence = rows(corpora / "incidents" / "gva_documents.jsonl")
    return {
        "hand-read ledgers, dev": ledgers(data)[0],
        "dispatches, dev": [d.text for path in batches() if is_dev(path) for d in read(path)],
        "marked stories, dev": [s.text for s in marked(data) if any(not i.optional for i in s.incidents)],
        "MUC-4, dev": [row["doctext"] for row in rows(corpora / "muc4" / "dev.jsonl")],
        "WikiEvents, dev": [row["text"] for row in rows(corpora / "events" / "wikievents_dev.jsonl")],
        "gun violence": [f"{row['title']}\n{row['text']}" for row in violence if len(row["text"]) > GONE],
    }


def others(data: Path) -> dict[str, list[str]]:
    corpora = data / "data"
    return {
        "hand-read without incidents, dev": ledgers(data)[1],
        "marked without incidents, dev": [s.text for s in marked(data) if not s.incidents],
        "election news (PolNeAR dev)": [row["text"] for row in rows(corpora / "claims" / "dev.jsonl")],
        "other genres (GUM dev)": [row["text"] for row in rows(corpora / "entities" / "gum_dev.jsonl")],
        "local news with its crimes (LGL)": [row["text"] for row in rows(corpora / "places" / "lgl_dev.jsonl")],
    }


def main(data: Path, sample: int) -> int:
    """Print the table."""
    screen = shipped()
    tell, rest = telling(data), others(data)
    for title, groups in (("recall", tell), ("let through", rest)):
        for name, found in groups.items():
            print(f"{title}, {name}: {share(screen, found):.1%} of {len(found):,}")
    every = [text for group in (tell, rest) for found in group.values() for text in found]
    begun = time.process_time()
    share(screen, every)
    print(f"{len(every) / (time.process_time() - begun):,.0f} documents a core-second")
    if sample:
        told(screen, random.Random(1).sample([text for found in rest.values() for text in found], sample))
    return 0


def told(screen: Screen, texts: list[str]) -> None:
    """Read some texts and print what share passes of those with and without incidents."""
    documents = [sources.document(Page(str(n), text.encode(), "text/plain")) for n, text in enumerate(texts)]
    parted: dict[bool, list[str]] = {True: [], False: []}
    for parse in Reader.load().read(documents):
        reading = code(parse)
        parted[bool(reading.incidents)].append(reading.document.text)
    for tells, found in parted.items():
        what = "an incident" if tells else "nothing"
        print(f"let through, {what} found by the reader: {share(screen, found):.1%} of {len(found)}")


def share(screen: Screen, found: list[str]) -> float:
    return sum(map(screen.passes, found)) / len(found)


if __name__ == "__main__":
    arguments = [*sys.argv[1:], *[os.environ.get("RASHOMON_DATA", "")][len(sys.argv) - 1 :]]
    sys.exit(main(Path(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 0))
