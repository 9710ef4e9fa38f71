"""Times in sentences written for these tests, with the days they mean."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.coding.calendar_words import WORDS
from rashomon.coding.times import times
from rashomon.model.document import Document, DocumentId
from rashomon.model.telling import Precision, Time
from rashomon.model.text import Span

WEDNESDAY = date(2025, 6, 4)


def read(text: str, published: date | None = WEDNESDAY, parts: list[Span] | None = None) -> tuple[Time, ...]:
    return times(Document(DocumentId("d"), text, published=published), parts)


def values(text: str, published: date | None = WEDNESDAY) -> list[tuple[str, str | None]]:
    return [(t.span.of(text), t.value) for t in read(text, published)]


@pytest.mark.parametrize(
    ("sentence", "words", "value"),
    [
        ("The bridge fell on 2 June 2025.", "2 June 2025", "2025-06-02"),
        ("The bridge fell on June 2, 2025, at noon.", "June 2, 2025", "2025-06-02"),
        ("The bridge fell on the 2nd of June 2025.", "the 2nd of June 2025", "2025-06-02"),
        ("It was Sunday, June 1, when it fell.", "Sunday, June 1", "2025-06-01"),
        ("It fell on Sept. 11, 2024.", "Sept. 11, 2024", "2024-09-11"),
        ("It fell on 2025-06-02 or so.", "2025-06-02", "2025-06-02"),
        ("Dated 02.06.2025, the order stands.", "02.06.2025", "2025-06-02"),
        ("Dated 6/2/2025, the order stands.", "6/2/2025", "2025-06-02"),
        ("Dated 25/5/2025, the order stands.", "25/5/2025", "2025-05-25"),
        ("Shelling began in May 2023.", "May 2023", "2023-05"),
        ("Shelling began in May of 2023.", "May of 2023", "2023-05"),
        ("Shelling began in early May.", "early May", "2025-05"),
        ("Shelling began at the end of March 2024.", "the end of March 2024", "2024-03"),
        ("Shelling began in mid-June 2024.", "mid-June 2024", "2024-06"),
        ("The war has raged since 2014.", "2014", "2014"),
        ("It began early in 2014.", "early in 2014", "2014"),
        ("The front froze in the late 1990s.", "the late 1990s", "199X"),
        ("A fort of the 19th century burned.", "the 19th century", "18XX"),
        ("The city was sacked in 480 BC.", "480 BC", "-0479"),
        ("Fighting eased in the winter of 2022.", "the winter of 2022", "2022-24"),
        ("Fighting eased last summer.", "last summer", "2024-22"),
        ("The siege began on Christmas Eve 2023.", "Christmas Eve 2023", "2023-12-24"),
        ("It was signed on New Year's Day 2024.", "New Year's Day 2024", "2024-01-01"),
        ("The first week of May was the worst.", "The first week of May", "2025-05-01/2025-05-07"),
    ],
)
def test_the_calendar_is_read_as_written(sentence: str, words: str, value: str) -> None:
    assert values(sentence)[0] == (words, value)


@pytest.mark.parametrize(
    ("sentence", "words", "value"),
    [
        ("Drones hit the port on Monday.", "Monday", "2025-06-02"),
        ("Drones hit the port on Wednesday.", "Wednesday", "2025-06-04"),
        ("Drones hit the port on Thursday.", "Thursday", "2025-05-29"),
        ("The ministers will meet on Thursday.", "Thursday", "2025-06-05"),
        ("The ministers will meet, aides said on Thursday.", "Thursday", "2025-05-29"),
        ("Talks are scheduled for Friday.", "Friday", "2025-06-06"),
        ("The mayor will speak about Friday's raid.", "Friday", "2025-05-30"),
        ("Drones hit the port last Wednesday.", "last Wednesday", "2025-05-28"),
        ("The court sits next Wednesday.", "next Wednesday", "2025-06-11"),
        ("The court sits this Friday.", "this Friday", "2025-06-06"),
        ("Drones hit the port on Saturday night.", "Saturday night", "2025-05-31"),
        ("Drones hit the port early on Tuesday.", "early on Tuesday", "2025-06-03"),
        ("Drones hit the port in the early hours of Tuesday.", "the early hours of Tuesday", "2025-06-03"),
        ("Drones hit the port yesterday.", "yesterday", "2025-06-03"),
        ("Drones hit the port overnight.", "overnight", "2025-06-03"),
        ("Drones hit the port last night.", "last night", "2025-06-03"),
        ("Drones hit the port this morning.", "this morning", "2025-06-04"),
        ("The truce ends tomorrow.", "tomorrow", "2025-06-05"),
        ("Drones hit the port three days ago.", "three days ago", "2025-06-01"),
        ("Drones hit the port two weeks ago.", "two weeks ago", "2025-05-19/2025-05-25"),
        ("Drones hit the port a month ago.", "a month ago", "2025-05"),
        ("Drones hit the port twenty-five years ago.", "twenty-five years ago", "2000"),
        ("Drones hit the port last week.", "last week", "2025-05-26/2025-06-01"),
        ("Drones hit the port earlier this week.", "earlier this week", "2025-06-02/2025-06-04"),
        ("The envoy returns later this week.", "later this week", "2025-06-04/2025-06-08"),
        ("The envoy returns next month.", "next month", "2025-07"),
        ("Drones hit the port last year.", "last year", "2024"),
        ("Drones hit the port in July last year.", "July last year", "2024-07"),
        ("Drones hit the port in March.", "March", "2025-03"),
        ("Drones hit the port in November.", "November", "2024-11"),
        ("The vote will be held in November.", "November", "2025-11"),
        ("Drones hit the port last May.", "last May", "2025-05"),
        ("Drones hit the port at the weekend.", "the weekend", "2025-05-31/2025-06-01"),
        ("Drones hit the port over the past two weeks.", "the past two weeks", "2025-05-21/2025-06-04"),
        ("Six died in the past 24 hours.", "the past 24 hours", "2025-06-03/2025-06-04"),
        ("The port reopens by the end of the month.", "the end of the month", "2025-06"),
        ("The port must reopen by year's end.", "year's end", "2025"),
        ("Drones hit the port on 20 November.", "20 November", "2024-11-20"),
        ("The port reopens on 20 June.", "20 June", "2025-06-20"),
        ("It recalled the Sept. 11 attacks.", "Sept. 11", "2001-09-11"),
    ],
)
def test_news_counts_from_the_day_of_publication(sentence: str, words: str, value: str) -> None:
    assert values(sentence) == [(words, value)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In May 1940 the army crossed the river. On 10 May it took the fort. The next day the town fell. "
            "Two weeks later the king fled, and by June all was over.",
            [
                ("May 1940", "1940-05"),
                ("10 May", "1940-05-10"),
                ("The next day", "1940-05-11"),
                ("Two weeks later", "1940-05-20/1940-05-26"),
                ("June", "1940-06"),
            ],
        ),
        (
            "The raids of December 1916 failed. In January the army tried again, and in August of that year it won.",
            [("December 1916", "1916-12"), ("January", "1917-01"), ("August of that year", "1917-08")],
        ),
        (
            "It ended on 3 March 1921. The same day a mutiny began. Later that month, the fleet left. "
            "Three years later it came back.",
            [
                ("3 March 1921", "1921-03-03"),
                ("The same day", "1921-03-03"),
                ("Later that month", "1921-03"),
                ("Three years later", "1924"),
            ],
        ),
        (
            "In June 1950 the army retreated, as it had planned to by 1940. On 4 July it dug in.",
            [("June 1950", "1950-06"), ("1940", "1940"), ("4 July", "1950-07-04")],
        ),
        ("The town held from 1915-17.", [("1915", "1915"), ("17", "1917")]),
        (
            "It lay in ruins in 490 BC. The following year it was rebuilt.",
            [("490 BC", "-0489"), ("The following year", "-0488")],
        ),
    ],
)
def test_histories_count_from_date_to_date(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text, None) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Shells fell on 31 May-2 June.", [("31 May", "2025-05-31"), ("2 June", "2025-06-02")]),
        ("Shells fell between 3 and 5 March 2024.", [("3", "2024-03-03"), ("5 March 2024", "2024-03-05")]),
        ("Shells fell on March 5-9, 2024.", [("March 5", "2024-03-05"), ("9, 2024", "2024-03-09")]),
        ("Shells fell on May 4 and 5.", [("May 4", "2025-05-04"), ("5", "2025-05-05")]),
        ("It ran between 11 May and 3 June 1967.", [("11 May", "1967-05-11"), ("3 June 1967", "1967-06-03")]),
        ("It ran from 2003 to 2006.", [("2003", "2003"), ("2006", "2006")]),
    ],
)
def test_a_range_is_its_two_ends(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert values(sentence) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell on Sunday. A day earlier, a mine blew up.", ["2025-06-01", "2025-05-31"]),
        ("Shells fell on Sunday. The next day, a mine blew up.", ["2025-06-01", "2025-06-02"]),
        ("Shells fell on Sunday. Hours later, a mine blew up.", ["2025-06-01", "2025-06-01"]),
        ("On Sunday, the day before the vote, shells fell.", ["2025-06-01", "2025-06-01"]),
        ("Shells fell at 5 a.m. on Sunday.", ["2025-06-01", "2025-06-01"]),
        (
            "Shells fell on 3 May, and on the 20th a mine blew up; on the 21st, rain fell.",
            ["2025-05-03", "2025-05-20", "2025-05-21"],
        ),
    ],
)
def test_steps_count_from_what_was_told_before(text: str, expected: list[str]) -> None:
    assert [value for _, value in values(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“They came today,” the mayor said on Monday.", ["2025-06-02", "2025-06-02"]),
        ("The mayor said on Monday: “They came yesterday.”", ["2025-06-02", "2025-06-01"]),
        ("“They came today,” the mayor said.", ["2025-06-04"]),
        ("“They came today.” A raid followed on Monday.", ["2025-06-04", "2025-06-02"]),
    ],
)
def test_today_in_a_quotation_is_the_day_it_was_said(text: str, expected: list[str]) -> None:
    assert [value for _, value in values(text)] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "He may march on the town, police sat down, and a second wall will fall.",
        "In the fall of Aleppo, Mar Elias and Theresa May saw a spring of hope.",
        "The three-day truce held for two weeks and the girl, aged 12, was jailed for 18 months.",
        "Some 1,500 people and 1500 soldiers crossed; at least 2000 died.",
        "Under Resolution 1701 the 3rd Division won 2:1 on the 38th parallel.",
        "Following days of rain, the White Christmas choir sang.",
    ],
)
def test_words_that_name_no_day_are_left_alone(sentence: str) -> None:
    assert values(sentence) == []


def test_text_without_capitals_and_without_a_date_goes_by_its_dateline() -> None:
    text = (
        "san salvador, 19 apr 89 (prensa) -- rebels may attack today. on 12 apr they sat down; last night, 5 marched."
    )
    assert values(text, None) == [
        ("19 apr 89", "1989-04-19"),
        ("today", "1989-04-19"),
        ("12 apr", "1989-04-12"),
        ("last night", "1989-04-18"),
    ]


@pytest.mark.parametrize(
    "sentence", ["They came on Monday.", "They came last week.", "They came on 3 May.", "They came today."]
)
def test_nothing_to_count_from_leaves_the_days_open(sentence: str) -> None:
    (found,) = read(sentence, None)
    assert (found.earliest, found.latest, found.value) == (None, None, None)


@pytest.mark.parametrize(
    ("sentence", "precision", "earliest", "latest"),
    [
        ("on 2 June", Precision.DAY, date(2025, 6, 2), date(2025, 6, 2)),
        ("on Monday night", Precision.PART_OF_DAY, date(2025, 6, 2), date(2025, 6, 2)),
        ("hours later", Precision.HOURS, WEDNESDAY, WEDNESDAY),
        ("at the weekend", Precision.WEEKEND, date(2025, 5, 31), date(2025, 6, 1)),
        ("last week", Precision.WEEK, date(2025, 5, 26), date(2025, 6, 1)),
        ("in early May", Precision.PART_OF_MONTH, date(2025, 5, 1), date(2025, 5, 31)),
        ("in May", Precision.MONTH, date(2025, 5, 1), date(2025, 5, 31)),
        ("in the spring of 2024", Precision.SEASON, date(2024, 3, 1), date(2024, 5, 31)),
        ("in 2024", Precision.YEAR, date(2024, 1, 1), date(2024, 12, 31)),
        ("in recent days", Precision.DAYS, None, None),
        ("several years ago", Precision.UNSPECIFIED_PAST, None, None),
        ("in 480 BC", Precision.YEAR, None, None),
    ],
)
def test_precision_and_days(sentence: str, precision: Precision, earliest: date | None, latest: date | None) -> None:
    (found,) = read(f"It happened {sentence}.")
    assert (found.precision, found.earliest, found.latest) == (precision, earliest, latest)


def test_only_the_given_parts_are_read() -> None:
    text = "Published Monday.\n\nIt fell on Sunday.\n\nMore from Tuesday"
    assert [t.span.of(text) for t in read(text, parts=[Span(19, 37)])] == ["Sunday"]


_PIECES = st.sampled_from(
    [*sorted(WORDS), "1939", "12", "3rd", "1980s", "5 a.m.", "2025-02-30", "99", "\n\n", "“", "”", "will", "5000"]
)


@given(
    st.lists(_PIECES, max_size=40),
    st.sampled_from([None, WEDNESDAY, date(2024, 2, 29), date(1, 1, 1), date(9999, 12, 31)]),
)
@settings(max_examples=300, deadline=None)
def test_any_heap_of_words_gives_ordered_spans_and_whole_days(pieces: list[str], published: date | None) -> None:
    text = " ".join(pieces)
    found = read(text, published)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    for time in found:
        assert time.span.of(text).strip() == time.span.of(text) != ""
        assert (time.earliest is None) == (time.latest is None)
        if time.earliest is not None and time.latest is not None:
            assert time.earliest <= time.latest
            assert time.value is not None
