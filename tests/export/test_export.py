from __future__ import annotations

import csv
import io
import json
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from rashomon import ledger
from rashomon.errors import RashomonError
from rashomon.export import FORMATS, whole
from rashomon.export.spreadsheet import COLUMNS, plain
from rashomon.gathering import gather
from rashomon.ledger import Ledger
from rashomon.model import codec
from rashomon.model.document import Document, DocumentId
from rashomon.model.reading import Maker, Reading
from rashomon.model.telling import (
    Act,
    Actor,
    ActorId,
    Bound,
    Caveat,
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
    Verification,
    Where,
)
from rashomon.model.text import Span

TEXT = (
    "Drones hit the airfield at Kuratovo on Sunday. The Marala army said seven of its soldiers were killed. "
    'The rebels denied that nine died. Reportedly, "at least two", and no more, were hurt. '
    "The army's figure could not be verified."
)
OFFICE, KURATOVO = ActorId("a1"), PlaceId("p1")


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def claim(number: int, source: str, cue: str, contents: tuple[str, ...], stance: Stance = Stance.AFFIRM) -> Claim:
    spans = ((at(source),) if source else (), (at(cue),) if cue else (), tuple(map(at, contents)))
    actor = OFFICE if number == 1 else None
    act = Act.DENY if stance is Stance.DENY else Act.SAY
    return Claim(ClaimId(f"c{number}"), *spans, actor, Speech.INDIRECT, act, stance, Distance.NEUTRAL)


def figure(number: int, words: str, kind: str, low: int, high: int | None, made: int | None) -> Quantity:
    bound = Bound.EXACT if low == high else Bound.AT_LEAST
    told_by = None if made is None else ClaimId(f"c{made}")
    interval = (Decimal(low), Decimal(low), None if high is None else Decimal(high))
    return Quantity(QuantityId(f"q{number}"), at(words), kind, *interval, bound, "person", told_by, TellingId("i1"))


def reading(identifier: str = "strike-1", outlet: str | None = "Kuratovo Post") -> Reading:
    quantities = (
        figure(1, "seven of its soldiers", "killed", 7, 7, 1),
        figure(2, "nine", "killed", 9, 9, 2),
        figure(3, "at least two", "injured", 2, None, 3),
        figure(4, "Drones", "weapons_used", 2, None, None),
    )
    telling = Telling(
        TellingId("i1"),
        "STRIKE.DRONE",
        Status.OCCURRED,
        (at("hit"),),
        TimeId("t1"),
        (Where(KURATOVO, "location"), Where(KURATOVO, "location"), Where(PlaceId("p9"), "near")),
        (Role("victim", at("soldiers"), OFFICE), Role("accused", at("The rebels"), None, OFFICE)),
        (ClaimId("c1"), ClaimId("c2")),
        tuple(quantity.id for quantity in quantities),
    )
    return Reading(
        Document(DocumentId(identifier), TEXT, outlet=outlet, published=date(2025, 6, 3)),
        (Actor(OFFICE, "Marala army", "army", (at("The Marala army"),), "Marala", "XM"),),
        (
            claim(1, "The Marala army", "said", ("seven of its soldiers were killed",)),
            claim(2, "The rebels", "denied", ("that nine died",), Stance.DENY),
            claim(3, "", "Reportedly", ('"at least two"', "were hurt")),
        ),
        (),
        quantities,
        (Time(TimeId("t1"), at("on Sunday"), date(2025, 6, 1), date(2025, 6, 1), Precision.DAY, "2025-06-01"),),
        (Place(KURATOVO, at("Kuratovo"), "Kuratovo", "Kuratovo", "town", 50.1, 36.2, "XM", radius_km=3),),
        (telling,),
        (Caveat(at("could not be verified"), Verification.COULD_NOT_VERIFY, ("q1",)),),
        Maker("1.0", "none"),
    )


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Ledger]:
    with ledger.open(tmp_path / "book.db", create=True) as opened:
        opened.record([reading()])
        yield opened


def exported(book: Ledger, form: str) -> tuple[int, bytes]:
    stream = io.BytesIO()
    return FORMATS[form](book, stream), stream.getvalue()


def test_readings_are_written_as_the_contract_has_them(book: Ledger) -> None:
    count, body = exported(book, "readings")
    assert count == 1
    assert body.endswith(b"}\n")
    assert codec.reading(body) == reading()
    assert json.loads(body)["claims"][0]["content"] == [list(at("seven of its soldiers were killed"))]


def test_csv_is_one_claim_a_row(book: Ledger) -> None:
    count, body = exported(book, "csv")
    rows = list(csv.DictReader(io.StringIO(body.decode(), newline="")))
    assert (count, len(rows), tuple(rows[0])) == (3, 3, COLUMNS)
    first, second, third = rows
    assert (first["document"], first["outlet"], first["published"]) == ("strike-1", "Kuratovo Post", "2025-06-03")
    assert (first["source"], first["cue"]) == ("The Marala army", "said")
    assert (first["claimant"], first["claimant_kind"], first["claimant_side"]) == ("Marala army", "army", "Marala")
    assert TEXT[int(first["content_start"]) : int(first["content_end"])] == first["content"]
    assert (second["act"], second["stance"], second["claimant"]) == ("deny", "deny", "")
    assert (third["source"], third["source_start"]) == ("", "")
    assert third["content"] == '"at least two" … were hurt'
    assert json.loads(third["content_spans"]) == [list(at('"at least two"')), list(at("were hurt"))]


def test_csv_keeps_quotes_commas_and_line_ends(tmp_path: Path) -> None:
    text = 'The mayor said:\n"Seven, no, eight".'
    whole_text = Span(0, len(text))
    said = Claim(
        ClaimId("c1"), (whole_text,), (), (whole_text,), None, Speech.DIRECT, Act.SAY, Stance.AFFIRM, Distance.NEUTRAL
    )
    document = Document(DocumentId("d"), text, outlet='The "Post", Kuratovo')
    with ledger.open(tmp_path / "quotes.db", create=True) as book:
        book.record([replace(reading(), document=document, claims=(said,), actors=())])
        (row,) = csv.DictReader(io.StringIO(exported(book, "csv")[1].decode(), newline=""))
    assert (row["content"], row["outlet"]) == (text, 'The "Post", Kuratovo')


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+7 dead", "'+7 dead"),
        ("- no one", "'- no one"),
        ("@army: hit", "'@army: hit"),
        ("\t=1", "'\t=1"),
        ("7 = seven", "7 = seven"),
        ("'quoted'", "'quoted'"),
        ("", ""),
        (None, None),
    ],
)
def test_no_cell_is_a_formula(words: str | None, cell: str | None) -> None:
    assert plain(words) == cell


def test_json_is_one_incident_a_line(book: Ledger) -> None:
    gather(book)
    count, body = exported(book, "json")
    assert count == 1
    incident = json.loads(body)
    assert {name: incident[name] for name in ("schema", "kind", "status", "earliest", "latest", "documents")} == {
        "schema": "rashomon/incident/1",
        "kind": "STRIKE.DRONE",
        "status": "occurred",
        "earliest": "2025-06-01",
        "latest": "2025-06-01",
        "documents": ["strike-1"],
    }
    assert re.fullmatch(r"RA-[0-9A-Z]{10}", incident["id"])
    assert incident["places"][0]["name"] == "Kuratovo"
    killed = next(one for one in incident["comparisons"] if one["question"] == "killed")
    seven = next(one for one in killed["answers"] if one["low"] == 7)
    assert (seven["high"], seven["unit"], seven["polarity"], seven["sides"]) == (7, "person", "affirm", ["Marala"])
    (evidence,) = seven["claims"]
    assert (evidence["document"], evidence["claim"], evidence["span"]) == ("strike-1", "c1", list(at(evidence["text"])))


def test_what_is_not_gathered_yet_is_no_incident(book: Ledger) -> None:
    assert exported(book, "json") == (0, b"")


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_ledger_exports_to_nothing(tmp_path: Path, form: str) -> None:
    with ledger.open(tmp_path / "empty.db", create=True) as book:
        count, body = exported(book, form)
    assert count == 0
    assert body.decode().splitlines() == ([",".join(COLUMNS)] if form == "csv" else [])


@pytest.mark.parametrize("form", FORMATS)
def test_the_order_of_arrival_does_not_matter(tmp_path: Path, form: str) -> None:
    batch = [reading(f"strike-{n}") for n in range(5)]
    bodies = []
    for n, order in enumerate((batch, batch[::-1])):
        with ledger.open(tmp_path / f"{n}.db", create=True) as book:
            book.record(order)
            gather(book)
            bodies.append(exported(book, form)[1])
    assert bodies[0] == bodies[1]


def interrupted(path: Path) -> None:
    with whole(path) as stream:
        stream.write(b"sec")
        raise KeyboardInterrupt


def test_a_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with whole(path) as stream:
        stream.write(b"first")
        assert not path.exists()
    with pytest.raises(KeyboardInterrupt):
        interrupted(path)
    assert path.read_bytes() == b"first"
    with whole(path) as stream:
        stream.write(b"second")
    assert path.read_bytes() == b"second"
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    with whole(link) as stream:
        stream.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such device here")
def test_a_device_is_written_to_and_not_replaced() -> None:
    with whole(Path(os.devnull)) as stream:
        stream.write(b"nothing")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@pytest.mark.parametrize("place", ["missing/out.csv", "."])
def test_what_cannot_be_written_is_named(tmp_path: Path, place: str) -> None:
    with pytest.raises(RashomonError, match="cannot be written"), whole(tmp_path / place) as stream:
        stream.write(b"x")
