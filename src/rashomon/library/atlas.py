"""A map of incidents as one SVG: coasts and borders that come with the package, dots for places, rings for areas."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rashomon import words
from rashomon.ledger.book import Box
from rashomon.library.style import plain
from rashomon.model.incident import Incident, Site
from rashomon.web.labels import labels

WIDE, HIGHEST, LOWEST = 640.0, 440.0, 240.0
KM_A_DEGREE = 111.2
# Beyond this a place is an area and is drawn as one (codebook, section 9).
POINT_KM = 25.0
MARGIN, SMALLEST = 0.15, 2.0  # a share of the stretch on each side; degrees that a map shows at least
SCENES = ("location", "target_area", "near")
NEAREST = 2.0  # pixels; nearer corners of a coast are one
MOST_NUMBERS = 6  # beside one place
CLOSE = 12.0  # pixels; dots that are closer are one
ROOM = 26.0  # pixels around a dot that no town is named in

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A stretch of the world, in degrees, on a drawing ``high`` pixels high; north is up, middle latitudes are true."""

    west: float
    south: float
    east: float
    north: float

    @property
    def high(self) -> float:
        """How high the drawing is for its width."""
        return round(min(max(self.scale * (self.north - self.south), LOWEST), HIGHEST), 1)

    @property
    def scale(self) -> float:
        """Pixels a degree of latitude."""
        narrow = max(math.cos(math.radians((self.north + self.south) / 2)), 0.2)
        return WIDE / ((self.east - self.west) * narrow)

    def at(self, lat: float, lon: float) -> Point:
        """Where a point stands, in pixels from the left and the top."""
        x = (lon - self.west) / (self.east - self.west) * WIDE
        return round(x, 1), round(self.high / 2 - (lat - (self.north + self.south) / 2) * self.scale, 1)


def drawn(incidents: Sequence[Incident]) -> str:
    """Incidents on a map, numbered from 1 as they come; nothing where none of them has a place on it."""
    placed = [(number, one, site) for number, one in enumerate(incidents, 1) if (site := _scene(one)) is not None]
    if not placed:
        return ""
    frame = _frame([site for _, _, site in placed])
    marks = _together(placed, frame)
    told = f"Map of {words.count(len(placed), 'incident')}"
    away = len(incidents) - len(placed)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE:g} {frame.high:g}" role="img">'
        f"<title>{told}{f'; {away} have no place on it' if away else ''}</title>",
        f'<path class="land" fill-rule="evenodd" d="{_paths(_outlines().land, frame, closed=True)}"/>',
        f'<path class="borders" d="{_paths(_outlines().borders, frame, closed=False)}"/>',
        *_towns(frame, marks),
        *(_mark(frame, here) for here in marks),
        "</svg>",
    ]
    note = f'<p class="note">{words.count(away, "incident")} without a place on the map.</p>' if away else ""
    return "".join(parts) + note


@dataclass(frozen=True, slots=True)
class Here:
    """Where incidents are drawn, in pixels, with their numbers."""

    site: Site
    x: float
    y: float
    incidents: list[tuple[int, Incident]]

    @property
    def wide(self) -> float:
        """The radius of an area in kilometres, 0 of a place that is a dot."""
        radius = self.site.radius_km or 0.0
        return radius if radius > POINT_KM else 0.0


@dataclass(frozen=True, slots=True)
class Outlines:
    """Coasts as rings and borders as lines, each a tuple of (lat, lon)."""

    land: tuple[tuple[Point, ...], ...]
    borders: tuple[tuple[Point, ...], ...]


@cache
def _outlines() -> Outlines:
    held = json.loads((files("rashomon.web") / "static" / "outlines.json").read_text(encoding="utf-8"))
    grid = held["grid"]
    return Outlines(
        tuple(tuple(_points(one, grid)) for one in held["land"]),
        tuple(tuple(_points(one, grid)) for one in held["borders"]),
    )


def _points(steps: Sequence[int], grid: int) -> Iterator[Point]:
    """The points of a line that is written as steps from one to the next, east and north, in parts of a degree."""
    x = y = 0
    for number in range(0, len(steps) - 1, 2):
        x, y = x + steps[number], y + steps[number + 1]
        yield y / grid, x / grid


def _scene(incident: Incident) -> Site | None:
    sites = (site for role in SCENES for site in incident.places if site.role == role)
    return next((site for site in sites if site.lat is not None and site.lon is not None), None)


def _frame(sites: Sequence[Site]) -> Frame:
    """The stretch that holds all sites and their areas, with room around them."""
    reach = [min((site.radius_km or 0.0) / KM_A_DEGREE, 8.0) for site in sites]
    lats, lons = [site.lat or 0.0 for site in sites], [site.lon or 0.0 for site in sites]
    south, north = min(a - r for a, r in zip(lats, reach, strict=True)), max(map(sum, zip(lats, reach, strict=True)))
    wider = 1 / max(math.cos(math.radians((south + north) / 2)), 0.2)
    west = min(o - r * wider for o, r in zip(lons, reach, strict=True))
    east = max(o + r * wider for o, r in zip(lons, reach, strict=True))
    tall = max(north - south, SMALLEST) * (1 + 2 * MARGIN)
    wide = max((east - west) * (1 + 2 * MARGIN), SMALLEST * wider, tall * wider * WIDE / HIGHEST)
    lat, lon = (south + north) / 2, (west + east) / 2
    return Frame(lon - wide / 2, lat - tall / 2, lon + wide / 2, lat + tall / 2)


def _paths(lines: Iterable[Sequence[Point]], frame: Frame, *, closed: bool) -> str:
    """The parts of lines that can be seen, as the path of an SVG."""
    tall = frame.high / frame.scale / 2
    middle = (frame.north + frame.south) / 2
    box = (middle - tall - 1, frame.west - 1, middle + tall + 1, frame.east + 1)
    pieces = (piece for one in lines for piece in ((_ring(one, box),) if closed else _stretches(one, box)))
    seen = (list(_thinned(frame.at(*point) for point in piece)) for piece in pieces)
    end = "Z" if closed else ""
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in one) + end for one in seen if len(one) > 1)


def _thinned(points: Iterable[Point]) -> Iterator[Point]:
    last: Point | None = None
    for point in points:
        if last is None or abs(point[0] - last[0]) + abs(point[1] - last[1]) >= NEAREST:
            yield point
            last = point


def _stretches(line: Sequence[Point], box: tuple[float, float, float, float]) -> Iterator[list[Point]]:
    """The stretches of a line with a corner in a box (south, west, north, east)."""
    south, west, north, east = box
    stretch: list[Point] = []
    for lat, lon in line:
        if south <= lat <= north and west <= lon <= east:
            stretch.append((lat, lon))
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _ring(ring: Sequence[Point], box: tuple[float, float, float, float]) -> list[Point]:
    """What of a ring lies in a box: cut at its four sides in turn (Sutherland and Hodgman, 1974)."""
    south, west, north, east = box
    lats, lons = [p[0] for p in ring], [p[1] for p in ring]
    if max(lats) < south or min(lats) > north or max(lons) < west or min(lons) > east:
        return []
    points = list(ring)
    for axis, bound, sign in ((0, south, 1), (0, north, -1), (1, west, 1), (1, east, -1)):
        points = list(_cut(points, axis, bound, sign))
    return points


def _cut(points: Sequence[Point], axis: int, bound: float, sign: int) -> Iterator[Point]:
    for number, point in enumerate(points):
        before = points[number - 1]
        inside, was = ((one[axis] - bound) * sign >= 0 for one in (point, before))
        if inside != was:
            share = (bound - before[axis]) / (point[axis] - before[axis])
            yield before[0] + (point[0] - before[0]) * share, before[1] + (point[1] - before[1]) * share
        if inside:
            yield point


def _towns(frame: Frame, marks: Sequence[Here]) -> Iterator[str]:
    """A few names to find one's way by: the largest towns of the stretch."""
    for one in labels(Box(frame.west, frame.south, frame.east, frame.north))[:14]:
        x, y = frame.at(one.lat, one.lon)
        if any(math.hypot(x - here.x, y - here.y) < ROOM for here in marks):
            continue
        yield f'<text class="town" x="{x:g}" y="{y:g}" text-anchor="middle">{plain(one.name)}</text>'


def _mark(frame: Frame, here: Here) -> str:
    """What happened at a place: a dot, or its area where no more is known, and the numbers of the incidents."""
    told = "".join(f"{number}. {plain(words.headline(one))} " for number, one in here.incidents)
    numbers = ", ".join(str(number) for number, _ in here.incidents[:MOST_NUMBERS])
    more = "…" if len(here.incidents) > MOST_NUMBERS else ""
    if here.wide:
        shape = (
            f'<circle class="area" cx="{here.x:g}" cy="{here.y:g}" r="{here.wide / KM_A_DEGREE * frame.scale:.1f}"/>'
        )
        at = f'x="{here.x:g}" y="{here.y + 4:g}" text-anchor="middle"'
    else:
        shape = f'<circle class="spot" cx="{here.x:g}" cy="{here.y:g}" r="5"/>'
        at = f'x="{here.x + 8:g}" y="{here.y + 4:g}"'
    return f'<g><title>{told}</title>{shape}<text class="number" {at}>{numbers}{more}</text></g>'


def _together(placed: Iterable[tuple[int, Incident, Site]], frame: Frame) -> list[Here]:
    """Incidents by where they are drawn, areas first, so that nothing lies under them; dots too close are one."""
    found: list[Here] = []
    for number, one, site in placed:
        x, y = frame.at(site.lat or 0.0, site.lon or 0.0)
        fresh = Here(site, x, y, [])
        near = (here for here in found if here.wide == fresh.wide and math.hypot(x - here.x, y - here.y) < CLOSE)
        here = next(near, None)
        if here is None:
            found.append(here := fresh)
        here.incidents.append((number, one))
    return sorted(found, key=lambda here: -here.wide)
