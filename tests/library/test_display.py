"""What a notebook shows: all of it text, wherever it came from, and no script."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from rashomon import Incidents, Ledger, read

SHOWN: Mapping[str, Callable[[Ledger], object]] = {
    "ledger": lambda book: book,
    "reading": lambda book: book.reading("army"),
    "hostile reading": lambda book: book.reading("evil"),
    "incidents": lambda book: book.incidents(),
    "no incidents": lambda book: book.incidents(kind="POL.COUP"),
    "incident": lambda book: book.incident("army#i1"),
    "hostile incident": lambda book: book.incident("evil#i1"),
    "table": lambda book: book.table("answers"),
}
# Elements that run, load or send something; attributes that do.
FORBIDDEN = {
    "script",
    "img",
    "iframe",
    "object",
    "embed",
    "link",
    "form",
    "input",
    "a",
    "image",
    "use",
    "foreignobject",
}
VOID = {"br"}


class Walk(HTMLParser):
    """The elements of a piece of HTML, whether each is closed, and the text between them."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID and not self.get_starttag_text().endswith("/>"):  # type: ignore[union-attr]
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("path", "circle"):
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def walked(shown: object) -> Walk:
    walk = Walk()
    walk.feed(shown._repr_html_())  # type: ignore[attr-defined]
    walk.close()
    return walk


@pytest.mark.parametrize("name", SHOWN)
def test_nothing_in_it_runs_or_loads(book: Ledger, name: str) -> None:
    shown = SHOWN[name](book)
    walk = walked(shown)
    assert walk.open == []
    assert not walk.tags & FORBIDDEN
    assert not [one for one in walk.attributes if one.startswith("on") or one in ("href", "src", "xlink:href")]
    assert not re.search(r"url\(|@import|javascript:", shown._repr_html_())  # type: ignore[attr-defined]


def test_hostile_words_are_shown_as_they_were_printed(book: Ledger) -> None:
    walk = walked(book.reading("evil"))
    assert walk.text.count("<script>alert(1)</script>") >= 3
    assert "\u202e" not in walk.text
    assert "<script>" in walked(book.incident("evil#i1")).text


def test_an_article_shows_its_marks_and_who_says_what(book: Ledger) -> None:
    shown = book.reading("army")._repr_html_()
    assert '<span class="source">The Northern Army</span>' in shown.replace(' title=""', "")
    assert re.search(r'<span class="content quantities" title="people killed: 7">7 people</span>', shown)
    assert re.search(r'<span class="content times" title="2 Jun 2031">2 June</span>', shown)
    row = re.findall(r"<tr><td><sup>1</sup>.*?</tr>", shown)[0]
    assert re.sub(r"<[^>]+>", " ", row).split() == (
        "1 Northern Army say a drone hit the depot in Tarna on 2 June, killing 7 people people killed: 7".split()
    )


def test_passages_describing_injuries_are_folded() -> None:
    text = "The army said a shell hit the yard.\n\nHis severed arm lay beside the burned body, a medic said."
    shown = read(text, published="2025-06-03")._repr_html_()
    assert re.search(r"<details><summary>passage describing injuries, 1 sentence</summary>", shown)


def test_accounts_stand_side_by_side(book: Ledger) -> None:
    shown = book.incident("army#i1")._repr_html_()
    rows = [
        [re.sub(r"<[^>]+>", " ", cell).split() for cell in re.split(r"</t[hd]>", row)]
        for row in re.findall(r"<tr>.*?</tr>", shown)
    ]
    head, killed = rows[0], next(row for row in rows if row[0][:3] == ["#", "people", "killed"])
    at = [" ".join(cell[:2]) for cell in head].index("Marsh Front")
    assert killed[at] == ["31"]
    assert "“31 people”" in re.sub(r"<[^>]+>", "", shown)


def test_incidents_are_drawn_where_they_were(book: Ledger) -> None:
    incidents = book.incidents()
    shown = incidents._repr_html_()
    svg = ElementTree.fromstring(re.findall(r"<svg.*?</svg>", shown)[0])
    space = "{http://www.w3.org/2000/svg}"
    dots = {
        int(group.find(f"{space}text").text): group.find(f"{space}circle").attrib  # type: ignore[union-attr, arg-type]
        for group in svg.findall(f"{space}g")
    }
    assert sorted(dots) == [1, 2, 3]
    x = {incidents[n - 1].places[0].name: float(dot["cx"]) for n, dot in dots.items()}
    y = {incidents[n - 1].places[0].name: float(dot["cy"]) for n, dot in dots.items()}
    assert x["Velsk"] < x["Tarna"] < x["Kuratovo"]
    assert y["Velsk"] < y["Tarna"] < y["Kuratovo"]
    assert all(0 < at < 640 for at in x.values())
    # 5.9 degrees east, each as wide as the cosine of 49.6, and 2.8 south.
    assert (x["Kuratovo"] - x["Velsk"]) / (y["Kuratovo"] - y["Velsk"]) == pytest.approx(5.9 * 0.648 / 2.8, rel=0.02)
    assert len(svg.findall(f"{space}path")[0].attrib["d"]) > 20


def test_an_area_is_drawn_as_one(book: Ledger) -> None:
    one = book.incident("army#i1")
    region = replace(one, places=(replace(one.places[0], radius_km=120.0),))
    shown = Incidents((region,))._repr_html_()
    assert 'circle class="area"' in shown
    assert 'class="spot"' not in shown
    nowhere = Incidents((replace(one, places=()),))._repr_html_()
    assert "<svg" not in nowhere
