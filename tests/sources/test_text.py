"""Plain texts and lines become documents without a character changed."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.errors import Unreadable
from rashomon.model.document import Dating, Page
from rashomon.sources import document
from rashomon.sources.decoding import decoded
from rashomon.sources.language import language

REPORT = (
    "Bridge falls at Harrow Bay\n\nThe governor said on Monday that three bridges had fallen and no one was hurt.\n"
)


def plain(text: str, **said: object) -> Page:
    return Page("a.txt", text.encode(), "text/plain", **said)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", [REPORT, " \r\nOne.\r\n\r\nTwo.\u2028Three.\t", "Ünï – “x”\n" * 3, "🙂 said.\n\n\n"])
def test_the_text_is_the_input_to_the_last_character(text: str) -> None:
    assert document(plain(text)).text == text


def test_what_a_plain_text_tells() -> None:
    found = document(plain(REPORT, outlet="Quay", published=date(2025, 6, 2)))
    assert (found.title, found.outlet, found.language) == ("Bridge falls at Harrow Bay", "Quay", "en")
    assert (found.published, found.dating) == (date(2025, 6, 2), Dating.GIVEN)


@pytest.mark.parametrize(
    ("text", "url", "published", "dating"),
    [
        ("BAGHDAD, Iraq, April 26, 2016 -- Nine people died, police said.", None, date(2016, 4, 26), Dating.GUESSED),
        ("KYIV (Reuters) - Nine people died on Monday, police said.", None, None, None),
        ("Nine people died on April 26, 2016, police said.", None, None, None),
        ("Nine people died on Monday.", "https://quay.example/2024/02/29/nine", date(2024, 2, 29), Dating.GUESSED),
        ("Nine people died on Monday.", "https://quay.example/2023/02/30/nine", None, None),
    ],
)
def test_how_the_date_is_known(text: str, url: str | None, published: date | None, dating: Dating | None) -> None:
    found = document(plain(text, url=url))
    assert (found.published, found.dating) == (published, dating)


def test_ids_are_of_text_and_address_and_stay() -> None:
    one, same = document(plain(REPORT)), document(plain(REPORT, outlet="Other"))
    assert one.id == same.id == "5688f73a2f35bcd4"
    assert document(plain(REPORT + " ")).id != one.id
    assert document(plain(REPORT, url="https://quay.example/1")).id != one.id


@pytest.mark.parametrize(
    ("body", "media_type", "text"),
    [
        ("Kyïv – “now”".encode(), None, "Kyïv – “now”"),
        ("\ufeffMarked".encode(), None, "Marked"),
        ("Città".encode("utf-16"), None, "Città"),
        ("Он сказал".encode("cp1251"), "text/plain; charset=windows-1251", "Он сказал"),
        ("Он сказал".encode("koi8-r"), "text/plain; charset=KOI8-R", "Он сказал"),
        ("The café’s “owner” said".encode("cp1252"), None, "The café’s “owner” said"),
        ("The café".encode("latin-1"), "text/plain; charset=no-such-thing", "The café"),
        (
            b'<html><head><meta charset="iso-8859-2">' + "Łódź".encode("iso-8859-2"),
            None,
            '<html><head><meta charset="iso-8859-2">Łódź',
        ),
    ],
)
def test_encodings(body: bytes, media_type: str | None, text: str) -> None:
    assert decoded(body, "a", media_type) == text


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"\x81\x8d said", "वह बोला".encode("utf-16-be")])
def test_what_cannot_be_decoded_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable, match=r"^a: (wrong encoding|binary)"):
        decoded(body, "a")


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_a_reason(body: bytes) -> None:
    try:
        found = document(Page("a", body)).text
    except Unreadable as error:
        found = error.reason
    assert found.strip()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The army said on Monday that it had taken the town.", "en"),
        ("Армія заявила в понеділок, що взяла місто під контроль.", "uk"),
        ("L'armée a déclaré lundi avoir pris la ville dans la nuit.", "fr"),
        ("ABC 12", None),
        ("", None),
    ],
)
def test_language(text: str, code: str | None) -> None:
    assert language(text) == code


@pytest.mark.parametrize("url", ["http://[", "https://quay.example]/a", "https://[::1", "//[x]/", ""])
@pytest.mark.parametrize("kind", ["text/plain", "text/html", "application/x-ndjson"])
def test_what_is_no_address_is_left_out(url: str, kind: str) -> None:
    body = REPORT.encode()
    if kind == "text/html":
        head = f"<html><head><link rel='canonical' href='{url}'></head><body>"
        body = (head + "".join(f"<p>{REPORT}</p>" for _ in range(4))).encode()
    elif kind == "application/x-ndjson":
        body = json.dumps({"id": "a", "text": REPORT, "url": url}).encode()
    assert document(Page("a", body, kind, url)).url is None
