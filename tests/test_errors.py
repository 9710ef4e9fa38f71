"""The page of errors: kinds made by rules from a ledger and a reading, and what the page says of them."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

import errors
import faults
import ledger_faults
from claims import scorer
from faults import Row

DATA = Path(os.environ.get("RASHOMON_DATA") or Path(__file__).resolve().parent.parent.parent / "shared")
NONE = ModuleType("none")  # for kinds that ask nothing of the scorer
TEXT = (
    "A drone struck Orsa on Monday, General Ruiz said. Four men died. "
    "A bus fell in Lugo on Friday. The claim could not be verified."
)


@pytest.fixture
def score() -> ModuleType:
    """The scorer, which lies beside the data and does not ship."""
    path = DATA / "bench" / "score.py"
    if not path.is_file():
        pytest.skip("the data folder is absent (set RASHOMON_DATA)")
    return scorer(path)


def at(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


def gold_at(words: str) -> dict[str, int]:
    start, end = at(words)
    return {"start": start, "end": end}


def ledger() -> Row:
    """A hand-made ledger: a strike, a crash, a claim, a figure, a caveat."""
    return {
        "text": TEXT,
        "entities": [{"id": "E.ruiz", "name": "General Ruiz"}],
        "places": [{"id": "P.1", "name": "Orsa"}, {"id": "P.2", "name": "Lugo"}],
        "attributions": [
            {
                "source": gold_at("General Ruiz"),
                "source_entity": "E.ruiz",
                "cue": gold_at("said"),
                "content": [gold_at("A drone struck Orsa on Monday,")],
            }
        ],
        "incidents": [
            {
                "id": "G1",
                "type": "STRIKE.DRONE",
                "mentions": [gold_at("struck")],
                "date": {"start": "2031-03-03", "end": "2031-03-03"},
                "places": [{"place": "P.1"}],
            },
            {
                "id": "G2",
                "type": "INFRA.CRASH",
                "mentions": [gold_at("fell")],
                "date": {"start": "2031-03-07", "end": "2031-03-07"},
                "places": [{"place": "P.2"}],
            },
        ],
        "quantities": [
            {"span": gold_at("Four men"), "kind": "killed", "bound": "exact", "interval": [4, 4], "incident": "G1"}
        ],
        "verification": [{"span": gold_at("The claim could not be verified"), "status": "could_not_verify"}],
    }


def incident(name: str, kind: str, words: str, *, time: str | None = None, places: tuple[str, ...] = ()) -> Row:
    told = [{"place": place, "role": "location"} for place in places]
    return {"id": name, "kind": kind, "trigger": [at(words)], "time": time, "places": told}


def reading(*incidents: Row, **more: list[Row]) -> Row:
    days = {"t1": ("Monday", "2031-03-03"), "t2": ("Friday", "2031-03-07")}
    sites = {"p1": "Orsa", "p2": "Lugo"}
    read: Row = {
        "document": {"text": TEXT},
        "actors": [],
        "claims": [],
        "quantities": [],
        "caveats": [],
        "incidents": list(incidents),
        "times": [{"id": t, "span": at(w), "earliest": day, "latest": day} for t, (w, day) in days.items()],
        "places": [{"id": p, "span": at(w), "name": w, "resolved": None, "country": None} for p, w in sites.items()],
    }
    return read | more


STRUCK = incident("i1", "STRIKE.DRONE", "struck", time="t1", places=("p1",))
FELL = incident("i2", "INFRA.CRASH", "fell", time="t2", places=("p2",))


@pytest.mark.parametrize(
    ("incidents", "kinds"),
    [
        ((STRUCK, FELL), []),
        ((STRUCK,), ["missed: INFRA"]),
        (
            (STRUCK, incident("i2", "INFRA.EXPLOSION", "fell")),
            ["kind within the family: INFRA.EXPLOSION for INFRA.CRASH"],
        ),
        ((STRUCK, FELL, incident("i3", "STRIKE.AIR", "struck")), ["one incident split in two"]),
        ((STRUCK, incident("i2", "TERR.CAPTURE", "fell")), ["other family: TERR for INFRA"]),
        ((STRUCK, FELL, incident("i3", "DIP.TALKS", "verified")), ["words in passing taken for one: DIP"]),
    ],
)
def test_incidents(incidents: tuple[Row, ...], kinds: list[str]) -> None:
    assert list(ledger_faults.incidents(NONE, ledger(), reading(*incidents))) == kinds


def test_two_incidents_in_one() -> None:
    gold = ledger()
    gold["incidents"][1]["type"] = "STRIKE.AIR"
    both = {**STRUCK, "trigger": [at("struck"), at("fell")]}
    assert list(ledger_faults.incidents(NONE, gold, reading(both))) == ["two incidents joined in one"]


@pytest.mark.parametrize(
    ("time", "kinds"),
    [
        ("t1", []),
        (None, ["none, though a sentence of it has a time"]),
        ("t2", ["wrong, from elsewhere, though the right one was read"]),
    ],
)
def test_dates(time: str | None, kinds: list[str]) -> None:
    read = reading({**STRUCK, "time": time}, FELL)
    assert list(ledger_faults.dates(NONE, ledger(), read)) == kinds


@pytest.mark.parametrize(
    ("places", "kinds"),
    [
        (("p1",), []),
        ((), ["none, though its sentence names it"]),
        (("p2",), ["another place, though its sentence names it"]),
    ],
)
def test_places(places: tuple[str, ...], kinds: list[str]) -> None:
    read = reading(incident("i1", "STRIKE.DRONE", "struck", places=places), FELL)
    assert list(ledger_faults.places(NONE, ledger(), read)) == kinds


@pytest.mark.parametrize(
    ("caveats", "kinds"),
    [
        ([], ["missed: could_not_verify"]),
        (
            [{"span": at("The claim could not be verified"), "status": "denied"}],
            ["status: denied for could_not_verify"],
        ),
    ],
)
def test_verification(caveats: list[Row], kinds: list[str]) -> None:
    assert list(ledger_faults.verification(NONE, ledger(), reading(caveats=caveats))) == kinds


@pytest.mark.parametrize(
    ("incident_of_figure", "incidents", "kinds"),
    [
        ("i1", (STRUCK, FELL), []),
        ("i2", (STRUCK, FELL), ["tied to another incident"]),
        (None, (STRUCK, FELL), ["tied to none"]),
        (None, (FELL,), ["tied to none, its incident was not found"]),
    ],
)
def test_ties(score: ModuleType, incident_of_figure: str | None, incidents: tuple[Row, ...], kinds: list[str]) -> None:
    figure = {"span": at("Four men"), "low": 4, "high": 4, "kind": "killed", "incident": incident_of_figure}
    assert list(ledger_faults.ties(score, ledger(), reading(*incidents, quantities=[figure]))) == kinds


@pytest.mark.parametrize(
    ("claims", "kinds"),
    [
        ([], ["missed, cue in our list"]),
        ([{"source": "General Ruiz", "content": "A drone struck Orsa on Monday,"}], []),
        (
            [{"source": "Ruiz", "content": "A drone struck Orsa on Monday,"}],
            ["source too short at its beginning by a few words"],
        ),
        (
            [{"source": "General Ruiz", "content": "Orsa on Monday,"}],
            ["content too short at its beginning by a few words"],
        ),
    ],
)
def test_claims(score: ModuleType, claims: list[dict[str, str]], kinds: list[str]) -> None:
    said = [{"cue": [at("said")], **{part: [at(words)] for part, words in claim.items()}} for claim in claims]
    assert list(ledger_faults.claims(score, ledger(), reading(claims=said))) == kinds


def test_place_names(score: ModuleType) -> None:
    gold = {
        "text": TEXT,
        "places": [{"span": at("Orsa"), "lat": 1.0, "lon": 1.0}, {"span": at("Lugo"), "lat": 5, "lon": 5}],
    }
    read = {
        "places": [
            {"span": at("Orsa"), "kind": "city", "lat": 40.0, "lon": 1.0},
            {"span": at("Ruiz"), "kind": "city", "lat": 1.0, "lon": 1.0},
        ]
    }
    assert list(faults.names(score, gold, read)) == [
        "misplaced, city, over 1,000 km off",
        "not found: one word",
        "spurious: ends a longer name",
    ]


def test_the_page_holds_the_ten_commonest() -> None:
    found = {"claims": Counter({f"kind {n}": 20 - n for n in range(12)}), "dates": Counter[str]()}
    written = errors.page({"a set": (1200, found)}, "w-1")
    assert "## a set, 1,200 documents" in written
    assert written.count("| kind ") == 10
    assert "| 2 other kinds | 19 |" in written
    assert "| claims | 174 |" in written
    assert "**dates**: no errors." in written
