"""Addresses are fetched within limits, and each refusal has a reason."""

from __future__ import annotations

import ipaddress
import time
import tracemalloc
from collections.abc import Callable

import pytest

from rashomon.errors import Unfetchable
from rashomon.sources.connecting import Address, anywhere, public
from rashomon.sources.fetch import Marks, Visit, fetch, visit

Site = Callable[[str], str]


def this_machine(address: Address) -> bool:
    return address == ipaddress.ip_address("127.0.0.1")


def test_a_page_comes_with_its_address_and_kind(site: Site) -> None:
    page = fetch(site("/moved"), permitted=anywhere)
    assert page.name == site("/moved")
    assert page.url == site("/article")
    assert page.media_type == "text/html; charset=utf-8"
    assert b"crowded market" in page.body
    assert page.fetched is not None
    assert page.fetched.tzinfo is not None


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/nothing", "404 Not Found"),
        ("/broken", "503 Service Unavailable"),
        ("/loop", "redirect loop"),
        ("/there", "redirect loop"),
        ("/chain", "more than 10 redirects"),
        ("/file", "only http and https are fetched, not file:"),
        ("/nowhere", "redirected to no address: http://[nowhere"),
        ("/never", "503 Service Unavailable"),
        ("/someday", "503 Service Unavailable"),
        ("/huge", "a response of 2,000 MB; at most 20 MB are read"),
        ("/endless", "a response larger than 20 MB"),
        ("/bomb", "a response larger than 20 MB"),
        ("/twice", "a response packed as gzip, gzip, which was not asked for"),
        ("/brotli", "a response packed as br, which was not asked for"),
        ("/spoiled", "a response that cannot be unpacked: its gzip is damaged"),
        ("/torn", "a response that breaks off"),
    ],
)
def test_why_an_address_was_not_fetched(site: Site, path: str, reason: str) -> None:
    begun = time.monotonic()
    with pytest.raises(Unfetchable) as raised:
        fetch(site(path), permitted=anywhere)
    assert raised.value.reason == reason
    assert raised.value.name == site(path)
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("path", ["/loris", "/drip"])
def test_an_answer_that_drips_is_cut_off(site: Site, path: str) -> None:
    begun = time.monotonic()
    with pytest.raises(Unfetchable, match=r"not finished after 0\.5 seconds"):
        visit(site(path), permitted=anywhere, seconds=0.5)
    assert time.monotonic() - begun < 3


def test_a_bomb_is_unpacked_no_further_than_the_limit(site: Site) -> None:
    tracemalloc.start()
    with pytest.raises(Unfetchable):
        fetch(site("/bomb"), permitted=anywhere, limit=1_000_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_megabyte_of_headers_is_refused(site: Site) -> None:
    with pytest.raises(Unfetchable, match="could not be fetched"):
        fetch(site("/heads"), permitted=anywhere)


def test_a_packed_page_is_unpacked(site: Site) -> None:
    assert fetch(site("/packed"), permitted=anywhere).body == fetch(site("/article"), permitted=anywhere).body


def test_a_page_that_is_known_is_not_sent_again(site: Site) -> None:
    first = visit(site("/version"), permitted=anywhere)
    assert first.marks == Marks('"v1"', "Mon, 02 Jun 2025 06:00:00 GMT")
    assert first.page is not None
    again = visit(site("/version"), known=first.marks, permitted=anywhere)
    assert again == Visit(None, first.marks)


def test_how_long_a_server_wants_to_be_left_alone(site: Site) -> None:
    with pytest.raises(Unfetchable) as raised:
        fetch(site("/broken"), permitted=anywhere)
    assert (raised.value.status, raised.value.wait) == (503, 120.0)


def test_an_address_with_spaces_and_letters_is_asked_for_as_it_is_meant(site: Site) -> None:
    with pytest.raises(Unfetchable, match="404 Not Found"):
        fetch(site("/a b/Köln?q=é"), permitted=anywhere)
    assert site.paths[-1] == "/a%20b/K%C3%B6ln?q=%C3%A9"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://10.1.2.3/",
        "http://192.168.0.1:8080/x",
        "http://172.16.0.9/",
        "http://169.254.169.254/latest/meta-data",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1]/",
        "http://2130706433/",
        "https://127.0.0.1/",
    ],
)
def test_private_addresses_are_refused(url: str) -> None:
    with pytest.raises(Unfetchable, match=r"private address.*refused unless allowed"):
        fetch(url)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_public_addresses_are_not_refused(address: str) -> None:
    assert public(ipaddress.ip_address(address))


def test_a_redirect_into_the_network_is_refused(site: Site) -> None:
    with pytest.raises(Unfetchable, match=r"127\.0\.0\.2 is a private address"):
        fetch(site("/inside"), permitted=this_machine)


def test_one_private_address_among_several_is_enough_to_refuse() -> None:
    with pytest.raises(Unfetchable, match=r"two\.example \(10\.0\.0\.1\) is a private address"):
        fetch("http://two.example/", resolve=lambda _host, _port: ("93.184.215.14", "10.0.0.1"))


def test_a_name_is_resolved_once_and_that_answer_is_connected_to(site: Site) -> None:
    asked: list[str] = []

    def turncoat(host: str, port: int) -> tuple[str, ...]:
        asked.append(host)
        return ("127.0.0.1",) if len(asked) == 1 else ("127.0.0.2",)

    port = site("").rsplit(":", 1)[1]
    page = fetch(f"http://rebinding.example:{port}/text", permitted=this_machine, resolve=turncoat)
    assert asked == ["rebinding.example"]
    assert page.body == b"A village was shelled on Monday."
    assert site.hosts[-1] == f"rebinding.example:{port}"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://", "no host in the address"),
        ("http://name.invalid/", "no such host: name.invalid"),
        ("http://[::1", "no address: http://[::1"),
        ("http://one.example:99999/", "no address: http://one.example:99999/"),
        ("http://127.0.0.1:1/", "could not be fetched"),
    ],
)
def test_what_is_no_address(url: str, reason: str) -> None:
    with pytest.raises(Unfetchable) as raised:
        fetch(url, permitted=anywhere)
    assert raised.value.reason.startswith(reason)
