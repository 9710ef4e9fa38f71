"""What many ask for at once is made once, for the public alone, and not for long."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from starlette.requests import Request
from starlette.responses import Response

from rashomon.web import keeping
from rashomon.web.keeping import LONG, Kept
from rashomon.web.security import NOBODY, _current, local


@dataclass
class Counting:
    """A page that says how often it was made."""

    status: int = 200
    made: int = field(default=0)

    def __call__(self, request: Request) -> Response:
        self.made += 1
        return Response(f"{self.made}", self.status, media_type="text/plain")


def asked(query: str = "") -> Request:
    where = {"path": "/incidents", "query_string": query.encode(), "server": ("news.example", 80)}
    return Request({"type": "http", "method": "GET", "scheme": "http", "headers": [], **where})


@pytest.mark.parametrize(
    ("public", "status", "query", "later", "said"),
    [
        (True, 200, "", LONG - 1, ["1", "1"]),
        (True, 200, "", LONG + 1, ["1", "2"]),
        (True, 200, "kind=strike", LONG - 1, ["1", "2"]),
        (True, 404, "", LONG - 1, ["1", "2"]),
        (False, 200, "", LONG - 1, ["1", "2"]),
    ],
)
def test_a_page_is_made_again(public: bool, status: int, query: str, later: float, said: list[str]) -> None:
    now = [100.0]
    answer = Kept(clock=lambda: now[0]).keeping(Counting(status))
    before = _current.set(NOBODY if public else local())
    try:
        first = answer(asked())
        now[0] += later
        second = answer(asked(query))
    finally:
        _current.reset(before)
    assert [bytes(first.body).decode(), bytes(second.body).decode()] == said
    assert first.headers["content-type"] == second.headers["content-type"]


def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST", 2)
    kept = Kept()
    answer = kept.keeping(Counting())
    before = _current.set(NOBODY)
    try:
        said = [bytes(answer(asked(query)).body).decode() for query in ("a", "b", "c", "a", "c")]
    finally:
        _current.reset(before)
    assert said == ["1", "2", "3", "4", "3"]
    assert len(kept.answers) == 2
