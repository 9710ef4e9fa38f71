"""The index: few keys, and what may be one happening is found from both sides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.resolving.growing import gist

from rashomon.knowledge.kinds import kinds
from rashomon.model.incident import Gist, Spot
from rashomon.resolving.blocks import blocks, sought
from rashomon.resolving.families import compatible, shelf, shelves

SPOTS = st.builds(
    Spot,
    st.just("here"),
    st.floats(-89, 89),
    st.floats(-180, 179.999),
    st.sampled_from((2.0, 30.0, 120.0, 500.0)),
    st.sampled_from((None, "UA")),
)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Gist, Gist]:
    """Two gists close to each other in the world and in time."""
    spots = draw(st.lists(SPOTS, max_size=3))
    step = draw(st.sampled_from((0.0, 0.3, 0.9, 3.5)))
    moved = tuple(replace(s, lat=s.lat + step, lon=s.lon + (step if s.lon < 170 else -step)) for s in spots)
    made = []
    for document, there in (("a", tuple(spots)), ("b", moved)):
        day = draw(st.sampled_from((None, 1, 2, 4)))
        one = gist(
            document,
            day=day,
            last=None if day is None else day + draw(st.integers(0, 6)),
            published=draw(st.sampled_from((None, 3, 5, 29))),
            kind=draw(st.sampled_from(("STRIKE.AIR", "CIV.ATTACK", "PROT.RIOT", "REP.ARREST"))),
            names=draw(st.sampled_from(((), ("oksana verbytska",), ("ivan holubenko", "oksana verbytska")))),
        )
        made.append(replace(one, spots=there))
    return made[0], made[1]


@settings(deadline=None)
@given(pairs())
def test_what_finds_is_found(two: tuple[Gist, Gist]) -> None:
    one, other = two
    if compatible(one.kind, other.kind):
        assert bool(set(sought(one)) & set(blocks(other))) == bool(set(sought(other)) & set(blocks(one)))


@settings(deadline=None)
@given(pairs())
def test_keys_are_few_and_a_twin_is_found(two: tuple[Gist, Gist]) -> None:
    for one in two:
        assert len(blocks(one)) <= 24
        assert len(sought(one)) <= 1600
        assert bool(set(blocks(one)) & set(sought(one))) is bool(blocks(one))


@pytest.mark.parametrize(
    ("earlier", "later", "found"),
    [
        (gist("a"), gist("b", towns=("Dolyna",)), True),
        (gist("a"), gist("b", towns=("Marno Oblast",)), True),
        (gist("a"), gist("b", towns=("Port Amra",)), False),
        (gist("a"), gist("b", towns=("Ukraine",)), False),
        (gist("a", day=None), gist("b", day=None, published=5), True),
        (gist("a"), gist("b", day=12, published=13), False),
        (gist("a", names=("oksana verbytska",)), gist("b", towns=(), published=29, names=("oksana verbytska",)), True),
        (gist("a"), gist("b", kind="INFRA.EXPLOSION"), True),
        (gist("a"), gist("b", kind="DIP.TALKS"), False),
        (gist("a", kind="WAR.BACKGROUND"), gist("b", kind="WAR.BACKGROUND"), False),
    ],
)
def test_neighbours(earlier: Gist, later: Gist, found: bool) -> None:
    assert bool(set(sought(later)) & set(blocks(earlier))) is found


def test_kinds_that_may_be_one_stand_where_each_is_looked_for() -> None:
    happenings = [code for code in kinds() if not code.startswith(("WAR", "HUM.DEATH", "HUM.INJURY"))]
    for one in happenings:
        assert shelf(one) is not None
        assert compatible(one, one)
        for other in filter(lambda code: compatible(one, code), happenings):
            assert compatible(other, one)
            assert shelf(other) in shelves(one)
