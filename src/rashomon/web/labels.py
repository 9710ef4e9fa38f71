"""Names for the map: the towns of a stretch of it that most people live in, from the gazetteer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from rashomon.knowledge.gazetteer import KINDS, Kind
from rashomon.knowledge.places import gazetteer
from rashomon.ledger.book import Box

# A map is ruled into so many fields, and each has room for so many names; else all would stand in the largest country.
ACROSS, DOWN, EACH = 6, 5, 3


@dataclass(frozen=True, slots=True)
class Label:
    """A town's name and where it stands, in degrees; ``population`` says which of two names gives way."""

    name: str
    lat: float
    lon: float
    population: int


def labels(box: Box) -> tuple[Label, ...]:
    """The names of the largest towns all over a stretch of the map, the largest first."""
    rows, lat, lon = _towns()
    east = box.east + 360 if box.west > box.east else box.east
    lon = np.where(lon < box.west, lon + 360, lon)
    inside = np.flatnonzero((lat >= box.south) & (lat <= box.north) & (lon >= box.west) & (lon <= east))
    column = (lon[inside] - box.west) / max(east - box.west, 1e-9) * ACROSS
    row = (lat[inside] - box.south) / max(box.north - box.south, 1e-9) * DOWN
    field = np.minimum(column, ACROSS - 1).astype(int) + ACROSS * np.minimum(row, DOWN - 1).astype(int)
    towns = map(gazetteer().entry, rows[inside[_first(field)]].tolist())
    return tuple(Label(one.name, one.lat, one.lon, one.population) for one in towns)


def _first(field: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Where the first few of each field stand, in order."""
    order = np.argsort(field, kind="stable")
    sorted_ = field[order]
    begins = np.searchsorted(sorted_, sorted_, "left")
    return np.sort(order[np.arange(len(order)) - begins < EACH])


@cache
def _towns() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The rows, latitudes and longitudes of all towns, the largest first."""
    columns = gazetteer().columns
    rows = np.flatnonzero(columns["kind"] == KINDS.index(Kind.CITY))
    rows = rows[np.argsort(-columns["population"][rows].astype(np.int64), kind="stable")]
    return rows, columns["lat"][rows].astype(np.float64), columns["lon"][rows].astype(np.float64)
