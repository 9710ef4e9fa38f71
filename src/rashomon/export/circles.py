"""Areas on the globe as rings of degrees, cut where maps are (RFC 7946): at 180° and around the poles."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from rashomon.model.globe import EARTH_KM

# Corners of a circle: 48 stay within 0.3 % of its area.
CORNERS = 48
# Decimals of a degree that are written: 1e-5 is about a metre.
DECIMALS = 5
DATE_LINE = 180.0

Point = tuple[float, float]
Ring = tuple[Point, ...]


def circle(lat: float, lon: float, radius_km: float) -> tuple[Ring, ...]:
    """Everything within a distance of a point, as closed rings of (longitude, latitude), counterclockwise."""
    reach = math.degrees(radius_km / EARTH_KM)
    if lat + reach >= 90 or lat - reach <= -90:
        return (_closed(_cap(lat, reach)),)
    corners = [_corner(lat, lon, radius_km, number) for number in range(CORNERS)]
    cut = (_clipped(corners, shift) for shift in (-2 * DATE_LINE, 0.0, 2 * DATE_LINE))
    return tuple(_closed(ring) for ring in cut if len(ring) > 2)


def _corner(lat: float, lon: float, radius_km: float, number: int) -> Point:
    """A point at the distance, bearings going counterclockwise; longitudes run on past 180."""
    bearing, north, far = -2 * math.pi * number / CORNERS, math.radians(lat), radius_km / EARTH_KM
    up = math.asin(math.sin(north) * math.cos(far) + math.cos(north) * math.sin(far) * math.cos(bearing))
    across = math.atan2(
        math.sin(bearing) * math.sin(far) * math.cos(north), math.cos(far) - math.sin(north) * math.sin(up)
    )
    return lon + math.degrees(across), math.degrees(up)


def _cap(lat: float, reach: float) -> Sequence[Point]:
    """A circle around a pole: everything beyond the parallel that it touches farthest from there."""
    edge, pole = (lat - reach, 90.0) if lat > 0 else (lat + reach, -90.0)
    low, high = sorted((max(min(edge, 90.0), -90.0), pole))
    return ((-DATE_LINE, low), (DATE_LINE, low), (DATE_LINE, high), (-DATE_LINE, high))


def _clipped(ring: Sequence[Point], shift: float) -> list[Point]:
    """The part of a ring that lies on the map when moved by whole turns (Sutherland and Hodgman's way)."""
    moved = [(lon + shift, lat) for lon, lat in ring]
    for edge, side in ((-DATE_LINE, 1), (DATE_LINE, -1)):
        moved = list(_inside(moved, edge, side))
    return moved


def _inside(ring: Sequence[Point], edge: float, side: int) -> Iterator[Point]:
    for one, other in zip(ring, (*ring[1:], *ring[:1]), strict=True):
        if (one[0] - edge) * side >= 0:
            yield one
        if (one[0] - edge) * (other[0] - edge) < 0:
            share = (edge - one[0]) / (other[0] - one[0])
            yield edge, one[1] + share * (other[1] - one[1])


def _closed(ring: Sequence[Point]) -> Ring:
    rounded = [(round(lon, DECIMALS), round(lat, DECIMALS)) for lon, lat in ring]
    return (*rounded, rounded[0])
