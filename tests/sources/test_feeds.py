"""Feeds, sitemaps and lists give addresses, as broken and as hostile as they come."""

from __future__ import annotations

import gzip
import json
import time
from datetime import date

import pytest

from rashomon.errors import Unreadable
from rashomon.model.document import Page
from rashomon.sources.feeds import Entry, Listing, listing, lists

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<!-- made by hand -->
<rss version="2.0"><channel><title>The Quay</title><link>https://quay.example/</link>
<item><title>Bridge falls</title><link>https://quay.example/bridge#top</link>
<pubDate>Mon, 02 Jun 2025 23:30:00 -0500</pubDate></item>
<item><title>Again</title><link>https://quay.example/bridge</link></item>
<item><title>Market</title><link>/market</link></item>
<item><title>Mail</title><link>mailto:desk@quay.example</link></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title>
<entry><title>One</title><link rel="alternate" href="https://post.example/one"/><id>tag:1</id>
<published>2025-06-02T01:00:00+03:00</published><updated>2025-06-03T01:00:00Z</updated></entry></feed>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {
                "id": "1",
                "url": "https://post.example/one",
                "date_published": "2025-06-02T01:00:00Z",
                "date_modified": "x",
            },
            {"id": "2", "external_url": "https://post.example/two"},
            {"id": "3"},
        ],
    }
).encode()
SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc> https://quay.example/a </loc>
<lastmod>2025-06-04</lastmod><news:news><news:publication_date>2025-06-03T10:00:00Z</news:publication_date></news:news>
</url><url><loc>https://quay.example/b</loc></url></urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>
<loc>https://quay.example/1.xml.gz</loc></sitemap></sitemapindex>"""
URLS = b"# of the quay\nhttps://quay.example/a\n\nhttps://quay.example/b\n"


def page(body: bytes) -> Page:
    return Page("feed", body, url="https://quay.example/feeds/all.xml")


@pytest.mark.parametrize(
    ("body", "entries"),
    [
        (
            RSS,
            (Entry("https://quay.example/bridge", date(2025, 6, 2)), Entry("https://quay.example/market")),
        ),
        (ATOM, (Entry("https://post.example/one", date(2025, 6, 2), "2025-06-03T01:00:00Z"),)),
        (JSON, (Entry("https://post.example/one", date(2025, 6, 2), "x"), Entry("https://post.example/two"))),
        (SITEMAP, (Entry("https://quay.example/a", date(2025, 6, 3), "2025-06-04"), Entry("https://quay.example/b"))),
        (gzip.compress(SITEMAP), (Entry("https://quay.example/a", date(2025, 6, 3), "2025-06-04"), Entry("https://quay.example/b"))),
        (URLS, (Entry("https://quay.example/a"), Entry("https://quay.example/b"))),
        # Broken off, and with an ampersand that is none.
        (RSS[:-60].replace(b"Market", b"Market & More"), (Entry("https://quay.example/bridge", date(2025, 6, 2)), Entry("https://quay.example/market"))),
        # A second that no clock has, nor any number.
        (RSS.replace(b"23:30:00", b"23:30:" + b"9" * 30), (Entry("https://quay.example/bridge"), Entry("https://quay.example/market"))),
        (SITEMAP[:-30], (Entry("https://quay.example/a", date(2025, 6, 3), "2025-06-04"),)),
    ],
)  # fmt: skip
def test_what_a_list_lists(body: bytes, entries: tuple[Entry, ...]) -> None:
    assert lists(body[:512])
    assert listing(page(body)).entries == entries


def test_an_index_of_sitemaps_lists_sitemaps() -> None:
    found = listing(page(INDEX))
    assert (found.entries, found.further) == ((), ("https://quay.example/1.xml.gz",))


@pytest.mark.parametrize(
    "body",
    [
        b"The bridge at https://quay.example/a fell on Monday.\n",
        b"https://quay.example/a is where we read it.\nThe bridge fell.\n",
        b"<!DOCTYPE html><html><body>rss</body></html>",
        b'{"id": "a", "text": "https://jsonfeed.org is a site."}',
        b"",
    ],
)
def test_what_is_no_list(body: bytes) -> None:
    assert not lists(body)


LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">' + LAUGHS + b"]>"
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
ITEM = b"<item><title>%s</title><link>https://quay.example/a</link></item>"


@pytest.mark.parametrize(
    "body",
    [
        DOCTYPE + b'<rss version="2.0"><channel>' + ITEM % b"&l9;" + b"</channel></rss>",
        DOCTYPE + b"<urlset><url><loc>https://quay.example/&l9;</loc></url></urlset>",
        OUTSIDE + b'<rss version="2.0"><channel>' + ITEM % b"&f;" + b"</channel></rss>",
        OUTSIDE + b"<urlset><url><loc>https://quay.example/&f;</loc></url></urlset>",
        b'<rss version="2.0" x="' + b"y" * 4_900_000 + b'"><channel>' + ITEM % b"a" + b"</channel></rss>",
        b"<urlset><url x='" + b"y" * 15_000_000 + b"'><loc>https://quay.example/a</loc></url></urlset>",
        b'<rss version="2.0">' + b"<a>" * 100_000,
        b"<urlset>" + b"<a>" * 1_000_000,
        b'<rss version="2.0"><channel>' + ITEM % b"a" * 60_000 + b"</channel></rss>",
        b"<rss " + b"<!DOCTYPE [" * 100_000,
        b"<!DOCTYPE [" * 10_000 + b"<rss>",
        b"<urlset: x='1'><url><loc:>https://quay.example/a</loc:></url></urlset:>",
        b"<fes://quay.example/1</link></item>",
        gzip.compress(b"<urlset>" + bytes(60_000_000)),
        b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 1_000_000,
        b"https://quay.example/" + b"a" * 1_000_000 + b"\n",
    ],
)  # fmt: skip
def test_bombs_and_traps_give_an_answer_soon(body: bytes) -> None:
    begun = time.process_time()
    try:
        found = listing(page(body))
    except Unreadable:
        found = Listing()
    # Nothing of what an entity stands for is in an address.
    assert {entry.url for entry in found.entries} <= {"https://quay.example/a", "https://quay.example/"}
    assert time.process_time() - begun < 10


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (gzip.compress(bytes(60_000_000)), "larger than 20 MB unpacked"),
        (gzip.compress(SITEMAP)[:40] + b"spoiled" * 40, "a damaged gzip file"),
        (gzip.compress(SITEMAP)[:90], "a gzip file that breaks off"),
        (b'{"version": 7}', "no JSON feed"),
        (b"<\xff\xfe>", "wrong encoding"),
    ],
)
def test_why_a_list_could_not_be_read(body: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as raised:
        listing(page(body))
    assert raised.value.reason.startswith(reason)
