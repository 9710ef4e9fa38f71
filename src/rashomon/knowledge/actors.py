"""Who speaks and fights: states, bodies known by name, nouns that name a speaker, given names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rashomon.knowledge.tables import rows

# Short names that are also everyday words, in texts without case.
WORDLIKE = frozenset(
    ("us", "is", "it", "who", "mit", "sl", "aa", "pa", "ap", "ana", "raw", "memorial", "nation", "care")
)


@dataclass(frozen=True, slots=True)
class Known:
    """A body or state known by name; ``country`` is ISO 3166-1 alpha-2, ``side`` who it stands with."""

    name: str
    kind: str
    country: str | None
    side: str | None
    form: str


@dataclass(frozen=True, slots=True)
class Head:
    """A noun that names a speaker: body, people, office, title or document; gender m, f or None."""

    noun: str
    sort: str
    kind: str
    gender: str | None


@cache
def heads() -> Mapping[str, Head]:
    """The nouns that name speakers, in lower case; two or three words for some."""
    return {
        row["noun"]: Head(row["noun"], row["sort"], row["kind"], None if row["gender"] == "-" else row["gender"])
        for row in rows("heads.tsv")
    }


@cache
def stand_ins() -> Mapping[str, tuple[str, ...]]:
    """General nouns to the kinds of body they may stand for."""
    return {row["noun"]: _listed(row["kinds"]) for row in rows("stand_ins.tsv")}


@cache
def offices() -> tuple[frozenset[str], ...]:
    """Sets of nouns that name one office."""
    return tuple(frozenset(_listed(row["nouns"])) for row in rows("offices.tsv"))


@cache
def given_names() -> Mapping[str, str]:
    """Given names in lower case to ``m`` or ``f``."""
    return {row["name"]: row["gender"] for row in rows("given.tsv")}


@cache
def states() -> Mapping[str, str]:
    """Names of states by ISO code."""
    return {code: name for code, name, *_ in _countries()}


@cache
def nationalities() -> Mapping[str, str]:
    """Demonyms, adjectives and plurals in lower case to ISO codes."""
    found: dict[str, str] = {}
    for code, _, _, demonyms, _ in _countries():
        for word in demonyms:
            found.setdefault(word.lower(), code)
            found.setdefault(word.lower() + "s", code)
    # The demonyms of Islands named after a larger state's people never speak in the news of war.
    return found | {"american": "US", "americans": "US", "us": "US", "u.s.": "US", "uk": "GB", "british": "GB"}


@cache
def known() -> Mapping[str, Known]:
    """Bodies and states by each of their names in lower case."""
    found: dict[str, Known] = {}
    for code, name, capital, _, aliases in _countries():
        for form in (name, *aliases):
            found.setdefault(form.lower(), Known(name, "state", code, name, form))
        if capital:
            # A government speaks by its capital's name; the name in the text stays, the state is its side.
            found.setdefault(capital.lower(), Known(capital, "capital", code, name, capital))
    for row in rows("actors.tsv"):
        country = None if row["country"] == "-" else row["country"]
        side = {"*": states().get(country or ""), "=": row["name"], "-": None}[row["side"]]
        for form in (row["name"], *filter(None, row["aliases"].split("|"))):
            found.setdefault(form.lower(), Known(row["name"], row["kind"], country, side, form))
    return found


@cache
def longest_name() -> int:
    """Words in the longest known name."""
    return max(len(name.split()) for name in known())


@cache
def _countries() -> tuple[tuple[str, str, str, tuple[str, ...], tuple[str, ...]], ...]:
    """ISO code, name, capital, demonyms, other names of every state."""
    return tuple(
        (row["iso2"], row["name"], row["capital"], _listed(row["demonyms"]), _listed(row["aliases"]))
        for row in rows("countries.tsv")
    )


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("|")))
