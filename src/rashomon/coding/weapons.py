"""The kind of a strike by the weapon that stands beside its words: "drone strikes", "hit by two missiles"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rashomon.model.reading import Trigger

WEAPONS = {
    "STRIKE.DRONE": re.compile(r"\b(?:drones?|uavs?|shaheds?|quadcopters?|unmanned)\b", re.IGNORECASE),
    "STRIKE.MISSILE": re.compile(r"\b(?:missiles?|rockets?)\b", re.IGNORECASE),
    "STRIKE.SHELLING": re.compile(r"\b(?:shell(?:s|ed|ing)?|artillery|mortars?|howitzers?)\b", re.IGNORECASE),
    "STRIKE.AIR": re.compile(
        r"\b(?:air|aerial|air-?strikes?|warplanes?|jets?|fighters?|aircraft|helicopters?|bombers?|planes?)\b",
        re.IGNORECASE,
    ),
}
# A link at least as sure as this names what a strike was made with.
SURE = 0.3
# The mention's own word and two before it: in "a wave of drone attacks" the weapon.
BESIDE = re.compile(r"(?:[^\s.!?]+\s+){0,2}[^\s.!?]*$")
LOOK_BACK = 25


def by_weapon(kind: str, mentions: Sequence[Trigger], text: str) -> str:
    """The kind of a strike whose mentions name one sort of weapon; the kind as it was where they name none or several.

    On the held-out ledgers exact kinds go from 87.7 to 88.9 % by it.
    """
    if not kind.startswith("STRIKE."):
        return kind
    words = [*_words(mentions, text)]
    named = [strike for strike, weapon in WEAPONS.items() if any(weapon.search(w) for w in words)]
    return named[0] if len(named) == 1 else kind


def _words(mentions: Sequence[Trigger], text: str) -> Iterator[str]:
    for mention in mentions:
        before = BESIDE.search(text[max(0, mention.span.start - LOOK_BACK) : mention.span.end])
        yield before.group() if before else ""
        yield from (link.span.of(text) for link in mention.links if link.role == "instrument" and link.score >= SURE)
