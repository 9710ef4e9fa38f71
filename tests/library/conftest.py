"""Readings for the library's own pages, one of them written by somebody hostile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rashomon import Ledger, ledger
from rashomon.gathering import gather
from rashomon.model.reading import Reading

Strike = Callable[..., Reading]
EVIL = '<script>alert(1)</script><img src=x onerror="alert(2)">'


@pytest.fixture
def book(tmp_path: Path, strike: Strike) -> Iterator[Ledger]:
    """Three incidents: on one of them two sides differ; whoever tells of another would run a script."""
    hostile = strike("evil", "Velsk", 2, day=9, published=10, speaker=f"The {EVIL} Army", outlet=EVIL, detail=EVIL)
    titled = replace(hostile, document=replace(hostile.document, title=f"{EVIL} \u202egnp.exe"))
    with ledger.open(tmp_path / "news.db", create=True) as made:
        front = strike("front", killed=31, speaker="The Marsh Front", detail="Nobody else saw it.", published=3)
        made.record([strike("army"), front, strike("kuratovo", "Kuratovo", day=9, published=10), titled])
        gather(made)
    with Ledger(tmp_path / "news.db") as opened:
        yield opened
