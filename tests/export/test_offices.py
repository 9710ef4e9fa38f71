"""Offices that documents say people hold, and how FollowTheMoney gets them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from datetime import date

import pytest

from rashomon.export import FORMATS, Holdings
from rashomon.export.offices import offices
from rashomon.model.document import Document, DocumentId
from rashomon.model.incident import Incident
from rashomon.model.reading import Maker, Reading
from rashomon.model.telling import Actor, ActorId
from rashomon.model.text import Span

Shelve = Callable[[Sequence[Reading], Sequence[Incident]], Holdings]


def reading(text: str, *names: str, document: str = "post-1", country: str | None = "TD") -> Reading:
    """A document in which these actors are mentioned."""
    actors = []
    for number, name in enumerate(names, 1):
        at = [Span(start, start + len(name)) for start in range(len(text)) if text.startswith(name, start)]
        actors.append(Actor(ActorId(f"a{number}"), name, "executive", tuple(at), None, country))
    page = Document(DocumentId(document), text, None, "Kuratovo Post", None, date(2031, 6, 3), "en")
    return Reading(page, tuple(actors), (), (), (), (), (), (), (), Maker("1", "none"))


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Tarna's acting mayor Lena Ost said so.", "Tarna's acting mayor"),
        ("On Monday the regional governor Lena Ost denied it.", "regional governor"),
        ("Defence Minister Lena Ost denied it.", "Defence Minister"),
        ("Lena Ost, the governor of Tarna Province, denied it.", "governor of Tarna Province"),
        ("Lena Ost, head of the service, denied it.", "head of the service"),
        ("Lena Ost, who was in town, denied it.", None),
        ("The mayor said that Lena Ost denied it.", None),
        ("The mayor. Lena Ost denied it.", None),
        ("Residents and Lena Ost denied it.", None),
    ],
)
def test_offices_are_read_where_they_stand(text: str, office: str | None) -> None:
    found = [one.span.of(text) for one in offices(reading(text, "Lena Ost"))]
    assert found == ([] if office is None else [office])


def test_who_holds_which_office_is_each_documents_word(shelve: Shelve) -> None:
    told = [
        reading("Governor Lena Ost denied it.", "Lena Ost"),
        reading("Governor Lena Ost agreed. Lena Ost, the mayor of Tarna, left.", "Lena Ost", document="wire-1"),
    ]
    stream = io.BytesIO()
    FORMATS["ftm"](shelve(told, ()), stream)
    entities = [json.loads(line) for line in stream.getvalue().splitlines()]
    by = {
        schema: [one for one in entities if one["schema"] == schema] for schema in ("Person", "Position", "Occupancy")
    }
    (person,) = by["Person"]
    assert person["properties"] == {"name": ["Lena Ost"], "country": ["td"]}
    assert [one["properties"]["name"] for one in by["Position"]] == [["Governor"], ["mayor of Tarna"]]
    held = [one["properties"] for one in by["Occupancy"]]
    assert [one["summary"] for one in held] == [["Governor"], ["Governor"], ["mayor of Tarna"]]
    assert {tuple(one["holder"]) for one in held} == {(person["id"],)}
    assert [one["post"] for one in held] == [[by["Position"][n]["id"]] for n in (0, 0, 1)]
    assert {(*one["date"], *one["publisher"]) for one in held} == {("2031-06-03", "Kuratovo Post")}


def test_the_offices_are_valid(shelve: Shelve) -> None:
    ftm = pytest.importorskip("followthemoney", reason="ftm is not installed: pip install '.[ftm]'")
    stream = io.BytesIO()
    FORMATS["ftm"](shelve([reading("Governor Lena Ost denied it.", "Lena Ost")], ()), stream)
    for line in stream.getvalue().splitlines():
        entity = json.loads(line)
        assert ftm.model.get_proxy(entity).to_dict()["properties"] == entity["properties"]


def test_the_same_words_are_another_office_in_another_country(shelve: Shelve) -> None:
    told = [
        reading("Governor Lena Ost denied it.", "Lena Ost"),
        reading("Governor Oleg Tarn denied it.", "Oleg Tarn", document="wire-1", country="SD"),
    ]
    stream = io.BytesIO()
    FORMATS["ftm"](shelve(told, ()), stream)
    posts = [json.loads(line) for line in stream.getvalue().splitlines() if b'"Position"' in line]
    assert [one["properties"] for one in posts] == [
        {"name": ["Governor"], "country": ["td"]},
        {"name": ["Governor"], "country": ["sd"]},
    ]
    assert len({one["id"] for one in posts}) == 2
