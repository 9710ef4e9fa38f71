"""Two tellings held against each other: how likely they are of one incident, and why.

Each feature gives its weight for or against in log-odds, with the words a person reads; the weights add up. They were
chosen by hand as round figures and looked at on a third of a set of news reports with known incidents (bench/gva.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from math import exp, log, sqrt

from rashomon.model.globe import km
from rashomon.model.incident import Gist, Reason, Spot, Tie
from rashomon.model.telling import Status
from rashomon.resolving.families import compatible, family
from rashomon.resolving.gist import name_weight, word_weight

Interval = tuple[Decimal | None, Decimal | None]

# What speaks against two tellings that have only their kind in common.
PRIOR = -3.5
# These come in series: two on one town in a day are two unless something of their own is the same.
SERIES = frozenset(("STRIKE", "CLASH", "BOMB", "VIOL"))
# What tells one happening from another on the same day in the same town, and how much of it there must be.
OWN = frozenset(("figures", "names", "words"))
LITTLE = 0.8
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
    reasons = [reason for feature in FEATURES if (reason := feature(later, earlier)).weight]
    if _common(later, earlier, reasons) and sum(r.weight for r in reasons if r.feature in OWN) < LITTLE:
        reasons.append(Reason("own", -2.0, "nothing but day and place in common"))
    reasons.sort(key=lambda reason: (-abs(reason.weight), reason.feature))
    total = PRIOR + sum(reason.weight for reason in reasons)
    return Tie(later.key, earlier.key, round(1 / (1 + exp(-total)), 4), tuple(reasons))


def _common(later: Gist, earlier: Gist, reasons: Sequence[Reason]) -> bool:
    """Whether day and place are those of many happenings: of kinds that come in series, or of a whole region."""
    if family(later.kind) in SERIES or family(earlier.kind) in SERIES:
        return True
    return all(reason.weight <= REGION for reason in reasons if reason.feature == "place")


def barred(later: Gist, earlier: Gist) -> Reason | None:
    """What rules out that two tellings are of one incident."""
    if later.document == earlier.document:
        return Reason("document", -9.0, "told apart in one document")
    if not compatible(later.kind, earlier.kind):
        return Reason("kind", -9.0, f"{earlier.kind} is not {later.kind}")
    return None


def kind(later: Gist, earlier: Gist) -> Reason:
    """Whether they are called by the same kind."""
    if later.kind == earlier.kind:
        return Reason("kind", 0.5, f"both {later.kind}")
    told = f"{earlier.kind} / {later.kind}"
    if family(later.kind) == family(earlier.kind):
        return Reason("kind", 0.3, f"{told} same family")
    return Reason("kind", 0.0, f"{told} may be one")


def status(later: Gist, earlier: Gist) -> Reason:
    """Whether one is past the other: background to one text, the news of another; planned here, done there."""
    pair = {later.status, earlier.status}
    if Status.BACKGROUND in pair:
        return Reason("status", -1.5, "told as background")
    ahead = {Status.PLANNED, Status.PROPOSED, Status.THREATENED}
    return Reason(
        "status", -0.5 if len(pair & ahead) == 1 and pair - ahead else 0.0, f"{earlier.status} / {later.status}"
    )


def days(later: Gist, earlier: Gist) -> Reason:
    """The days they name: weight falls with the gap, and with how wide the days are."""
    a, b = _told(later), _told(earlier)
    if a is None or b is None:
        return _told_and_published(later, earlier)
    gap = max((a[0] - b[1]).days, (b[0] - a[1]).days, 0)
    wide = max((a[1] - a[0]).days, (b[1] - b[0]).days)
    if gap == 0:
        words = "same day" if wide == 0 else f"days overlap within {wide + 1}"
        return Reason("days", 2.0 if wide == 0 else 1.2 if wide <= 3 else 0.5, words)
    if gap > 2 and _own_day(later) != _own_day(earlier) and not set(later.names).isdisjoint(earlier.names):
        return Reason("days", -1.0, f"{gap} days apart, of the same people, one on the day of its news")
    return Reason("days", {1: 0.5, 2: -0.5}.get(gap, -1.5 if gap <= 7 else -3.0), f"{gap} days apart")


def _own_day(gist: Gist) -> bool:
    """Whether a telling names no other day than that of its publication, as what follows up an older happening does."""
    return gist.published is not None and gist.earliest is not None and (gist.published - gist.earliest).days <= 1


def _told_and_published(later: Gist, earlier: Gist) -> Reason:
    """Days named by one, and when the other was published."""
    for one, other in ((later, earlier), (earlier, later)):
        told = _told(one)
        if told is not None and other.published is not None and _told(other) is None:
            lag = (other.published - told[0]).days
            weight = -2.0 if lag < -1 else 0.7 if lag <= 3 else 0.0 if lag <= 14 else -1.0
            return Reason("days", weight, f"published {lag} days after {told[0]}")
    return Reason("days", 0.0, "days not told")


def _told(gist: Gist) -> tuple[date, date] | None:
    return None if gist.earliest is None or gist.latest is None else (gist.earliest, gist.latest)


def published(later: Gist, earlier: Gist) -> Reason:
    """How long after the other it was published."""
    if later.published is None or earlier.published is None:
        return Reason("published", 0.0, "not dated")
    lag = abs((later.published - earlier.published).days)
    if lag > 10 and (a := _told(later)) is not None and a == _told(earlier):
        return Reason("published", 0.0, f"published {lag} days apart, on the same days")
    weight = 0.5 if lag <= 1 else 0.0 if lag <= 10 else -0.5 if lag <= 60 else -1.5
    return Reason("published", weight, f"published {lag} days apart")


def place(later: Gist, earlier: Gist) -> Reason:
    """The nearest two of their places, against the radii; a town within an area is no contradiction."""
    pairs = [_places(a, b) for a in later.spots for b in earlier.spots]
    if not pairs:
        return Reason("place", -0.5, "place not told")
    best = max(pairs, key=lambda reason: (reason.weight, reason.words))
    narrowest = _places(later.spots[0], earlier.spots[0])
    # Two towns far apart are in one country all the same.
    return best if best.weight >= 1 else narrowest


def _places(a: Spot, b: Spot) -> Reason:
    wide = max(a.radius_km, b.radius_km)
    away = km((a.lat, a.lon), (b.lat, b.lon))
    if away <= wide + min(a.radius_km, b.radius_km):
        weight = 2.5 if wide <= 4 else 2.0 if wide <= 12 else 1.5 if wide <= 30 else REGION if wide <= 150 else 0.2
        words = f"both in {a.name}" if a.name == b.name else f"{a.name} and {b.name} {away:.0f} km apart"
        return Reason("place", weight, words)
    if a.name == b.name:
        # One of two places of that name was taken for the other, as often as not.
        return Reason("place", -0.5, f"two places called {a.name}")
    if wide > LAND_KM and a.country is not None and a.country == b.country:
        return Reason("place", 0.2, f"{a.name} and {b.name} in one country")
    weight = 1.0 if away <= 15 else 0.0 if away <= 40 else -1.5 if away <= 100 else -2.0
    return Reason("place", weight, f"{a.name} and {b.name} {away:.0f} km apart")


def figures(later: Gist, earlier: Gist) -> Reason:
    """Figures of the same kind: the same large figure is rarely chance; a toll rises, one far smaller is another's."""
    if not later.figures or not earlier.figures:
        return Reason("figures", 0.0, "")
    new, old = _by_kind(later), _by_kind(earlier)
    total, told = 0.0, []
    for sort in sorted(new.keys() & old.keys()):
        same = [figure for figure in new[sort] if figure in old[sort] and figure[0] is not None]
        if same:
            low = float(same[-1][0] or 0)
            total += 0.4 + 0.5 * log(1 + low) if sort == "age" else min(0.45 * log(1 + low), 2.0)
            told.append(f"both {_said(same[-1])} {sort}")
        else:
            total += -0.5 if sort == "age" else _apart(_number(new[sort][-1]), _number(old[sort][-1]))
            told.append(f"{_said(old[sort][-1])} and {_said(new[sort][-1])} {sort}")
    return Reason("figures", max(-2.0, min(total, 3.0)), "; ".join(told))


def _by_kind(gist: Gist) -> dict[str, list[Interval]]:
    """Its figures by their kind, rising."""
    found: dict[str, list[Interval]] = {}
    for sort, low, high in gist.figures:
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


def names(later: Gist, earlier: Gist) -> Reason:
    """Names in both, by how rare they are."""
    shared = set(later.names).intersection(earlier.names)
    if not shared:
        return Reason("names", 0.0, "")
    total = sum(2.0 * weight for weight in map(name_weight, shared) if weight > 0.3)
    best = sorted(shared, key=lambda name: (-name_weight(name), name))[:3]
    return Reason("names", min(total, 4.0), f"both name {', '.join(best)}")


def words(later: Gist, earlier: Gist) -> Reason:
    """Rare words in both; the same words throughout are a copy."""
    shared = set(later.words).intersection(earlier.words)
    if not shared:
        return Reason("words", -0.5, "no rare word shared")
    if len(shared) >= 8 and _throughout(shared, later, earlier):
        return Reason("words", 6.0, "the same words")
    best = sorted(shared, key=lambda word: (-word_weight(word), word))[:5]
    # Squared: three middling words say less than one that is in no other story.
    weight = min(sum(word_weight(word) ** 2 for word in shared), 3.0)
    return Reason("words", weight, f"shares {len(shared)} rare words: {', '.join(best)}")


def _throughout(shared: Iterable[str], later: Gist, earlier: Gist) -> bool:
    """Whether the shared words are nearly all of both."""
    most = sum(map(word_weight, later.words)) * sum(map(word_weight, earlier.words))
    return sum(map(word_weight, shared)) > 0.8 * sqrt(most)


FEATURES = (kind, status, days, published, place, figures, names, words)
