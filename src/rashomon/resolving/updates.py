"""Figures in time: additions to earlier totals, and figures that their voices have since replaced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from rashomon.model.incident import Polarity
from rashomon.model.telling import Share
from rashomon.resolving.intervals import Interval, alike, same
from rashomon.resolving.questions import Statement

Saying = tuple[object, ...]

# Kinds that rise while news comes in: of two figures of one day the higher is the later.
TOLLS = frozenset(
    "killed injured killed_or_injured missing detained displaced captured bodies_returned buildings_damaged".split()
)


def added(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Statements in the order told, with "four more" turned into the total they make.

    Without an earlier total of the same voice an addition is the least there can be.
    """
    found: list[Statement] = []
    for one in sorted(statements, key=lambda statement: statement.order):
        found.append(_total(one, found) if one.share is Share.INCREMENT else one)
    return tuple(found)


def superseded(statements: Sequence[Statement], country: str | None = None) -> frozenset[int]:
    """Positions of the statements that were replaced by a later one of the same voice or chain of officials.

    ``country`` is where it happened: officials of no known country are taken for its own.
    """
    sayings = [_saying(one) for one in statements]
    replaced = _replaced(statements, sayings, country)
    pairs = {(sayings[old], _saying(new)): (statements[old], new) for old, new in replaced.items()}
    stale: dict[Saying, bool] = {}
    for position, (one, mine) in enumerate(zip(statements, sayings, strict=True)):
        if position not in replaced and mine not in stale:
            stale[mine] = any(_stale(one, old, new) for old, new in pairs.values())
    return frozenset(at for at, mine in enumerate(sayings) if at in replaced or stale[mine])


def _replaced(statements: Sequence[Statement], sayings: Sequence[Saying], country: str | None) -> dict[int, Statement]:
    """For the position of each statement that was replaced, the first one that did.

    What many documents say alike is held against the rest once: a happening of a thousand reports has few sayings.
    """
    beside: dict[str, list[Statement]] = defaultdict(list)
    firsts: dict[Saying, list[Statement]] = {}
    for one in sorted(statements, key=lambda one: one.order):
        beside[one.evidence.document].append(one)
        first = firsts.setdefault(_saying(one), [one])
        if len(first) == 1 and first[0].evidence.document != one.evidence.document:
            first.append(one)
    later: dict[Saying, list[Saying]] = {
        mine: [theirs for theirs, (other, *_) in firsts.items() if _replaces(other, one, country, beside=False)]
        for mine, (one, *_) in firsts.items()
    }
    found: dict[int, Statement] = {}
    for at, (one, mine) in enumerate(zip(statements, sayings, strict=True)):
        own = beside[one.evidence.document]
        new = [other for other in own if other is not one and _replaces(other, one, country, beside=True)]
        told = (other for theirs in later[mine] for other in firsts[theirs])
        new += [other for other in told if other.evidence.document != one.evidence.document]
        if new:
            found[at] = min(new, key=lambda other: other.order)
    return found


def _saying(one: Statement) -> Saying:
    """What a statement says, who says it and when it was printed: all that tells whether it replaces another."""
    return (
        one.voice,
        one.evidence.published,
        one.recency,
        one.interval,
        one.measure,
        one.share,
        one.polarity,
        one.vague,
    )


def _total(addition: Statement, before: Sequence[Statement]) -> Statement:
    earlier = [
        one
        for one in before
        if one.voice.name == addition.voice.name
        and one.share in (None, Share.CUMULATIVE, Share.INCREMENT)
        and one.polarity is Polarity.AFFIRM
        and not one.vague
        and alike(one.measure, addition.measure)
    ]
    if not earlier:
        return replace(addition, interval=Interval(addition.interval.low, None), high=None)
    last = max(earlier, key=lambda one: (one.evidence.published or date.max, one.recency, one.order))
    total = last.interval.plus(addition.interval)
    # The unit is shared, so what is told adds up as well.
    low, high = _sum(last.low, addition.low), _sum(last.high, addition.high)
    return replace(addition, interval=total, low=low, high=high, recency=1)


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other


def _replaces(later: Statement, earlier: Statement, country: str | None, *, beside: bool) -> bool:
    """Whether a statement takes the place of an earlier one; ``beside`` it, in one document, or of another document."""
    if later.vague or later.polarity is Polarity.DENY or not _comparable(later, earlier):
        return _withdraws(later, earlier, beside=beside)
    if earlier.polarity is Polarity.DENY:
        # "59 and not 62": the 62 had been told before.
        return later.voice.name == earlier.voice.name and earlier.share is Share.NEGATED
    apart = not later.interval.meets(earlier.interval)
    if later.voice.name == earlier.voice.name:
        told_again = later.interval.holds(earlier.interval) or (earlier.vague and not apart)
        return not told_again and _newer(later, earlier, beside=beside)
    if apart and earlier.voice.narrator and beside:
        # "On Sunday the authorities had spoken of 69": told as old by whoever tells the new one.
        return earlier.recency < 0 <= later.recency
    if not apart or not _a_day_later(later, earlier):
        return False
    if _chain(later, country) is not None and _chain(later, country) == _chain(earlier, country):
        return True
    # An outlet's own count follows whoever counts; only a count that fell is a contradiction.
    follows = earlier.voice.narrator and (later.voice.narrator or later.voice.official)
    return follows and _rose(later, earlier)


def _withdraws(later: Statement, earlier: Statement, *, beside: bool) -> bool:
    """Whether a voice takes back its own earlier figure: "not 62"."""
    return (
        later.polarity is Polarity.DENY
        and earlier.polarity is Polarity.AFFIRM
        and later.voice.name == earlier.voice.name
        and _comparable(later, earlier)
        and same(later.interval, earlier.interval)
        and (_newer(later, earlier, beside=beside) or later.evidence.published == earlier.evidence.published)
    )


def _comparable(one: Statement, other: Statement) -> bool:
    totals = (None, Share.CUMULATIVE, Share.INCREMENT, Share.NEGATED)
    both = (one.share in totals and other.share in totals) or one.share is other.share
    return both and alike(one.measure, other.measure)


def _newer(later: Statement, earlier: Statement, *, beside: bool) -> bool:
    if beside:
        return later.recency > earlier.recency
    if later.evidence.published == earlier.evidence.published:
        return later.recency >= 0 and _rose(later, earlier)
    return _a_day_later(later, earlier)


def _a_day_later(later: Statement, earlier: Statement) -> bool:
    """Whether it was published on a later day, and not as an old figure."""
    if later.evidence.published is None or earlier.evidence.published is None:
        return False
    return later.recency >= 0 and later.evidence.published > earlier.evidence.published


def _rose(later: Statement, earlier: Statement) -> bool:
    low, high = later.interval.low, earlier.interval.high
    return later.question in TOLLS and low is not None and high is not None and low > high


def _chain(statement: Statement, country: str | None) -> str | None:
    """The state whose officials speak, empty where nothing tells which; None for everybody else."""
    return (statement.voice.country or country or "") if statement.voice.official else None


def _stale(one: Statement, old: Statement, new: Statement) -> bool:
    """Whether a statement only says what has been replaced since."""
    return (
        one.polarity is old.polarity
        and _comparable(one, old)
        and same(one.interval, old.interval)
        and one.voice.name != new.voice.name
        and (one.recency < 0 or (one.evidence.published or date.max) < (new.evidence.published or date.max))
        and not same(one.interval, new.interval)
    )
