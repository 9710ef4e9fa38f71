"""How damaged text is read without being changed: where fused words are cut.

Scraping drops the spaces at the edges of links ("Ukraineattacked", "armysaidwas"). The stored text keeps the damage;
the overlay only tells the tokeniser where one run of letters holds several words, so every offset stays right.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

# Closed classes, and the verbs of saying: what stands at the edge of a link most often.
FUNCTION = frozenset(
    "a about after against ahead all also amid among an and any are as at be been before being between both but "
    "by could did do during for from had has have he her his how if in into is it its many may might more most my "
    "near no not of on or other our out over said says she should since so some such than that the their them "
    "then there these they this those through to told toward under until up us was we were what when where which "
    "while who will with would you".split()
)
PAIRS = frozenset("an as at be by do he if in is it me my no of on or so to up us we".split())
# Beginnings and ends that make new words or names instead of standing beside one.
PREFIXES = frozenset(
    "abu afro anglo anti ben bin bio counter cyber euro hyper ibn inter intra macro mega meta micro mid mini mis "
    "multi neo non over para post pre pro saint san santa semi sub super trans ultra under van von".split()
)
SUFFIXES = frozenset(
    "able ability ally berg burg center ely fest field ford gate han ian ism ist ity land less like ment ness "
    "rica ship some stein ting town ville ware wide wise".split()
)

# Nats a letter that an unlisted word costs. Swept 2.1 to 2.6 on news with spaces deleted at random: lower misses short
# fusions ("saidin"), higher cuts names ("Medinsky").
LETTER = 2.35
# Nats of a word the vocabulary lacks but a spelling list or the text itself has.
COMPOUND = 12.0
PIECES = 4
LONGEST = 18
# Gains in nats. Swept on 1.7M words of clean text (docs/decisions/sources-overlay.md).
CERTAIN, LIKELY, POSSIBLE = 5.0, 2.0, 0.0
# Certain fusions before a text counts as damaged; a comma glued to the next word counts half.
DAMAGED = 2.0

_FORM = re.compile(r"(?<![^\W_])[^\W_]{4,}")
_GLUED = re.compile(r"[a-z][,;][a-z]{2,}")
_LOWER_TITLE = re.compile(r"([a-z]+)([A-Z][a-z]{2,}|[A-Z]{2,})")
_TITLES = re.compile(r"([A-Z][a-z]{2,})([A-Z][a-z]{2,})")
_CAPITALS_LOWER = re.compile(r"([A-Z]{2,})([a-z]{4,})")
_FIRST_WORD = 1996  # "the": the vocabulary's words stand after it, the commonest first

Cuts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fusion:
    """Where one run of letters is likely to be several words; ``gain`` in nats over its being one unlisted word."""

    cuts: Cuts
    gain: float
    certain: bool


@cache
def costs() -> Mapping[str, float]:
    """Nats every listed word costs: Zipf's law over its rank in the encoder's vocabulary."""
    lines = files(__package__).joinpath("weights", "vocab.txt").read_text(encoding="utf-8").split("\n")
    listed = {
        word: math.log(10 * (rank + 3))
        for rank, word in enumerate(lines[_FIRST_WORD:])
        if word.isascii() and word.isalpha() and (len(word) > 2 or word in PAIRS)
    }
    return {"a": math.log(60), **listed}


@cache
def wholes() -> frozenset[str]:
    """Real words that could be taken for two ("warplanes", "peacekeepers")."""
    text = files(__package__).joinpath("whole_words.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.split("\n") if line and line[0] != "#")


@cache
def pieces() -> Mapping[str, float]:
    """All that a fused form may be made of: listed words, and those that look like two."""
    return {**dict.fromkeys(wholes(), COMPOUND), **costs()}


def segment(form: str, listed: Mapping[str, float]) -> tuple[float, Cuts] | None:
    """The likeliest cut of a lower-case form into listed words, and its gain in nats; None if there is none."""
    total = len(form)
    reached: list[dict[int, tuple[float, Cuts]]] = [{0: (0.0, ())}]
    for _ in range(PIECES):
        step: dict[int, tuple[float, Cuts]] = {}
        for start, (cost, ends) in reached[-1].items():
            for end in range(start + 1, min(total, start + LONGEST) + 1):
                piece = form[start:end]
                price = listed.get(piece)
                if price is None or (start == 0 and piece in PREFIXES) or (end == total and piece in SUFFIXES):
                    continue
                if end not in step or cost + price < step[end][0]:
                    step[end] = (cost + price, (*ends, end))
        reached.append(step)
    found = [step[total] for step in reached[2:] if total in step]
    if not found:
        return None
    cost, ends = min(found)
    return LETTER * total - cost, ends[:-1]


@lru_cache(maxsize=1 << 16)
def fusion(form: str) -> Fusion | None:
    """How a form is cut if it is fused; None for a known word, a name, or anything with digits or accents."""
    if not (form.isascii() and form.isalpha()) or len(form) < 4 or form.isupper():
        return None
    low = form.lower()
    if low in pieces():
        return None
    if not form[1:].islower():
        return _by_case(form)
    found = segment(low, pieces())
    if found is None:
        return None
    gain, ends = found
    # Latin and Spanish names end in letters that are also words: "Naturalis", "Hydraulica", "Martinin".
    shortest = 2 if form.islower() else 3
    edge = any(len(piece) >= shortest and piece in FUNCTION for piece in (low[: ends[0]], low[ends[-1] :]))
    return Fusion(ends, gain, edge and gain >= CERTAIN)


def _by_case(form: str) -> Fusion | None:
    """A fusion that capitals show: "inUkraine", "saidTuesday", "TheForeign", "NATOsaid"."""
    if found := _LOWER_TITLE.fullmatch(form):
        first = found.group(1)
        if len(first) > 1 and first in FUNCTION:
            return Fusion((len(first),), CERTAIN, certain=True)
        likely = len(first) > 3 and _common(first)
    elif found := _CAPITALS_LOWER.fullmatch(form):
        likely = _common(found.group(2))
    elif found := _TITLES.fullmatch(form):
        likely = all(_common(part.lower()) for part in found.groups())
    else:
        return None
    return Fusion((found.end(1),), POSSIBLE, certain=False) if likely else None


def _common(word: str) -> bool:
    return pieces().get(word, math.inf) < COMPOUND


def cuts(form: str) -> Cuts:
    """Where a form is cut whatever text it stands in; only what is certain."""
    found = fusion(form)
    return found.cuts if found is not None and found.certain else ()


def _address(text: str, start: int, end: int) -> bool:
    """Whether a form is part of a handle, a hashtag or a web address."""
    return text[start - 1 : start] in ("@", "#", "/", "_") or text[end : end + 1] in ("@", "/", "_")


def _wanted(form: str, found: Fusion, seen: Mapping[str, int]) -> bool:
    """Whether a fusion is cut in a text that shows damage; ``seen`` counts the text's forms.

    A form that recurs is a word or a name that no list has: link damage seldom falls twice on the same two words. A
    capitalised form needs more, or one of its ends as a word of the same text.
    """
    if found.certain:
        return True
    if seen[form] > 1:
        return False
    known = form.islower() or form[: found.cuts[0]] in seen or form[found.cuts[-1] :] in seen
    return found.gain >= (POSSIBLE if known else LIKELY)


def _with_own_words(seen: Mapping[str, int], found: Mapping[str, Fusion]) -> dict[str, Cuts]:
    """Further cuts in a damaged text, its own words and names ("Zelenskyy") counting as listed."""
    own = {form.lower(): COMPOUND for form in seen if form.isalpha() and form not in found}
    unlisted = own.keys() - pieces().keys()
    listed = {**own, **pieces()}
    table: dict[str, Cuts] = {}
    for form, times in seen.items():
        if times > 1 or not form[1:].islower() or form.lower() not in unlisted:
            continue
        cut = segment(form.lower(), listed)
        if cut is not None and cut[0] >= LIKELY:
            table[form] = cut[1]
    return table


def overlay(text: str) -> Callable[[str], Cuts]:
    """The cuts for one text: none at all unless the text shows damage in several places."""
    counted = Counter(_FORM.findall(text))
    found = {form: cut for form in counted if (cut := fusion(form)) is not None and cut.gain >= POSSIBLE}
    if not found:
        return _uncut
    for form in {match.group() for match in _FORM.finditer(text) if _address(text, *match.span())}:
        found.pop(form, None)
        del counted[form]
    certain = sum(cut.certain for cut in found.values())
    if not certain or certain + len(_GLUED.findall(text)) / 2 < DAMAGED:
        return _uncut
    table = {form: cut.cuts for form, cut in found.items() if _wanted(form, cut, counted)}
    table.update(_with_own_words(counted, found))
    return lambda form: table.get(form, ())


def _uncut(form: str) -> Cuts:
    return ()
