"""The demo in a ledger: every planted agreement, update, denial, copy and doubt comes out as what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest

from rashomon import demo, ledger, sources
from rashomon.model.incident import Comparison, Incident, Polarity, Relation
from rashomon.pipeline import ingest
from rashomon.reading import Reader

# Each incident by the documents that tell of it.
DOCUMENTS: Mapping[str, frozenset[str]] = {
    name: frozenset(f"demo-{name}-{document}" for document in told.split())
    for name, told in {
        "bridge": "wire copy toll probe retraction",
        "raid": "kyiv moscow wire",
        "camp": "kyiv",
        "train": "wire",
        "talks": "kyiv moscow",
        "sumy": "first toll moscow",
        "hall": "first toll kyiv",
        "easter": "police health copy",
    }.items()
}


@pytest.fixture(scope="module")
def incidents(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Incident]:
    """The incidents that ingest and gathering make of the demo: the forest decides which tellings are of one."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    with demo.dispatches() as dispatches, ledger.open(path, create=True) as book:
        ingest(sources.pages([str(dispatches)]), book, Reader.load, jobs=1)
        return tuple(book.incidents())


def told_by(incidents: Sequence[Incident], name: str) -> Sequence[Incident]:
    """The incidents that just these documents tell of."""
    return [one for one in incidents if {key.partition("#")[0] for key in one.tellings} == DOCUMENTS[name]]


def asked(incidents: Sequence[Incident], name: str, question: str) -> Comparison:
    """What these documents have for a question; where they tell of several incidents, where most voices answer."""
    told = (one for incident in told_by(incidents, name) for one in incident.comparisons if one.question == question)
    return max(told, key=lambda one: sum(len(answer.voices) for answer in one.answers))


@pytest.mark.parametrize("name", ["bridge", "raid", "sumy", "hall", "easter"])
def test_many_accounts_are_of_one_incident(incidents: Sequence[Incident], name: str) -> None:
    assert len(told_by(incidents, name)) == 1


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
        pytest.param("talks", "bodies_returned", Relation.AGREE, id="both sides give one figure"),
        pytest.param("talks", "terms", Relation.COMPATIBLE, id="both sides word one agreement"),
        pytest.param("sumy", "killed", Relation.DISAGREE, id="two sides count different dead"),
        pytest.param("sumy", "injured", Relation.SUPERSEDED, id="rescuers count again"),
        pytest.param("sumy", "place", Relation.AGREE, id="a town and its region"),
        pytest.param("hall", "killed", Relation.SUPERSEDED, id="one organ of a state after another"),
        pytest.param("hall", "perpetrator", Relation.DISPUTED, id="one group claims it, a state is accused and denies"),
        pytest.param("easter", "killed", Relation.SUPERSEDED, id="a toll that is lowered"),
        pytest.param("easter", "perpetrator", Relation.UNVERIFIED, id="a claim without evidence"),
    ],
)
def test_what_was_planted(incidents: Sequence[Incident], name: str, question: str, relation: Relation) -> None:
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
    incidents: Sequence[Incident], name: str, question: str, old: set[int], now: set[int]
) -> None:
    answers = asked(incidents, name, question).answers
    assert {int(a.low) for a in answers if a.superseded and a.low is not None} == old
    assert {int(a.low) for a in answers if not a.superseded and a.low is not None} == now


def test_a_toll_that_both_an_agency_and_a_prosecutor_give_has_two_voices(incidents: Sequence[Incident]) -> None:
    answer = next(a for a in asked(incidents, "sumy", "killed").answers if a.low == a.high == Decimal(34))
    assert answer.voices == ("State Emergency Service of Ukraine", "Prosecutor General's Office")


def test_what_the_ministry_gave_no_evidence_for_is_unverified(incidents: Sequence[Incident]) -> None:
    answer = next(a for a in asked(incidents, "sumy", "killed").answers if a.unit == "soldier")
    assert (answer.voices, answer.sides, answer.unverified) == (("Russian Defense Ministry",), ("Russia",), True)


def test_who_is_accused_denies(incidents: Sequence[Incident]) -> None:
    answers = [a for a in asked(incidents, "hall", "perpetrator").answers if a.value == "Ukraine"]
    accusing = next(a for a in answers if a.polarity is Polarity.AFFIRM)
    denying = next(a for a in answers if a.polarity is Polarity.DENY)
    assert accusing.voices == ("Alexander Bortnikov",)
    assert "Ukrainian Foreign Ministry" in denying.voices
    alleged = {(one.actor, one.alleged_by) for incident in told_by(incidents, "hall") for one in incident.participants}
    assert ("Ukraine", "Alexander Bortnikov") in alleged


def test_a_copy_adds_a_printing(incidents: Sequence[Incident]) -> None:
    lowered = next(a for a in asked(incidents, "easter", "killed").answers if "253" in a.claims[0].text)
    assert lowered.voices == ("Health Ministry",)
    assert {words.document for words in lowered.claims} == {"demo-easter-health", "demo-easter-copy"}
    voices = {voice for one in told_by(incidents, "bridge")[0].comparisons for a in one.answers for voice in a.voices}
    assert "Lakeside Daily (demo)" not in voices


@pytest.mark.parametrize(
    ("name", "day", "place"),
    [
        ("bridge", "2025-05-31", "Vygonichi"),
        ("sumy", "2025-04-13", "Sumy"),
        ("hall", "2024-03-22", "Krasnogorsk"),
        ("easter", "2019-04-21", "Sri Lanka"),
    ],
)
def test_when_and_where(incidents: Sequence[Incident], name: str, day: str, place: str) -> None:
    (found,) = told_by(incidents, name)
    assert (str(found.earliest), str(found.latest), found.places[0].resolved) == (day, day, place)
