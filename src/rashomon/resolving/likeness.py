"""Two tellings held against each other: how likely they are of one incident, and why.

Each feature gives its weight for or against in log-odds, with the words a person reads; the weights add up. They were
chosen by hand as round figures and looked at on a third of a set of news reports with known incidents (bench/gva.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from math import exp, fsum, log, sqrt

from rashomon.model.globe import km
from rashomon.model.incident import Gist, Reason, Spot, Tie
from rashomon.model.telling import Status
from rashomon.resolving.families import compatible, family
from rashomon.resolving.gist import name_weight, word_weight

Interval = tuple[Decimal | None, Decimal | None]
Figures = tuple[tuple[str, Decimal | None, Decimal | None], ...]
Hint = tuple[float, Callable[[], str]]
"""What a feature weighs, and what was compared, put into words only for a tie that is kept."""

# What speaks against two tellings that have only their kind in common.
PRIOR = -3.5
# These come in series: two on one town in a day are two unless something of their own is the same.
SERIES = frozenset(("STRIKE", "CLASH", "BOMB", "VIOL"))
# What tells one happening from another on the same day in the same town is figures, names and words: how much of these
# there must be, and what speaks against it where there is not.
LITTLE, NOTHING_OWN = 0.8, -2.0
AHEAD = frozenset((Status.PLANNED, Status.PROPOSED, Status.THREATENED))
LAND_KM = 150.0  # radii from which an area is no narrower than a country
# A toll of so many that rose by no more than this is rarely another's.
MANY, LITTLE_MORE = 10, 1.5
REGION = 0.5  # the most that two places say of which one is a region
SAME = 0.5  # the score at which a telling goes on from another


def likeness(later: Gist, earlier: Gist) -> Tie:
    """How sure it is that two tellings are of one incident, 0 to 1, with the reasons; the greater speak first.

    A pure function of the two. Tellings of one document are not alike: who read it has told them apart.
    """
    against = barred(later, earlier)
    if against is not None:
        return Tie(later.key, earlier.key, 0.0, (against,))
    hints = {name: feature(later, earlier) for name, (feature, _) in FEATURES.items()}
    weights = {name: weight for name, (weight, _) in hints.items()}
    reasons = [Reason(name, weight, words()) for name, (weight, words) in hints.items() if weight]
    if _nothing_own(later, earlier, weights):
        reasons.append(Reason("own", NOTHING_OWN, "nothing but day and place in common"))
    reasons.sort(key=lambda reason: (-abs(reason.weight), reason.feature))
    return Tie(later.key, earlier.key, _sure(reason.weight for reason in reasons), tuple(reasons))


def score(later: Gist, earlier: Gist) -> float:
    """The score of their ``likeness``; 0 as soon as it is certain to be less than ``SAME``."""
    if later.document == earlier.document or not compatible(later.kind, earlier.kind):
        return 0.0
    weights: dict[str, float] = {}
    hope = HOPE
    for name, (feature, most) in FEATURES.items():
        weights[name] = feature(later, earlier)[0]
        hope += weights[name] - most
        if hope < HOPELESS:
            return 0.0
        if name == LAST_OWN and _series(later, earlier) and _little(weights):
            hope += NOTHING_OWN
    own = NOTHING_OWN if _nothing_own(later, earlier, weights) else 0.0
    return _sure((*weights.values(), own))


def _sure(weights: Iterable[float]) -> float:
    """The weights as a probability; their order changes nothing."""
    return round(1 / (1 + exp(-fsum((PRIOR, *weights)))), 4)


def _nothing_own(later: Gist, earlier: Gist, weights: Mapping[str, float]) -> bool:
    """Whether only day and place are the same, and these are those of many happenings: of a series, or of a region."""
    return _little(weights) and (_series(later, earlier) or weights["place"] <= REGION)


def _little(weights: Mapping[str, float]) -> bool:
    return weights["figures"] + weights["names"] + weights["words"] < LITTLE


def _series(later: Gist, earlier: Gist) -> bool:
    return family(later.kind) in SERIES or family(earlier.kind) in SERIES


def barred(later: Gist, earlier: Gist) -> Reason | None:
    """What rules out that two tellings are of one incident."""
    if later.document == earlier.document:
        return Reason("document", -9.0, "told apart in one document")
    if not compatible(later.kind, earlier.kind):
        return Reason("kind", -9.0, f"{earlier.kind} is not {later.kind}")
    return None


def kind(later: Gist, earlier: Gist) -> Hint:
    """Whether they are called by the same kind."""
    if later.kind == earlier.kind:
        return 0.5, lambda: f"both {later.kind}"
    if family(later.kind) == family(earlier.kind):
        return 0.3, lambda: f"{earlier.kind} / {later.kind} same family"
    return 0.0, lambda: f"{earlier.kind} / {later.kind} may be one"


def status(later: Gist, earlier: Gist) -> Hint:
    """Whether one is past the other: background to one text, the news of another; planned here, done there."""
    a, b = later.status, earlier.status
    if Status.BACKGROUND in (a, b):
        return -1.5, lambda: "told as background"
    return -0.5 if (a in AHEAD) != (b in AHEAD) else 0.0, lambda: f"{b} / {a}"


def days(later: Gist, earlier: Gist) -> Hint:
    """The days they name: weight falls with the gap, and with how wide the days are."""
    a, b = _told(later), _told(earlier)
    if a is None or b is None:
        return _told_and_published(later, earlier)
    gap = max((a[0] - b[1]).days, (b[0] - a[1]).days, 0)
    if gap == 0:
        wide = max((a[1] - a[0]).days, (b[1] - b[0]).days)
        words = "same day" if wide == 0 else f"days overlap within {wide + 1}"
        return 2.0 if wide == 0 else 1.2 if wide <= 3 else 0.5, lambda: words
    if gap > 2 and _own_day(later) != _own_day(earlier) and not set(later.names).isdisjoint(earlier.names):
        return -1.0, lambda: f"{gap} days apart, of the same people, one on the day of its news"
    return {1: 0.5, 2: -0.5}.get(gap, -1.5 if gap <= 7 else -3.0), lambda: f"{gap} days apart"


def _own_day(gist: Gist) -> bool:
    """Whether a telling names no other day than that of its publication, as what follows up an older happening does."""
    return gist.published is not None and gist.earliest is not None and (gist.published - gist.earliest).days <= 1


def _told_and_published(later: Gist, earlier: Gist) -> Hint:
    """Days named by one, and when the other was published."""
    for one, other in ((later, earlier), (earlier, later)):
        told = _told(one)
        if told is not None and other.published is not None and _told(other) is None:
            first = told[0]
            lag = (other.published - first).days
            weight = -2.0 if lag < -1 else 0.7 if lag <= 3 else 0.0 if lag <= 14 else -1.0
            return weight, partial("published {} days after {}".format, lag, first)
    return 0.0, lambda: "days not told"


def _told(gist: Gist) -> tuple[date, date] | None:
    return None if gist.earliest is None or gist.latest is None else (gist.earliest, gist.latest)


def published(later: Gist, earlier: Gist) -> Hint:
    """How long after the other it was published."""
    if later.published is None or earlier.published is None:
        return 0.0, lambda: "not dated"
    lag = abs((later.published - earlier.published).days)
    if lag > 10 and (a := _told(later)) is not None and a == _told(earlier):
        return 0.0, lambda: f"published {lag} days apart, on the same days"
    weight = 0.5 if lag <= 1 else 0.0 if lag <= 10 else -0.5 if lag <= 60 else -1.5
    return weight, lambda: f"published {lag} days apart"


def place(later: Gist, earlier: Gist) -> Hint:
    """The nearest two of their places, against the radii; a town within an area is no contradiction."""
    pairs = [(_places(a, b), max(a.radius_km, b.radius_km)) for a in later.spots for b in earlier.spots]
    if not pairs:
        return -0.5, lambda: "place not told"
    most = max(weight for (weight, _), _ in pairs)
    # Two towns far apart are in one country all the same.
    if most < 1:
        return pairs[0][0]
    best = [(words, wide) for (weight, words), wide in pairs if weight == most]
    wide = min(wide for _, wide in best)
    # Two quarters of one town are two places, though both are in the town.
    apart = later.spots[0].radius_km < wide > earlier.spots[0].radius_km
    return min(most, REGION) if apart else most, lambda: max(words() for words, _ in best)


@lru_cache(maxsize=1 << 16)
def _places(a: Spot, b: Spot) -> Hint:
    wide = max(a.radius_km, b.radius_km)
    away = km((a.lat, a.lon), (b.lat, b.lon))
    if away <= wide + min(a.radius_km, b.radius_km):
        weight = 2.5 if wide <= 4 else 2.0 if wide <= 12 else 1.5 if wide <= 30 else REGION if wide <= 150 else 0.2
        if a.name == b.name:
            return weight, lambda: f"both in {a.name}"
        return weight, lambda: f"{a.name} and {b.name} {away:.0f} km apart"
    if a.name == b.name:
        # One of two places of that name was taken for the other, as often as not.
        return -0.5, lambda: f"two places called {a.name}"
    if wide > LAND_KM and a.country is not None and a.country == b.country:
        return 0.2, lambda: f"{a.name} and {b.name} in one country"
    weight = 1.0 if away <= 15 else 0.0 if away <= 40 else -1.5 if away <= 100 else -2.0
    return weight, lambda: f"{a.name} and {b.name} {away:.0f} km apart"


def figures(later: Gist, earlier: Gist) -> Hint:
    """Figures of the same kind: the same large figure is rarely chance; a toll rises, one far smaller is another's."""
    if not later.figures or not earlier.figures:
        return 0.0, str
    new, old = _by_kind(later.figures), _by_kind(earlier.figures)
    total, told = 0.0, []
    for sort, fresh in new.items():
        if sort not in old:
            continue
        same = [figure for figure in fresh if figure in old[sort] and figure[0] is not None]
        if same:
            low = float(same[-1][0] or 0)
            total += 0.4 + 0.5 * log(1 + low) if sort == "age" else min(0.45 * log(1 + low), 2.0)
            told.append((sort, same[-1], same[-1]))
        else:
            total += -0.5 if sort == "age" else _apart(_number(fresh[-1]), _number(old[sort][-1]))
            told.append((sort, old[sort][-1], fresh[-1]))
    return max(-2.0, min(total, 3.0)), lambda: "; ".join(_counted(*one) for one in told)


def _counted(sort: str, old: Interval, new: Interval) -> str:
    return f"both {_said(new)} {sort}" if old == new else f"{_said(old)} and {_said(new)} {sort}"


@lru_cache(maxsize=1 << 14)
def _by_kind(figures: Figures) -> Mapping[str, list[Interval]]:
    """Figures by their kind, in its order, rising."""
    found: dict[str, list[Interval]] = {}
    for sort, low, high in sorted(figures, key=lambda figure: figure[0]):
        found.setdefault(sort, []).append((low, high))
    return found


def _number(figure: Interval) -> float:
    """What stands for an interval: its lower end, else its upper one."""
    low, high = figure
    return float(low if low is not None else high or 0)


def _said(figure: Interval) -> str:
    """An interval in words."""
    low, high = figure
    if low == high:
        return f"{low:,}"
    return f"at most {high:,}" if low is None else f"at least {low:,}" if high is None else f"{low:,} to {high:,}"


def _apart(new: float, old: float) -> float:
    """What two unlike figures of one kind say: for it if many are a little more, little if more, against if far off."""
    ratio = (new + 1) / (old + 1)
    if old >= MANY and 1 <= ratio <= LITTLE_MORE:
        return min(0.15 * log(1 + old), 0.8)
    if 1 <= ratio <= 2.5:
        return 0.0
    return -0.3 if 0.6 <= ratio <= 4 else -1.0


def names(later: Gist, earlier: Gist) -> Hint:
    """Names in both, by how rare they are."""
    shared = set(later.names).intersection(earlier.names)
    if not shared:
        return 0.0, str
    total = fsum(2.0 * weight for weight in map(name_weight, shared) if weight > 0.3)
    return min(total, 4.0), lambda: f"both name {', '.join(_rarest(shared, name_weight, 3))}"


def words(later: Gist, earlier: Gist) -> Hint:
    """Rare words in both; the same words throughout are a copy."""
    shared = _set(later.words) & _set(earlier.words)
    if not shared:
        return -0.5, lambda: "no rare word shared"
    if len(shared) >= 8 and _throughout(shared, later, earlier):
        return 6.0, lambda: "the same words"
    # Squared: three middling words say less than one that is in no other story.
    weight = min(fsum(word_weight(word) ** 2 for word in shared), 3.0)
    return weight, lambda: f"shares {len(shared)} rare words: {', '.join(_rarest(shared, word_weight, 5))}"


@lru_cache(maxsize=1 << 14)
def _set(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)


def _rarest(shared: Iterable[str], weight: Callable[[str], float], most: int) -> list[str]:
    return sorted(shared, key=lambda word: (-weight(word), word))[:most]


def _throughout(shared: Iterable[str], later: Gist, earlier: Gist) -> bool:
    """Whether the shared words are nearly all of both."""
    most = fsum(map(word_weight, later.words)) * fsum(map(word_weight, earlier.words))
    return fsum(map(word_weight, shared)) > 0.8 * sqrt(most)


# Each feature with the most that it can say for one incident. Those that tell happenings apart come first: most pairs
# are ruled out by them.
FEATURES: Mapping[str, tuple[Callable[[Gist, Gist], Hint], float]] = {
    "figures": (figures, 3.0),
    "names": (names, 4.0),
    "words": (words, 6.0),
    "days": (days, 2.0),
    "place": (place, 2.5),
    "published": (published, 0.5),
    "kind": (kind, 0.5),
    "status": (status, 0.0),
}
LAST_OWN = "words"
HOPE = PRIOR + fsum(most for _, most in FEATURES.values())
# Log-odds below which a score is less than SAME, whatever is lost by rounding.
HOPELESS = -0.01
