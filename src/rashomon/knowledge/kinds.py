"""Kinds of incident, and the words that may tell of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

VOWELS = frozenset("aeiou")
IRREGULAR = {
    "strike": ("struck", "stricken"), "hit": ("hit",), "shoot": ("shot",), "fight": ("fought",), "seek": ("sought",),
    "take": ("took", "taken"), "retake": ("retook", "retaken"), "overrun": ("overran",), "fall": ("fell", "fallen"),
    "blow": ("blew", "blown"), "beat": ("beaten",), "slay": ("slew", "slain"), "hold": ("held",),
    "sink": ("sank", "sunk"), "leave": ("left",), "flee": ("fled",), "send": ("sent",), "meet": ("met",),
    "break": ("broke", "broken"), "overthrow": ("overthrew", "overthrown"), "withdraw": ("withdrew", "withdrawn"),
    "find": ("found",), "burst": ("burst",), "set": ("set",), "cut": ("cut",), "shut": ("shut",), "hurt": ("hurt",),
    "quit": ("quit",), "hang": ("hanged", "hung"), "freeze": ("froze", "frozen"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of the codebook's table of incidents."""

    code: str
    label: str
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    phrases: tuple[str, ...]

    @property
    def family(self) -> str:
        """The part before the point: STRIKE, CLASH, DIP ..."""
        return self.code.split(".", maxsplit=1)[0]


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds by their code, in the codebook's order."""
    text = (files("rashomon.knowledge") / "kinds.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {code: _kind(code, label, words) for code, label, words in rows}


def _kind(code: str, label: str, words: str) -> Kind:
    lists: dict[str, tuple[str, ...]] = {"n": (), "v": (), "p": ()}
    for part in words.split("|"):
        name, _, listed = part.strip().partition(":")
        lists[name] = tuple(w.strip() for w in listed.split(";") if w.strip())
    return Kind(code, label, lists["v"], lists["n"], lists["p"])


@cache
def triggers() -> Mapping[tuple[str, ...], frozenset[str]]:
    """Kinds that a sequence of lower-cased words may tell of; hyphens are words of their own."""
    found: dict[tuple[str, ...], set[str]] = {}
    for kind in kinds().values():
        for form in _forms(kind):
            found.setdefault(tuple(form.replace("-", " - ").replace("'", " ' ").split()), set()).add(kind.code)
    return {form: frozenset(codes) for form, codes in found.items()}


def _forms(kind: Kind) -> Iterator[str]:
    yield from kind.phrases
    for noun in kind.nouns:
        yield noun
        yield plural(noun)
    for verb in kind.verbs:
        yield from inflected(verb)


def plural(noun: str) -> str:
    """A regular noun in the plural; the last word of several changes."""
    if noun.endswith(("s", "sh", "ch", "x")):
        return noun + "es"
    if noun.endswith("y") and noun[-2] not in VOWELS:
        return noun[:-1] + "ies"
    return noun + "s"


def inflected(verb: str) -> tuple[str, ...]:
    """A verb's forms: base, third person, past, participles."""
    if verb.endswith("ee"):
        regular = (verb, plural(verb), verb + "d", verb + "ing")
    elif verb.endswith("e"):
        regular = (verb, plural(verb), verb + "d", verb[:-1] + "ing")
    elif verb.endswith("y") and verb[-2] not in VOWELS:
        regular = (verb, plural(verb), verb[:-1] + "ied", verb + "ing")
    elif _doubles(verb):
        regular = (verb, plural(verb), verb + verb[-1] + "ed", verb + verb[-1] + "ing")
    else:
        regular = (verb, plural(verb), verb + "ed", verb + "ing")
    special = IRREGULAR.get(verb)
    return (*regular[:2], *special, regular[3]) if special else regular


def _doubles(verb: str) -> bool:
    """Whether a last consonant doubles: one short vowel before it, in a word of one syllable or of the few listed."""
    if len(verb) < 3 or verb[-1] in VOWELS or verb[-1] in "wxy" or verb[-2] not in VOWELS or verb[-3] in VOWELS:
        return False
    syllables = sum(c in VOWELS and (i == 0 or verb[i - 1] not in VOWELS) for i, c in enumerate(verb))
    return syllables == 1 or verb in ("rebel", "expel", "repel", "propel", "commit", "submit", "patrol")
