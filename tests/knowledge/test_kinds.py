"""The table of kinds and the words listed for them."""

from __future__ import annotations

import pytest

from rashomon.knowledge.kinds import inflected, kinds, plural, triggers


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (("shelled",), "STRIKE.SHELLING"),
        (("car", "bombs"), "BOMB.VEHICLE"),
        (("blew", "up"), "BOMB.UNSPECIFIED"),
        (("cease", "-", "fire"), "DIP.CEASEFIRE"),
        (("overran",), "TERR.CAPTURE"),
        (("freed",), "REP.RELEASE"),
        (("died",), "HUM.DEATH"),
    ],
)
def test_a_listed_form_names_its_kind(words: tuple[str, ...], kind: str) -> None:
    assert kind in triggers()[words]


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("bomb", ("bomb", "bombs", "bombed", "bombing")),
        ("seize", ("seize", "seizes", "seized", "seizing")),
        ("rebel", ("rebel", "rebels", "rebelled", "rebelling")),
        ("free", ("free", "frees", "freed", "freeing")),
        ("occupy", ("occupy", "occupies", "occupied", "occupying")),
        ("strike", ("strike", "strikes", "struck", "stricken", "striking")),
        ("hit", ("hit", "hits", "hit", "hitting")),
    ],
)
def test_inflected(verb: str, forms: tuple[str, ...]) -> None:
    assert inflected(verb) == forms


def test_plural() -> None:
    assert [plural(noun) for noun in ("clash", "casualty", "convoy", "blast")] == [
        "clashes",
        "casualties",
        "convoys",
        "blasts",
    ]


def test_every_kind_has_a_label_and_words() -> None:
    assert all(kind.label and (kind.nouns or kind.verbs) for kind in kinds().values())
    assert {kind.family for kind in kinds().values()} >= {"STRIKE", "BOMB", "CIV", "DIP", "FORCE", "REP", "PROT"}
