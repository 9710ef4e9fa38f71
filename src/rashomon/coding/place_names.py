"""Where a text may name a place: words in the gazetteer, and shapes such as "Highway 19" or "Kabul Airport"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from rashomon.knowledge.gazetteer import ALIAS, Gazetteer, Kind, Targets, key, loose
from rashomon.knowledge.places import demonyms, rows, states
from rashomon.knowledge.places import words as vocabulary
from rashomon.model.text import Span

LONGEST = 6  # words; the longest name in the gazetteer that news use has six
NO_TARGETS: Targets = np.array([], np.uint32)

# Dotted initials ("U.S.", "W.Va."), then words; an apostrophe inside stays unless it is the genitive's.
WORD = re.compile(r"[A-Z]\.\s?(?:Va|Dak|Mex)\.|(?:[A-Z]\.){2,}|U\.S\b|[^\W_]+(?:['’`](?![sS]\b)[^\W_]+)*")
GAP = re.compile(r"[ \u00a0]?[-–]?[ \u00a0]?|\. ?| & ")
JOINERS = frozenset(
    "of au de la del al el ez es ed en an as at ash ad the upon on and da do dos das le les du sur y bin d di ar az "
    "aux air refugee border nuclear power military naval".split()
)
OPENERS = frozenset("al el ash ad ez as".split())
GENERIC = frozenset(
    "province region oblast district governorate county state valley river island islands strip peninsula camp base "
    "airbase airfield airport crossing bridge dam reservoir canal strait gulf sea desert mountains corridor checkpoint "
    "plant city area farms heights forest prison refinery compound hospital delta basin".split()
)
REGIONS = frozenset("region oblast krai province governorate state".split())  # what first-level units are called
ACRONYMS = frozenset("us uk uae usa eu drc ussr ddr prc dprk nwfp fata dmz car roc rok gdr".split())
WORDS_TOO = frozenset(("car",))  # no country in a line of capitals: "CAR BOMB"
THE = frozenset("hague gambia bahamas netherlands bronx maldives philippines vatican woodlands".split())
PERSONS = frozenset(("abu", "bin", "ibn", "khan", "umm", "um"))  # begin the names of people as well
NUMBER = re.compile(r"\d{1,4}[A-Z]?")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text as columns: as written, as keys, where they stand, what stands before, a stop after.

    ``cased`` is False where the capitals are ours and say nothing.
    """

    forms: tuple[str, ...]
    keys: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    gaps: tuple[str, ...]
    stops: tuple[bool, ...]
    cased: bool = True

    def __len__(self) -> int:
        """How many words."""
        return len(self.forms)

    def capital(self, i: int) -> bool:
        """Whether a word begins with a capital letter."""
        return self.forms[i][0].isupper()

    def near(self, i: int) -> str:
        """The key of a word, empty outside the text."""
        return self.keys[i] if 0 <= i < len(self.keys) else ""


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch of words that may name a place: token range, gazetteer rows, and what its shape says it is.

    ``whole`` is False where the rows are those of the place inside a longer name ("Kabul" of "Kabul Airport");
    ``loose`` is True where only another way of writing the name is known.
    """

    first: int
    last: int
    span: Span
    key: str
    targets: Targets
    kind: Kind | None = None
    whole: bool = True
    loose: bool = False


@cache
def classes() -> dict[str, frozenset[str]]:
    """The words around names by class."""
    found: dict[str, set[str]] = {}
    for word, group in rows("place_words.tsv"):
        found.setdefault(group, set()).add(word)
    return {group: frozenset(words) for group, words in found.items()}


def tokens(text: str, parts: Sequence[Span], *, cased: bool = True) -> Tokens:
    """The words of the parts of a text."""
    forms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    gaps: list[str] = []
    for part in parts:
        last = -1
        for found in WORD.finditer(text, part.start, part.end):
            start, end = found.span()
            gaps.append("\n\n" if last < 0 else text[last:start])
            forms.append(found.group())
            starts.append(start)
            ends.append(end)
            last = end
    stops = tuple(text[end : end + 1] == "." for end in ends)
    return Tokens(tuple(forms), tuple(map(key, forms)), tuple(starts), tuple(ends), tuple(gaps), stops, cased)


def names(words: Tokens, gazetteer: Gazetteer, text: str) -> list[Name]:
    """The places a text may name, in order, longest first where they overlap; nothing is decided about them yet."""
    runs = [*_runs(words)]
    found = gazetteer.find([run[2] for run in runs])
    by_start: dict[int, list[Name]] = {}
    for (first, last, form), targets in zip(runs, found, strict=True):
        kind = Kind.DEMONYM if form in demonyms() else None
        if (len(targets) or kind is not None) and _stands(words, first, last):
            span = Span(words.starts[first], _end(words, last))
            by_start.setdefault(first, []).append(Name(first, last, span, form, targets, kind))
    return _longest(words, by_start, text)


def strays(words: Tokens, found: Sequence[Name], gazetteer: Gazetteer, homes: frozenset[int]) -> list[Name]:
    """Names that the gazetteer knows only in another spelling, in the countries a document speaks of.

    ``homes`` are numbers of countries in the gazetteer's table; names that overlap those already found are left out.
    """
    taken = {i for name in found for i in range(name.first, name.last + 1)}
    known = _vocabulary()
    runs = [
        (first, last, loose(form))
        for first, last, form in _runs(words)
        if not taken.intersection(range(first, last + 1))
        and len(form) > 3
        and form not in known
        and "." not in form
        and (last > first or not words.forms[first].isupper())
        and words.capital(last)
    ]
    by_start: dict[int, Name] = {}
    for (first, last, form), targets in zip(runs, gazetteer.find([run[2] for run in runs]), strict=True):
        near = targets[np.isin(gazetteer.columns["country"][targets & (ALIAS - 1)], list(homes))]
        if form and len(near):
            span = Span(words.starts[first], words.ends[last])
            by_start[first] = Name(first, last, span, form, near, loose=True)
    kept: list[Name] = []
    for first in sorted(by_start):
        if not kept or kept[-1].last < first:
            kept.append(by_start[first])
    return kept


def unknowns(words: Tokens, found: Sequence[Name]) -> list[Name]:
    """Names no gazetteer has, where the words beside them say that a place is meant: "the village of X", "in X"."""
    taken = {i for name in found for i in range(name.first, name.last + 1)}
    group = classes()
    kept: list[Name] = []
    at = 1
    while at < len(words):
        last = _stretch(words, at, taken)
        if last is None:
            at += 1
            continue
        before = words.near(at - 1) if words.gaps[at] == " " else ""
        after = words.near(last + 1) if words.gaps[last + 1 : last + 2] == (" ",) else ""
        of = before == "of" and words.near(at - 2) in group["settled"]
        named = last > at and words.keys[at] in group["part"] and words.keys[at] not in PERSONS
        if (before in group["within"] or of or named or after in group["settled"]) and _prose(words, at, last):
            span = Span(words.starts[at], words.ends[last])
            kept.append(Name(at, last, span, " ".join(words.keys[at : last + 1]), NO_TARGETS))
        at = last + 1
    return kept


def _prose(words: Tokens, first: int, last: int) -> bool:
    """Whether small words stand around a run: in headlines every word has a capital."""
    around = [*range(max(0, first - 6), first), *range(last + 1, min(len(words), last + 6))]
    return len([i for i in around if len(words.forms[i]) > 2 and words.forms[i][0].islower()]) >= 2


def _stretch(words: Tokens, at: int, taken: set[int]) -> int | None:
    """The last word of a run of at most three capitals that nobody has taken and no list of words knows, or None."""
    last = at - 1
    while last + 1 < len(words) and last < at + 3 and last + 1 not in taken:
        i = last + 1
        joined = i == at or words.gaps[i] in (" ", "-")
        article = words.keys[i] in OPENERS and i + 1 < len(words) and words.capital(i + 1)
        if not joined or not (words.capital(i) or article):
            break
        last = i
    if last < at or (last + 1 < len(words) and words.gaps[last + 1] == " " and words.capital(last + 1)):
        return None
    form = words.forms[last]
    if form.isupper() or _is_word(words.keys[last]) or _is_word(words.keys[at]) or len(form) < 4:
        return None
    return last


def _is_word(form: str) -> bool:
    """Whether a word begins or ends no name of a place by itself; "Tal" and "Khan" begin many."""
    return form in _vocabulary() and form not in classes()["part"]


@cache
def _vocabulary() -> frozenset[str]:
    """Words that are no place by themselves: directions, English words, people's names, what bodies are called."""
    lists = [vocabulary(name) for name in ("homonyms.txt", "forenames.txt", "surnames.txt")]
    group = classes()
    return frozenset().union(*lists, group["never"], group["org"], group["title"], group["body"], group["said"])


def _end(words: Tokens, last: int) -> int:
    """Where a name ends: with its stop, if it is a shortened state ("Tenn.")."""
    end = words.ends[last]
    return end + 1 if words.stops[last] and words.keys[last] in _short_states() and len(words.forms[last]) > 2 else end


def _runs(words: Tokens) -> Iterator[tuple[int, int, str]]:
    """Every run of words that could be a name, as first and last word and key."""
    for first in range(len(words)):
        if not _opens(words, first):
            continue
        form = words.keys[first]
        for last in range(first, min(first + LONGEST, len(words))):
            small = words.forms[last][0].islower()
            if last > first:
                step = _step(words, last)
                if step is None:
                    break
                form += step + words.keys[last]
                if small and words.keys[last] not in JOINERS and words.keys[last] not in GENERIC and step:
                    break
                if small and words.keys[last] in JOINERS:
                    continue
            yield first, last, form
            if last > first and small and words.keys[last] in GENERIC:
                break


def _step(words: Tokens, i: int) -> str | None:
    """What joins a word to the one before in a key; None where no name goes across."""
    gap = words.gaps[i]
    if gap in ("'", "’") and words.keys[i] == "s":
        return ""
    if not GAP.fullmatch(gap) or (gap == ". " and len(words.forms[i - 1]) > 3):
        return None
    return " "


def _opens(words: Tokens, first: int) -> bool:
    """Whether a name can begin with a word: a capital, or an Arabic article before one."""
    if words.forms[first][0].isupper():
        return True
    return words.keys[first] in OPENERS and first + 1 < len(words) and words.capital(first + 1)


def _stands(words: Tokens, first: int, last: int) -> bool:
    """Whether a run may be a name at all: no direction alone, no initials or codes but those in use."""
    if first != last:
        if words.keys[first] == "the":
            return words.keys[first + 1] in THE
        return words.keys[last] != "s" or words.gaps[last] in ("'", "’")
    form, bare = words.forms[first], words.keys[first]
    if bare in classes()["never"] or bare in classes()["part"]:
        return _state_code(words, first)
    if bare in _short_states():
        short = states()[bare].short
        return form in short[1:] or (words.stops[first] and f"{form}." in short) or _state_code(words, first)
    if bare in ACRONYMS:
        return form.isupper() and not (bare in WORDS_TOO and _shouted(words, first))
    return "." not in form and not (form.isupper() and form.isalpha() and len(form) < 4)


def _shouted(words: Tokens, i: int) -> bool:
    """Whether the words beside a word are in capitals as well."""
    return any(len(words.forms[n]) > 2 and words.forms[n].isupper() for n in (i - 1, i + 1) if 0 <= n < len(words))


def _state_code(words: Tokens, i: int) -> bool:
    """Whether a word is a state's short form after a comma: "Austin, TX"."""
    return words.gaps[i] == ", " and words.keys[i] in states() and i > 0 and words.capital(i - 1)


@cache
def _short_states() -> frozenset[str]:
    """Keys of the shortened states."""
    return frozenset(key(form) for state in states().values() for form in state.short)


def _longest(words: Tokens, by_start: dict[int, list[Name]], text: str) -> list[Name]:
    """Names without overlap: the longest from the left, shapes such as roads before plain names."""
    kept: list[Name] = []
    at = 0
    while at < len(words):
        if at not in by_start and not words.capital(at):
            at += 1
            continue
        shaped = _shaped(words, at, by_start) if words.cased else []
        plain = by_start.get(at, [])[-1:]
        best = max([*shaped, *plain], key=lambda name: (name.last, name.whole), default=None)
        if best is None:
            at += 1
        else:
            kept.append(best)
            at = best.last + 1
    return kept


def _shaped(words: Tokens, at: int, by_start: dict[int, list[Name]]) -> list[Name]:
    """A name by its shape that begins at a word: "Route 1", "Main Street", "Lake Mary", "Kabul Airport"."""
    group = classes()
    if (
        not words.capital(at)
        or words.keys[at] in group["preposition"]
        or words.keys[at] in ("the", "a", "an", "on", "of")
    ):
        return []
    numbered = _numbered(words, at)
    if numbered is not None:
        return [_shape(words, at, numbered, Kind.ROAD, NO_TARGETS)]
    last = at
    while last + 1 < len(words) and last - at < 4 and _continues(words, last + 1):
        last += 1
    for end in range(last, at, -1):
        kind = _suffix(words, end)
        if kind is None or any(words.gaps[i] == ". " and len(words.forms[i - 1]) > 3 for i in range(at + 1, end + 1)):
            continue
        inner = next((name for name in reversed(by_start.get(at, ())) if name.last < end), None)
        if inner is None or kind is Kind.ROAD:
            return [_shape(words, at, end, kind, NO_TARGETS)]
        unit = kind is Kind.DISTRICT  # "Hama Province" is found by "Hama", short for the governorate
        exact = next((name for name in by_start[at] if name.last == end), None)
        if unit and exact is not None and words.keys[end] in REGIONS:  # "Moscow Oblast": the city is a unit, too
            return [_shape(words, at, end, kind, exact.targets, whole=True)]
        return [
            _shape(words, at, end, kind, inner.targets if unit else inner.targets[inner.targets < ALIAS], whole=unit)
        ]
    if words.keys[at] in classes()["before"] and last > at and words.gaps[at + 1] == " ":
        kind = Kind.LAKE if words.keys[at] == "lake" else Kind.LANDMARK
        return [_shape(words, at, at + 1, kind, NO_TARGETS)]
    return []


def _continues(words: Tokens, i: int) -> bool:
    """Whether a word goes on with a name by its shape: a capital, and no organisation begins or unit ends before it."""
    group = classes()
    if words.gaps[i] not in (" ", "-", ". ") or not words.capital(i) or words.keys[i - 1] in group["unit"]:
        return False
    return (
        words.keys[i] not in group["org"]
        and words.keys[i] not in group["body"]
        and words.keys[i - 1] not in group["body"]
    )


def _numbered(words: Tokens, at: int) -> int | None:
    """The last word of a numbered road that begins at a word, or None: "Highway 19", "I-95", "County Road 43"."""
    i = at
    if words.keys[at] in ("county", "state", "us", "interstate") and words.near(at + 1) in classes()["numbered"]:
        i = at + 1
    if words.keys[i] not in classes()["numbered"] and not (words.keys[i] == "county" or words.keys[i] in states()):
        return None
    after = i + 1
    if after >= len(words) or words.gaps[after] not in (" ", "-", ". ") or not NUMBER.fullmatch(words.forms[after]):
        return None
    if words.keys[i] not in states() and words.keys[i] not in ("us", "i", "rt", "sr"):
        return after
    code = words.gaps[after] == "-" or words.forms[i].isupper()
    return after if code and len(words.forms[after]) < 4 else None


def _suffix(words: Tokens, end: int) -> Kind | None:
    """What a name that ends with a word is by its shape, or None."""
    word, group = words.keys[end], classes()
    if word in group["road"]:
        return Kind.ROAD
    if word in group["unit"]:
        return Kind.DISTRICT
    if word in group["facility"]:
        return Kind.AIRPORT if word in ("airport", "airfield") else Kind.LANDMARK
    if word in group["water"]:
        return Kind.RIVER if word in ("river", "creek", "bayou") else Kind.SEA
    return Kind.MOUNTAIN if word in group["land"] else None


def _shape(words: Tokens, first: int, last: int, kind: Kind, targets: Targets, *, whole: bool = False) -> Name:
    """A name by its shape, with the rows of the place inside it."""
    span = Span(words.starts[first], words.ends[last])
    return Name(first, last, span, " ".join(words.keys[first : last + 1]), targets, kind, whole=whole)
