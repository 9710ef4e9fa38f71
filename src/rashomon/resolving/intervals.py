"""Figures as intervals: what their words can mean, in one unit, and whether two can stand together."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from rashomon.knowledge.counted import nouns
from rashomon.knowledge.units import named
from rashomon.model.telling import Bound, Quantity

# "About 100" allows for a tenth either way; "nearly 100" for a tenth less (codebook, section 5).
TENTH = Decimal("0.1")
# The same amount told in another unit: 2,000 pounds are 907 kilograms, told as 900.
CONVERTED = Decimal("0.01")
# Figures apart by no more than this share of the larger differ as words differ: "more than 60" and 60.
MARGIN = Decimal("0.02")
# The least that vague words can mean; longer words first. No word bounds from above.
VAGUE = (
    ("tens of thousands", 10_000), ("hundreds of thousands", 100_000), ("tens of", 20), ("millions", 1_000_000),
    ("thousands", 1000), ("hundreds", 100), ("scores", 20), ("dozens", 12), ("dozen", 12),
)  # fmt: skip
LEAST = 2  # "several", "a few", "many"
ANYBODY = frozenset(
    """person people body victim casualty fatality death dead life other human individual injury wounded corpse
    resident inhabitant local""".split()
)
AIRCRAFT = frozenset("aircraft plane airplane aeroplane warplane jet bomber fighter airliner".split())
ANYTHING = frozenset("piece unit weapon equipment target object vehicle item system".split())


class Stand(Enum):
    """How two answers stand to each other."""

    SAME = "same"
    TOGETHER = "together"
    NEARLY = "nearly"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``low`` to ``high``, both included; None is open."""

    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def exact(self) -> bool:
        """Whether it is one value."""
        return self.low is not None and self.low == self.high

    def meets(self, other: Interval) -> bool:
        """Whether one value lies in both."""
        return self.gap(other) == 0

    def holds(self, other: Interval) -> bool:
        """Whether every value of the other lies in this one."""
        low = self.low is None or (other.low is not None and self.low <= other.low)
        return low and (self.high is None or (other.high is not None and other.high <= self.high))

    def gap(self, other: Interval) -> Decimal:
        """How far apart the two are; 0 if they meet."""
        for below, above in ((self, other), (other, self)):
            if below.high is not None and above.low is not None and below.high < above.low:
                return above.low - below.high
        return Decimal(0)

    def plus(self, other: Interval) -> Interval:
        """The sums of a value of each."""
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high)

    def times(self, factor: Decimal) -> Interval:
        """In a unit of which this one's is ``factor``; factors are positive."""
        return Interval(
            None if self.low is None else self.low * factor, None if self.high is None else self.high * factor
        )


ZERO = Interval(Decimal(0), Decimal(0))


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted or measured: a base unit, or the noun of things counted with its class."""

    base: str
    sort: str
    measured: bool


def meaning(figure: Quantity, words: str) -> Interval:
    """Every value that a figure's words can mean, in the unit as told."""
    if figure.bound is Bound.VAGUE:
        low = words.lower()
        return Interval(Decimal(next((least for word, least in VAGUE if word in low), LEAST)), None)
    if figure.value is not None and figure.bound is Bound.ABOUT and figure.low is None and figure.high is None:
        spread = abs(figure.value) * TENTH
        return Interval(figure.value - spread, figure.value + spread)
    if figure.value is not None and figure.bound is Bound.NEARLY and figure.low is None:
        return Interval(figure.value * (1 - TENTH), figure.value)
    return Interval(figure.low, figure.high)


def measure(unit: str | None) -> tuple[Measure, Decimal]:
    """What a unit measures, and the factor to its base."""
    if unit is None:
        return Measure("", "", False), Decimal(1)
    known = named().get(unit)
    if known is not None:
        return Measure(known.base or known.name, known.kind, True), known.factor
    noun = nouns().get(unit.lower())
    lemma = unit.lower() if noun is None else noun.lemma
    return Measure(lemma, "" if noun is None else noun.sort, False), Decimal(1)


def general(one: Measure) -> bool:
    """Whether everybody or everything is counted: "people", "victims", a figure without a noun."""
    return not one.measured and (one.base == "" or one.base in ANYBODY or one.base in ANYTHING)


def alike(one: Measure, other: Measure) -> bool:
    """Whether figures of the two count the same things."""
    if one.measured or other.measured:
        return one.measured and other.measured and one.base == other.base
    if one.base == other.base or (one.base in AIRCRAFT and other.base in AIRCRAFT):
        return True
    return (general(one) and general(other)) or (one.sort == other.sort == "force")


def same(one: Interval, other: Interval, *, tolerance: Decimal = Decimal(0)) -> bool:
    """Whether two intervals are one, each end within a share of itself."""
    return _near(one.low, other.low, tolerance) and _near(one.high, other.high, tolerance)


def stand(one: Interval, other: Interval, *, tolerance: Decimal = Decimal(0)) -> Stand:
    """How two intervals of the same things stand to each other."""
    if same(one, other, tolerance=tolerance):
        return Stand.SAME
    if one.meets(other):
        return Stand.TOGETHER
    ends = [abs(end) for end in (one.low, one.high, other.low, other.high) if end is not None]
    return Stand.NEARLY if one.gap(other) <= max(ends) * MARGIN else Stand.APART


def part_stand(part: Interval, whole: Interval) -> Stand | None:
    """How a part stands to a total: it can only be too many."""
    if part.low is None or whole.high is None or part.low <= whole.high:
        return Stand.SAME if part.exact and part == whole else None
    return Stand.NEARLY if part.low - whole.high <= part.low * MARGIN else Stand.APART


def _near(one: Decimal | None, other: Decimal | None, tolerance: Decimal) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= max(abs(one), abs(other)) * tolerance
