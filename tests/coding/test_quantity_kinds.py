from __future__ import annotations

import pytest

from rashomon.coding.quantity_kinds import BY_EVENT, BY_SORT, default_kind, kind_of
from rashomon.knowledge.counted import nouns, outcomes


def test_every_listed_outcome_says_something_of_something() -> None:
    events = {outcome.event for group in outcomes().values() for outcome in group}
    assert events <= BY_EVENT.keys()


def test_the_tables_know_only_listed_classes() -> None:
    sorts = {noun.sort for noun in nouns().values()}
    assert {sort for kinds in BY_EVENT.values() for sort in kinds} | BY_SORT.keys() <= sorts


@pytest.mark.parametrize(
    ("event", "sort", "kind"),
    [
        (None, "arrest", "detained"),
        ("kill", "person", "killed"),
        ("kill", "force", "killed"),
        ("kill", "", "killed"),
        ("kill", None, "killed"),
        ("kill", "animal", None),
        ("destroy", "person", None),
        ("destroy", "vehicle", "vehicles_damaged"),
        ("release", "", None),
        ("release", None, "released"),
        ("by", None, None),
        (None, "dead", "killed"),
        (None, "person", None),
        ("toll", "casualty", "killed_or_injured"),
    ],
)
def test_kind_of(event: str | None, sort: str | None, kind: str | None) -> None:
    assert kind_of(event, sort) == kind


@pytest.mark.parametrize(("sort", "kind"), [("force", "troops"), ("person", "count_other"), (None, "count_other")])
def test_default_kind(sort: str | None, kind: str) -> None:
    assert default_kind(sort) == kind
