"""A ledger to show: the demo's, and one document that means harm."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette

from rashomon import demo, ledger, pipeline, sources
from rashomon.ledger import Ledger
from rashomon.reading import Reader
from rashomon.web import Answered, app, get

HOSTILE = (
    'Blast at <script>alert("x")</script> market kills 12 😀 people\n\n'
    "TARNA, June 3 - A car bomb killed at least 12 people in Tarna on Tuesday, the “Interior <b>Ministry</b>” said. "
    "\u202eThe army denied it\u202c, and the rebels said 💥💥 9 soldiers had died.\n\n"
    f"The governor said the word {'ab' * 400} was a code. ' onmouseover=alert(1) x='\n\n"
    "Mutilated bodies lay on the road, a doctor said.\n\n"
    "قال المتحدث إن ثلاثة أشخاص قتلوا في الهجوم.\n\n"
    "{{ 7 * 7 }} {% raw %} &amp; &#x202e; \x07\x1b[31m"
)
HOSTILE_ID = 'wire/3 "<i>&?#.json'

Asks = Callable[..., Answered]


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of the ledger."""
    folder = tmp_path_factory.mktemp("web")
    hostile = {"id": HOSTILE_ID, "title": HOSTILE.split("\n", 1)[0], "published": "2025-06-03", "outlet": "<u>Foe's"}
    (folder / "hostile.jsonl").write_text(json.dumps({**hostile, "text": HOSTILE}) + "\n", encoding="utf-8")
    (folder / "broken.bin").write_bytes(b"\x00\x01\x02\xff" * 50)
    with ledger.open(folder / "book.db", create=True) as book, demo.dispatches() as dispatches:
        found = sources.pages([str(dispatches), str(folder / "hostile.jsonl"), str(folder / "broken.bin")])
        pipeline.ingest(found, book, Reader.load, jobs=1)
    return folder / "book.db"


@pytest.fixture(scope="session")
def book(place: Path) -> Iterator[Ledger]:
    with ledger.open(place, create=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def pages(book: Ledger) -> Iterator[Starlette]:
    made = app(book, place="book.db")
    yield made
    made.state.pasts.close()


@pytest.fixture
def ask(pages: Starlette) -> Asks:
    def asked(address: str, **given: str) -> Answered:
        return get(pages, address, **given)

    return asked
