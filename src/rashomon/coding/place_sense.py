"""Which of several places a name means: size, what the text says holds it, and what else the document speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from rashomon.coding.place_evidence import ROW
from rashomon.coding.place_names import REGIONS, Name, Tokens, classes
from rashomon.knowledge.gazetteer import ALIAS, KINDS, NOWHERE, Gazetteer, Kind, Targets, key
from rashomon.knowledge.places import countries

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOST = 24  # bearers of one name that are weighed, largest first
ROUNDS = 3  # of weighing; the choice no longer changes after three
REACH_KM = 120.0  # distance at which a neighbour's pull has fallen to a third
KM = 111.2  # a degree of latitude
NO_ROW = -1
TOWNS = frozenset(("city", "town", "village", "airport"))
# What a kind is worth in steps of a tenfold population, before anything else is known.
WORTH: Mapping[Kind, float] = {
    Kind.COUNTRY: 1.5,
    Kind.CONTINENT: 9.0,
    Kind.AREA: 8.0,
    Kind.HISTORIC: 7.0,
    Kind.SEA: 7.0,
    Kind.REGION: -1.0,
    Kind.DISTRICT: -0.9,
    Kind.CITY: 0.0,
    Kind.AIRPORT: 3.5,
}
OTHER_WORTH = 5.0  # of what has no population: rivers, straits, landmarks
WORTHS = np.array([WORTH.get(kind, OTHER_WORTH) for kind in KINDS])
PEOPLED = np.array([kind in (Kind.CITY, Kind.REGION, Kind.DISTRICT, Kind.COUNTRY) for kind in KINDS])
UNKNOWN_PEOPLE = 3.0  # log10 for towns and units without a figure
ALIAS_COST = 1.2  # a place under another than its first name
HINT = 0.7  # weight of a hint; a name's is the root of its mentions, of three at most
CALLED = 2.5  # "Idlib province" a unit, "the city of Idlib" a town
FIRST_LEVEL = 1.5  # more for a first-level unit after a word for one: "Kharkiv region" is not the raion, nor the city
CAPITAL = 1.0  # a country's capital before its namesakes
HELD, HALF_HELD = 7.0, 3.0  # what it is worth that the words after a comma hold a place
COUNTRY_PULL, UNIT_PULL, NEAR_PULL = 1.2, 2.6, 1.8  # at most, of the document's other names


@dataclass(frozen=True, slots=True)
class Choices:
    """All candidates of all names of a document as columns; ``owner`` is the number of the name.

    ``family`` is the number of its first spelling: "Idlib" and "Idlib province" do not speak for each other.
    """

    owner: Ints
    family: Ints
    rows: Ints
    prior: Floats
    lat: Floats
    lon: Floats
    country: Ints
    unit: Ints
    weight: Floats  # of each name

    def __len__(self) -> int:
        """How many candidates."""
        return len(self.owner)


def senses(
    groups: Mapping[str, Sequence[Name]], text: Tokens, shelf: Gazetteer, hints: Sequence[Targets]
) -> dict[str, int]:
    """For every name's key the row of the place it means in this document; keys without candidates are left out.

    ``hints`` are targets of names that speak for where the document is at home, such as its outlet's.
    """
    keys = [form for form, names in groups.items() if len(names[0].targets)]
    held = {form: holders(groups[form], text, shelf) for form in keys}
    choices = _choices(keys, groups, held, shelf, hints)
    if not len(choices):
        return {}
    score = _settled(choices)
    best: dict[str, int] = {}
    for number, form in enumerate(keys):
        mine = np.flatnonzero(choices.owner == number)
        best[form] = int(choices.rows[mine[score[mine].argmax()]])
    return best


def holders(names: Sequence[Name], text: Tokens, shelf: Gazetteer) -> dict[int, float]:
    """Rows of the states, provinces or countries that follow a name after a comma, anywhere in the document.

    With what they are worth to a place inside: much where a mark closes ("Paris, Texas,"), less where words go on
    ("in Kabul, U.S. officials said").
    """
    asked: dict[str, float] = {}
    for name in names:
        at = name.last + 1
        if at < len(text) and text.gaps[at] in (", ", ",", " (") and text.capital(at):
            form = ""
            for last in range(at, min(at + 3, len(text))):
                form = f"{form} {text.keys[last]}".strip()
                closed = last + 1 == len(text) or text.gaps[last + 1].strip() != "" or text.stops[last]
                asked[form] = max(asked.get(form, 0.0), HELD if closed else HALF_HELD)
    big = (KINDS.index(Kind.COUNTRY), KINDS.index(Kind.REGION), KINDS.index(Kind.DISTRICT))
    worth: dict[int, float] = {}
    for form, targets in zip(asked, shelf.find(list(asked)), strict=True):
        for row in (targets[:MOST] & ROW).tolist():
            if int(shelf.columns["kind"][row]) in big:
                worth[row] = max(worth.get(row, 0.0), asked[form])
    return worth


def _choices(
    keys: Sequence[str],
    groups: Mapping[str, Sequence[Name]],
    held: Mapping[str, Mapping[int, float]],
    shelf: Gazetteer,
    hints: Sequence[Targets],
) -> Choices:
    """The candidates of every name, and of every hint as a name of little weight."""
    targets = [groups[form][0].targets for form in keys] + [*hints]
    cut = [_cut(one, held.get(form, {}), shelf) for one, form in zip(targets, [*keys, *[""] * len(hints)], strict=True)]
    owner = np.repeat(np.arange(len(cut)), [len(one) for one in cut])
    every = np.concatenate(cut) if cut else np.array([], np.uint32)
    rows = (every & ROW).astype(np.int64)
    column = {name: values[rows] for name, values in shelf.columns.items()}
    prior = _priors(column, every >= ALIAS) + CAPITAL * capitals(shelf)[rows]
    first = column["admin1"].astype(np.int64)
    for number, form in enumerate(keys):
        if held[form]:
            prior += np.where(owner == number, _held(held[form], column, shelf), 0.0)
    prior += _called(keys, owner, column["kind"])
    region = column["kind"] == KINDS.index(Kind.REGION)
    weight = [min(3.0, len(groups[form])) ** 0.5 for form in keys] + [HINT] * len(hints)
    return Choices(
        owner=owner,
        family=_families([*keys, *(f"hint {n}" for n in range(len(hints)))])[owner],
        rows=rows,
        prior=prior,
        lat=column["lat"].astype(float),
        lon=column["lon"].astype(float),
        country=column["country"].astype(np.int64),
        unit=np.where(region, rows, np.where(first == NOWHERE, NO_ROW, first)),
        weight=np.array(weight),
    )


@lru_cache(maxsize=4)
def capitals(shelf: Gazetteer) -> npt.NDArray[np.bool_]:
    """For every row whether it is the capital of a country."""
    every = [one for one in countries().values() if one.capital]
    marks = np.zeros(len(shelf), bool)
    for one, targets in zip(every, shelf.find([key(one.capital) for one in every]), strict=True):
        for entry in (shelf.entry(int(row & ROW)) for row in targets[:MOST]):
            marks[entry.row] |= entry.kind is Kind.CITY and entry.country == one.iso2
    return marks


def called(name: Name, text: Tokens) -> str:
    """What the words beside a name, or its last, call it: "region", "unit", "town" or an empty text."""
    group = classes()
    before, after = text.near(name.first - 2), text.near(name.last + 1)
    inside = name.last > name.first and name.kind is Kind.DISTRICT and text.near(name.last) in REGIONS
    if inside or (after in REGIONS and text.gaps[name.last + 1] == " "):
        return "region"
    if name.kind is Kind.DISTRICT or (after in group["unit"] and text.gaps[name.last + 1] == " "):
        return "unit"
    of = text.near(name.first - 1) == "of" and before in group["unit"]
    town = after in TOWNS or (text.near(name.first - 1) == "of" and before in TOWNS)
    return "unit" if of else "town" if town else ""


def _called(keys: Sequence[str], owner: Ints, kind: npt.NDArray[np.generic]) -> Floats:
    """For every candidate what it gains if it is what the words beside its name call it; see :func:`called`."""
    calls = np.array([{"unit": 1, "town": 2, "region": 3}.get(form.rpartition("|")[2], 0) for form in keys] + [0])
    of = calls[np.minimum(owner, len(keys))]
    unit = np.isin(kind, [KINDS.index(Kind.REGION), KINDS.index(Kind.DISTRICT)])
    found: Floats = ((of % 2 == 1) & unit | (of == 2) & (kind == KINDS.index(Kind.CITY))).astype(float) * CALLED
    found += FIRST_LEVEL * ((of == 3) & (kind == KINDS.index(Kind.REGION)))
    return found


def _families(keys: Sequence[str]) -> Ints:
    """For every key the number of the first that is the same name, whatever the words beside it call it."""
    first: dict[str, int] = {}
    return np.array([first.setdefault(form.partition("|")[0], number) for number, form in enumerate(keys)], np.int64)


def _held(worth: Mapping[int, float], column: Mapping[str, npt.NDArray[np.generic]], shelf: Gazetteer) -> Floats:
    """For every candidate what it gains from lying in one of some units or countries."""
    gain = np.zeros(len(column["kind"]))
    for row, much in worth.items():
        inside = (column["admin1"] == row) | (column["admin2"] == row)
        if _nation(row, shelf):
            inside |= column["country"] == shelf.columns["country"][row]
        gain = np.maximum(gain, much * inside)
    return gain


def _nation(row: int, shelf: Gazetteer) -> bool:
    """Whether a row is a country."""
    return int(shelf.columns["kind"][row]) == KINDS.index(Kind.COUNTRY)


def _cut(targets: Targets, held: Mapping[int, float], shelf: Gazetteer) -> Targets:
    """The bearers of a name that are weighed: the largest, and all that lie where the text says."""
    if len(targets) <= MOST or not held:
        return targets[:MOST]
    rest = targets[MOST:]
    inside = np.isin(shelf.columns["admin1"][rest & ROW], list(held))
    return np.concatenate([targets[:MOST], rest[inside]])


def _priors(column: Mapping[str, npt.NDArray[np.generic]], alias: npt.NDArray[np.bool_]) -> Floats:
    """What is known of each candidate without the document."""
    kind = column["kind"].astype(np.int64)
    people = np.log10(column["population"].astype(float) + 1)
    people = np.where(PEOPLED[kind], np.where(people > 0, people, UNKNOWN_PEOPLE), 0.0)
    found: Floats = WORTHS[kind] + people - ALIAS_COST * (alias & (kind != KINDS.index(Kind.COUNTRY)))
    return found


def _settled(choices: Choices) -> Floats:
    """Scores after each name has heard the others."""
    score = choices.prior.copy()
    names = len(choices.weight)
    for _ in range(ROUNDS):
        share = _shares(score, choices.owner, names) * choices.weight[choices.owner]
        by_country = _votes(choices.country, share, choices.family, names)
        by_unit = _votes(np.where(choices.unit < 0, 0, choices.unit + 1), share, choices.family, names)
        by_unit = np.where(choices.unit < 0, 0.0, by_unit)
        near = _near(choices, share)
        score = choices.prior + COUNTRY_PULL * _full(by_country) + UNIT_PULL * _full(by_unit) + NEAR_PULL * _full(near)
    return score


def _full(votes: Floats) -> Floats:
    """How far votes persuade, 0 to 1: one name most of the way, and no crowd of doubtful ones beyond it."""
    return votes / (votes + 0.5)


def _shares(score: Floats, owner: Ints, names: int) -> Floats:
    """Each candidate's share of its name's belief; a point of score is a factor of five."""
    top = np.full(names, -np.inf)
    np.maximum.at(top, owner, score)
    raw = np.exp(1.6 * (score - top[owner]))
    found: Floats = raw / np.bincount(owner, raw, names)[owner]
    return found


def _votes(place: Ints, share: Floats, owner: Ints, names: int) -> Floats:
    """For every candidate, how much the other names speak for the unit it lies in."""
    units, at = np.unique(place, return_inverse=True)
    total = np.bincount(at, share, len(units))
    pair = owner * len(units) + at
    own = np.bincount(pair, share, names * len(units))
    found: Floats = np.maximum(total[at] - own[pair], 0.0)
    return found


def _near(choices: Choices, share: Floats) -> Floats:
    """For every candidate, how much of the other names' belief lies near it."""
    anchors = np.flatnonzero(share > 0.25)
    north = (choices.lat[:, None] - choices.lat[None, anchors]) * KM
    east = (choices.lon[:, None] - choices.lon[None, anchors]) * KM * np.cos(np.radians(choices.lat))[:, None]
    pull = np.exp(-np.hypot(north, east) / REACH_KM) * share[None, anchors]
    pull[choices.family[:, None] == choices.family[None, anchors]] = 0.0
    found: Floats = pull.sum(1)
    return found
