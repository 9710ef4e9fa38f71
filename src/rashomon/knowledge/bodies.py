"""Who is who in every document: organs of states, forces, groups, agencies and people under all their names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from rashomon.knowledge.actors import known, nationalities, states
from rashomon.knowledge.tables import rows

ANY = "*"
BRITISH = {"defense": "defence", "organization": "organisation", "center": "centre", "labor": "labour",
           "mobilization": "mobilisation", "kiev": "kyiv"}  # fmt: skip
POSSESSIVE = re.compile(r"['’]s?(?=\s|$)")
NOT_WORDS = re.compile(r"[^\w/]+")
LONGEST_STATE = 4
# Names met again and again while incidents are gathered.
REMEMBERED = 65_536


@dataclass(frozen=True, slots=True)
class Body:
    """A body, group or person known by name; ``country`` is ISO 3166-1 alpha-2, ``side`` who it stands with."""

    name: str
    kind: str
    country: str | None
    side: str | None
    organ: str | None = None


@lru_cache(maxsize=REMEMBERED)
def folded(name: str) -> str:
    """What names are compared by: no case, accents, possessives, punctuation, "the" nor American spelling."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = POSSESSIVE.sub("", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    plain = plain.replace(".", "").replace("'", "").replace("’", "")
    words = [BRITISH.get(word, word) for word in NOT_WORDS.sub(" ", plain).split()]
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def body(name: str, country: str | None = None) -> Body | None:
    """The body, group, state or person of a name; ``country`` is where its bearer is known to belong.

    "Russia's Defence Ministry", "the Ministry of Defence" of RU and "Russian MoD" are one.
    """
    wanted = folded(name)
    found = [one for one in _named().get(wanted, ()) if _fits(one, country)]
    if len({one.name for one in found}) == 1:
        return found[0]
    state, organ = _parted(wanted)
    if organ is None and country is not None and wanted in _organs():
        state, organ = country, _organs()[wanted].organ
    return None if organ is None or state is None else _of_state(state, organ)


def government(country: str) -> Body:
    """The government of a state: who speaks where a capital is said to."""
    return _of_state(country, "government")


def is_organ(name: str) -> bool:
    """Whether a name says which organ of a state is meant, and not of which."""
    return folded(name) in _organs()


def organ(name: str) -> Body | None:
    """The organ that a name says, of no state yet: "police"."""
    found = _organs().get(folded(name))
    return None if found is None else replace(found, side=None)


def state(word: str) -> str | None:
    """The ISO code of a state named or of its people: "Ukraine's", "Ukrainian"."""
    return _states().get(folded(word))


def _fits(one: Body, country: str | None) -> bool:
    return country is None or one.country is None or one.country == country


def _parted(wanted: str) -> tuple[str | None, str | None]:
    """The state and the organ in a folded name: "ministry of defence of the russian federation"."""
    words = wanted.split()
    for length in range(min(LONGEST_STATE, len(words) - 1), 0, -1):
        ahead, behind = " ".join(words[:length]), " ".join(words[-length:])
        rest, before = " ".join(words[length:]), words[:-length]
        if ahead in _states() and rest in _organs():
            return _states()[ahead], _organs()[rest].organ
        if before[-1:] == ["the"]:
            before = before[:-1]
        organ = " ".join(before[:-1])
        if behind in _states() and before[-1:] == ["of"] and organ in _organs():
            return _states()[behind], _organs()[organ].organ
    return None, None


@cache
def _of_state(country: str, organ: str) -> Body:
    """A state's organ: by its own name where it has one."""
    own = next((one for one in _rows() if one.organ == organ and one.country == country), None)
    if own is not None:
        return own
    title = organ if organ in ("army", "police", "government", "authorities") else organ.title()
    general = _organs()[organ]
    return Body(f"{_adjectives()[country]} {title}", general.kind, country, general.side and states()[country], organ)


@cache
def _rows() -> tuple[Body, ...]:
    return tuple(one for one, _ in _bodies())


@cache
def _bodies() -> tuple[tuple[Body, tuple[str, ...]], ...]:
    """Every body that has a name of its own, with all its names."""
    found = []
    for row in rows("bodies.tsv"):
        if row["country"] != ANY:
            country = _told(row["country"])
            side = {"*": states().get(country or ""), "=": row["name"], "-": None}[row["side"]]
            one = Body(row["name"], row["kind"], country, side, _told(row["organ"]))
            found.append((one, (row["name"], *filter(None, row["aliases"].split("|")))))
    return tuple(found)


@cache
def _organs() -> Mapping[str, Body]:
    """The organs that every state may have, by each of their names."""
    found: dict[str, Body] = {}
    for row in rows("bodies.tsv"):
        if row["country"] == ANY:
            organ = Body(row["name"], row["kind"], None, "*" if row["side"] == "*" else None, row["name"])
            for form in (row["name"], *filter(None, row["aliases"].split("|"))):
                found.setdefault(folded(form), organ)
            found.setdefault(row["name"], organ)
    return found


@cache
def _named() -> Mapping[str, tuple[Body, ...]]:
    """Bodies, groups, states and people by each of their names, folded."""
    found: dict[str, list[Body]] = {}
    renamed: dict[str, Body] = {}
    for one, forms in _bodies():
        for form in forms:
            found.setdefault(folded(form), []).append(one)
    for row in rows("people.tsv"):
        country = _told(row["country"])
        one = Body(row["name"], "person", country, states().get(country or ""))
        for form in (row["name"], *filter(None, row["aliases"].split("|"))):
            found.setdefault(folded(form), []).append(one)
    # A body listed in both tables goes by its name here; what only actors.tsv lists keeps its own.
    for other in known().values():
        twins = [one for one in found.get(folded(other.name), ()) if _fits(one, other.country)]
        if twins:
            renamed.setdefault(other.name, twins[0])
    for other in known().values():
        if other.kind != "capital":
            one = renamed.get(other.name) or Body(other.name, other.kind, other.country, other.side)
            if not any(_fits(twin, other.country) for twin in found.get(folded(other.form), ())):
                found.setdefault(folded(other.form), []).append(one)
    return {form: tuple(ones) for form, ones in found.items()}


@cache
def _states() -> Mapping[str, str]:
    """Names, other names, demonyms and capitals of states, folded, to ISO codes: what may stand before an organ."""
    found = {folded(word): code for word, code in nationalities().items()}
    for form, one in known().items():
        if one.kind == "state" and one.country is not None:
            found[folded(form)] = one.country
    return found | {"russian federation": "RU", "islamic republic of iran": "IR", "united states": "US"}


@cache
def _adjectives() -> Mapping[str, str]:
    """ISO codes to the word that stands before an organ: the first demonym, else the state's name."""
    found = dict(states())
    for row in rows("countries.tsv"):
        if row["demonyms"]:
            found[row["iso2"]] = row["demonyms"].split("|")[0]
    return found | {"US": "US", "GB": "British"}


def _told(cell: str) -> str | None:
    return None if cell == "-" else cell
