"""What pages cost: ``python bench/pages.py [DOCUMENTS]``.

An invented ledger of so many documents (default 5,000), in it one incident of which 300 officials give 300 accounts.
Prints, for each page, the median milliseconds of this process and of the wall, warm, and its size plain and zipped.
"""

from __future__ import annotations

import gzip
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
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
REPEATS = 9
BATCH = 64


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

    day = date(2031, 3, 3)
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


def filled(book: ledger.Ledger, documents: int) -> str:
    """Fill a ledger; the id of the incident of many accounts."""
    every = iter([*map(account, range(ACCOUNTS)), *synthetic.readings(documents)])
    while batch := tuple(islice(every, BATCH)):
        book.record(batch)
    gather(book)
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


def main(documents: int) -> None:
    """Measure."""
    with tempfile.TemporaryDirectory() as folder, ledger.open(Path(folder) / "book.db", create=True) as book:
        incident = filled(book, documents)
        print(json.dumps({"documents": book.counts().documents, "incidents": book.counts().incidents}))
        pages = app(book, place="book.db")
        for address in addresses(incident):
            print(json.dumps(measured(pages, address)), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
