"""Whose picture it is: a line goes in, the kinds of its parts come out."""

from __future__ import annotations

import time

import pytest

from rashomon.sources.blocks import blocks
from rashomon.sources.credits import credited_line, tail

BEFORE = "The governor said on Monday that three bridges in the bay had fallen, one of them under a goods train."
AFTER = "Engineers were looking at a fourth bridge, he said, and the road to the port would stay shut until Friday."


def parts(line: str) -> list[tuple[str, str]]:
    """What a line in the midst of an article is taken for."""
    text = f"{BEFORE}\n{line}\n{AFTER}"
    return [(block.kind.value, block.span.of(text)) for block in blocks(text)][1:-1]


@pytest.mark.parametrize(
    "line",
    [
        "Ana Ruiz/AP",
        "Ana Ruiz / AFP",
        "Ana Ruiz/AFP via Getty Images",
        "Ana Ruiz/EPA-EFE/Shutterstock",
        "Tarna Border Service/AP",
        "Handout via Reuters",
        "AP Photo/Ana Ruiz",
        "REUTERS/Ana Ruiz",
        "via REUTERS",
        "(AP Photo/Ana Ruiz)",
        "[Ana Ruiz/Al Jazeera]",
        "Photograph: Ana Ruiz/AFP via Getty Images",
        "Photo by Ana Ruiz/AFP via Getty Images",
        "Image: Ana Ruiz/dpa/picture alliance",
        "Credit...Ana Ruiz for The New York Times",
        "Image copyright AFP/Getty Images",
        "Image source, Getty Images",
        "Courtesy of Ana Ruiz",
        "© Ana Ruiz, AFP",
        "Reuters",
    ],
)
def test_a_credit_alone(line: str) -> None:
    assert credited_line(line)
    assert parts(line) == [("credit", line)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Smoke over the port. Ana Ruiz/AFP via Getty Images",
         [("caption", "Smoke over the port."), ("credit", "Ana Ruiz/AFP via Getty Images")]),
        ("Smoke over the port. REUTERS/Ana Ruiz",
         [("caption", "Smoke over the port."), ("credit", "REUTERS/Ana Ruiz")]),
        ("Smoke over the port. | Photo: AFP", [("caption", "Smoke over the port."), ("credit", "Photo: AFP")]),
        ("Smoke over the port. Photograph: Ana Ruiz/AP",
         [("caption", "Smoke over the port."), ("credit", "Photograph: Ana Ruiz/AP")]),
        ("Smoke over the port [File: Ana Ruiz/AFP]",
         [("caption", "Smoke over the port"), ("credit", "[File: Ana Ruiz/AFP]")]),
        ("Image copyright AFP Image caption The bridge fell at dawn",
         [("credit", "Image copyright AFP"), ("ui_boilerplate", "Image caption"),
          ("caption", "The bridge fell at dawn")]),
        ("Media caption The bridge fell at dawn",
         [("ui_boilerplate", "Media caption"), ("caption", "The bridge fell at dawn")]),
        ("Ana Ruiz/AP toggle caption", [("credit", "Ana Ruiz/AP"), ("ui_boilerplate", "toggle caption")]),
        ("Smoke over the port.Ana Ruiz/APhide caption",
         [("caption", "Smoke over the port."), ("credit", "Ana Ruiz/AP"), ("ui_boilerplate", "hide caption")]),
        ("The bridge fell at dawn. Ana Ruiz/APhide captionThe army said that it had been mined.",
         [("paragraph", "The bridge fell at dawn."), ("credit", "Ana Ruiz/AP"), ("ui_boilerplate", "hide caption"),
          ("paragraph", "The army said that it had been mined.")]),
        ("The bridge fell. Image copyright EPA Image caption Crowds at the bridge The army said it was mined.",
         [("paragraph", "The bridge fell."), ("credit", "Image copyright EPA"), ("ui_boilerplate", "Image caption"),
          ("paragraph", "Crowds at the bridge The army said it was mined.")]),
    ],
)  # fmt: skip
def test_a_credit_beside_other_words(line: str, expected: list[tuple[str, str]]) -> None:
    assert parts(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "The army said on Friday that the town had fallen. (Reuters/NAN)",
        "A spokesman told AFP that the town had fallen.",
        "The report, seen by Reuters, said nothing of the bridge.",
        "Images showed the bridge at dawn, and a caption named it.",
        "Video of the blast was posted via Telegram on Friday.",
        "Pictures by the agency AFP/Reuters show the bridge, which fell at dawn.",
    ],
)
def test_an_agency_in_a_sentence_is_no_credit(line: str) -> None:
    assert tail(line) is None
    assert parts(line) == [("paragraph", line)]


@pytest.mark.parametrize("filling", ["Ana ", "Ana/", "Image copyright ", "hide caption A", "of the ", "AP/", "© A, "])
def test_long_lines_cost_no_time(filling: str) -> None:
    started = time.process_time()
    blocks(filling * 3000)
    assert time.process_time() - started < 2
