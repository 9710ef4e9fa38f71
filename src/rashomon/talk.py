"""What the commands print and what they say: results to stdout, talk to stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.text import Text

    from rashomon.gathering import Gathered
    from rashomon.ledger import Failure
    from rashomon.pipeline import Progress, Tally


def say(words: str) -> None:
    """Talk: one line on stderr, safe for a terminal."""
    from rashomon.terminal import clean

    click.echo(f"rashomon: {clean(words)}", err=True)


def named(failures: Sequence[Failure]) -> int:
    """Name each failed input with its reason; how many there were."""
    for failure in failures:
        say(f"{failure.name}: {failure.reason}")
    return len(failures)


def progress(*, quiet: bool, verbose: bool) -> Progress:
    """What tells how far an ingest is: one line that is written over in a terminal, a line a batch with ``-v``."""
    start = time.monotonic()
    over = sys.stderr.isatty() and not quiet and not verbose

    def tell(tally: Tally, failures: Sequence[Failure]) -> None:
        if over:
            click.echo("\r\x1b[K", nl=False, err=True)
        named(failures)
        rate = tally.read / max(time.monotonic() - start, 0.001)
        if verbose:
            say(f"{summary(tally)}, {rate:.1f} a second")
        elif over and tally.read:
            click.echo(f"{summary(tally)}, {rate:.1f} a second\r", nl=False, err=True)

    return tell


def gathering_told(*, quiet: bool, verbose: bool) -> Callable[[Gathered], None]:
    """What tells how far gathering is: one line that is written over in a terminal, a line a batch with ``-v``."""
    over = sys.stderr.isatty() and not quiet and not verbose

    def tell(so_far: Gathered) -> None:
        told = f"{count(so_far.documents, 'document')} gathered"
        if verbose:
            say(told)
        elif over:
            click.echo(f"\r\x1b[K{told}\r", nl=False, err=True)

    return tell


def summary(tally: Tally) -> str:
    """How far an ingest is, in one line."""
    words = f"{count(tally.read, 'document')} read, {tally.new:,} new"
    if tally.screened:
        words += f", {tally.screened:,} screened out"
    if tally.unread:
        words += f", {tally.unread:,} in other languages left unread"
    return f"{words}, {tally.known:,} known already, {tally.failed:,} failed"


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 document", "1,204 documents"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def print_json(*records: object) -> None:
    """Print each record as a line of JSON."""
    from rashomon.model.codec import to_json

    for record in records:
        click.echo(to_json(record))


def print_lines(lines: Callable[[int | None], Iterable[Text]], *, apart: bool = False) -> None:
    """Print lines made for the width of the terminal, or unbroken ones into a pipe."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    width = console.width if console.is_terminal else None
    if apart:
        console.print("\n" + "─" * min(width or 80, 80) + "\n")
    for line in lines(width):
        console.print(line, soft_wrap=True)
