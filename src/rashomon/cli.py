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
from datetime import date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rashomon import __version__, desk, newsstand, postroom, readingroom, reception
from rashomon.doors import (
    Door,
    id_argument,
    inputs_argument,
    json_option,
    ledger_option,
    opened,
    option,
    outlet_option,
    private_option,
    published_option,
    quiet_option,
    verbose_option,
)
from rashomon.errors import Unreadable, Unusable
from rashomon.talk import count, named, print_json, print_lines, say, summary

if TYPE_CHECKING:
    from rashomon.model.document import Page
    from rashomon.pipeline import Batch


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="rashomon", message="%(prog)s %(version)s")
def cli() -> None:
    """Read news of armed conflict and keep a ledger of accounts: who says what, in which words.

    \b
    A first look:   rashomon demo
    One article:    rashomon read article.txt
    Many:           rashomon ingest folder/ --ledger news.db
    Then:           rashomon incidents --since 2025-06-01 --near Kharkiv~50 --ledger news.db

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

    INPUT is a file (text, HTML, JSONL), a folder, a glob, an http(s) address, a feed, a sitemap, a list of addresses, a
    web archive (WARC), or - for standard input.

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


cli.add_command(newsstand.ingest)
cli.add_command(newsstand.watch)
cli.add_command(newsstand.unread)
cli.add_command(desk.gather)
cli.add_command(desk.incidents)
cli.add_command(desk.show)


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
    from rashomon.matrix import copied
    from rashomon.sources.copies import added
    from rashomon.terminal import article

    with opened(ledger) as book:
        reading = book.reading(document_id)
        told = reading.document
        origin = book.papers([told.id])[told.id].origin
        copy = None if origin == told.id else (origin, added(told.text, book.document(origin).text))
    if as_json:
        print_json(reading)
        return
    print_lines(partial(article, reading))
    if copy is not None:
        print_lines(partial(copied, told, *copy))


@cli.command()
@click.argument("query", nargs=-1, required=True)
@option("--limit", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="At most N documents.")
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

    with opened(ledger) as book:
        found = list(book.search(" ".join(query), limit=limit))
    if as_json:
        print_json(*found)
    elif found:
        print_lines(lambda width: (line for one in found for line in hit(one, width)))
    else:
        click.echo(f"No document in {book.place} holds all of this: {' '.join(query)}")


cli.add_command(desk.decide)
cli.add_command(desk.undo)
cli.add_command(desk.decisions)
for _command in (readingroom.review, readingroom.rule, readingroom.agreement, readingroom.audit):
    cli.add_command(_command)
cli.add_command(reception.serve)
cli.add_command(reception.people)
cli.add_command(reception.get)
cli.add_command(reception.mcp)


@cli.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@json_option
@quiet_option
def copy(source: str, target: str, *, as_json: bool, quiet: bool) -> None:
    """Copy the whole ledger FROM one place TO another, which must hold none yet or an empty one.

    Places are files, or addresses of PostgreSQL databases; either way round. Everything is copied under the same ids,
    in one transaction: a copy is whole, or there is none.

    \b
    Examples:
      rashomon copy news.db postgresql://desk@db.example.org/news
      rashomon copy postgresql://desk@db.example.org/news news.db
    """
    with opened(source) as book, opened(target, create=True) as other:
        book.transcribe(other)
        counts, place = other.counts(), other.place
    if as_json:
        print_json({"ledger": place, "documents": counts.documents, "incidents": counts.incidents})
    elif not quiet:
        say(f"{place}: {count(counts.documents, 'document')}, {count(counts.incidents, 'incident')}")


cli.add_command(postroom.export)
cli.add_command(postroom.changes)
cli.add_command(postroom.bring)
cli.add_command(postroom.compare)


@cli.command()
@click.argument("dump", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    required=True,
    help="Write FILE, whole or not at all.",
)
@option("--only", metavar="UA,RU", default="", help="Keep only places of these countries, by their two-letter codes.")
@json_option
@quiet_option
def places(dump: Path, *, output: Path, only: str, as_json: bool, quiet: bool) -> None:
    """Make a gazetteer of a GeoNames dump, to read with instead of ours.

    DUMP is allCountries.txt, or the file of one country, from https://download.geonames.org/export/dump, unpacked
    (CC BY 4.0). It knows villages, rivers and bridges that the gazetteer we ship leaves out; RASHOMON_GAZETTEER names
    the file to read with. A million places take about 1 GB of memory to put together.

    \b
    Examples:
      rashomon places UA.txt -o ukraine.bin
      rashomon places allCountries.txt --only SD,SS,TD -o sudans.bin
      RASHOMON_GAZETTEER=ukraine.bin rashomon read article.txt
    """
    from rashomon.knowledge.geonames import imported

    codes = frozenset(code.strip().upper() for code in only.split(",") if code.strip())
    number, digest = imported(dump, output, codes)
    if as_json:
        print_json({"file": str(output), "places": number, "bytes": output.stat().st_size, "digest": digest})
    elif not quiet:
        say(f"{output}: {count(number, 'place')}, {output.stat().st_size / 1e6:.1f} MB")


@cli.command()
@click.option("--ledger", metavar="PATH", help="Where to keep its ledger.  [default: demo.db among the user's caches]")
@json_option
@quiet_option
def demo(*, ledger: str | None, as_json: bool, quiet: bool) -> None:
    """Read twenty-two short dispatches and print what was found.

    They were written for this under invented outlet names and tell of incidents of 2019 to 2025 as two sides, an agency
    and an aid organisation would. What was read is kept in a small ledger; the last lines say how to look
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
    with opened(place, create=True) as book, texts.dispatches() as path:
        # One process: the dispatches take it less time than starting others would.
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
