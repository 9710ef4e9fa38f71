"""Pages of the ledger as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.web.conftest import Asks
from tests.web.links import read

from rashomon.history import as_of
from rashomon.ledger import Ledger
from rashomon.web import app, get


def test_every_page_of_the_ledger_as_it_was(ask: Asks, book: Ledger) -> None:
    then = 4
    papers = {one.subject for one in book.changes() if one.revision <= then}
    listed_ = json.loads(ask(f"/documents.json?as_of={then}").body)["documents"]
    assert {one["id"] for one in listed_} == papers
    with as_of(book, then) as past:
        (one, *_) = past.incidents()
        for page in (f"/incidents?as_of={then}", f"/incident/{one.id}?as_of={then}", f"/search?q=killed&as_of={then}"):
            html = ask(page).body.decode()
            assert f"as it was at revision {then}" in html
            links = [link for link in read(html.encode()).links if link.startswith("/") and "/static/" not in link]
            # The form that searches holds the moment as a field of its own.
            assert {link for link in links if "as_of=4" not in link} == {"/search", page.partition("?")[0]}
            assert 'name="as_of" value="4"' in html
            assert ">decide<" not in html
        assert json.loads(ask(f"/incident/{one.id}.json?as_of={then}").body)["documents"] == list(one.documents)
        led = ask(f"/incident/{one.id.lower()}?as_of={then}").header("location")
        assert led == f"/incident/{one.id}?from={one.id.lower()}&as_of={then}"
    assert json.loads(ask("/incidents.json?as_of=0").body)["incidents"] == []


def test_what_was_is_not_gathered_for_everybody(place: Path, book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    public = app(book, place="book.db", host="0.0.0.0")
    assert get(public, "/incidents.json?as_of=4", host="news.example").status == 403
    monkeypatch.setattr("rashomon.web.past.MOST_DOCUMENTS", 5)
    assert "too many to be gathered" in get(app(book, place="book.db"), "/incidents.json?as_of=4").body.decode()
