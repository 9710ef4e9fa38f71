"""From a reading to gists: what of each telling is held against the tellings of other documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cache

from rashomon.knowledge.actors import given_names, heads, known
from rashomon.knowledge.frequent import rarity
from rashomon.knowledge.kinds import triggers
from rashomon.model.document import Document
from rashomon.model.incident import Gist, Spot, key
from rashomon.model.reading import Reading
from rashomon.model.telling import Actor, Place, Share, Telling, Time
from rashomon.model.text import Span
from rashomon.resolving.speech import in_dateline, of_speech

# Days longer than this say too little of one happening.
LONGEST = timedelta(days=31)
# Characters before and after a mention that are taken to speak of it, within its paragraph.
AROUND = 240
# A telling whose first mention stands so early is what the title is about.
LEAD = 700
SPOTS, NAMES, FIGURES, WORDS = 4, 10, 12, 40
FIGURE_KINDS = frozenset(
    """killed injured killed_or_injured missing detained released captured bodies_returned displaced weapons_used
    equipment_hit equipment_damaged equipment_destroyed targets troops participants buildings_damaged vehicles_damaged
    explosions damage_cost explosive_mass age""".split()
)
WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
# Days are compared as days.
DAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december jan feb mar apr jun jul aug sept oct nov dec mon tue wed thu fri sat
    sun""".split()
)
TOPIC = 0.2  # the most that a word weighs that tells of a kind of incident or of who speaks
NOBODY = frozenset(("state", "capital", "media", "document", "organisation"))


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a document holds, by id, and where it is when a telling does not say.

    ``people`` are those named anywhere in it, the least known to the world first: what follows up a happening names its
    people far from where it mentions it. Who speaks is left out: officials speak of every happening of their province.
    """

    reading: Reading
    times: Mapping[str, Time]
    places: Mapping[str, Place]
    people: tuple[str, ...]
    home: tuple[Place, ...]


def gists(reading: Reading) -> tuple[Gist, ...]:
    """One gist a telling, in the order of the reading."""
    speaking = {claim.claimant for claim in reading.claims}
    people = {bare_name(a.name) for a in reading.actors if speaks_for_itself(a) and a.id not in speaking}
    shelf = Shelf(
        reading,
        {time.id: time for time in reading.times},
        {place.id: place for place in reading.places},
        tuple(sorted(people, key=lambda name: (-name_weight(name), name))[:NAMES]),
        home(reading.places),
    )
    return tuple(_gist(telling, shelf) for telling in reading.incidents)


def speaks_for_itself(actor: Actor) -> bool:
    """Whether an actor's name tells who it is: not "he", "officials" or a state."""
    return actor.kind not in NOBODY and any(word[:1].isupper() for word in actor.name.split()) and len(actor.name) > 3


def home(places: Sequence[Place]) -> tuple[Place, ...]:
    """Where the document is, as far as its first places tell: the first town, and what it lies in."""
    known_to = [place for place in places if place.lat is not None and place.kind not in ("demonym", "continent")]
    first = next((place for place in known_to if _radius(place) < 30), None)
    return (first,) if first is not None else tuple(known_to[:1])


def _radius(place: Place) -> float:
    return place.radius_km if place.radius_km is not None else 10.0


def _gist(telling: Telling, shelf: Shelf) -> Gist:
    document = shelf.reading.document
    time = _day(telling, shelf)
    near = tuple(_near(telling, shelf))
    spots = _spots(telling, shelf)
    return Gist(
        key=key(document.id, telling.id),
        document=document.id,
        published=document.published,
        kind=telling.kind,
        status=telling.status,
        earliest=None if time is None else time.earliest,
        latest=None if time is None else time.latest,
        spots=spots,
        names=shelf.people,
        figures=_figures(telling, shelf),
        words=_words(
            telling, shelf, near, frozenset(w for s in spots for w in s.name.casefold().split()) | _named(spots, shelf)
        ),
        trigger=telling.trigger[0],
    )


def _day(telling: Telling, shelf: Shelf) -> Time | None:
    """The days it names, if they are few and not those of what was said of it, or of the news."""
    time = shelf.times.get(telling.time or "")
    if time is None or not _short(time) or in_dateline(shelf.reading.document.text, time.span):
        return None
    return None if of_speech(shelf.reading, telling, time.span) else time


def _short(time: Time) -> bool:
    return time.earliest is not None and time.latest is not None and time.latest - time.earliest <= LONGEST


def _near(telling: Telling, shelf: Shelf) -> Iterator[Span]:
    """The stretches of text around its mentions, of whole words and not beyond their paragraphs."""
    document = shelf.reading.document
    for span in telling.trigger:
        whole = _paragraph(document, span)
        start, end = max(whole.start, span.start - AROUND), min(whole.end, span.end + AROUND)
        if start > whole.start:
            gap = document.text.find(" ", start, span.start)
            start = gap if gap >= 0 else span.start
        if end < whole.end:
            gap = document.text.rfind(" ", span.end, end)
            end = gap if gap >= 0 else span.end
        yield Span(start, end)


def _paragraph(document: Document, span: Span) -> Span:
    """The block in which words stand; where none is known, their line."""
    block = next((block.span for block in document.blocks if block.start <= span.start < block.end), None)
    if block is not None:
        return Span(block.start, max(block.end, span.end))
    end = document.text.find("\n", span.end)
    return Span(document.text.rfind("\n", 0, span.start) + 1, end if end >= 0 else len(document.text))


def _spots(telling: Telling, shelf: Shelf) -> tuple[Spot, ...]:
    """Its places, else where the document is; the narrowest first."""
    own = [shelf.places[where.place] for where in telling.places if where.role == "location"]
    own = [place for place in own if place.lat is not None and place.kind != "continent"]
    found = {}
    for place in own or shelf.home:
        if place.lat is not None and place.lon is not None:
            found[place.lat, place.lon] = Spot(
                place.resolved or place.name, place.lat, place.lon, _radius(place), place.country
            )
    return tuple(sorted(found.values(), key=lambda s: (s.radius_km, s.name, s.lat, s.lon))[:SPOTS])


@cache
def bare_name(name: str) -> str:
    """A name in lower case without what stands before it: "prosecutor Ann Lee", "six-year-old Ann Lee"."""
    words = name.split()
    first = max((at + 1 for at, word in enumerate(words) if not word[:1].isupper() or "-year" in word), default=0)
    given = next((at for at in range(first, len(words) - 1) if words[at].casefold() in given_names()), first)
    return " ".join(words[given:] or words).casefold()


@cache
def name_weight(name: str) -> float:
    """How much it says that two tellings share a name: little for the famous and for names of common words."""
    if name in known():
        return 0.2
    words = name.split()
    surest = max(rarity(word) for word in words)
    return min(1.0, surest + 0.4) if len(words) > 1 and words[0] in given_names() else surest


def _figures(telling: Telling, shelf: Shelf) -> tuple[tuple[str, Decimal | None, Decimal | None], ...]:
    """Its figures, as intervals; parts of others and what was added are left out."""
    wanted = frozenset(telling.quantities)
    found = {
        (q.kind, q.low, q.high)
        for q in shelf.reading.quantities
        if q.id in wanted and q.share in (None, Share.CUMULATIVE) and q.kind in FIGURE_KINDS
        if q.low is not None or q.high is not None
    }
    return tuple(sorted(found, key=lambda f: (f[0], f[1] or 0, f[2] or 0)))[:FIGURES]


def _words(telling: Telling, shelf: Shelf, near: Sequence[Span], known_already: frozenset[str]) -> tuple[str, ...]:
    """The rarest words of its title and around its mentions, its places' names left out."""
    document = shelf.reading.document
    stretches = [span.of(document.text) for span in near]
    if telling.trigger[0].start < LEAD and document.title is not None:
        stretches.append(headline(document.title))
    found = {word for stretch in stretches for word in telling_words(stretch)} - known_already
    return tuple(sorted(sorted(found, key=lambda word: (-word_weight(word), word))[:WORDS]))


def headline(title: str) -> str:
    """A page's title without the names of site and section that follow it."""
    return max(re.split(r" [|–—-] |\|", title), key=len)


def telling_words(stretch: str) -> Iterator[str]:
    """The words that tell something, in lower case; clock times and long numbers are words too."""
    for found in WORD.finditer(stretch):
        word = found.group().casefold().replace("’", "'").removesuffix("'s")
        if word[0].isdigit():
            if len(word) > 2 and not YEAR.fullmatch(word):
                yield word
        elif len(word) > 2 and word not in DAYS and word_weight(word) > 0:
            yield word


@cache
def word_weight(word: str) -> float:
    """How much it says that two tellings share a word."""
    if word[0].isdigit():
        return 0.8
    if "-" in word:
        return max(map(rarity, filter(str.isalpha, word.split("-"))), default=0.0)
    topic = (word,) in triggers() or word in heads() or word.removesuffix("s") in heads()
    return min(TOPIC, rarity(word)) if topic else rarity(word)


def _named(spots: Sequence[Spot], shelf: Shelf) -> frozenset[str]:
    """The words by which the text calls these places."""
    points = {(spot.lat, spot.lon) for spot in spots}
    return frozenset(w for p in shelf.places.values() if (p.lat, p.lon) in points for w in p.name.casefold().split())
