"""Three invented dispatches and the incidents in them, as a ledger would hold them, for every exporter."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from rashomon.export import FORMATS, Holdings
from rashomon.ledger import Counts
from rashomon.library.shelf import Shelf as Carried
from rashomon.model.document import Document, DocumentId
from rashomon.model.incident import (
    Answer,
    Comparison,
    Evidence,
    Incident,
    IncidentId,
    Participant,
    Polarity,
    Relation,
    Site,
    TellingKey,
)
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
    Where,
)
from rashomon.model.text import Span

Export = Callable[[str], bytes]
Named = tuple[str, str, str, float, float, str, str | None, str | None, str, float]


class Shelf(Carried):
    """Readings and incidents in memory, at revision 17."""

    __slots__ = ()

    def counts(self) -> Counts:
        return replace(super().counts(), revision=17)


POST, WIRE, RADIO = DocumentId("post-1"), DocumentId("wire-1"), DocumentId("radio-1")
TEXTS = {
    POST: "KURATOVO - Drones hit the market.\n"
    "The army said at least seven villagers were killed in Kuratovo. Northern Front denied that it was behind it.",
    WIRE: "A hospital in Kuratovo counted nine bodies after the drones came, its director told reporters.\n"
    "Fighting went on in Tarna Province all week. Between 30 and 40 people died, the army said.",
    RADIO: '"=Gunmen shot twelve villagers", a witness said. Talks are to be held. A train left the rails near Ostava.',
}
ARMY, FRONT, CLINIC, WITNESS = ActorId("a1"), ActorId("a2"), ActorId("a3"), ActorId("a4")
KINDS: dict[ActorId, tuple[str, str, str | None, str | None]] = {
    ARMY: ("Chadian Army", "army", "Chad", "TD"),
    FRONT: ("Northern Front", "rebel", "Northern Front", None),
    CLINIC: ("Kuratovo hospital", "medic", None, "TD"),
    WITNESS: ("a witness", "witness", None, None),
}


def at(document: DocumentId, words: str) -> Span:
    start = TEXTS[document].index(words)
    return Span(start, start + len(words))


def actor(document: DocumentId, who: ActorId, words: str) -> Actor:
    name, kind, side, country = KINDS[who]
    return Actor(who, name, kind, (at(document, words),), side, country)


def claim(
    document: DocumentId, number: int, who: ActorId, words: tuple[str, str, str], stance: Stance = Stance.AFFIRM
) -> Claim:
    source, cue, content = ((at(document, part),) for part in words)
    act = Act.DENY if stance is Stance.DENY else Act.SAY
    identifier = ClaimId(f"c{number}")
    return Claim(identifier, source, cue, content, who, Speech.INDIRECT, act, stance, Distance.NEUTRAL)


def figure(
    document: DocumentId, words: str, bound: Bound, low: int, high: int | None, unit: str, *, number: int = 1
) -> Quantity:
    ends = (Decimal(low), None if high is None else Decimal(high))
    value = None if bound is Bound.RANGE else Decimal(low)
    told = TellingId(f"i{number}")
    return Quantity(QuantityId(f"q{number}"), at(document, words), "killed", value, *ends, bound, unit, None, told)


def telling(
    document: DocumentId, number: int, kind: str, words: str, place: int | None = None, roles: tuple[Role, ...] = ()
) -> Telling:
    """A telling at the place of this number, with the figure that goes by its own number."""
    where = () if place is None else (Where(PlaceId(f"p{place}"), "location"),)
    trigger, quantities = (at(document, words),), (QuantityId(f"q{number}"),)
    return Telling(TellingId(f"i{number}"), kind, Status.OCCURRED, trigger, None, where, roles, (), quantities)


TOWN: Named = ("Kuratovo", "Kuratovo", "city", 12.5, 18.25, "TD", "Tarna Province", None, "2431000", 5.0)
PROVINCE: Named = ("Tarna Province", "Tarna Province", "region", 12.0, 18.0, "TD", None, None, "2431001", 120.0)


def reading(
    document: DocumentId,
    outlet: str | None,
    url: str | None,
    said: tuple[Claim, ...],
    figures: tuple[Quantity, ...],
    told: tuple[Telling, ...],
) -> Reading:
    actors = {POST: ((ARMY, "The army"), (FRONT, "Northern Front")), WIRE: ((CLINIC, "its director"),)}
    actors |= {RADIO: ((WITNESS, "a witness"),)}
    cast = tuple(actor(document, who, words) for who, words in actors[document])
    named = (TOWN, PROVINCE) if document == WIRE else (TOWN,) if document == POST else ()
    places = tuple(Place(PlaceId(f"p{n}"), at(document, one[0]), *one) for n, one in enumerate(named))
    page = Document(document, TEXTS[document], url, outlet, f"News of {document}", date(2025, 6, 2), "en")
    return Reading(page, cast, said, (), figures, (), places, told, (), Maker("1.0", "none"))


def evidence(document: DocumentId, claim: str | None, words: str) -> Evidence:
    return Evidence(document, None if claim is None else ClaimId(claim), at(document, words), words, date(2025, 6, 2))


def killed(low: int, high: int | None, voice: str, words: Evidence, unit: str = "person") -> Answer:
    ends = (Decimal(low), None if high is None else Decimal(high))
    return Answer(*ends, unit, Polarity.AFFIRM, (voice,), (), False, (words,))


def named(value: str, voice: str, words: Evidence, polarity: Polarity = Polarity.AFFIRM) -> Answer:
    return Answer(None, None, None, polarity, (voice,), (), False, (words,), value)


def site(place: Named, role: str = "location") -> Site:
    name, resolved, _, lat, lon, country, admin1, admin2, _, radius = place
    return Site(name, resolved, admin1, admin2, country, lat, lon, radius, role)


READINGS = (
    reading(
        POST,
        "Kuratovo Post",
        "https://post.example/drones",
        (
            claim(POST, 1, ARMY, ("The army", "said", "at least seven villagers were killed in Kuratovo")),
            claim(POST, 2, FRONT, ("Northern Front", "denied", "that it was behind it"), Stance.DENY),
        ),
        (figure(POST, "at least seven villagers", Bound.AT_LEAST, 7, None, "villager"),),
        (telling(POST, 1, "STRIKE.DRONE", "hit", 0, (Role("perpetrator", at(POST, "Northern Front"), FRONT),)),),
    ),
    reading(
        WIRE,
        "Tarna Wire",
        None,
        (claim(WIRE, 1, CLINIC, ("its director", "told", "counted nine bodies")),),
        (
            figure(WIRE, "nine bodies", Bound.EXACT, 9, 9, "body"),
            figure(WIRE, "Between 30 and 40 people", Bound.RANGE, 30, 40, "person", number=2),
        ),
        (telling(WIRE, 1, "STRIKE.DRONE", "came", 0), telling(WIRE, 2, "CLASH.ARMED", "Fighting", 1)),
    ),
    reading(
        RADIO,
        None,
        "file:///radio.txt",
        (claim(RADIO, 1, WITNESS, ("a witness", "said", "=Gunmen shot twelve villagers")),),
        (figure(RADIO, "twelve villagers", Bound.EXACT, 12, 12, "villager"),),
        (telling(RADIO, 1, "CIV.ATTACK", "shot"),),
    ),
)
SEVEN = evidence(POST, "c1", "at least seven villagers")
NINE = evidence(WIRE, "c1", "nine bodies")
FORTY = evidence(WIRE, None, "Between 30 and 40 people")
TWELVE = evidence(RADIO, "c1", "twelve villagers")
DENIAL = evidence(POST, "c2", "that it was behind it")


def incident(number: int, kind: str, status: Status, days: tuple[int, int], precision: Precision) -> Incident:
    first, last = (date(2025, 6, day) for day in days)
    return Incident(IncidentId(f"RA-{number}"), kind, status, first, last, precision, (), (), (), ())


def filled(
    bare: Incident,
    places: tuple[Site, ...],
    who: tuple[Participant, ...],
    asked: tuple[Comparison, ...],
    told: tuple[str, ...],
) -> Incident:
    keys = tuple(TellingKey(name) for name in told)
    documents = tuple(dict.fromkeys(DocumentId(name.partition("#")[0]) for name in told))
    fields = (bare.id, bare.kind, bare.status, bare.earliest, bare.latest, bare.precision)
    return Incident(*fields, places, who, documents, asked, keys)


INCIDENTS = (
    filled(
        incident(1, "STRIKE.DRONE", Status.OCCURRED, (1, 1), Precision.DAY),
        (site(TOWN), site(PROVINCE, "subject_area")),
        (Participant("accused", "Northern Front", "Chadian Army"), Participant("victim", "villagers")),
        (
            Comparison(
                "perpetrator",
                Relation.DISPUTED,
                (
                    named("Northern Front", "Chadian Army", SEVEN),
                    named("Northern Front", "Northern Front", DENIAL, Polarity.DENY),
                ),
            ),
            Comparison(
                "killed",
                Relation.COMPATIBLE,
                (killed(7, None, "Chadian Army", SEVEN, "villager"), killed(9, 9, "Kuratovo hospital", NINE, "body")),
            ),
            Comparison("date", Relation.SINGLE_SOURCE, (named("2025-06-01", "Kuratovo Post", SEVEN),)),
            Comparison("place", Relation.SINGLE_SOURCE, (named("Kuratovo", "Kuratovo Post", SEVEN),)),
        ),
        ("post-1#i1", "wire-1#i1"),
    ),
    filled(
        incident(2, "CLASH.ARMED", Status.CLAIMED, (1, 7), Precision.WEEK),
        (site(PROVINCE),),
        (Participant("party", "Chadian Army"), Participant("party", "Northern Front")),
        (Comparison("killed", Relation.SINGLE_SOURCE, (killed(30, 40, "Chadian Army", FORTY),)),),
        ("wire-1#i2",),
    ),
    filled(
        incident(3, "CIV.ATTACK", Status.OCCURRED, (1, 2), Precision.DAYS),
        (site(TOWN, "near"),),
        (Participant("perpetrator", "gunmen"), Participant("victim", "villagers")),
        (Comparison("killed", Relation.SINGLE_SOURCE, (killed(12, 12, "a witness", TWELVE, "villager"),)),),
        ("radio-1#i1",),
    ),
    filled(
        incident(4, "DIP.EXCHANGE", Status.PLANNED, (9, 9), Precision.DAY),
        (Site("Chad", "Chad", None, None, "TD", 15.0, 19.0, 640.0, "location"),),
        (Participant("party", "Chadian Army"), Participant("party", "Northern Front")),
        (),
        ("radio-1#i2",),
    ),
    filled(
        incident(5, "INFRA.CRASH", Status.OCCURRED, (1, 1), Precision.DAY),
        (Site("Ostava", None, None, None, None, None, None, None, "near"),),
        (),
        (),
        ("radio-1#i3",),
    ),
)


@pytest.fixture
def shelf() -> Holdings:
    return Shelf(READINGS, INCIDENTS)


@pytest.fixture
def shelve() -> Callable[[Sequence[Reading], Sequence[Incident]], Holdings]:
    """Other readings and incidents in memory."""
    return lambda readings, incidents: Shelf(tuple(readings), tuple(incidents))


@pytest.fixture
def export(shelf: Holdings) -> Export:
    """What a format makes of the shelf, as bytes."""

    def write(form: str) -> bytes:
        stream = io.BytesIO()
        FORMATS[form](shelf, stream)
        return stream.getvalue()

    return write
