"""How a figure was told over time, and that its drawing can be read without seeing it."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from tests.web.raids import answer, evidence, incident, killed

from rashomon.model.incident import Comparison, Relation
from rashomon.web.drawing import drawn, told
from rashomon.web.story import stories

SVG = "{http://www.w3.org/2000/svg}"
TOLL = incident(
    killed(
        answer(7, evidence("d1", "at least seven", 1, voice="Governor"), at_least=True),
        answer(9, evidence("d2", "9", 2, voice="Governor"), evidence("d3", "nine", 2, voice="Governor")),
        answer(6, evidence("d2", "6 to 30", 2, voice="<b>Army</b>"), high=30),
        relation=Relation.SUPERSEDED,
    ),
    Comparison("injured", Relation.SINGLE_SOURCE, (answer(3, evidence("d1", "three", voice="Governor")),)),
    Comparison("cause", Relation.SINGLE_SOURCE, (answer(None, evidence("d1", "a drone", voice="Governor")),)),
)


def test_a_story_is_what_was_told_more_than_once() -> None:
    (toll,) = stories(TOLL)
    assert toll.title == "people killed, as told over time"
    assert [(step.day.day, step.voice, step.words) for step in toll.steps] == [
        (1, "Governor", "at least 7"),
        (2, "<b>Army</b>", "6 to 30"),
        (2, "Governor", "9"),
    ]
    assert toll.path == "/incident/RA-TEST/story/killed.svg"


def test_figures_of_different_things_are_different_stories() -> None:
    apart = incident(
        Comparison(
            "weapons_used",
            Relation.AGREE,
            tuple(
                answer(n, evidence(f"d{n}", str(n), n, voice="Army"), unit=unit)
                for n, unit in ((1, "drone"), (2, "drone"), (3, "missile"), (4, "missile"))
            ),
        )
    )
    assert [story.id for story in stories(apart)] == ["weapons_used-drone", "weapons_used-missile"]


def test_a_drawing_is_well_formed_and_says_in_words_what_it_shows() -> None:
    (toll,) = stories(TOLL)
    root = ET.fromstring(drawn(toll))
    assert root.get("role") == "img"
    named = {one.get("id"): one.text for one in root}
    assert named[root.get("aria-labelledby")] == toll.title
    assert named[root.get("aria-describedby")] == told(toll)
    assert "1 Jun 2025, Governor: at least 7" in told(toll)
    assert [one.text for one in root.iter(f"{SVG}text") if one.text == "9"]


def test_a_drawing_keeps_its_figures_inside() -> None:
    (toll,) = stories(TOLL)
    root = ET.fromstring(drawn(toll))
    _, _, wide, high = map(float, (root.get("viewBox") or "").split())
    for circle in root.iter(f"{SVG}circle"):
        assert 0 <= float(circle.get("cx") or -1) <= wide
        assert 0 <= float(circle.get("cy") or -1) <= high


def test_a_story_of_nothing_but_zeros_can_be_drawn() -> None:
    zeros = incident(killed(*(answer(0, evidence(f"d{n}", "none", n, voice=str(n))) for n in (1, 2))))
    (story,) = stories(zeros)
    assert ET.fromstring(drawn(story)).tag == f"{SVG}svg"
