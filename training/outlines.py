"""Outlines for the map of the pages: ``python training/outlines.py COUNTRIES [-o FILE]``.

COUNTRIES is ``countries-50m.json`` of the npm package world-atlas 2.0.2 (``npm pack world-atlas@2.0.2``): Natural Earth
4.1 at 1:50 million, public domain, as TopoJSON. Land comes out as closed rings and borders between countries as lines,
each a list of whole numbers: hundredths of a degree, longitude before latitude, the first point and then steps. Rings
that cross 180° run on past it; the one around the pole is closed along the map's edge.
"""

from __future__ import annotations

import argparse
import heapq
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypedDict

FILE = Path(__file__).parent.parent / "src" / "rashomon" / "web" / "static" / "outlines.json"
# Hundredths of a degree: about a kilometre, a tenth of what 1:50 million shows.
GRID = 100
# Square degrees of the triangle that a point makes with its neighbours; smaller ones are left out. Tried from 0 (450 kB)
# to 0.006: this one keeps the file below 250 kB, 88 kB zipped, and the closest zoom still shows bays of ten kilometres.
LEAST = 0.004
# Square degrees of an island; smaller ones are left out.
ISLAND = 0.004

Point = tuple[float, float]
Line = list[Point]


class Shape(TypedDict, total=False):
    """A geometry of TopoJSON; an arc's number is ~number where it is walked backwards."""

    type: str
    arcs: list[list[list[int]]]
    geometries: list[Shape]


class Atlas(TypedDict):
    """What is read of a TopoJSON file."""

    arcs: list[list[tuple[int, int]]]
    objects: dict[str, Shape]
    transform: dict[str, tuple[float, float]]


def outlines(atlas: Atlas) -> dict[str, object]:
    """Land and borders of an atlas, simplified; arcs are, so that what shares one still does."""
    arcs = [simplified(line) for line in decoded(atlas)]
    land = [closed(joined(arcs, numbers)) for numbers in rings(atlas["objects"]["land"])]
    used = Counter(arc(number) for ring in rings(atlas["objects"]["countries"]) for number in ring)
    coast = {arc(number) for ring in rings(atlas["objects"]["land"]) for number in ring}
    borders = [arcs[number] for number, times in used.items() if times > 1 and number not in coast]
    return {
        "source": "Natural Earth 4.1, 1:50m, public domain; world-atlas 2.0.2",
        "grid": GRID,
        "land": [steps(ring) for ring in land if area(ring) >= ISLAND],
        "borders": [steps(line) for line in borders],
    }


def decoded(atlas: Atlas) -> Iterator[Line]:
    """The arcs in degrees."""
    (wide, high), (west, south) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    for arc in atlas["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((west + x * wide, south + y * high))
        yield line


def simplified(line: Line) -> Line:
    """A line without the points that say least (Visvalingam and Whyatt); its ends stay."""
    before, after = [i - 1 for i in range(len(line))], [i + 1 for i in range(len(line))]
    sizes = {i: triangle(line[i - 1], line[i], line[i + 1]) for i in range(1, len(line) - 1)}
    queue = [(size, i) for i, size in sizes.items()]
    heapq.heapify(queue)
    while queue:
        size, i = heapq.heappop(queue)
        if sizes.get(i) != size:
            continue
        if size >= LEAST:
            break
        del sizes[i]
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for j in (a, b):
            if j in sizes:
                # Never below what was taken out already, or whole bays would go at once.
                sizes[j] = max(size, triangle(line[before[j]], line[j], line[after[j]]))
                heapq.heappush(queue, (sizes[j], j))
    return [line[0], *(line[i] for i in sorted(sizes)), line[-1]]


def triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def rings(shape: Shape) -> Iterator[list[int]]:
    """The rings of a shape, holes among them, as numbers of arcs."""
    if shape["type"] == "GeometryCollection":
        for one in shape["geometries"]:
            yield from rings(one)
    elif shape["type"] == "Polygon":
        yield from shape["arcs"]  # type: ignore[misc]  # one level less than of a MultiPolygon
    else:
        for polygon in shape["arcs"]:
            yield from polygon


def arc(number: int) -> int:
    """The number of an arc, whichever way it is walked."""
    return number if number >= 0 else ~number


def joined(arcs: Sequence[Line], numbers: Sequence[int]) -> Line:
    """The arcs of a ring, end to end."""
    ring: Line = []
    for number in numbers:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += line[1:] if ring else line
    return ring


def closed(ring: Line) -> Line:
    """A ring whose longitudes run on past 180°."""
    line = [ring[0]]
    for (lon, _), (next_lon, lat) in pairwise(ring):
        step = next_lon - lon
        step -= 360 * round(step / 360)
        line.append((line[-1][0] + step, lat))
    if around := round((line[-1][0] - line[0][0]) / 360):
        # Around the pole: down the edge of the map, along its foot and up again.
        line += [(line[-1][0], -90.0), (line[-1][0] - 360 * around, -90.0), line[0]]
    # Wherever it was begun, it lies on the map's right.
    turn = 360 if min(lon for lon, _ in line) < -180 else 0
    return [(lon + turn, lat) for lon, lat in line]


def area(ring: Line) -> float:
    """Square degrees within a ring."""
    return abs(sum(x * y2 - x2 * y for (x, y), (x2, y2) in pairwise([*ring, ring[0]]))) / 2


def steps(line: Line) -> list[int]:
    """A line as whole numbers: its first point, then steps; steps that stay in place are left out."""
    points = [(round(lon * GRID), round(lat * GRID)) for lon, lat in line]
    found = [*points[0]]
    for (x, y), (x2, y2) in pairwise(points):
        if (x, y) != (x2, y2):
            found += [x2 - x, y2 - y]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("countries", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=FILE)
    given = parser.parse_args()
    found = outlines(json.loads(given.countries.read_text("utf-8")))
    given.output.write_text(json.dumps(found, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
