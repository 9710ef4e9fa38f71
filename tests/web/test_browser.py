"""The pages in Chromium: walked by keyboard alone, looked at by axe in light and dark, wide and narrow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.web.browsing import DARK, WIDTHS, addresses, browser, chromium, complaints, served
from tests.web.conftest import HOSTILE_ID

from rashomon import ledger
from rashomon.web import app
from rashomon.web.address import path
from rashomon.web.keys import KEYS

PROGRAM = chromium()
PATIENCE = 10_000  # milliseconds
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="there is no Chromium here: apt install chromium")


@pytest.fixture(scope="module")
def walked(place: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Where the pages are served, and their addresses."""
    with ledger.open(place, create=False) as book, served(app(book, place="book.db")) as site:
        yield site, addresses(book)


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with browser(str(PROGRAM)) as opened:
        yield opened


@pytest.fixture
def page(chrome: Browser, walked: tuple[str, Mapping[str, str]]) -> Iterator[Page]:
    """A window on the first page; whatever goes wrong in it fails the test."""
    wrong: list[str] = []
    context = chrome.new_context(base_url=walked[0], viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    opened.on("request", lambda asked: wrong.append(asked.url) if not asked.url.startswith(walked[0]) else None)
    opened.goto("/")
    yield opened
    context.close()
    assert wrong == []


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page) -> str:
    """What the focus is on, as HTML."""
    return str(page.evaluate("document.activeElement.outerHTML"))


def until(page: Page, pattern: str) -> None:
    """Wait for an address, its site left out, and for the keys of its page."""
    page.wait_for_url(re.compile(r"^http://[\d.:]+" + pattern), timeout=PATIENCE)
    page.wait_for_selector("html.scripted", timeout=PATIENCE)


def test_every_page_is_a_key_or_two_away(page: Page) -> None:
    press(page, "Tab")
    assert "Skip to the page" in focused(page)
    for act, where in (("g d", "/documents"), ("g s", "/sources"), ("g r", "/review"), ("g i", "/incidents")):
        press(page, *act.split())
        until(page, where + "$")
    press(page, "Escape")
    until(page, "/review$")


def test_keys_are_listed_and_switched_off(page: Page) -> None:
    press(page, "?")
    sheet = page.get_by_role("dialog", name="Keys")
    expect(sheet).to_be_visible()
    for keys in KEYS.values():
        for key in keys:
            assert key.does in sheet.inner_text()
    press(page, "Escape")
    expect(sheet).to_be_hidden()
    until(page, "/$")
    press(page, "?", "Tab")
    page.get_by_label("Single keys are on").focus()
    press(page, "Space", "Escape", "g", "d")
    page.wait_for_timeout(300)
    until(page, "/$")


def test_a_key_is_changed_and_brought_back(page: Page) -> None:
    press(page, "?")
    page.get_by_label("another key for: table").focus()
    press(page, "w", "Escape")
    page.goto("/")
    until(page, "/$")
    expect(page.locator('[data-shape="table"] kbd')).to_have_text("w")
    press(page, "b")
    page.wait_for_timeout(300)
    until(page, "/$")
    press(page, "w")
    until(page, r"/incidents\?view=table$")
    press(page, "?")
    page.get_by_label("another key for: table").focus()
    press(page, "b", "Escape")
    page.goto("/")
    until(page, "/$")
    press(page, "b")
    until(page, r"/incidents\?view=table$")


def test_keys_do_nothing_while_somebody_writes(page: Page) -> None:
    press(page, "/")
    page.keyboard.type("gd jk bridge")
    assert page.locator("#q").input_value() == "gd jk bridge"
    until(page, "/$")
    page.locator("#q").fill("bridge")
    press(page, "Enter")
    until(page, r"/search\?q=bridge$")
    press(page, "j", "Enter")
    until(page, "/(incident|document)/")


def test_a_list_is_walked_opened_and_come_back_to(page: Page) -> None:
    press(page, "j", "j", "k", "j")
    here = page.locator("[data-row].here")
    expect(here).to_have_count(1)
    assert here.evaluate("row => [...document.querySelectorAll('[data-row]')].indexOf(row)") == 1
    where = here.locator("a").first.get_attribute("href") or ""
    press(page, "Enter")
    until(page, re.escape(where))
    press(page, "Escape")
    until(page, "/$")
    for key, shape in (("b", "table"), ("t", "timeline"), ("p", "map"), ("l", "")):
        press(page, key)
        until(page, rf"/incidents\?view={shape}$" if shape else r"/incidents\??$")


def test_a_list_is_narrowed_and_widened_again(page: Page) -> None:
    every = page.locator("[data-row]").count()
    page.get_by_role("link", name=re.compile("strike")).first.focus()
    press(page, "Enter")
    until(page, r"/incidents\?kind=strike$")
    assert 0 < page.locator("[data-row]").count() < every
    page.get_by_role("link", name="exclude strike").focus()
    press(page, "Enter")
    until(page, r"/incidents\?not=kind%3Astrike$")
    assert 0 < page.locator("[data-row]").count() < every


def test_from_a_figure_to_its_words_in_their_document(page: Page, walked: tuple[str, Mapping[str, str]]) -> None:
    page.goto(walked[1]["/incident/{name}"])
    page.locator("#matrix td a").first.focus()
    before = focused(page)
    press(page, "ArrowDown", "ArrowUp")
    assert focused(page) == before
    press(page, "ArrowDown")
    assert focused(page) != before
    press(page, "Enter")
    strip = page.locator(".strip:target")
    expect(strip).to_be_focused()
    words = strip.locator("[data-document]").first.inner_text()
    press(page, "o")
    until(page, "/document/")
    assert words in "".join(page.locator(".target").all_inner_texts())


def test_columns_and_rows_of_the_matrix(page: Page, walked: tuple[str, Mapping[str, str]]) -> None:
    page.goto(walked[1]["/incident/{name}"])
    every = page.locator("#matrix tbody tr:visible").count()
    press(page, "d")
    assert page.locator("#matrix tbody tr:visible").count() == page.locator("#matrix tr.differs").count() < every
    for by in ("outlets", "documents"):
        press(page, "v")
        until(page, rf"/incident/[\w-]+\?by={by}$")
    press(page, "v")
    until(page, r"/incident/[\w-]+$")


def test_marks_and_layers_of_a_document(page: Page, walked: tuple[str, Mapping[str, str]]) -> None:
    page.goto(walked[1]["/document/{name}"])
    press(page, "n", "n", "p")
    expect(page.locator(".mark-here")).to_have_count(1)
    for number, layer in enumerate(("claims", "quantities", "times", "places", "actors"), 1):
        press(page, str(number))
        expect(page.locator(f"#layer-{layer}")).not_to_be_checked()


def test_a_page_is_taken_along_and_followed(page: Page) -> None:
    with page.expect_download() as taken:
        press(page, "e")
    assert taken.value.suggested_filename == "incidents.csv"
    with page.expect_request(lambda asked: asked.url.endswith("/incidents.atom")):
        press(page, "f")


def test_moving_the_map_moves_the_list(page: Page) -> None:
    press(page, "p")
    page.wait_for_selector("[data-drawn]")
    every = page.locator("[data-row]").count()
    marks = page.locator("button.mark")
    assert all(name for name in marks.evaluate_all("several => several.map(one => one.ariaLabel)"))
    page.locator("[data-canvas]").focus()
    press(page, "=", "=")
    until(page, r"/incidents\?view=map&bbox=[-\d.]+(%2C[-\d.]+){3}$")
    rows = page.locator("[data-row]")
    page.wait_for_function("many => document.querySelectorAll('[data-row]').length < many", arg=every)
    here = page.url
    follow = page.locator("[data-twin=json]").get_attribute("href") or ""
    assert "bbox=" in follow
    listed = page.request.get(follow).json()["incidents"]
    assert rows.locator("h2 a").evaluate_all("several => several.map(one => one.pathname)") == [
        f"/incident/{one['id']}" for one in listed
    ]
    page.goto("about:blank")
    page.goto(here)
    page.wait_for_selector("[data-drawn]")
    assert rows.count() == len(listed)
    assert page.url == here


def test_back_moves_the_map_back(page: Page) -> None:
    press(page, "p")
    page.wait_for_selector("[data-drawn]")
    every = page.locator("[data-row]").count()
    page.locator("[data-canvas]").focus()
    # Once: on a slow machine two would be two moves, and one step back would undo but the last.
    press(page, "=")
    until(page, r"/incidents\?view=map&bbox=[-\d.]+(%2C[-\d.]+){3}$")
    press(page, "Escape")
    until(page, r"/incidents\?view=map$")
    expect(page.locator("[data-row]")).to_have_count(every)


def test_a_mark_on_the_map_leads_to_its_incidents(page: Page) -> None:
    press(page, "p")
    page.wait_for_selector("[data-drawn]")
    page.locator("button.mark").first.focus()
    before = focused(page)
    press(page, "Enter")
    assert "/incident/" in focused(page)
    press(page, "Escape")
    assert focused(page) == before
    press(page, "Enter", "Enter")
    until(page, "/incident/")


def test_the_map_says_what_is_not_on_it(page: Page) -> None:
    page.wait_for_selector("[data-drawn]")
    page.locator(".atlas").get_by_role("link", name="list").focus()
    press(page, "Enter")
    until(page, r"/incidents\?placed=no$")
    page.wait_for_selector("[data-drawn]")
    expect(page.locator("button.mark")).to_have_count(0)


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(chrome: Browser, walked: tuple[str, Mapping[str, str]], width: int) -> None:
    site, known = walked
    first = known["/incident/{name}"]
    also = ("?view=table", "?view=map", "?view=timeline", "?kind=strike&not=outlet:x", "?q=nothing+is+all+of+this")
    places = [
        *known.values(),
        *(f"/incidents{query}" for query in also),
        *("/search?q=killed", f"{first}?by=documents", path("document", HOSTILE_ID), "/nowhere"),
    ]
    found = []
    context = chrome.new_context(base_url=site, viewport={"width": width, "height": WIDTHS[width]})
    page = context.new_page()
    for place in places:
        page.emulate_media(color_scheme="light")
        page.goto(place)
        if page.locator("[data-map]:visible").count():
            page.locator("[data-map]").scroll_into_view_if_needed()
            page.wait_for_selector("[data-drawn]")
        if place == "/search":
            press(page, "?")
        found += [f"{place} {one}" for one in complaints(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"{place} dark {one}" for one in complaints(page, *DARK)]
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{place} is {wide} pixels wide"] if wide > width else []
    context.close()
    assert not found, "\n".join(found)
