"""Readings in a terminal: every word of the article, numbers where claims begin, who says what beneath."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

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
from rashomon.terminal import accounts, article, clean, interval

TEXT = (
    "Guns fell silent in Tarna on Monday, the Northern Army said, after seven people were killed.\n\n"
    'The town\'s mayor, Lena Ost, denied it. "They are still firing," she added. The army would not say how many '
    "guns it has. None of this could be checked."
)


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def claim(number: int, source: str, cue: str, content: str, actor: str | None, stance: Stance = Stance.AFFIRM) -> Claim:
    who = ActorId(actor) if actor else None
    return Claim(
        ClaimId(f"c{number}"),
        (at(source),),
        (at(cue),),
        (at(content),),
        who,
        Speech.INDIRECT,
        Act.SAY,
        stance,
        Distance.NEUTRAL,
    )


READING = Reading(
    document=Document(DocumentId("tarna-1"), TEXT, outlet="Hill Post", title="Tarna quiet", published=date(2031, 3, 4)),
    actors=(
        Actor(ActorId("a1"), "Northern Army", "army", ()),
        Actor(ActorId("a2"), "Lena Ost", "person", ()),
    ),
    claims=(
        claim(1, "the Northern Army", "said", "Guns fell silent in Tarna on Monday", "a1"),
        claim(2, "The town's mayor, Lena Ost,", "denied", "it", "a2", Stance.DENY),
        claim(3, "she", "added", '"They are still firing,"', "a2"),
        claim(4, "The army", "would not say", "how many guns it has", "a1", Stance.UNDISCLOSED),
    ),
    events=(),
    quantities=(
        Quantity(
            QuantityId("q1"), at("seven people"), "killed", Decimal(7), Decimal(7), Decimal(7), Bound.EXACT, "person"
        ),
    ),
    times=(Time(TimeId("t1"), at("on Monday"), date(2031, 3, 3), date(2031, 3, 3), Precision.DAY, "2031-03-03"),),
    places=(Place(PlaceId("p1"), at("Tarna"), "Tarna", None, None, None, None, None),),
    incidents=(
        Telling(
            TellingId("i1"),
            "DIP.CEASEFIRE",
            Status.CLAIMED,
            (at("fell silent"),),
            TimeId("t1"),
            (Where(PlaceId("p1"), "location"),),
        ),
    ),
    caveats=(Caveat(at("None of this could be checked"), Verification.COULD_NOT_VERIFY, ("c1", "c3")),),
    maker=Maker("0", "none"),
)


def lines(reading: Reading, *, page: bool, width: int | None) -> list[str]:
    return [line.plain.rstrip() for line in (article if page else accounts)(reading, width)]


@pytest.mark.parametrize("width", [30, 80, 120, None])
def test_the_page_holds_every_word_and_no_line_is_too_wide(width: int | None) -> None:
    page = lines(READING, page=True, width=width)
    body = " ".join(" ".join(line[8:] for line in page).split())
    assert " ".join(TEXT.split()) in body
    assert width is None or max(map(len, page)) <= width


def test_margin_numbers_stand_where_claims_begin() -> None:
    page = lines(READING, page=True, width=60)
    assert next(line for line in page if "Guns fell silent" in line).split()[0] == "1"
    assert next(line for line in page if "town's mayor" in line).startswith("   2 3")
    assert next(line for line in page if "seven people were" in line).startswith("        ")


def test_who_says_what_is_listed_beneath() -> None:
    page = "\n".join(lines(READING, page=True, width=None))
    for line in (
        "     1  Northern Army said: “Guns fell silent in Tarna on Monday” [0–35]",
        "Lena Ost denied: “it” [",
        'Lena Ost (she) added: "They are still firing," [',
        "(not disclosed)",
        "     !  could not be verified: “None of this could be checked” [",
        "] about 1, 3",
    ):
        assert line in page


@pytest.mark.parametrize(
    ("cue", "line"),
    [
        ((at("said"),), "Northern Army said: “Guns fell silent"),
        ((), "Northern Army is quoted: “Guns fell silent"),
        ((Span(at("Monday").end, at("Monday").end + 1),), "Northern Army: “Guns fell silent"),
    ],
)
def test_a_cue_is_a_word_a_mark_or_nothing(cue: tuple[Span, ...], line: str) -> None:
    said = replace(READING.claims[0], cue=cue)
    assert line in "\n".join(lines(replace(READING, claims=(said,)), page=True, width=None))


def test_the_ledger_of_a_document_goes_by_voice() -> None:
    ledger = lines(READING, page=False, width=None)
    assert ledger[:3] == ["Tarna quiet", "Hill Post · 2031-03-04 · tarna-1", ""]
    assert ledger.index("Northern Army") < ledger.index("Lena Ost")
    assert ledger[ledger.index("Northern Army") + 2].startswith("     4  (The army) would not say")
    assert "        killed: 7 person  “seven people” [67–79]" in ledger
    assert "    i1  DIP.CEASEFIRE claimed · 2031-03-03 · Tarna  “fell silent”" in ledger


def test_nothing_found_is_said_in_words() -> None:
    nothing = Reading(READING.document, (), (), (), (), (), (), (), (), READING.maker)
    for page in (True, False):
        assert "Nobody is quoted or named as a source in this text." in lines(nothing, page=page, width=80)


@pytest.mark.parametrize(
    ("low", "high", "value", "words"),
    [
        (7, 7, 7, "7"),
        (7, None, 7, "7 or more"),
        (None, 30, 30, "up to 30"),
        (6, 30, None, "6 to 30"),
        (None, None, 50_000, "about 50,000"),
        (None, None, None, "no number given"),
        (0, 0, 0, "0"),
        (7_000_000_000, 7_000_000_000, 7_000_000_000, "7,000,000,000"),
    ],
)
def test_an_interval_in_words(low: int | None, high: int | None, value: int | None, words: str) -> None:
    said, least, most = (None if n is None else Decimal(n) for n in (value, low, high))
    assert interval(Quantity(QuantityId("q"), Span(0, 1), "killed", said, least, most, Bound.EXACT)) == words


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a\x1b[31mred", "a·[31mred"),
        ("one\r\ntwo\tthree", "one \ntwo three"),
        ("left\u202eright", "left·right"),
        ("Khān Shaykhūn “quoted” —", "Khān Shaykhūn “quoted” —"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_no_document_drives_the_terminal(written: str, shown: str) -> None:
    assert clean(written) == shown


@given(st.text(), st.integers(30, 120))
def test_any_text_can_be_shown(text: str, width: int) -> None:
    document = Document(DocumentId("any"), text)
    reading = Reading(document, (), (), (), (), (), (), (), (), READING.maker)
    for line in article(reading, width):
        assert cell_len(line.plain) <= width
        assert "\x1b" not in line.plain
