"""Incidents in a ledger: whatever comes, in whichever order, however often stopped, they are the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.asking import asked

from rashomon import ledger
from rashomon.errors import RashomonError, Unknown
from rashomon.gathering import Gathered, Undecidable, decide, gather, undo
from rashomon.ledger import Ledger, Wanted
from rashomon.ledger.book import Near
from rashomon.model.incident import Incident
from rashomon.model.judgement import Judgement, Verdict
from rashomon.model.reading import Reading

Strike = Callable[..., Reading]
Opened = Callable[[str], Ledger]
Places = Callable[[str], str]
NOW = datetime(2031, 7, 1, tzinfo=UTC)
LATER = " The mill belonged to the town, and its owner counted the sacks that were left."
WIRE = (
    "A mill by the river burned until noon while families carried flour out of the yard, neighbours formed a line with "
    "buckets, and the owner of the ferry brought pumps from the other bank before the wind turned."
)


@pytest.fixture
def opened(places: Places) -> Iterator[Opened]:
    books: list[Ledger] = []

    def named(name: str) -> Ledger:
        books.append(ledger.open(places(name), create=True))
        return books[-1]

    yield named
    for book in books:
        book.close()


def news(strike: Strike) -> list[Reading]:
    """Three incidents told of by many; a copy, a day that is not known, tolls that rise."""
    found = [
        strike(f"{town.lower()}-{n}", town, 7 + n, speaker=speaker, published=3 + n % 3, outlet=f"Paper {n}")
        for town in ("Tarna", "Kuratovo", "Velsk")
        for n, speaker in enumerate(("The Northern Army", "The Marsh Front", "The Red Lamp", "The Northern Army"))
    ]
    found += [
        strike(f"wire-{n}", published=published, detail=WIRE, outlet=f"Wire {n}") for n, published in ((1, 5), (2, 4))
    ]
    undated = strike("undated", detail=WIRE + LATER)
    return [*found, replace(undated, document=replace(undated.document, published=None))]


def told(book: Ledger, *readings: Reading) -> list[Incident]:
    """The incidents of a ledger to which these readings are added."""
    book.record(readings)
    gather(book)
    return list(book.incidents())


def tellings(found: list[Incident]) -> set[frozenset[str]]:
    return {frozenset(one.tellings) for one in found}


def test_incidents_are_gathered_from_all_documents(opened: Opened, strike: Strike) -> None:
    book = opened("a")
    found = told(book, *news(strike))
    assert len(found) == 3 == book.counts().incidents
    tarna = next(one for one in found if one.places[0].name == "Tarna")
    assert set(tarna.documents) == {"tarna-0", "tarna-1", "tarna-2", "tarna-3", "wire-1", "wire-2", "undated"}
    assert book.incident(tarna.id) == tarna
    assert all(book.incident(key) == tarna for key in tarna.tellings)
    assert gather(book) == Gathered()


@pytest.mark.parametrize("seed", range(10))
def test_the_order_of_arrival_changes_nothing(opened: Opened, strike: Strike, seed: int) -> None:
    """Ten shuffles in batches of any size, each with a document that is another text at first."""
    readings = news(strike)
    expected = told(opened("calm"), *readings)
    chance = random.Random(seed)
    book = opened("shuffled")
    chance.shuffle(readings)
    first = chance.choice(readings).document.id
    told(book, strike(first, "Velsk", 2, detail="Nobody saw it."))
    while readings:
        some = chance.randrange(1, 5)
        told(book, *readings[:some])
        readings = readings[some:]
    assert list(book.incidents()) == expected


def test_another_reading_takes_the_place_of_the_first(opened: Opened, strike: Strike) -> None:
    book = opened("a")
    before = told(book, strike("a"), strike("b", published=4), strike("c", "Velsk"))
    assert tellings(before) == {frozenset(("a#i1", "b#i1")), frozenset(("c#i1",))}
    names = {str(one.tellings[0]): one.id for one in before}
    after = told(book, strike("a", "Velsk", maker="2"))
    assert tellings(after) == {frozenset(("b#i1",)), frozenset(("a#i1", "c#i1"))}
    # The id of the first is that of its words, which stand where they stood.
    assert book.incident(names["a#i1"]).tellings == book.incident(names["c#i1"]).tellings
    assert tellings(told(book, replace(strike("a", "Velsk", maker="3"), incidents=()))) == {
        frozenset(("b#i1",)),
        frozenset(("c#i1",)),
    }
    with pytest.raises(Unknown, match="tells of nothing now"):
        book.incident(names["a#i1"])


def test_an_id_goes_on_answering_when_its_words_move(opened: Opened, strike: Strike) -> None:
    book = opened("a")
    (before,) = told(book, strike("a"))
    (after,) = told(book, strike("a", before="Monday. "))
    assert after.id != before.id
    assert book.incident(before.id) == after == book.incident(before.id.lower())


def test_stopped_anywhere_it_is_finished_later(opened: Opened, strike: Strike, monkeypatch: pytest.MonkeyPatch) -> None:
    readings = news(strike)
    calm, torn = opened("calm"), opened("torn")
    expected = told(calm, *readings)
    monkeypatch.setattr("rashomon.gathering.BATCH", 2)
    torn.record(readings)

    def stop(so_far: Gathered) -> None:
        raise KeyboardInterrupt

    stops = 0
    while gathered_some(torn, stop):
        stops += 1
    assert stops == 8
    assert list(torn.incidents()) == expected


def gathered_some(book: Ledger, stop: Callable[[Gathered], None]) -> bool:
    try:
        gather(book, progress=stop)
    except KeyboardInterrupt:
        return True
    return False


def test_from_nothing_it_is_the_same(opened: Opened, strike: Strike) -> None:
    book = opened("a")
    before = told(book, *news(strike))
    (judged,) = (one for one in before if one.places[0].name == "Velsk")
    decided(book, Verdict.DIFFERENT_INCIDENT, "velsk-0#i1", "velsk-2#i1")
    before = list(book.incidents())
    assert gather(book, anew=True).documents == book.counts().documents
    assert list(book.incidents()) == before
    assert book.incident(judged.id) in before


def test_a_copy_is_the_word_of_who_printed_it_first(opened: Opened, strike: Strike, places: Places) -> None:
    book = opened("a")
    told(book, *(strike(f"d{n}", detail=WIRE, published=n, outlet=f"Paper {n}") for n in (5, 3, 4)))
    papers = book.papers(["d5", "d3", "d4", "d9"])  # type: ignore[list-item]
    assert {name: paper.origin for name, paper in papers.items()} == {"d3": "d3", "d4": "d3", "d5": "d3"}
    # Of one day, the longer one: papers cut what agencies send.
    told(book, strike("d2", detail=f"{WIRE} More follows.", published=3))
    assert book.papers(["d3"])["d3"].origin == "d2"  # type: ignore[index, list-item]
    told(book, strike("d2", detail="Something else happened, and was told at length by all.", published=3))
    # Who printed it first writes something else: the next is the first now.
    (incident,) = told(book, strike("d3", detail="Nothing burned, and all was calm again by evening.", published=3))
    papers = book.papers(incident.documents)
    assert {name: paper.origin for name, paper in papers.items()} == {"d2": "d2", "d3": "d3", "d4": "d4", "d5": "d4"}
    held = "SELECT count(*) FROM band b LEFT JOIN printing p ON p.document = b.document WHERE p.document IS NULL"
    assert asked(places("a"), held) == [(0,)]


def decided(book: Ledger, verdict: Verdict, *subjects: str) -> Judgement:
    return decide(book, verdict, subjects, by="olena", reason="seen on site", at=NOW)


def test_people_join_and_part_incidents_and_take_it_back(opened: Opened, strike: Strike) -> None:
    book = opened("a")
    before = told(book, *news(strike))
    by_town = {one.places[0].name: one for one in before}
    joined = decided(book, Verdict.SAME_INCIDENT, by_town["Tarna"].id, by_town["Velsk"].id)
    assert len(list(book.incidents())) == 2
    assert book.incident(by_town["Velsk"].id) == book.incident(by_town["Tarna"].id)
    undone = undo(book, joined.id, by="olena", reason="no", at=NOW)
    assert list(book.incidents()) == before
    undo(book, undone.id, by="olena", reason="yes", at=NOW)
    assert len(list(book.incidents())) == 2
    undo(book, 3, by="olena", reason="no", at=NOW)
    parted = decided(book, Verdict.DIFFERENT_INCIDENT, "tarna-0#i1", "tarna-1#i1")
    assert book.incident("tarna-0#i1") != book.incident("tarna-1#i1")
    assert book.counts().incidents == 4
    undo(book, parted.id, by="olena", reason="no", at=NOW)
    assert list(book.incidents()) == before
    assert [one.verdict for one in book.judgements()] == [
        "same_incident",
        "undo",
        "undo",
        "undo",
        "different_incident",
        "undo",
    ]


def test_what_was_decided_holds_for_what_comes_later_and_for_other_readings(opened: Opened, strike: Strike) -> None:
    book = opened("a")
    told(book, strike("a"), strike("b", "Velsk", published=4))
    decided(book, Verdict.SAME_INCIDENT, "a#i1", "b#i1")
    assert tellings(told(book, strike("c", "Velsk", published=5))) == {frozenset(("a#i1", "b#i1", "c#i1"))}
    assert tellings(told(book, strike("b", "Velsk", published=4, maker="2"))) == {frozenset(("a#i1", "b#i1", "c#i1"))}


@pytest.mark.parametrize(
    ("verdict", "subjects", "error", "why"),
    [
        (Verdict.SAME_INCIDENT, ("a#i1", "RA-NOSUCHONE0"), Unknown, "RA-NOSUCHONE0: no such incident"),
        (Verdict.SAME_INCIDENT, ("z#i9", "a#i1"), Unknown, "z#i9: no such incident"),
        (Verdict.DIFFERENT_INCIDENT, ("a#i1", "a#i1"), Undecidable, "one and the same"),
        (Verdict.SAME_ACTOR, ("Marsh Front", "marsh  front"), Undecidable, "one and the same"),
    ],
)
def test_what_cannot_be_decided_is_said(
    opened: Opened, strike: Strike, verdict: Verdict, subjects: tuple[str, str], error: type[RashomonError], why: str
) -> None:
    book = opened("a")
    told(book, strike("a"))
    with pytest.raises(error, match=why):
        decided(book, verdict, *subjects)
    assert book.judgements() == ()


def test_what_cannot_be_undone_is_said(opened: Opened, strike: Strike) -> None:
    book = opened("a")
    told(book, strike("a"), strike("b", "Velsk"))
    with pytest.raises(Unknown, match="7: no such judgement"):
        undo(book, 7, by="olena", reason="no", at=NOW)
    made = decided(book, Verdict.SAME_INCIDENT, "a#i1", "b#i1")
    undo(book, made.id, by="olena", reason="no", at=NOW)
    with pytest.raises(Undecidable, match="1: undone already"):
        undo(book, made.id, by="olena", reason="no", at=NOW)


def test_two_names_of_one_actor_are_one_voice(opened: Opened, strike: Strike) -> None:
    book = opened("a")
    (before,) = told(book, strike("a", speaker="The Marsh Front"), strike("b", speaker="The Reed Council", published=4))
    assert voices(before) == {"Marsh Front", "Reed Council"}
    made = decided(book, Verdict.SAME_ACTOR, "Reed Council", "Marsh Front")
    assert voices(book.incident(before.id)) == {"Reed Council"}
    undo(book, made.id, by="olena", reason="no", at=NOW)
    assert book.incident(before.id) == before


def voices(incident: Incident) -> set[str]:
    (killed,) = (c for c in incident.comparisons if c.question == "killed")
    return {voice for answer in killed.answers for voice in answer.voices}


@pytest.mark.parametrize(
    ("wanted", "towns"),
    [
        (Wanted(), ["Velsk", "Kuratovo", "Tarna"]),
        (Wanted(kind="STRIKE.DRONE"), ["Kuratovo", "Tarna"]),
        (Wanted(kind="strike"), ["Velsk", "Kuratovo", "Tarna"]),
        (Wanted(kind="STR"), []),
        (Wanted(since=date(2031, 6, 9)), ["Velsk", "Kuratovo"]),
        (Wanted(until=date(2031, 6, 9)), ["Kuratovo", "Tarna"]),
        (Wanted(since=date(2031, 6, 3), until=date(2031, 6, 8)), []),
        (Wanted(near=Near(50.0, 36.0, 25)), ["Tarna"]),
        (Wanted(near=Near(50.0, 36.0, 15)), []),
        (Wanted(near=Near(50.0, 36.0, 400)), ["Velsk", "Kuratovo", "Tarna"]),
        (Wanted(near=Near(50.0, 36.0, 20_000)), ["Velsk", "Kuratovo", "Tarna"]),
        (Wanted(near=Near(-89.9, 179.9, 900)), []),
        (Wanted(voice="MARSH front"), ["Kuratovo"]),
        (Wanted(voice="marsh"), []),
        (Wanted(relation="single_source"), ["Velsk", "Kuratovo", "Tarna"]),
        (Wanted(relation="disagree"), []),
        (Wanted(text="velsk"), ["Velsk"]),
        (Wanted(text="seven Velsk"), []),
        (Wanted(text='"7 people"'), ["Kuratovo", "Tarna"]),
        (Wanted(text="!!"), []),
        (Wanted(kind="STRIKE.DRONE", near=Near(50.1, 36.2, 5), text="people"), ["Tarna"]),
        (Wanted(kind="STRIKE.SHELLING", voice="Marsh Front"), []),
    ],
)
def test_incidents_are_found_by_what_they_are(opened: Opened, strike: Strike, wanted: Wanted, towns: list[str]) -> None:
    book = opened("a")
    told(
        book,
        strike("t", "Tarna", day=2),
        strike("k", "Kuratovo", day=9, published=10, speaker="The Marsh Front"),
        strike("v", "Velsk", 12, day=20, published=21, kind="STRIKE.SHELLING"),
    )
    assert [one.places[0].name for one in book.incidents(wanted)] == towns
    assert [one.places[0].name for one in book.incidents(wanted, limit=1)] == towns[:1]


def test_why_tellings_are_one_incident_is_kept(opened: Opened, strike: Strike) -> None:
    book = opened("a")
    (incident,) = told(book, strike("a"), strike("b", published=4))
    (tie,) = book.ties(incident)
    assert (tie.telling, tie.earlier) == ("b#i1", "a#i1")
    assert any("same day" in reason.words for reason in tie.reasons)
