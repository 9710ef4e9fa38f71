"""Mentions to incidents: one telling for each happening of the document, with what belongs to it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rashomon.coding.alike import MAY_BE, Around, chances
from rashomon.coding.compounds import headed
from rashomon.coding.groups import together, whole_phrases
from rashomon.coding.place_town import Town, town
from rashomon.coding.plain_words import by_crowd, by_figure, by_word
from rashomon.coding.quantity_kinds import UNTOLD
from rashomon.coding.retold import retold
from rashomon.coding.roles import roles, told_once
from rashomon.coding.stretches import gap, within
from rashomon.coding.weapons import by_weapon
from rashomon.model.reading import Link, Parse, Trigger
from rashomon.model.telling import (
    Act,
    Actor,
    Claim,
    Event,
    EventId,
    Place,
    PlaceId,
    Quantity,
    Role,
    Status,
    Telling,
    TellingId,
    Time,
    TimeId,
    Where,
)
from rashomon.model.text import Span

HARM = ("HUM.DEATH", "HUM.INJURY")  # mentions of their own, never incidents
HARMED = ("killed", "injured", "killed_or_injured")
# An incident needs a mention as sure as this, or the dead or injured that are counted for it.
CERTAIN = 0.9
# A mention as sure as this is listed as an event, others only where their incident has no surer one. On WikiEvents' dev
# articles triggers F1 is 68 with it and 65 without.
EVENT = 0.9
# Who was hurt, or how many were, is no event of its own.
COUNT = re.compile(r"tolls?|casualt(?:y|ies)|victims?|loss(?:es)?", re.IGNORECASE)
# An assassination or a shooting is the attack itself, and nobody dies of an attempt or of a charge.
DEED = re.compile(r"assassinat\w+|shot|shoot\w*", re.IGNORECASE)
ATTEMPTED = re.compile(r"\b(?:attempted|failed|charges? of|charged with|accused of|convicted of)\s+$", re.IGNORECASE)
ATTEMPT = re.compile(r"\s+(?:attempts?|plots?|bids?)\b", re.IGNORECASE)
# A tie the encoder gives less than this is no tie; words near by decide then.
TIED = 0.05
# These need no place: where they are told, no town is lent to them.
ANYWHERE = ("DIP", "POL", "WAR", "CYBER")
# These name countries as parties: one that stands near by is no place of theirs.
NAMING = ("DIP", "POL", "WAR", "CYBER", "FORCE")
# These are often held in a third country. To all others without a place is lent the country that a text is mostly
# about: of the incidents found in the hand-read training ledgers 89.3 % have a right place then, 85.1 without. Where
# two countries share a text none is lent; that costs one incident of 242 its place.
ELSEWHERE = ("DIP.TALKS",)
# "The Medellin Cartel" and "a native of Medellin" may be anywhere.
BANDS = frozenset(("militia", "rebel", "party", "company"))
ORIGIN = re.compile(r"\b(?:natives? of|born in|originally from)\s+$", re.IGNORECASE)
LOOK_BACK = 25
# Even a faint tie of a figure says more than the words near by.
COUNTED = 0.05
# A figure whose sentence mentions nothing goes on with the mention before it, if no more characters lie between.
RUNS_ON = 400
# Characters around a mention in which anything can belong to it: more than a window of the encoder holds.
REACH = 4000


Mention = tuple[Span, str, tuple[Role, ...], TellingId | None]  # words, kind, parts, incident
Claiming = tuple[float, int, Span]  # how surely, how near (0 or less), by which mention


@dataclass(frozen=True, slots=True)
class Found:
    """Everything else that was read in the document."""

    cast: Sequence[Actor]
    said: Sequence[Claim]
    figures: Sequence[Quantity]
    days: Sequence[Time]
    sites: Sequence[Place]


@dataclass(frozen=True, slots=True)
class Told:
    """Mentions, incidents, and the figures with their incidents."""

    events: tuple[Event, ...]
    tellings: tuple[Telling, ...]
    figures: tuple[Quantity, ...]


def tellings(parse: Parse, found: Found) -> Told:
    """What the document tells of, one telling a happening."""
    found = replace(found, sites=scenes(found, parse.document.text))
    mentions = mentioned(parse)
    harms = [t for t in _told(parse, harm=True) if not _deed(t.span, parse.document.text)]
    around = Around(parse.document.text, parse.sentences, found.sites, found.days, found.figures)
    groups = whole_phrases(together(mentions, chances(mentions, around)), parse.document.text)
    kinds_of = [_likeliest([t.kinds for t in group]) for group in groups]
    groups = retold(groups, kinds_of, parse.document.text, found.sites, found.days)
    draft = _shelf(parse, groups, harms, found)
    counted = _counted(draft, found.figures)
    groups = [group for group in groups if _certain(group, counted, draft.names[group[0].span])]
    mentions = sorted((t for group in groups for t in group), key=lambda t: t.span)
    shelf = _shelf(parse, groups, harms, found)
    names = shelf.names
    figures = tuple(replace(f, incident=shelf.owner(f.span, runs_on=f.kind not in UNTOLD)) for f in found.figures)
    found = replace(found, figures=figures)
    counts: dict[TellingId | None, list[str]] = defaultdict(list)
    for figure in figures:
        counts[figure.incident].append(figure.kind)
    kind_of = [_kind(group, counts[names[group[0].span]], parse.document.text) for group in groups]
    kinds = {t.span: kind for group, kind in zip(groups, kind_of, strict=True) for t in group}
    parts = {t.span: roles(t, kinds[t.span], found.cast, found.said) for t in mentions}
    told = tuple(_telling(group, kind, parts, shelf, found) for group, kind in zip(groups, kind_of, strict=True))
    harmed = {t.span for t in harms}
    surest = {max(group, key=lambda t: t.score).span for group in groups}
    # "Killed" is a mention of the attack, and as an event a death.
    events: list[Mention] = [
        (t.span, kinds[t.span], _beside(t, parts[t.span], shelf), names[t.span])
        for t in mentions
        if t.span not in harmed and (t.score >= EVENT or t.span in surest)
    ]
    for t in (t for t in harms if t.score >= EVENT and not COUNT.fullmatch(t.span.of(parse.document.text))):
        kind, own = t.kinds[0][0], shelf.owner(t.span)
        # A death that belongs to nothing told here was nobody's doing, or is told elsewhere.
        if own is not None:
            events.append((t.span, kind, _beside(t, roles(t, kind, found.cast, found.said), shelf), own))
    return Told(_numbered(events), told, figures)


def _deed(span: Span, text: str) -> bool:
    """Whether a word of killing names what was done or tried, and not a death."""
    before = ATTEMPTED.search(text, max(0, span.start - LOOK_BACK), span.start)
    return bool(DEED.fullmatch(span.of(text)) or before or ATTEMPT.match(text, span.end))


def _beside(trigger: Trigger, parts: Sequence[Role], shelf: Shelf) -> tuple[Role, ...]:
    """The parts that stand in a mention's own sentence: those told elsewhere are the incident's."""
    sentence = shelf.sentence(trigger.span)
    return tuple(role for role in parts if sentence.holds(role.span))


def mentioned(parse: Parse) -> list[Trigger]:
    """The mentions of incidents, in the order of the text; not those that only tell of death or injury."""
    return sorted(_told(parse, harm=False), key=lambda t: t.span)


def _told(parse: Parse, *, harm: bool) -> list[Trigger]:
    """The mentions of death and injury, or all others, each with its head."""
    text = parse.document.text
    found = (t for t in parse.triggers if t.kinds and t.kinds[0][0].startswith(HARM) is harm)
    return [replace(t, span=headed(t.span, text)) for t in found]


def scenes(found: Found, text: str) -> tuple[Place, ...]:
    """The places where something can have happened: not those in the name of a band, nor where somebody is from."""
    names = [span for actor in found.cast if actor.kind in BANDS for span in actor.mentions]

    def named_after(span: Span) -> bool:
        return any(name.holds(span) and name != span for name in names)

    def origin(span: Span) -> bool:
        return ORIGIN.search(text, max(0, span.start - LOOK_BACK), span.start) is not None

    return tuple(site for site in found.sites if not named_after(site.span) and not origin(site.span))


def _kind(group: Sequence[Trigger], counted: Sequence[str], text: str) -> str:
    kind = _likeliest([t.kinds for t in group])
    bombs = [t.kinds for t in group if t.kinds[0][0].startswith(MAY_BE.get(kind, "\0"))]
    if bombs:  # One mention that is likeliest a bomb tells what exploded.
        kind = _likeliest([[k for k in kinds if k[0].startswith(MAY_BE[kind])] for kinds in bombs])
    sure = sum(chance for t in group for name, chance in t.kinds if name == kind) / len(group)
    return by_crowd(by_weapon(by_figure(by_word(kind, sure, group, text), sure, counted), group, text), group, text)


def _shelf(parse: Parse, groups: Sequence[Sequence[Trigger]], harms: Sequence[Trigger], found: Found) -> Shelf:
    mentions = sorted((t for group in groups for t in group), key=lambda t: t.span)
    return Shelf(
        mentions,
        {t.span: TellingId(f"i{n}") for n, group in enumerate(groups, 1) for t in group},
        {t.span: _by_role(t) for t in mentions},
        _claiming(mentions, sorted(f.span for f in found.figures)) | _claiming(mentions, sorted(t.span for t in harms)),
        parse.sentences,
        dict(sorted((p.span, p.id) for p in found.sites if p.kind != "demonym")),
        {t.span: t.id for t in found.days},
        {t.span: t.id for t in found.days if t.earliest is not None or t.latest is not None},
        _usual(found.days),
        frozenset(p.id for p in found.sites if p.lat is not None),
        {p.id: (p.resolved or p.name, p.country) for p in found.sites},
        town(found.sites, parse.document.text),
        _land(found.sites),
    )


def _land(sites: Sequence[Place]) -> PlaceId | None:
    """The country in which half of the places named are, if it is named itself."""
    often = Counter(p.country for p in sites if p.country is not None)
    lands = [p for p in sites if p.kind == "country" and p.country is not None]
    best = max(lands, key=lambda p: often[p.country or ""], default=None)
    return best.id if best is not None and 2 * often[best.country or ""] >= often.total() else None


def _usual(days: Sequence[Time]) -> TimeId | None:
    dated = [t for t in days if t.earliest is not None or t.latest is not None]
    often = Counter((t.earliest, t.latest) for t in dated)
    return max(dated, key=lambda t: often[t.earliest, t.latest]).id if dated else None


def _counted(shelf: Shelf, figures: Sequence[Quantity]) -> frozenset[TellingId]:
    """Groups of mentions for which the text counts the dead or the injured."""
    return frozenset(name for f in figures if f.kind in HARMED and (name := shelf.owner(f.span)) is not None)


def _certain(group: Sequence[Trigger], counted: frozenset[TellingId], name: TellingId) -> bool:
    return name in counted or max(t.score for t in group) >= CERTAIN


def _by_role(trigger: Trigger) -> dict[str, list[Link]]:
    out: dict[str, list[Link]] = {}
    for link in trigger.links:
        out.setdefault(link.role, []).append(link)
    return out


def _claiming(mentions: Sequence[Trigger], spans: Sequence[Span]) -> dict[Span, Claiming]:
    """The mention that claims each of the spans most, of two the nearer; ``spans`` in the order of the text."""
    best: dict[Span, Claiming] = {}
    for t in mentions:
        for link in t.links:
            if link.role == "figure":
                for span in within(spans, link.span):
                    claiming = (link.score, -gap(t.span, span), t.span)
                    best[span] = max(best.get(span, claiming), claiming)
    return best


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a document holds, everything in the order of the text, and each mention's incident."""

    mentions: Sequence[Trigger]
    names: Mapping[Span, TellingId]
    links: Mapping[Span, Mapping[str, Sequence[Link]]]
    claiming: Mapping[Span, Claiming]  # of a figure, or of a word of death or injury
    sentences: Sequence[Span]
    places: Mapping[Span, PlaceId]
    times: Mapping[Span, TimeId]
    days: Mapping[Span, TimeId]  # the times that are known to the day, week, month or year
    usual: TimeId | None  # the first of those that name the days most often named
    known: frozenset[PlaceId]  # the places that the gazetteer knows
    called: Mapping[PlaceId, tuple[str, str | None]]  # by what two mentions of one place are known
    town: Town | None  # what the document is about
    land: PlaceId | None  # the first that names the country of most places named

    def sentence(self, span: Span) -> Span:
        """The sentence in which the words begin, or the words themselves where there is none."""
        at = bisect_right(self.sentences, span.start, key=lambda s: s.start) - 1
        return self.sentences[at] if at >= 0 and self.sentences[at].end > span.start else span

    def owner(self, span: Span, *, runs_on: bool = True) -> TellingId | None:
        """The incident a figure counts for: of the mention that claims it most, else of one near by.

        That is the nearest in its sentence, or else, if the figure may run on, the last before it.
        """
        claiming = self.claiming.get(span)
        if claiming is not None and claiming[0] >= COUNTED:
            return self.names[claiming[2]]
        first = bisect_left(self.mentions, span.start - REACH, key=lambda t: t.span.start)
        last = bisect_right(self.mentions, span.end + REACH, key=lambda t: t.span.start)
        around = self.mentions[first:last]
        sentence = self.sentence(span)
        near = min(((gap(t.span, span), t.span) for t in around if sentence.holds(t.span)), default=None)
        if near is not None or not runs_on:
            return self.names[near[1]] if near is not None else None
        before = [t.span for t in around if t.span.end <= span.start]
        return self.names[before[-1]] if before and gap(before[-1], span) < RUNS_ON else None

    def belonging(
        self, group: Sequence[Trigger], role: str, spans: Sequence[Span], *, near_by: bool = True
    ) -> list[Span]:
        """The spans that belong to an incident in this role, surest first; else the nearest in a mention's sentence.

        ``spans`` are in the order of the text.
        """
        scored: dict[Span, float] = {}
        near: list[tuple[int, Span]] = []
        for t in group:
            for link in self.links[t.span].get(role, ()):
                for s in within(spans, link.span):
                    scored[s] = max(scored.get(s, 0.0), link.score)
            near += [(gap(t.span, s), s) for s in within(spans, self.sentence(t.span))]
        best = max(scored.values(), default=0.0)
        if best >= TIED:
            sure = [(-score, s) for s, score in scored.items() if score >= max(TIED, best / 3)]
            return [s for _, s in sorted(sure)]
        return [min(near)[1]] if near and near_by else []


def _telling(
    group: Sequence[Trigger], kind: str, parts: Mapping[Span, Sequence[Role]], shelf: Shelf, found: Found
) -> Telling:
    name = shelf.names[group[0].span]
    claims = [c for c in found.said if any(s.overlaps(t.span) for s in c.content for t in group)]
    return Telling(
        name,
        kind,
        _status(group, kind, claims),
        tuple(t.span for t in group),
        _day(group, shelf),
        tuple(Where(place, "location") for place in _sites(group, kind, shelf)),
        _participants([role for t in group for role in parts[t.span]]),
        tuple(c.id for c in claims),
        tuple(f.id for f in found.figures if f.incident == name),
    )


def _status(group: Sequence[Trigger], kind: str, claims: Sequence[Claim]) -> Status:
    """What the text commits to: what it only tells as somebody's offer is proposed, not done."""
    likely = Status(_likeliest([t.statuses for t in group]))
    offered = bool(claims) and all(c.act is Act.PROPOSE for c in claims)
    return Status.PROPOSED if offered and likely is Status.OCCURRED and kind.startswith("DIP.") else likely


def _likeliest(chances: Sequence[Sequence[tuple[str, float]]]) -> str:
    total: dict[str, float] = defaultdict(float)
    for mention in chances:
        for name, chance in mention:
            total[name] += chance
    return max(total, key=lambda name: total[name])


def _day(group: Sequence[Trigger], shelf: Shelf) -> TimeId | None:
    """When: the time that belongs to a mention or stands nearest in its sentence, else the day most often named.

    On the hand-read training ledgers that day is right for 17 of 22 incidents without a time of their own, the first
    named for 16, the nearest for 14.
    """
    for days in (shelf.days, shelf.times):
        spans = shelf.belonging(group, "time", list(days))
        if spans:
            return days[spans[0]]
    return shelf.usual


def _sites(group: Sequence[Trigger], kind: str, shelf: Shelf) -> list[PlaceId]:
    """Where: the places that belong to a mention; to a street, to a quarter, or to none, the document's town too."""
    spans = shelf.belonging(group, "place", list(shelf.places), near_by=not kind.startswith(NAMING))
    # Of several mentions of one place the surest.
    own = list({shelf.called[shelf.places[s]]: shelf.places[s] for s in reversed(spans)}.values())[::-1]
    if shelf.town is not None and not kind.startswith(ANYWHERE) and shelf.town.around.issuperset(own):
        return list(dict.fromkeys((*own, shelf.town.id)))
    if any(place in shelf.known for place in own):
        return own
    return own or ([shelf.land] if shelf.land is not None and not kind.startswith(ELSEWHERE) else [])


def _participants(parts: Sequence[Role]) -> tuple[Role, ...]:
    """Every part once: the same words, or the same actor in the same part, are not told twice."""
    out: list[Role] = []
    for role in parts:
        twin = any(
            role.span.overlaps(r.span) or (role.role == r.role and role.actor is not None and role.actor == r.actor)
            for r in out
        )
        if role.role != "location" and not twin:
            out.append(role)
    return tuple(out)


def _numbered(found: Sequence[Mention]) -> tuple[Event, ...]:
    """Mentions as events, in the order of the text."""
    ordered = sorted(found, key=lambda event: (event[0], event[1]))
    once = told_once([(span, parts) for span, _, parts, _ in ordered])
    return tuple(
        Event(EventId(f"e{n}"), kind, span, parts, own)
        for n, ((span, kind, _, own), parts) in enumerate(zip(ordered, once, strict=True), 1)
    )
