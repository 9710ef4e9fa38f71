"""The ledger as it was: what is exported as of a revision is, byte for byte, what was exported then."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rashomon import ledger
from rashomon.export import FORMATS
from rashomon.gathering import decide, gather, undo
from rashomon.history import Turn, Untimely, as_of, changes, moment, revision
from rashomon.ledger import Ledger, What
from rashomon.model.judgement import Verdict
from rashomon.model.reading import Reading

Strike = Callable[..., Reading]
NOW = datetime(2031, 7, 1, tzinfo=UTC)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Ledger]:
    with ledger.open(tmp_path / "book.db", create=True) as opened:
        yield opened


def exported(of: Ledger) -> dict[str, bytes]:
    def whole(form: str) -> bytes:
        stream = io.BytesIO()
        FORMATS[form](of, stream)
        return stream.getvalue()

    return {form: whole(form) for form in FORMATS if not form.startswith("parquet")}


def reworded(reading: Reading) -> Reading:
    """The same article with a correction at its end."""
    text = reading.document.text + " This article was corrected."
    return replace(reading, document=replace(reading.document, text=text))


def told(book: Ledger, *readings: Reading) -> dict[str, bytes]:
    book.record(readings)
    gather(book)
    return exported(book)


def test_an_export_as_of_a_revision_is_the_export_made_then(book: Ledger, strike: Strike) -> None:
    first, second, other = strike("a-1"), strike("b-1", killed=9, speaker="The Marsh Front"), strike("c-1", "Velsk")
    stages = [told(book, first, second)]
    revisions = [book.counts().revision]

    def staged(kept: dict[str, bytes]) -> None:
        stages.append(kept)
        revisions.append(book.counts().revision)

    staged(told(book, other, strike("a-2", killed=11, published=5)))
    one, two = (book.incident(f"{name}-1#i1").id for name in "ab")
    assert one == two
    parted = decide(book, Verdict.DIFFERENT_INCIDENT, ("a-1#i1", "b-1#i1"), by="olena", reason="two", at=NOW)
    staged(exported(book))
    staged(told(book, reworded(first)))
    staged(told(book, strike("b-1", killed=8, speaker="The Marsh Front", maker="2")))
    undo(book, int(parted.id), by="olena", reason="one after all", at=NOW)
    staged(exported(book))
    assert len({kept["readings"] + kept["json"] for kept in stages}) == len(stages)
    for then, kept in zip(revisions, stages, strict=True):
        with as_of(book, then) as past:
            assert past.counts().revision == then
            assert exported(past) == kept
    with as_of(book, 0) as past:
        assert (past.counts().documents, list(past.incidents())) == (0, [])


def test_what_changed_since_makes_the_incidents_of_then_those_of_now(book: Ledger, strike: Strike) -> None:
    book.record([strike("a-1"), strike("b-1", "Velsk", 4, published=4), strike("c-1", "Kuratovo")])
    gather(book)
    then = {one.id: one for one in book.incidents()}
    since = book.counts().revision
    book.record([strike("a-2", killed=12, speaker="The Marsh Front"), strike("d-1", "Velsk", 4, published=3)])
    gather(book)
    decide(book, Verdict.DIFFERENT_INCIDENT, ("a-1#i1", "a-2#i1"), by="olena", reason="two mills", at=NOW)
    news = changes(book, since)
    for one in news.incidents:
        match one.what:
            case Turn.ADDED | Turn.CHANGED if one.incident is not None:
                then[one.id] = one.incident
            case _:
                del then[one.id]
    assert then == {one.id: one for one in book.incidents()}
    assert [str(one.what) for one in news.log] == ["added", "added", "decided"]
    assert [one.reason for one in news.judgements.values()] == ["two mills"]
    assert set(news.papers) == {"a-2", "d-1"}
    assert {one.what for one in news.incidents} >= {Turn.ADDED, Turn.MERGED}
    assert (news.since, news.revision) == (since, book.counts().revision)


def test_a_question_that_stands_otherwise_is_named(book: Ledger, strike: Strike) -> None:
    book.record([strike("a-1")])
    gather(book)
    book.record([strike("b-1", killed=12, speaker="The Marsh Front", published=4)])
    gather(book)
    (altered,) = changes(book, 1).incidents
    assert altered.what is Turn.CHANGED
    assert [str(relation) for relation in altered.relations["killed"]] == ["single_source", "superseded"]
    assert changes(book, 2).incidents == ()


def test_a_time_is_the_last_revision_written_by_then(book: Ledger, strike: Strike) -> None:
    book.record([strike("a-1")])
    gather(book)
    (made,) = book.changes()
    assert revision(book, made.at) == 1
    assert revision(book, made.at - timedelta(seconds=1)) == 0
    with pytest.raises(Untimely, match="the latest is 1"):
        revision(book, 2)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("17", 17),
        ("2025-06-02", datetime(2025, 6, 2, 23, 59, 59, tzinfo=UTC)),
        ("2025-06-02T09:14", datetime(2025, 6, 2, 9, 14, tzinfo=UTC)),
        ("2025-06-02T09:14+03:00", datetime(2025, 6, 2, 6, 14, tzinfo=UTC)),
    ],
)
def test_moments(said: str, meant: int | datetime) -> None:
    assert moment(said) == meant


@pytest.mark.parametrize("said", ["yesterday", "", "-3", "2025-13-01"])
def test_what_is_no_moment_is_refused(said: str) -> None:
    with pytest.raises(Untimely):
        moment(said)


def test_a_judgement_of_a_ledger_that_did_not_log_it_counts_by_its_time(
    book: Ledger, strike: Strike, tmp_path: Path
) -> None:
    told(book, strike("a-1"), strike("b-1"))
    early = datetime(2020, 1, 1, tzinfo=UTC)
    decide(book, Verdict.DIFFERENT_INCIDENT, ("a-1#i1", "b-1#i1"), by="olena", reason="two", at=early)
    decided = exported(book)
    assert [one.what for one in book.changes()][-1] is What.DECIDED
    with sqlite3.connect(tmp_path / "book.db") as file:
        file.execute("DELETE FROM change WHERE what = 'decided'")
    with as_of(book, 2) as past:
        assert len(past.judgements()) == 1
        assert exported(past)["json"] == decided["json"]
