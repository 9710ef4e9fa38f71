"""What ships beside the program is fresh, well-formed, and does what it says."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for
from ruamel.yaml import YAML

import shipped
from rashomon import __version__

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
# Of the licence's text as its stewards publish it.
APACHE = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a program of the tools' environment, or of the system, said."""
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PATH": path, **environment}, capture_output=True, text=True, check=False
    )


def needs(program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")


@pytest.mark.parametrize("place", shipped.files())
def test_what_is_made_of_the_program_is_fresh(place: str) -> None:
    """When this fails: `make docs`."""
    assert (ROOT / place).read_text(encoding="utf-8") == shipped.files()[place]()


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("compose-spec", "compose.yaml"),
        ("citation-file-format", "CITATION.cff"),
    ],
)
def test_files_meet_the_schemas_of_their_makers(schema: str, file: str) -> None:
    rules = json.loads((resources.files("check_jsonschema.builtin_schemas") / "vendor" / f"{schema}.json").read_text())
    written = YAML(typ="safe", pure=True).load(ROOT / file)
    assert [fault.message for fault in validator_for(rules)(rules).iter_errors(written)] == []


@pytest.mark.parametrize("file", sorted((ROOT / "schema").glob("*.json")), ids=lambda file: file.stem)
def test_our_schemas_are_schemas(file: Path) -> None:
    Draft202012Validator.check_schema(json.loads(file.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("ledger") / "demo.db"
    assert run("rashomon", "demo", "--json", "--quiet", "--ledger", place).returncode == 0
    return place


@pytest.mark.parametrize(("form", "shape"), [("readings", "reading-1"), ("json", "incident-1")])
def test_the_demo_meets_our_schemas(ledger: Path, form: str, shape: str) -> None:
    schema = Draft202012Validator(json.loads((ROOT / "schema" / f"{shape}.json").read_text(encoding="utf-8")))
    records = [json.loads(line) for line in run("rashomon", "export", form, "--ledger", ledger).stdout.splitlines()]
    assert len(records) > 10
    assert [fault.message for record in records for fault in schema.iter_errors(record)] == []


@pytest.mark.parametrize(
    ("shape", "change"),
    [
        ("reading-1", {"claims": None}),
        ("reading-1", {"schema": "rashomon/reading/2"}),
        ("incident-1", {"status": "perhaps"}),
    ],
)
def test_our_schemas_refuse_what_is_not_so(ledger: Path, shape: str, change: dict[str, str | None]) -> None:
    schema = Draft202012Validator(json.loads((ROOT / "schema" / f"{shape}.json").read_text(encoding="utf-8")))
    form = "readings" if shape == "reading-1" else "json"
    record = json.loads(run("rashomon", "export", form, "--ledger", ledger).stdout.splitlines()[0])
    assert schema.is_valid(record)
    assert not schema.is_valid({**record, **change})


def test_the_image_is_made_as_its_linter_wants() -> None:
    done = run("hadolint", "--failure-threshold", "style", "Dockerfile")
    assert done.returncode == 0, done.stdout


def test_the_image_asks_for_extras_that_there_are() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    asked = re.search(r"\.\[([\w,]+)\]", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    assert asked is not None
    assert "postgres" in asked[1].split(",")
    assert set(asked[1].split(",")) <= set(extras)


def test_the_unit_is_sound_and_keeps_to_itself() -> None:
    needs("systemd-analyze")
    unit = "packaging/rashomon-watch.service"
    verified = run("systemd-analyze", "verify", "--man=no", unit)
    assert (verified.returncode, verified.stderr) == (0, "")
    # Exposure in tenths: 13 as it is; 96 is a unit that says nothing.
    assert run("systemd-analyze", "security", "--offline=true", "--threshold=20", unit).returncode == 0


def test_the_manual_can_be_read() -> None:
    needs("man")
    read = run("man", "--warnings", "-E", "UTF-8", "-l", "packaging/man/rashomon.1", MANWIDTH="80")
    assert (read.returncode, read.stderr) == (0, "")
    assert "rashomon ingest [OPTIONS] INPUT..." in read.stdout
    assert "        rashomon ingest 'archive/2025-06-*.html' --jobs 2" in read.stdout


def test_the_manual_is_sound() -> None:
    needs("mandoc")
    assert run("mandoc", "-T", "lint", "-W", "error", "packaging/man/rashomon.1").stdout == ""


@pytest.mark.parametrize(
    ("words", "number", "offered"),
    [
        ("rashomon se", "1", ["plain,search", "plain,serve"]),
        ("rashomon incidents --rel", "2", ["plain,--relation"]),
        ("rashomon incidents --relation dis", "3", ["plain,disagree", "plain,disputed"]),
    ],
)
def test_a_shell_is_told_what_may_come_next(words: str, number: str, offered: list[str]) -> None:
    asked = {"COMP_WORDS": words, "COMP_CWORD": number, "_RASHOMON_COMPLETE": "bash_complete"}
    assert sorted(run("rashomon", **asked).stdout.split()) == offered


@pytest.mark.parametrize(
    ("shell", "check", "script"),
    [("bash", "-n", "rashomon.bash"), ("zsh", "-n", "_rashomon"), ("fish", "--no-execute", "rashomon.fish")],
)
def test_completion_is_in_the_shell_s_own_words(shell: str, check: str, script: str) -> None:
    needs(shell)
    done = run(shell, check, ROOT / "packaging" / "completion" / script)
    assert (done.returncode, done.stderr) == (0, "")


def test_completion_completes_in_a_shell() -> None:
    """Bash asks the program and fills in what it says."""
    script = "packaging/completion/rashomon.bash"
    typed = f"source {script}; COMP_WORDS=(rashomon inci); COMP_CWORD=1; _rashomon_completion rashomon; echo $COMPREPLY"
    assert run("bash", "-c", typed).stdout.strip() == "incidents"


def test_the_licence_is_the_licence_whole() -> None:
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == APACHE


def test_every_folder_of_others_work_has_its_licence() -> None:
    vendored = ROOT / "src" / "rashomon" / "web" / "static" / "vendor"
    folders = [folder for folder in vendored.iterdir() if folder.is_dir()]
    assert folders
    assert [folder.name for folder in folders if not (folder / "LICENSE").is_file()] == []


@pytest.mark.parametrize("file", ["CITATION.cff", "compose.yaml", "CHANGELOG.md"])
def test_files_of_the_root_are_of_this_version(file: str) -> None:
    assert __version__ in (ROOT / file).read_text(encoding="utf-8")
