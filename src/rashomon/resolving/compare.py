"""How the accounts of one incident stand to each other, question by question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import TypeVar

from rashomon.model.document import DocumentId
from rashomon.model.globe import km
from rashomon.model.incident import Answer, Comparison, Polarity, Relation, Told
from rashomon.model.judgement import Judgement
from rashomon.model.telling import Place, Share
from rashomon.resolving.actors import unify
from rashomon.resolving.facts import COUNTRY, facts, level, silences, sites
from rashomon.resolving.intervals import CONVERTED, Stand, alike, general, part_stand, same, stand
from rashomon.resolving.questions import Setting, Statement, echoed, figures, rested, settings
from rashomon.resolving.uncounted import sole, uncounted
from rashomon.resolving.updates import added, superseded
from rashomon.resolving.voices import named

FACTS = ("occurrence", "date", "place", "perpetrator", "cause", "terms")
# Kinds of figure of what nothing happened to.
LOOSE = frozenset(("count_other", "age", "duration", "distance", "fraction", "money"))
# Figures first asked for; the others follow by name.
FIRST = ("killed", "injured", "killed_or_injured", "missing")
# Places no farther apart than this are told of as one by people who stand in either.
NEAR_KM = 25
SPREAD = 1.5

T = TypeVar("T")
Stands = Callable[[Statement, Statement], Stand | None]


def compare(told: Sequence[Told], judged: Sequence[Judgement] = ()) -> tuple[Comparison, ...]:
    """Every question that the tellings of one incident answer, with all answers and how they stand to each other.

    ``judged`` are people's judgements on actors. The order of ``told`` changes nothing.
    """
    every = settings(told)
    statements = _dead(sole(_named([one for own in _rested(every).values() for one in own], judged)))
    silent = any(silences(setting) for setting in every)
    country = _country(every)
    asked = sorted({one.question for one in statements}, key=_rank)
    return tuple(_compared(question, statements, silent=silent, country=country) for question in asked)


def _rested(every: Sequence[Setting]) -> Mapping[DocumentId, Sequence[Statement]]:
    """What each document says, whichever of its tellings says it, with whom it rests on; a copy as its first printing.

    Where the first printing is not among the documents its copies stand for themselves.
    """
    own: dict[DocumentId, list[Statement]] = {}
    first: dict[DocumentId, DocumentId] = {}
    for setting in every:
        document = setting.told.reading.document.id
        first[document] = setting.told.origin
        own.setdefault(document, []).extend((*facts(setting), *figures(setting), *uncounted(setting)))
    found = {document: list(rested(said)) for document, said in own.items()}
    return {
        document: said if first[document] == document else list(echoed(said, found.get(first[document], ())))
        for document, said in found.items()
    }


def _dead(statements: Sequence[Statement]) -> list[Statement]:
    """The statements, with "victims" that are fewer than the injured told beside them counted as the dead."""
    told = (one for one in statements if one.question == "injured" and not one.implied)
    hurt = max((one.interval.low for one in told if one.interval.low), default=None)
    return [
        replace(one, question="killed")
        if one.dead_alone
        and one.question == "killed_or_injured"
        and hurt is not None
        and one.interval.high is not None
        and one.interval.high < hurt
        else one
        for one in statements
    ]


def _rank(question: str) -> tuple[int, str]:
    order = (*FACTS, *FIRST)
    return (order.index(question), "") if question in order else (len(order), question)


def _named(statements: Sequence[Statement], judged: Sequence[Judgement]) -> list[Statement]:
    """The statements with every actor under one name; outlets keep theirs."""
    names = {one.voice.name for one in statements if not one.voice.narrator}
    names |= {one.value for one in statements if one.question == "perpetrator" and one.value}
    meant = unify(names, judged)
    found = []
    for one in statements:
        voice = one.voice if one.voice.narrator else named(one.voice, meant)
        value = meant.get(one.value or "", one.value) if one.question == "perpetrator" else one.value
        found.append(replace(one, voice=voice, origin=meant.get(one.origin, one.origin), value=value))
    return sorted(found, key=lambda one: (one.order, one.evidence.claim or "", one.value or ""))


def _country(every: Sequence[Setting]) -> str | None:
    """Where it happened, by most tellings."""
    counts = Counter(place.country for setting in every for place in sites(setting) if place.country)
    return min(counts, key=lambda code: (-counts[code], code)) if counts else None


def _compared(question: str, statements: Sequence[Statement], *, silent: bool, country: str | None) -> Comparison:
    own = [one for one in statements if one.question == question]
    if question not in FACTS:
        own = list(added(own))
        old = frozenset() if question in LOOSE else superseded(own, country)
        live = [one for at, one in enumerate(own) if at not in old]
        implied = _sums(statements, country) if question == "killed_or_injured" else []
        relation, marginal = _figures(live, implied, updated=bool(old))
        return Comparison(question, relation, _answers(own, old), marginal)
    old = _taken_back(own)
    live = [one for at, one in enumerate(own) if at not in old]
    relation, marginal = _fact(question, live, taken_back=bool(old), silent=silent)
    return Comparison(question, relation, _answers(own, old), marginal)


def _figures(live: Sequence[Statement], implied: Sequence[Statement], *, updated: bool) -> tuple[Relation, bool]:
    """The relation of the figures that still stand; ``implied`` ones are only held against them."""
    if _denied(live):
        return Relation.DISPUTED, False
    live = [one for one in live if one.polarity is Polarity.AFFIRM] or list(live)
    relation, marginal = _settled(live, _figure_stand, implied)
    if updated and relation not in (Relation.DISAGREE, Relation.AGREE):
        return Relation.SUPERSEDED, False
    return relation, marginal


def _fact(question: str, live: Sequence[Statement], *, taken_back: bool, silent: bool) -> tuple[Relation, bool]:
    """The relation of answers that are no figures."""
    denied = {Polarity.AFFIRM, Polarity.DENY} <= {one.polarity for one in live} and question != "date"
    if denied or (taken_back and question == "cause"):
        return Relation.DISPUTED, False
    match question:
        case "place":
            return _places(live)
        case "date":
            return _settled(live, _date_stand)
        case "perpetrator" | "cause":
            relation, marginal = _settled(live, _value_stand)
            accused = [one for one in live if one.accuses]
            sides = {one.voice.side or one.origin for one in accused}
            blame = accused and (len(accused) == len(live) or relation is Relation.DISAGREE)
            alone = blame and (silent or len(sides) < 2)
            return (Relation.DISPUTED, False) if alone or (silent and question == "cause") else (relation, marginal)
        case "terms":
            return _settled(live, lambda one, other: Stand.TOGETHER)
        case _:
            return _settled(live, _value_stand)


def _settled(live: Sequence[Statement], stands: Stands, implied: Sequence[Statement] = ()) -> tuple[Relation, bool]:
    """How voices of different origin stand to each other, by the worst that two say of the same thing."""
    found: set[Stand] = set()
    for one, other in combinations(_distinct((*live, *implied)), 2):
        if one.origin != other.origin:
            how = stands(one, other)
            if how is not None:
                found.add(how)
    if Stand.APART in found:
        return Relation.DISAGREE, False
    if Stand.NEARLY in found:
        return Relation.DISAGREE, True
    if _unverified(live):
        return Relation.UNVERIFIED, False
    if not found:
        return Relation.SINGLE_SOURCE, False
    return (Relation.AGREE if Stand.SAME in found else Relation.COMPATIBLE), False


def _unverified(said: Sequence[Statement]) -> bool:
    """Whether for every voice some document leaves unverified what it says; others print it without a word on that."""
    return {one.origin for one in said} == {one.origin for one in said if one.doubted}


def _distinct(statements: Iterable[Statement]) -> list[Statement]:
    """One statement for each thing that an origin says, however often."""
    found: dict[tuple[object, ...], Statement] = {}
    for one in statements:
        found.setdefault(
            (one.origin, one.interval, one.measure, one.value, one.side, one.polarity, one.share, one.accuses), one
        )
    return list(found.values())


def _figure_stand(one: Statement, other: Statement) -> Stand | None:
    """How two figures stand: totals to totals, parts to what they are part of; None where they count other things."""
    if (one.implied and other.dead_alone) or (other.implied and one.dead_alone):
        return None
    if one.question in LOOSE:
        # Nothing says that two counts of villages or two lengths of road are of the same ones, unless they agree.
        how = _same_counts(one, other) if alike(one.measure, other.measure) else None
        return None if how is Stand.APART else how
    if Share.EACH in (one.share, other.share) and one.share is not other.share:
        # What each side gives need not be what the two give together.
        how = stand(one.interval, other.interval)
        return how if how in (Stand.SAME, Stand.TOGETHER) else None
    if (one.share is Share.SUBSET) != (other.share is Share.SUBSET):
        part, whole = (one, other) if one.share is Share.SUBSET else (other, one)
        counted = alike(part.measure, whole.measure) or general(whole.measure)
        return part_stand(part.interval, whole.interval) if counted else None
    if alike(one.measure, other.measure):
        return _same_counts(one, other)
    if general(one.measure) == general(other.measure):
        return None
    part, whole = (other, one) if general(one.measure) else (one, other)
    # "Twelve soldiers" of "20 people" is a part; so is "12 soldiers" of "12 people".
    return part_stand(part.interval, whole.interval) or Stand.TOGETHER


def _same_counts(one: Statement, other: Statement) -> Stand:
    converted = one.measure.measured and one.unit != other.unit
    return stand(one.interval, other.interval, tolerance=CONVERTED if converted else Decimal(0))


def _date_stand(one: Statement, other: Statement) -> Stand | None:
    """Days: a night belongs to two of them."""
    if same(one.interval, other.interval):
        return Stand.SAME
    if one.interval.meets(other.interval):
        return Stand.TOGETHER
    return Stand.NEARLY if one.interval.gap(other.interval) <= 1 else Stand.APART


def _value_stand(one: Statement, other: Statement) -> Stand | None:
    """Named answers: the same, of one side, or others."""
    if one.value == other.value:
        return Stand.SAME
    if one.question == "occurrence":
        return Stand.TOGETHER
    if one.side is None or other.side is None:
        # "Gunmen" and the name of a group: one does not say who the other is not.
        return Stand.TOGETHER if one.question == "perpetrator" else Stand.APART
    return Stand.TOGETHER if one.side == other.side else Stand.APART


def _places(live: Sequence[Statement]) -> tuple[Relation, bool]:
    """Places: each origin's are held together against each other's."""
    by_origin: dict[str, dict[tuple[object, ...], Place]] = {}
    for one in live:
        if one.place is not None:
            by_origin.setdefault(one.origin, {}).setdefault(_point(one.place), one.place)
    pairs = combinations([tuple(places.values()) for places in by_origin.values()], 2)
    found = [how for one, other in pairs if (how := _nearest(one, other)) is not None]
    if Stand.APART in found or Stand.NEARLY in found:
        return Relation.DISAGREE, Stand.APART not in found
    if _unverified(live):
        return Relation.UNVERIFIED, False
    if not found:
        return Relation.SINGLE_SOURCE, False
    return (Relation.AGREE if Stand.SAME in found else Relation.COMPATIBLE), False


def _point(place: Place) -> tuple[object, ...]:
    return (place.resolved or place.name, place.country, place.kind, place.lat, place.lon, place.admin1, place.admin2)


def _nearest(some: Sequence[Place], others: Sequence[Place]) -> Stand | None:
    """The best that any two places of two voices stand to each other; None where one names only another country."""
    order = (Stand.SAME, Stand.TOGETHER, Stand.NEARLY, Stand.APART)
    stands = [_place_stand(one, other) for one in some for other in others]
    best = min(stands, key=order.index, default=None)
    # A country beside a happening is as often whose it is as where it is.
    coarse = [all(level(one) >= COUNTRY for one in side) for side in (some, others)]
    return None if best is Stand.APART and coarse[0] != coarse[1] else best


def _place_stand(one: Place, other: Place) -> Stand:
    if (one.resolved or one.name, one.country, one.kind) == (other.resolved or other.name, other.country, other.kind):
        return Stand.SAME
    outer, inner = (one, other) if level(one) > level(other) else (other, one)
    if outer.kind == "country" and outer.country == inner.country:
        return Stand.TOGETHER
    if level(outer) > level(inner) and outer.resolved is not None and outer.resolved in (inner.admin1, inner.admin2):
        return Stand.TOGETHER
    apart = _km(one, other)
    if apart is None:
        return Stand.APART
    # Radii are of circles of an area's size; real ones reach farther.
    if apart <= SPREAD * max(one.radius_km or 0, other.radius_km or 0):
        return Stand.TOGETHER
    return Stand.NEARLY if apart <= NEAR_KM else Stand.APART


def _km(one: Place, other: Place) -> float | None:
    """The way between two places over the ground, kilometres."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return km((one.lat, one.lon), (other.lat, other.lon))


def _denied(live: Sequence[Statement]) -> bool:
    """Whether a figure that one voice gives is denied by another."""
    return any(
        one.polarity is not other.polarity
        and one.origin != other.origin
        and alike(one.measure, other.measure)
        and one.interval.meets(other.interval)
        for one, other in combinations(_distinct(live), 2)
    )


def _taken_back(own: Sequence[Statement]) -> frozenset[int]:
    """Positions of answers that their own voice denies or withdraws later."""
    last: dict[tuple[str, str | None], dict[Polarity, Statement]] = {}
    for one in sorted(own, key=lambda one: one.order):
        last.setdefault((one.voice.name, one.value), {})[one.polarity] = one
    return frozenset(
        at
        for at, one in enumerate(own)
        for polarity, other in last[one.voice.name, one.value].items()
        if polarity is not one.polarity and one.order < other.order
    )


def _sums(statements: Sequence[Statement], country: str | None) -> list[Statement]:
    """For each voice that tells both, the killed and the injured together."""
    found = []
    parts = {}
    for question in ("killed", "injured"):
        own = list(added([one for one in statements if one.question == question]))
        old = superseded(own, country)
        whole = (None, Share.CUMULATIVE, Share.INCREMENT)
        parts[question] = {
            one.origin: one
            for at, one in enumerate(own)
            if at not in old and one.share in whole and one.polarity is Polarity.AFFIRM and general(one.measure)
        }
    for origin, killed in sorted(parts["killed"].items()):
        injured = parts["injured"].get(origin)
        if injured is not None:
            found.append(
                replace(
                    killed, question="killed_or_injured", interval=killed.interval.plus(injured.interval), implied=True
                )
            )
    return found


def _answers(own: Sequence[Statement], old: frozenset[int]) -> tuple[Answer, ...]:
    """The statements that say the same as one answer, in the order in which answers were first told."""
    groups: list[list[int]] = []
    for at, one in enumerate(own):
        group = next((group for group in groups if _one_answer(own[group[0]], one)), None)
        if group is None:
            groups.append([at])
        else:
            group.append(at)
    return tuple(_answer([own[at] for at in group], all(at in old for at in group)) for group in groups)


def _one_answer(one: Statement, other: Statement) -> bool:
    if (one.value, one.polarity, one.vague, one.share is Share.SUBSET, one.share is Share.EACH) != (
        other.value,
        other.polarity,
        other.vague,
        other.share is Share.SUBSET,
        other.share is Share.EACH,
    ):
        return False
    if one.side != other.side or one.measure.measured != other.measure.measured:
        return False
    if one.measure.measured:
        converted = one.unit != other.unit and one.question != "date"
        near = same(one.interval, other.interval, tolerance=CONVERTED if converted else Decimal(0))
        return one.measure.base == other.measure.base and near
    return alike(one.measure, other.measure) and same(one.interval, other.interval)


def _answer(said: Sequence[Statement], superseded: bool) -> Answer:
    first = said[0]
    # An outlet that rests on a voice heard beside it adds none.
    spoken = {one.voice.name for one in said}
    heard = [one for one in said if one.origin == one.voice.name or one.origin not in spoken]
    return Answer(
        low=first.low,
        high=first.high,
        unit=first.unit,
        polarity=first.polarity,
        voices=tuple(_unique(one.voice.name for one in heard)),
        sides=tuple(_unique(one.voice.side for one in heard if one.voice.side)),
        unverified=_unverified(said),
        claims=tuple(_unique(replace(one.evidence, voice=one.voice.name, own=one.voice.narrator) for one in said)),
        value=first.value,
        superseded=superseded,
    )


def _unique(found: Iterable[T]) -> Iterator[T]:
    return iter(dict.fromkeys(found))
