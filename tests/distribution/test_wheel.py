"""What is built holds what is needed: the tables, the weights, the pages, the demo, the licence, the man page."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "rashomon"
MOST_BYTES = 40_000_000  # 36 MB in November 2026, nearly all of it weights and gazetteer


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        held = set(opened.namelist())
    ours = (path for path in SOURCE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    assert {str(path.relative_to(SOURCE.parent)) for path in ours} - held == set()
    assert any(name.endswith("licenses/LICENSE") for name in held)


@pytest.mark.parametrize(
    "part",
    [
        "rashomon/reading/weights/encoder.onnx",
        "rashomon/reading/screen.npz",
        "rashomon/knowledge/gazetteer.bin",
        "rashomon/knowledge/kinds.tsv",
        "rashomon/web/templates/incident.html",
        "rashomon/web/static/vendor/leaflet/leaflet.js",
        "rashomon/web/static/vendor/leaflet/LICENSE",
        "rashomon/knowledge/GAZETTEER-LICENCE.md",
        "rashomon/demo/dispatches.jsonl",
        "data/share/man/man1/rashomon.1",
        "data/share/bash-completion/completions/rashomon",
        "data/share/zsh/site-functions/_rashomon",
        "data/share/fish/vendor_completions.d/rashomon.fish",
    ],
)
def test_the_wheel_holds_what_no_import_would_miss(wheel: Path, part: str) -> None:
    with zipfile.ZipFile(wheel) as opened:
        assert [entry.filename for entry in opened.infolist() if entry.filename.endswith(part) and entry.file_size > 0]


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        assert {name.split("/")[0].split("-")[0] for name in opened.namelist()} == {"rashomon"}
        metadata = next(name for name in opened.namelist() if name.endswith("METADATA"))
        assert "License-Expression: Apache-2.0" in opened.read(metadata).decode()


def test_the_wheel_is_not_larger_than_said(wheel: Path) -> None:
    assert wheel.stat().st_size < MOST_BYTES


def test_the_sdist_holds_what_makes_the_wheel(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(built) as opened:
        held = {name.split("/", 1)[1] for name in opened.getnames()}
    wanted = {"pyproject.toml", "LICENSE", "packaging/man/rashomon.1", "schema/reading-1.json", "docs/tutorial.md"}
    assert wanted | {str(path.relative_to(ROOT)) for path in SOURCE.rglob("*.tsv")} <= held
