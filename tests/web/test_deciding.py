"""Deciding, logging in and administering in Chromium, by keyboard alone; what axe finds on these pages."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.web.browsing import DARK, addresses, browser, chromium, complaints, served
from tests.web.test_browser import focused, press, until

from rashomon import ledger
from rashomon.ledger import Ledger
from rashomon.web import app
from rashomon.web.accounts import Accounts, Role
from rashomon.web.security import Policy

PROGRAM = chromium()
SECRET = "correct horse battery"
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="there is no Chromium here: apt install chromium")


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with browser(str(PROGRAM)) as opened:
        yield opened


@pytest.fixture
def copied(place: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of one's own, to decide in."""
    shutil.copy(place, tmp_path / "book.db")
    with ledger.open(tmp_path / "book.db", create=False) as book:
        yield book


@pytest.fixture
def alone(chrome: Browser, copied: Ledger) -> Iterator[Page]:
    """A window of the one user of their own machine."""
    with served(app(copied, place="book.db")) as site:
        yield from _window(chrome, site)


@pytest.fixture
def shared(chrome: Browser, copied: Ledger, tmp_path: Path) -> Iterator[Page]:
    """A window on a server where people have accounts."""
    accounts = Accounts(tmp_path / "people")
    accounts.add("olena", SECRET, Role.ADMIN)
    with served(app(copied, place="book.db", policy=Policy(accounts))) as site:
        yield from _window(chrome, site)


def _window(chrome: Browser, site: str) -> Iterator[Page]:
    wrong: list[str] = []
    context = chrome.new_context(base_url=site, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda asked: wrong.append(asked.url) if not asked.url.startswith(site) else None)
    yield page
    context.close()
    assert wrong == []


def judgements(page: Page) -> list[dict[str, object]]:
    found = page.request.get("/review.json").json()["judgements"]
    return [json.loads(json.dumps(one)) for one in found]


def looked_at(page: Page) -> list[str]:
    """What axe finds wrong with a page, light and dark."""
    page.emulate_media(color_scheme="light")
    found = complaints(page)
    page.emulate_media(color_scheme="dark")
    return found + complaints(page, *DARK)


def test_a_queue_is_worked_through_by_keys(alone: Page) -> None:
    alone.goto("/")
    press(alone, "g", "r")
    until(alone, "/review$")
    left = alone.locator(".headline").inner_text()
    first = alone.locator(".case").inner_text()
    press(alone, "n")
    until(alone, r"/review\?skip=1$")
    assert alone.locator(".case").inner_text() != first
    press(alone, "Escape")
    until(alone, "/review$")
    press(alone, "o")
    until(alone, "/document/")
    press(alone, "Escape")
    until(alone, "/review$")
    with alone.expect_navigation():
        press(alone, "a")
    until(alone, "/review$")
    assert [one["verdict"] for one in judgements(alone)] == ["accept"]
    assert alone.locator(".headline").inner_text() != left
    with alone.expect_navigation():
        press(alone, "u")
    until(alone, "/review$")
    assert [one["verdict"] for one in judgements(alone)] == ["undo", "accept"]
    assert alone.locator(".case").inner_text() == first
    assert looked_at(alone) == []


def test_what_is_wrong_is_corrected_from_the_matrix_by_keys(alone: Page, copied: Ledger) -> None:
    alone.goto(addresses(copied)["/incident/{name}"])
    figure = alone.locator("#matrix tr", has_text="people").locator("td a").first
    figure.focus()
    press(alone, "Enter")
    strip = alone.locator(".strip:target")
    expect(strip).to_be_focused()
    while not focused(alone).startswith('<a href="/review?document='):
        press(alone, "Tab")
    press(alone, "Enter")
    until(alone, r"/review\?document=")
    press(alone, "c")
    assert 'name="low"' in focused(alone)
    alone.keyboard.type("999")
    press(alone, "Tab")
    alone.keyboard.type("999")
    while 'value="correct"' not in focused(alone):
        press(alone, "Tab")
    press(alone, "Enter")
    until(alone, "/document/")
    assert "999" in alone.locator(".person").inner_text()
    (made,) = judgements(alone)
    assert made["verdict"] == "correct"
    assert alone.request.get("/incidents.json?q=999").status == 200
    assert looked_at(alone) == []


def test_two_of_a_list_are_compared_and_joined_by_keys(alone: Page) -> None:
    alone.goto("/")
    alone.wait_for_selector("html.scripted")
    before = alone.locator("[data-row]").count()
    press(alone, "j", "x", "j", "j", "x")
    expect(alone.locator("[data-picked]")).to_have_text("2 selected; m compares them")
    press(alone, "m")
    until(alone, r"/review\?one=RA-\w+&other=RA-\w+$")
    assert looked_at(alone) == []
    with alone.expect_navigation():
        press(alone, "s")
    until(alone, r"/incident/RA-\w+")
    alone.goto("/")
    assert alone.locator("[data-row]").count() == before - 1


def test_words_are_selected_and_added(alone: Page, copied: Ledger) -> None:
    alone.goto(addresses(copied)["/document/{name}"])
    alone.wait_for_selector("html.scripted")
    alone.evaluate("getSelection().selectAllChildren([...document.querySelectorAll('.said-here p')].at(-1))")
    words = alone.evaluate("getSelection().toString().trim()")
    press(alone, "a")
    assert alone.locator('#add [name="quote"]').input_value() == words
    alone.keyboard.type("the editors")
    press(alone, "Enter")
    until(alone, "/document/")
    assert "the editors" in alone.locator(".person").inner_text()


def test_somebody_logs_in_makes_an_account_and_leaves_by_keys(shared: Page) -> None:
    shared.goto("/")
    until(shared, "/login$")
    assert looked_at(shared) == []
    shared.get_by_label("Name").focus()
    shared.keyboard.type("olena")
    press(shared, "Tab")
    shared.keyboard.type("wrong wrong wrong")
    press(shared, "Enter")
    expect(shared.get_by_role("alert")).to_be_visible()
    shared.get_by_label("Name").focus()
    shared.keyboard.type("olena")
    press(shared, "Tab")
    shared.keyboard.type(SECRET)
    press(shared, "Enter")
    until(shared, "/review$")
    shared.get_by_role("link", name="Admin").focus()
    press(shared, "Enter")
    until(shared, "/admin$")
    assert looked_at(shared) == []
    shared.locator("fieldset").get_by_label("Name").focus()
    shared.keyboard.type("taras")
    press(shared, "Tab")
    shared.keyboard.type(SECRET)
    press(shared, "Enter")
    expect(shared.locator("table bdi", has_text="taras")).to_be_visible()
    shared.get_by_role("button", name="Log out").focus()
    press(shared, "Enter")
    until(shared, "/login$")
