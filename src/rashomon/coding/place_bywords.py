"""Names of places used for what once happened there: "a Russian Pearl Harbor", "another Srebrenica", "his Waterloo"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from rashomon.coding.place_evidence import nations
from rashomon.coding.place_names import NO_TARGETS, Name
from rashomon.knowledge.gazetteer import Kind, key
from rashomon.knowledge.places import demonyms, rows
from rashomon.model.text import Span

# How far the words reach that tell a byword.
REACH = 48
QUOTE = "[“\"‘']?"
# "Another Kabul" is like Kabul; "another Kabul hospital" is in it, so what follows may not be a noun.
ENDED = re.compile(
    r"[”\"’']?(?:\s*(?:$|[.,;:!?)\]”\"—–]|-\s)|\s+(?:in|on|at|for|as|if|when|while|will|would|could|can|may|might|is|was"
    r"|are|were|or|and|but|to|from|that|who|which|by|with|unless|because|after|before|has|had|here|there|today|again"
    r"|looms?|happen\w*|unfold\w*|now|moments?|scenarios?|syndrome)\b)"
)
LIKE = re.compile(r"-(?:style|like|esque|type)\b", re.IGNORECASE)
ANOTHER = re.compile(rf"\b(?:(?:yet )?another|the next|a second) {QUOTE}$", re.IGNORECASE)
ANEW = re.compile(
    rf"\b(?:an?(?: (?:new|modern|modern-day|mini|latter-day|potential|possible|slow-motion))?|(?:his|her|its|our|their"
    rf"|my|your)(?: own| very own)?) {QUOTE}$",
    re.IGNORECASE,
)
OWNED = re.compile(rf"(?P<owner>(?:[A-Z]\w+ )?[\w.]+)['’]s? (?:(?:very )?own |new )?{QUOTE}$")
OF = re.compile(r"[”\"’']? of (?:the|this|that|our|its|his|her|their|[A-Z]\w+['’]s)\b")
THE = re.compile(rf"\bthe {QUOTE}$", re.IGNORECASE)


@cache
def bywords() -> dict[str, frozenset[str]]:
    """For every byword's key what its place lies in: the code of its country, and keys of names."""
    return {
        key(name): frozenset(filter(None, (country, *map(key, within.split(",")))))
        for name, country, within in rows("bywords.tsv")
    }


def literal(found: Sequence[Name], text: str) -> list[Name]:
    """The names that name places; of "Russian <Pearl Harbor>" the nationality stays.

    A name that the text also uses plainly is kept wherever it stands: there a new Syria may be Syria.
    """
    split = [parted for name in found for parted in _parted(name, text)]
    compared = [name.kind is not Kind.DEMONYM and figurative(name.span, text) for name in split]
    plain = {name.key for name, byword in zip(split, compared, strict=True) if not byword}
    return [name for name, byword in zip(split, compared, strict=True) if not byword or name.key in plain]


def marked(spans: Sequence[Span], found: Sequence[Name], text: str) -> list[Span]:
    """The encoder's marks without those on bywords, unless a name found there is one of the places."""
    return [
        span
        for span in spans
        if any(name.span.overlaps(span) for name in found) or not figurative(_last(span, text), text)
    ]


def figurative(span: Span, text: str) -> bool:
    """Whether the words around a name tell that it stands for what happened there, and not for the place."""
    form = span.of(text)
    if not any(letter.islower() for letter in form):
        return False
    before, after = text[max(0, span.start - REACH) : span.start], text[span.end : span.end + REACH]
    home = bywords().get(key(form))
    if LIKE.match(after):
        return True
    if ENDED.match(after) is None:
        return home is not None and THE.search(before) is not None and OF.match(after) is not None
    if ANOTHER.search(before):
        return True
    return home is not None and (ANEW.search(before) is not None or _of_others(before, home))


def _of_others(before: str, home: frozenset[str]) -> bool:
    """Whether a byword is somebody's who does not live there: "Putin's <Waterloo>", "a Russian <Pearl Harbor>"."""
    owned = OWNED.search(before)
    if owned is not None:
        owner = key(owned["owner"])
        return owner not in home and nations().get(owner) not in home
    people = re.search(r"(\w+) $", before)
    country = demonyms().get(key(people[1])) if people else None
    return country is not None and country[1] not in home


def _last(span: Span, text: str) -> Span:
    """The byword at the end of a mark: "Russian <Pearl Harbor>"; the mark itself if it ends with none."""
    form = span.of(text)
    for word in re.finditer(r"(?<=\s)\S", form):
        if key(form[word.start() :]) in bywords():
            return Span(span.start + word.start(), span.end)
    return span


def _parted(name: Name, text: str) -> Iterator[Name]:
    """A name, or the nationality and the byword that a shape took for one: "Russian Pearl Harbor"."""
    first, _, rest = name.key.partition(" ")
    if name.kind is Kind.DEMONYM or first not in demonyms() or rest not in bywords():
        yield name
        return
    cut = _last(name.span, text)
    end = name.span.start + len(name.span.of(text).split()[0])
    yield Name(name.first, name.first, Span(name.span.start, end), first, NO_TARGETS, Kind.DEMONYM)
    yield replace(name, first=name.first + 1, span=cut, key=rest)
