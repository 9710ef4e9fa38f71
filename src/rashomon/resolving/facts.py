"""What each voice answers beside figures: whether it happened, who did it, why, where, when, on which terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from rashomon.knowledge.actors import heads, nationalities, states
from rashomon.knowledge.bodies import body
from rashomon.model.incident import Polarity
from rashomon.model.telling import (
    Act,
    Actor,
    ActorId,
    Claim,
    ClaimId,
    Place,
    Role,
    Stance,
    Status,
    Time,
    Verification,
)
from rashomon.model.text import Span
from rashomon.resolving.actors import identity, untitled
from rashomon.resolving.intervals import Interval, Measure
from rashomon.resolving.questions import Setting, Statement, linked, words_of
from rashomon.resolving.speech import between, in_dateline, of_speech
from rashomon.resolving.voices import Voice

ASSERTING = frozenset((Act.SAY, Act.CLAIM, Act.CONFIRM, Act.ADMIT, Act.ANNOUNCE, Act.SHOW, Act.RECALL, Act.ACCUSE))
AGREED = frozenset("AGREEMENT CEASEFIRE EXCHANGE BODIES PROPOSAL TALKS".split())
PERPETRATING = frozenset(("perpetrator", "alleged_perpetrator", "accused"))
# A denial of having done it, not of its having happened.
OWN_PART = re.compile(
    r"\b(?:responsib\w+|involve\w*|behind|carried out|role|hand in|part in|blame\w*|accus\w+|fault|complicit\w*)\b",
    re.IGNORECASE,
)
# A denial that names what is denied by no word of its own: "denied the claim".
BARE = re.compile(r"\b(?:claims?|reports?|allegations?|accusations?|charges?|it|that|this|them)\b", re.IGNORECASE)
CAUSING = re.compile(
    r"""\b(?:caus\w+|due to|because of|result of|resulted from|triggered by|set off by|brought down|brought about
    |blamed on|treat\w+ (?:\w+ ){0,4}as)\b""".replace("\n    ", ""),
    re.IGNORECASE,
)
# What a cause is called, and the words for it; the first that fits.
CAUSES = {
    "gas leak": re.compile(r"(?i)\bgas (?:leak|explosion|cylinder|blast)"),
    "attack": re.compile(r"(?i)\b(?:terror\w*|sabotage\w*|deliberate\w*|missiles?|drones?|shell\w*|rockets?|arson)\b"),
    "explosion": re.compile(r"(?i)\b(?:explosi\w+|explod\w+|blasts?|bombs?|detonat\w+)\b"),
    "fault": re.compile(r"(?i)\b(?:malfunction\w*|technical|mechanical|faults?|failures?|defects?|short[- ]circuit)\b"),
    "accident": re.compile(r"(?i)\b(?:accident\w*|negligence|human error|pilot error|mishandling|carelessness)\b"),
    "weather": re.compile(r"(?i)\b(?:storms?|floods?|weather|lightning|winds?|rains?|landslides?)\b"),
}
LONGEST_TERMS = 240
# Where a paragraph ends; in texts of short lines a line's end alone is none.
TAKING = re.compile(r"\b(?:claim\w*|took|takes|admitt?\w*|accept\w*)$")
BREAK = re.compile(r"[.!?:\"”’)]\s*\n|\n\s*\n")
TOWN, COUNTRY, UNKNOWN = 1, 4, 5
LEVELS = {
    "city": TOWN, "district": 2, "area": 2, "island": 2, "lake": 2, "canal": 2, "region": 3, "mountain": 3, "river": 3,
    "sea": 3, "strait": 3, "historic": 3, "front": 3, "country": COUNTRY, "continent": COUNTRY,
}  # fmt: skip
# Kinds of actor that are called by a place's name.
PLACED = frozenset(("state", "executive", "organisation", "unknown"))
GROUPS = frozenset(("rebel", "militia", "party", "person", "state"))
POLICE = re.compile(r"(?:['’]s)?\s+(?:police|PD|sheriff|fire)\b", re.IGNORECASE)
DAY = Measure("day", "date", True)


def facts(setting: Setting) -> Iterator[Statement]:
    """All answers of a telling but its figures."""
    yield from _occurrence(setting)
    yield from _perpetrators(setting)
    yield from _denials(setting)
    yield from _causes(setting)
    yield from _dates(setting)
    yield from _places(setting)
    yield from _terms(setting)


def silences(setting: Setting) -> bool:
    """Whether somebody keeps silent on what is claimed of a telling, or its document calls it open."""
    telling, told = setting.told.telling, {*setting.told.telling.claims, setting.told.telling.id}
    silent = (Verification.NO_COMMENT, Verification.UNKNOWN)
    for caveat in setting.told.reading.caveats:
        if caveat.status in silent and not told.isdisjoint(caveat.applies_to):
            return True
    return any(setting.claims[name].stance is Stance.NO_COMMENT for name in telling.claims if name in setting.claims)


def when_told(setting: Setting) -> Time | None:
    """The time a telling itself names: in a paragraph of its own, and not the dateline's."""
    telling = setting.told.telling
    time = next((one for one in setting.told.reading.times if one.id == telling.time), None)
    if time is None or time.earliest is None or time.latest is None or in_dateline(setting.text, time.span):
        return None
    near = any(not BREAK.search(between(setting.text, time.span, trigger)) for trigger in telling.trigger)
    return time if near and not of_speech(setting.told.reading, telling, time.span) else None


def sites(setting: Setting) -> tuple[Place, ...]:
    """The places of a telling, nationalities left out, each once.

    A place in somebody's name or in a dateline stands only where no finer one than a country does: what is told by
    "the Larkham council" is in Larkham unless the text says otherwise. Where its police are, a town stands anyhow.
    """
    by_id = {place.id: place for place in setting.told.reading.places}
    found = [by_id[where.place] for where in setting.told.telling.places if where.place in by_id]
    named = [one for one in found if one.kind != "demonym"]
    kept = [one for one in named if not _in_name(setting, one.span) or _policed(setting, one)]
    inside = [one for one in kept if not in_dateline(setting.text, one.span)]
    if any(level(one) < COUNTRY for one in inside):
        kept = inside
    elif not any(level(one) < COUNTRY for one in kept):
        kept += [one for one in named if level(one) < COUNTRY and one not in kept]
    return tuple({site_key(one): one for one in reversed(kept)}.values())[::-1]


def _in_name(setting: Setting, span: Span) -> bool:
    """Whether a place's name is part of somebody's: "the Security Service of <Ukraine>", the Pentagon."""
    return any(
        mention.holds(span) and (actor.kind not in PLACED or mention != span)
        for actor in setting.told.reading.actors
        for mention in actor.mentions
    )


def _policed(setting: Setting, place: Place) -> bool:
    """Whether a place is a town in the name of its police."""
    return level(place) == TOWN and POLICE.match(setting.text, place.span.end) is not None


def site_key(place: Place) -> str:
    """What two mentions of one place share."""
    return place.geonameid or f"{(place.resolved or place.name).casefold()}|{place.country}|{place.kind}"


def level(place: Place) -> int:
    """How exact a place is: 0 within a town, 1 a town, 2 a district, 3 a region, 4 a country, 5 unknown."""
    if place.lat is None or place.kind is None:
        return UNKNOWN
    return LEVELS.get(place.kind, 0)


def who(setting: Setting, role: Role) -> tuple[str, str | None] | None:
    """Who is meant by the words of a part, and the side; None where they name nobody: "drones"."""
    words = " ".join(role.span.of(setting.text).split())
    actor = _actor(setting, role.actor)
    if actor is not None and actor.kind == "media":
        return None
    if actor is not None:
        name = identity(actor.name, actor.kind, actor.country)
        known = body(name, actor.country)
        own = name if actor.kind in GROUPS else None
        return name, actor.side or (known.side if known else None) or own
    state = next((nationalities()[word.lower()] for word in words.split() if word.lower() in nationalities()), None)
    if state is not None:
        return states()[state], states()[state]
    last = words.rsplit(maxsplit=1)[-1].lower() if words else ""
    people = any(noun in heads() and heads()[noun].sort in ("people", "body", "office") for noun in (last, last[:-1]))
    return (untitled(words), None) if people else None


def _actor(setting: Setting, name: ActorId | None) -> Actor | None:
    return next((actor for actor in setting.told.reading.actors if actor.id == name), None)


def _asserts(claim: Claim) -> bool:
    return claim.stance is Stance.AFFIRM and claim.act in ASSERTING


def _occurrence(setting: Setting) -> Iterator[Statement]:
    """Who says that it happened, or is to happen."""
    telling = setting.told.telling
    happened = telling.status in (Status.OCCURRED, Status.CLAIMED, Status.DENIED)
    value = "occurred" if happened else telling.status.value
    for trigger in telling.trigger:
        claim = setting.innermost(trigger)
        if claim is None or _asserts(claim):
            doubts = (telling.id,) if claim is None else ()
            bare = setting.state("occurrence", None if claim is None else claim.id, trigger, *doubts)
            yield replace(bare, value=value)


def _perpetrators(setting: Setting) -> Iterator[Statement]:
    """Who is said to have done it, and by whom."""
    for role in setting.told.telling.participants:
        claim = setting.innermost(role.span)
        # "Called on its partners for a reaction" accuses nobody.
        stated = role.role == "perpetrator" or claim is None or claim.act in ASSERTING or claim.stance is Stance.DENY
        meant = who(setting, role) if role.role in PERPETRATING and stated else None
        if meant is not None:
            yield _blamed(setting, role, meant)
    for claim in setting.claims.values():
        owns = _claims_it(setting, claim)
        if owns and claim.id in linked(setting):
            said = setting.voices[claim.id]
            bare = setting.state("perpetrator", claim.id, words_of(claim))
            yield replace(bare, value=said.name, side=said.side or said.name)


def _blamed(setting: Setting, role: Role, meant: tuple[str, str | None]) -> Statement:
    """One who is said to have done it; accused, unless an article states it or they say so themselves."""
    claim = setting.innermost(role.span)
    accuses = role.role != "perpetrator" or (claim is not None and claim.act is Act.ACCUSE)
    bare = setting.state("perpetrator", None if claim is None else claim.id, role.span)
    said = accuser(setting, role) or bare.voice
    name, side = meant
    own = said.name == name or (side is not None and said.side == side)
    return replace(bare, voice=said, origin=said.name, value=name, side=side, accuses=accuses and not own)


def accuser(setting: Setting, role: Role) -> Voice | None:
    """Who alleges a part: the claimant of an accusation that names it, else whom the reading gives."""
    claim = setting.innermost(role.span)
    if claim is not None and claim.act is Act.ACCUSE and role.role != "perpetrator":
        return setting.voices[claim.id]
    if role.alleged_by is None:
        return None
    made = next((one.id for one in setting.claims.values() if one.claimant == role.alleged_by), None)
    alleging = _actor(setting, role.alleged_by)
    if made is not None:
        return setting.voices[made]
    return None if alleging is None else Voice(identity(alleging.name, alleging.kind, alleging.country))


def _claims_it(setting: Setting, claim: Claim) -> bool:
    """Whether somebody takes responsibility."""
    words = " ".join(span.of(setting.text) for span in claim.content)
    cue = " ".join(span.of(setting.text) for span in claim.cue).lower()
    taken = TAKING.search(cue) is not None and words.lower().lstrip().startswith("responsib")
    return claim.stance is Stance.AFFIRM and (taken or "claimed responsib" in cue or "claims responsib" in cue)


def _denials(setting: Setting) -> Iterator[Statement]:
    """Who denies that it happened, or that they did it."""
    near = linked(setting)
    blamed = [meant for role in setting.told.telling.participants if role.role in PERPETRATING
              for meant in (who(setting, role),) if meant is not None]  # fmt: skip
    for claim in setting.claims.values():
        if claim.id not in near or not (claim.stance is Stance.DENY or claim.act is Act.DENY):
            continue
        words = " ".join(span.of(setting.text) for span in claim.content)
        own = claim.id in setting.told.telling.claims
        if not own and words and not (OWN_PART.search(words) or BARE.search(words)):
            continue
        if claim.act is Act.REJECT and setting.told.telling.kind.startswith("DIP."):
            continue  # an offer turned down is no denial; the terms have it
        if claim.act is Act.REJECT and not OWN_PART.search(words) and not BARE.search(words):
            continue
        yield _denied(setting, claim, words, blamed)


def _denied(setting: Setting, claim: Claim, words: str, blamed: Sequence[tuple[str, str | None]]) -> Statement:
    said = setting.voices[claim.id]
    mine = [meant for meant in blamed if said.name == meant[0] or (said.side is not None and said.side == meant[1])]
    if mine or OWN_PART.search(words):
        name, side = mine[0] if mine else (said.side or said.name, said.side or said.name)
        bare = setting.state("perpetrator", claim.id, words_of(claim))
        return replace(bare, value=name, side=side, polarity=Polarity.DENY)
    bare = setting.state("occurrence", claim.id, words_of(claim))
    return replace(bare, value="occurred", polarity=Polarity.DENY)


def _causes(setting: Setting) -> Iterator[Statement]:
    """What is said to have caused it, and what is taken back."""
    open_kind = setting.told.telling.kind.startswith("INFRA.")
    near = linked(setting)
    for claim in setting.claims.values():
        if claim.id not in near or not claim.content:
            continue
        words = " ".join(span.of(setting.text) for span in claim.content)
        withdrawn = claim.stance in (Stance.RETRACTED, Stance.DENY)
        cause = next((name for name, pattern in CAUSES.items() if pattern.search(words)), None)
        if cause is None or not (_asserts(claim) or withdrawn) or not (CAUSING.search(words) or open_kind):
            continue
        bare = setting.state("cause", claim.id, words_of(claim))
        yield replace(bare, value=cause, polarity=Polarity.DENY if withdrawn else Polarity.AFFIRM)


def _dates(setting: Setting) -> Iterator[Statement]:
    """The day, where the telling names one itself."""
    time = when_told(setting)
    if time is not None and time.earliest is not None and time.latest is not None:
        claim = setting.innermost(time.span)
        bare = setting.state("date", None if claim is None else claim.id, time.span)
        days = Interval(Decimal(time.earliest.toordinal()), Decimal(time.latest.toordinal()))
        yield replace(bare, value=time.value or time.earliest.isoformat(), interval=days, measure=DAY)


def _places(setting: Setting) -> Iterator[Statement]:
    """Where, at the most exact that a telling says; countries only where it says nothing finer."""
    found = [place for place in sites(setting) if level(place) < UNKNOWN]
    finest = min((max(level(place), 1) for place in found), default=UNKNOWN)
    for place in found:
        if max(level(place), 1) == finest:
            claim = setting.innermost(place.span)
            bare = setting.state("place", None if claim is None else claim.id, place.span)
            yield replace(bare, value=place.resolved or place.name, side=site_key(place), place=place)


def _terms(setting: Setting) -> Iterator[Statement]:
    """How each side words what is agreed or offered."""
    telling = setting.told.telling
    family, _, mode = telling.kind.partition(".")
    if family != "DIP" or mode not in AGREED:
        return
    for claim in _own(setting, telling.claims):
        refused = claim.stance is Stance.DENY
        if claim.content and (refused or claim.stance is Stance.AFFIRM):
            words = " ".join(" ".join(span.of(setting.text) for span in claim.content).split())
            bare = setting.state("terms", claim.id, words_of(claim))
            polarity = Polarity.DENY if refused else Polarity.AFFIRM
            yield replace(bare, value=words[:LONGEST_TERMS], polarity=polarity)


def _own(setting: Setting, names: Iterable[ClaimId]) -> Iterator[Claim]:
    return (setting.claims[name] for name in names if name in setting.claims)
