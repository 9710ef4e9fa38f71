"""Mentions to incidents: one telling for each happening of the document, with what belongs to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rashomon.coding.roles import roles
from rashomon.model.reading import Parse, Trigger
from rashomon.model.telling import (
    Actor,
    Claim,
    Event,
    EventId,
    Place,
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

HARM = "HUM."  # deaths and injuries are mentions of their own, never incidents
# Two mentions are one incident when the links between their groups are on average at least even.
SAME = 0.5
# A tie the encoder gives less than this is no tie; words near by decide then.
TIED = 0.15


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
    mentions = [t for t in parse.triggers if t.kinds and not t.kinds[0][0].startswith(HARM)]
    harms = [t for t in parse.triggers if t.kinds and t.kinds[0][0].startswith(HARM)]
    groups = together(mentions)
    ids = {id(t): TellingId(f"i{n}") for n, group in enumerate(groups, 1) for t in group}
    figures = tuple(replace(f, incident=_owner(f.span, mentions, ids, parse.sentences)) for f in found.figures)
    told = tuple(
        _telling(TellingId(f"i{n}"), group, parse, replace(found, figures=figures)) for n, group in enumerate(groups, 1)
    )
    kinds = {t.id: t.kind for t in told}
    events = _events(mentions, harms, ids, kinds, found, parse.sentences)
    return Told(events, told, figures)


def together(mentions: Sequence[Trigger]) -> list[list[Trigger]]:
    """Mentions grouped by what they are mentions of: the surest pairs first, groups by their average link."""
    count = len(mentions)
    alike = {(i, j): _alike(mentions[i], mentions[j]) for i in range(count) for j in range(i + 1, count)}
    group = list(range(count))
    members = {i: [i] for i in range(count)}
    for (i, j), score in sorted(alike.items(), key=lambda pair: (-pair[1], pair[0])):
        one, other = group[i], group[j]
        if score < SAME or one == other:
            continue
        links = [alike[min(a, b), max(a, b)] for a in members[one] for b in members[other]]
        if sum(links) / len(links) >= SAME:
            members[one] += members.pop(other)
            for k in members[one]:
                group[k] = one
    return [[mentions[i] for i in sorted(ids)] for _, ids in sorted(members.items(), key=lambda m: min(m[1]))]


def _alike(one: Trigger, other: Trigger) -> float:
    """How likely two mentions are of one incident: the mean of what each says of the other, where either says."""
    scores = [s for s in (_link(one, "same", other.span), _link(other, "same", one.span)) if s is not None]
    return sum(scores) / 2 if scores else 0.0


def _link(trigger: Trigger, role: str, span: Span) -> float | None:
    """How sure the encoder is that the words belong to the mention in this role; None if it does not say."""
    return max((link.score for link in trigger.links if link.role == role and link.span.overlaps(span)), default=None)


def _owner(
    span: Span, mentions: Sequence[Trigger], ids: Mapping[int, TellingId], sentences: Sequence[Span]
) -> TellingId | None:
    """The incident a figure counts for: of the mention that claims it most, else of the nearest in its sentence."""
    scored = [
        (score, -_gap(t.span, span), ids[id(t)]) for t in mentions if (score := _link(t, "figure", span)) is not None
    ]
    if scored and max(scored)[0] >= TIED:
        return max(scored)[2]
    sentence = next((s for s in sentences if s.overlaps(span)), span)
    near = [(_gap(t.span, span), ids[id(t)]) for t in mentions if sentence.holds(t.span)]
    return min(near)[1] if near else None


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _telling(name: TellingId, group: Sequence[Trigger], parse: Parse, found: Found) -> Telling:
    kind = _likeliest([t.kinds for t in group])
    sites = _ranked(group, "place", [p.span for p in found.sites if p.kind != "demonym"], parse.sentences)
    places = {p.span: p for p in found.sites}
    return Telling(
        name,
        kind,
        Status(_likeliest([t.statuses for t in group])),
        tuple(t.span for t in group),
        _day(group, found.days, parse.sentences),
        tuple(Where(places[s].id, "location") for s in sites),
        _participants(group, kind, found),
        tuple(c.id for c in found.said if any(s.overlaps(t.span) for s in c.content for t in group)),
        tuple(f.id for f in found.figures if f.incident == name),
    )


def _likeliest(chances: Sequence[Sequence[tuple[str, float]]]) -> str:
    total: dict[str, float] = defaultdict(float)
    for mention in chances:
        for name, chance in mention:
            total[name] += chance
    return max(total, key=lambda name: total[name])


def _ranked(group: Sequence[Trigger], role: str, spans: Sequence[Span], sentences: Sequence[Span]) -> list[Span]:
    """The spans that belong to an incident in this role, surest first; else the nearest in a mention's sentence."""
    scored = [(max((_link(t, role, s) or 0.0 for t in group), default=0.0), s) for s in spans]
    sure = sorted((pair for pair in scored if pair[0] >= TIED), key=lambda pair: (-pair[0], pair[1]))
    if sure:
        best = sure[0][0]
        return [s for score, s in sure if score >= max(TIED, best / 2)]
    near = [
        (_gap(t.span, s), s)
        for t in group
        for sentence in sentences
        if sentence.holds(t.span)
        for s in spans
        if sentence.holds(s)
    ]
    return [min(near)[1]] if near else []


def _day(group: Sequence[Trigger], days: Sequence[Time], sentences: Sequence[Span]) -> TimeId | None:
    """When: the time that belongs to a mention or stands nearest in its sentence, else the first the document gives.

    On the hand-read training ledgers the first is right for 70 % of incidents without a time of their own, the last one
    before the mention for 67 %.
    """
    told = [t for t in days if t.earliest is not None or t.latest is not None]
    for known in (told, days):
        spans = _ranked(group, "time", [t.span for t in known], sentences)
        if spans:
            return next(t.id for t in known if t.span == spans[0])
    return told[0].id if told else None


def _participants(group: Sequence[Trigger], kind: str, found: Found) -> tuple[Role, ...]:
    """Every part once: the same words, or the same actor in the same part, are not told twice."""
    out: list[Role] = []
    for trigger in group:
        for role in roles(trigger, kind, found.cast, found.said):
            twin = any(
                role.span.overlaps(r.span) or (role.role == r.role and role.actor is not None and role.actor == r.actor)
                for r in out
            )
            if role.role != "location" and not twin:
                out.append(role)
    return tuple(out)


def _events(
    mentions: Sequence[Trigger],
    harms: Sequence[Trigger],
    ids: Mapping[int, TellingId],
    kinds: Mapping[TellingId, str],
    found: Found,
    sentences: Sequence[Span],
) -> tuple[Event, ...]:
    """Single mentions in the order of the text, each of the kind of its incident."""
    told: list[tuple[Span, str, tuple[Role, ...], TellingId | None]] = []
    for t in mentions:
        kind = kinds[ids[id(t)]]
        told.append((t.span, kind, roles(t, kind, found.cast, found.said), ids[id(t)]))
    for t in harms:
        owner = _owner(t.span, mentions, ids, sentences)
        told.append((t.span, t.kinds[0][0], roles(t, t.kinds[0][0], found.cast, found.said), owner))
    told.sort(key=lambda event: event[0])
    return tuple(
        Event(EventId(f"e{n}"), kind, span, parts, owner) for n, (span, kind, parts, owner) in enumerate(told, 1)
    )
