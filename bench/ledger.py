"""How fast the ledger writes, opens and searches, and how much memory it takes: ``python bench/ledger.py [DOCUMENTS]``.

Prints one JSON object. Readings are invented: 800 words, 25 claims, 30 other records each.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path

from rashomon import ledger
from rashomon.model.document import Block, BlockKind, Document, DocumentId
from rashomon.model.reading import Maker, Reading
from rashomon.model.telling import (
    Act,
    Actor,
    ActorId,
    Bound,
    Claim,
    ClaimId,
    Distance,
    Place,
    PlaceId,
    Quantity,
    QuantityId,
    Speech,
    Stance,
    Status,
    Telling,
    TellingId,
)
from rashomon.model.text import Span

BATCH = 32
WORDS = (
    "the of to in and a said that on were by was for with from at after who ministry army village bridge river drone "
    "strike airfield shelling killed wounded people officials north convoy soldiers night attack road report region "
    "border checkpoint market hospital rockets police governor fighters truce talks"
).split()
# The rest of the vocabulary is rare: 20,000 made-up words, drawn with falling frequency as in any language.
RARE = [f"{a}{b}{c}ov{d}" for a in "bdgklmnprst" for b in "aeiou" for c in "dklmnrst" for d in ("o", "sk", "ka", "yi")]
QUERIES = ("bridge", "shelling river night", '"the ministry"', "drone strike airfield", RARE[0], "said")


def text(chance: random.Random) -> str:
    """About 800 words in sentences."""
    drawn = (chance.choice(WORDS) if chance.random() < 0.8 else chance.choice(RARE) for _ in range(800))
    words = list(drawn)
    return " ".join(f"{w.capitalize()}" if n % 20 == 0 else w + "." * (n % 20 == 19) for n, w in enumerate(words))


def reading(number: int) -> Reading:
    """The reading of that number, always the same."""
    chance = random.Random(number)
    words = text(chance)
    spans = [Span(at, at + 60) for at in range(0, len(words) - 80, 80)]
    actors = tuple(Actor(ActorId(f"a{n}"), f"Ministry {n}", "executive", tuple(spans[n::12])) for n in range(1, 13))
    claims = tuple(
        Claim(
            ClaimId(f"c{n}"),
            (Span(s.start, s.start + 12),),
            (Span(s.start + 13, s.start + 18),),
            (Span(s.start + 19, s.end),),
            ActorId(f"a{n % 12 + 1}"),
            Speech.INDIRECT,
            Act.SAY,
            Stance.AFFIRM,
            Distance.NEUTRAL,
            score=0.9,
        )
        for n, s in enumerate(spans[:25], 1)
    )
    quantities = tuple(
        Quantity(
            QuantityId(f"q{n}"), Span(s.start, s.start + 5), "killed", Decimal(n), Decimal(n), None, Bound.AT_LEAST
        )
        for n, s in enumerate(spans[25:40], 1)
    )
    places = tuple(
        Place(PlaceId(f"p{n}"), Span(s.start, s.start + 8), "Kuratovo", "Kuratovo", "village", 50.1, 36.2, "UA")
        for n, s in enumerate(spans[40:55], 1)
    )
    published = date(2025, 1, 1) + timedelta(days=number % 365)
    blocks = (Block(BlockKind.PARAGRAPH, 0, len(words)),)
    document = Document(
        DocumentId(f"made-{number:07}"), words, None, "Bench", f"Report {number}", published, "en", blocks
    )
    telling = Telling(TellingId("i1"), "STRIKE.DRONE", Status.OCCURRED, (spans[0],), None)
    return Reading(document, actors, claims, (), quantities, (), places, (telling,), (), Maker("0", "bench"))


def timed(call: Callable[[], object]) -> float:
    """Seconds a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def record(book: ledger.Ledger, documents: int) -> float:
    """Seconds spent in ``record`` alone; the making of readings is not counted."""
    made: Iterator[Reading] = map(reading, range(documents))
    spent = 0.0
    while batch := tuple(islice(made, BATCH)):
        start = time.perf_counter()
        book.record(batch, [ledger.Capture(f"{r.document.id}", "bench", r.document.id) for r in batch])
        spent += time.perf_counter() - start
    return spent


def find(book: ledger.Ledger, query: str) -> int:
    """How many of the best twenty there are."""
    return sum(1 for _ in book.search(query, limit=20))


def main(documents: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        making = timed(lambda: ledger.open(path, create=True).close())
        with ledger.open(path, create=False) as book:
            writing = record(book, documents)
            searching = {q: round(1000 * timed(partial(find, book, q)), 2) for q in QUERIES}
            streaming = timed(lambda: sum(1 for _ in book.readings()))
            listing = timed(lambda: sum(1 for _ in book.entries()))
            claims = book.counts().claims
        opening = statistics.median(timed(lambda: ledger.open(path, create=False).close()) for _ in range(20))
        figures = {
            "documents": documents,
            "claims": claims,
            "create_ms": round(1000 * making, 1),
            "open_ms": round(1000 * opening, 2),
            "record_documents_s": round(documents / writing),
            "record_claims_s": round(claims / writing),
            "search_20_hits_ms": searching,
            "readings_s": round(documents / streaming),
            "entries_s": round(claims / listing),
            "file_mb": round(path.stat().st_size / 2**20, 1),
            "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
