"""Happenings told again later in a text: what is one with an earlier group of mentions and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rashomon.coding.retold import retold
from rashomon.model.reading import Link, Trigger
from rashomon.model.telling import Place, PlaceId, Precision, Status, Time, TimeId
from rashomon.model.text import Span

TEXT = (
    "Shelling hit Marno on Monday. Farmers fled. Mortar fire at Marno woke Oslen. The shelling was heavy. "
    "A blast shook Oslen on Tuesday. Envoys met in Marno. The talks failed. The attack was the worst. "
    "The raid went on. Another salvo fell. The assault ended."
)
SITES = {"Marno": "city", "Oslen": "city", "Norland": "country"}
DAYS = {"Monday": 2, "Tuesday": 3}


def span(words: str, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    return Span(at, at + len(words))


def mention(words: str, *links: tuple[str, Span, float]) -> Trigger:
    tied = tuple(Link(role, there, score) for role, there, score in links)
    return Trigger(span(words), (("STRIKE.SHELLING", 0.9),), ((Status.OCCURRED, 0.9),), 0.9, tied)


def joined(*told: tuple[str, Trigger]) -> list[list[str]]:
    sites = [
        Place(PlaceId(f"p{n}"), span(name, nth), name, name, SITES[name], 1.0, 2.0, "XX")
        for n, (name, nth) in enumerate((("Marno", 0), ("Marno", 1), ("Oslen", 0), ("Oslen", 1), ("Marno", 2)))
    ]
    days = [
        Time(TimeId(name), span(name), date(2025, 6, day), date(2025, 6, day), Precision.DAY, f"2025-06-0{day}")
        for name, day in DAYS.items()
    ]
    groups = retold([[t] for _, t in told], [kind for kind, _ in told], TEXT, sites, days)
    return [[t.span.of(TEXT) for t in group] for group in groups]


HIT = mention("Shelling", ("place", span("Marno"), 0.9), ("time", span("Monday"), 0.9))
FIRE = mention("fire", ("place", span("Marno", 1), 0.9))
AGAIN = mention("shelling")
BLAST = mention("blast", ("place", span("Oslen", 1), 0.9), ("time", span("Tuesday"), 0.9))
MET = mention("met", ("place", span("Marno", 2), 0.9))


@pytest.mark.parametrize(
    ("told", "groups"),
    [
        ((("STRIKE.SHELLING", HIT), ("STRIKE.UNSPECIFIED", FIRE)), [["Shelling", "fire"]]),
        ((("STRIKE.SHELLING", HIT), ("STRIKE.SHELLING", BLAST)), [["Shelling"], ["blast"]]),
        ((("STRIKE.SHELLING", HIT), ("STRIKE.AIR", AGAIN)), [["Shelling", "shelling"]]),
        ((("STRIKE.SHELLING", HIT), ("CIV.ATTACK", mention("attack"))), [["Shelling", "attack"]]),
        ((("STRIKE.SHELLING", HIT), ("CLASH.RAID", mention("raid"))), [["Shelling"], ["raid"]]),
        ((("DIP.TALKS", MET), ("CIV.ATTACK", mention("attack"))), [["met"], ["attack"]]),
        ((("STRIKE.SHELLING", HIT), ("DIP.TALKS", MET)), [["Shelling"], ["met"]]),
        ((("DIP.TALKS", MET), ("DIP.AGREEMENT", mention("talks"))), [["met"], ["talks"]]),
        ((("DIP.TALKS", MET), ("DIP.TALKS", mention("talks"))), [["met", "talks"]]),
        ((("CIV.ATTACK", HIT), ("CIV.ATTACK", mention("fled"))), [["Shelling"], ["fled"]]),
        (
            (("STRIKE.AIR", HIT), ("STRIKE.AIR", mention("fire", ("place", span("Marno", 1), 0.4)))),
            [["Shelling"], ["fire"]],
        ),
    ],
)
def test_what_is_told_again(told: tuple[tuple[str, Trigger], ...], groups: list[list[str]]) -> None:
    assert joined(*told) == groups


def test_the_same_place_on_another_day_is_another_happening() -> None:
    later = mention("fire", ("place", span("Marno", 1), 0.9), ("time", span("Tuesday"), 0.9))
    assert joined(("STRIKE.AIR", HIT), ("STRIKE.AIR", later)) == [["Shelling"], ["fire"]]


def test_a_passing_word_is_not_told_again() -> None:
    doubtful = replace(HIT, score=0.6)
    assert joined(("STRIKE.AIR", doubtful), ("STRIKE.AIR", AGAIN)) == [["Shelling"], ["shelling"]]


def test_what_is_told_in_passing_as_another_is_not_meant() -> None:
    told = (("STRIKE.AIR", HIT), ("STRIKE.AIR", mention("salvo")), ("CIV.ATTACK", mention("assault")))
    assert joined(*told) == [["Shelling", "assault"], ["salvo"]]


def test_the_last_of_several_is_meant() -> None:
    told = (("STRIKE.AIR", HIT), ("STRIKE.AIR", BLAST), ("STRIKE.AIR", mention("talks")))
    assert joined(*told) == [["Shelling"], ["blast", "talks"]]
