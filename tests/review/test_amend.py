"""What people decide, put into readings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from rashomon.model.judgement import Judgement, JudgementId, Part, Sense, Verdict
from rashomon.model.reading import Reading
from rashomon.model.text import Span
from rashomon.review import amend, disputed, rulings, standing

Read = Callable[..., Reading]
Judged = Callable[..., Judgement]
CONTENT = "A drone hit the depot at Marno, killing 12 workers"
MANY = Sense(kind="killed", low=Decimal(21), high=Decimal(21), unit="worker")


DAY, KIND = (Verdict.CORRECT, Part.DAY, "hit"), (Verdict.CORRECT, Part.KIND, "hit")
LAST = Sense(earliest=date(2025, 6, 1))
POINT = Sense(name="Marno", lat=1.0, lon=2.0)


@pytest.mark.parametrize(
    ("said", "seen", "wanted"),
    [
        ((Verdict.REJECT, Part.CLAIM, CONTENT), lambda r: (r.claims, r.quantities[0].claim), ((), None)),
        ((Verdict.CORRECT, Part.FIGURE, "12", MANY), lambda r: r.quantities[0].low, 21),
        ((Verdict.REJECT, Part.FIGURE, "12"), lambda r: (r.quantities, r.incidents[0].quantities), ((), ())),
        ((Verdict.CORRECT, Part.SPEAKER, CONTENT, Sense(name="Mayor Ost")), lambda r: r.actors[-1].name, "Mayor Ost"),
        ((Verdict.REJECT, Part.SPEAKER, CONTENT), lambda r: r.claims[0].claimant, None),
        ((*DAY, LAST), lambda r: (r.times[0].value, r.incidents[0].time), ("2025-06-01", "j1")),
        ((Verdict.CORRECT, Part.PLACE, "Marno", Sense(name="Kharkiv")), lambda r: r.places[0].country, "UA"),
        ((Verdict.CORRECT, Part.PLACE, "Marno", POINT), lambda r: (r.places[0].lat, r.places[0].kind), (1.0, "site")),
        ((Verdict.REJECT, Part.PLACE, "Marno"), lambda r: r.incidents[0].places, ()),
        ((*KIND, Sense(kind="BOMB.VEHICLE")), lambda r: r.incidents[0].kind, "BOMB.VEHICLE"),
        ((Verdict.ACCEPT, Part.FIGURE, "12"), lambda r: r.quantities[0].low, 12),
        ((Verdict.UNSURE, Part.FIGURE, "12"), lambda r: r.quantities[0].low, 12),
    ],
)  # fmt: skip
def test_a_decision_is_put_in(
    read: Read, judged: Judged, said: tuple[object, ...], seen: Callable[[Reading], object], wanted: object
) -> None:
    machine = read()
    assert seen(amend(machine, [judged(*said)])) == wanted
    assert machine == read()


def test_a_claim_added_takes_the_figures_in_its_words(read: Read, judged: Judged) -> None:
    added = judged(Verdict.ADD, Part.CLAIM, CONTENT, Sense(name="Northern Army"))
    amended = amend(read(claimed=None), [added])
    (claim,) = amended.claims
    assert (claim.id, claim.claimant) == ("j1", "a1")
    assert amended.quantities[0].claim == "j1"
    assert amended.incidents[0].claims == ("j1",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Update: A drone hit the depot at Marno, killing 12 workers, the Northern Army said.", "12"),
        ("A drone hit the depot at Marno, killing 12 workers, the Northern Army said. 12 more were hurt.", "12"),
    ],
)
def test_a_decision_is_found_again_where_its_words_went(read: Read, judged: Judged, text: str, words: str) -> None:
    made = judged(Verdict.CORRECT, Part.FIGURE, words, MANY)
    (figure,) = amend(read(text), [made]).quantities
    assert figure.low == 21
    assert figure.span.of(text) == "12"


def test_a_decision_outlives_weights_that_see_other_words_or_none(read: Read, judged: Judged) -> None:
    made = judged(Verdict.CORRECT, Part.FIGURE, "12", MANY)
    wider = amend(read(weights="two", figure="12 workers"), [made])
    assert [figure.low for figure in wider.quantities] == [21]
    blind = amend(read(weights="three", figure=None), [made])
    (figure,) = blind.quantities
    assert figure.low == 21
    assert f"{figure.incident} {figure.id}" == "i1 j1"


def test_a_decision_on_words_that_are_gone_rests(read: Read, judged: Judged) -> None:
    text = "A drone hit the depot at Marno, killing nine, the Northern Army said."
    machine = read(text, claimed="A drone hit the depot at Marno", figure="nine", number=9)
    made = judged(Verdict.CORRECT, Part.FIGURE, "12", MANY)
    assert rulings(machine, [made]) == ()
    assert amend(machine, [made]) == machine


@pytest.mark.parametrize(("undone", "low"), [((), 21), ((1,), 12), ((1, 2), 21), ((1, 2, 3), 12)])
def test_undoing_and_undoing_that(read: Read, judged: Judged, undone: tuple[int, ...], low: int) -> None:
    made = judged(Verdict.CORRECT, Part.FIGURE, "12", MANY)
    undoings = [replace(made, id=JudgementId(of + 1), verdict=Verdict.UNDO, about=None, replaces=JudgementId(of))
                for of in undone]  # fmt: skip
    assert amend(read(), [made, *undoings]).quantities[0].low == low
    assert (made in standing([made, *undoings])) == (low == 21)


def test_the_newest_decides_unless_something_is_settled(read: Read, judged: Judged) -> None:
    nine = Sense(kind="killed", low=Decimal(9), high=Decimal(9))
    one = judged(Verdict.CORRECT, Part.FIGURE, "12", MANY, id=1)
    other = judged(Verdict.CORRECT, Part.FIGURE, "12", nine, id=2, by="ana")
    settled = judged(Verdict.ACCEPT, Part.FIGURE, "12", id=3, by="chief", settles=True)
    late = judged(Verdict.CORRECT, Part.FIGURE, "12", nine, id=4, by="ana")
    assert amend(read(), [one, other]).quantities[0].low == 9
    assert amend(read(), [one, other, settled, late]).quantities[0].low == 12
    assert [{made.by for made in group} for group in disputed([one, other])] == [{"olena", "ana"}]
    assert disputed([one, other, settled]) == ()
    assert disputed([one, replace(one, id=JudgementId(2), by="ana")]) == ()


def test_a_span_that_only_touches_is_no_anchor(read: Read, judged: Judged) -> None:
    beside = judged(Verdict.REJECT, Part.FIGURE, " workers")
    assert beside.about is not None
    assert beside.about.span.start == Span(*read().quantities[0].span).end
    assert amend(read(), [beside]) == read()
