"""Every block of code in the docs runs, in a folder with the demo's ledger and a few reports."""

from __future__ import annotations

import doctest
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.docs import blocks
from tests.docs.blocks import ROOT, RUN, SHOWN, Block

PAGES = [page for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))) if blocks.blocks(page)]
UNRUN = [block for page in PAGES for block in blocks.blocks(page) if block.why is not None]
# Packages of extras that a page may show; where one cannot be had, what follows on its page is passed over.
EXTRAS = frozenset(
    ("duckdb", "folium", "geopandas", "matplotlib", "mcp", "pandas", "polars", "psycopg", "pyarrow", "ray")
)
FILES = {
    "article.txt": "Two bridges were blown up near Tarna on Monday, the Northern Army said.\n\n"
    'Lena Ost, the mayor, denied it. "Both bridges stand," she said.\n',
    "reports/hill-post.txt": "KURATOVO, June 2 - A drone struck a depot in Kuratovo on Sunday, killing at least four "
    'people, the Northern Army said. "The depot held shells," Colonel Mara Lind said.\n',
    "reports/lake-wire.txt": "Nine people were killed when a drone hit a depot in Kuratovo on Sunday, the mayor, Oleg "
    "Tarn, said. The figure could not be independently verified.\n",
    "feeds.txt": "https://example.org/rss.xml\n",
}


# Stands in the docs for any incident's id: real ones change with what is read.
ANY = "RA-7F3K"


def incident(folder: Path) -> str:
    """The id of the incident of which most is told."""
    done = blocks.type_in(f"rashomon export json --ledger {folder / 'news.db'}", folder)
    return str(json.loads(done.stdout.splitlines()[0])["id"])


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that every page begins in: the demo's ledger as news.db, an article, reports, a list of feeds."""
    place = tmp_path_factory.mktemp("docs") / "folder"
    for name, text in FILES.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    subprocess.run(
        [Path(sys.executable).with_name("rashomon"), "demo", "--quiet", "--json", "--ledger", place / "news.db"],
        check=True,
        capture_output=True,
    )
    return place


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_block_says_what_it_is(page: Path) -> None:
    assert [block.name for block in blocks.blocks(page) if block.language not in (*RUN, *SHOWN)] == []


@pytest.mark.parametrize(
    "page", [page for page in PAGES if any(b.language in RUN for b in blocks.blocks(page))], ids=named
)
def test_the_code_of_a_page_runs(page: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Block after block, in a folder of its own; Python's names go on from one to the next."""
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "__main__"}
    known = incident(folder)
    for block in blocks.blocks(page):
        if block.language not in RUN or block.why is not None:
            continue
        if block.language == "python":
            run(block, names)
        else:
            for written, shown in blocks.typed(block):
                command = written.replace(ANY, known)
                done = blocks.type_in(command, tmp_path)
                assert done.returncode == 0, f"{block.name}: {command}\n{done.stderr}"
                assert blocks.matches(shown, done.stdout), f"{block.name}: {command}\n{done.stdout}"


def run(block: Block, names: dict[str, object]) -> None:
    """Run Python, as a session with what comes back if it is written as one."""
    try:
        if block.code.lstrip().startswith(">>> "):
            session = doctest.DocTestParser().get_doctest(block.code, names, block.name, block.page, block.line)
            said: list[str] = []
            kept = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
            kept.run(session, out=said.append, clear_globs=False)
            names.update(session.globs)
            assert not said, "".join(said)
        else:
            exec(compile(block.code, block.name, "exec"), names)
    except ModuleNotFoundError as error:
        if error.name in EXTRAS:
            pytest.skip(f"{block.name}: {error.name} is not installed")
        raise


@pytest.mark.parametrize("block", UNRUN, ids=lambda block: block.name)
def test_what_is_not_run_says_why(block: Block) -> None:
    """Counted among the skipped, each with its reason."""
    assert block.language in RUN
    pytest.skip(f"{block.name} is not run: {block.why}")


def test_most_blocks_are_run() -> None:
    every = [block for page in PAGES for block in blocks.blocks(page) if block.language in RUN]
    assert len(UNRUN) * 5 <= len(every)


@pytest.mark.parametrize(
    ("shown", "said", "same"),
    [
        ("one\n", "one  \n", True),
        ("one\n…\nthree", "one\ntwo\ntwo and a half\nthree\n", True),
        ("one", "one\ntwo", False),
        ("a (b)", "a b", False),
    ],
)
def test_what_comes_back_is_held_against_what_is_shown(shown: str, said: str, *, same: bool) -> None:
    assert blocks.matches(shown, said) is same


def test_a_block_that_fails_is_seen(tmp_path: Path) -> None:
    page = ROOT / "docs" / "tutorial.md"
    failing = Block(named(page), 1, "console", "$ rashomon search\n$ rashomon --version\n", None)
    assert [blocks.type_in(command, tmp_path).returncode for command, _ in blocks.typed(failing)] == [2, 0]
