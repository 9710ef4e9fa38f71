"""Every input that fails says which it is and why, and the rest is done."""

from __future__ import annotations

import io
import json
import os
import time
import tracemalloc
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from rashomon.errors import Unreadable
from rashomon.model.document import Document, Page
from rashomon.sources import document, pages

ARTICLE = (
    b"<html><body><article><p>Shells struck the old market of Harrow Bay on Tuesday, the ministry said.</p></article>"
)
ARTICLE_TEXT = "Shells struck the old market of Harrow Bay on Tuesday, the ministry said."
NEWS = "Three bridges fell near Harrow Bay on Monday, the governor said. No one was hurt."


def tried(found: Iterable[Page | Unreadable]) -> list[Document | str]:
    """Documents, and errors as people see them."""
    results: list[Document | str] = []
    for page in found:
        try:
            results.append(str(page) if isinstance(page, Unreadable) else document(page))
        except Unreadable as error:
            results.append(str(error))
    return results


def line(**fields: object) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def written(folder: Path, name: str, body: bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return str(path)


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n ", "empty"),
        ("marks.txt", b"... --- ...", "no text in it"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0", "binary: a PNG picture, not text"),
        ("paper.pdf", b"%PDF-1.7\nendless", "binary: a PDF file, not text"),
        ("zeros.txt", b"text\0text", "binary: holds zero bytes"),
        ("noise.txt", bytes(range(1, 32)) * 40, "binary: full of control characters"),
        (
            "russian.txt",
            "Губернатор сообщил о взрыве".encode("cp1251"),
            "wrong encoding: neither UTF-8 nor Western European; save it as UTF-8",
        ),
        (
            "page.html",
            b"<html><body><nav><a href='/'>Home</a></nav></body></html>",
            "a page without an article: no main text found",
        ),
        ("long.txt", b"The report went on. " * 150_000, "longer than 2,000,000 characters"),
        ("lines.jsonl", b"", "empty"),
    ],
)
def test_a_bad_file_is_named_with_its_reason_and_the_next_is_read(
    tmp_path: Path, name: str, body: bytes, reason: str
) -> None:
    bad = written(tmp_path, name, body)
    good = written(tmp_path, "good.txt", NEWS.encode())
    first, second = tried(pages([bad, good]))
    assert first == f"{bad}: {reason}"
    assert isinstance(second, Document)
    assert second.text == NEWS


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"{bad}\n", "malformed JSON"),
        (b'{"id": "x", "text": "cut of\n', "malformed JSON"),
        (b'["id", "text"]\n', "not a document"),
        (line(text="No id."), "not a document: Object missing required field `id`"),
        (line(id="x"), "not a document: Object missing required field `text`"),
        (line(id=" ", text="A blank id."), "not a document: its id is empty"),
        (line(id=7, text="A number."), "not a document: Expected `str`, got `int` - at `$.id`"),
        (line(id="x", text=["a"]), "not a document: Expected `str`, got `array` - at `$.text`"),
        (line(id="x", text=""), "no text in it"),
        (line(id="x", text="Zero\0."), "binary: holds zero characters"),
        (line(id="x\0", text="Zero."), "binary: holds zero characters"),
        (line(id="x", title="Ze\0ro", text="Zero."), "binary: holds zero characters"),
        (line(id="x", text="Day.", published="2025-02-30"), "published: '2025-02-30' does not exist in the calendar"),
        (line(id="x", text="Day.", published="yesterday"), "published: 'yesterday' is not a date like 2025-06-02"),
        (
            line(id="x", text="Day.", published=20250602),
            "not a document: Expected `str | null`, got `int` - at `$.published`",
        ),
        (b'{"id": "x", "text": "\\ud800"}\n', "malformed JSON"),
        (b'{"id": "x", "text": "caf\xe9"}\n', "malformed JSON"),
        (b'{"id": "x", "text": "Deep.", "more": ' + b"[" * 100_000 + b"\n", "malformed JSON"),
    ],
)
def test_a_bad_line_is_named_by_file_and_number_and_the_rest_is_read(tmp_path: Path, body: bytes, reason: str) -> None:
    name = written(tmp_path, "news.jsonl", line(id="a", text=NEWS) + b"\n" + body + line(id="b", text="Rain fell."))
    first, bad, last = tried(pages([name]))
    assert isinstance(first, Document)
    assert isinstance(bad, str)
    assert bad.startswith(f"{name}:3: {reason}")
    assert isinstance(last, Document)
    assert (first.id, last.id) == ("a", "b")


def test_a_line_keeps_what_it_says_and_takes_the_rest_from_the_run(tmp_path: Path) -> None:
    given = {"id": "a", "text": NEWS, "title": "Bridges", "published": "2024-05-06T07:08:09Z", "outlet": "Quay"}
    body = line(**given, url="https://quay.example/a", language="fr", rating=5) + line(id="b", text=NEWS + "\n")
    name = written(tmp_path, "news.jsonl", body)
    one, two = tried(pages([name], outlet="Post", published=date(2025, 1, 2)))
    assert isinstance(one, Document)
    assert isinstance(two, Document)
    assert (one.title, one.published, one.outlet) == ("Bridges", date(2024, 5, 6), "Quay")
    assert (one.url, one.language, one.dating) == ("https://quay.example/a", "fr", "given")
    assert (two.published, two.outlet, two.dating, two.text) == (date(2025, 1, 2), "Post", "given", NEWS + "\n")


def test_the_same_id_with_other_words_is_an_error_and_with_the_same_words_is_one_document(tmp_path: Path) -> None:
    body = line(id="a", text="One.") + line(id="a", text="One.") + line(id="a", text="Two.") + line(id="b", text="One.")
    name = written(tmp_path, "news.jsonl", body)
    one, clash, other = tried(pages([name]))
    assert isinstance(one, Document)
    assert clash == f"{name}:3: duplicate id 'a' with a different text; the first one is kept"
    assert isinstance(other, Document)
    assert (one.id, other.id) == ("a", "b")


def test_a_file_given_twice_is_one_document(tmp_path: Path) -> None:
    name = written(tmp_path, "a.txt", NEWS.encode())
    copy = written(tmp_path, "b.txt", NEWS.encode())
    assert len(tried(pages([name, name, copy]))) == 1


def test_a_folder_is_read_through_and_what_is_unknown_in_it_is_named(tmp_path: Path) -> None:
    written(tmp_path, "b.txt", b"Second report.")
    written(tmp_path, "a/one.txt", b"First report.")
    written(tmp_path, "a/two.jsonl", line(id="x", text="A line."))
    written(tmp_path, ".hidden/no.txt", b"Hidden.")
    odd = written(tmp_path, "photo.jpg", b"\xff\xd8\xff")
    empty = written(tmp_path, "z.txt", b"")
    texts = [found.text if isinstance(found, Document) else found for found in tried(pages([str(tmp_path)]))]
    assert texts == [
        "Second report.",
        f"{odd}: unknown kind of file (.jpg); left out",
        f"{empty}: empty",
        "First report.",
        "A line.",
    ]


def test_globs_name_files_in_order(tmp_path: Path) -> None:
    for name in ("c.txt", "a.txt", "b.md"):
        written(tmp_path, name, name.encode())
    assert [d.text for d in tried(pages([str(tmp_path / "*.txt")])) if isinstance(d, Document)] == ["a.txt", "c.txt"]
    assert tried(pages([str(tmp_path / "*.html")])) == [f"{tmp_path / '*.html'}: nothing matches"]


def test_a_glob_reads_the_folders_it_names_and_a_dead_link_in_one_is_told(tmp_path: Path) -> None:
    written(tmp_path, "june/a.txt", b"A report.")
    dead = tmp_path / "june" / "b.txt"
    dead.symlink_to(tmp_path / "nowhere")
    found = tried(pages([str(tmp_path / "ju*")]))
    assert [d.text if isinstance(d, Document) else d for d in found] == [
        "A report.",
        f"{dead}: no such file or directory",
    ]


def test_a_file_that_is_too_large_in_a_folder_does_not_stop_it(tmp_path: Path) -> None:
    large = tmp_path / "a.txt"
    with large.open("wb") as out:
        out.truncate(2_000_000_000)
    written(tmp_path, "b.txt", b"A report.")
    first, second = tried(pages([str(tmp_path)]))
    assert first == f"{large}: a file of 2,000 MB; at most 20 MB are read"
    assert isinstance(second, Document)


def test_a_file_whose_name_looks_like_a_glob_is_that_file(tmp_path: Path) -> None:
    name = written(tmp_path, "report[1].txt", b"Brackets.")
    (found,) = tried(pages([name]))
    assert isinstance(found, Document)


def test_what_is_not_there_or_no_file(tmp_path: Path) -> None:
    fifo, lost, bare = tmp_path / "fifo.txt", tmp_path / "lost.txt", tmp_path / "bare"
    os.mkfifo(fifo)
    lost.symlink_to(tmp_path / "nowhere")
    bare.mkdir()
    assert tried(pages([str(fifo), str(lost), str(bare), "/no/such", "a\0b"])) == [
        f"{fifo}: not a regular file",
        f"{lost}: no such file or directory",
        f"{bare}: no files in this folder",
        "/no/such: no such file or folder",
        "a\0b: no such file or folder",
    ]


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        (NEWS.encode(), [NEWS]),
        (line(id="a", text="One.") + line(id="b", text="Two."), ["One.", "Two."]),
        (b"", ["standard input: empty"]),
        (b'[{"id": "a", "text": "One."}]', ["standard input:1: not a document: Expected `object`, got `array`"]),
        (b"<!doctype html>" + ARTICLE, [ARTICLE_TEXT]),
    ],
)
def test_standard_input_is_known_by_its_first_bytes(body: bytes, texts: list[str]) -> None:
    found = tried(pages(["-"], stdin=io.BytesIO(body)))
    assert [d.text if isinstance(d, Document) else d for d in found] == texts


@pytest.mark.parametrize("name", ["flood.txt", "flood.html", "flood.jsonl", "flood"])
def test_fifty_megabytes_on_one_line_fail_at_once_in_little_memory(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as out:
        for _ in range(50):
            out.write(b"x" * 1_000_000)
    tracemalloc.start()
    begun = time.perf_counter()
    (found,) = tried(pages([str(path)]))
    spent, (_, peak) = time.perf_counter() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(found, str)
    assert "20 MB" in found
    assert spent < 2
    assert peak < 45_000_000


def test_lines_from_a_pipe_are_read_as_they_come() -> None:
    out, into = os.pipe()
    with open(out, "rb") as reading, open(into, "wb", buffering=0) as writing:  # noqa: PTH123 - descriptors, not paths
        found = pages(["-"], stdin=reading)
        for number in range(3):
            writing.write(line(id=str(number), text=NEWS * 10))
            page = next(found)
            assert isinstance(page, Page)
            assert document(page).id == str(number)


def test_lines_after_one_that_is_too_long_are_read(tmp_path: Path) -> None:
    name = written(tmp_path, "a.jsonl", b"x" * 21_000_000 + b"\n" + line(id="a", text="After."))
    long, after = tried(pages([name]))
    assert long == f"{name}:1: a line larger than 20 MB"
    assert isinstance(after, Document)


def test_a_long_file_of_lines_streams(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    with path.open("wb") as out:
        for number in range(3000):
            out.write(line(id=str(number), text=NEWS * 50))
    tracemalloc.start()
    assert sum(isinstance(page, Page) for page in pages([str(path)])) == 3000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4_000_000


def test_file_addresses_are_refused_unless_allowed(tmp_path: Path) -> None:
    name = written(tmp_path, "a b.txt", NEWS.encode())
    url = "file://" + name.replace(" ", "%20")
    (refused,) = tried(pages([url]))
    (allowed,) = tried(pages([url], allow_private=True))
    assert refused == f"{url}: file:// is refused unless private addresses are allowed; name the file itself"
    assert isinstance(allowed, Document)


def test_addresses_among_other_inputs(tmp_path: Path, site: Callable[[str], str]) -> None:
    good = written(tmp_path, "good.txt", NEWS.encode())
    inputs = [site(path) for path in ("/gone", "/article", "/lines", "/pdf", "/empty", "/text")]
    found = tried(pages([*inputs, "ftp://one.example/a", good], allow_private=True))
    told = [d if isinstance(d, str) else (d.url, d.title, d.text[:12]) for d in found]
    assert told == [
        f"{site('/gone')}: 404 Not Found",
        (site("/article"), "Shells hit a market", "Shells hit a"),
        (None, None, "One."),
        f"{site('/lines')}:2: not a document: Object missing required field `text`",
        f"{site('/pdf')}: application/pdf is no kind of document that can be read",
        f"{site('/empty')}: empty",
        (site("/text"), None, "A village wa"),
        "ftp://one.example/a: only http and https are fetched, not ftp:",
        (None, None, NEWS[:12]),
    ]


def test_private_addresses_are_refused_by_default(site: Callable[[str], str]) -> None:
    (found,) = tried(pages([site("/article")]))
    assert found == f"{site('/article')}: 127.0.0.1 is a private address; refused unless allowed"
