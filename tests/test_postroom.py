"""Commands that carry away and bring in, as people use them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rashomon import ledger
from rashomon.cli import cli
from rashomon.gathering import gather
from rashomon.model.reading import Reading

Strike = Callable[..., Reading]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in arguments], prog_name="rashomon")


@pytest.fixture
def grown(tmp_path: Path, strike: Strike) -> Path:
    """A ledger of two revisions; the second brought what another side says of the same strike."""
    path = tmp_path / "news.db"
    with ledger.open(path, create=True) as made:
        for one in (strike("army"), strike("front", killed=31, speaker="The Marsh Front", published=3)):
            made.record([one])
            gather(made)
    return path


def test_lists_pages_and_exports_can_be_as_of_a_revision(grown: Path) -> None:
    def asked(*words: str) -> list[dict[str, list[str]]]:
        done = run(*words, "--ledger", grown)
        assert done.exit_code == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    name = str(asked("incidents", "--json")[0]["id"])
    for words in (("incidents", "--json"), ("show", name, "--json"), ("export", "json")):
        assert asked(*words)[0]["documents"] == ["army", "front"]
        assert asked(*words, "--as-of", "1")[0]["documents"] == ["army"]
    assert asked("export", "json", "--as-of", "2001-09-11") == []


def test_a_moment_that_is_none_is_said_to_be(grown: Path) -> None:
    assert run("export", "json", "--as-of", "tomorrow", "--ledger", grown).stderr.startswith(
        "rashomon: 'tomorrow': the"
    )
    later = run("changes", "--since", "3", "--ledger", grown)
    assert (later.exit_code, later.stderr) == (1, "rashomon: 3: no such revision yet; the latest is 2\n")


def test_changes_are_told(grown: Path) -> None:
    told = run("changes", "--since", "1", "--ledger", grown)
    log, incident = told.stdout.splitlines()
    assert log.split()[0] == "2"
    assert log.endswith("added      front  Hill Post")
    assert "changed  STRIKE.DRONE 2031-06-02 Tarna" in incident
    assert "killed single_source > disagree" in incident
    assert told.stderr == "rashomon: revision 1 to 2: 1 incident changed\n"
    lines = [
        json.loads(line) for line in run("changes", "--since", "1", "--ledger", grown, "--json").stdout.splitlines()
    ]
    assert [line.get("what") for line in lines] == [None, "added", "changed"]
    assert lines[0] == {"schema": "rashomon/changes/1", "since": 1, "revision": 2}
    assert lines[2]["incident"]["documents"] == ["army", "front"]


def test_a_decision_is_a_change(grown: Path) -> None:
    decided = ("different", "army#i1", "front#i1", "--by", "olena", "--reason", "two mills")
    assert run("decide", *decided, "--ledger", grown).exit_code == 0
    log, *incidents = run("changes", "--since", "2", "--ledger", grown).stdout.splitlines()
    assert log.split("  ")[-1].startswith("1 different_incident: RA-")
    assert log.endswith("(olena: two mills)")
    assert sorted(one.split()[1] for one in incidents) == ["added", "changed"]


def test_coded_rows_are_compared_and_brought_in(grown: Path, tmp_path: Path) -> None:
    coded, mapping = tmp_path / "coded.csv", tmp_path / "map.toml"
    coded.write_text("When,kind,Town,Dead\n2031-06-02,STRIKE.DRONE,Tarna,9\nsoon,STRIKE.DRONE,Tarna,2\n", "utf-8")
    mapping.write_text('voice = "Tarna Recorders"\ndate = "When"\nplace = "Town"\nkilled = "Dead"\n', "utf-8")
    asked = (coded, "--map", mapping, "--ledger", grown)
    told = run("compare", *asked)
    assert told.exit_code == 1
    assert told.stderr == "rashomon: coded.csv:3: date soon: no day as YYYY-MM-DD\n"
    figure, matched, *measures = told.stdout.splitlines()
    assert re.fullmatch(r"figure   line 2 \(row 2\) RA-\w+: killed 9 \| .*7 \(Northern Army\).*", figure)
    assert matched == "1 rows, 1 of them matched with an incident"
    assert measures[0].split() == "incident and family 100.0% of 1 agree, kappa -".split()
    records = [json.loads(line) for line in run("compare", *asked, "--json").stdout.splitlines()]
    assert (records[0]["what"], records[-1]["name"]) == ("figure", "anybody killed")
    brought = run("import", *asked)
    assert (brought.exit_code, brought.stderr.splitlines()[-1]) == (1, "rashomon: 1 row read, 1 new, 1 failed")
    assert json.loads(run("import", *asked, "--json").stdout) == {"rows": 1, "new": 0, "failed": 1}
    listed = run("incidents", "--voice", "tarna recorders", "--ledger", grown, "--json")
    assert len(listed.stdout.splitlines()) == 1


def test_a_table_that_says_too_little_is_refused(grown: Path, tmp_path: Path) -> None:
    (tmp_path / "coded.csv").write_text("when,dead\n2031-06-02,9\n", "utf-8")
    for command in ("import", "compare"):
        done = run(command, tmp_path / "coded.csv", "--ledger", grown)
        assert done.exit_code == 1
        assert done.stderr.startswith("rashomon: no column says the date and kind; name one in a map")
