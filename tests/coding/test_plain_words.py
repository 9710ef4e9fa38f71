"""A mention's own word, or what was counted, tells the kind where the encoder does not."""

from __future__ import annotations

import pytest

from rashomon.coding.plain_words import by_crowd, by_figure, by_word
from rashomon.model.reading import Link, Trigger
from rashomon.model.telling import Status
from rashomon.model.text import Span


def mentions(text: str, *words: str) -> list[Trigger]:
    starts = [text.index(word) for word in words]
    return [
        Trigger(Span(at, at + len(word)), (("CIV.ATTACK", 0.2),), ((Status.OCCURRED, 0.9),), 0.9, ())
        for at, word in zip(starts, words, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "words", "sure", "kind"),
    [
        ("A bridge collapsed on the line.", ["collapsed"], 0.2, "INFRA.COLLAPSE"),
        ("A bridge fell, derailing a train.", ["fell", "derailing"], 0.2, "INFRA.CRASH"),
        ("A bridge collapsed, derailing a train.", ["collapsed", "derailing"], 0.2, "INFRA.COLLAPSE"),
        ("A bridge collapsed on the line.", ["collapsed"], 0.6, "CIV.ATTACK"),
        ("They were massing at the river.", ["massing"], 0.2, "FORCE.BUILDUP"),
        ("The remains were handed over.", ["remains"], 0.2, "DIP.BODIES"),
        ("A massacre was feared.", ["massacre"], 0.2, "CIV.ATTACK"),
    ],
)
def test_the_word_tells_where_the_encoder_is_unsure(text: str, words: list[str], sure: float, kind: str) -> None:
    assert by_word("CIV.ATTACK", sure, mentions(text, *words), text) == kind


@pytest.mark.parametrize(
    ("counted", "sure", "kind"),
    [
        (["bodies_returned"], 0.2, "DIP.BODIES"),
        (["count_other", "released"], 0.2, "REP.RELEASE"),
        (["bodies_returned"], 0.6, "DIP.PROPOSAL"),
        (["killed", "displaced"], 0.2, "DIP.PROPOSAL"),
        ([], 0.2, "DIP.PROPOSAL"),
    ],
)
def test_what_was_counted_tells_where_the_encoder_is_unsure(counted: list[str], sure: float, kind: str) -> None:
    assert by_figure("DIP.PROPOSAL", sure, counted) == kind


@pytest.mark.parametrize(
    ("kind", "role", "fought", "sure", "told"),
    [
        ("CLASH.ARMED", "party", "Demonstrators", 0.4, "PROT.RIOT"),
        ("CLASH.ARMED", "party", "Demonstrators", 0.2, "CLASH.ARMED"),
        ("CLASH.ARMED", "place", "Demonstrators", 0.9, "CLASH.ARMED"),
        ("CLASH.ARMED", "party", "police", 0.9, "CLASH.ARMED"),
        ("CIV.ATTACK", "party", "Demonstrators", 0.9, "CIV.ATTACK"),
    ],
)
def test_where_protesters_fight_it_is_a_riot(kind: str, role: str, fought: str, sure: float, told: str) -> None:
    text = "Demonstrators clashed with police in Orlia."
    at = Span(text.index(fought), text.index(fought) + len(fought))
    mention = Trigger(Span(14, 21), ((kind, 0.9),), ((Status.OCCURRED, 0.9),), 0.9, (Link(role, at, sure),))
    assert by_crowd(kind, [mention], text) == told
