"""How far reviewers agree beyond chance.

Cohen's kappa for two of them: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
Measurement 20 (1960), 37-46. Krippendorff's alpha for any number, with gaps: K. Krippendorff, "Computing
Krippendorff's Alpha-Reliability" (2011), by its coincidence matrix; nominal and interval differences of its section E.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from rashomon.model.judgement import Judgement, Part, Verdict
from rashomon.review.anchors import standing
from rashomon.review.cases import alike

Label = TypeVar("Label", bound=Hashable)
Units = Sequence[Mapping[str, str]]
"""For each unit, what each reviewer who saw it said of it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reviewers: ``units`` both decided, the share they agree on, kappa (None where chance alone explains all)."""

    one: str
    other: str
    units: int
    agreed: float
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on a part, or on all where it is None: ``units`` decided by two or more, alpha, and the pairs."""

    part: Part | None
    units: int
    alpha: float | None
    pairs: tuple[Pair, ...]


def agreement(judgements: Iterable[Judgement]) -> tuple[Agreement, ...]:
    """How far the judgements in force agree, over all parts and by part; what settles a disagreement is left out.

    A unit is the same part of the same words; a label the verdict and what the words are held to mean.
    """
    grouped = _units([one for one in standing(judgements) if not one.settles])
    found = [_agreement(None, [unit for units in grouped.values() for unit in units])]
    return (*found, *(_agreement(part, units) for part, units in sorted(grouped.items())))


def kappa(pairs: Sequence[tuple[Label, Label]]) -> float | None:
    """Cohen's kappa of two lists of labels; None without labels, or where both only ever gave one and the same."""
    if not pairs:
        return None
    observed = sum(one == other for one, other in pairs) / len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(first[label] * second[label] for label in first) / len(pairs) ** 2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def different(one: object, other: object) -> float:
    """The nominal difference: 0 or 1."""
    return float(one != other)


def squared(one: float, other: float) -> float:
    """The interval difference."""
    return (one - other) ** 2


def alpha(units: Iterable[Sequence[Label]], difference: Callable[[Label, Label], float] = different) -> float | None:
    """Krippendorff's alpha; each unit is the labels it was given. None where no two labels differ or can be paired."""
    coincidences: dict[tuple[Label, Label], float] = defaultdict(float)
    for labels in units:
        for at, one in enumerate(labels):
            for other in (*labels[:at], *labels[at + 1 :]):
                coincidences[one, other] += 1 / (len(labels) - 1)
    totals: dict[Label, float] = defaultdict(float)
    for (one, _), many in coincidences.items():
        totals[one] += many
    whole = sum(totals.values())
    observed = sum(many * difference(one, other) for (one, other), many in coincidences.items())
    expected = sum(totals[one] * totals[other] * difference(one, other) for one in totals for other in totals)
    return None if expected == 0 else 1 - (whole - 1) * observed / expected


def _agreement(part: Part | None, units: Units) -> Agreement:
    shared = [unit for unit in units if len(unit) > 1]
    people = sorted({name for unit in shared for name in unit})
    return Agreement(
        part,
        len(shared),
        alpha([list(unit.values()) for unit in shared]),
        tuple(pair for one, other in combinations(people, 2) if (pair := _pair(one, other, shared)).units),
    )


def _pair(one: str, other: str, units: Units) -> Pair:
    both = [(unit[one], unit[other]) for unit in units if one in unit and other in unit]
    agreed = sum(a == b for a, b in both) / len(both) if both else 0.0
    return Pair(one, other, len(both), agreed, kappa(both))


def _units(judgements: Sequence[Judgement]) -> dict[Part, list[dict[str, str]]]:
    """Judgements by what they are about; of one person's several on a unit, the newest counts."""
    groups: dict[tuple[Part, str], list[tuple[Judgement, dict[str, str]]]] = defaultdict(list)
    for one in judgements:
        if one.about is None or one.verdict is Verdict.UNSURE:
            continue
        near = groups[one.about.part, one.about.document]
        unit = next((unit for first, unit in near if alike(first, one)), None)
        if unit is None:
            unit = {}
            near.append((one, unit))
        unit[one.by] = f"{one.verdict} {one.after}"
    found: dict[Part, list[dict[str, str]]] = defaultdict(list)
    for (part, _), near in groups.items():
        found[part] += [unit for _, unit in near]
    return dict(found)
