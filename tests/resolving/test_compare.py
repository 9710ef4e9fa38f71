"""How accounts stand to each other: sentences as printed go in, the relation of their answers comes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import permutations

import pytest

from rashomon.model.incident import Comparison, Polarity, Relation, Told
from rashomon.resolving.compare import compare

Account = Callable[..., Told]
# Day of June, outlet, marked text.
Printed = tuple[int, str, str]

MINISTRY = "[The Health Ministry] <said> {the *blast* killed %s people}."
POLICE = "[Police] <said> {the *blast* killed %s people}."


def printed(account: Account, *articles: Printed) -> list[Told]:
    return [account(text, day, outlet, f"{outlet}-{at}") for at, (day, outlet, text) in enumerate(articles)]


def asked(told: Sequence[Told], question: str) -> Comparison:
    return next(one for one in compare(told) if one.question == question)


def standing(one: Comparison) -> list[tuple[int | None, int | None]]:
    """The intervals of the answers that have not been superseded."""
    return [(_int(a.low), _int(a.high)) for a in one.answers if not a.superseded and a.polarity is Polarity.AFFIRM]


def _int(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount)


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("12", "12", Relation.AGREE),
        ("12", "15", Relation.DISAGREE),
        ("at least seven", "nine", Relation.COMPATIBLE),
        ("at least ten", "nine", Relation.DISAGREE),
        ("more than 20", "at least 15", Relation.COMPATIBLE),
        ("several", "69", Relation.COMPATIBLE),
        ("dozens of", "69", Relation.COMPATIBLE),
        ("dozens of", "three", Relation.DISAGREE),
        ("hundreds of", "40", Relation.DISAGREE),
        ("about 50", "52", Relation.COMPATIBLE),
        ("about 50", "80", Relation.DISAGREE),
        ("between six and 30", "28", Relation.COMPATIBLE),
        ("up to ten", "eight", Relation.COMPATIBLE),
    ],
)
def test_two_voices_on_one_day(account: Account, first: str, second: str, relation: Relation) -> None:
    told = printed(account, (1, "The Daily", MINISTRY % first), (1, "The Post", POLICE % second))
    assert asked(told, "killed").relation is relation


def test_figures_apart_by_no_more_than_their_words_differ_marginally(account: Account) -> None:
    found = asked(printed(account, (1, "A", MINISTRY % "more than 60"), (1, "B", POLICE % "60")), "killed")
    assert (found.relation, found.marginal) == (Relation.DISAGREE, True)


@pytest.mark.parametrize(
    ("articles", "relation", "now"),
    [
        pytest.param(
            [(1, "A", MINISTRY % "31"), (2, "A", MINISTRY % "62"), (3, "B", MINISTRY % "59")],
            Relation.SUPERSEDED,
            [(59, 59)],
            id="one voice, up and down",
        ),
        pytest.param(
            [(1, "A", MINISTRY % "seven"), (1, "B", MINISTRY % "nine")],
            Relation.SUPERSEDED,
            [(9, 9)],
            id="one voice on one day: tolls rise",
        ),
        pytest.param(
            [(1, "A", MINISTRY % "seven"), (2, "B", POLICE % "nine")],
            Relation.SUPERSEDED,
            [(9, 9)],
            id="a chain of officials",
        ),
        pytest.param(
            [(1, "A", MINISTRY % "seven"), (2, "B", MINISTRY % "at least seven")],
            Relation.SINGLE_SOURCE,
            [(7, 7), (7, None)],
            id="told again in other words",
        ),
        pytest.param(
            [(1, "A", "The *blast* killed seven people."), (2, "B", "The *blast* killed nine people.")],
            Relation.SUPERSEDED,
            [(9, 9)],
            id="outlets follow a rising toll",
        ),
        pytest.param(
            [(1, "A", "The *blast* killed nine people."), (2, "B", "The *blast* killed seven people.")],
            Relation.DISAGREE,
            [(9, 9), (7, 7)],
            id="outlets that count fewer disagree",
        ),
        pytest.param(
            [
                (1, "A", MINISTRY % "seven"),
                (2, "A", MINISTRY % "nine"),
                (1, "B", "The *blast* killed seven people."),
            ],
            Relation.SUPERSEDED,
            [(9, 9)],
            id="who said so while it stood is no contradiction",
        ),
        pytest.param(
            [
                (1, "A", MINISTRY % "seven"),
                (2, "A", "[The Health Ministry] <said> {the *blast* killed four more people}."),
            ],
            Relation.SUPERSEDED,
            [(11, 11)],
            id="four more",
        ),
        pytest.param(
            [(2, "A", "[The Health Ministry] <said> {the *blast* killed 59 people and not 62}.")],
            Relation.SUPERSEDED,
            [(59, 59)],
            id="59 and not 62",
        ),
        pytest.param(
            [(1, "A", MINISTRY % "seven"), (2, "A", "[Witnesses] <said> {the *blast* killed nine people}.")],
            Relation.DISAGREE,
            [(7, 7), (9, 9)],
            id="others' later figures replace nobody's",
        ),
    ],
)
def test_figures_in_time(
    account: Account, articles: list[Printed], relation: Relation, now: list[tuple[int | None, int | None]]
) -> None:
    found = asked(printed(account, *articles), "killed")
    assert found.relation is relation
    assert sorted(standing(found), key=str) == sorted(now, key=str)


@pytest.mark.parametrize(
    ("articles", "question", "relation"),
    [
        pytest.param(
            [(1, "A", MINISTRY % "12"),
             (1, "B", "[Police] <said> {the *blast* killed 12 people, including three children}.")],
            "killed",
            Relation.AGREE,
            id="a part is within its total",
        ),
        pytest.param(
            [(1, "A", MINISTRY % "two"),
             (1, "B", "[Police] <said> {the *blast* killed people, including three children}.")],
            "killed",
            Relation.DISAGREE,
            id="a part is more than another's total",
        ),
        pytest.param(
            [(1, "A", "[The army] <said> {the *blast* killed 12 soldiers}."), (1, "B", POLICE % "20")],
            "killed",
            Relation.COMPATIBLE,
            id="soldiers among people",
        ),
        pytest.param(
            [(1, "A", "[The army] <said> {nobody was injured in the *blast*}."),
             (1, "B", "[Witnesses] <said> {the *blast* injured four people}.")],
            "injured",
            Relation.DISAGREE,
            id="nobody and four",
        ),
        pytest.param(
            [(1, "A", "[The army] <said> {the *blast* caused no casualties}."), (1, "B", POLICE % "four")],
            "killed",
            Relation.DISAGREE,
            id="no casualties and four dead",
        ),
        pytest.param(
            [(1, "A", "[The army] <said> {the *blast* caused 30 casualties}."),
             (1, "B", "[Police] <said> {the *blast* killed ten people and injured 20}.")],
            "killed_or_injured",
            Relation.AGREE,
            id="killed and injured make the casualties",
        ),
        pytest.param(
            [(1, "A", "[The army] <said> {the *blast* caused 30 casualties}."),
             (1, "B", "[Police] <said> {the *blast* killed ten people and injured 50}.")],
            "killed_or_injured",
            Relation.DISAGREE,
            id="killed and injured do not make the casualties",
        ),
        pytest.param(
            [(1, "A", "[The Pentagon] <said> {a 2,000-pound *bomb* was dropped}."),
             (1, "B", "[Police] <said> {a 900-kilogram *bomb* was dropped}.")],
            "explosive_mass",
            Relation.AGREE,
            id="pounds and kilograms",
        ),
        pytest.param(
            [(1, "A", "[The Pentagon] <said> {a 2,000-pound *bomb* was dropped}."),
             (1, "B", "[Police] <said> {a 500-kilogram *bomb* was dropped}.")],
            "explosive_mass",
            Relation.DISAGREE,
            id="pounds and other kilograms",
        ),
    ],
)  # fmt: skip
def test_figures_of_parts_and_units(
    account: Account, articles: list[Printed], question: str, relation: Relation
) -> None:
    assert asked(printed(account, *articles), question).relation is relation


def test_ten_outlets_that_quote_one_ministry_are_one_voice(account: Account) -> None:
    told = printed(account, *((1, f"Outlet {number}", MINISTRY % "12") for number in range(10)))
    found = asked(told, "killed")
    (answer,) = found.answers
    assert found.relation is Relation.SINGLE_SOURCE
    assert answer.voices == ("Health Ministry",)
    assert len(answer.claims) == 10


def test_a_copy_adds_a_printing_and_no_voice(account: Account) -> None:
    text = "The *blast* killed 12 people."
    wire = account(text, 1, "North Wire", "wire")
    copy = account(text, 1, "Lake Daily", "copy", copy_of="wire")
    found = asked([copy, wire], "killed")
    assert found.relation is Relation.SINGLE_SOURCE
    assert found.answers[0].voices == ("North Wire",)
    assert {one.document for one in found.answers[0].claims} == {"wire", "copy"}


def test_a_text_that_credits_an_agency_is_the_agencys(account: Account) -> None:
    text = "KYIV, June 1 (Reuters) - The *blast* killed 12 people."
    told = [account(text, 1, outlet, outlet) for outlet in ("The Daily", "The Post")]
    assert asked(told, "killed").relation is Relation.SINGLE_SOURCE
    assert asked(told, "killed").answers[0].voices == ("Reuters",)


def test_a_headline_is_nobodys_count(account: Account) -> None:
    text = "Blast kills 12 people\n\n[Police] <said> {the *blast* killed 12 people}."
    found = asked([account(text, title="Blast kills 12 people")], "killed")
    assert (found.relation, found.answers[0].voices) == (Relation.SINGLE_SOURCE, ("Police",))


@pytest.mark.parametrize(
    "caveat",
    [
        "The claim could not be independently verified.",
        "The ministry gave no evidence.",
    ],
)
def test_what_an_outlet_could_not_verify_stays_unverified(account: Account, caveat: str) -> None:
    told = printed(account, (1, "A", f"{MINISTRY % '12'} {caveat}"), (1, "B", MINISTRY % "12"))
    found = asked(told, "killed")
    assert (found.relation, found.answers[0].unverified) == (Relation.UNVERIFIED, True)


def test_hearsay_alone_is_unverified(account: Account) -> None:
    found = asked([account("{The *blast* killed 12 people}, it <was reported>.")], "killed")
    assert found.relation is Relation.UNVERIFIED


@pytest.mark.parametrize(
    ("articles", "question", "relation"),
    [
        pytest.param(
            [(1, "A", "[Kyiv] <said> {Russia *shelled* the village of Velyki}."),
             (1, "B", "[The Russian Defence Ministry] <denied> {that the village was *shelled*}.")],
            "occurrence",
            Relation.DISPUTED,
            id="one says it happened, one that it did not",
        ),
        pytest.param(
            [(1, "A", "[The army] <said> {rebels *attacked* a convoy}."),
             (1, "B", "[Police] <said> {rebels *attacked* a convoy}.")],
            "occurrence",
            Relation.AGREE,
            id="two say it happened",
        ),
        pytest.param(
            [(1, "A", "The *blast* was caused by a gas leak."),
             (1, "B", "[Investigators] <said> {the *blast* was caused by a gas leak}."),
             (1, "C", "[The army] <said> {the *blast* was caused by sabotage}.")],
            "cause",
            Relation.DISAGREE,
            id="a leak and sabotage",
        ),
        pytest.param(
            [(1, "A", "[Investigators] <said> {the *collapse* was caused by an explosion}."),
             (1, "B", "[Investigators] <withdrew> {their claim that an explosion had caused the *collapse*}.")],
            "cause",
            Relation.DISPUTED,
            id="a statement taken back",
        ),
        pytest.param(
            [(1, "A", "The *blast* hit Kharkiv on Sunday."), (2, "B", "The *blast* hit Kharkiv late on Sunday.")],
            "date",
            Relation.AGREE,
            id="one day",
        ),
        pytest.param(
            [(2, "A", "The *blast* hit Kharkiv on Sunday."), (2, "B", "The *blast* hit Kharkiv on Friday.")],
            "date",
            Relation.DISAGREE,
            id="two days",
        ),
        pytest.param(
            [(1, "A", "The *blast* hit Chuhuiv."), (1, "B", "The *blast* hit the Kharkiv region.")],
            "place",
            Relation.COMPATIBLE,
            id="a town and its region",
        ),
        pytest.param(
            [(1, "A", "The *blast* hit Kharkiv."), (1, "B", "The *blast* hit Odesa.")],
            "place",
            Relation.DISAGREE,
            id="two cities",
        ),
    ],
)  # fmt: skip
def test_answers_that_are_no_figures(
    account: Account, articles: list[Printed], question: str, relation: Relation
) -> None:
    assert asked(printed(account, *articles), question).relation is relation


@pytest.mark.parametrize(
    ("articles", "relation", "said"),
    [
        pytest.param(
            [(1, "A", "[Andrei Klishas] <accused> {‹Ukraine› of the *attack*}.")],
            Relation.DISPUTED,
            [("Ukraine", Polarity.AFFIRM)],
            id="an accusation nobody answers is open",
        ),
        pytest.param(
            [(1, "A", "[Kyiv] <blamed> {‹Russia› for the *attack*}."),
             (1, "B", "[Russia's Defence Ministry] <denied> {any role in the *attack*}.")],
            Relation.DISPUTED,
            [("Russia", Polarity.AFFIRM), ("Russia", Polarity.DENY)],
            id="an accusation denied",
        ),
        pytest.param(
            [(1, "A", "[Kyiv] <blamed> {‹Russia› for the *attack*}."),
             (1, "B", "The *attack* hit Kharkiv. [Russia's Defence Ministry] <denied> {involvement}.")],
            Relation.DISPUTED,
            [("Russia", Polarity.AFFIRM), ("Russia", Polarity.DENY)],
            id="a denial that names nothing",
        ),
        pytest.param(
            [(1, "A", "[Islamic State] <claimed> {responsibility for the *attack*}."),
             (1, "B", "«Islamic State» fighters *attacked* the post.")],
            Relation.AGREE,
            [("Islamic State", Polarity.AFFIRM)],
            id="who claims it and who is told of",
        ),
        pytest.param(
            [(1, "A", "«Russia» *attacked* the village."), (1, "B", "The «Russian army» *attacked* the village.")],
            Relation.COMPATIBLE,
            [("Russia", Polarity.AFFIRM), ("Russian army", Polarity.AFFIRM)],
            id="a state and its army",
        ),
        pytest.param(
            [(1, "A", "«Hamas» *attacked* the convoy."), (1, "B", "«Islamic State» *attacked* the convoy.")],
            Relation.DISAGREE,
            [("Hamas", Polarity.AFFIRM), ("Islamic State", Polarity.AFFIRM)],
            id="two groups",
        ),
    ],
)  # fmt: skip
def test_who_did_it(
    account: Account, articles: list[Printed], relation: Relation, said: list[tuple[str, Polarity]]
) -> None:
    found = asked(printed(account, *articles), "perpetrator")
    assert found.relation is relation
    assert sorted((a.value, a.polarity) for a in found.answers) == sorted(said)


def test_terms_are_worded_by_each_side(account: Account) -> None:
    told = [
        account("[Umerov] <said> {the sides *agreed* to swap 1,000 prisoners}.", 1, "A", kind="DIP.AGREEMENT"),
        account("[Medinsky] <said> {the sides had *agreed* to swap the sick}.", 1, "B", kind="DIP.AGREEMENT"),
    ]
    found = asked(told, "terms")
    assert found.relation is Relation.COMPATIBLE
    assert [answer.voices for answer in found.answers] == [("Rustem Umerov",), ("Vladimir Medinsky",)]


def test_the_order_of_tellings_changes_nothing(account: Account) -> None:
    told = printed(
        account,
        (1, "A", MINISTRY % "31"),
        (2, "B", MINISTRY % "62"),
        (2, "C", POLICE % "at least 40"),
        (3, "D", "The *blast* killed dozens of people in Kharkiv on Sunday."),
    )
    wanted = compare(told)
    assert all(compare(order) == wanted for order in permutations(told))


def test_every_answer_stands_on_words_with_their_day(account: Account) -> None:
    told = printed(account, (1, "A", MINISTRY % "31"), (2, "B", MINISTRY % "62"))
    texts = {one.reading.document.id: one.reading.document for one in told}
    words = [words for found in compare(told) for answer in found.answers for words in answer.claims]
    assert words
    for one in words:
        document = texts[one.document]
        assert (one.text, one.published) == (one.span.of(document.text), document.published)


def test_victims_fewer_than_the_injured_are_the_dead(account: Account) -> None:
    first = "[The mayor] <said> {the *blast* killed 31 people and injured 400 people}."
    later = "[The mayor] <said> {the number of victims of the *blast* is 59}."
    found = asked(printed(account, (1, "A", first), (3, "B", later)), "killed")
    assert (found.relation, standing(found)) == (Relation.SUPERSEDED, [(59, 59)])


def test_victims_who_may_be_all_who_were_harmed_are_not(account: Account) -> None:
    first = "[The mayor] <said> {the *blast* killed 31 people and injured 40 people}."
    later = "[The mayor] <said> {the number of victims of the *blast* is 59}."
    assert standing(asked(printed(account, (1, "A", first), (3, "B", later)), "killed")) == [(31, 31)]
