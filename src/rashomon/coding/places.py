"""The places a document names, each resolved to the gazetteer."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from rashomon.coding.place_bywords import literal, marked
from rashomon.coding.place_evidence import ROW, around, homes, odds, outright, signs
from rashomon.coding.place_names import NO_TARGETS, Name, Tokens, strays, tokens, unknowns
from rashomon.coding.place_names import names as candidates
from rashomon.coding.place_sense import called, holders, senses
from rashomon.knowledge.gazetteer import ALIAS, LOOSE, Entry, Gazetteer, Kind, Targets
from rashomon.knowledge.places import demonyms, gazetteer, words
from rashomon.model.document import Document
from rashomon.model.telling import Place, PlaceId
from rashomon.model.text import Span

THRESHOLD = 0.0  # log odds from which a name counts as a place
CASELESS_THRESHOLD = 1.5  # the same where the text has no capitals to go by
LARGE = 200_000  # inhabitants from which a town lends its place to what is called by it, unasked
CASELESS_PEOPLE = 20_000  # inhabitants below which a single small word is taken for a word
LENT = 0.3  # share of its odds that a name takes from its other mentions
OUTRIGHT = 3.0  # log odds lent to a town's name that stands as only a town's does
SHARED = 4.0  # log odds lent to a name that the encoder marked as a place
WORD = re.compile(r"[^\W\d_]+")
INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}")


def places(document: Document, parts: Sequence[Span] | None = None, names: Sequence[Span] = ()) -> tuple[Place, ...]:
    """Every place name in the given parts of a document, in order, resolved where the gazetteer has it.

    ``names`` are spans that the encoder marked as places: they count as such even if the gazetteer lacks them.
    """
    shelf = gazetteer()
    text = document.text
    whole = (Span(0, len(text)),) if parts is None else tuple(parts)
    cased = any(letter.isupper() for letter in text)
    spoken = tokens(text if cased else raised(text), whole, cased=cased)
    found = literal(everything(spoken, shelf, text), text)
    names = marked(names, found, text)
    kept = _unmarked(_kept(found, spoken, text, names, shelf, cased=cased), names, text, cased=cased)
    rows = _rows(kept, spoken, shelf, document.outlet)
    return tuple(
        _place(number, name, rows.get(sense_key(name, spoken)), shelf, text)
        for number, name in enumerate(kept, start=1)
    )


def everything(spoken: Tokens, shelf: Gazetteer, text: str) -> list[Name]:
    """All that may be a place: names the gazetteer has, shapes, other spellings, names that stand like a place's."""
    found = candidates(spoken, shelf, text)
    if not spoken.cased:
        return [name for name in found if name.last > name.first or _known(name, shelf)]
    here = homes(found, shelf)
    if any(shelf.countries[number] in LOOSE for number in here):
        found += strays(spoken, found, shelf, here)
    return sorted([*found, *unknowns(spoken, found)], key=lambda name: name.span)


def _known(name: Name, shelf: Gazetteer) -> bool:
    """Whether a single small word is likely enough to be a place: a nationality, a unit, a town of some size."""
    if name.kind is Kind.DEMONYM:
        return True
    first = name.targets[name.targets < ALIAS]
    return bool(len(first)) and int(shelf.columns["population"][first].max()) >= CASELESS_PEOPLE


def raised(text: str) -> str:
    """A text without capitals with one on every word that is no English word."""
    plain = words("homonyms.txt")

    def raise_(found: re.Match[str]) -> str:
        word = found.group()
        first = word[0].upper()
        return word if word in plain or len(word) < 3 or len(first) > 1 else first + word[1:]

    return INITIALS.sub(lambda found: found.group().upper(), WORD.sub(raise_, text))


def _kept(
    found: Sequence[Name], spoken: Tokens, text: str, marked: Sequence[Span], shelf: Gazetteer, *, cased: bool
) -> list[Name]:
    """The names that are places here."""
    told = around(spoken, found, shelf)
    own = [odds(signs(spoken, name, told, shelf, text)) for name in found]
    by_key: dict[str, list[float]] = defaultdict(list)
    for name, value in zip(found, own, strict=True):
        by_key[name.key].append(value)
    mean = {form: sum(values) / len(values) for form, values in by_key.items()}
    least = THRESHOLD if cased else CASELESS_THRESHOLD
    return [
        name
        for name, value in zip(found, own, strict=True)
        if (1 - LENT) * value + LENT * mean[name.key] + _lent(name, marked) + OUTRIGHT * outright(name, spoken, text)
        > least
    ]


def _lent(name: Name, marked: Sequence[Span]) -> float:
    """What the encoder's marks add to the odds of a name."""
    return SHARED if any(name.span.overlaps(span) for span in marked) else 0.0


def _unmarked(kept: list[Name], marked: Sequence[Span], text: str, *, cased: bool) -> list[Name]:
    """The names, with those that only the encoder sees; no small words ("western") in a text with capitals."""
    extra = [
        Name(-1, -1, span, "", NO_TARGETS, whole=False)
        for span in marked
        if not any(name.span.overlaps(span) for name in kept) and (not cased or not span.of(text).islower())
    ]
    return sorted([*kept, *extra], key=lambda name: name.span)


def _rows(kept: Sequence[Name], spoken: Tokens, shelf: Gazetteer, outlet: str | None) -> Mapping[str, int]:
    """For every key the row it means: nationality words first, which then speak for their countries."""
    words_of = {name.key: _people(name.key, shelf) for name in kept if name.kind is Kind.DEMONYM}
    groups: dict[str, list[Name]] = defaultdict(list)
    for name in kept:
        if name.kind is not Kind.DEMONYM and name.first >= 0:
            groups[sense_key(name, spoken)].append(name)
    hints = [np.array([row], np.uint32) for row in words_of.values() if row is not None]
    found = _borne_out(senses(groups, spoken, shelf, [*hints, *_homes(outlet, shelf)]), groups, spoken, shelf)
    found = _at_home(found, homes(kept, shelf), shelf)
    return found | {form: row for form, row in words_of.items() if row is not None}


def _borne_out(
    found: Mapping[str, int], groups: Mapping[str, Sequence[Name]], spoken: Tokens, shelf: Gazetteer
) -> dict[str, int]:
    """The rows without those of shapes ("Salem Mosque") and plain words ("South Side") that no other name bears out."""
    sure = {form for form in found if groups[form][0].whole and not _plain(form)}
    units = {shelf.entry(found[form]).admin1 or found[form] for form in sure}
    large = {form for form, row in found.items() if shelf.entry(row).population >= LARGE}
    held = {form for form in found if form not in sure and holders(groups[form], spoken, shelf)}
    return {
        form: row
        for form, row in found.items()
        if form in sure | large | held or (shelf.entry(row).admin1 or row) in units
    }


def _plain(form: str) -> bool:
    """Whether a name is made of words that are words as well: "West Side"."""
    return all(word in words("homonyms.txt") for word in form.partition("|")[0].split())


def _at_home(found: Mapping[str, int], here: frozenset[int], shelf: Gazetteer) -> dict[str, int]:
    """The rows without small towns of countries that the document neither names nor has another place in.

    A document that speaks of Syria and of no place in Spain means no town of 25,000 people there: better no point.
    """
    codes = {shelf.countries[number] for number in here}
    country = {form: shelf.entry(row).country for form, row in found.items()}
    several = {code for code, times in Counter(country.values()).items() if times > 1}
    return {
        form: row
        for form, row in found.items()
        if not codes
        or country[form] in codes | several | {""}
        or shelf.entry(row).population >= LARGE
        or shelf.entry(row).kind not in (Kind.CITY, Kind.DISTRICT)
    }


def sense_key(name: Name, spoken: Tokens) -> str:
    """Under what all mentions in one sense stand: "Idlib province" may differ from "Idlib"."""
    if name.kind is Kind.DEMONYM or name.first < 0:
        return name.key
    return f"{name.key}|{called(name, spoken)}"


def _people(form: str, shelf: Gazetteer) -> int | None:
    """The row of the place whose people or things a word names."""
    place, country = demonyms()[form]
    rows = [int(row & ROW) for row in shelf.find([place])[0]]
    right = (row for row in rows if shelf.entry(row).country == country)
    return max(right, key=lambda row: _rank(shelf.entry(row)), default=None)


def _rank(entry: Entry) -> tuple[bool, int]:
    """Countries and regions before towns, then by size."""
    return entry.kind is not Kind.CITY and entry.kind is not Kind.DISTRICT, entry.population


def _homes(outlet: str | None, shelf: Gazetteer) -> Iterable[Targets]:
    """What the outlet's name says of where it is at home: "Kyiv Independent"."""
    if not outlet:
        return ()
    spoken = tokens(outlet, (Span(0, len(outlet)),))
    return [name.targets for name in candidates(spoken, shelf, outlet) if len(name.targets) and name.whole]


def _place(number: int, name: Name, row: int | None, shelf: Gazetteer, text: str) -> Place:
    """The record of a name."""
    entry = None if row is None else shelf.entry(row)
    if entry is None:
        kind = None if name.kind is None else str(name.kind)
        return Place(PlaceId(f"p{number}"), name.span, name.span.of(text), None, kind, None, None, None)
    unit = name.kind is Kind.DISTRICT and entry.kind in (Kind.REGION, Kind.DISTRICT)
    shaped = entry.kind if name.kind is None or unit else name.kind
    return Place(
        id=PlaceId(f"p{number}"),
        span=name.span,
        name=name.span.of(text),
        resolved=entry.name,
        kind=str(shaped),
        lat=entry.lat,
        lon=entry.lon,
        country=entry.country or None,
        admin1=None if entry.admin1 is None else shelf.entry(entry.admin1).name,
        admin2=None if entry.admin2 is None else shelf.entry(entry.admin2).name,
        geonameid=None if entry.geonameid is None else str(entry.geonameid),
        radius_km=float(entry.radius_km),
    )
