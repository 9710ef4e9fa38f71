"""Whether a name is a place here: signs in the words around it, weighed by a logistic model fitted on news."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from rashomon.coding.place_names import ACRONYMS, Name, Tokens, classes
from rashomon.knowledge.gazetteer import ALIAS, KINDS, Gazetteer, Kind, key
from rashomon.knowledge.places import countries, demonyms, ranked, rows, states, words

AGE = re.compile(r",\s+\d{1,2},")
DATELINE = re.compile(r",?\s*(?:\([^)]{2,25}\)\s*)?(?:--|—|–|-)\s")
OPENING = re.compile(r"(?:,\s+[A-Z][a-zA-Z.]{1,13})?\s*(?:\([^)]{2,25}\)\s*)?(?:--|—|–|-)\s")
POLICE = re.compile(
    r"\s+(?:[Pp]olice|Fire)\s+(?:[Dd]epartment|[Oo]fficers?|[Cc]hief|[Dd]etectives?|are|is|were|said|say|have)\b"
)
SHORT = re.compile(r",\s+[A-Z][a-z]{1,4}\.[,\s)]")
ROW = np.uint32(ALIAS - 1)
SORTS = (
    ("big", frozenset((Kind.COUNTRY, Kind.CONTINENT, Kind.AREA, Kind.HISTORIC))),
    ("region", frozenset((Kind.REGION,))),
    ("town", frozenset((Kind.CITY, Kind.DISTRICT))),
)
OFTEN = 500  # rank of a family name, of 4,000, up to which a bearer is met in most papers


@dataclass(frozen=True, slots=True)
class Around:
    """What the whole document says of its words.

    Which it also writes small, which are family names in it, which names it puts somewhere, and which countries, by
    their number in the gazetteer, it speaks of.
    """

    small: frozenset[str]
    families: frozenset[str]
    situated: frozenset[str]
    homes: frozenset[int]


def around(text: Tokens, names: Sequence[Name], gazetteer: Gazetteer) -> Around:
    """What the document says about its words."""
    forenames, titles = words("forenames.txt"), classes()["title"]
    small, families, situated = set(), set(), set()
    for i, form in enumerate(text.forms):
        if form[0].islower():
            small.add(text.keys[i])
        elif i and text.gaps[i] in (" ", ". ") and text.capital(i - 1):
            before = text.keys[i - 1]
            if before in forenames or before in titles or (len(before) == 1 and text.gaps[i] == ". "):
                families.add(text.keys[i])
    for name in names:
        before = text.near(name.first - 1)
        if (before in classes()["preposition"] and text.gaps[name.first] == " ") or _held(text, name):
            situated.add(name.key)
    return Around(frozenset(small), frozenset(families), frozenset(situated), homes(names, gazetteer))


def homes(names: Iterable[Name], gazetteer: Gazetteer) -> frozenset[int]:
    """The countries that a document names or whose people it names."""
    numbers = {code: number for number, code in enumerate(gazetteer.countries)}
    found: set[int] = set()
    for form in {name.key for name in names}:
        code = demonyms()[form][1] if form in demonyms() else nations().get(form)
        if code:
            found.add(numbers[code])
    return frozenset(found)


@cache
def nations() -> dict[str, str]:
    """Codes of countries by the keys of their names."""
    every = sorted(countries().values(), key=lambda one: one.population)
    return {key(name): one.iso2 for one in every for name in (one.name, *one.aliases)}


@cache
def holders() -> frozenset[str]:
    """Keys of the countries and states that follow a town after a comma."""
    named = (name for one in countries().values() for name in (one.name, *one.aliases))
    return frozenset(map(key, named)) | frozenset(states())


def _held(text: Tokens, name: Name) -> bool:
    """Whether a comma and a state or country follow: "Paris, Texas"."""
    after = name.last + 1
    if after >= len(text) or text.gaps[after] not in (", ", ",", " (") or not text.capital(after):
        return False
    one = text.keys[after]
    two = f"{one} {text.near(after + 1)}"
    return two in holders() or one in holders()


def signs(text: Tokens, name: Name, told: Around, gazetteer: Gazetteer, whole: str) -> tuple[str, ...]:
    """The signs for and against a name being a place, by name."""
    return (
        "always",
        *_itself(text, name, told, gazetteer),
        *_before(text, name, whole),
        *_after(text, name, whole),
        *_document(name, told, gazetteer),
    )


def _itself(text: Tokens, name: Name, told: Around, gazetteer: Gazetteer) -> Iterator[str]:
    """Signs in the name and in what the gazetteer has of it."""
    size = name.last - name.first + 1
    if name.loose:
        yield f"loose={min(size, 2)}"
    yield f"words={min(size, 3)}"
    if name.kind is None and not len(name.targets):
        yield "unknown"
        if size > 1 and text.keys[name.first] in classes()["part"]:
            yield "part"
        return
    if name.kind is not None:
        yield f"shape={name.kind}"
        if name.kind is not Kind.DEMONYM:
            yield f"inside={len(name.targets) > 0}"
            return
    sort, shelved = _shelved(name, gazetteer)
    yield from shelved
    if size == 1:
        if sort != "big" and name.key in words("homonyms.txt"):
            yield "homonym"
        yield from _one_word(text, name)


def _shelved(name: Name, gazetteer: Gazetteer) -> tuple[str, tuple[str, ...]]:
    """The largest sort of place that bears a name, and the signs in what the gazetteer has of it."""
    first = name.targets[name.targets < ALIAS]
    at = (first if len(first) else name.targets) & ROW
    people = int(gazetteer.columns["population"][at].max()) if len(at) else 0
    kinds = {KINDS[int(kind)] for kind in gazetteer.columns["kind"][at]}
    spelled = "name" if len(first) else "alias"
    sort = next((called for called, some in SORTS if kinds & some), "other")
    ours = bool((gazetteer.columns["geonameid"][at] == 0).any()) and not kinds & {Kind.AIRPORT, Kind.AIR_BASE}
    found = (f"{spelled}={sort}", f"{spelled},people={int(math.log10(people + 1))}")
    return sort, (*found, "supplement") if ours else found


def _one_word(text: Tokens, name: Name) -> Iterator[str]:
    """Signs in a name of one word: its capitals, and whether people are called so."""
    form = text.forms[name.first]
    if form.isupper() and len(form) > 1:
        yield "acronym" if name.key in ACRONYMS else "capitals"
    rank = ranked("surnames.txt").get(name.key)
    if rank is not None:
        yield f"surname={'often' if rank < OFTEN else 'seldom'}"
    if name.key in words("forenames.txt"):
        yield "forename"
        if _family_follows(text, name):
            yield "forename,surname"


def _family_follows(text: Tokens, name: Name) -> bool:
    """Whether a family name follows: "Georgia Smith"."""
    i = name.last + 1
    return i < len(text) and text.gaps[i] == " " and text.capital(i) and text.keys[i] in ranked("surnames.txt")


def _before(text: Tokens, name: Name, whole: str) -> Iterator[str]:
    """Signs in what stands before."""
    i = name.first - 1
    gap = text.gaps[name.first]
    if i < 0 or "\n" in gap:
        yield "before=start"
        return
    if gap == "-":
        return
    if gap == ", " and text.capital(i) and name.key in holders():
        yield "before=town"
        return
    if gap not in (" ", ". "):
        yield "before=stop" if any(mark in gap for mark in ".!?") else "before=comma" if "," in gap else "before=mark"
        return
    yield f"before={_left(text, i, gap)}"


def _left(text: Tokens, i: int, gap: str) -> str:
    """The class of the word before."""
    word, group = text.keys[i], classes()
    if gap == ". ":
        if word in group["title"] or len(word) == 1:
            return "title"
        return "stop" if word not in ("st", "mt", "ft") else "capital"
    if word in group["title"]:
        return "title"
    if text.capital(i) and word not in group["preposition"]:
        if word in words("forenames.txt"):
            return "forename"
        if text.cased:
            return "capital"
    for sort in ("preposition", "to", "place_noun"):
        if word in group[sort]:
            return f"{sort}:{word}" if sort == "to" else sort
    return "the" if word == "the" else "other"


def _after(text: Tokens, name: Name, whole: str) -> Iterator[str]:
    """Signs in what stands after."""
    tail = whole[name.span.end : name.span.end + 40]
    if _held(text, name):
        yield "after=state"
        return
    if AGE.match(tail):
        yield "after=age"
        return
    if DATELINE.match(tail) and "\n" in text.gaps[name.first]:
        yield "after=dateline"
        return
    if tail[:2].lower() in ("'s", "’s"):
        yield "after=genitive"
        return
    i = name.last + 1
    if i < len(text) and text.gaps[i] == "-":
        return
    if i >= len(text) or text.gaps[i] != " ":
        yield "after=comma" if tail.startswith(",") else "after=mark"
        return
    yield f"after={_right(text, i)}"


def _right(text: Tokens, i: int) -> str:
    """The class of the word after."""
    word, group = text.keys[i], classes()
    if word in group["said"]:
        return "said"
    if text.cased and text.capital(i):
        return "organisation" if word in group["org"] else "surname" if word in ranked("surnames.txt") else "capital"
    return "place_noun" if word in group["place_noun"] else "other"


def _document(name: Name, told: Around, gazetteer: Gazetteer) -> Iterator[str]:
    """Signs in the rest of the document."""
    if name.kind is None and name.key not in nations():
        near = told.homes & set(gazetteer.columns["country"][name.targets & ROW].tolist())
        if {gazetteer.countries[number] for number in near} - {"US"}:
            yield "home"
        elif told.homes and not near:
            yield "abroad"
    if name.key in told.small:
        yield "small"
    if name.key in told.families:
        yield "family"
    if name.key in told.situated:
        yield "situated"


def outright(name: Name, text: Tokens, whole: str) -> bool:
    """Whether a name stands as only a town's does: in a dateline's capitals, before "police", before ", Miss.,"."""
    if not len(name.targets) or not text.cased:
        return False
    tail = whole[name.span.end : name.span.end + 60]
    if name.first == 0 or "\n" in text.gaps[name.first]:
        return name.span.of(whole).isupper() and OPENING.match(tail) is not None
    return POLICE.match(tail) is not None or (SHORT.match(tail) is not None and _held(text, name))


@cache
def weights() -> dict[str, float]:
    """The weight of every sign."""
    return {sign: float(weight) for sign, weight in rows("place_weights.tsv")}


def odds(seen: Iterable[str]) -> float:
    """The log odds that a name with these signs is a place."""
    known = weights()
    return sum(known.get(sign, 0.0) for sign in seen)
