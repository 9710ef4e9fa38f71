"""Commands on a ledger in PostgreSQL print what they print on the same ledger in a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.ledger.test_migrations import filled

from rashomon import ledger
from rashomon.cli import cli
from rashomon.model.reading import Reading

Strike = Callable[..., Reading]
SCORE = re.compile(r'"score":[0-9.e+-]+')
CLAIM = "23-81"  # what the army says of Velsk
COMMANDS = (
    "incidents --json",
    "incidents --since 2031-06-01 --near 50.1,36.2~50 --relation agree --text depot",
    "show tarna-0#i1 --why",
    "show tarna-0 --json",
    "document tarna-0",
    "search drone depot --json",
    "search platypus",
    "decisions --json",
    "review --json --by olena",
    "agreement",
    "audit --json",
    "unread --json",
    "changes --since 0 --json",
    "gather --json",
    "rule accept claim tarna-0 0-17 --dry-run --by olena",
    "get /incidents.json",
    *(
        f"export {form}"
        for form in ("json", "readings", "csv", "csv-answers", "geojson", "jsonld", "acled-like", "ftm")
    ),
)


def told(book: ledger.Ledger) -> list[object]:
    """What was decided and what came of it, without the times of day at which that was."""
    made = [(one.id, one.verdict, one.subjects, one.about, one.replaces) for one in book.judgements()]
    return [*made, *((one.id, one.tellings, [c.relation for c in one.comparisons]) for one in book.incidents())]


def said(command: str, place: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, [*command.split(), "--ledger", place])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, SCORE.sub("", done.output).replace(place, "LEDGER")


@pytest.fixture
def both(tmp_path: Path, shelf: Callable[[], str], strike: Strike) -> tuple[str, str]:
    """One ledger, in a file and in PostgreSQL, copied by the command."""
    file, address = str(tmp_path / "news.db"), shelf()
    filled(file, strike)
    done = CliRunner().invoke(cli, ["copy", file, address, "--json"])
    assert '"documents":7,"incidents":2' in done.output.replace(" ", "")
    return file, address


def test_every_command_prints_the_same(both: tuple[str, str]) -> None:
    file, address = both
    for command in COMMANDS:
        assert said(command, address) == said(command, file), command


def test_what_is_decided_is_decided_in_both(both: tuple[str, str]) -> None:
    for place in both:
        assert said("undo 1 --by olena --reason no", place)[0] == 0
        assert said("decide same-actor GUR HUR --by olena --reason one", place)[0] == 0
        assert said(f"rule reject claim velsk-0 {CLAIM} --by olena", place)[0] == 0
    with ledger.open(both[0], create=False) as book, ledger.open(both[1], create=False) as other:
        assert told(book) == told(other)
        assert len(book.judgements()) == len(list(book.trail())) == 4


def test_a_copy_goes_nowhere_where_something_is(both: tuple[str, str]) -> None:
    done = CliRunner().invoke(cli, ["copy", *both])
    assert (done.exit_code, "not empty; copy into a new one" in done.output) == (1, True)
    assert CliRunner().invoke(cli, ["copy", both[1], both[1]]).exit_code == 1


def test_accounts_of_pages_are_kept_in_a_file_that_is_named(both: tuple[str, str], tmp_path: Path) -> None:
    people = ["people", "list", "--ledger", both[1]]
    assert "name a file with --people" in CliRunner().invoke(cli, people).output
    assert CliRunner().invoke(cli, [*people, "--people", str(tmp_path / "people")]).exit_code == 0
