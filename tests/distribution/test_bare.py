"""From the wheel alone: a new environment runs the demo and serves every page where there is no network."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import pytest

VISIT = Path(__file__).resolve().parent.parent.parent / "packaging" / "visit.py"


@pytest.fixture(scope="module")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that holds the wheel and what it asks for, fetched or from pip's cache."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check", "install", "-qq"]
    # Not compiled: that takes longer than all the rest, and every module is used once.
    done = subprocess.run([*pip, "--no-compile", str(wheel)], capture_output=True, text=True, check=False)
    if "establish a new connection" in done.stderr or "name resolution" in done.stderr:
        pytest.skip("the index of packages cannot be reached")
    assert done.returncode == 0, done.stderr
    return python


def alone(python: Path) -> list[str]:
    """What runs a Python in a network of its own, with nobody else in it; itself where that is not allowed."""
    cut = ["unshare", "--net", "--map-root-user", "--"]
    allowed = (
        shutil.which("unshare") and not subprocess.run([*cut, "true"], capture_output=True, check=False).returncode
    )
    return [*(cut if allowed else []), str(python), "-I", str(VISIT)]


def test_the_wheel_runs_the_demo_and_serves_its_pages(bare: Path, tmp_path: Path) -> None:
    command = alone(bare)
    done = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["cut"] is (command[0] == "unshare")
    assert seen["demo"]["documents"] == 22
    assert len([page for page in seen["pages"] if page.startswith("/incident/")]) > 10
    assert min(seen["pages"].values()) > 100


def test_what_it_consists_of_is_known_and_may_be_shipped(bare: Path, tmp_path: Path) -> None:
    """As `make sbom` writes it: every package has a licence, and none asks of a user what ours does not."""
    bill = tmp_path / "sbom.json"
    tool = str(Path(sys.executable).with_name("cyclonedx-py"))
    command = [tool, "environment", "--gather-license-texts", "-o", str(bill), str(bare)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    terms = {
        part["name"]: " AND ".join(named(one) for one in part.get("licenses", ()))
        for part in json.loads(bill.read_text(encoding="utf-8"))["components"]
    }
    assert {"onnxruntime", "SQLAlchemy", "rashomon"} <= set(terms)
    assert [name for name, told in terms.items() if not told] == []
    assert [name for name, told in terms.items() if re.search(r"(?<!OR )\bA?GPL", told)] == []


def named(licence: dict[str, Any]) -> str:
    """What a licence is called: an expression, a code of SPDX, or its own words."""
    told = licence.get("license", {})
    return str(licence.get("expression") or told.get("id") or told.get("name"))


def test_the_environment_holds_the_manual_and_no_tools(bare: Path) -> None:
    assert (bare.parent.parent / "share" / "man" / "man1" / "rashomon.1").is_file()
    asked = [str(bare), "-c", "import torch"]
    assert "No module named 'torch'" in subprocess.run(asked, capture_output=True, text=True, check=False).stderr
