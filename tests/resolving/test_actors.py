"""Names as printed go in, one name for each actor comes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from rashomon.model.incident import Told
from rashomon.model.judgement import Judgement, JudgementId, Verdict
from rashomon.resolving.actors import identity, unify
from rashomon.resolving.voices import UNATTRIBUTED, voice

Account = Callable[..., Told]


@pytest.mark.parametrize(
    ("name", "kind", "country", "wanted"),
    [
        ("Russia's Defence Ministry", None, None, "Russian Defense Ministry"),
        ("the Russian Ministry of Defense", None, None, "Russian Defense Ministry"),
        ("Ministry of Defence of the Russian Federation", None, None, "Russian Defense Ministry"),
        ("Russian MoD", None, None, "Russian Defense Ministry"),
        ("Defence Ministry", "ministry", "RU", "Russian Defense Ministry"),
        ("defense ministry", "ministry", "UA", "Ukrainian Defence Ministry"),
        ("SBU", None, None, "Security Service of Ukraine"),
        ("Ukraine’s military intelligence", None, None, "Main Directorate of Intelligence"),
        ("the Israeli military", None, None, "Israel Defense Forces"),
        ("Department of Defense (DoD)", None, "US", "Pentagon"),
        ("Kenyan Foreign Ministry", None, None, "Kenyan Foreign Ministry"),
        ("Ministry of Foreign Affairs of Kenya", None, None, "Kenyan Foreign Ministry"),
        ("Investigative Committee", "investigator", "BY", "Investigative Committee of Belarus"),
        ("Moscow", "executive", "RU", "Russian government"),
        ("Moscow", "unknown", "RU", "Moscow"),
        ("AFP news agency", "media", None, "Agence France-Presse"),
        ("President Volodymyr Zelensky", "executive", None, "Volodymyr Zelenskyy"),
        ("Zelenskiy", None, None, "Volodymyr Zelenskyy"),
        ("Acting governor Ana Torrealba", "executive", None, "Ana Torrealba"),
        ("BRIGADIER GENERAL JUAN ROBLEDA", None, None, "Juan Robleda"),
        ("Islamic Resistance Movement (Hamas)", None, None, "Hamas"),
        ("Governor's Office", None, None, "Governor's Office"),
        ("regional authorities", "executive", None, "regional authorities"),
        ("POLICE SPOKESPERSON", None, None, "police spokesperson"),
        ("Vesna Orlovac", "person", None, "Vesna Orlovac"),
    ],
)
def test_identity(name: str, kind: str | None, country: str | None, wanted: str) -> None:
    assert identity(name, kind, country) == wanted


@pytest.mark.parametrize("name", ["Russian Defense Ministry", "Kenyan Foreign Ministry", "Hamas", "Ana Torrealba"])
def test_an_identity_is_its_own(name: str) -> None:
    assert identity(name) == name


@pytest.mark.parametrize(
    ("names", "short", "wanted"),
    [
        (["Orlovac", "Vesna Orlovac"], "Orlovac", "Vesna Orlovac"),
        (["Orlovac", "Vesna Orlovac", "Ivan Orlovac"], "Orlovac", "Orlovac"),
        (["Orlovac", "Vesna Orlovac", "Vesna M. Orlovac"], "Orlovac", "Vesna M. Orlovac"),
        (["Vesna", "Vesna Orlovac"], "Vesna", "Vesna"),
        (["officials", "health officials"], "officials", "officials"),
        (["Ukraine", "Security Service of Ukraine"], "Ukraine", "Ukraine"),
        (["Lake Sheriff", "Cobb Lake Sheriff"], "Lake Sheriff", "Cobb Lake Sheriff"),
    ],
)
def test_short_forms_go_to_the_one_fuller_name(names: list[str], short: str, wanted: str) -> None:
    found = unify(names)
    assert found[short] == wanted
    assert set(found) == set(names)


def judgement(number: int, verdict: Verdict, *subjects: str, replaces: int | None = None) -> Judgement:
    at = datetime(2025, 6, number, tzinfo=UTC)
    return Judgement(
        JudgementId(number), verdict, subjects, "olena", at, "", None if replaces is None else JudgementId(replaces)
    )


SAME, DIFFERENT, UNDO = Verdict.SAME_ACTOR, Verdict.DIFFERENT_ACTOR, Verdict.UNDO


@pytest.mark.parametrize(
    ("judged", "wanted"),
    [
        ([], {"Orlovac": "Vesna Orlovac", "the mayor": "the mayor"}),
        (
            [judgement(1, SAME, "Vesna Orlovac", "the mayor")],
            {"Orlovac": "Vesna Orlovac", "the mayor": "Vesna Orlovac"},
        ),
        ([judgement(1, DIFFERENT, "Vesna Orlovac", "Orlovac")], {"Orlovac": "Orlovac", "the mayor": "the mayor"}),
        (
            [judgement(1, SAME, "Vesna Orlovac", "the mayor"), judgement(2, UNDO, replaces=1)],
            {"Orlovac": "Vesna Orlovac", "the mayor": "the mayor"},
        ),
        (
            [judgement(1, DIFFERENT, "Vesna Orlovac", "Orlovac"), judgement(2, SAME, "Vesna Orlovac", "Orlovac")],
            {"Orlovac": "Vesna Orlovac", "the mayor": "the mayor"},
        ),
    ],
)
def test_what_people_judged_comes_first(judged: list[Judgement], wanted: dict[str, str]) -> None:
    found = unify(["Orlovac", "Vesna Orlovac", "the mayor"], judged)
    assert {name: found[name] for name in wanted} == wanted


@pytest.mark.parametrize(
    ("marked", "name", "side"),
    [
        ("[Russia's Defence Ministry] <said> {the *blast* killed two people}.", "Russian Defense Ministry", "Russia"),
        ("[Pentagon spokeswoman Ana Torrealba] <said> {the *blast* killed two people}.", "Pentagon", "United States"),
        ("[Ukraine's Ground Forces] <said> {the *blast* killed two people}.", "Ukrainian Ground Forces", "Ukraine"),
        ("[Governor Ana Torrealba] <said> {the *blast* killed two people}.", "Ana Torrealba", None),
        ("{The *blast* killed two people}, it <was reported>.", UNATTRIBUTED, None),
    ],
)
def test_who_speaks(account: Account, marked: str, name: str, side: str | None) -> None:
    told = account(marked)
    (claim,) = told.reading.claims
    found = voice(told, claim.id)
    assert (found.name, found.side, found.narrator) == (name, side, False)


@pytest.mark.parametrize(
    ("text", "outlet", "copy_of", "name"),
    [
        ("The *blast* killed two people.", "The Daily", None, "The Daily"),
        ("The *blast* killed two people.", "BBC News", None, "BBC"),
        ("The *blast* killed two people.", None, None, "paper-7"),
        ("KYIV, June 1 (AP) - The *blast* killed two people.", "The Daily", None, "Associated Press"),
        ("By Reuters\n\nThe *blast* killed two people.", "The Daily", None, "Reuters"),
        ("KYIV (BLOOD) - The *blast* killed two people.", "The Daily", None, "The Daily"),
        ("The *blast* killed two people.", "The Daily", "wire-3", "wire-3"),
    ],
)
def test_the_articles_own_voice(
    account: Account, text: str, outlet: str | None, copy_of: str | None, name: str
) -> None:
    told = account(text, outlet=outlet, name="paper-7", copy_of=copy_of)
    found = voice(told, None)
    assert (found.name, found.narrator) == (name, True)
