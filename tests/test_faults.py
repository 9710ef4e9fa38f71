"""What goes wrong outside: kills, a full disk, inputs that nobody would write. Long versions are in bench/."""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
from pathlib import Path

import pytest

import fuzz
import kills
from parsers import PARSERS, Parser

HERE = Path(__file__).parent
TELL = "The governor said bridge number {} had fallen. The ministry denied that any bridge was hit. "


def test_what_is_killed_at_any_moment_ends_as_if_undisturbed(tmp_path: Path) -> None:
    with kills.trials(tmp_path, 6) as trials:
        for trial in trials:
            folder = tmp_path / trial.name.replace(" ", "-")
            folder.mkdir()
            came = kills.tried(trial, folder, random.Random(trial.name))
            assert came.kills >= 1
            assert (came.unsound, came.different) == (0, 0), trial.name


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.name)
def test_whatever_is_bent_in_an_input_is_answered_or_refused(parser: Parser) -> None:
    assert fuzz.tried(parser, 0.4, seed=1).tried > 3


def test_the_fuzzer_finds_what_is_at_fault() -> None:
    faulty = Parser("faulty", lambda: (b"a;b;c",), lambda body: body.index(b";"))
    with pytest.raises(ValueError, match="subsection not found"):
        fuzz.tried(faulty, 5.0)


def lines(path: Path, count: int) -> Path:
    rows = [{"id": f"d{n:04}", "text": TELL.format(n) * 20, "published": "2025-06-02"} for n in range(count)]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


@pytest.mark.parametrize("room", [40_000, 900_000])
def test_a_disk_that_is_full_is_told_and_the_work_is_finished_when_there_is_room(tmp_path: Path, room: int) -> None:
    """No file may grow beyond so many bytes: before the ledger is made, or after some batches."""
    reports = lines(tmp_path / "reports.jsonl", 160)
    place, calm = tmp_path / "torn.db", tmp_path / "calm.db"

    def ingest(ledger: Path, most: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(HERE / "ingesting.py"), str(ledger), "1", str(reports)]
        bound = (most, most)
        return subprocess.run(
            command,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, bound),
            capture_output=True,
            text=True,
            check=False,
        )

    full = ingest(place, room)
    assert full.returncode != 0
    assert "Unusable" in full.stderr.splitlines()[-1]
    assert ingest(place, resource.RLIM_INFINITY).returncode == 0
    assert ingest(calm, resource.RLIM_INFINITY).returncode == 0
    assert kills.rows(place) == kills.rows(calm)
