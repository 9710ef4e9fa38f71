"""Decisions in a ledger: kept, applied, signed, taken back, never lost; and the trail that proves it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from rashomon import ledger
from rashomon.deciding import Ruled, amended, attest, queue, rule
from rashomon.errors import RashomonError, Unknown
from rashomon.gathering import gather, undo
from rashomon.ledger import Ledger
from rashomon.model import codec
from rashomon.model.incident import Incident
from rashomon.model.judgement import Part, Sense, Verdict
from rashomon.model.reading import Reading
from rashomon.model.text import Span
from rashomon.review import prove

NOON = datetime(2025, 6, 3, 12, tzinfo=UTC)
TEXT = "A drone hit the depot at Marno, killing 12 workers, the Northern Army said. Officials in Velm disagreed."
TWELVE = Span(TEXT.index("12"), TEXT.index("12") + 2)
HIT = Span(TEXT.index("hit"), TEXT.index("hit") + 3)
MANY = Ruled("wire-1", Part.FIGURE, TWELVE, Verdict.CORRECT, Sense(low=Decimal(21), high=Decimal(21)))
Read = Callable[..., Reading]


def only(book: Ledger) -> Incident:
    (incident,) = book.incidents()
    return incident


def killed(book: Ledger) -> tuple[object, ...]:
    (asked,) = (one for one in only(book).comparisons if one.question == "killed")
    (answer,) = asked.answers
    (told,) = answer.claims
    return answer.low, answer.voices, told.reviewer, told.verdict


def test_a_corrected_figure_is_its_voices_and_signed_by_the_reviewer(book: Ledger) -> None:
    assert killed(book) == (12, ("Northern Army",), None, None)
    made = rule(book, MANY, by="olena", reason="21 in the table below", at=NOON)
    assert made.before == Sense(kind="killed", low=Decimal(12), high=Decimal(12), unit="worker")
    assert made.after == Sense(kind="killed", low=Decimal(21), high=Decimal(21), unit="worker")
    assert killed(book) == (21, ("Northern Army",), "olena", Verdict.CORRECT)
    assert only(book).judgements == (made,)
    assert codec.incident(codec.to_json(only(book))) == only(book)
    assert book.reading("wire-1").quantities[0].low == 12
    assert amended(book, "wire-1").quantities[0].low == 21


def test_it_outlives_other_weights_and_can_be_taken_back(book: Ledger, read: Read) -> None:
    made = rule(book, MANY, by="olena", reason="", at=NOON)
    book.record([read(weights="two", figure="12 workers")])
    gather(book)
    assert killed(book) == (21, ("Northern Army",), "olena", Verdict.CORRECT)
    undone = undo(book, int(made.id), by="ana", reason="misread", at=NOON)
    assert killed(book) == (12, ("Northern Army",), None, None)
    undo(book, int(undone.id), by="olena", reason="no", at=NOON)
    assert killed(book)[0] == 21
    with pytest.raises(RashomonError, match="undone already"):
        undo(book, int(undone.id), by="olena", reason="", at=NOON)
    gather(book, anew=True)
    assert killed(book)[0] == 21


def test_a_day_and_a_kind_change_the_incident(book: Ledger) -> None:
    day = Ruled("wire-1", Part.DAY, HIT, Verdict.CORRECT, Sense(earliest=date(2025, 5, 30)))
    rule(book, day, by="olena", reason="", at=NOON)
    rule(book, Ruled("wire-1", Part.KIND, HIT, Verdict.CORRECT, Sense(kind="strike.air")), by="o", reason="", at=NOON)
    incident = only(book)
    assert (incident.earliest, incident.kind) == (date(2025, 5, 30), "STRIKE.AIR")
    assert [one.by for one in incident.judgements] == ["olena", "o"]


def test_dry_changes_nothing(book: Ledger) -> None:
    before = book.counts()
    made = rule(book, MANY, by="olena", reason="", at=NOON, dry=True)
    assert (made.id, book.judgements(), book.counts()) == (0, (), before)
    assert list(book.trail()) == []


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (Ruled("wire-9x", Part.FIGURE, TWELVE, Verdict.ACCEPT), "no such document"),
        (Ruled("wire-1", Part.FIGURE, Span(90, 9999), Verdict.ACCEPT), "no words"),
        (Ruled("wire-1", Part.FIGURE, Span(-5, 3), Verdict.ACCEPT), "no words"),
        (Ruled("wire-1", Part.FIGURE, Span(5, 5), Verdict.ACCEPT), "no words"),
        (Ruled("wire-1", Part.FIGURE, TWELVE, Verdict.CORRECT), "lowest or a highest"),
        (Ruled("wire-1", Part.FIGURE, TWELVE, Verdict.CORRECT, Sense(low=Decimal(12), high=Decimal(12))), "accept it"),
        (Ruled("wire-1", Part.FIGURE, TWELVE, Verdict.CORRECT, Sense(low=Decimal(3), high=Decimal(2))), "from 3 to 2"),
        (Ruled("wire-1", Part.FIGURE, TWELVE, Verdict.CORRECT, Sense(low=Decimal("NaN"))), "a number that is none"),
        (Ruled("wire-1", Part.PLACE, TWELVE, Verdict.CORRECT, Sense(name="Nowhere At All")), "gazetteer"),
        (Ruled("wire-1", Part.PLACE, TWELVE, Verdict.CORRECT, Sense(name="x", lat=91.0, lon=0.0)), "poles"),
        (Ruled("wire-1", Part.KIND, HIT, Verdict.CORRECT, Sense(kind="PICNIC")), "nothing to put"),
        (Ruled("wire-1", Part.FIGURE, TWELVE, Verdict.SAME_INCIDENT), "not of words"),
        (Ruled("wire-1", Part.FIGURE, TWELVE, Verdict.ACCEPT, Sense(low=Decimal(1))), "nothing to put"),
    ],
)
def test_what_says_nothing_is_refused(book: Ledger, said: Ruled, wrong: str) -> None:
    with pytest.raises(RashomonError, match=wrong):
        rule(book, said, by="olena", reason="", at=NOON)
    assert book.judgements() == ()


def test_nobody_decides_nothing(book: Ledger) -> None:
    with pytest.raises(RashomonError, match="somebody"):
        rule(book, MANY, by=" ", reason="", at=NOON)
    with pytest.raises(Unknown):
        amended(book, "another")


def test_the_queue_is_the_least_sure_first_and_forgets_what_is_decided(book: Ledger) -> None:
    waiting = queue(book, "olena")
    sure = [one.sure for one in waiting if isinstance(one, ledger.book.Doubt)]
    assert sure == sorted(sure)
    assert {str(one.part) for one in waiting if isinstance(one, ledger.book.Doubt)} == {"claim", "day", "place"}
    place = next(one for one in waiting if isinstance(one, ledger.book.Doubt) and one.part is Part.PLACE)
    rule(book, Ruled("wire-1", Part.PLACE, place.span, Verdict.UNSURE), by="olena", reason="", at=NOON)
    assert place not in queue(book, "olena")
    assert place in queue(book, "ana")
    rule(book, Ruled("wire-1", Part.PLACE, place.span, Verdict.REJECT), by="ana", reason="", at=NOON)
    spans = [one.span for one in queue(book, "third") if isinstance(one, ledger.book.Doubt)]
    assert place.span not in spans
    assert place.span in [one.span for one in queue(book, "third", reviewers=2) if isinstance(one, ledger.book.Doubt)]


def test_no_decision_is_lost_among_four_who_write_at_once(book: Ledger, tmp_path: Path) -> None:
    def write(person: int) -> list[int]:
        with ledger.open(tmp_path / "book.db", create=False, patience=60) as own:
            return [
                int(rule(own, MANY, by=f"r{person}", reason=f"{number}", at=NOON).id) for number in range(6)
            ]  # fmt: skip

    with ThreadPoolExecutor(4) as four:
        written = [number for numbers in four.map(write, range(4)) for number in numbers]
    kept = book.judgements()
    assert sorted(written) == [int(one.id) for one in kept]
    assert {(one.by, one.reason) for one in kept} == {(f"r{p}", f"{n}") for p in range(4) for n in range(6)}
    proof = prove(book.trail(), kept)
    assert (proof.rows, proof.fault) == (24, None)


@pytest.mark.parametrize(
    ("tampering", "fault"),
    [
        ("UPDATE judgement SET by = 'mallory' WHERE id = 2", "judgement 2: not as it was made"),
        ("UPDATE judgement SET body = replace(body, '21', '22') WHERE id = 3", "judgement 3: not as it was made"),
        ("DELETE FROM judgement WHERE id = 3", "judgement 3: gone"),
        ("UPDATE trail SET body = replace(body, 'olena', 'mallory') WHERE number = 2", "row 2: its words are not"),
        ("UPDATE trail SET at = '2020-01-01' WHERE number = 1", "row 1: its words are not"),
        ("DELETE FROM trail WHERE number = 2", "row 2: missing; row 3 follows"),
        ("DELETE FROM trail WHERE number >= 3", "judgement 3: not in the trail"),
        ("UPDATE trail SET previous = digest WHERE number = 3", "row 3: does not follow"),
        ("INSERT INTO judgement SELECT 9, verdict, subjects, by, at, reason, replaces, document, body FROM judgement "
         "WHERE id = 1", "judgement 9: not in the trail"),
        ("DELETE FROM trail WHERE number = 4", "no row has the digest"),
    ],
)  # fmt: skip
def test_tampering_is_found_and_named(book: Ledger, tmp_path: Path, tampering: str, fault: str) -> None:
    for number in range(3):
        rule(book, MANY, by="olena", reason=f"{number}", at=NOON)
    attest(book, by="olena", what="role", body={"person": "ana", "role": "editor"}, at=NOON)
    whole = prove(book.trail(), book.judgements())
    assert (whole.rows, whole.fault) == (4, None)
    with sqlite3.connect(tmp_path / "book.db") as connection:
        connection.execute(tampering)
    connection.close()
    assert fault in str(prove(book.trail(), book.judgements(), whole.head).fault)
