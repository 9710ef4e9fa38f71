"""Figures in sentences written for these tests: their words, their interval, what they count."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.coding.numbers import numbers
from rashomon.coding.quantities import quantities
from rashomon.coding.words import words_in
from rashomon.model.document import Document, DocumentId
from rashomon.model.telling import Bound, Quantity, Share
from rashomon.model.text import Span


def found(text: str) -> tuple[Quantity, ...]:
    return quantities(Document(DocumentId("d"), text))


class Figure(NamedTuple):
    words: str
    kind: str
    low: int | None
    high: int | None


def told(text: str) -> list[Figure]:
    """What a sentence tells, in plain numbers."""
    return [
        Figure(q.span.of(text), q.kind, None if q.low is None else int(q.low), None if q.high is None else int(q.high))
        for q in found(text)
    ]


@pytest.mark.parametrize(
    ("sentence", "low", "high", "bound"),
    [
        ("The blast killed 41 miners.", 41, 41, Bound.EXACT),
        ("The blast killed a dozen miners.", 12, 12, Bound.EXACT),
        ("The blast killed another seven miners.", 7, 7, Bound.EXACT),
        ("The blast killed at least seven miners.", 7, None, Bound.AT_LEAST),
        ("The blast killed no fewer than seven miners.", 7, None, Bound.AT_LEAST),
        ("The blast killed at least another five miners.", 5, None, Bound.AT_LEAST),
        ("The blast killed 20 or more miners.", 20, None, Bound.AT_LEAST),
        ("The blast killed more than 104 miners.", 105, None, Bound.MORE_THAN),
        ("The blast killed over 104 miners.", 105, None, Bound.MORE_THAN),
        ("The blast killed up to 30 miners.", None, 30, Bound.AT_MOST),
        ("The blast killed as many as 30 miners.", None, 30, Bound.AT_MOST),
        ("The blast killed no more than 30 miners.", None, 30, Bound.AT_MOST),
        ("The blast killed fewer than 30 miners.", None, 29, Bound.LESS_THAN),
        ("The blast killed some 50 miners.", None, None, Bound.ABOUT),
        ("The blast killed 50 or so miners.", None, None, Bound.ABOUT),
        ("The blast killed nearly 80 miners.", None, None, Bound.NEARLY),
        ("The blast killed between six and 30 miners.", 6, 30, Bound.RANGE),
        ("The blast killed dozens of miners.", None, None, Bound.VAGUE),
        ("The blast killed several miners.", None, None, Bound.VAGUE),
        ("The blast killed an unknown number of miners.", None, None, Bound.VAGUE),
    ],
)
def test_a_claim_is_an_interval(sentence: str, low: int | None, high: int | None, bound: Bound) -> None:
    (figure,) = found(sentence)
    assert (figure.low, figure.high, figure.bound) == (low, high, bound)
    assert (figure.kind, figure.unit) == ("killed", "miner")


def test_about_keeps_its_number() -> None:
    (figure,) = found("Some 50 miners died.")
    assert figure.value == Decimal(50)


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("Shells hit the ferry, killing a dozen sailors and injuring more than 60.",
         [("a dozen sailors", "killed", 12, 12), ("more than 60", "injured", 61, None)]),
        ("Seven killed, 104 injured in ferry fire",
         [("Seven", "killed", 7, 7), ("104", "injured", 104, 104)]),
        ("Ferry fire kills 7, wounds 104",
         [("7", "killed", 7, 7), ("104", "injured", 104, 104)]),
        ("57 sailors killed 150 injured in ferry fire",
         [("57 sailors", "killed", 57, 57), ("150", "injured", 150, 150)]),
        ("THREE SAILORS WERE KILLED AND 14 OTHERS WOUNDED",
         [("THREE SAILORS", "killed", 3, 3), ("14 OTHERS", "injured", 14, 14)]),
        ("the fire left 7 sailors dead and 12 missing.",
         [("7 sailors", "killed", 7, 7), ("12", "missing", 12, 12)]),
        ("Police made 12 arrests at the port.", [("12 arrests", "detained", 12, 12)]),
        ("Police made several arrests at the port.", [("several arrests", "detained", None, None)]),
        ("The death toll from the fire at the port has risen to 20.", [("20", "killed", 20, 20)]),
        ("Nine sailors and two cooks lost their lives.",
         [("Nine sailors", "killed", 9, 9), ("two cooks", "killed", 2, 2)]),
        ("Among the dead were 11 cooks.", [("11 cooks", "killed", 11, 11)]),
        ("The raid claimed the lives of four cooks.", [("four cooks", "killed", 4, 4)]),
        ("Fifteen deaths were reported.", [("Fifteen deaths", "killed", 15, 15)]),
        ("Forty sailors were killed and wounded.", [("Forty sailors", "killed_or_injured", 40, 40)]),
        ("There were 30 casualties.", [("30 casualties", "killed_or_injured", 30, 30)]),
        ("Police arrested 31 students.", [("31 students", "detained", 31, 31)]),
        ("Two hundred rebels surrendered.", [("Two hundred rebels", "captured", 200, 200)]),
        ("The rebels freed 19 hostages.", [("19 hostages", "released", 19, 19)]),
        ("Ten thousand people fled the valley.", [("Ten thousand people", "displaced", 10000, 10000)]),
        ("The army got back the bodies of 90 soldiers, which were handed over at the border.",
         [("90 soldiers", "bodies_returned", 90, 90)]),
        ("The rebels fired 40 rockets.", [("40 rockets", "weapons_used", 40, 40)]),
        ("Gunners shot down 12 drones and destroyed 3 tanks.",
         [("12 drones", "equipment_destroyed", 12, 12), ("3 tanks", "equipment_destroyed", 3, 3)]),
        ("The storm of shells damaged 14 houses.", [("14 houses", "buildings_damaged", 14, 14)]),
        ("The jets hit nine targets.", [("nine targets", "targets", 9, 9)]),
        ("Kyiv sent 3,000 troops.", [("3,000 troops", "troops", 3000, 3000)]),
        ("Eight explosions were heard.", [("Eight explosions", "explosions", 8, 8)]),
        ("The town is home to 8,000 people.", [("8,000 people", "population", 8000, 8000)]),
        ("The ministry asked 14 countries for help.", [("14 countries", "count_other", 14, 14)]),
    ],
)  # fmt: skip
def test_the_verb_near_by_says_what_became_of_them(sentence: str, figures: list[tuple[object, ...]]) -> None:
    assert told(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "kind", "words"),
    [
        ("No one was injured.", "injured", "No one"),
        ("Nobody was hurt.", "injured", "Nobody"),
        ("Not a single guard was killed.", "killed", "Not a single guard"),
        ("There were no deaths.", "killed", "no deaths"),
        ("The fire caused no casualties.", "killed_or_injured", "no casualties"),
    ],
)
def test_zero_is_a_figure(sentence: str, kind: str, words: str) -> None:
    assert told(sentence) == [(words, kind, 0, 0)]


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("A woman was killed.", [("A woman", "killed", 1, 1)]),
        ("The bomb killed the driver.", [("the driver", "killed", 1, 1)]),
        ("Bomb kills woman in market", [("woman", "killed", 1, 1)]),
        ("Another militant was killed.", [("Another militant", "killed", 1, 1)]),
        ("A woman said the market was closed.", []),
        ("A Syrian town was shelled, killing nobody.", []),
    ],
)
def test_one_without_a_number(sentence: str, figures: list[tuple[object, ...]]) -> None:
    assert told(sentence) == figures


@pytest.mark.parametrize(
    ("sentence", "words", "share"),
    [
        ("Four more sailors died.", "Four more sailors", Share.INCREMENT),
        ("A further 12 sailors died.", "A further 12 sailors", Share.INCREMENT),
        ("More than 12 sailors died.", "More than 12 sailors", None),
        ("Sailors, including three cadets, died.", "three cadets", Share.SUBSET),
        ("Eight of them died.", "Eight of them", Share.SUBSET),
        ("The toll rose to 20.", "20", Share.CUMULATIVE),
        ("Each side freed 300 prisoners.", "300 prisoners", Share.EACH),
        ("They freed 300 prisoners from each side.", "300 prisoners", Share.EACH),
        ("The dead were not 62 but fewer.", "62", Share.NEGATED),
        ("Twelve sailors died.", "Twelve sailors", None),
    ],
)
def test_how_a_figure_stands_to_others(sentence: str, words: str, share: Share | None) -> None:
    (figure,) = found(sentence)
    assert figure.span.of(sentence) == words
    assert figure.share is share


def test_part_of_the_dead_are_dead_too() -> None:
    sentence = "The fire killed 19 sailors, eight of them boys."
    assert told(sentence) == [("19 sailors", "killed", 19, 19), ("eight of them boys", "killed", 8, 8)]


@pytest.mark.parametrize(
    ("sentence", "kind", "value", "unit"),
    [
        ("It cost $7 billion.", "money", "7000000000", "US dollar"),
        ("It did damage of US $20 million.", "damage_cost", "20000000", "US dollar"),
        ("The raid destroyed $7 billion worth of aircraft.", "damage_cost", "7000000000", "US dollar"),
        ("It took more than a year and a half.", "duration", "1.5", "year"),
        ("It cost Rs 40 crore.", "money", "400000000", "Indian rupee"),
        ("It cost RM23.50.", "money", "23.50", "Malaysian ringgit"),
        ("It cost 900 euros.", "money", "900", "euro"),
        ("Oil rose to $58.24 per barrel.", "money", "58.24", "US dollar per barrel"),
        ("The village lies 60 km from the border.", "distance", "60", "kilometre"),
        ("The siege took 18 days.", "duration", "18", "day"),
        ("A two-hour meeting was held.", "duration", "2", "hour"),
        ("A 16-year-old girl spoke.", "age", "16", "year"),
        ("Olena Koval, 53, a baker, spoke.", "age", "53", "year"),
        ("He left school at the age of 12.", "age", "12", "year"),
        ("It holds 30 percent of the land.", "fraction", "30", "percent"),
        ("It holds 30pc of the land.", "fraction", "30", "percent"),
        ("They used 2,000-pound bombs.", "explosive_mass", "2000", "pound"),
        ("It covers 700 square miles.", "count_other", "700", "square mile"),
        ("The plant gives 60kW.", "count_other", "60", "kilowatt"),
    ],
)
def test_measures_have_units(sentence: str, kind: str, value: str, unit: str) -> None:
    (figure,) = found(sentence)
    assert (figure.kind, figure.value, figure.unit) == (kind, Decimal(value), unit)


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("The siege took more than two years.", 2, None),
        ("The siege took more than a week.", 1, None),
        ("The hill is less than 3 km away.", None, 3),
        ("Boys under the age of 16 were sent home.", None, 16),
        ("He freed men over the age of 60.", 60, None),
        ("Prices rose between 5% and 6%.", 5, 6),
        ("The hill is 4 to 6 km away.", 4, 6),
    ],
)
def test_measures_are_not_counted_in_whole_steps(sentence: str, low: int | None, high: int | None) -> None:
    (figure,) = found(sentence)
    assert (figure.low, figure.high) == (low, high)


@pytest.mark.parametrize(
    "sentence",
    [
        "The talks began in 2003.",
        "The talks began on 4 June 2025.",
        "The talks began on June 4, 2025.",
        "the talks began on 30 april.",
        "The talks began at 9:30.",
        "The talks began at 5 a.m. on Monday.",
        "The talks began at 1600 GMT.",
        "The S-300 and the Su-24 are old.",
        "Flight MH17 was late.",
        "It was the 4th round.",
        "Rovers won 2-0.",
        "Resolution 1701 still stands.",
        "She called 911.",
        "He lives in the 600 block of Elm Street.",
        "He lives at 49 Elm Tree Road.",
        "Ring 555-0199 for help.",
        "He said the same one was late.",
        "The 155mm shells came late.",
        "A week passed.",
        "How many is not known.",
    ],
)
def test_what_counts_nothing(sentence: str) -> None:
    assert told(sentence) == []


def test_the_day_before_a_figure_is_no_part_of_it() -> None:
    assert told("On 30 April 12 sailors died.") == [("12 sailors", "killed", 12, 12)]


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("The camp holds 25 Turkana and Pokot herders.", ("25 Turkana and Pokot herders", "count_other", 25, 25)),
        ("The camp took in 1.5m displaced people.", ("1.5m displaced people", "displaced", 1_500_000, 1_500_000)),
        ("Two US soldiers were killed.", ("Two US soldiers", "killed", 2, 2)),
        ("Two pick-up trucks were destroyed.", ("Two pick-up trucks", "vehicles_damaged", 2, 2)),
        ("Two F-16 jets were hit.", ("Two F-16 jets", "equipment_hit", 2, 2)),
    ],
)
def test_the_noun_phrase_is_read_to_its_head(sentence: str, figure: tuple[object, ...]) -> None:
    assert told(sentence) == [figure]


def test_one_of_several_counts_the_several() -> None:
    assert told("She was one of nine sailors killed.") == [("nine sailors", "killed", 9, 9)]


def test_a_figure_may_stand_behind_a_measure() -> None:
    sentence = "The jet dropped two 2,000-pound bombs."
    assert told(sentence) == [("two", "weapons_used", 2, 2), ("2,000-pound", "explosive_mass", 2000, 2000)]


def test_a_verb_in_the_next_sentence_governs_nothing() -> None:
    assert told("The mayor met 12 cooks. Nobody was killed.")[0] == ("12 cooks", "count_other", 12, 12)


def test_lines_wrapped_in_capitals_are_one_sentence() -> None:
    text = "THREE SAILORS AND THE CAPTAIN OF THE\nFERRY WERE KILLED."
    assert told(text) == [("THREE SAILORS", "killed", 3, 3)]


def test_words_of_dates_are_left_out() -> None:
    text = "The army shot 12 men three days ago."
    times = [Span(text.index("three"), len(text) - 1)]
    assert [q.span.of(text) for q in quantities(Document(DocumentId("d"), text), times=times)] == ["12 men"]


def test_only_the_given_parts_are_read() -> None:
    text = "Most read: 5 tips.\n\nThe blast killed 41 miners.\n\nCopyright 2025, 3 editors."
    start = text.index("The")
    (figure,) = quantities(Document(DocumentId("d"), text), [Span(start, text.index("\n\nCopyright"))])
    assert figure.span == Span(text.index("41"), text.index("41") + len("41 miners"))
    assert (figure.id, figure.claim, figure.incident) == ("q1", None, None)


@pytest.mark.parametrize(
    "sentence",
    ["The blast killed 41 miners.", "It cost $7 billion.", "Half a million fled.", "At least seven miners died."],
)
def test_a_figure_can_be_read_again_from_its_own_words(sentence: str) -> None:
    (figure,) = found(sentence)
    (number,) = numbers(words_in(sentence, figure.span))
    assert number.value == figure.value


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "12 1,400 3.5 a an the one two dozen half of third more than at least some many others no $ % - – , . \n "
            "killed wounded men women were and or to between km years old US July 2025 each not including AK-47".split(
                " "
            )
        ),
        max_size=25,
    )
)
def test_every_figure_points_at_its_words(pieces: list[str]) -> None:
    text = " ".join(pieces)
    figures = found(text)
    assert all(0 <= q.span.start < q.span.end <= len(text) for q in figures)
    assert all(q.span.of(text).strip() == q.span.of(text) for q in figures)
    assert all(q.low is None or q.high is None or q.low <= q.high for q in figures)
