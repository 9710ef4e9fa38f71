"""The command line: a command parses its arguments, calls the library, prints.

Rooms are imported inside the commands, because ``rashomon --help`` must not wait for an encoder and a database.
Results go to stdout, talk goes to stderr. Exit: 0 all read, 1 some inputs failed or were not found, 2 wrong usage.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from datetime import date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rashomon import __version__
from rashomon.errors import RashomonError, Unreadable, Unusable
from rashomon.talk import count, named, print_json, print_lines, progress, say, summary

if TYPE_CHECKING:
    from rashomon.ledger import Ledger
    from rashomon.model.document import Page
    from rashomon.model.reading import Reading
    from rashomon.pipeline import Batch

Command = TypeVar("Command", bound=Callable[..., object])


class Door(click.Group):
    """A group of commands that tells our errors in one line; commands are listed in the order they were written."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names, the first one first."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; an error of ours is a line on stderr and exit 1, Ctrl-C is exit 130."""
        try:
            return super().invoke(ctx)
        except RashomonError as error:
            say(str(error))
            ctx.exit(1)
        except KeyboardInterrupt:
            say("stopped; what was finished is kept")
            ctx.exit(130)


def _option(*names: str, **settings: Any) -> Callable[[Command], Command]:
    """An option with its environment variable: ``--ledger`` is ``RASHOMON_LEDGER``."""
    long = next(name for name in names if name.startswith("--"))
    return click.option(*names, envvar=f"RASHOMON_{long[2:].replace('-', '_').upper()}", **settings)


inputs_argument = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
id_argument = click.argument("document_id", metavar="ID")
ledger_option = _option(
    "--ledger", metavar="PATH_OR_URL", default="rashomon.db", show_default=True, help="The ledger to use."
)
json_option = _option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")
quiet_option = _option("--quiet", is_flag=True, help="No progress and no summary; failures are still named.")
verbose_option = _option("-v", "--verbose", is_flag=True, help="Tell more of what is being done.")
outlet_option = _option("--outlet", metavar="NAME", help="The outlet of texts that do not say.")
published_option = _option(
    "--published",
    metavar="YYYY-MM-DD",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of publication of texts that do not say.",
)
private_option = _option("--allow-private", is_flag=True, help="Also fetch addresses inside private networks.")


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="rashomon", message="%(prog)s %(version)s")
def cli() -> None:
    """Read news of armed conflict and keep a ledger of accounts: who says what, in which words.

    \b
    A first look:   rashomon demo
    One article:    rashomon read article.txt
    Many:           rashomon ingest folder/ --ledger news.db
    Then:           rashomon search "bridge collapse" --ledger news.db

    Options can be set by environment variables: RASHOMON_LEDGER for --ledger, RASHOMON_QUIET for --quiet and so on.

    Exit codes: 0 all was read, 1 some inputs failed (each is named with its reason), 2 wrong usage.
    """
    # The encoder's runtime, once imported, numbers the machine and reports its use to its makers. Not from here.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")


@cli.command()
@inputs_argument
@json_option
@outlet_option
@published_option
@private_option
@quiet_option
@verbose_option
def read(
    inputs: tuple[str, ...],
    *,
    as_json: bool,
    outlet: str | None,
    published: datetime | None,
    allow_private: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Read documents and print who says what in them; keep nothing.

    INPUT is a file (text, HTML, JSONL), a folder, a glob, an http(s) address, or - for standard input.

    \b
    Examples:
      rashomon read article.txt --published 2025-06-02 --outlet "Example Daily"
      rashomon read https://example.org/news/article.html
      cat article.txt | rashomon read - --json
    """
    from rashomon import pipeline, sources
    from rashomon.reading import Reader
    from rashomon.terminal import article

    found = sources.pages(inputs, outlet=outlet, published=_day(published), allow_private=allow_private)
    reader = Reader.load()
    done = failed = 0
    for batch in _batches(found, lambda pages: pipeline.work(reader, pages)):
        failed += named(batch.failures)
        for reading in batch.readings:
            done += 1
            if verbose:
                say(f"{reading.document.id}: {count(len(reading.claims), 'claim')}")
            if as_json:
                print_json(reading)
            else:
                print_lines(partial(article, reading), apart=done > 1)
    if not quiet and (verbose or done + failed > 1):
        say(f"{count(done, 'document')} read, {failed:,} failed")
    if failed:
        sys.exit(1)


@cli.command()
@inputs_argument
@ledger_option
@_option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes that read at once.  [default: one a core]")
@outlet_option
@published_option
@private_option
@json_option
@quiet_option
@verbose_option
def ingest(
    inputs: tuple[str, ...],
    *,
    ledger: str,
    jobs: int | None,
    outlet: str | None,
    published: datetime | None,
    allow_private: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Read documents into the ledger. Safe to repeat, safe to kill: running it again finishes the work.

    INPUT is a file (text, HTML, JSONL), a folder, a glob, an http(s) address, or - for standard input.

    \b
    Examples:
      rashomon ingest reports/ --ledger news.db
      rashomon ingest 'archive/2025-06-*.html' --jobs 2
      rashomon ingest articles.jsonl --json
    """
    from rashomon import pipeline, sources
    from rashomon.reading import Reader

    found = sources.pages(inputs, outlet=outlet, published=_day(published), allow_private=allow_private)
    with _open(ledger, create=True) as book:
        tally = pipeline.ingest(found, book, Reader.load, jobs=jobs, progress=progress(quiet=quiet, verbose=verbose))
    if as_json:
        print_json(tally)
    elif not quiet:
        say(summary(tally))
    if tally.failed:
        sys.exit(1)


@cli.command()
@id_argument
@ledger_option
@json_option
def show(document_id: str, *, ledger: str, as_json: bool) -> None:
    """Print the ledger of one document, voice by voice.

    Under each voice stand the words it is quoted with, where they stand in the text, and the figures in them. ID is a
    document's id or its beginning, six characters at least.

    \b
    Examples:
      rashomon show demo-raid-kyiv
      rashomon show 3fa9c1 --json
    """
    from rashomon.terminal import accounts

    reading = _reading(ledger, document_id)
    if as_json:
        print_json(reading)
    else:
        print_lines(partial(accounts, reading))


@cli.command()
@id_argument
@ledger_option
@json_option
def document(document_id: str, *, ledger: str, as_json: bool) -> None:
    """Print one document with its claims marked, then who says what.

    ID is a document's id or its beginning, six characters at least. The numbers in the margin stand at the lines where
    claims begin.

    \b
    Examples:
      rashomon document demo-raid-kyiv
      rashomon document 3fa9c1 --json
    """
    from rashomon.terminal import article

    reading = _reading(ledger, document_id)
    if as_json:
        print_json(reading)
    else:
        print_lines(partial(article, reading))


@cli.command()
@click.argument("query", nargs=-1, required=True)
@_option("--limit", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="At most N documents.")
@ledger_option
@json_option
def search(query: tuple[str, ...], *, limit: int, ledger: str, as_json: bool) -> None:
    """Find documents by their words.

    A document must hold all the words of QUERY; words in quotation marks are found as they stand.

    \b
    Examples:
      rashomon search bridge Bryansk
      rashomon search '"could not be verified"' --json
    """
    from rashomon.terminal import hit

    with _open(ledger) as book:
        found = list(book.search(" ".join(query), limit=limit))
    if as_json:
        print_json(*found)
    elif found:
        print_lines(lambda width: (line for one in found for line in hit(one, width)))
    else:
        click.echo(f"No document in {ledger} holds all of this: {' '.join(query)}")


@cli.command()
@click.argument("form", metavar="FORMAT")
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write FILE, whole or not at all."
)
@ledger_option
@quiet_option
def export(form: str, *, output: Path | None, ledger: str, quiet: bool) -> None:
    """Write the whole ledger as FORMAT.

    \b
    json      one incident a line
    readings  one document a line, as `rashomon read --json` prints it
    csv       one claim a row, for a spreadsheet

    \b
    Examples:
      rashomon export csv -o claims.csv
      rashomon export readings | head -1
    """
    from rashomon.export import FORMATS, whole

    if form not in FORMATS:
        raise click.BadParameter(f"{form!r} is none of {', '.join(sorted(FORMATS))}.", param_hint="'FORMAT'")
    with _open(ledger) as book, nullcontext(sys.stdout.buffer) if output is None else whole(output) as stream:
        written = FORMATS[form](book, stream)
    if output is not None and not quiet:
        say(f"{output}: {count(written, 'row' if form == 'csv' else 'line')}")


@cli.command()
@click.option("--ledger", metavar="PATH", help="Where to keep its ledger.  [default: demo.db among the user's caches]")
@json_option
@quiet_option
def demo(*, ledger: str | None, as_json: bool, quiet: bool) -> None:
    """Read thirteen short dispatches and print what was found.

    They were written for this under invented outlet names and tell of incidents of 31 May to 2 June 2025 as two sides,
    an agency and an aid organisation would. What was read is kept in a small ledger; the last lines say how to look
    further into it.

    \b
    Examples:
      rashomon demo
      rashomon demo --ledger demo.db --json
    """
    from rashomon import demo as texts
    from rashomon import pipeline, sources
    from rashomon.reading import Reader
    from rashomon.terminal import accounts

    place = ledger or str(_own_folder(texts.folder()) / "demo.db")
    with _open(place, create=True) as book, texts.dispatches() as path:
        # One process: thirteen dispatches are read before another one has started.
        tally = pipeline.ingest(sources.pages([str(path)]), book, Reader.load, jobs=1)
        if not quiet:
            say(summary(tally))
        readings = [reading for reading in book.readings() if reading.document.id.startswith("demo-")]
        if as_json:
            print_json({"ledger": place, "documents": len(readings), "claims": sum(len(r.claims) for r in readings)})
            return
        print_lines(lambda width: texts.overview(readings))
        print_lines(partial(accounts, book.reading("demo-raid-wire")))
        print_lines(lambda width: texts.hints(_program(), shlex.quote(place)))


def main() -> None:
    """Run the program."""
    cli(prog_name="rashomon")


def _open(ledger: str, *, create: bool = False) -> Ledger:
    from rashomon import ledger as books

    return books.open(ledger, create=create)


def _reading(ledger: str, document_id: str) -> Reading:
    with _open(ledger) as book:
        return book.reading(document_id)


def _own_folder(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unusable(f"{folder}: {error.strerror}; name another place with --ledger") from error
    return folder


def _program() -> str:
    """How this program is called from here: by its name, or by its path if the name leads elsewhere."""
    path = Path(sys.argv[0])
    named = shutil.which("rashomon")
    if named is not None and path.exists() and Path(named).samefile(path):
        return "rashomon"
    return shlex.quote(str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path))


def _batches(found: Iterator[Page | Unreadable], work: Callable[[Sequence[Page]], Batch]) -> Iterator[Batch]:
    """What became of the inputs, a batch at a time, those that could not be opened among the failures."""
    from rashomon.ledger import Failure
    from rashomon.pipeline import BATCH, Batch

    while chunk := list(islice(found, BATCH)):
        batch = work([page for page in chunk if not isinstance(page, Unreadable)])
        unopened = tuple(Failure(e.name, "sources", e.reason) for e in chunk if isinstance(e, Unreadable))
        yield Batch(batch.readings, batch.captures, unopened + batch.failures)


def _day(published: datetime | None) -> date | None:
    return None if published is None else published.date()


if __name__ == "__main__":
    main()
