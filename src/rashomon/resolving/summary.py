"""Many tellings as one incident: its kind, whether it happened, when, where, who took part, how accounts compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rashomon.model.incident import Incident, IncidentId, Participant, Site, Told, key
from rashomon.model.judgement import Judgement
from rashomon.model.telling import ActorId, Place, Precision, Status
from rashomon.resolving.actors import ARTICLES, identity, unify, untitled
from rashomon.resolving.compare import compare
from rashomon.resolving.facts import (
    PERPETRATING,
    accuser,
    level,
    site_key,
    sites,
    when_told,
    who,
)
from rashomon.resolving.questions import Setting, settings
from rashomon.resolving.speech import in_dateline, of_speech

# What one telling commits to outweighs what another does: it happened, whoever only planned it.
WEIGHT = (
    Status.OCCURRED,
    Status.CLAIMED,
    Status.PLANNED,
    Status.PROPOSED,
    Status.THREATENED,
    Status.BACKGROUND,
    Status.DENIED,
)
VAGUE = ("UNSPECIFIED", "COMBINED")
BY_DAY = (Precision.DAY, Precision.PART_OF_DAY, Precision.HOURS)


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, both included."""

    earliest: date
    latest: date
    precision: Precision

    def meets(self, other: Days) -> bool:
        """Whether a day lies in both."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    @property
    def length(self) -> timedelta:
        """From the first day to the last; nothing for one day."""
        return self.latest - self.earliest


def summarise(id: IncidentId, told: Sequence[Told], judged: Sequence[Judgement] = ()) -> Incident:  # noqa: A002
    """The incident that some tellings tell of. The order of ``told`` changes nothing.

    Raises ValueError if there is no telling.
    """
    if not told:
        raise ValueError(f"incident {id} has no telling")
    every = settings(told)
    days = _days(every)
    return Incident(
        id=id,
        kind=_kind(every),
        status=_status(every),
        earliest=None if days is None else days.earliest,
        latest=None if days is None else days.latest,
        precision=None if days is None else days.precision,
        places=_places(every),
        participants=_participants(every, judged),
        documents=tuple(dict.fromkeys(one.told.reading.document.id for one in every)),
        comparisons=compare(told, judged),
        tellings=tuple(key(one.told.reading.document.id, one.told.telling.id) for one in every),
    )


def _kind(every: Sequence[Setting]) -> str:
    """The kind most origins tell, the family before the kind within it; "unspecified" yields to any other."""
    families: dict[str, set[str]] = defaultdict(set)
    kinds: dict[str, set[str]] = defaultdict(set)
    for one in every:
        kind = one.told.telling.kind
        families[kind.partition(".")[0]].add(one.told.origin)
        kinds[kind].add(one.told.origin)
    family = min(families, key=lambda name: (-len(families[name]), name))
    within = [kind for kind in kinds if kind.partition(".")[0] == family]
    return min(within, key=lambda kind: (kind.endswith(VAGUE), -len(kinds[kind]), kind))


def _status(every: Sequence[Setting]) -> Status:
    return min((one.told.telling.status for one in every), key=WEIGHT.index)


def _days(every: Sequence[Setting]) -> Days | None:
    """The tightest days on which most origins agree; the day of print and the one before where none names any."""
    named = [(one.told.origin, days) for one in every if (days := _named_days(one)) is not None]
    for told in (named, [(one.told.origin, days) for one in every if (days := _loose_days(one)) is not None]):
        if told:
            return _agreed(told)
    printed = [day for one in every if (day := one.told.reading.document.published) is not None]
    return None if not printed else Days(min(printed) - timedelta(days=1), min(printed), Precision.DAYS)


def _named_days(setting: Setting) -> Days | None:
    """The days a telling names itself."""
    time = when_told(setting)
    if time is None or time.earliest is None or time.latest is None:
        return None
    return Days(time.earliest, time.latest, time.precision)


def _loose_days(setting: Setting) -> Days | None:
    """The days a document names elsewhere, a dateline's aside: it may lie a day before that."""
    telling = setting.told.telling
    time = next((one for one in setting.told.reading.times if one.id == telling.time), None)
    if time is None or time.earliest is None or time.latest is None:
        return None
    if not in_dateline(setting.text, time.span) and not of_speech(setting.told.reading, telling, time.span):
        return Days(time.earliest, time.latest, time.precision)
    return Days(time.earliest - timedelta(days=1), time.latest, Precision.DAYS)


def _agreed(told: Sequence[tuple[str, Days]]) -> Days:
    """The days in which most origins' meet, narrowed to what all of these allow; the earliest of equals."""
    best = max(
        dict.fromkeys(days for _, days in told),
        key=lambda days: (
            len({origin for origin, other in told if other.meets(days)}),
            -days.length,
            -days.earliest.toordinal(),
        ),
    )
    found = best
    for _, other in sorted(told, key=lambda one: (one[1].length, one[1].earliest)):
        if other.meets(found):
            first, last = max(found.earliest, other.earliest), min(found.latest, other.latest)
            precision = other.precision if other.length < found.length else found.precision
            found = Days(first, last, precision)
    if not found.length and found.precision not in BY_DAY:
        return replace(found, precision=Precision.DAY)
    return found


def _places(every: Sequence[Setting]) -> tuple[Site, ...]:
    """Every place once, the most exact first, of these the one most told; without those that only hold a finer one."""
    votes: dict[str, set[str]] = defaultdict(set)
    first: dict[str, tuple[Place, str]] = {}
    for one in every:
        roles = {where.place: where.role for where in one.told.telling.places}
        for place in sites(one):
            votes[site_key(place)].add(one.told.origin)
            first.setdefault(site_key(place), (place, roles[place.id]))
    order = {name: at for at, name in enumerate(first)}
    ranked = sorted(first, key=lambda name: (max(level(first[name][0]), 1), -len(votes[name]), order[name]))
    kept: list[tuple[Place, str]] = []
    for name in ranked:
        place, role = first[name]
        if not any(_within(finer, place) for finer, _ in kept):
            kept.append((place, role))
    return tuple(_site(place, role) for place, role in kept)


def _within(finer: Place, place: Place) -> bool:
    """Whether a place only says again where a finer one lies."""
    if finer.country is None or finer.country != place.country or level(place) <= level(finer):
        return False
    return place.kind == "country" or place.resolved in (finer.admin1, finer.admin2)


def _site(place: Place, role: str) -> Site:
    return Site(
        place.name,
        place.resolved,
        place.admin1,
        place.admin2,
        place.country,
        place.lat,
        place.lon,
        place.radius_km,
        role,
    )


def _participants(every: Sequence[Setting], judged: Sequence[Judgement]) -> tuple[Participant, ...]:
    """Everybody who took part, once a part, under one name each."""
    found = [one for setting in every for one in _parts(setting)]
    names = {one.actor for one in found} | {one.alleged_by for one in found if one.alleged_by is not None}
    meant = unify(names, judged)
    return tuple(dict.fromkeys(_renamed(one, meant) for one in found))


def _parts(setting: Setting) -> Iterator[Participant]:
    actors: Mapping[ActorId, str] = {
        actor.id: identity(actor.name, actor.kind, actor.country) for actor in setting.told.reading.actors
    }
    for role in setting.told.telling.participants:
        words = " ".join(role.span.of(setting.text).split())
        name = untitled(words) if role.actor is None else actors.get(role.actor, words)
        if role.role in PERPETRATING and (meant := who(setting, role)) is not None:
            name = meant[0]
        alleging = accuser(setting, role)
        if name and name.lower() not in ARTICLES:
            yield Participant(role.role, name, None if alleging is None else alleging.name)


def _renamed(one: Participant, names: Mapping[str, str]) -> Participant:
    alleged = one.alleged_by
    return replace(
        one,
        actor=names.get(one.actor, one.actor),
        alleged_by=None if alleged is None else names.get(alleged, alleged),
    )
