"""Invented ledgers whose truth is known, of any size: ``python bench/synthetic.py [DOCUMENTS ...]``.

A war of some hundred towns. Happenings fall on towns and days, several a day on the larger ones; each is told by a few
documents in the days after it, with tolls that rise, the region in place of the town, the day before or no day at all,
another kind of the same family, the background of an older one beside it, and copies word for word. ``readings`` yields
them in the order of publication; for the given sizes the quality and cost of gathering in memory are printed as JSON,
and what it costs to compare all accounts of one happening that so many documents tell.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from heapq import heappop, heappush

from rashomon.model.document import Document, DocumentId
from rashomon.model.incident import IncidentId, TellingKey, Told, key
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
    Role,
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
from rashomon.resolving import Glade, gists, insert, summarise, trees

BEGIN = date(2024, 1, 1)
A_DAY = 400  # documents published a day, whatever the size of the ledger: a larger one is a longer one
MAKER = Maker("0", "synthetic")
KINDS = {
    "STRIKE.MISSILE": ("missile strike", "strike", "STRIKE.UNSPECIFIED"),
    "STRIKE.DRONE": ("drone attack", "drone", "STRIKE.UNSPECIFIED"),
    "STRIKE.SHELLING": ("shelling", "bombardment", "STRIKE.MISSILE"),
    "BOMB.VEHICLE": ("car bomb", "blast", "INFRA.EXPLOSION"),
    "CLASH.ARMED": ("clash", "fighting", "CLASH.RAID"),
    "CIV.ATTACK": ("shooting", "attack", "CIV.ASSASSINATION"),
}
THINGS = (
    "bakery market school clinic depot bridge station warehouse hotel church mosque orchard refinery substation bus "
    "convoy checkpoint barracks library theatre pharmacy greenhouse sawmill granary kindergarten stadium cemetery "
    "reservoir quarry dairy"
).split()
SOUNDS = [a + b for a in "b d g k l m n p r s t v z".split() for b in "a e i o u".split()]
SAID = ("the regional governor", "the health ministry", "the army", "a spokesman", "rescuers", "witnesses")


@dataclass(frozen=True, slots=True)
class Town:
    """A town and its region; degrees, kilometres."""

    name: str
    region: str
    lat: float
    lon: float
    radius: float
    weight: float


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened, in truth."""

    number: int
    kind: str
    town: Town
    day: date
    killed: int
    injured: int
    thing: str
    street: str
    victim: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A reading and the true happening of each of its tellings."""

    reading: Reading
    truth: tuple[int, ...]


def name(draw: random.Random, sounds: int) -> str:
    """A name nobody bears."""
    return "".join(draw.choice(SOUNDS) for _ in range(sounds)).capitalize()


@cache
def towns() -> tuple[Town, ...]:
    """Four hundred towns in twenty regions, the first the largest."""
    draw = random.Random(1)
    regions = [(name(draw, 3) + " Region", draw.uniform(44, 52), draw.uniform(24, 40)) for _ in range(20)]
    found = []
    for rank in range(400):
        region, lat, lon = draw.choice(regions)
        radius = 14.0 if rank < 8 else 6.0 if rank < 60 else 3.0
        where = (lat + draw.uniform(-0.8, 0.8), lon + draw.uniform(-1.1, 1.1))
        found.append(Town(name(draw, 3), region, *where, radius, 1 / (rank + 5)))
    return tuple(found)


@cache
def middle(region: str) -> tuple[float, float]:
    """The middle of a region, among its towns."""
    inside = [town for town in towns() if town.region == region]
    return sum(town.lat for town in inside) / len(inside), sum(town.lon for town in inside) / len(inside)


def happening(number: int, day: date) -> Happening:
    """The happening of that number, always the same."""
    draw = random.Random(f"happening {number}")
    (town,) = draw.choices(towns(), [town.weight for town in towns()])
    killed = min(int(draw.paretovariate(0.9)) - draw.randrange(2), 120)
    return Happening(
        number,
        draw.choice(list(KINDS)),
        town,
        day,
        max(killed, 0),
        max(0, int(killed * draw.uniform(0.5, 4))),
        draw.choice(THINGS),
        name(draw, 3) + " Street",
        f"{name(draw, 2)} {name(draw, 3)}",
    )


def samples(count: int) -> Iterator[Sample]:
    """So many documents in the order of publication, each with its truth; the first of a longer run are the same."""
    draw = random.Random(7)
    waiting: list[tuple[date, int, Happening, int]] = []
    recent: list[Happening] = []
    day, number, made, printed = BEGIN, 0, 0, 0
    while made < count:
        while len(waiting) < A_DAY or waiting[0][0] > day:
            one = happening(number, day)
            recent = [*recent[-200:], one]
            for rank in range(min(int(draw.paretovariate(1.1)), 40)):
                printed += 1
                lag = 0 if rank == 0 else min(int(draw.expovariate(0.7)), 20)
                heappush(waiting, (day + timedelta(lag + draw.randrange(2)), printed, one, rank))
            number += 1
        for _ in range(min(A_DAY, count - made)):
            when, at, one, rank = heappop(waiting)
            yield sample(at, max(when, day), one, rank, draw.choice(recent))
            made += 1
        day += timedelta(1)


def sample(number: int, published: date, one: Happening, rank: int, other: Happening) -> Sample:
    """The document of that number on a happening, and what it says of another one beside it."""
    # Every sixth report is the first one's text, printed again.
    draw = random.Random(f"first {one.number}" if rank and number % 6 == 0 else f"report {number}")
    page = Page(number, published)
    late = (published - one.day).days
    toll = one.killed if late > 1 or rank > 1 else one.killed * 2 // 3
    page.report(one, toll, draw)
    truth = [one.number]
    if draw.random() < 0.3 and other.number != one.number and other.day <= published:
        page.report(other, other.killed, draw)
        truth.append(other.number)
    return Sample(page.reading(), tuple(truth))


class Page:
    """A document while it is written: its text, and where in it things stand."""

    def __init__(self, number: int, published: date) -> None:
        self.document = DocumentId(f"syn-{number:08}")
        self.published = published
        self.text = ""
        self.parts: dict[str, list] = {  # type: ignore[type-arg]
            part: [] for part in ("actors", "claims", "quantities", "times", "places", "incidents")
        }

    def write(self, words: str) -> Span:
        """Add words and a blank."""
        start = len(self.text)
        self.text += words + " "
        return Span(start, start + len(words))

    def report(self, one: Happening, toll: int, draw: random.Random) -> None:
        """A paragraph on a happening."""
        number = len(self.parts["incidents"]) + 1
        long, short, cousin = KINDS[one.kind]
        claimed = self.write(draw.choice(SAID))
        cue = self.write("said")
        self.write("a")
        trigger = self.write(long if draw.random() < 0.6 else short)
        self.write(f"hit a {one.thing} on {one.street} in")
        place = self.place(one, draw)
        time_ = self.time(one, draw)
        figures = [self.figure("killed", toll)] if toll or draw.random() < 0.3 else []
        if one.injured and draw.random() < 0.7:
            figures.append(self.figure("injured", one.injured))
        victim = self.write(one.victim) if one.killed and draw.random() < 0.4 else None
        roles = () if victim is None else (Role("victim", victim, self.actor(one.victim, "person", victim)),)
        speaker = self.actor(self.text[claimed.start : claimed.end], "executive", claimed)
        self.text = self.text.rstrip() + ".\n\n"
        claim = ClaimId(f"c{number}")
        self.parts["claims"].append(
            Claim(
                claim, (claimed,), (cue,), (Span(cue.end + 1, len(self.text) - 3),), speaker,
                Speech.INDIRECT, Act.SAY, Stance.AFFIRM, Distance.NEUTRAL,
            )
        )  # fmt: skip
        told = tuple(replace(q, claim=claim, incident=TellingId(f"i{number}")) for q in figures)
        self.parts["quantities"] += told
        kind = cousin if draw.random() < 0.2 else one.kind
        telling = Telling(TellingId(f"i{number}"), kind, Status.OCCURRED, (trigger,), time_, (place,), roles, (claim,))
        self.parts["incidents"].append(replace(telling, quantities=tuple(q.id for q in told)))

    def place(self, one: Happening, draw: random.Random) -> Where:
        """The town, or now and then only its region."""
        town, wide = one.town, draw.random() < 0.12
        called = town.region if wide else town.name
        number = PlaceId(f"p{len(self.parts['places']) + 1}")
        span = self.write(called)
        lat, lon, radius = (*middle(town.region), 130.0) if wide else (town.lat, town.lon, town.radius)
        kind = "region" if wide else "city"
        self.parts["places"].append(
            Place(number, span, called, called, kind, lat, lon, "XX", town.region, None, None, radius)
        )
        return Where(number, "location")

    def time(self, one: Happening, draw: random.Random) -> TimeId | None:
        """The day; now and then the day before, or no day."""
        chance = draw.random()
        if chance < 0.1:
            return None
        day = one.day - timedelta(1) if chance < 0.18 else one.day
        number = TimeId(f"t{len(self.parts['times']) + 1}")
        span = self.write(f"on {day:%d %B}")
        self.parts["times"].append(Time(number, span, day, day, Precision.DAY, day.isoformat()))
        return number

    def figure(self, kind: str, count: int) -> Quantity:
        """A figure in words."""
        span = self.write(f"{count}")
        self.write(kind)
        value = Decimal(count)
        number = len(self.parts["quantities"]) + (kind == "injured") + 1
        return Quantity(QuantityId(f"q{number}"), span, kind, value, value, value, Bound.EXACT)

    def actor(self, called: str, kind: str, span: Span) -> ActorId:
        """An actor of this name."""
        number = ActorId(f"a{len(self.parts['actors']) + 1}")
        self.parts["actors"].append(Actor(number, called, kind, (span,)))
        return number

    def reading(self) -> Reading:
        """The reading of what was written."""
        parts = {part: tuple(found) for part, found in self.parts.items()}
        document = Document(self.document, self.text, outlet=f"outlet {len(self.text) % 40}", published=self.published)
        return Reading(document, events=(), caveats=(), maker=MAKER, **parts)  # type: ignore[arg-type]


def readings(count: int) -> Iterator[Reading]:
    """So many readings in the order of publication."""
    return (one.reading for one in samples(count))


def gathered(count: int) -> dict[str, float]:
    """Quality and cost of gathering so many documents in memory."""
    glade, truth = Glade(), dict[TellingKey, int]()
    spent, last = 0.0, 0.0
    for number, one in enumerate(samples(count)):
        for telling, happened in zip(one.reading.incidents, one.truth, strict=True):
            truth[key(one.reading.document.id, telling.id)] = happened
        began = time.process_time()
        trees(glade, insert(glade, gists(one.reading)))
        took = time.process_time() - began
        spent += took
        last += took if number >= count - count // 10 else 0.0
    found = [tree.members for tree in trees(glade, glade.gists)]
    return {
        "documents": count,
        "tellings": len(truth),
        "happenings": len(set(truth.values())),
        "incidents": len(found),
        **b_cubed(found, truth),
        "ms a document": round(1000 * spent / count, 3),
        "ms a document, last tenth": round(1000 * last / (count // 10), 3),
        "ms a document of one happening": compared(count),
    }


def compared(count: int) -> float:
    """Milliseconds a document to compare all accounts of one happening, told in three weeks."""
    one = happening(3, BEGIN)
    reports = (sample(n, BEGIN + timedelta(21 * n // count), one, n, one).reading for n in range(count))
    told = [Told(reading.incidents[0], reading, reading.document.id) for reading in reports]
    began = time.process_time()
    summarise(IncidentId("RA-0"), told)
    return round(1000 * (time.process_time() - began) / count, 3)


def b_cubed(found: Sequence[Sequence[TellingKey]], truth: dict[TellingKey, int]) -> dict[str, float]:
    """Precision, recall and F1 over tellings, per cent."""
    size: dict[int, int] = {}
    for happened in truth.values():
        size[happened] = size.get(happened, 0) + 1
    precision = recall = 0.0
    for members in found:
        count: dict[int, int] = {}
        for member in members:
            count[truth[member]] = count.get(truth[member], 0) + 1
        precision += sum(n * n for n in count.values()) / len(members)
        recall += sum(n * n / size[happened] for happened, n in count.items())
    p, r = 100 * precision / len(truth), 100 * recall / len(truth)
    return {"B3 p": round(p, 1), "B3 r": round(r, 1), "B3 f1": round(2 * p * r / (p + r), 1)}


if __name__ == "__main__":
    json.dump([gathered(int(size)) for size in sys.argv[1:] or ("1000", "10000")], sys.stdout, indent=1)
