"""Every page and every twin, over a ledger that holds the demo and a document that means harm."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.routing import Route
from tests.web.conftest import HOSTILE, HOSTILE_ID, Asks
from tests.web.links import read

from rashomon import gathering, ledger
from rashomon.cli import cli
from rashomon.ledger import Ledger
from rashomon.model.incident import Answer, Polarity
from rashomon.model.judgement import Verdict
from rashomon.web import app, get
from rashomon.web.address import path
from rashomon.web.pages import LIST, PAGES, Form, Page

TYPES = {
    Form.JSON: "application/json",
    Form.CSV: "text/csv",
    Form.ATOM: "application/atom+xml",
    Form.GEOJSON: "application/geo+json",
    Form.HTML: "text/html",
}
TWINS = [(page, form) for page in PAGES for form in (*page.twins, Form.HTML)]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def examples(book: Ledger) -> Mapping[str, str]:
    """A name of every sort."""
    some = list(book.incidents())
    placed = next(place for one in some for place in one.places if place.lat is not None and place.lon is not None)
    told = next(one for one in some if len(one.documents) > 1)
    return {
        "incident": told.id,
        "document": "demo-raid-wire",
        "outlet": book.outlets()[0].name or "",
        "voice": next(one.voices[0] for c in told.comparisons for one in c.answers),
        "actor": next(one.actor for incident in some for one in incident.participants),
        "place": f"{placed.lat:.4f},{placed.lon:.4f}",
    }


def where(page: Page, form: Form, examples: Mapping[str, str]) -> str:
    name = path(examples[page.example]).removeprefix("/") if page.example else ""
    return page.path.replace("{name}", name) + ("" if form is Form.HTML else f".{form}")


@pytest.mark.parametrize(("page", "form"), TWINS, ids=lambda one: one.path if isinstance(one, Page) else str(one))
def test_every_page_and_every_twin_answers(page: Page, form: Form, examples: Mapping[str, str], ask: Asks) -> None:
    answered = ask(where(page, form, examples))
    assert answered.status == 200
    assert (answered.header("content-type") or "").startswith(TYPES[form])
    assert "default-src 'none'" in (answered.header("content-security-policy") or "")
    assert answered.header("x-content-type-options") == "nosniff"
    match form:
        case Form.HTML:
            shown = read(answered.body)
            assert shown.inline == []
            assert len(shown.ids) == len(set(shown.ids))
            twins = [link for link in shown.links if link.split("?")[0].endswith(tuple(f".{t}" for t in page.twins))]
            assert len(twins) >= len(page.twins)
        case Form.JSON:
            assert json.loads(answered.body)["schema"].startswith("rashomon/")
        case Form.CSV:
            header, *rows = csv.reader(io.StringIO(answered.body.decode()))
            assert all(len(row) == len(header) for row in rows)
        case Form.ATOM:
            feed = ET.fromstring(answered.body)
            assert feed.tag == f"{ATOM}feed"
            assert all(one.find(f"{ATOM}updated") is not None for one in feed.iter(f"{ATOM}entry"))
        case Form.GEOJSON:
            assert json.loads(answered.body)["type"] == "FeatureCollection"


@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.path)
def test_a_page_is_small(page: Page, examples: Mapping[str, str], ask: Asks) -> None:
    """All that is sent for a page, but for the map; how large pages of large ledgers are, bench/pages.py says."""
    parts = (where(page, Form.HTML, examples), "/static/style.css", "/static/keys.js")
    assert sum(len(gzip.compress(ask(part).body)) for part in parts) < 100_000


def test_every_link_leads_somewhere(examples: Mapping[str, str], ask: Asks) -> None:
    """Pages walked from the first one: a dozen of each kind, and every way to narrow a list once."""
    waiting, seen, walked = ["/"], set[str](), Counter[str]()
    while waiting:
        here = waiting.pop()
        answered = ask(here)
        assert answered.status in (200, 302), f"{here}: {answered.body[-300:]!r}"
        if not (answered.header("content-type") or "").startswith("text/html"):
            continue
        for link in read(answered.body).links:
            target = urljoin(here, link).split("#")[0]
            parts = urlsplit(target)
            shape = parts.path + re.sub(r"=[^&]*", "", parts.query)
            kind = parts.path.split("/")[1]
            if not parts.scheme and shape not in seen and walked[kind] < 12:
                seen.add(shape)
                walked[kind] += 1
                waiting.append(target)
    assert {urlsplit(one).path.split("/")[1] for one in seen} >= {"incident", "document", "source", "voice", "place"}


def test_the_twins_are_what_the_commands_print(examples: Mapping[str, str], ask: Asks, place: Path) -> None:
    def said(*arguments: str) -> object:
        done = CliRunner().invoke(cli, [*arguments, "--json", "--ledger", str(place)])
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    assert json.loads(ask(f"/incident/{examples['incident']}.json").body) == said("show", examples["incident"])
    assert json.loads(ask("/document/demo-raid-wire.json").body) == said("document", "demo-raid-wire")


def test_get_prints_a_page_without_a_server(place: Path) -> None:
    done = CliRunner().invoke(cli, ["get", "/incidents.json?kind=strike", "--ledger", str(place)])
    assert done.exit_code == 0
    assert {one["kind"].split(".")[0] for one in json.loads(done.stdout)["incidents"]} == {"STRIKE"}
    assert CliRunner().invoke(cli, ["get", "/nowhere", "--ledger", str(place)]).exit_code == 1


def listed(ask: Asks, address: str) -> Iterator[str]:
    """The ids of a list, page after page."""
    following: str | None = address
    while following:
        record = json.loads(ask(following).body)
        yield from (one["id"] for one in record["incidents"])
        following = record["next"]


def test_a_list_goes_on_where_it_ended(ask: Asks, book: Ledger) -> None:
    every = [one.id for one in book.incidents()]
    assert list(listed(ask, "/incidents.json?limit=7")) == every


@pytest.mark.parametrize(("facet", "name"), [("kind", "strike"), ("finding", "unverified"), ("side", "russia")])
def test_what_is_included_and_what_is_excluded_make_the_whole(facet: str, name: str, ask: Asks, book: Ledger) -> None:
    with_it = list(listed(ask, f"/incidents.json?{facet}={name}"))
    without = list(listed(ask, f"/incidents.json?not={facet}:{name}"))
    counted = json.loads(ask("/incidents.json").body)["facets"][facet][name]
    assert len(with_it) == counted > 0
    assert sorted(with_it + without) == sorted(one.id for one in book.incidents())


@pytest.mark.parametrize("asked", ["killed:>5", "killed>5", "killed<5", "killed=12", "killed=3-10", "injured>100"])
def test_figures_narrow(asked: str, ask: Asks, book: Ledger) -> None:
    """What the list holds is what going through all incidents finds."""
    kind, sign, number = re.fullmatch(r"(\w+):?([<>=])([\d-]+)", asked).groups()  # type: ignore[union-attr]
    low, high = (int(one) for one in (number.partition("-")[0], number.rpartition("-")[2]))

    def fits(one: Answer) -> bool:
        least, most = (None if bound is None else float(bound) for bound in (one.low, one.high))
        if sign == ">":
            return least is not None and least > low
        if sign == "<":
            return most is not None and most < low
        return (least, most) != (None, None) and (most is None or most >= low) and (least is None or least <= high)

    wanted = {
        one.id
        for one in book.incidents()
        for comparison in one.comparisons
        for answer in comparison.answers
        if comparison.question == kind and answer.polarity is Polarity.AFFIRM and fits(answer)
    }
    assert set(listed(ask, f"/incidents.json?{urlencode({'figure': asked})}")) == wanted
    found = json.loads(ask(f"/search.json?{urlencode({'q': asked})}").body)["incidents"]
    assert {one["id"] for one in found} <= wanted
    assert bool(found) == bool(wanted)


def test_some_figures_are_there_to_be_asked_for(ask: Asks) -> None:
    every = [
        list(listed(ask, f"/incidents.json?figure={asked}")) for asked in ("killed%3E5", "killed%3C5", "injured%3E100")
    ]
    assert all(every)
    assert ask("/incidents?figure=killed").status == 400


def test_all_values_of_a_facet_are_a_click_away(ask: Asks) -> None:
    kinds = [name for name in json.loads(ask("/incidents.json").body)["facets"]["kind"] if "." not in name]
    some, every = (ask(where).body.decode() for where in ("/incidents", "/incidents?more=kind"))
    assert len(kinds) > 8
    assert 'href="/incidents?more=kind"' in some
    assert [f'data-exclude="/incidents?more=kind&amp;not=kind%3A{name}' in every for name in kinds] == [True] * len(
        kinds
    )
    assert ask("/incidents?more=soul").status == 400


def test_values_of_one_facet_are_alternatives(ask: Asks) -> None:
    both = set(listed(ask, "/incidents.json?kind=strike&kind=dip"))
    assert both == set(listed(ask, "/incidents.json?kind=strike")) | set(listed(ask, "/incidents.json?kind=dip"))


def test_days_and_places_narrow(ask: Asks, book: Ledger) -> None:
    near = set(listed(ask, "/incidents.json?near=Bryansk~100"))
    assert near
    assert near < {one.id for one in book.incidents()}
    assert list(listed(ask, "/incidents.json?before=1990-01-01")) == []
    assert b"No incident is all of this" in ask("/incidents?before=1990-01-01").body


@pytest.mark.parametrize("shape", ["list", "table", "timeline"])
def test_the_shapes_of_a_list(shape: str, ask: Asks) -> None:
    assert f'data-shape="{shape}" aria-current="true"'.encode() in ask(f"/incidents?view={shape}").body


def test_a_hostile_document_is_shown_as_text(ask: Asks) -> None:
    answered = ask(path("document", HOSTILE_ID))
    assert answered.status == 200
    shown = read(answered.body)
    assert shown.inline == []
    html = answered.body.decode()
    assert "<script>alert" not in html
    assert "\u202e" not in html
    assert "\x1b" not in html
    text = "".join(shown.text)
    for words in ('<script>alert("x")</script>', "{{ 7 * 7 }} {% raw %} &amp; &#x202e;", "onmouseover=alert(1)"):
        assert words in text
    assert 'dir="auto"' in html
    assert "9 soldiers" in text


def test_a_hostile_name_has_all_its_twins(ask: Asks) -> None:
    reading = json.loads(ask(f"{path('document', HOSTILE_ID)}.json").body)
    assert reading["document"]["id"] == HOSTILE_ID
    assert reading["document"]["text"] == HOSTILE
    # The id itself ends in ".json": its page is at its own address nevertheless.
    assert (ask(path("document", HOSTILE_ID)).header("content-type") or "").startswith("text/html")
    assert ask(path("source", "<u>Foe's")).status == 200


def test_a_graphic_passage_is_folded_until_it_is_asked_for(ask: Asks) -> None:
    start = HOSTILE.index("Mutilated")
    folded = ask(path("document", HOSTILE_ID)).body
    assert b"<details><summary>A passage describing injuries" in folded
    assert b"<details open><summary>" in ask(f"{path('document', HOSTILE_ID)}?c={start}-{start + 9}").body


def test_a_link_to_words_marks_them_and_lost_words_are_said_to_be_lost(ask: Asks) -> None:
    start = HOSTILE.index("12 people in Tarna")
    html = ask(f"{path('document', HOSTILE_ID)}?c={start}-{start + 9}").body.decode()
    assert f'id="c={start}-{start + 9}"' in html
    assert re.sub(r"<[^>]*>", "", "".join(re.findall(r'<span class="[^"]*target"[^>]*>[^<]*', html))) == "12 people"
    assert b"no longer holds" in ask(f"{path('document', HOSTILE_ID)}?c=99990-99999").body


@pytest.mark.parametrize(
    ("address", "status", "reason"),
    [
        ("/incident/RA-NOSUCH.json", 404, "no such incident"),
        ("/document/nosuchthing.json", 404, "no such document"),
        ("/voice/nobody.json", 404, "nothing of such a voice"),
        ("/place/0,0.json", 404, "nothing is told of this place"),
        ("/place/here.json", 400, "named by its point"),
        ("/place/NaN,NaN.json", 400, "beyond the poles"),
        ("/place/inf,1.json", 400, "beyond the poles"),
        ("/incidents.json?at=2025-06-01", 400, "nothing is known by at"),
        ("/incidents.json?as_of=yesterday", 400, "the number of a revision, YYYY-MM-DD"),
        ("/incidents.json?as_of=99999", 400, "no such revision yet"),
        ("/document/demo-raid-wire.json?c=x", 400, "no stretch of a text"),
        ("/changes.json?since=x", 400, "number of a revision"),
        ("/nowhere.json", 404, "Not Found"),
    ],
)
def test_errors_are_one_shape(address: str, status: int, reason: str, ask: Asks) -> None:
    answered = ask(address)
    record = json.loads(answered.body)
    assert (answered.status, record["schema"], record["status"]) == (status, "rashomon/error/1", status)
    assert reason in record["reason"]
    page = ask(address.replace(".json", ""))
    assert page.status == status
    assert (page.header("content-type") or "").startswith("text/html")


def test_another_site_cannot_read_through_a_browser_here(ask: Asks, book: Ledger) -> None:
    assert ask("/", host="rebound.example").status == 400
    assert get(app(book, place="book.db", host="0.0.0.0"), "/", host="news.example").status == 200


def test_a_part_of_an_id_leads_to_the_whole(ask: Asks, examples: Mapping[str, str]) -> None:
    assert ask("/document/demo-raid-w").header("location") == "/document/demo-raid-wire"
    small = examples["incident"].lower()
    assert (
        ask(f"/incident/{small}.json").header(
            "location",
        )
        == f"/incident/{examples['incident']}.json?from={small}"
    )


def test_a_merged_incident_says_by_whom_and_why(place: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(place.read_bytes())
    with ledger.open(copy, create=False) as book:
        one, other = list(book.incidents())[:2]
        at = datetime(2025, 6, 4, tzinfo=UTC)
        gathering.decide(book, Verdict.SAME_INCIDENT, (one.id, other.id), by="olena", reason="one raid", at=at)
        kept = book.incident(one.id).id
        gone = other.id if kept == one.id else one.id
        pages: Starlette = app(book, place="copy.db")
        led = get(pages, f"/incident/{gone}").header("location")
        assert led == f"/incident/{kept}?from={gone}"
        html = get(pages, led).body.decode()
        assert f"<b>{gone}</b> is told of here now" in html
        assert "olena, 2025-06-04 00:00Z" in html
        assert "one raid" in get(pages, "/review").body.decode()
        history = json.loads(get(pages, f"/incident/{kept}/history.json").body)
        assert gone in history["names"]
        assert history["judgements"][0]["by"] == "olena"
        # Nobody is told that an id was merged which was not.
        assert get(pages, f"/incident/{kept}?from=RA-OTHER").status == 302


def test_what_an_empty_ledger_says(tmp_path: Path) -> None:
    with ledger.open(tmp_path / "empty.db", create=True) as book:
        pages = app(book, place="empty.db")
        for page in PAGES:
            if not page.example:
                assert get(pages, page.path).status == 200
        assert b"rashomon ingest feeds.txt --ledger empty.db" in get(pages, "/").body


def test_what_could_not_be_read_is_counted_and_listed(ask: Asks) -> None:
    assert b"1 input could not be read" in ask("/").body
    assert b"broken.bin" in ask("/failures").body


def test_a_figure_can_be_carried_away_as_a_drawing(ask: Asks, book: Ledger) -> None:
    drawn = re.findall(
        r'href="(/incident/[^"]*\.svg)"', "".join(ask(f"/incident/{o.id}").body.decode() for o in book.incidents())
    )
    assert drawn
    answered = ask(drawn[0])
    assert answered.header("content-type") == "image/svg+xml"
    assert ET.fromstring(answered.body).tag.endswith("svg")
    assert ask("/incident/" + next(book.incidents()).id + "/story/age-nothing.svg").status == 404


def test_the_promise_and_who_made_it(ask: Asks) -> None:
    assert {"Reading", "Incident"} <= set(json.loads(ask("/schema.json").body)["$defs"])
    assert json.loads(ask("/version.json").body)["holds"]["documents"] > 10
    assert ask("/static/style.css").status == ask("/static/keys.js").status == 200
    assert ask("/static/../app.py").status == 404


def test_every_address_is_documented(pages: Starlette) -> None:
    told = (Path(__file__).parents[2] / "docs" / "pages.md").read_text(encoding="utf-8")
    known = {re.sub(r":\w+}", "}", one.path) for one in pages.routes if isinstance(one, Route)}
    plain = {one for one in known if not one.endswith(tuple(f".{form}" for form in LIST)) or one.count("/") == 1}
    documented = set(re.findall(r"/[^\s`]*", " ".join(re.findall(r"`([^`]+)`", told))))
    twins = {f"{page.path}.{twin}" for page in PAGES for twin in page.twins}
    assert plain - documented - twins == set()
    for page in PAGES:
        row = next(line for line in told.splitlines() if line.startswith(f"| `{page.path}`"))
        assert f"`{' '.join(f'.{twin}' for twin in page.twins)}`" in row
