"""Commands on incidents as people use them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rashomon import ledger
from rashomon.cli import cli
from rashomon.model.reading import Reading

Strike = Callable[..., Reading]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in arguments], prog_name="rashomon")


@pytest.fixture
def book(tmp_path: Path, strike: Strike) -> Path:
    """Three incidents: on one of them, two sides disagree and a copy is printed."""
    path = tmp_path / "news.db"
    with ledger.open(path, create=True) as made:
        made.record(
            [
                strike("army", killed=7, outlet="Hill Post"),
                strike("army-again", killed=7, outlet="Plain Dealer", published=4),
                strike("front", killed=31, speaker="The Marsh Front", detail="Nobody else saw it.", published=4),
                strike("kuratovo", "Kuratovo", day=9, published=10, detail="It rained."),
                strike("velsk", "Velsk", 2, day=9, published=10, kind="STRIKE.SHELLING", detail="The bells rang."),
            ]
        )
    assert run("gather", "--ledger", path).stderr == "rashomon: 5 documents gathered, 3 incidents in the ledger\n"
    return path


def found(book: Path, *asked: str) -> list[str]:
    done = run("incidents", *asked, "--ledger", book, "--json")
    assert done.exit_code == 0, done.stderr
    return [json.loads(line)["places"][0]["name"] for line in done.stdout.splitlines()]


def test_gathering_again_finds_nothing_to_do(book: Path) -> None:
    again = run("gather", "--ledger", book, "--json")
    assert json.loads(again.stdout) == {"documents": 0, "incidents": 3}
    anew = run("gather", "--anew", "--ledger", book, "--json", "-v")
    assert json.loads(anew.stdout) == {"documents": 5, "incidents": 3}
    assert anew.stderr == "rashomon: 5 documents gathered\n"


@pytest.mark.parametrize(
    ("asked", "towns"),
    [
        ((), {"Tarna", "Kuratovo", "Velsk"}),
        (("--kind", "STRIKE.DRONE"), {"Tarna", "Kuratovo"}),
        (("--since", "2031-06-05"), {"Kuratovo", "Velsk"}),
        (("--until", "2031-06-05"), {"Tarna"}),
        (("--near", "50.1,36.2~5"), {"Tarna"}),
        (("--near", "Kharkiv~40"), {"Tarna"}),
        (("--voice", "marsh front"), {"Tarna"}),
        (("--relation", "disagree"), {"Tarna"}),
        (("--text", "shelling"), {"Velsk"}),
        (("--since", "2031-06-05", "--kind", "strike.drone"), {"Kuratovo"}),
    ],
)
def test_lists_hold_what_is_asked_for(book: Path, asked: tuple[str, ...], towns: set[str]) -> None:
    assert set(found(book, *asked)) == towns


def test_a_list_is_short_and_says_when_it_is_empty(book: Path) -> None:
    assert len(found(book, "--limit", "2")) == 2
    shown = run("incidents", "--relation", "disagree", "--ledger", book).stdout
    assert "Drone" in shown
    assert "Tarna" in shown
    assert "2 Jun 2031 · occurred · 3 documents" in shown
    assert run("incidents", "--text", "zebra", "--ledger", book).stdout == f"No incident in {book} is all of this.\n"


@pytest.mark.parametrize(
    ("near", "why"),
    [
        ("Kharkiv", "PLACE~KM"),
        ("Kharkiv~far", "PLACE~KM"),
        ("~5", "PLACE~KM"),
        ("Xyzzyville~5", "not in the gazetteer"),
    ],
)
def test_a_circle_that_cannot_be_drawn_is_wrong_usage(book: Path, near: str, why: str) -> None:
    done = run("incidents", "--near", near, "--ledger", book)
    assert done.exit_code == 2
    assert why in done.stderr


def test_show_is_a_table_of_accounts(book: Path) -> None:
    (incident,) = map(
        json.loads, run("incidents", "--relation", "disagree", "--ledger", book, "--json").stdout.splitlines()
    )
    shown = run("show", incident["id"], "--ledger", book, "--why").stdout
    lines = shown.splitlines()
    heading = next(line for line in lines if "Marsh Front" in line)
    assert "Northern Army" in heading
    killed = next(line for line in lines if line.startswith("people killed"))
    assert killed.index("31") == heading.index("Marsh Front")
    assert killed.index("7") == heading.index("Northern Army")
    assert "# disagree" in shown
    assert "“31 people” front, 2031-06-04" in " ".join(shown.split())
    assert "army-again#i1  2031-06-04 · Plain Dealer · copy of army" in shown
    assert "army-again#i1 goes on from army#i1" in shown
    assert json.loads(run("show", "front#i1", "--ledger", book, "--json").stdout) == incident
    assert "Why these" not in run("show", incident["id"], "--ledger", book).stdout


def test_documents_keep_answering(book: Path) -> None:
    assert json.loads(run("show", "kuratovo", "--ledger", book, "--json").stdout)["document"]["id"] == "kuratovo"


def test_a_document_says_what_it_copies_and_adds(book: Path, strike: Strike) -> None:
    with ledger.open(book, create=False) as made:
        made.record(
            [strike("echo", published=5, detail="A mill by the river burned until noon. Nobody came to see it.")]
        )
    run("gather", "--ledger", book)
    shown = run("document", "echo", "--ledger", book).stdout
    assert "A copy of army; it adds\n“Nobody came to see it” [" in shown
    assert "copy of" not in run("document", "army", "--ledger", book).stdout


def test_decisions_are_made_listed_and_undone(book: Path) -> None:
    why = ("--by", "olena", "--reason", "one mill", "--ledger", book)
    made = run("decide", "same", "kuratovo#i1", "velsk#i1", *why)
    assert made.exit_code == 0, made.stderr
    assert made.stdout.startswith("1  same incident  RA-")
    assert made.stdout.endswith("(olena: one mill)\n")
    assert len(found(book)) == 2
    listed = [json.loads(line) for line in run("decisions", "--ledger", book, "--json").stdout.splitlines()]
    assert [(one["verdict"], one["by"], one["reason"]) for one in listed] == [("same_incident", "olena", "one mill")]
    assert run("undo", "1", *why).stdout == "2  undone  of 1  (olena: one mill)\n"
    assert len(found(book)) == 3
    again = run("undo", "1", *why)
    assert (again.exit_code, again.stderr) == (1, "rashomon: 1: undone already\n")
    actors = run("decide", "same-actor", "Northern Army", "Marsh Front", "--json", *why)
    assert json.loads(actors.stdout)["subjects"] == ["Northern Army", "Marsh Front"]
    assert found(book, "--voice", "marsh front") == []


def test_what_cannot_be_decided_is_one_line(book: Path) -> None:
    done = run("decide", "different", "army#i1", "army#i1", "--reason", "no", "--ledger", book)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "rashomon: army#i1 and army#i1: one and the same; a judgement is about two\n"
    assert run("decide", "same", "army#i1", "front#i1", "--ledger", book).exit_code == 2
    unknown = run("show", "RA-0000000000", "--ledger", book)
    assert (unknown.exit_code, unknown.stderr) == (1, "rashomon: RA-0000000000: no such incident\n")


def test_nothing_decided_is_said(book: Path) -> None:
    assert run("decisions", "--ledger", book).stdout == f"Nothing was decided in {book} yet.\n"


def test_export_json_is_what_show_says(book: Path) -> None:
    lines = run("export", "json", "--ledger", book).stdout.splitlines()
    assert len(lines) == 3
    for line in lines:
        incident = json.loads(line)
        assert incident["schema"] == "rashomon/incident/1"
        assert json.loads(run("show", incident["id"], "--ledger", book, "--json").stdout) == incident
