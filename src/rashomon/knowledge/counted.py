"""What is counted in news of conflict, and the words that say what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files

VOWELS = frozenset("aeiou")


class Voice(Enum):
    """On which side of the words those stand to whom it happened."""

    BEFORE = "passive"
    AFTER = "active"
    EITHER = "both"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Words that say what became of the counted: ``event`` is a class of ``counted.tsv``."""

    words: tuple[str, ...]
    event: str
    voice: Voice


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted thing: its singular and its class."""

    lemma: str
    sort: str
    plural: bool


@cache
def nouns() -> dict[str, Noun]:
    """Counted nouns by every form in lower case. A word listed twice keeps its first class."""
    found: dict[str, Noun] = {}
    for part, sort, entry in _rows():
        if part == "noun":
            lemma, *irregular = entry.split("/")
            found.setdefault(lemma, Noun(lemma, sort, lemma in irregular))
            for form in irregular or [plural(lemma)]:
                found.setdefault(form, Noun(lemma, sort, True))
    return found


@cache
def outcomes() -> dict[str, tuple[Outcome, ...]]:
    """Outcomes by their first word, those of most words first."""
    found: dict[tuple[str, ...], Outcome] = {}
    for part, event, entry in _rows():
        if part == "verb":
            lemma, *irregular = entry.split("/")
            active, past = forms(lemma, irregular)
            entries = [(form, Voice.AFTER) for form in active] + [(form, Voice.EITHER) for form in past]
        else:
            entries = [] if part == "noun" else [(entry, Voice(part))]
        for form, voice in entries:
            words = tuple(form.split())
            known = found.get(words)
            both = known is not None and known.event == event and known.voice is not voice
            found[words] = Outcome(words, event, Voice.EITHER if both else voice)
    by_first: dict[str, list[Outcome]] = {}
    for words in sorted(found, key=lambda words: -len(words)):
        by_first.setdefault(words[0], []).append(found[words])
    return {first: tuple(group) for first, group in by_first.items()}


def plural(lemma: str) -> str:
    """The regular plural of a noun."""
    if lemma.endswith(("s", "x", "ch", "sh")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2] not in VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def forms(lemma: str, irregular: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A verb's forms: those that only act ("kill", "kills", "killing") and those that are also suffered ("killed")."""
    verb, *rest = lemma.split()
    tail = "".join(" " + word for word in rest)
    doubled = verb + verb[-1] if verb in DOUBLING else verb
    stem = verb[:-1] if verb.endswith("e") else doubled
    third = plural(verb)
    past = irregular or [(verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in VOWELS else stem + "ed") + tail]
    active = (lemma, third + tail, stem + "ing" + tail)
    return tuple(form for form in active if form not in past), tuple(past)


# Verbs of the list that double their last letter.
DOUBLING = frozenset(("drop", "expel", "gun", "hit", "kidnap", "repel", "set", "stab"))


def _rows() -> list[tuple[str, str, str]]:
    """Part, class and one entry, for every entry of the list."""
    text = files("rashomon.knowledge").joinpath("counted.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return [(part, sort, entry) for part, sort, entries in lines for entry in entries.split("|")]
