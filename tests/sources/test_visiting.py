"""Hosts are visited as a guest would: by their rules, with pauses, and not when they want to be left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rashomon.errors import Unfetchable, Unreadable
from rashomon.sources import pages
from rashomon.sources.connecting import anywhere
from rashomon.sources.fetch import UNKNOWN
from rashomon.sources.robots import robots
from rashomon.sources.visiting import Visitor, visits

Site = Callable[[str], str]

RULES = """\
User-agent: *
Disallow: /private/
Disallow: /*.pdf$
Allow: /private/open
Crawl-delay: 2.5

User-agent: greedy
User-agent: Rude
Disallow: /
"""


@pytest.mark.parametrize(
    ("agent", "path", "permitted"),
    [
        ("rashomon", "/news", True),
        ("rashomon", "/private/a", False),
        ("rashomon", "/%70rivate/a", False),
        ("rashomon", "/private/open/a", True),
        ("rashomon", "/a/b.pdf", False),
        ("rashomon", "/a/b.pdf?page=1", True),
        ("greedy", "/news", False),
        ("rude", "/private/open", False),
    ],
)
def test_what_robots_txt_permits(agent: str, path: str, permitted: bool) -> None:
    assert robots(RULES, agent).permit(f"https://quay.example{path}") is permitted


@pytest.mark.parametrize(
    ("text", "path", "permitted"),
    [
        ("", "/a", True),
        ("<html>not found</html>", "/a", True),
        ("User-agent: *\nDisallow:\n", "/a", True),
        ("Disallow: /\n", "/a", True),
        ("\ufeffUser-Agent : * # all\nDisallow : /a # this\n", "/a", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a\n", "/a", True),
        ("User-agent: *\nDisallow: /" + "*a" * 3000 + "b$\n", "/" + "a" * 5000, True),
        ("User-agent: rashomon\nDisallow: /x\nUser-agent: *\nDisallow: /\n", "/a", True),
    ],
)
def test_rules_as_they_are_written(text: str, path: str, permitted: bool) -> None:
    assert robots(text, "rashomon").permit(f"https://quay.example{path}") is permitted


@pytest.mark.parametrize(("asked", "pause"), [("7", 7.0), ("0.5", 0.5), ("86400", 60.0), ("soon", None), ("²", None)])
def test_the_pause_a_host_asks_for(asked: str, pause: float | None) -> None:
    assert robots(f"User-agent: *\nCrawl-delay: {asked}\n", "rashomon").pause == pause


class Clock:
    """Time that passes only when it is slept through."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def visitor(clock: Clock) -> Visitor:
    return Visitor(permitted=anywhere, pause=3.0, clock=clock, sleep=clock.sleep)


def test_a_host_is_left_in_peace_between_two_visits(site: Site) -> None:
    clock = Clock()
    guest = visitor(clock)
    guest.visit(site("/article"))
    guest.visit(site("/text"))
    clock.now += 2.0
    guest.visit(site("/article"))
    assert clock.slept == [3.0, 1.0]


def test_robots_txt_is_asked_for_once_and_kept_to(site: Site) -> None:
    site.robots = b"User-agent: *\nDisallow: /text\n"  # type: ignore[attr-defined]
    guest = visitor(Clock())
    before = len(site.paths)  # type: ignore[attr-defined]
    with pytest.raises(Unfetchable, match=r"asks programs not to read it \(robots.txt\)"):
        guest.visit(site("/text"))
    guest.visit(site("/article"))
    assert site.paths[before:] == ["/robots.txt", "/article"]  # type: ignore[attr-defined]


def test_a_host_without_word_on_its_rules_is_not_read(site: Site) -> None:
    site.robots = None  # type: ignore[attr-defined]
    with pytest.raises(Unfetchable, match=r"robots\.txt could not be had: 503") as raised:
        visitor(Clock()).visit(site("/article"))
    assert raised.value.wait == 600.0


def test_a_host_that_is_busy_is_left_alone_as_long_as_it_asks(site: Site) -> None:
    clock = Clock()
    guest = visitor(clock)
    with pytest.raises(Unfetchable, match="503"):
        guest.visit(site("/broken"))
    clock.now += 50
    with pytest.raises(Unfetchable, match="left alone for 70 seconds more") as raised:
        guest.visit(site("/article"))
    assert raised.value.wait == 70.0
    clock.now += 70
    assert guest.visit(site("/article")).page is not None


def test_several_addresses_come_in_their_order_with_their_failures(site: Site) -> None:
    wanted = [(site(path), UNKNOWN) for path in ("/article", "/nothing", "/text")]
    found = list(visits(visitor(Clock()), wanted))
    assert [url for url, _ in found] == [url for url, _ in wanted]
    assert [isinstance(one, Unfetchable) for _, one in found] == [False, True, False]


def test_a_feed_is_followed(site: Site) -> None:
    found = list(pages([site("/feed")], allow_private=True, pause=0.0))
    said = [
        one.reason if isinstance(one, Unreadable) else (one.url, one.published and one.published.isoformat())
        for one in found
    ]
    assert said == [(site("/article"), "2025-06-02"), "404 Not Found", (site("/text"), None)]


def test_sitemaps_of_sitemaps_are_followed_but_not_for_ever(site: Site) -> None:
    found = list(pages([site("/index")], allow_private=True, pause=0.0))
    assert [one.reason if isinstance(one, Unreadable) else one.url for one in found] == [
        site("/article"),
        "lists of lists deeper than 2; left out",
    ]


def test_a_feed_that_leads_into_the_network_is_refused(site: Site) -> None:
    guest = Visitor(permitted=lambda address: str(address) == "127.0.0.1", pause=0.0)
    with pytest.raises(Unfetchable, match=r"127\.0\.0\.2 is a private address"):
        guest.visit(site("/inside"))
