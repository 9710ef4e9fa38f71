"""The rules of the house that a machine can check: the order of rooms, sizes, names, what importing costs."""

from __future__ import annotations

import ast
import resource
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import rashomon

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "rashomon"
MODULES = sorted(SOURCE.rglob("*.py"))
BANNED = frozenset(("utils", "misc", "manager", "handler", "process", "data", "info", "obj"))
ROOMS = ("sources", "reading", "coding", "ledger", "export", "library")


def name(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def names(path: Path) -> Iterator[str]:
    """Every name that others read or pass: the module's, its functions', classes' and arguments'."""
    yield path.stem
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.FunctionDef(name=given) | ast.AsyncFunctionDef(name=given) | ast.ClassDef(name=given):
                yield given
            case ast.arg(arg=given):
                yield given


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_file_has_one_subject_and_at_most_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_functions_are_short() -> None:
    lengths = sorted(length(function) for path in MODULES for function in functions(path))
    assert lengths[int(len(lengths) * 0.9)] <= 30
    assert lengths[-1] <= 60


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_names_come_from_the_field(path: Path) -> None:
    assert not BANNED & {given.strip("_").lower() for given in names(path)}


@pytest.mark.parametrize("path", sorted((SOURCE / "model").glob("*.py")), ids=name)
def test_no_noun_is_of_any_type(path: Path) -> None:
    assert "Any" not in {node.id for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Name)}


def test_the_order_of_the_rooms_is_kept() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_order_of_the_rooms_bites(tmp_path: Path) -> None:
    """A coder that opens the ledger fails the check."""
    package = tmp_path / "rashomon"
    subprocess.run(["cp", "-r", SOURCE, package], check=True)
    coder = package / "coding" / "claims.py"
    coder.write_text(
        "import rashomon.ledger\n" + coder.read_text("utf-8").replace("from __future__ import annotations", "")
    )
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text("utf-8"), encoding="utf-8")
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "rashomon.coding is not allowed to import rashomon.ledger" in done.stdout


def test_importing_is_cheap() -> None:
    """At most 150 ms of processor time, Python's own start with it, the best of three."""
    took = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", "import rashomon"], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(took) < 0.150


@pytest.mark.parametrize("room", [*ROOMS, "model", "knowledge"])
def test_importing_a_room_opens_no_file_but_modules(room: str) -> None:
    """No table, no weights, no environment: a front costs what its modules cost."""
    script = (
        "import sys, pathlib\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        f"import rashomon.{room}\n"
        "ours = [p for p in opened if '/rashomon/' in p and not p.endswith(('.py', '.pyc')) and '.pyc.' not in p]\n"
        "print(*ours)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_a_front(room: str) -> None:
    """What others may use is in ``__all__``, and all of it is there."""
    front = __import__(f"rashomon.{room}", fromlist=["__all__"])
    assert front.__doc__
    assert 0 < len(front.__all__) <= 10
    assert all(hasattr(front, given) for given in front.__all__)


def test_the_public_surface() -> None:
    """A name that is gone from here breaks what others wrote; a new one is for good."""
    surface = "Incident Incidents Ledger RashomonError Reading Table __version__ read read_all"
    assert rashomon.__all__ == surface.split()
    assert (SOURCE / "py.typed").is_file()


def test_every_dependency_has_its_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    project = tomllib.loads("\n".join(lines))["project"]
    wanted = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    bare = [d for d in wanted if not any(f'"{d}"' in line and "#" in line for line in lines)]
    assert bare == []
