"""Web pages give text, title, date with how it is known, outlet and address."""

from __future__ import annotations

import logging
from datetime import date

import pytest

from rashomon.errors import Unreadable
from rashomon.model.document import BlockKind, Dating, Document, Page
from rashomon.sources import document

BODY = """<nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Shells hit a market</h1>
<figure><img src="a.jpg"><figcaption>Rescuers at the market. Mara Vale/AP</figcaption></figure>
<p>HARROW BAY - Shells struck a <a href="/x">crowded market</a> on Tuesday, killing nine people, the ministry said.</p>
<p>The army denied firing on the town and said rebels had shelled it from the hills. &ldquo;We fired nothing.&rdquo;</p>
<h2>Hospital full</h2><p>Doctors at the town's only hospital said they had treated forty-one wounded people.</p>
<p>Ana Quill contributed to this report.</p></article><footer>© 2019 North Quay Wire</footer>"""


def page(head: str = "", body: str = BODY, **said: object) -> Document:
    whole = (
        f"<!DOCTYPE html><html><head><title>Shells hit a market | Quay</title>{head}</head><body>{body}</body></html>"
    )
    return document(Page("a.html", whole.encode(), "text/html", **said))  # type: ignore[arg-type]


def test_the_article_and_nothing_around_it() -> None:
    found = page()
    kinds = [(block.kind, block.span.of(found.text)[:20]) for block in found.blocks]
    assert kinds == [
        (BlockKind.HEADLINE, "Shells hit a market"),
        (BlockKind.PARAGRAPH, "HARROW BAY - Shells "),
        (BlockKind.PARAGRAPH, "The army denied firi"),
        (BlockKind.HEADING, "Hospital full"),
        (BlockKind.PARAGRAPH, "Doctors at the town'"),
        (BlockKind.CONTRIBUTORS, "Ana Quill contribute"),
    ]
    assert "struck a crowded market on Tuesday" in found.text
    assert found.language == "en"
    assert "Home" not in found.text


def test_outlet_and_address_of_the_page_itself() -> None:
    head = '<meta property="og:site_name" content="North Quay Wire"><link rel="canonical" href="https://quay.example/shells">'
    found = page(head, url="https://quay.example/shells?from=feed")
    assert (found.outlet, found.url, found.title) == (
        "North Quay Wire",
        "https://quay.example/shells",
        "Shells hit a market",
    )
    assert page(head, outlet="Given").outlet == "Given"


@pytest.mark.parametrize(
    ("head", "body", "said", "published", "dating"),
    [
        (
            '<meta property="article:published_time" content="2025-05-14T08:30:00Z">',
            "",
            {},
            date(2025, 5, 14),
            Dating.PAGE,
        ),
        (
            '<meta property="article:modified_time" content="2025-05-16T10:00:00Z">'
            '<meta property="article:published_time" content="2025-05-14T08:30:00Z">',
            "",
            {"url": "https://quay.example/2025/05/15/a"},
            date(2025, 5, 14),
            Dating.PAGE,
        ),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2022-11-05"}</script>',
            "",
            {},
            date(2022, 11, 5),
            Dating.PAGE,
        ),
        ("", '<time datetime="2024-02-03T10:00">3 Feb</time>', {}, date(2024, 2, 3), Dating.PAGE),
        ("", "", {"url": "https://quay.example/2023/04/05/a"}, date(2023, 4, 5), Dating.GUESSED),
        (
            '<meta name="date" content="2025-05-14">',
            "",
            {"published": date(2020, 1, 1)},
            date(2020, 1, 1),
            Dating.GIVEN,
        ),
        ("", "", {}, None, None),
        ('<meta property="article:published_time" content="2025-02-31">', "", {}, None, None),
    ],
)
def test_how_the_date_is_known(
    head: str, body: str, said: dict[str, object], published: date | None, dating: Dating | None
) -> None:
    found = page(head, BODY.replace("<article>", f"<article>{body}"), **said)
    assert (found.published, found.dating) == (published, dating)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html><body></body></html>", "no main text found"),
        (
            b"<html><head><script>var a = 1;</script></head><body><nav><a href='/'>Home</a></nav></body></html>",
            "no main text",
        ),
        (b"<html>" + b"<div>" * 100_000, "more than 50,000 elements"),
        (b"<html><p " + b"".join(b"a%d " % n for n in range(1001)) + b">", "an element of more than 1,000 attributes"),
        (b"<html><body>" + b"<p>word</p>" * 60_000, "more than 50,000 elements"),
        (b"<html><body><p>" + b"word " * 1_100_000, "a page larger than 5 MB"),
    ],
)
def test_pages_without_an_article(body: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        document(Page("a.html", body, "text/html"))


def test_a_page_in_another_encoding_and_with_a_declaration() -> None:
    source = f'<?xml version="1.0" encoding="windows-1251"?><html><body>{BODY}</body></html>'.replace(
        "Doctors", "Врачи"
    )
    assert "Врачи" in document(Page("a.xhtml", source.encode("cp1251"), "application/xhtml+xml")).text


def test_the_extractor_keeps_quiet(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(Unreadable):
        document(Page("a.html", b"<html><body></body></html>", "text/html"))
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
