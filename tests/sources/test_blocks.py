"""What every stretch of a text is; when unsure it is a paragraph."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.model.document import Block, BlockKind
from rashomon.sources.blocks import blocks
from rashomon.sources.dates import in_text, in_url, iso, standing_alone

BEFORE = "The governor said on Monday that three bridges in the bay had fallen, one of them under a goods train."
AFTER = "Engineers were looking at a fourth bridge, he said, and the road to the port would stay shut until Friday."


def kinds(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(block.kind.value, block.span.of(text)) for block in blocks(text, title)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By Jane Doe", "byline"),
        ("By JANE DOE and JOHN ROE, Quay Staff", "byline"),
        ("By Monday the town was empty.", "paragraph"),
        ("By then Doe had left the country, his lawyer said.", "paragraph"),
        ("Advertisement", "ui_boilerplate"),
        ("Read the rest here.", "ui_boilerplate"),
        ("Sign up for our morning letter", "ui_boilerplate"),
        ("Share this story", "ui_boilerplate"),
        ("hide caption", "ui_boilerplate"),
        ("© 2024 North Quay Wire. All rights reserved.", "ui_boilerplate"),
        ("Read more: Ten bridges that may fall next", "ui_boilerplate"),
        ("Also read: Ten bridges that may fall next", "ui_boilerplate"),
        ("Share prices fell after the attack, traders said.", "paragraph"),
        ("Sign language was used at the funeral.", "paragraph"),
        ("NPR producer Ana Quill contributed to this report.", "contributor_line"),
        ("Ana Quill in Kyiv and Sam Reed contributed reporting.", "contributor_line"),
        ("(Reporting by Ana Quill in Kyiv; Editing by Sam Reed)", "contributor_line"),
        ("Reporting by local newspapers suggests that the toll is higher.", "paragraph"),
        ("The floods contributed to this report's delay, the ministry said.", "paragraph"),
        ("Photo by Mara Vale", "credit"),
        ("Mara Vale/Getty Images", "credit"),
        ("Photos of the wreck were shown on state television.", "paragraph"),
        ("HARROW BAY, Calder, June 2 (AP) —", "dateline"),
        ("Published: June 2, 2025", "dateline"),
        ("A fourth bridge", "topic_heading"),
        ("The governor spoke again:", "paragraph"),
        ("“We will rebuild,” he said.", "paragraph"),
        ("In this photo we see a broken country, the priest said.", "paragraph"),
        ("Video of the collapse was checked by Reuters.", "paragraph"),
    ],
)
def test_a_line_between_two_paragraphs(line: str, kind: str) -> None:
    assert kinds(f"{BEFORE}\n{line}\n{AFTER}") == [("paragraph", BEFORE), (kind, line), ("paragraph", AFTER)]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (
            "Rescuers carry a man from the wreck on Monday.Mara Vale/AFP/Getty Imageshide caption",
            [
                ("caption", "Rescuers carry a man from the wreck on Monday."),
                ("credit", "Mara Vale/AFP/Getty Images"),
                ("ui_boilerplate", "hide caption"),
            ],
        ),
        (
            "This image taken from video released Sunday shows a burning bridge.Calder Defence Ministry/AP",
            [
                ("caption", "This image taken from video released Sunday shows a burning bridge."),
                ("credit", "Calder Defence Ministry/AP"),
            ],
        ),
        (
            "The bridge before it fell. (AP Photo/Mara Vale)",
            [("caption", "The bridge before it fell."), ("credit", "(AP Photo/Mara Vale)")],
        ),
        ("FILE PHOTO: The bridge in March.", [("caption", "FILE PHOTO: The bridge in March.")]),
        ("The rebels said the bridge was empty. (AP)", [("paragraph", "The rebels said the bridge was empty. (AP)")]),
    ],
)
def test_captions_with_their_credits(line: str, parts: list[tuple[str, str]]) -> None:
    assert kinds(f"{BEFORE}\n{line}\n{AFTER}")[1:-1] == parts


@pytest.mark.parametrize(
    ("text", "title", "first"),
    [
        (f"Bridge falls at Harrow Bay\n\n{BEFORE}", None, ("headline", "Bridge falls at Harrow Bay")),
        (
            f"Bridge falls at Harrow Bay.\n\n{BEFORE}",
            "Bridge falls at Harrow Bay",
            ("headline", "Bridge falls at Harrow Bay."),
        ),
        (
            f"A bridge fell at Harrow Bay on Monday.\n\n{BEFORE}",
            None,
            ("paragraph", "A bridge fell at Harrow Bay on Monday."),
        ),
        ("Bridge falls at Harrow Bay", None, ("paragraph", "Bridge falls at Harrow Bay")),
        (BEFORE, None, ("paragraph", BEFORE)),
    ],
)
def test_headline(text: str, title: str | None, first: tuple[str, str]) -> None:
    assert kinds(text, title)[0] == first


def test_lines_that_only_wrap_are_one_paragraph() -> None:
    one = (
        "THE GOVERNOR SAID ON MONDAY THAT THREE BRIDGES IN THE BAY HAD\n"
        "FALLEN, ONE OF THEM UNDER A GOODS TRAIN THAT WAS CARRYING\nGRAIN."
    )
    two = (
        "ENGINEERS WERE LOOKING AT A FOURTH BRIDGE, HE SAID, AND THE\n"
        "ROAD TO THE PORT WOULD STAY SHUT UNTIL FRIDAY AT THE VERY\nLEAST."
    )
    assert kinds(f"   {one}\n\n   {two}\n") == [("paragraph", one), ("paragraph", two)]


def test_lines_that_end_sentences_are_paragraphs() -> None:
    text = "\n".join(f"The governor said that bridge number {n} in the bay had fallen." for n in range(8))
    assert len(blocks(text)) == 8


LINES = st.sampled_from(
    [
        BEFORE,
        AFTER,
        "By Jane Doe",
        "A. Vale/AP",
        "It fell.Mara Vale/APhide caption",
        "hide caption",
        "",
        " \t",
        "\u2028x",
        "KYIV -",
    ]
)


@given(st.lists(LINES | st.text(max_size=40), max_size=12), st.sampled_from(["\n", "\n\n", "\r\n", "\n \n"]))
def test_blocks_are_in_order_never_overlap_and_hold_all_that_is_visible(lines: list[str], end: str) -> None:
    text = end.join(lines)
    found = blocks(text)
    last = 0
    for block in found:
        assert last <= block.start < block.end <= len(text)
        assert not text[last : block.start].strip()
        words = text[block.start : block.end]
        assert words == words.strip()
        last = block.end
    assert not text[last:].strip()


def test_long_odd_lines_take_no_time() -> None:
    hard = ["A-" * 125, "By " + "A " * 120, "A, " * 80, "A and " * 40, "(Reporting by " + "A; " * 70]
    odd = [*hard, "©" * 200, "A." * 120, "A/" * 120, "A of " * 50 + "contributed", "- " * 120]
    begun = time.perf_counter()
    assert len(blocks("\n".join(odd * 50))) == len(odd) * 50
    assert time.perf_counter() - begun < 3


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("BAGHDAD, Iraq, April 26, 2016 --", date(2016, 4, 26)),
        ("HARROW BAY, 2 June 2025 (AP) - Three bridges fell.", date(2025, 6, 2)),
        ("Friday, August 21, 2015", date(2015, 8, 21)),
        ("Posted Jun. 15, 2015 at 8:20 AM", date(2015, 6, 15)),
        ("2025-06-02", date(2025, 6, 2)),
        ("February 30, 2015", None),
        ("Updated: January 9, 2017", None),
        ("On April 26, 2016, three bridges fell - the governor said.", None),
        ("KYIV, June 2 (AP) -", None),
    ],
)
def test_dates_at_the_top_of_a_text(line: str, day: date | None) -> None:
    assert in_text(line, (Block(BlockKind.PARAGRAPH, 0, len(line)),)) == day


def test_a_date_farther_down_is_not_the_papers() -> None:
    text = "\n".join([BEFORE] * 6 + ["Friday, August 21, 2015", AFTER])
    assert in_text(text, blocks(text)) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://quay.example/2025/06/02/bridge", date(2025, 6, 2)),
        ("https://quay.example/news/2025-06-02-bridge.html", date(2025, 6, 2)),
        ("https://quay.example/20250602/bridge", date(2025, 6, 2)),
        ("https://quay.example/2025/06/31/bridge", None),
        ("https://quay.example/story/120250602999", None),
        (None, None),
    ],
)
def test_dates_in_addresses(url: str | None, day: date | None) -> None:
    assert in_url(url) == day


@pytest.mark.parametrize("value", ["2025-6-2", "2025-02-29", "2 June 2025", "2025-06-02 noon", "", "20250602"])
def test_what_is_no_iso_date(value: str) -> None:
    with pytest.raises(ValueError, match=r"date like|does not exist"):
        iso(value)


def test_iso_dates_and_times() -> None:
    assert iso("2024-02-29") == iso("2024-02-29T23:59:59+03:00") == iso(" 2024-02-29 00:01 ") == date(2024, 2, 29)
    assert standing_alone("Bridge falls") is None
