"""Many tellings to one incident."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import permutations

import pytest

from rashomon.model.incident import IncidentId, Told
from rashomon.model.telling import Precision, Status
from rashomon.resolving.summary import summarise

Account = Callable[..., Told]
ID = IncidentId("RA-7F3K")


def of_june(day: int) -> date:
    return date(2025, 6, day) if day > 0 else date(2025, 5, 31 + day)


@pytest.mark.parametrize(
    ("kinds", "wanted"),
    [
        (["BOMB.VEHICLE", "BOMB.VEHICLE", "BOMB.IED"], "BOMB.VEHICLE"),
        (["BOMB.UNSPECIFIED", "BOMB.UNSPECIFIED", "BOMB.IED"], "BOMB.IED"),
        (["STRIKE.DRONE", "BOMB.IED", "STRIKE.MISSILE", "STRIKE.DRONE"], "STRIKE.DRONE"),
    ],
)
def test_kind(account: Account, kinds: list[str], wanted: str) -> None:
    told = [account("The *blast* hit Kharkiv.", kind=kind, name=f"d{at}") for at, kind in enumerate(kinds)]
    assert summarise(ID, told).kind == wanted


def test_a_copy_has_no_vote(account: Account) -> None:
    told = [account("The *blast* hit Kharkiv.", kind="BOMB.IED", name="wire")]
    told += [account("The *blast* hit Kharkiv.", kind="BOMB.IED", name=f"c{n}", copy_of="wire") for n in range(3)]
    told += [account("The *blast* hit Kharkiv.", kind="BOMB.VEHICLE", name=f"d{n}") for n in range(2)]
    assert summarise(ID, told).kind == "BOMB.VEHICLE"


@pytest.mark.parametrize(
    ("statuses", "wanted"),
    [
        ([Status.CLAIMED, Status.OCCURRED, Status.DENIED], Status.OCCURRED),
        ([Status.PLANNED, Status.CLAIMED], Status.CLAIMED),
        ([Status.DENIED, Status.THREATENED], Status.THREATENED),
        ([Status.DENIED, Status.DENIED], Status.DENIED),
    ],
)
def test_status(account: Account, statuses: list[Status], wanted: Status) -> None:
    told = [account("The *blast* hit Kharkiv.", status=status, name=f"d{at}") for at, status in enumerate(statuses)]
    assert summarise(ID, told).status is wanted


@pytest.mark.parametrize(
    ("articles", "earliest", "latest", "precision"),
    [
        pytest.param([(3, "The *blast* hit Kharkiv on Monday.")], 2, 2, Precision.DAY, id="a day"),
        pytest.param(
            [(3, "The *blast* hit Kharkiv on Monday."), (4, "The *blast* hit Kharkiv this week.")],
            2,
            2,
            Precision.DAY,
            id="the tightest of those that agree",
        ),
        pytest.param(
            [
                (3, "The *blast* hit Kharkiv on Monday."),
                (4, "The *blast* hit Kharkiv on Monday."),
                (4, "The *blast* hit Kharkiv on Sunday."),
            ],
            2,
            2,
            Precision.DAY,
            id="what most say",
        ),
        pytest.param([(3, "The *blast* hit Kharkiv.")], 2, 3, Precision.DAYS, id="the day of print or the one before"),
        pytest.param(
            [(3, "[Police] <said> on Tuesday {the *blast* hit Kharkiv}.")],
            2,
            3,
            Precision.DAYS,
            id="when it was said is not when it happened",
        ),
    ],
)
def test_days(
    account: Account, articles: list[tuple[int, str]], earliest: int, latest: int, precision: Precision
) -> None:
    found = summarise(ID, [account(text, day, name=f"d{at}") for at, (day, text) in enumerate(articles)])
    assert (found.earliest, found.latest, found.precision) == (of_june(earliest), of_june(latest), precision)


def test_places_are_told_once_the_most_exact_first(account: Account) -> None:
    told = [
        account("The *blast* hit Ukraine.", name="a"),
        account("The *blast* hit Chuhuiv in Ukraine.", name="b"),
        account("The *blast* hit Chuhuiv.", name="c"),
    ]
    (place,) = summarise(ID, told).places
    assert (place.name, place.admin1, place.country) == ("Chuhuiv", "Kharkiv Oblast", "UA")


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("A *blast* hit Chuhuiv, Kharkiv police said. Kharkiv police are looking on.", ["Chuhuiv", "Kharkiv"]),
        ("{A *blast* hit Chuhuiv}, [the Kharkiv City Council] <said>.", ["Chuhuiv"]),
    ],
)
def test_a_town_stands_beside_its_quarter_where_its_police_act(account: Account, words: str, wanted: list[str]) -> None:
    assert [place.name for place in summarise(ID, [account(words)]).places] == wanted


def test_participants_go_by_one_name(account: Account) -> None:
    told = [
        account("«Russian» troops *attacked* Kharkiv.", name="a"),
        account("[Kyiv] <blamed> {‹Russia› for the *attack*}.", name="b"),
        account("«Orlovac» *attacked* Kharkiv. Vesna Orlovac, a colonel, fled.", name="c"),
    ]
    found = {(one.role, one.actor, one.alleged_by) for one in summarise(ID, told).participants}
    assert ("alleged_perpetrator", "Russia", "Ukrainian government") in found
    assert ("perpetrator", "Vesna Orlovac", None) in found


def test_documents_and_tellings_stand_in_the_order_of_publication(account: Account) -> None:
    told = [account("The *blast* hit Kharkiv.", day, name=name) for day, name in ((3, "c"), (1, "b"), (1, "a"))]
    found = summarise(ID, told)
    assert found.documents == ("a", "b", "c")
    assert found.tellings == ("a#i1", "b#i1", "c#i1")
    assert all(summarise(ID, order) == found for order in permutations(told))


def test_an_incident_needs_a_telling() -> None:
    with pytest.raises(ValueError, match="RA-7F3K"):
        summarise(ID, [])
