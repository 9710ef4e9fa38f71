"""The demo's dispatches, read by the reader: every planted agreement, update, denial, copy and doubt is found."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from rashomon import demo, sources
from rashomon.coding import code
from rashomon.model.document import DocumentId
from rashomon.model.incident import Comparison, Incident, IncidentId, Polarity, Relation, Told
from rashomon.model.reading import Reading
from rashomon.reading import Reader
from rashomon.resolving.summary import summarise

# Each incident by its documents and words of its mentions: by hand, for here it is accounts that are tested.
INCIDENTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "bridge": {
        "demo-bridge-wire": ("down",),
        "demo-bridge-copy": ("down",),
        "demo-bridge-toll": ("crash", "fell"),
        "demo-bridge-probe": ("blasts", "explosions"),
        "demo-bridge-retraction": ("explosion", "collapses"),
    },
    "raid": {"demo-raid-kyiv": ("struck",), "demo-raid-moscow": ("attacks", "attacked"), "demo-raid-wire": ("hit",)},
    "camp": {"demo-camp-kyiv": ("hit",)},
    "train": {"demo-train-wire": ("blast", "hit")},
    "bodies": {"demo-talks-kyiv": ("exchange", "talks"), "demo-talks-moscow": ("exchange", "truces", "talks")},
    "sumy": {
        "demo-sumy-first": ("strike", "hit"),
        "demo-sumy-toll": ("strike",),
        "demo-sumy-moscow": ("strike", "hit"),
    },
    "hall": {"demo-hall-first": ("attack",), "demo-hall-toll": ("attack",), "demo-hall-kyiv": ("attack",)},
    "easter": {
        "demo-easter-police": ("bombings",),
        "demo-easter-health": ("bombings",),
        "demo-easter-copy": ("bombings",),
    },
}
COPIES = {"demo-bridge-copy": "demo-bridge-wire", "demo-easter-copy": "demo-easter-health"}


@pytest.fixture(scope="module")
def incidents() -> Mapping[str, Incident]:
    with demo.dispatches() as path:
        documents = [sources.document(page) for page in sources.pages([str(path)]) if not isinstance(page, Exception)]
    readings = {parse.document.id: code(parse) for parse in Reader.load().read(documents)}
    return {
        name: summarise(IncidentId(f"RA-{name}"), [one for document, words in of.items()
                                                   for one in told(readings[DocumentId(document)], words)])
        for name, of in INCIDENTS.items()
    }  # fmt: skip


def told(reading: Reading, words: tuple[str, ...]) -> list[Told]:
    """The tellings of a document whose mentions say one of these words."""
    origin = DocumentId(COPIES.get(reading.document.id, reading.document.id))
    found = [
        Told(telling, reading, origin)
        for telling in reading.incidents
        if {span.of(reading.document.text).lower() for span in telling.trigger} & set(words)
    ]
    assert found, (reading.document.id, words)
    return found


def asked(incidents: Mapping[str, Incident], name: str, question: str) -> Comparison:
    return next(one for one in incidents[name].comparisons if one.question == question)


@pytest.mark.parametrize(
    ("name", "question", "relation"),
    [
        pytest.param("bridge", "injured", Relation.SUPERSEDED, id="a toll that rises"),
        pytest.param("bridge", "killed", Relation.SINGLE_SOURCE, id="a governor, a copy and a headline"),
        pytest.param("bridge", "cause", Relation.DISPUTED, id="a statement taken back"),
        pytest.param("bridge", "perpetrator", Relation.DISPUTED, id="an accusation, and no comment"),
        pytest.param("raid", "occurrence", Relation.AGREE, id="both sides say that it happened"),
        pytest.param("raid", "equipment_hit", Relation.UNVERIFIED, id="a figure that could not be verified"),
        pytest.param("camp", "killed", Relation.SINGLE_SOURCE, id="an army and a headline"),
        pytest.param("train", "occurrence", Relation.UNVERIFIED, id="a report that could not be verified"),
        pytest.param("bodies", "bodies_returned", Relation.AGREE, id="both sides give one figure"),
        pytest.param("bodies", "terms", Relation.COMPATIBLE, id="both sides word one agreement"),
        pytest.param("sumy", "killed", Relation.DISAGREE, id="two sides count different dead"),
        pytest.param("sumy", "injured", Relation.SUPERSEDED, id="rescuers count again"),
        pytest.param("sumy", "place", Relation.AGREE, id="a town and its region"),
        pytest.param("hall", "killed", Relation.SUPERSEDED, id="one organ of a state after another"),
        pytest.param("hall", "perpetrator", Relation.DISPUTED, id="one group claims it, a state is accused and denies"),
        pytest.param("easter", "killed", Relation.SUPERSEDED, id="a toll that is lowered"),
        pytest.param("easter", "perpetrator", Relation.UNVERIFIED, id="a claim without evidence"),
    ],
)
def test_what_was_planted(incidents: Mapping[str, Incident], name: str, question: str, relation: Relation) -> None:
    assert asked(incidents, name, question).relation is relation


@pytest.mark.parametrize(
    ("name", "question", "old", "now"),
    [
        ("bridge", "injured", {69}, {104}),
        ("sumy", "injured", {84}, {117}),
        ("hall", "killed", {40, 133}, {137, 3}),
        ("easter", "killed", {359}, {101}),
    ],
)
def test_what_was_superseded(
    incidents: Mapping[str, Incident], name: str, question: str, old: set[int], now: set[int]
) -> None:
    answers = asked(incidents, name, question).answers
    assert {int(a.low) for a in answers if a.superseded and a.low is not None} == old
    assert {int(a.low) for a in answers if not a.superseded and a.low is not None} == now


def test_a_toll_that_both_an_agency_and_a_prosecutor_give_has_two_voices(incidents: Mapping[str, Incident]) -> None:
    answer = next(a for a in asked(incidents, "sumy", "killed").answers if a.low == a.high == Decimal(34))
    assert answer.voices == ("State Emergency Service of Ukraine", "Prosecutor General's Office")


def test_what_the_ministry_gave_no_evidence_for_is_unverified(incidents: Mapping[str, Incident]) -> None:
    answer = next(a for a in asked(incidents, "sumy", "killed").answers if a.unit == "soldier")
    assert (answer.voices, answer.sides, answer.unverified) == (("Russian Defense Ministry",), ("Russia",), True)


def test_who_is_accused_denies(incidents: Mapping[str, Incident]) -> None:
    answers = [a for a in asked(incidents, "hall", "perpetrator").answers if a.value == "Ukraine"]
    accusing = next(a for a in answers if a.polarity is Polarity.AFFIRM)
    denying = next(a for a in answers if a.polarity is Polarity.DENY)
    assert accusing.voices == ("Alexander Bortnikov",)
    assert "Ukrainian Foreign Ministry" in denying.voices
    alleged = {(one.actor, one.alleged_by) for one in incidents["hall"].participants}
    assert ("Ukraine", "Alexander Bortnikov") in alleged


def test_a_copy_adds_a_printing(incidents: Mapping[str, Incident]) -> None:
    lowered = next(a for a in asked(incidents, "easter", "killed").answers if "253" in a.claims[0].text)
    assert lowered.voices == ("Health Ministry",)
    assert {words.document for words in lowered.claims} == {"demo-easter-health", "demo-easter-copy"}
    voices = {voice for one in incidents["bridge"].comparisons for a in one.answers for voice in a.voices}
    assert "Lakeside Daily (demo)" not in voices


@pytest.mark.parametrize(
    ("name", "day", "place"),
    [
        ("bridge", "2025-05-31", "Bryansk"),
        ("sumy", "2025-04-13", "Sumy"),
        ("hall", "2024-03-22", "Krasnogorsk"),
        ("easter", "2019-04-21", "Sri Lanka"),
    ],
)
def test_when_and_where(incidents: Mapping[str, Incident], name: str, day: str, place: str) -> None:
    found = incidents[name]
    assert (str(found.earliest), str(found.latest), found.places[0].resolved) == (day, day, place)
