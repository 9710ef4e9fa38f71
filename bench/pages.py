"""What pages cost: ``python bench/pages.py [DOCUMENTS] [--claims N] [--at FILE]``.

An invented ledger: so many documents (default 5,000) that tell of incidents, one incident of which 300 officials give
300 accounts, and essays that tell of none, until there are so many claims (default 100,000). Prints, for each page, the
median milliseconds of this process and of the wall, warm, and its size plain and zipped; at the end, which of them miss
what is wanted. ``--at`` keeps the ledger, or takes one that was kept.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path

import synthetic
from rashomon import ledger
from rashomon.gathering import gather
from rashomon.model.document import Document, DocumentId
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
    Precision,
    Quantity,
    QuantityId,
    Speech,
    Stance,
    Status,
    Telling,
    TellingId,
    Time,
    TimeId,
    Where,
)
from rashomon.model.text import Span
from rashomon.web import app, get

ACCOUNTS = 300
ESSAY = 40  # claims of an essay
REPEATS = 9
BATCH = 256
# What is wanted of a page: milliseconds of the server, bytes sent without the map.
WANTED_MS, WANTED_BYTES = 150, 100_000


def account(number: int) -> Reading:
    """What one official says of the bombing of Tarna, in a text like no other."""
    dice = random.Random(number)
    noise = " ".join(f"w{dice.randrange(10**6)}" for _ in range(120))
    killed, houses = 20, 40 + number % 9
    words = f"a bomb had killed {killed} people in Tarna and damaged {houses} houses"
    text = f"Governor Official{number} said on Monday that {words}.\n\n{noise}"

    def at(part: str) -> Span:
        start = text.index(part)
        return Span(start, start + len(part))

    day = date(2024, 3, 4)
    published = day + timedelta(number % 5)
    document = Document(DocumentId(f"account-{number:03}"), text, outlet=f"Post {number % 60}", published=published)
    actor = Actor(ActorId("a1"), f"Official{number}", "executive", (at(f"Official{number}"),), "Tarnia", "XT")
    claim = Claim(
        ClaimId("c1"),
        (at(f"Governor Official{number}"),),
        (at("said"),),
        (at(words),),
        actor.id,
        Speech.INDIRECT,
        Act.SAY,
        Stance.AFFIRM,
        Distance.NEUTRAL,
    )
    figures = (
        _figure("q1", at(f"{killed} people"), "killed", killed, "person"),
        _figure("q2", at(f"{houses} houses"), "buildings_damaged", houses, "house"),
    )
    time_ = Time(TimeId("t1"), at("Monday"), day, day, Precision.DAY, day.isoformat())
    place = Place(PlaceId("p1"), at("Tarna"), "Tarna", "Tarna", "city", 12.5, 41.5, "XT", radius_km=5)
    telling = Telling(
        TellingId("i1"),
        "BOMB.VEHICLE",
        Status.OCCURRED,
        (at("bomb"),),
        time_.id,
        (Where(place.id, "location"),),
        (),
        (claim.id,),
        tuple(figure.id for figure in figures),
    )
    maker = Maker("bench", "none")
    return Reading(document, (actor,), (claim,), (), figures, (time_,), (place,), (telling,), (), maker)


def _figure(name: str, span: Span, kind: str, value: int, unit: str) -> Quantity:
    told = (Decimal(value), Decimal(value), Decimal(value), Bound.EXACT, unit)
    return Quantity(QuantityId(name), span, kind, *told, ClaimId("c1"), TellingId("i1"))


def essay(number: int) -> Reading:
    """A long article in which many people say something, and nothing happens."""
    text, made = f"Life on the left bank, part {number}.", []
    for line in range(ESSAY):
        start, who = len(text) + 2, f"Resident {line}"
        content = f"things had changed in street {number * ESSAY + line}"
        text += f"\n\n{who} said that {content}."
        source, cue = Span(start, start + len(who)), Span(start + len(who) + 1, start + len(who) + 5)
        said = Span(cue.end + 6, cue.end + 6 + len(content))
        shape = (Speech.INDIRECT, Act.SAY, Stance.AFFIRM, Distance.NEUTRAL)
        made.append(Claim(ClaimId(f"c{line}"), (source,), (cue,), (said,), None, *shape, None, 0.95))
    published = synthetic.BEGIN + timedelta(number % 180)
    document = Document(DocumentId(f"essay-{number:06}"), text, outlet=f"Review {number % 40}", published=published)
    return Reading(document, (), tuple(made), (), (), (), (), (), (), Maker("bench", "none"))


def filled(book: ledger.Ledger, documents: int, claims: int) -> None:
    """Fill a ledger, or go on with it."""
    held = book.counts()
    essays = max(0, claims - held.claims - ACCOUNTS - 2 * documents) // ESSAY
    every = chain(map(account, range(ACCOUNTS)), synthetic.readings(documents), map(essay, range(essays)))
    while batch := tuple(islice(every, BATCH)):
        book.record(batch)
        gather(book)


def crowded(book: ledger.Ledger) -> str:
    """The id of the incident of many accounts."""
    incident = book.incident("account-000#i1")
    if len(incident.documents) < ACCOUNTS:
        raise SystemExit(f"only {len(incident.documents)} of {ACCOUNTS} accounts are of one incident")
    return incident.id


def measured(pages: object, address: str) -> dict[str, float | int | str]:
    """What one page costs."""
    took: list[tuple[float, float]] = []
    body = b""
    for _ in range(REPEATS + 1):
        before = time.process_time(), time.perf_counter()
        answered = get(pages, address)  # type: ignore[arg-type]
        took.append((time.process_time() - before[0], time.perf_counter() - before[1]))
        body = answered.body
        if answered.status != 200:
            raise SystemExit(f"{address}: {answered.status}")
    process, wall = (statistics.median(one[which] for one in took[1:]) * 1000 for which in (0, 1))
    sizes = {"bytes": len(body), "zipped": len(gzip.compress(body))}
    return {"page": address, "process_ms": round(process, 1), "wall_ms": round(wall, 1), **sizes}


def addresses(incident: str) -> Iterator[str]:
    """The pages that are looked at."""
    yield from ("/", "/incidents?limit=200", "/incidents?limit=200&kind=strike&not=side:x", "/incidents.json?limit=200")
    yield f"/incident/{incident}"
    yield f"/incident/{incident}?by=outlets"
    yield from (f"/incident/{incident}.json", f"/incident/{incident}/accounts", "/document/account-000")
    yield from ("/documents", "/sources", "/source/Post%201", "/search?q=bomb")


def missed(figures: dict[str, float | int | str]) -> bool:
    """Whether a page is slower or larger than is wanted."""
    return float(figures["process_ms"]) > WANTED_MS or int(figures["zipped"]) > WANTED_BYTES


def main(documents: int, claims: int, at: Path | None) -> None:
    """Measure."""
    with ExitStack() as held:
        path = at or Path(held.enter_context(tempfile.TemporaryDirectory())) / "book.db"
        kept = path.exists()
        book = held.enter_context(ledger.open(path, create=not kept))
        if not kept:
            filled(book, documents, claims)
        counts = book.counts()
        holds = {"documents": counts.documents, "claims": counts.claims, "incidents": counts.incidents}
        print(json.dumps(holds | {"mb": round(path.stat().st_size / 2**20)}), flush=True)
        pages, slow = app(book, place="book.db"), []
        for address in addresses(crowded(book)):
            figures = measured(pages, address)
            print(json.dumps(figures), flush=True)
            slow += [address] if missed(figures) else []
        print(json.dumps({"wanted_ms": WANTED_MS, "wanted_bytes_zipped": WANTED_BYTES, "missed": slow}))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="?", type=int, default=5000)
    parser.add_argument("--claims", type=int, default=100_000, help="claims in all")
    parser.add_argument("--at", type=Path, help="the file of the ledger")
    given = parser.parse_args()
    main(given.documents, given.claims, given.at)
