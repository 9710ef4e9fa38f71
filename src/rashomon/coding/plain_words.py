"""What plain words and counts say of a kind, for where the encoder is not sure: "derailed", "remains", 40 freed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rashomon.model.reading import Trigger

PLAIN = {
    "INFRA.COLLAPSE": re.compile(r"collaps(?:e[sd]?|ing)", re.IGNORECASE),
    "INFRA.CRASH": re.compile(r"derail(?:s|ed|ing|ments?)?", re.IGNORECASE),
    "FORCE.BUILDUP": re.compile(r"a?mass(?:es|ed|ing)|build-?up", re.IGNORECASE),
    "FORCE.WITHDRAWAL": re.compile(r"withdr(?:e|a)w(?:s|n|ing|als?)?|retreat(?:s|ed|ing)?|pull-?out", re.IGNORECASE),
    "VIOL.THWARTED": re.compile(r"(?:thwart|foil|intercept)(?:s|ed|ing|ions?)?", re.IGNORECASE),
    "DIP.BODIES": re.compile(r"remains|bodies", re.IGNORECASE),
}
# What was counted tells what happened, too. The displaced and the detained do not: wars and raids count them.
COUNTED = {"bodies_returned": "DIP.BODIES", "released": "REP.RELEASE"}
# Where these fight the police it is a riot, and no battle.
CROWD = re.compile(r"\b(?:protest(?:e|o)rs?|demonstrators?|rioters?|marchers?|strikers?)\b", re.IGNORECASE)
FIGHTING = frozenset(("perpetrator", "accused", "party", "actor"))
# A link at least as sure as this names who fought.
SURE = 0.3
# Kinds the encoder gives at least so much on average stand as they are; half is even.
KNOWN = 0.5


def by_word(kind: str, sure: float, mentions: Sequence[Trigger], text: str) -> str:
    """The kind that one of the mentions' words names where ``kind`` is less than sure; else the kind itself."""
    if sure >= KNOWN:
        return kind
    words = [mention.span.of(text) for mention in mentions]
    return next((plain for plain, word in PLAIN.items() if any(word.fullmatch(w) for w in words)), kind)


def by_figure(kind: str, sure: float, counted: Iterable[str]) -> str:
    """The kind that the kinds of an incident's figures tell where ``kind`` is less than sure; else the kind itself."""
    if sure >= KNOWN:
        return kind
    return next((COUNTED[figure] for figure in sorted(counted) if figure in COUNTED), kind)


def by_crowd(kind: str, mentions: Sequence[Trigger], text: str) -> str:
    """A riot where protesters are who fought; else the kind itself."""
    if kind != "CLASH.ARMED":
        return kind
    fought = (link for mention in mentions for link in mention.links if link.role in FIGHTING and link.score >= SURE)
    return "PROT.RIOT" if any(CROWD.search(link.span.of(text)) for link in fought) else kind
