from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from rashomon.errors import Unknown
from rashomon.ledger import Capture, Counts, Failure, Ledger, What
from rashomon.model.reading import Maker, Reading
from rashomon.model.telling import ActorId
from rashomon.model.text import Span

Written = Callable[..., Reading]

BRIDGE = "[The governor] (said) {the bridge at Kuratovo had fallen}."
NOT_SO = "[The ministry] (denied) {that any bridge had fallen}. [A driver] (saw) {two spans in the water}."


def log(book: Ledger, since: int = 0) -> list[tuple[str, What]]:
    return [(change.subject, change.what) for change in book.changes(since)]


def test_what_is_recorded_is_found_again(book: Ledger, written: Written) -> None:
    bridge = written("bridge-1", BRIDGE, title="A bridge falls", outlet="Kuratovo Post", published="2025-06-02")
    assert book.record([bridge]) == 1
    assert book.reading("bridge-1") == bridge
    assert book.document("bridge-1") == bridge.document
    assert book.counts() == Counts(documents=1, claims=1, failures=0, revision=1)


def test_recording_again_changes_nothing(book: Ledger, written: Written) -> None:
    batch = [written("bridge-1", BRIDGE), written("bridge-2", NOT_SO)]
    assert book.record(batch) == 2
    before = book.counts()
    assert book.record(batch) == 0
    assert book.record([*batch, batch[0]]) == 0
    assert book.counts() == before


def test_one_reading_twice_in_a_batch_is_one(book: Ledger, written: Written) -> None:
    bridge = written("bridge-1", BRIDGE)
    assert book.record([bridge, bridge]) == 1
    assert list(book.readings()) == [bridge]


def test_another_maker_replaces_what_is_current(book: Ledger, written: Written) -> None:
    old = written("bridge-1", BRIDGE, maker="1.0")
    new = replace(written("bridge-1", BRIDGE, maker="1.1"), claims=(), actors=())
    book.record([old])
    assert book.record([new]) == 1
    assert book.reading("bridge-1") == new
    assert list(book.readings()) == [new]
    assert book.counts().claims == 0
    assert log(book) == [("bridge-1", What.ADDED), ("bridge-1", What.REREAD)]


def test_an_earlier_makers_reading_stays_known_and_does_not_come_back(book: Ledger, written: Written) -> None:
    old, new = written("bridge-1", BRIDGE, maker="1.0"), written("bridge-1", BRIDGE, maker="1.1")
    book.record([old])
    book.record([new])
    assert book.record([old]) == 0
    assert book.reading("bridge-1") == new


def test_another_text_is_a_new_version(book: Ledger, written: Written) -> None:
    first, second = written("bridge-1", BRIDGE), written("bridge-1", NOT_SO)
    book.record([first])
    assert book.record([second]) == 1
    assert book.reading("bridge-1") == second
    assert book.counts() == Counts(documents=1, claims=2, failures=0, revision=2)
    assert log(book) == [("bridge-1", What.ADDED), ("bridge-1", What.REWRITTEN)]
    # The first text is known: coming in again, it takes the place of nothing.
    assert book.record([first]) == 0
    assert book.reading("bridge-1") == second


def test_an_older_version_read_anew_lists_no_claims(book: Ledger, written: Written) -> None:
    book.record([written("bridge-1", BRIDGE)])
    second = written("bridge-1", NOT_SO)
    book.record([second])
    assert book.record([written("bridge-1", BRIDGE, maker="1.1")]) == 1
    assert list(book.readings()) == [second]
    assert [entry.source for entry in book.entries()] == ["The ministry", "A driver"]
    assert book.counts().claims == 2


def test_another_day_of_publication_is_a_new_version(book: Ledger, written: Written) -> None:
    book.record([written("bridge-1", BRIDGE)])
    dated = written("bridge-1", BRIDGE, published="2025-06-02")
    assert book.record([dated]) == 1
    assert book.reading("bridge-1") == dated


def test_readings_come_by_day_then_id_unknown_days_first(book: Ledger, written: Written) -> None:
    days = {"d": "2025-06-01", "b": "2025-06-02", "a": "2025-06-02", "c": None, "e": "2024-12-31"}
    book.record([written(name, BRIDGE, published=day) for name, day in days.items()])
    assert [reading.document.id for reading in book.readings()] == ["c", "e", "d", "a", "b"]


def test_entries_carry_words_offsets_and_claimant(book: Ledger, written: Written) -> None:
    book.record([written("bridge-2", NOT_SO, outlet="Kuratovo Post", published="2025-06-02")])
    first, second = book.entries()
    assert (first.document, first.outlet, first.published) == ("bridge-2", "Kuratovo Post", date(2025, 6, 2))
    assert (first.source, first.cue, first.content) == ("The ministry", "denied", "that any bridge had fallen")
    assert (first.source_spans, first.cue_spans) == ((Span(0, 12),), (Span(13, 19),))
    assert (second.claim, second.claimant, second.claimant_side) == ("c2", "A driver", "Kuratovo")


def test_interrupted_words_are_joined_by_an_ellipsis(book: Ledger, written: Written) -> None:
    whole = written("bridge-1", "It [the governor] (said) {fell}.")
    claim = replace(whole.claims[0], content=(Span(0, 2), Span(21, 25)), claimant=ActorId("a9"))
    book.record([replace(whole, claims=(claim,))])
    (entry,) = book.entries()
    assert (entry.content, entry.content_spans) == ("It … fell", (Span(0, 2), Span(21, 25)))
    assert entry.claimant is None


@pytest.mark.parametrize("name", ["kuratovo-bridge-1", "kuratovo-b", "kurato"])
def test_a_document_answers_to_the_beginning_of_its_id(book: Ledger, written: Written, name: str) -> None:
    book.record([written("kuratovo-bridge-1", BRIDGE), written("other", NOT_SO)])
    assert book.document(name).id == "kuratovo-bridge-1"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("kurat", "no such document"),
        ("kuratovo", "several documents begin so: kuratovo-1, kuratovo-2"),
        ("kuratovo-3", "no such document"),
        ("kuratov%", "no such document"),
        ("KURATOVO-1", "no such document"),
        ("", "no such document"),
    ],
)
def test_an_unclear_beginning_is_unknown(book: Ledger, written: Written, name: str, reason: str) -> None:
    book.record([written("kuratovo-1", BRIDGE), written("kuratovo-2", NOT_SO)])
    with pytest.raises(Unknown, match=reason):
        book.reading(name)


def test_a_whole_id_wins_over_longer_ones(book: Ledger, written: Written) -> None:
    book.record([written("bridge", BRIDGE), written("bridge-2", NOT_SO)])
    assert book.document("bridge").id == "bridge"


def test_inputs_are_known_by_digest_and_maker(book: Ledger, written: Written) -> None:
    bridge = written("bridge-1", BRIDGE)
    book.record([bridge], [Capture("d1", "a.txt", bridge.document.id), Capture("d1", "copy.txt", bridge.document.id)])
    assert book.known(["d1", "d2"], bridge.maker) == {"d1"}
    assert book.known(["d1"], Maker("1.1", "none")) == frozenset()
    assert book.known([], bridge.maker) == frozenset()
    again = written("bridge-1", BRIDGE, maker="1.1")
    book.record([again], [Capture("d1", "a.txt", again.document.id)])
    assert book.known(["d1"], again.maker) == {"d1"}


def test_failures_are_kept_by_name_and_forgotten_when_mended(book: Ledger) -> None:
    book.fail([Failure("b.html", "sources", "empty"), Failure("a.html", "sources", "binary")])
    book.fail([Failure("b.html", "sources", "no text")])
    assert list(book.failures()) == [Failure("a.html", "sources", "binary"), Failure("b.html", "sources", "no text")]
    book.mend(["a.html", "never-failed.html"])
    assert list(book.failures()) == [Failure("b.html", "sources", "no text")]
    assert book.counts().failures == 1


def test_a_file_name_that_is_no_text_can_be_kept(book: Ledger, written: Written) -> None:
    name = os.fsdecode(b"caf\xe9.html")
    book.fail([Failure(name, "sources", f"{name}: empty")])
    assert [failure.name for failure in book.failures()] == ["caf\\udce9.html"]
    bridge = written("bridge-1", BRIDGE)
    book.record([bridge], [Capture("d1", name, bridge.document.id)])
    book.mend([name])
    assert list(book.failures()) == []
    with pytest.raises(Unknown, match="no such document"):
        book.document(name)


def test_changes_since_a_revision(book: Ledger, written: Written) -> None:
    book.record([written("bridge-1", BRIDGE)])
    seen = book.counts().revision
    book.record([written("bridge-2", NOT_SO)])
    assert log(book, seen) == [("bridge-2", What.ADDED)]
    assert log(book, seen + 1) == []


def test_a_batch_is_written_while_readings_stream_out(book: Ledger, written: Written) -> None:
    book.record([written(f"bridge-{n}", BRIDGE) for n in range(200)])
    stream = book.readings()
    first = next(stream)
    book.record([written("late", NOT_SO)])
    rest = [reading.document.id for reading in stream]
    assert len({first.document.id, *rest}) == 200
    assert book.counts().documents == 201


def test_a_batch_that_breaks_leaves_nothing(book: Ledger, written: Written) -> None:
    bridge = written("bridge-1", BRIDGE)
    with pytest.raises(KeyError):
        book.record([bridge], [Capture("d1", "a.txt", written("bridge-2", NOT_SO).document.id)])
    assert book.counts() == Counts(0, 0, 0, 0)
    assert list(book.readings()) == []
