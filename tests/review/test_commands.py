"""The commands of reviewers, and what of a decision the others show."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rashomon.cli import cli
from rashomon.ledger import Ledger

TEXT = "A drone hit the depot at Marno, killing 12 workers, the Northern Army said. Officials in Velm disagreed."
AT = TEXT.index("12")


@pytest.fixture
def run(book: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("RASHOMON_LEDGER", str(tmp_path / "book.db"))
    return CliRunner()


def said(run: CliRunner, *words: str, typed: str | None = None, code: int = 0) -> str:
    done: Result = run.invoke(cli, words, input=typed)
    assert done.exit_code == code, done.output
    return done.output


def test_a_decision_shows_in_show_and_export_and_is_proved(run: CliRunner, tmp_path: Path) -> None:
    where = f"{AT}-{AT + 2}"
    correct = ("rule", "correct", "figure", "wire-1", where, "--low", "21", "--high", "21", "--by", "olena")
    assert "the machine read" in said(run, *correct, "--dry-run")
    assert said(run, "decisions").startswith("Nothing was decided")
    assert said(run, *correct, "--reason", "table").startswith("1  corrected")
    (incident,) = (json.loads(line) for line in said(run, "export", "json").splitlines())
    told = [c for asked in incident["comparisons"] for answer in asked["answers"] for c in answer["claims"]]
    assert {(one["reviewer"], one["verdict"]) for one in told if one["reviewer"]} == {("olena", "correct")}
    assert incident["judgements"][0]["reason"] == "table"
    assert "corrected by reviewer olena" in " ".join(said(run, "show", incident["id"]).split())
    assert "“12” how many" in said(run, "decisions")
    head = said(run, "audit").rsplit(maxsplit=1)[-1]
    assert "1 row, whole" in said(run, "audit", "--expect", head)
    assert "no row has the digest" in said(run, "audit", "--expect", "f" * 64, code=1)


@pytest.mark.parametrize(
    ("typed", "verdicts"),
    [("q\n", []), ("n\nq\n", []), ("a\nq\n", ["accept"]), ("a\nr\n?\n", ["accept", "reject", "unsure"]),
     ("u\na\nu\nq\n", ["accept", "undo"])],
)  # fmt: skip
def test_review_in_the_terminal(run: CliRunner, typed: str, verdicts: list[str]) -> None:
    said(run, "review", "--by", "olena", typed=typed)
    made = said(run, "decisions", "--json").splitlines()
    assert [json.loads(line)["verdict"] for line in made] == verdicts


def test_nothing_waits_and_agreement(run: CliRunner) -> None:
    waiting = [json.loads(line) for line in said(run, "review", "--json").splitlines()]
    assert [one["sure"] for one in waiting] == sorted(one["sure"] for one in waiting)
    said(run, "review", "--by", "olena", typed="a\n" * len(waiting))
    assert said(run, "review", "--by", "ana").startswith("Nothing waits for ana")
    said(run, "review", "--by", "ana", "--reviewers", "2", typed="r\n" * len(waiting))
    assert f"ana and olena: {len(waiting)}, 0% agreed" in said(run, "agreement")


@pytest.mark.parametrize("words", [("x-y",), ("5",), ("40-42", "--low", "many")])
def test_wrong_usage(run: CliRunner, words: tuple[str, ...]) -> None:
    said(run, "rule", "correct", "figure", "wire-1", *words, code=2)


def test_people_are_kept_beside_the_ledger(run: CliRunner, tmp_path: Path) -> None:
    said(run, "people", "add", "olena", "--role", "editor", typed="long enough words\nlong enough words\n")
    assert said(run, "people", "list") == "editor  olena\n"
    assert (tmp_path / "book.db.people").is_file()
    said(run, "people", "add", "ana", "--password", "short", code=1)
    said(run, "people", "close", "olena")
    assert said(run, "people", "list") == ""
    said(run, "people", "add", code=2)
