"""Words on whether something could be checked: what they say of it and how far they reach."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from rashomon.knowledge.tables import rows
from rashomon.model.telling import Verification

PART = re.compile(r"<([a-z_]+)>")


class Reach(StrEnum):
    """Where what a caveat speaks of stands: in claims before it, with a silent speaker, in no claim at all."""

    BACK = "back"
    SPEAKER = "speaker"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Wording:
    """One way of saying that something is open; a sentence without any of the stems does not hold it."""

    stems: tuple[str, ...]
    pattern: re.Pattern[str]
    status: Verification
    reach: Reach


@cache
def wordings() -> tuple[Wording, ...]:
    """The wordings, those first that decide where two match."""
    return tuple(
        Wording(
            tuple(row["stems"].split("|")),
            re.compile(_whole(row["pattern"]), re.IGNORECASE),
            Verification(row["status"]),
            Reach(row["reach"]),
        )
        for row in rows("caveats.tsv")
    )


@cache
def stems() -> tuple[str, ...]:
    """All stems of all wordings, each once."""
    return tuple(sorted({stem for wording in wordings() for stem in wording.stems}))


@cache
def _words() -> dict[str, str]:
    """The named parts of patterns, each put together from those above it."""
    parts: dict[str, str] = {}
    for row in rows("caveat_words.tsv"):
        parts[row["name"]] = PART.sub(lambda part: parts[part[1]], row["pattern"])
    return parts


def _whole(pattern: str) -> str:
    """A pattern with every ``<name>`` put in."""
    return PART.sub(lambda part: _words()[part[1]], pattern)
