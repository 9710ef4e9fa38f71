"""A browser over served pages: Chromium without a window, axe in every page it is asked to look at."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.applications import Starlette

from rashomon.ledger import Ledger
from rashomon.model.incident import Incident, Relation
from rashomon.web.address import path
from rashomon.web.pages import PAGES

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome")
WIDTHS = {1280: 900, 390: 844}
# Colours are all that the dark look changes.
DARK = ("color-contrast", "link-in-text-block")


def chromium() -> str | None:
    """Where Chromium is, if it is; RASHOMON_CHROMIUM names it."""
    return os.environ.get("RASHOMON_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def served(pages: Starlette) -> Iterator[str]:
    """Serve pages on a free port for as long as they are looked at; gives the address they begin with."""
    server = uvicorn.Server(uvicorn.Config(pages, port=0, log_level="warning", server_header=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@contextmanager
def browser(program: str) -> Iterator[Browser]:
    """Chromium; as root, as in a container, it runs only without its sandbox."""
    with sync_playwright() as playing:
        opened = playing.chromium.launch(executable_path=program, args=["--no-sandbox"] if os.getuid() == 0 else [])
        yield opened
        opened.close()


def addresses(book: Ledger) -> Mapping[str, str]:
    """Every page over a ledger, at its richest: by the path of its row in the table of pages."""
    richest = max(book.incidents(), key=_rich)
    sites = [one for one in richest.places if one.lat is not None] or [
        site for one in book.incidents() for site in one.places if site.lat is not None
    ]
    named = {
        "incident": richest.id,
        "document": richest.documents[0],
        "outlet": book.outlets()[0].name or "",
        "voice": next(voice for asked in richest.comparisons for one in asked.answers for voice in one.voices),
        "actor": next(part.actor for one in book.incidents() for part in one.participants),
        "place": f"{sites[0].lat:.4f},{sites[0].lon:.4f}",
    }
    return {
        page.path: page.path.replace("{name}", path(named[page.example]).removeprefix("/") if page.example else "")
        for page in PAGES
    }


def _rich(one: Incident) -> tuple[int, int, int, str]:
    """How much there is to see of an incident, disputes before all."""
    disputed = sum(asked.relation is Relation.DISAGREE for asked in one.comparisons)
    return disputed, len(one.documents), len(one.comparisons), one.id


@cache
def _axe() -> str:
    return AXE.read_text("utf-8")


def complaints(page: Page, *rules: str) -> list[str]:
    """What axe finds wrong with a page: rule, place, reason; by all its rules unless some are named."""
    # Not by a script element: the pages let no other script run, and that stays so while they are looked at.
    page.evaluate(_axe())
    only = {"runOnly": list(rules)} if rules else {}
    found = page.evaluate(
        "async only => (await axe.run(document, {...only, resultTypes: ['violations']})).violations", only
    )
    return [
        f"{one['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
    ]
