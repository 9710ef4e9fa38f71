"""Which of several places a name means: size, what the text says holds it, and what else the document speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from rashomon.coding.place_evidence import ROW
from rashomon.coding.place_names import Name, Tokens
from rashomon.knowledge.gazetteer import ALIAS, KINDS, NOWHERE, Gazetteer, Kind, Targets, key
from rashomon.knowledge.places import countries

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOST = 24  # bearers of one name that are weighed, largest first
ROUNDS = 3  # of weighing; the choice no longer changes after three
REACH_KM = 120.0  # distance at which a neighbour's pull has fallen to a third
KM = 111.2  # a degree of latitude
NO_ROW = -1
# What a kind is worth in steps of a tenfold population, before anything else is known.
WORTH: Mapping[Kind, float] = {
    Kind.COUNTRY: 2.0,
    Kind.CONTINENT: 9.0,
    Kind.AREA: 8.0,
    Kind.HISTORIC: 7.0,
    Kind.SEA: 7.0,
    Kind.REGION: -0.6,
    Kind.DISTRICT: -0.9,
    Kind.CITY: 0.0,
    Kind.AIRPORT: 3.5,
}
OTHER_WORTH = 5.0  # of what has no population: rivers, straits, landmarks
UNKNOWN_PEOPLE = 3.0  # log10 for towns and units without a figure
ALIAS_COST = 1.2  # a place under another than its first name
CAPITAL = 1.0  # a country's capital before its namesakes
HELD, COUNTRY_PULL, UNIT_PULL, NEAR_PULL = 7.0, 1.0, 2.0, 1.5


@dataclass(frozen=True, slots=True)
class Choices:
    """All candidates of all names of a document as columns; ``owner`` is the number of the name."""

    owner: Ints
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


def holders(names: Sequence[Name], text: Tokens, shelf: Gazetteer) -> frozenset[int]:
    """Rows of the states, provinces or countries that follow a name after a comma, anywhere in the document."""
    asked: list[str] = []
    for name in names:
        at = name.last + 1
        if at < len(text) and text.gaps[at] in (", ", ",", " (") and text.capital(at):
            two = f"{text.keys[at]} {text.near(at + 1)}"
            three = f"{two} {text.near(at + 2)}"
            asked += [three, two, text.keys[at]]
    big = (KINDS.index(Kind.COUNTRY), KINDS.index(Kind.REGION), KINDS.index(Kind.DISTRICT))
    found = shelf.find(list(dict.fromkeys(asked)))
    rows = {int(row) for targets in found for row in targets[:MOST] & ROW}
    return frozenset(row for row in rows if int(shelf.columns["kind"][row]) in big)


def _choices(
    keys: Sequence[str],
    groups: Mapping[str, Sequence[Name]],
    held: Mapping[str, frozenset[int]],
    shelf: Gazetteer,
    hints: Sequence[Targets],
) -> Choices:
    """The candidates of every name, and of every hint as a name of little weight."""
    targets = [groups[form][0].targets for form in keys] + [*hints]
    cut = [
        _cut(one, held.get(form, frozenset()), shelf)
        for one, form in zip(targets, [*keys, *[""] * len(hints)], strict=True)
    ]
    owner = np.repeat(np.arange(len(cut)), [len(one) for one in cut])
    every = np.concatenate(cut) if cut else np.array([], np.uint32)
    rows = (every & ROW).astype(np.int64)
    column = {name: values[rows] for name, values in shelf.columns.items()}
    prior = _priors(column, every >= ALIAS) + CAPITAL * np.isin(rows, list(capitals(shelf)))
    first, second = column["admin1"].astype(np.int64), column["admin2"].astype(np.int64)
    for form, number in zip(keys, range(len(keys)), strict=True):
        if held[form]:
            mine = owner == number
            inside = np.isin(first, list(held[form])) | np.isin(second, list(held[form]))
            inside |= np.isin(
                column["country"], [int(shelf.columns["country"][row]) for row in held[form] if _nation(row, shelf)]
            )
            prior += np.where(mine & inside, HELD, 0.0)
    region = column["kind"] == KINDS.index(Kind.REGION)
    weight = [min(3.0, len(groups[form])) ** 0.5 for form in keys] + [0.7] * len(hints)
    return Choices(
        owner=owner,
        rows=rows,
        prior=prior,
        lat=column["lat"].astype(float),
        lon=column["lon"].astype(float),
        country=column["country"].astype(np.int64),
        unit=np.where(region, rows, np.where(first == NOWHERE, NO_ROW, first)),
        weight=np.array(weight),
    )


@lru_cache(maxsize=4)
def capitals(shelf: Gazetteer) -> frozenset[int]:
    """Rows of the capitals of countries."""
    every = [one for one in countries().values() if one.capital]
    found = zip(every, shelf.find([key(one.capital) for one in every]), strict=True)
    rows = ((one, shelf.entry(int(row & ROW))) for one, targets in found for row in targets[:MOST])
    return frozenset(entry.row for one, entry in rows if entry.kind is Kind.CITY and entry.country == one.iso2)


def _nation(row: int, shelf: Gazetteer) -> bool:
    """Whether a row is a country."""
    return int(shelf.columns["kind"][row]) == KINDS.index(Kind.COUNTRY)


def _cut(targets: Targets, held: frozenset[int], shelf: Gazetteer) -> Targets:
    """The bearers of a name that are weighed: the largest, and all that lie where the text says."""
    if len(targets) <= MOST or not held:
        return targets[:MOST]
    rest = targets[MOST:]
    inside = np.isin(shelf.columns["admin1"][rest & ROW], list(held))
    return np.concatenate([targets[:MOST], rest[inside]])


def _priors(column: Mapping[str, npt.NDArray[np.generic]], alias: npt.NDArray[np.bool_]) -> Floats:
    """What is known of each candidate without the document."""
    worth = np.array([WORTH.get(kind, OTHER_WORTH) for kind in KINDS])[column["kind"].astype(np.int64)]
    people = np.log10(column["population"].astype(float) + 1)
    peopled = np.isin(column["kind"], [KINDS.index(k) for k in (Kind.CITY, Kind.REGION, Kind.DISTRICT, Kind.COUNTRY)])
    people = np.where(peopled, np.where(people > 0, people, UNKNOWN_PEOPLE), 0.0)
    country = column["kind"] == KINDS.index(Kind.COUNTRY)
    return worth + people - ALIAS_COST * (alias & ~country)


def _settled(choices: Choices) -> Floats:
    """Scores after each name has heard the others."""
    score = choices.prior.copy()
    names = len(choices.weight)
    for _ in range(ROUNDS):
        share = _shares(score, choices.owner, names) * choices.weight[choices.owner]
        by_country = _votes(choices.country, share, choices.owner, names)
        by_unit = _votes(np.where(choices.unit < 0, 0, choices.unit + 1), share, choices.owner, names)
        by_unit = np.where(choices.unit < 0, 0.0, by_unit)
        near = _near(choices, share)
        score = (
            choices.prior
            + COUNTRY_PULL * np.log1p(by_country)
            + UNIT_PULL * np.log1p(by_unit)
            + NEAR_PULL * np.log1p(near)
        )
    return score


def _shares(score: Floats, owner: Ints, names: int) -> Floats:
    """Each candidate's share of its name's belief; a point of score is a factor of five."""
    top = np.full(names, -np.inf)
    np.maximum.at(top, owner, score)
    raw = np.exp(1.6 * (score - top[owner]))
    return raw / np.bincount(owner, raw, names)[owner]


def _votes(place: Ints, share: Floats, owner: Ints, names: int) -> Floats:
    """For every candidate, how much the other names speak for the unit it lies in."""
    units, at = np.unique(place, return_inverse=True)
    total = np.bincount(at, share, len(units))
    pair = owner * len(units) + at
    own = np.bincount(pair, share, names * len(units))
    return np.maximum(total[at] - own[pair], 0.0)


def _near(choices: Choices, share: Floats) -> Floats:
    """For every candidate, how much of the other names' belief lies near it."""
    anchors = np.flatnonzero(share > 0.25)
    anchors = anchors[~np.isin(choices.rows[anchors], [NO_ROW])]
    north = (choices.lat[:, None] - choices.lat[None, anchors]) * KM
    east = (choices.lon[:, None] - choices.lon[None, anchors]) * KM * np.cos(np.radians(choices.lat))[:, None]
    pull = np.exp(-np.hypot(north, east) / REACH_KM) * share[None, anchors]
    pull[choices.owner[:, None] == choices.owner[None, anchors]] = 0.0
    return pull.sum(1)
