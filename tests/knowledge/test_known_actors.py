"""The tables of who speaks and fights."""

from __future__ import annotations

from collections import Counter

import pytest

from rashomon.knowledge.actors import heads, known, nationalities, states
from rashomon.knowledge.tables import rows


@pytest.mark.parametrize(
    ("name", "country", "side"),
    [
        ("united nations", None, None),
        ("u.n.", None, None),
        ("hezbollah", "LB", "Hezbollah"),
        ("sbu", "UA", "Ukraine"),
        ("m23", "CD", "M23"),
        ("france", "FR", "France"),
    ],
)
def test_a_known_body(name: str, country: str | None, side: str | None) -> None:
    entry = known()[name]
    assert (entry.country, entry.side) == (country, side)


def test_no_body_goes_by_another_ones_name() -> None:
    names = Counter(
        name for row in rows("actors.tsv") for name in {row["name"], *filter(None, row["aliases"].split("|"))}
    )
    assert [name for name, times in names.items() if times > 1 and name != "RSF"] == []


def test_every_country_of_a_body_is_a_state() -> None:
    assert {row["country"] for row in rows("actors.tsv")} - {"-"} <= set(states())


def test_nationalities_and_nouns_are_lower_case() -> None:
    assert all(word == word.lower() for word in [*nationalities(), *heads()])
