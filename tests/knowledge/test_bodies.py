"""The tables of bodies and people: every row is whole, every name leads back to it."""

from __future__ import annotations

import pytest

from rashomon.knowledge.actors import heads, states
from rashomon.knowledge.bodies import body, folded, government, is_organ, state
from rashomon.knowledge.tables import rows

BODIES = [row for row in rows("bodies.tsv") if row["country"] != "*"]
ORGANS = {row["name"] for row in rows("bodies.tsv") if row["country"] == "*"}


def test_there_are_several_hundred() -> None:
    assert len(BODIES) >= 300
    assert len({row["name"] for row in BODIES}) == len(BODIES)


@pytest.mark.parametrize("row", BODIES, ids=lambda row: row["name"])
def test_a_body_is_found_by_all_its_names(row: dict[str, str]) -> None:
    assert row["organ"] == "-" or row["organ"] in ORGANS
    assert row["country"] == "-" or row["country"] in states()
    assert row["side"] in ("*", "=", "-")
    assert row["source"]
    kinds = {head.kind for head in heads().values()} | {"navy", "igo", "ngo", "militia", "party", "court", "diplomat"}
    assert row["kind"] in kinds
    country = None if row["country"] == "-" else row["country"]
    for name in (row["name"], *filter(None, row["aliases"].split("|"))):
        found = body(name, country)
        assert found is not None, name
        assert found.name == row["name"], name


def test_a_state_has_one_of_each_organ() -> None:
    taken = [(row["country"], row["organ"]) for row in BODIES if row["organ"] != "-"]
    assert sorted({one for one in taken if taken.count(one) > 1}) == []


@pytest.mark.parametrize("row", rows("people.tsv"), ids=lambda row: row["name"])
def test_a_person_is_found_by_all_names(row: dict[str, str]) -> None:
    assert row["until"] == "-" or row["from"] <= row["until"]
    for name in (row["name"], *filter(None, row["aliases"].split("|"))):
        found = body(name)
        assert found is not None
        assert (found.name, found.kind) == (row["name"], "person")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("The  Ministry of Defense’s", "ministry of defence"),
        ("Médecins Sans Frontières", "medecins sans frontieres"),
        ("U.S.", "us"),
        ("Asa'ib Ahl al-Haq", "asaib ahl al haq"),
    ],
)
def test_folded(name: str, wanted: str) -> None:
    assert folded(name) == wanted


def test_an_organ_without_a_name_of_its_own_is_its_states() -> None:
    found = body("police of Botswana") or body("Botswana's police")
    assert found is not None
    assert (found.kind, found.country, found.side) == ("police", "BW", "Botswana")


def test_an_organ_alone_is_nobody() -> None:
    assert is_organ("the Defence Ministry")
    assert body("the Defence Ministry") is None


def test_a_name_of_two_states_waits_for_the_country() -> None:
    assert state("Russian") == "RU"
    assert government("RU").name == "Russian government"
    assert government("BW").side == "Botswana"
