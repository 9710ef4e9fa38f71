"""Rows by other codebooks' rules: what each makes of a figure, who is an actor, what is no event of theirs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from rashomon.export import Holdings, acled, plover, ucdp
from rashomon.export.cast import Player, inter
from rashomon.export.dossiers import Dossier, dossiers
from rashomon.export.figures import Estimate, Figure, estimate, figures
from rashomon.export.figures import acled as deaths
from rashomon.export.figures import ucdp as deaths_by_ucdp
from rashomon.knowledge.codebooks import Sector
from rashomon.model.incident import Answer, Comparison, Incident, IncidentId, Participant, Polarity, Relation
from rashomon.model.reading import Reading
from rashomon.model.telling import Bound, Precision, Share, Status

Export = Callable[[str], bytes]
Shelve = Callable[[Sequence[Reading], Sequence[Incident]], Holdings]
Ends = tuple[int | None, int | None, int | None]


def table(export: Export, form: str) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(export(form).decode(), newline=""))
    return {row.get("event_id") or row["id"]: row for row in rows}


def number(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def answer(low: int | None, high: int | None, polarity: Polarity = Polarity.AFFIRM, *, old: bool = False) -> Answer:
    return Answer(number(low), number(high), "person", polarity, ("Army",), (), False, (), None, old)


def figure(bound: Bound, value: int | None, low: int | None, high: int | None, words: str = "") -> Figure:
    return Figure(bound, number(value), number(low), number(high), words, answer(low, high))


@pytest.fixture
def strike(shelf: Holdings) -> Dossier:
    return next(dossiers(shelf))


@pytest.mark.parametrize(
    ("told", "fatalities", "low_best_high"),
    [
        (figure(Bound.EXACT, 41, 41, 41), 41, (41, 41, 41)),
        (figure(Bound.AT_LEAST, 7, 7, None), 7, (7, 7, None)),
        (figure(Bound.MORE_THAN, 104, 105, None), 105, (105, 105, None)),
        (figure(Bound.AT_MOST, 9, None, 9), None, (0, None, 9)),
        (figure(Bound.LESS_THAN, 9, None, 8), None, (0, None, 8)),
        (figure(Bound.ABOUT, 50, None, None), 50, (50, 50, 50)),
        (figure(Bound.NEARLY, 50, None, 50), 50, (50, 50, 50)),
        (figure(Bound.RANGE, None, 6, 30), 6, (6, None, 30)),
        (figure(Bound.VAGUE, None, None, None, "several people"), 3, (None, None, None)),
        (figure(Bound.VAGUE, None, None, None, "Dozens of soldiers"), 12, (None, None, None)),
        (figure(Bound.VAGUE, None, None, None, "hundreds"), 100, (None, None, None)),
        (figure(Bound.EXACT, 0, 0, 0), 0, (0, 0, 0)),
    ],
    ids=lambda value: value.bound.value if isinstance(value, Figure) else "",
)
def test_a_figure_by_each_codebook(told: Figure, fatalities: int | None, low_best_high: Ends) -> None:
    assert deaths(told) == fatalities
    assert deaths_by_ucdp(told) == Estimate(*map(number, low_best_high))


@pytest.mark.parametrize(
    ("told", "low_best_high"),
    [
        ([figure(Bound.EXACT, 9, 9, 9), figure(Bound.AT_LEAST, 7, 7, None)], (7, None, 9)),
        ([figure(Bound.EXACT, 7, 7, 7), figure(Bound.AT_LEAST, 9, 9, None)], (7, None, None)),
        ([figure(Bound.EXACT, 9, 9, 9), figure(Bound.AT_LEAST, 9, 9, None)], (9, 9, 9)),
        ([figure(Bound.AT_MOST, 9, None, 9)], (0, None, 9)),
        ([], (None, None, None)),
    ],
)
def test_a_best_estimate_is_never_chosen_by_the_program(told: list[Figure], low_best_high: Ends) -> None:
    assert estimate(told) == Estimate(*map(number, low_best_high))


@pytest.mark.parametrize(
    ("question", "answers", "fatalities", "basis"),
    [
        ("killed", (answer(9, 9), answer(7, None)), 7, "lowest of 2 reported"),
        ("killed", (answer(9, 9), answer(7, 7, old=True)), 9, "as reported"),
        ("killed", (answer(9, 9), answer(2, 2, Polarity.DENY)), 9, "as reported"),
        ("killed_or_injured", (answer(20, 20),), 0, "casualties reported, deaths not told apart"),
        ("injured", (answer(20, 20),), 0, "none reported"),
    ],
)
def test_acled_takes_the_lowest_number_that_stands(
    strike: Dossier, question: str, answers: tuple[Answer, ...], fatalities: int, basis: str
) -> None:
    asked = (Comparison(question, Relation.DISAGREE, answers),)
    told = replace(strike, incident=replace(strike.incident, comparisons=asked))
    row = acled.row(told)
    assert row is not None
    assert (row["fatalities"], row["fatalities_basis"]) == (fatalities, basis)


@pytest.mark.parametrize(
    ("share", "low", "bounds"),
    [
        (None, 7, [Bound.AT_LEAST, Bound.EXACT]),
        (Share.CUMULATIVE, 7, [Bound.AT_LEAST, Bound.EXACT]),
        (Share.SUBSET, 7, [Bound.EXACT]),
        (Share.EACH, 7, [Bound.EXACT]),
        (Share.INCREMENT, 3, [Bound.AT_LEAST, Bound.EXACT]),
    ],
)
def test_parts_of_a_toll_are_no_toll(strike: Dossier, share: Share | None, low: int, bounds: list[Bound]) -> None:
    """An addition has become a total in the answer: its words say three, the answer at least seven."""
    first, second = strike.readings
    (said,) = first.quantities
    shared = replace(first, quantities=(replace(said, share=share, low=Decimal(low), value=Decimal(low)),))
    told = figures(replace(strike, readings=(shared, second)), "killed")
    assert [one.bound for one in told] == bounds
    assert deaths(told[0]) == (9 if len(bounds) == 1 else 7)


def test_acled_like_rows(export: Export) -> None:
    rows = table(export, "acled-like")
    assert list(rows) == ["RA-1", "RA-2", "RA-3"]
    assert {row["origin"].split(":")[0] for row in rows.values()} == {"not ACLED data"}
    strike, clash, attack = rows.values()
    wanted = {
        "event_date": "2025-06-01",
        "time_precision": "1",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Air/drone strike",
        "actor1": "Northern Front",
        "inter1": "2",
        "actor2": "villagers",
        "inter2": "7",
        "interaction": "27",
        "civilian_targeting": "Civilian targeting",
        "country": "Chad",
        "location": "Kuratovo",
        "geo_precision": "1",
        "source": "Kuratovo Post; Tarna Wire",
        "fatalities": "7",
        "to_review": "actor1 is alleged",
    }
    assert {name: strike[name] for name in wanted} == wanted
    assert "Northern Front as accused according to Chadian Army" in strike["notes"]
    assert (clash["event_date"], clash["time_precision"], clash["geo_precision"]) == ("2025-06-04", "2", "3")
    assert (clash["actor1"], clash["actor2"], clash["interaction"]) == ("Chadian Army", "Northern Front", "12")
    assert (attack["actor1"], attack["inter1"], attack["geo_precision"]) == ("gunmen", "3", "2")


@pytest.mark.parametrize("status", Status)
def test_acled_codes_what_happened(strike: Dossier, status: Status) -> None:
    told = replace(strike, incident=replace(strike.incident, status=status))
    assert (acled.row(told) is not None) is (status in (Status.OCCURRED, Status.CLAIMED))


@pytest.mark.parametrize(
    ("kind", "precision", "coded"),
    [
        ("STRIKE.DRONE", Precision.MONTH, True),
        ("STRIKE.DRONE", Precision.YEAR, False),
        ("STRIKE.DRONE", None, False),
        ("DIP.THREAT", Precision.DAY, False),
        ("INFRA.CRASH", Precision.DAY, False),
    ],
)
def test_what_acled_does_not_code_is_left_out(
    strike: Dossier, kind: str, precision: Precision | None, coded: bool
) -> None:
    told = replace(strike, incident=replace(strike.incident, kind=kind, precision=precision))
    assert (acled.row(told) is not None) is coded


def test_a_country_is_no_place_but_for_strategic_developments(shelf: Holdings) -> None:
    exchange = list(dossiers(shelf))[3]
    done = replace(exchange, incident=replace(exchange.incident, status=Status.OCCURRED))
    row = acled.row(done)
    assert row is not None
    assert (row["event_type"], row["geo_precision"]) == ("Strategic developments", None)
    fought = replace(done, incident=replace(done.incident, kind="CLASH.ARMED"))
    assert acled.row(fought) is None


def test_acled_would_make_one_event_of_the_same_actors_place_and_day(shelf: Holdings, shelve: Shelve) -> None:
    first, clash, *_ = shelf.incidents()
    again = replace(first, id=IncidentId("RA-9"))
    stream = io.BytesIO()
    assert acled.sheet(shelve(tuple(shelf.readings()), (first, clash, again)), stream) == 3
    rows = csv.DictReader(io.StringIO(stream.getvalue().decode(), newline=""))
    assert [row["same_event"] for row in rows] == ["RA-1", "RA-2", "RA-1"]


def test_ucdp_like_rows(export: Export) -> None:
    rows = table(export, "ucdp-like")
    assert list(rows) == ["RA-1", "RA-2"], "gunmen nobody names are no organised actor"
    strike, clash = rows.values()
    assert strike["origin"].startswith("not UCDP data")
    wanted = {
        "date_prec": "1",
        "where_prec": "1",
        "event_clarity": "1",
        "side_a": "Northern Front",
        "side_b": "Civilians",
        "deaths_a": "",
        "low": "7",
        "best": "",
        "high": "9",
        "number_of_sources": "4",
        "source_office": "Kuratovo Post; Tarna Wire",
        "source_original": "Chadian Army; Northern Front; Kuratovo hospital; Kuratovo Post",
    }
    assert {name: strike[name] for name in wanted} == wanted
    assert (clash["date_prec"], clash["where_prec"], clash["event_clarity"]) == ("3", "4", "2")
    assert (clash["side_a"], clash["side_b"], clash["low"], clash["high"]) == (
        "Chadian Army",
        "Northern Front",
        "30",
        "40",
    )


@pytest.mark.parametrize(
    ("unit", "civilians", "unknown"), [("villager", 12, None), ("person", None, 12), ("soldier", None, 12)]
)
def test_civilians_are_counted_by_the_noun(
    strike: Dossier, unit: str, civilians: int | None, unknown: int | None
) -> None:
    twelve = replace(answer(12, 12), unit=unit)
    asked = (Comparison("killed", Relation.SINGLE_SOURCE, (twelve,)),)
    row = ucdp.row(replace(strike, incident=replace(strike.incident, comparisons=asked)))
    assert row is not None
    assert (row["deaths_civilians"], row["deaths_unknown"], row["best"]) == (civilians, unknown, 12)


@pytest.mark.parametrize("killed", [(), (answer(0, 0),)])
def test_ucdp_needs_a_death(strike: Dossier, killed: tuple[Answer, ...]) -> None:
    asked = (Comparison("killed", Relation.AGREE, killed),)
    assert ucdp.row(replace(strike, incident=replace(strike.incident, comparisons=asked))) is None


@pytest.mark.parametrize(
    ("code", "home", "where", "found"),
    [(1, "TD", "TD", 1), (1, "TD", "SD", 8), (1, None, "SD", 1), (2, "TD", "SD", 2), (None, "TD", "SD", None)],
)
def test_a_states_forces_are_external_abroad(code: int | None, home: str, where: str, found: int | None) -> None:
    player = Player(Participant("perpetrator", "Somebody"), Sector(None, code, organised=True), home)
    assert inter(player, where) == found


def test_plover_records(export: Export) -> None:
    records = [json.loads(line) for line in export("plover").splitlines()]
    assert [record["id"] for record in records] == ["RA-1", "RA-2", "RA-3", "RA-4"], "a crash has no event"
    wanted = ("actor", "recipient", "event", "mode", "context", "event_loc", "event_text", "text_info", "cite_info")
    for record in records:
        assert set(wanted) <= set(record)
        assert record["note"].startswith("not POLECAT data")
        assert date.fromisoformat(record["date"]) <= date.fromisoformat(record["enddate"])
    strike, clash, _, exchange = records
    assert (strike["event"], strike["mode"], strike["event_loc"]["resolution"]) == (["ASSAULT"], ["drone"], 4)
    assert [(who["extracted_actor"], who["sector"]) for who in strike["actor"]] == [("Northern Front", "REB")]
    assert strike["actor"][0]["alleged_by"] == "Chadian Army"
    assert [who["sector"] for who in strike["recipient"]] == ["CVL"]
    assert (strike["event_loc"]["geonameid"], strike["event_loc"]["country"]) == ("2431000", "TCD")
    assert clash["event_text"].startswith("Fighting went on")
    assert clash["text_info"]["end"] - clash["text_info"]["start"] == len(clash["event_text"])
    assert (exchange["event"], exchange["auxiliary"]) == (["AGREE"], ["future"])


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("STRIKE.AIR", Status.OCCURRED, []),
        ("STRIKE.AIR", Status.CLAIMED, []),
        ("STRIKE.AIR", Status.BACKGROUND, ["historical"]),
        ("STRIKE.AIR", Status.PLANNED, ["future"]),
        ("STRIKE.AIR", Status.PROPOSED, ["future"]),
        ("STRIKE.AIR", Status.THREATENED, ["hypothetical"]),
        ("STRIKE.AIR", Status.DENIED, ["negation"]),
        ("VIOL.THWARTED", Status.OCCURRED, ["negation"]),
        ("VIOL.THWARTED", Status.DENIED, ["negation"]),
        ("WAR.BACKGROUND", Status.OCCURRED, ["historical"]),
    ],
)
def test_plovers_auxiliaries(kind: str, status: Status, words: list[str]) -> None:
    assert list(plover.auxiliaries(kind, status)) == words
