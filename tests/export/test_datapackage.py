"""The data package: what it holds, that it checks itself, that it is the same twice."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from rashomon.export.tables import TABLES

Export = Callable[[str], bytes]


@pytest.fixture
def archive(export: Export) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(export("datapackage")))


def test_it_names_its_files_with_their_checksums(archive: zipfile.ZipFile) -> None:
    package = json.loads(archive.read("datapackage.json"))
    resources = {resource["path"]: resource for resource in package["resources"]}
    assert list(resources) == [*(f"{table.name}.csv" for table in TABLES), "codebook.csv"]
    assert set(archive.namelist()) == {*resources, "TERMS.md", "datapackage.json"}
    for path, resource in resources.items():
        body = archive.read(path)
        assert resource["bytes"] == len(body)
        assert resource["hash"] == f"sha256:{hashlib.sha256(body).hexdigest()}"
    assert (package["revision"], package["version"]) == (17, "17")
    assert package["description"].endswith("3 documents, 4 claims, 5 incidents.")


def test_the_terms_say_whose_words_they_are(archive: zipfile.ZipFile) -> None:
    assert "belong to those who published them" in archive.read("TERMS.md").decode()


def test_the_codebook_explains_the_words_in_the_tables(archive: zipfile.ZipFile) -> None:
    codes = archive.read("codebook.csv").decode()
    assert "kind,STRIKE.DRONE,drone strike,ASSAULT-drone,Explosions/Remote violence: Air/drone strike,19; 195" in codes
    assert 'relation,single_source,"One voice, however many documents repeat it",,,' in codes


def test_the_same_ledger_gives_the_same_bytes(export: Export) -> None:
    assert export("datapackage") == export("datapackage")


def test_it_is_valid(export: Export, tmp_path: Path) -> None:
    """Checksums, sizes, types, keys: all that the standard's own library checks."""
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed: pip install '.[exports]'")
    path = tmp_path / "ledger.zip"
    path.write_bytes(export("datapackage"))
    report = frictionless.Package(str(path)).validate()
    assert (report.valid, report.flatten(["taskName", "type", "note"])) == (True, [])
    assert report.stats["tasks"] == 5


def test_a_changed_byte_is_found(export: Export, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed: pip install '.[exports]'")
    zipfile.ZipFile(io.BytesIO(export("datapackage"))).extractall(tmp_path)
    claims = tmp_path / "claims.csv"
    claims.write_bytes(claims.read_bytes().replace(b"twelve", b"eleven"))
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert [error[1] for error in report.flatten(["taskName", "type"])] == ["hash-count"]
