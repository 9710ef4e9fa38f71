"""Distances over the ground."""

from __future__ import annotations

import math

Point = tuple[float, float]
"""Latitude and longitude, degrees."""

EARTH_KM = 6371.0  # mean radius


def km(a: Point, b: Point) -> float:
    """Great-circle distance in kilometres, by the haversine formula."""
    p, q = math.radians(a[0]), math.radians(b[0])
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))
