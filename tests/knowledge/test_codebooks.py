"""The correspondence to other codebooks is whole: no kind, actor, place or word of ours is forgotten in it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import pytest

from rashomon.knowledge.actors import heads
from rashomon.knowledge.codebooks import (
    Exactness,
    acled_time,
    coded,
    exactness,
    sector,
    terms,
    ucdp_time,
)
from rashomon.knowledge.gazetteer import Kind
from rashomon.knowledge.kinds import kinds
from rashomon.model.document import Dating
from rashomon.model.incident import Polarity, Relation
from rashomon.model.judgement import Verdict
from rashomon.model.telling import Act, Bound, Distance, Precision, Share, Speech, Stance, Status, Verification

EVENTS = """Battles|Explosions/Remote violence|Violence against civilians|Protests|Riots|Strategic developments"""
PLOVER = frozenset(
    """AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE
    COERCE ASSAULT""".split()
)


def test_every_kind_has_its_row() -> None:
    assert list(kinds()) == sorted(coded(), key=list(kinds()).index)


def test_events_are_theirs() -> None:
    for code in coded().values():
        assert {code.plover, code.planned} <= PLOVER | {""}
        assert code.acled in ("", *EVENTS.split("|"))
        assert code.acled or not code.sub_event
        assert all(1 <= int(root) <= 20 and len(root) == 2 for root in code.cameo)
        assert all(any(detail.startswith(root) for root in code.cameo) for detail in code.detail), code.kind


@pytest.mark.parametrize(
    ("kind", "plover", "modes", "acled", "sub_event"),
    [
        ("STRIKE.COMBINED", "ASSAULT", ("drone", "heavy-weapons"), "Explosions/Remote violence", "Air/drone strike"),
        ("TERR.CAPTURE", "ASSAULT", (), "Battles", ""),
        ("VIOL.THWARTED", "ASSAULT", (), "Strategic developments", "Disrupted weapons use"),
        ("PROT.PEACEFUL", "PROTEST", ("demo",), "Protests", "Peaceful protest"),
        ("DIP.THREAT", "THREATEN", (), "", ""),
        ("INFRA.CRASH", "", (), "", ""),
    ],
)
def test_a_kind_in_others_words(kind: str, plover: str, modes: tuple[str, ...], acled: str, sub_event: str) -> None:
    code = coded()[kind]
    assert (code.plover, code.modes, code.acled, code.sub_event) == (plover, modes, acled, sub_event)


@pytest.mark.parametrize(
    ("kind", "name", "plover", "inter", "organised"),
    [
        ("army", "Marala Army", "MIL", 1, True),
        ("police", "Kuratovo police", "COP", 1, True),
        ("rebel", "Northern Front", "REB", 2, True),
        ("rebel", "masked gunmen", "UAF", 3, False),
        ("rebel", "Gunmen", "UAF", 3, False),
        ("protesters", "two gunmen", "UAF", 3, False),
        ("resident", "villagers", "CVL", 7, False),
        ("igo", "Blue Mission", "IGO", 8, True),
        ("executive", "Marala government", "GOV", None, False),
        ("ngo", "Aid for All", None, None, False),
        (None, "drones", None, None, False),
        (None, "", None, None, False),
    ],
)
def test_somebody_in_others_words(
    kind: str | None, name: str, plover: str | None, inter: int | None, organised: bool
) -> None:
    found = sector(kind, name)
    assert (found.plover, found.inter, found.organised) == (plover, inter, organised)


def test_a_kind_of_actor_with_a_sector_is_one_of_ours() -> None:
    ours = {head.kind for head in heads().values()} | {"resident", "igo", "navy", "air_force"}
    unknown = [kind for kind in ours if sector(kind, "Somebody").plover is None]
    assert sorted(unknown) == sorted(
        """analyst anonymous_collective blogger cleric company document media ngo person rescue_service spokesperson
        visual_item""".split()
    )


@pytest.mark.parametrize(
    ("precision", "acled", "ucdp"),
    [
        (Precision.DAY, 1, 1),
        (Precision.HOURS, 2, 2),
        (Precision.WEEK, 2, 3),
        (Precision.MONTH, 3, 4),
        (Precision.YEAR, None, 5),
    ],
)
def test_how_exact_a_time_is(precision: Precision, acled: int | None, ucdp: int) -> None:
    assert (acled_time(precision), ucdp_time(precision)) == (acled, ucdp)


@pytest.mark.parametrize(
    ("kind", "radius", "near", "found"),
    [
        ("bridge", 1.0, False, Exactness(1, 1, 5)),
        ("city", 10.0, False, Exactness(1, 1, 4)),
        ("city", 10.0, True, Exactness(2, 2, 4)),
        ("district", 30.0, True, Exactness(3, 3, 3)),
        ("region", 150.0, False, Exactness(3, 4, 2)),
        ("island", 5.0, False, Exactness(2, 2, 4)),
        ("island", 200.0, False, Exactness(3, 5, None)),
        ("sea", 300.0, False, Exactness(3, 7, None)),
        ("country", 600.0, False, Exactness(None, 6, 1)),
        (None, 5.0, False, Exactness(1, 1, 4)),
        (None, 20.0, False, Exactness(2, 2, 4)),
        (None, 40.0, False, Exactness(3, 3, 3)),
        (None, 200.0, False, Exactness(3, 4, 2)),
        (None, 900.0, False, Exactness(None, 6, 1)),
        (None, None, False, Exactness(3, 5, None)),
    ],
)
def test_how_exact_a_place_is(kind: str | None, radius: float | None, near: bool, found: Exactness) -> None:
    assert exactness(kind, radius, near=near) == found


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.CONTINENT, Kind.DEMONYM}))
def test_every_kind_of_place_is_as_exact_as_its_kind_says(kind: Kind) -> None:
    """Whatever its radius: a kind that is forgotten would go by it."""
    assert exactness(kind, 2.0) == exactness(kind, 24.0)


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("status", Status),
        ("relation", Relation),
        ("polarity", Polarity),
        ("speech", Speech),
        ("act", Act),
        ("stance", Stance),
        ("distance", Distance),
        ("precision", Precision),
        ("bound", Bound),
        ("share", Share),
        ("verification", Verification),
        ("dating", Dating),
        ("verdict", Verdict),
    ],
)
def test_every_word_of_a_column_is_explained(column: str, words: Iterable[StrEnum]) -> None:
    explained = {term.code: term.words for term in terms() if term.column == column}
    assert set(explained) == {str(word) for word in words}
    assert all(explained.values())
