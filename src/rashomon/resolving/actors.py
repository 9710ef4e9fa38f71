"""One name for one actor: across documents by what is known of it, inside an incident by the names themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from rashomon.knowledge.actors import heads, known, nationalities
from rashomon.knowledge.bodies import REMEMBERED, body, folded, government
from rashomon.model.judgement import Judgement, JudgementId, Verdict

BRACKETED = re.compile(r"\s*[(\[][^)\]]*[)\]]")
EDGES = " \t\n,;:.\"“”‘’'`"
ARTICLES = frozenset(("the", "a", "an"))
# Words that stand before an office and name nobody.
RANKS = frozenset(("acting", "former", "deputy", "vice", "senior", "chief", "first", "then", "mr", "mrs", "ms", "dr"))
# Words that a name may share with any other.
COMMON = frozenset(
    """of for the and regional local national city state federal central senior official officials top
    military government people party north south east west northern southern eastern western new old""".split()
)


def identity(name: str, kind: str | None = None, country: str | None = None) -> str:
    """The name an actor goes by in every document: the one it is known by, else its own without titles and brackets.

    ``country`` is ISO 3166-1 alpha-2, as the document has it.
    """
    plain = " ".join(BRACKETED.sub(" ", name).split()).strip(EDGES)
    if not plain:
        return name.strip()
    capital = known().get(plain.lower())
    if capital is not None and capital.kind == "capital" and capital.country and kind in ("executive", "capital"):
        return government(capital.country).name
    for words in (plain, untitled(plain)):
        found = body(words, country)
        if found is not None:
            return found.name
    return _cased(untitled(plain))


def untitled(name: str) -> str:
    """A name without the article, offices and ranks before it: "Acting governor Alexander Khinshtein"."""
    words = name.split()
    while len(words) > 1 and words[0].lower() in ARTICLES:
        words = words[1:]
    if _ends_in_body(words):
        return " ".join(words)
    start = _titles(words)
    return " ".join(words[start:])


def unify(names: Iterable[str], judged: Sequence[Judgement] = ()) -> Mapping[str, str]:
    """Every name to the one it stands for inside one incident.

    A surname or short form goes to the one fuller name that holds it, if there is just one; what people judged the same
    or different comes first.
    """
    all_names = sorted(set(names))
    same, apart = _decided(judged, frozenset(all_names))
    judged_apart = frozenset(name for pair in apart for name in pair)
    # "Police" at the head of a sentence and "police" within it.
    twins = {folded(name): name for name in reversed(all_names) if name not in judged_apart}
    own = {name: name if name in judged_apart else twins[folded(name)] for name in all_names}
    index: dict[str, list[str]] = {}
    for name in all_names:
        for word in _words(name):
            index.setdefault(word, []).append(name)
    found = {name: _fuller(own[name], _sharing(own[name], index), apart) for name in all_names}
    for one, other in same:
        meant = found.get(one, one)
        joined = {found.get(other, other), other}
        found = {name: meant if full in joined or name in joined else full for name, full in found.items()}
    return {name: _last(name, found) for name in all_names}


def _sharing(name: str, index: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """The names that share the rarest word of a name."""
    return min((index[word] for word in _words(name)), key=len, default=())


def _last(name: str, found: Mapping[str, str]) -> str:
    """Where a chain of fuller names ends; names never lead back to themselves but by judgement."""
    seen = {name}
    while (following := found.get(name, name)) not in seen:
        name = following
        seen.add(name)
    return name


def _decided(
    judged: Sequence[Judgement], names: frozenset[str]
) -> tuple[list[tuple[str, str]], frozenset[frozenset[str]]]:
    """Pairs judged the same, in the order of judging, and pairs judged different; what was undone left out."""
    undone: set[JudgementId | None] = {one.replaces for one in judged if one.verdict is Verdict.UNDO}
    last: dict[frozenset[str], tuple[Verdict, tuple[str, ...]]] = {}
    for one in sorted(judged, key=lambda judgement: judgement.id):
        actors = one.verdict in (Verdict.SAME_ACTOR, Verdict.DIFFERENT_ACTOR)
        subjects = tuple(name if name in names else identity(name) for name in one.subjects)
        if actors and one.id not in undone and len(set(subjects)) > 1:
            last[frozenset(subjects)] = one.verdict, subjects
    same = [
        (subjects[0], other)
        for verdict, subjects in last.values()
        if verdict is Verdict.SAME_ACTOR
        for other in subjects[1:]
    ]
    return same, frozenset(pair for pair, (verdict, _) in last.items() if verdict is Verdict.DIFFERENT_ACTOR)


def _fuller(name: str, names: Sequence[str], apart: frozenset[frozenset[str]]) -> str:
    """The one name that holds all words of this one and more; the name itself if none does or several do."""
    words = _words(name)
    if _known(name) or not _names_somebody(name, words):
        return name
    holding = [
        other
        for other in names
        if words <= _words(other)
        and other != name
        and frozenset((name, other)) not in apart
        and (words < _words(other) or (len(other), other) > (len(name), name))
        and _may_be(name, other)
    ]
    # "Zelenskyy" may be held by "Volodymyr Zelenskyy" and "Volodymyr O. Zelenskyy": one longer name holds both.
    longest = [other for other in holding if all(_words(one) <= _words(other) for one in holding)]
    return max(longest, key=lambda other: (len(_words(other)), other)) if longest else name


def _may_be(name: str, other: str) -> bool:
    """Whether a short form can stand for a fuller name: a person by the end of it, a body by its own noun."""
    short, full = folded(name).split(), folded(other).split()
    if short[-1:] == full[-1:]:
        return True
    # "Investigative Committee" and "Investigative Committee of Russia": what follows is where it belongs.
    return " ".join(short) + " of " in " ".join(full) + " "


def _names_somebody(name: str, words: frozenset[str]) -> bool:
    """Whether a name is more than nouns that anybody may be called: "officials", "regional authorities"."""
    proper = words - COMMON - _nouns() - _nations()
    capitals = [word for word in name.split() if word[:1].isupper()]
    return bool(proper) or (len(words) > 1 and len(capitals) > 1)


@lru_cache(maxsize=REMEMBERED)
def _known(name: str) -> bool:
    return body(name) is not None


@cache
def _nouns() -> frozenset[str]:
    return frozenset(word for noun in heads() for word in noun.split())


@cache
def _nations() -> frozenset[str]:
    return frozenset(folded(word) for word in nationalities())


@lru_cache(maxsize=REMEMBERED)
def _words(name: str) -> frozenset[str]:
    return frozenset(word.removeprefix("al-") for word in folded(name).split()) - ARTICLES


def _ends_in_body(words: Sequence[str]) -> bool:
    """Whether a name's last noun is a body: "Governor's Office", "General Staff"."""
    low = [word.lower() for word in words]
    return any(
        (head := heads().get(" ".join(low[-length:]))) is not None and head.sort in ("body", "people")
        for length in (1, 2, 3)
        if length <= len(low)
    )


def _titles(words: Sequence[str]) -> int:
    """How many words of office, rank and body stand before the name proper; 0 where they are all there is."""
    low = [word.lower().strip(",.") for word in words]
    at = 0
    while at < len(words):
        step = next((length for length in (3, 2, 1) if _is_title(low[at : at + length], length)), 0)
        if not step:
            break
        at += step
    return at if at < len(words) else 0


def _is_title(low: Sequence[str], length: int) -> bool:
    if len(low) < length:
        return False
    head = heads().get(" ".join(low))
    if head is not None and head.sort in ("office", "title"):
        return True
    return length == 1 and (low[0] in RANKS or low[0].removesuffix("'s").removesuffix("’s") in nationalities())


def _cased(name: str) -> str:
    """A name told in capitals as others write it; short ones are letters of their own."""
    longer = len(name) > 5 and name.isupper()
    if longer and not _names_somebody(name.lower(), _words(name)):
        return name.lower()
    return " ".join(word.capitalize() if word.isalpha() else word for word in name.split()) if longer else name
