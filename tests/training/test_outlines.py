"""Outlines: rings run on past the date line and close around the pole, simpler lines keep their ends."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from outlines import FILE, GRID, Atlas, area, closed, outlines, simplified, steps

# An island on both sides of 180°, told by two arcs that meet there, and one at the pole.
ISLAND_ARC = [(178.0, 65.0), (180.0, 66.0), (-178.0, 65.0), (180.0, 64.0), (178.0, 65.0)]
POLAR = [(-180.0, -70.0), (-60.0, -72.0), (60.0, -71.0), (180.0, -70.0)]


@pytest.mark.parametrize("ring", [ISLAND_ARC, [*ISLAND_ARC[2:], *ISLAND_ARC[1:3]]])
def test_a_ring_runs_on_past_the_date_line(ring: list[tuple[float, float]]) -> None:
    assert set(closed(ring)) == {(178.0, 65.0), (180.0, 66.0), (182.0, 65.0), (180.0, 64.0)}


def test_a_ring_around_the_pole_is_closed_along_the_foot_of_the_map() -> None:
    ring = closed(POLAR)
    assert ring[0] == ring[-1] == (-180.0, -70.0)
    assert {(180.0, -90.0), (-180.0, -90.0)} <= set(ring)
    assert all(abs(lon - other) <= 180 or lat == other_lat == -90 for (lon, lat), (other, other_lat) in pairwise(ring))


def test_a_simpler_line_keeps_its_ends_and_its_cape() -> None:
    line = [(0.0, 0.0), (1.0, 0.001), (2.0, 0.0), (3.0, 1.0), (4.0, 0.0)]
    assert simplified(line) == [(0.0, 0.0), (2.0, 0.0), (3.0, 1.0), (4.0, 0.0)]
    assert simplified(line[:2]) == line[:2]


def test_steps_lead_back_to_the_points() -> None:
    assert steps([(1.234, -5.0), (1.236, -5.001), (1.5, -4.0)]) == [123, -500, 1, 0, 26, 100]


def test_a_border_is_what_two_countries_share() -> None:
    atlas: Atlas = {
        "transform": {"scale": (1.0, 1.0), "translate": (0.0, 0.0)},
        "arcs": [[(5, 0), (0, 10)], [(5, 10), (-5, 0), (0, -10), (5, 0)], [(5, 0), (5, 0), (0, 10), (-5, 0)]],
        "objects": {
            "land": {"type": "GeometryCollection", "geometries": [{"type": "MultiPolygon", "arcs": [[[1, 2]]]}]},
            "countries": {
                "type": "GeometryCollection",
                "geometries": [{"type": "MultiPolygon", "arcs": [[[0, 1]], [[2, ~0]]]}],
            },
        },
    }
    found = outlines(atlas)
    assert found["borders"] == [[5 * GRID, 0, 0, 10 * GRID]]
    assert len(found["land"]) == 1  # type: ignore[arg-type]


def test_what_is_shipped_is_land_within_the_world() -> None:
    shipped = json.loads(FILE.read_text("utf-8"))
    assert FILE.stat().st_size < 250_000
    assert len(shipped["borders"]) > 300
    total = 0.0
    for numbers in shipped["land"]:
        x = y = 0
        ring = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x / GRID, y / GRID))
        total += area(ring)
        assert all(-90 <= lat <= 84 for _, lat in ring)
        assert max(lon for lon, _ in ring) - min(lon for lon, _ in ring) <= 360
    # Of 21,504 square degrees of the plane before anything was left out.
    assert total == pytest.approx(21_504, rel=0.01)
