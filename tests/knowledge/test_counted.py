from __future__ import annotations

from decimal import Decimal

import pytest

from rashomon.knowledge.counted import Voice, forms, nouns, outcomes, plural
from rashomon.knowledge.units import named, units


@pytest.mark.parametrize(
    ("lemma", "irregular", "active", "past"),
    [
        ("kill", [], ("kill", "kills", "killing"), ("killed",)),
        ("release", [], ("release", "releases", "releasing"), ("released",)),
        ("bury", [], ("bury", "buries", "burying"), ("buried",)),
        ("drop", [], ("drop", "drops", "dropping"), ("dropped",)),
        ("hit", ["hit"], ("hits", "hitting"), ("hit",)),
        ("shoot down", ["shot down"], ("shoot down", "shoots down", "shooting down"), ("shot down",)),
    ],
)
def test_forms(lemma: str, irregular: list[str], active: tuple[str, ...], past: tuple[str, ...]) -> None:
    assert forms(lemma, irregular) == (active, past)


@pytest.mark.parametrize(("lemma", "many"), [("city", "cities"), ("boy", "boys"), ("bus", "buses"), ("tank", "tanks")])
def test_plurals(lemma: str, many: str) -> None:
    assert plural(lemma) == many


def test_nouns_by_every_form() -> None:
    assert (nouns()["children"].lemma, nouns()["children"].plural) == ("child", True)
    assert (nouns()["tank"].sort, nouns()["tank"].plural) == ("equipment", False)


def test_the_longest_outcome_comes_first() -> None:
    sizes = [len(outcome.words) for outcome in outcomes()["shot"]]
    assert sizes == sorted(sizes, reverse=True)
    assert outcomes()["killing"][-1].voice is Voice.AFTER
    assert outcomes()["killed"][-1].voice is Voice.EITHER


def test_units_compare_in_one_base() -> None:
    pound, kilogram = units()["lb",], named()["kilogram"]
    assert pound.base == kilogram.base
    assert abs(2000 * pound.factor - 907 * kilogram.factor) < kilogram.factor


def test_money_has_its_code() -> None:
    assert (units()["us", "$"].base, units()["₽",].base) == ("USD", "RUB")
    assert units()["pesos",].base == ""
    assert named()["penny"].factor == Decimal("0.01")
