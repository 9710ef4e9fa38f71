"""Generated pages are fresh, links lead somewhere, the site builds and loads nothing from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

import generate

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", generate.PAGES)
def test_generated_pages_are_fresh(page: str) -> None:
    """When this fails: `make docs`."""
    assert (ROOT / "docs" / page).read_text(encoding="utf-8") == generate.PAGES[page]()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Where the files lie, as a forge shows them; the site checks its own, and their anchors."""
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not link.startswith("http") and not (page.parent / link).exists()] == []


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly: a link, an anchor or a name that leads nowhere fails it."""
    place = tmp_path_factory.mktemp("site")
    command = [str(Path(sys.executable).with_name("mkdocs")), "build", "--strict", "--quiet", "--site-dir", str(place)]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=quiet, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return place


class Loads(HTMLParser):
    """What a page loads by itself when it is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("script", "img", "iframe", "source"):
            self.found.append(given.get("src") or "")
        elif tag == "link" and given.get("rel") != "canonical":
            self.found.append(given.get("href") or "")


def test_the_site_builds_and_loads_nothing_from_elsewhere(site: Path) -> None:
    loads = Loads()
    for page in site.rglob("*.html"):
        loads.feed(page.read_text(encoding="utf-8"))
    styles = "".join(style.read_text(encoding="utf-8") for style in site.rglob("*.css"))
    loads.found += re.findall(r"(?:url\(|@import )[\"']?([^\"')]+)", styles)
    assert len(loads.found) > 100
    assert [place for place in loads.found if place.startswith(("http:", "https:", "//"))] == []


def test_the_site_holds_what_lies_beside_the_docs(site: Path) -> None:
    assert all((site / name).is_file() for name in ("schema/reading-1.json", "CHANGELOG.html", "CITATION.cff"))


def test_the_library_s_reference_is_in_the_site(site: Path) -> None:
    assert "Everything read in one document" in (site / "api.html").read_text(encoding="utf-8")
