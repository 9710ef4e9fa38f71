from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rashomon.ledger import Ledger
from rashomon.ledger.search import excerpt, expression, marks
from rashomon.model.reading import Reading
from rashomon.model.text import Span

Written = Callable[..., Reading]


@pytest.fixture
def shelved(book: Ledger, written: Written) -> Ledger:
    book.record(
        [
            written("bridge", "[The governor] (said) {the bridge at Kuratovo had fallen}.", title="Kuratovo cut off"),
            written("denial", "[The ministry] (denied) {strikes on a bridge}. Snow fell. [A driver] (saw) {smoke}."),
            written(
                "cafe", "[The café's owner] (said) {drone strikes broke his windows}.", title="Drones over Zelyony"
            ),
        ]
    )
    return book


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("bridge", {"bridge", "denial"}),
        ("BRIDGES", {"bridge", "denial"}),
        ("bridge kuratovo", {"bridge"}),
        ("strike", {"denial", "cafe"}),
        ('"drone strikes"', {"cafe"}),
        ('"strikes drone"', set()),
        ("“drone strikes” windows", {"cafe"}),
        ("cafe", {"cafe"}),
        ("drones over", {"cafe"}),
        ("cut off", {"bridge"}),
        ("zeppelin", set()),
        ("", set()),
    ],
)
def test_all_words_and_phrases_are_asked_for(shelved: Ledger, query: str, found: set[str]) -> None:
    assert {hit.document for hit in shelved.search(query)} == found


HOSTILE = [
    '"',
    '""',
    '"""',
    "'",
    "*",
    "bridge*",
    "^bridge",
    "NEAR(bridge, 2",
    "NEAR",
    "bridge AND",
    "OR OR",
    "NOT bridge",
    "title:bridge",
    "nosuchcolumn:bridge",
    "- + ( ) { } : ^ ~ \\ ; --",
    "(bridge",
    "bridge\0",
    "\0",
    "\ud800bridge",
    "🔥",
    "bridge 🔥",
    "'; DROP TABLE document; --",
    "%s %d {0} :query ?",
    "²",
    "e\u0301",
    "a" * 100_000,
    '"' * 999,
    "bridge " * 5_000,
    " ".join(f"word{n}" for n in range(5_000)),
]


@pytest.mark.parametrize("query", HOSTILE)
def test_nothing_a_person_types_breaks_a_search(shelved: Ledger, query: str) -> None:
    list(shelved.search(query))
    assert [hit.document for hit in shelved.search("kuratovo")] == ["bridge"]


@pytest.mark.parametrize(
    "query", ["bridge*", "^bridge", "bridge 🔥", "bridge\0", "\ud800bridge", "(bridge", "bridge -"]
)
def test_a_word_among_signs_is_still_found(shelved: Ledger, query: str) -> None:
    assert {hit.document for hit in shelved.search(query)} == {"bridge", "denial"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(st.text(st.characters(codec=None)))
def test_any_text_is_a_query(shelved: Ledger, query: str) -> None:
    for hit in shelved.search(query):
        assert hit.document in ("bridge", "denial", "cafe")


def test_a_title_weighs_more(book: Ledger, written: Written) -> None:
    text = "[The governor] (said) {the bridge had fallen}."
    book.record([written("in-text", text), written("in-title", text.replace("bridge", "dam"), title="Bridge gone")])
    assert [hit.document for hit in book.search("bridge")] == ["in-title", "in-text"]


def test_a_hit_points_at_its_words(shelved: Ledger) -> None:
    (hit,) = shelved.search("driver saw smoke")
    text = shelved.document("denial").text
    assert [mark.of(text) for mark in hit.marks] == ["driver", "saw", "smoke"]
    assert hit.claims == ("c2",)
    assert hit.words == hit.excerpt.of(text)
    assert hit.score > 0


def test_offsets_are_code_points(book: Ledger, written: Written) -> None:
    book.record([written("fire", "🔥🔥 Пожар: [the café’s owner] (said) {the bridge} burnt.")])
    (hit,) = book.search("bridge")
    assert [mark.of(book.document("fire").text) for mark in hit.marks] == ["bridge"]


def test_a_match_in_the_title_alone_shows_the_beginning(shelved: Ledger) -> None:
    (hit,) = shelved.search("zelyony")
    assert (hit.marks, hit.claims) == ((), ())
    assert hit.words.startswith("The café's owner")


def test_only_the_current_text_is_found(book: Ledger, written: Written) -> None:
    book.record([written("bridge", "[The governor] (said) {the bridge had fallen}.")])
    book.record([written("bridge", "[The governor] (said) {the ferry had sunk}.")])
    assert list(book.search("bridge")) == []
    assert [hit.document for hit in book.search("ferry")] == ["bridge"]


def test_the_limit_keeps_the_best(book: Ledger, written: Written) -> None:
    book.record([written(f"r{n}", "[He] (said) {rain, more rain}." + " Then it was dry." * n) for n in range(9)])
    best = [hit.document for hit in book.search("rain", limit=3)]
    assert best == ["r0", "r1", "r2"]


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("drone strike", '"drone" "strike"'),
        ("drone drone", '"drone"'),
        ('say "no comment" twice', '"say" "no comment" "twice"'),
        ('"unclosed phrase', '"unclosed phrase"'),
        ("«no comment»", '"no comment"'),
        ("... 🔥", None),
        ("a*b OR c", '"a*b" "OR" "c"'),
    ],
)
def test_expression(query: str, asked: str | None) -> None:
    assert expression(query) == asked


def test_marks_count_no_signs() -> None:
    assert marks("a \x02b\x03 c \x02d e\x03", "a b c d e") == (Span(2, 3), Span(6, 9))
    assert marks("\x02b\x03", "b") == (Span(0, 1),)
    assert marks("a \x02 \x02b\x03", "a \x02 b") == ()


def test_an_excerpt_is_cut_between_words() -> None:
    text = "word " * 100 + "bridge" + " word" * 100
    around = excerpt(text, Span(500, 506))
    assert around.of(text).split() == ["word"] * 24 + ["bridge"] + ["word"] * 24
    assert excerpt("short", Span(0, 5)) == Span(0, 5)
    assert excerpt("x" * 500, Span(250, 260)) == Span(0, 500)
