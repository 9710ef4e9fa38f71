"""Mentions to incidents: what is one, what stays two, and what belongs to which."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from rashomon.coding.roles import codebook
from rashomon.coding.tellings import Found, Told, tellings
from rashomon.model.document import Document, DocumentId
from rashomon.model.reading import Link, Maker, Parse, Trigger
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
    Time,
    TimeId,
)
from rashomon.model.text import Span

TEXT = (
    "Shells hit Marno on Monday, killing 7. On Tuesday a raid on Port Amra left 4 dead. "
    "The shelling was the first in a year. Rain is expected."
)


def span(words: str, after: int = 0) -> Span:
    at = TEXT.index(words, after)
    return Span(at, at + len(words))


def trigger(words: str, kind: str, *links: tuple[str, str, float], sure: float = 0.9) -> Trigger:
    tied = tuple(Link(role, span(there), score) for role, there, score in links)
    return Trigger(span(words), ((kind, sure), ("WAR.BACKGROUND", 0.1)), ((Status.OCCURRED, 0.9),), sure, tied)


def told(*triggers: Trigger, said: tuple[Claim, ...] = ()) -> Told:
    sentences = (Span(0, 38), Span(39, 82), Span(83, 120), Span(121, len(TEXT)))
    document = Document(DocumentId("t"), TEXT)
    parse = Parse(document, sentences, (), (), Maker("0", "t"), triggers=tuple(sorted(triggers, key=lambda t: t.span)))
    figures = tuple(
        Quantity(
            QuantityId(f"q{n}"), span(words), "killed", Decimal(words), Decimal(words), Decimal(words), Bound.EXACT
        )
        for n, words in enumerate(("7", "4"), 1)
    )
    days = tuple(
        Time(TimeId(f"t{n}"), span(words), date(2025, 6, day), date(2025, 6, day), Precision.DAY, f"2025-06-0{day}")
        for n, (words, day) in enumerate((("Monday", 2), ("Tuesday", 3)), 1)
    )
    sites = tuple(
        Place(PlaceId(f"p{n}"), span(words), words, words, "city", 1.0, 2.0, "XX")
        for n, words in enumerate(("Marno", "Port Amra"), 1)
    )
    return tellings(parse, Found((), said, figures, days, sites))


HIT = trigger("hit", "STRIKE.SHELLING", ("same", "shelling", 0.9), ("figure", "7", 0.8), ("place", "Marno", 0.9))
RAID = trigger("raid", "CLASH.RAID")
SHELLING = trigger("shelling", "STRIKE.SHELLING", ("same", "hit", 0.8))


def test_one_happening_told_twice_is_one_and_two_stay_two() -> None:
    found = told(HIT, RAID, SHELLING)
    assert [(t.kind, [s.of(TEXT) for s in t.trigger]) for t in found.tellings] == [
        ("STRIKE.SHELLING", ["hit", "shelling"]),
        ("CLASH.RAID", ["raid"]),
    ]


def test_events_are_the_sure_mentions_and_the_surest_of_each_incident() -> None:
    hit = trigger("hit", "STRIKE.SHELLING", ("same", "shelling", 0.8), sure=0.95)
    shelling = trigger("shelling", "STRIKE.SHELLING", ("same", "hit", 0.8), sure=0.6)
    found = told(hit, trigger("raid", "CLASH.RAID", ("figure", "4", 0.9), sure=0.7), shelling)
    assert [[s.of(TEXT) for s in t.trigger] for t in found.tellings] == [["hit", "shelling"], ["raid"]]
    assert [e.trigger.of(TEXT) for e in found.events] == ["hit", "raid"]


LENT = "Orlia and Sarmany agreed a truce on Monday. Shells hit a school. Orlia is quiet."


@pytest.mark.parametrize(
    ("word", "kind", "place"),
    [
        ("hit", "STRIKE.SHELLING", "Orlia"), ("truce", "DIP.CEASEFIRE", "Orlia"), ("truce", "DIP.TALKS", None),
        ("truce", "STRIKE.AIR", "Sarmany"),
    ],
    ids=["the country of the text", "not the country that stands near by", "talks are held elsewhere", "the nearest"],
)  # fmt: skip
def test_a_country_is_lent(word: str, kind: str, place: str | None) -> None:
    at = Span(LENT.index(word), LENT.index(word) + len(word))
    mention = Trigger(at, ((kind, 0.9),), ((Status.OCCURRED, 0.9),), 0.95, ())
    ends = [i + 1 for i, c in enumerate(LENT) if c == "."]
    sentences = tuple(Span(a, b) for a, b in zip((0, *(e + 1 for e in ends)), ends, strict=False))
    parse = Parse(Document(DocumentId("t"), LENT), sentences, (), (), Maker("0", "t"), triggers=(mention,))
    starts = [(LENT.index("Orlia"), "Orlia"), (LENT.index("Sarmany"), "Sarmany"), (LENT.rindex("Orlia"), "Orlia")]
    sites = tuple(
        Place(PlaceId(f"p{n}"), Span(at, at + len(name)), name, name, "country", 1.0, 2.0, name[:2].upper())
        for n, (at, name) in enumerate(starts, 1)
    )
    (incident,) = tellings(parse, Found((), (), (), (), sites)).tellings
    names = {site.id: site.name for site in sites}
    assert [names[where.place] for where in incident.places] == ([place] if place else [])


@pytest.mark.parametrize(
    ("word", "attacked", "listed"),
    [
        ("killing", True, True),
        ("dead", True, True),
        ("toll", True, False),
        ("victims", True, False),
        ("dead", False, False),
    ],
)
def test_a_death_of_an_incident_is_an_event_who_was_hurt_is_none(word: str, attacked: bool, listed: bool) -> None:
    text = f"Shells hit Marno: {word}."
    killing, hit = (
        Trigger(Span(text.index(w), text.index(w) + len(w)), ((kind, 0.99),), ((Status.OCCURRED, 0.9),), 0.99, ())
        for w, kind in ((word, "HUM.DEATH"), ("hit", "STRIKE.SHELLING"))
    )
    triggers = (hit, killing) if attacked else (killing,)
    parse = Parse(Document(DocumentId("t"), text), (Span(0, len(text)),), (), (), Maker("0", "t"), triggers=triggers)
    events = tellings(parse, Found((), (), (), (), ())).events
    assert [event.kind for event in events] == ["STRIKE.SHELLING"] * attacked + ["HUM.DEATH"] * listed


@pytest.mark.parametrize(
    ("act", "kind", "status"),
    [
        (Act.PROPOSE, "DIP.CEASEFIRE", Status.PROPOSED),
        (Act.SAY, "DIP.CEASEFIRE", Status.OCCURRED),
        (Act.PROPOSE, "STRIKE.AIR", Status.OCCURRED),
    ],
)
def test_what_is_only_offered_is_proposed(act: Act, kind: str, status: Status) -> None:
    offer = Claim(
        ClaimId("c1"), (), (), (span("shelling"),), None, Speech.INDIRECT, act, Stance.AFFIRM, Distance.NEUTRAL
    )
    (telling,) = told(trigger("shelling", kind), said=(offer,)).tellings
    assert telling.status is status


def test_figures_days_and_places_go_to_their_own_incident() -> None:
    """By the encoder's link where there is one, else by the sentence they stand in."""
    found = told(HIT, RAID, SHELLING)
    shelling, raid = found.tellings
    assert (shelling.time, raid.time) == ("t1", "t2")
    assert [w.place for w in shelling.places] == ["p1"]
    assert [w.place for w in raid.places] == ["p2"]
    assert (shelling.quantities, raid.quantities) == (("q1",), ("q2",))
    assert [f.incident for f in found.figures] == ["i1", "i2"]


def test_a_link_outweighs_the_sentence() -> None:
    raid = trigger("raid", "CLASH.RAID", ("figure", "7", 0.95))
    assert [f.incident for f in told(HIT, raid).figures] == ["i2", "i2"]


def test_a_figure_in_a_sentence_without_a_mention_goes_on_with_the_last_one() -> None:
    (first, second) = told(HIT).figures
    assert (first.incident, second.incident) == ("i1", "i1")


def test_a_figure_before_every_mention_has_no_incident() -> None:
    assert [f.incident for f in told(trigger("expected", "INFRA.CRASH", sure=0.95)).figures] == [None, None]


def test_without_a_day_of_its_own_an_incident_has_the_day_most_often_named() -> None:
    (rain,) = told(trigger("expected", "INFRA.CRASH")).tellings
    assert rain.time == "t1"


@pytest.mark.parametrize(
    ("words", "sure", "kept"),
    [("expected", 0.95, True), ("expected", 0.85, False), ("hit", 0.85, True)],
)
def test_a_passing_word_is_no_incident_unless_the_dead_are_counted_for_it(words: str, sure: float, kept: bool) -> None:
    assert len(told(trigger(words, "STRIKE.SHELLING", sure=sure)).tellings) == kept


def test_a_word_of_death_that_is_a_mention_is_one_event() -> None:
    found = told(trigger("killing", "CIV.ATTACK"), trigger("killing", "HUM.DEATH"))
    assert [t.kind for t in found.tellings] == ["CIV.ATTACK"]
    assert [(e.kind, e.incident) for e in found.events] == [("HUM.DEATH", "i1")]


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("Rebels assassinated a judge.", "assassinated", "CIV.ASSASSINATION"),
        ("A judge survived an assassination attempt.", "assassination", "CIV.ASSASSINATION"),
        ("Gunmen shot a judge.", "shot", "CIV.ASSASSINATION"),
        ("A murder plot was foiled.", "murder", "CIV.ASSASSINATION"),
        ("He was held on charges of murder.", "murder", "CIV.ASSASSINATION"),
        ("The murder of a judge shook Orlia.", "murder", "HUM.DEATH"),
        ("Gunmen killed a judge.", "killed", "HUM.DEATH"),
    ],
)
def test_a_deed_an_attempt_and_a_charge_are_no_death(text: str, word: str, kind: str) -> None:
    at = Span(text.index(word), text.index(word) + len(word))
    triggers = tuple(
        Trigger(at, ((name, 0.95),), ((Status.OCCURRED, 0.9),), 0.95, ()) for name in ("CIV.ASSASSINATION", "HUM.DEATH")
    )
    parse = Parse(Document(DocumentId("t"), text), (Span(0, len(text)),), (), (), Maker("0", "t"), triggers=triggers)
    assert [event.kind for event in tellings(parse, Found((), (), (), (), ())).events] == [kind]


@pytest.mark.parametrize(("bomb", "kind"), [(0.6, "BOMB.VEHICLE"), (0.2, "INFRA.EXPLOSION")])
def test_an_explosion_of_which_one_mention_is_a_bomb_is_the_bomb(bomb: float, kind: str) -> None:
    kinds = tuple(sorted((("BOMB.VEHICLE", bomb), ("INFRA.EXPLOSION", 0.3)), key=lambda k: -k[1]))
    blast, hit = (
        Trigger(span(word), chances, ((Status.OCCURRED, 0.9),), 0.95, (Link("same", span(other), 0.95),))
        for word, other, chances in (("hit", "shelling", kinds), ("shelling", "hit", (("INFRA.EXPLOSION", 0.99),)))
    )
    assert [telling.kind for telling in told(blast, hit).tellings] == [kind]


def test_deaths_are_mentions_of_an_incident_and_never_one() -> None:
    found = told(RAID, trigger("dead", "HUM.DEATH"))
    assert [t.kind for t in found.tellings] == ["CLASH.RAID"]
    assert [(e.kind, e.incident) for e in found.events] == [("CLASH.RAID", "i1"), ("HUM.DEATH", "i1")]


def test_a_flight_is_an_incident_though_deaths_are_not() -> None:
    assert [t.kind for t in told(trigger("raid", "HUM.DISPLACEMENT")).tellings] == ["HUM.DISPLACEMENT"]


def test_nothing_told_is_nothing() -> None:
    assert told().tellings == ()


def test_who_suffered_is_told_of_the_nearest_mention_of_its_sentence_and_belongs_to_the_incident() -> None:
    parts = ("victim", "7", 0.9), ("perpetrator", "Shells", 0.9)
    hit = trigger("hit", "STRIKE.SHELLING", ("same", "killing", 0.9), *parts)
    killing = trigger("killing", "STRIKE.SHELLING", ("same", "hit", 0.9), ("same", "shelling", 0.9), *parts)
    found = told(
        hit, killing, trigger("shelling", "STRIKE.SHELLING", ("same", "killing", 0.9), ("same", "hit", 0.9), *parts)
    )
    assert [(event.trigger.of(TEXT), [role.role for role in event.roles]) for event in found.events] == [
        ("hit", ["perpetrator"]),
        ("killing", ["perpetrator", "victim"]),
        ("shelling", []),
    ]
    assert [[role.role for role in telling.participants] for telling in found.tellings] == [["perpetrator", "victim"]]


def test_a_place_named_twice_is_one_place_of_an_incident() -> None:
    text = "Shells hit Marno. The shelling of Marno went on."
    spots = [Span(text.index("Marno"), text.index("Marno") + 5), Span(text.rindex("Marno"), text.rindex("Marno") + 5)]
    links = [Link("place", spots[0], 0.6), Link("place", spots[1], 0.9)]
    at = Span(text.index("hit"), text.index("hit") + 3)
    hit = Trigger(at, (("STRIKE.SHELLING", 0.9),), ((Status.OCCURRED, 0.9),), 0.95, tuple(links))
    parse = Parse(
        Document(DocumentId("t"), text), (Span(0, 17), Span(18, len(text))), (), (), Maker("0", "t"), triggers=(hit,)
    )
    sites = tuple(Place(PlaceId(f"p{n}"), s, "Marno", "Marno", "city", 1.0, 2.0, "XX") for n, s in enumerate(spots, 1))
    (incident,) = tellings(parse, Found((), (), (), (), sites)).tellings
    assert [where.place for where in incident.places] == ["p2"]


@pytest.mark.parametrize(
    ("link", "kind", "role"),
    [
        ("perpetrator", "STRIKE.AIR", "perpetrator"),
        ("actor", "DIP.AID", "supporter"),
        ("actor", "DIP.PROPOSAL", "proposer"),
        ("actor", "CLASH.ARMED", "perpetrator"),
        ("authority", "REP.INVESTIGATION", "investigator"),
        ("authority", "REP.ARREST", "authority"),
        ("detainee", "DIP.EXCHANGE", "released"),
        ("accused", "STRIKE.AIR", "alleged_perpetrator"),
        ("accused", "DIP.STATEMENT", "accused"),
        ("place", "STRIKE.AIR", "location"),
    ],
)
def test_roles_are_named_as_the_codebook_names_them(link: str, kind: str, role: str) -> None:
    assert codebook(link, kind) == role


SCENES = [
    ("The Marno Brigade", "rebel", "Rebels of the Marno Brigade fired on a bus.", []),
    ("the Marno police", "police", "Officers of the Marno police fired on a bus.", ["Marno"]),
    ("", "", "The gunman, a native of Marno, fired on a bus.", []),
    ("", "", "The gunman fired on a bus in Marno.", ["Marno"]),
]


@pytest.mark.parametrize(("name", "kind", "text", "places"), SCENES)
def test_where_a_band_or_somebody_is_from_is_not_where_it_happened(
    name: str, kind: str, text: str, places: list[str]
) -> None:
    at = text.index("Marno")
    shot = Span(text.index("fired"), text.index("fired") + 5)
    fired = Trigger(shot, (("CIV.ATTACK", 0.9),), ((Status.OCCURRED, 0.9),), 0.95, ())
    cast = [] if not name else [Actor(ActorId("a1"), name, kind, (Span(at, at + len(name) - 4),))]
    site = Place(PlaceId("p1"), Span(at, at + 5), "Marno", "Marno", "city", 1.0, 2.0, "XX", geonameid="1")
    parse = Parse(Document(DocumentId("t"), text), (Span(0, len(text)),), (), (), Maker("0", "t"), triggers=(fired,))
    (found,) = tellings(parse, Found(cast, (), (), (), (site,))).tellings
    assert ["Marno" for _ in found.places] == places
