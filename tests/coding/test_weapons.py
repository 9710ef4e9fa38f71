"""What a strike was made with: the words beside its mention, or those that the encoder links to it."""

from __future__ import annotations

import pytest

from rashomon.coding.weapons import by_weapon
from rashomon.model.reading import Link, Trigger
from rashomon.model.telling import Status
from rashomon.model.text import Span


def mention(text: str, words: str, tool: str | None, sure: float) -> Trigger:
    def span(part: str) -> Span:
        return Span(text.index(part), text.index(part) + len(part))

    links = () if tool is None else (Link("instrument", span(tool), sure),)
    return Trigger(span(words), (("STRIKE.AIR", 0.4),), ((Status.OCCURRED, 0.9),), 0.9, links)


@pytest.mark.parametrize(
    ("text", "words", "tool", "sure", "kind"),
    [
        ("A wave of drone attacks woke Marno.", "attacks", None, 0.0, "STRIKE.DRONE"),
        ("The attack was made with two rockets.", "attack", "two rockets", 0.6, "STRIKE.MISSILE"),
        ("The attack was made with two rockets.", "attack", "two rockets", 0.2, "STRIKE.AIR"),
        ("They shelled the port.", "shelled", None, 0.0, "STRIKE.SHELLING"),
        ("Drones and mortars hit the port.", "hit", "Drones and mortars", 0.9, "STRIKE.AIR"),
        ("He saw a drone. Attacks went on.", "Attacks", None, 0.0, "STRIKE.AIR"),
        ("The strike came at dawn.", "strike", None, 0.0, "STRIKE.AIR"),
    ],
)
def test_a_strike_is_of_the_weapon_named(text: str, words: str, tool: str | None, sure: float, kind: str) -> None:
    assert by_weapon("STRIKE.AIR", [mention(text, words, tool, sure)], text) == kind


def test_what_is_no_strike_keeps_its_kind() -> None:
    text = "The drone talks failed."
    assert by_weapon("DIP.TALKS", [mention(text, "talks", None, 0.0)], text) == "DIP.TALKS"
