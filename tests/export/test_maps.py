"""Incidents on maps: valid GeoJSON that GDAL reads, areas for what is only known as an area."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from rashomon.export.circles import Ring, circle

Export = Callable[[str], bytes]


def area(ring: Ring) -> float:
    """Degrees squared, positive where the ring runs counterclockwise."""
    return sum(x * v - u * y for (x, y), (u, v) in pairwise(ring)) / 2


def test_features_are_points_where_exact_and_areas_where_not(export: Export) -> None:
    features = json.loads(export("geojson"))["features"]
    shapes = [None if one["geometry"] is None else one["geometry"]["type"] for one in features]
    assert shapes == ["Point", "Polygon", "Point", "Polygon", None]
    strike, clash, near, country, _ = (one["properties"] for one in features)
    assert (strike["geo_precision"], clash["geo_precision"], near["geo_precision"], country["geo_precision"]) == (
        1,
        3,
        2,
        None,
    )
    assert strike["participants"] == "accused: Northern Front (according to Chadian Army); victim: villagers"
    assert (strike["killed_low"], strike["killed_high"]) == (7, 9)


def test_geojson_is_valid(export: Export) -> None:
    geojson = pytest.importorskip("geojson_pydantic", reason="geojson-pydantic is not installed")
    collection = geojson.FeatureCollection.model_validate_json(export("geojson"))
    assert [feature.id for feature in collection.features] == ["RA-1", "RA-2", "RA-3", "RA-4", "RA-5"]


def test_gdal_reads_it_as_qgis_does(export: Export, tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio", reason="pyogrio (GDAL) is not installed: pip install '.[exports]'")
    path = tmp_path / "incidents.geojson"
    path.write_bytes(export("geojson"))
    told = pyogrio.read_info(path)
    assert (told["features"], told["crs"]) == (5, "EPSG:4326")
    kinds = dict(zip(told["fields"], told["dtypes"], strict=True))
    assert (kinds["documents"], str(kinds["earliest"])[:10]) == ("int32", "datetime64")


def test_geopandas_reads_it(export: Export, tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas", reason="geopandas is not installed: pip install '.[exports]'")
    path = tmp_path / "incidents.geojson"
    path.write_bytes(export("geojson"))
    frame = geopandas.read_file(path)
    assert len(frame) == 5
    located = frame[~frame.geometry.isna() & ~frame.geometry.is_empty]
    assert (len(located), bool(located.geometry.is_valid.all())) == (4, True)
    town, province = located.geometry.iloc[0], located.geometry.iloc[1]
    assert province.contains(town)


def test_a_circle_has_its_size() -> None:
    (ring,) = circle(0, 30, 111.2)
    assert ring[0] == ring[-1]
    assert area(ring) == pytest.approx(math.pi, rel=0.01)
    assert {math.isclose(math.dist((30, 0), corner), 1.0, rel_tol=0.01) for corner in ring} == {True}


@pytest.mark.parametrize("lon", [179.0, -179.0])
def test_a_circle_over_the_date_line_is_cut_there(lon: float) -> None:
    rings = circle(65, lon, 300)
    assert len(rings) == 2
    assert all(-180 <= x <= 180 and area(ring) > 0 for ring in rings for x, _ in ring)
    assert {max(x for x, _ in ring) == 180 for ring in rings} == {True, False}
    (whole,) = circle(65, 100, 300)
    assert sum(map(area, rings)) == pytest.approx(area(whole), rel=0.001)


@pytest.mark.parametrize(("lat", "pole"), [(85, 90), (-85, -90)])
def test_a_circle_around_a_pole_is_a_band_up_to_it(lat: float, pole: float) -> None:
    (ring,) = circle(lat, 10, 1000)
    assert area(ring) > 0
    edge = round(lat - math.copysign(8.993, lat), 2)
    assert {round(y, 2) for _, y in ring} == {pole, edge}
