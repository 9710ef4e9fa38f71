"""Agreement beyond chance, against worked examples."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from rashomon.model.judgement import Judgement, Part, Sense, Verdict
from rashomon.review import agreement
from rashomon.review.agreement import alpha, kappa, squared

# The reliability data of Krippendorff's section C: four observers, twelve units, gaps.
FOUR = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
UNITS = [[int(v) for v in unit if v != "."] for unit in zip(*(row.split() for row in FOUR), strict=True)]


@pytest.mark.parametrize(
    ("both", "neither", "first", "second", "wanted"),
    [(20, 15, 5, 10, 0.4), (10, 10, 0, 0, 1.0), (0, 0, 10, 10, -1.0), (5, 0, 0, 0, None), (0, 0, 0, 0, None)],
)
def test_kappa(both: int, neither: int, first: int, second: int, wanted: float | None) -> None:
    pairs = [("y", "y")] * both + [("n", "n")] * neither + [("y", "n")] * first + [("n", "y")] * second
    assert kappa(pairs) == (None if wanted is None else pytest.approx(wanted))


def test_alpha_of_the_published_example() -> None:
    paired = [unit for unit in UNITS if len(unit) > 1]
    assert alpha(paired) == pytest.approx(0.743, abs=0.0005)
    assert alpha(paired, squared) == pytest.approx(0.849, abs=0.0005)
    assert alpha([["y", "y"]]) is None


def test_agreement_is_by_part_and_leaves_out_what_settles(judged: Callable[..., Judgement]) -> None:
    nine = Sense(kind="killed", low=Decimal(9))
    said = [
        judged(Verdict.ACCEPT, Part.FIGURE, "12", id=1),
        judged(Verdict.CORRECT, Part.FIGURE, "12 workers", nine, id=2, by="ana"),
        judged(Verdict.REJECT, Part.PLACE, "Marno", id=3),
        judged(Verdict.REJECT, Part.PLACE, "Marno", id=4, by="ana"),
        judged(Verdict.ACCEPT, Part.PLACE, "Marno", id=5, by="chief", settles=True),
        judged(Verdict.UNSURE, Part.DAY, "hit", id=6, by="ana"),
        judged(Verdict.ACCEPT, Part.DAY, "hit", id=7),
    ]
    whole, *parts = agreement(said)
    (pair,) = whole.pairs
    assert (whole.units, pair.one, pair.other, pair.units, pair.agreed) == (2, "ana", "olena", 2, 0.5)
    assert {str(one.part): one.units for one in parts} == {"day": 0, "figure": 1, "place": 1}
