from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rashomon import ledger
from rashomon.model.document import DocumentId
from rashomon.model.reading import Reading
from rashomon.model.telling import Actor, Caveat, Claim, Event, Place, Quantity, Telling, Time

scores = st.none() | st.floats(allow_nan=False, allow_infinity=False)
figures = st.none() | st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False)


def few(records: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(records, max_size=3).map(tuple)


readings = st.builds(
    Reading,
    actors=few(st.builds(Actor)),
    claims=few(st.builds(Claim, score=scores)),
    events=few(st.builds(Event)),
    quantities=few(st.builds(Quantity, value=figures, low=figures, high=figures)),
    times=few(st.builds(Time)),
    places=few(st.builds(Place, lat=scores, lon=scores, radius_km=scores)),
    incidents=few(st.builds(Telling)),
    caveats=few(st.builds(Caveat)),
    schema=st.just("rashomon/reading/1"),
)
numbers = count()


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ledger.Ledger]:
    path: Path = tmp_path_factory.mktemp("rows") / "book.db"
    with ledger.open(path, create=True) as opened:
        yield opened


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=150)
@given(readings)
def test_a_reading_comes_out_as_it_went_in(book: ledger.Ledger, drawn: Reading) -> None:
    # An id with a zero in it is refused at the door.
    name = DocumentId(f"{next(numbers):06}-{drawn.document.id}".replace("\0", ""))
    reading = replace(drawn, document=replace(drawn.document, id=name))
    assert book.record([reading]) == 1
    assert book.reading(name) == reading
    assert book.record([reading]) == 0
