from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rashomon import ledger
from rashomon.ledger import Ledger
from rashomon.ledger.search import PIECES, excerpt, expression, marks
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


# What PostgreSQL's own way with words would read otherwise than SQLite's: hyphens, figures, addresses, small words.
SAID = {
    "arms": "An S-300 missile and an F-16 jet were seen at Deir al-Balah; 41.5% of 1,200 left on 2025-06-02 at 10:30.",
    "small": "Who said so? The U.N. and the WHO did; see https://example.org/a_b?c=d or write to desk@example.org.",
    "letters": "Le café de Zélényï, naïve façade; Đorđe, Łódź, straße, İstanbul, ÉCOLE. Пожар в Киеве. 東京で爆発。",
    "signs": "The army's men didn't; O'Brien's 'own' word, “curly” ones — and/or re-read; 5°C; word·dot 🔥bridge🔥.",
    "stems": "Strikes struck a striking organization of organisations, generously hopping under skies; universities.",
}
ASKED = (
    '300 S-300 "s 300" F16 f-16 "al balah" deir-al-balah 41 41.5 1200 1,200 "2025 06 02" 10:30 who the and un U.N. '
    "example a_b desk@example.org cafe zelenyi dorde lodz istanbul ecole ПОЖАР киеве army armys t didn't obrien own "
    'curly "curly ones" "ones curly" and/or reread re-read 5°C dot bridge strike striking organize generous sky'
)


def test_both_databases_find_the_same_words(shelf: Callable[[], str], written: Written, tmp_path: Path) -> None:
    queries = [phrase or word for phrase, word in PIECES.findall(ASKED)]
    queries += [f'"{query}"' for query in queries] + [" ".join(pair) for pair in pairwise(queries)]
    found = []
    for place in (str(tmp_path / "book.db"), shelf()):
        with ledger.open(place, create=True) as book:
            book.record([written(name, text, title=text.split()[2]) for name, text in SAID.items()])
            found.append({q: {(hit.document, hit.marks) for hit in book.search(q)} for q in queries})
    assert found[0] == found[1]
    assert sum(map(bool, found[0].values())) > len(queries) / 2


def test_a_text_too_long_to_be_indexed_is_found_by_its_beginning(shelf: Callable[[], str], written: Written) -> None:
    """PostgreSQL's vectors hold a megabyte, and places up to 16,383."""
    words = " ".join(f"w{n:06}" for n in range(200_000))
    with ledger.open(shelf(), create=True) as book:
        book.record([written("long", f"first {words} last")])
        assert [hit.document for hit in book.search('"first w000000 w000001" w020000')] == ["long"]
        assert list(book.search("last")) == []
