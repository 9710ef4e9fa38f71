"""Pictures of the main pages over the demo, wide and narrow: ``python -m tests.web.pictures [FOLDER]``."""

from __future__ import annotations

import base64
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser
from tests.web.browsing import WIDTHS, addresses, browser, chromium, served

from rashomon import demo, ledger, pipeline, sources
from rashomon.ledger import Ledger
from rashomon.reading import Reader
from rashomon.web import app

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
QUALITY = 60  # of WebP: words stay sharp at 20 to 60 kB a picture


def main_pages(book: Ledger) -> Mapping[str, str]:
    """The main pages by the name of their picture."""
    known = addresses(book)
    return {
        "incidents": "/incidents",
        "map": "/incidents?view=map",
        "incident": known["/incident/{name}"],
        "document": known["/document/{name}"],
        "source": known["/source/{name}"],
        "voice": known["/voice/{name}"],
        "search": "/search?q=drones",
        "review": known["/review"],
    }


def take(opened: Browser, site: str, place: str, width: int) -> bytes:
    """A page as it is seen without scrolling, as WebP."""
    context = opened.new_context(base_url=site, viewport={"width": width, "height": WIDTHS[width]})
    page = context.new_page()
    page.goto(place)
    if page.locator("[data-map]:visible").count() and page.locator(".columns").count():
        page.wait_for_selector("[data-drawn]")
        page.wait_for_load_state("networkidle")
    asked = {"format": "webp", "quality": QUALITY}
    taken = context.new_cdp_session(page).send("Page.captureScreenshot", asked)
    context.close()
    return base64.b64decode(taken["data"])


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    program = chromium()
    if program is None:
        raise SystemExit("there is no Chromium here: apt install chromium")
    with tempfile.TemporaryDirectory() as made, ledger.open(Path(made) / "demo.db", create=True) as book:
        with demo.dispatches() as dispatches:
            pipeline.ingest(sources.pages([str(dispatches)]), book, Reader.load, jobs=1)
        with served(app(book, place="demo.db")) as site, browser(program) as opened:
            for name, place in main_pages(book).items():
                for width in WIDTHS:
                    (folder / f"{name}-{width}.webp").write_bytes(take(opened, site, place, width))


if __name__ == "__main__":
    main()
