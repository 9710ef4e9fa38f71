"""The newsstand's commands: what is brought, what comes in by itself, and what was left unread."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import click

from rashomon.doors import (
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
from rashomon.talk import count, gathering_told, print_json, progress, say, summary

if TYPE_CHECKING:
    from rashomon.watching import Round


@click.command()
@inputs_argument
@ledger_option
@option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes that read at once.  [default: one a core]")
@option("--all", "everything", is_flag=True, help="Read everything, whatever it is about.")
@option("--on", metavar="ray[://HOST:PORT]", help="Read on the machines of a Ray cluster, or of one made here.")
@option("--readings", metavar="FOLDER", help="Where --on files what was read.  [default: the ledger's name.readings]")
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
    everything: bool,
    on: str | None,
    readings: str | None,
    outlet: str | None,
    published: datetime | None,
    allow_private: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Read documents into the ledger. Safe to repeat, safe to kill: running it again finishes the work.

    INPUT is as for `read`, or a folder of readings as --on files them. What cannot tell of conflict, unrest or talks is
    not read, nor what is in another language than English; both are counted, and listed by `rashomon unread`.

    With --on, files on a disk that all machines see, or in an object store (s3://bucket/folder), are read in parts by
    many processes; each part is filed as Parquet in FOLDER, whole or not at all, and is not read again.

    \b
    Examples:
      rashomon ingest reports/ --ledger news.db
      rashomon ingest 'archive/2025-06-*.html' --jobs 2
      rashomon ingest 'crawl/*.warc.gz' --on ray://head:10001 --readings s3://desk/readings
      rashomon ingest s3://desk/readings --ledger news.db
    """
    from rashomon import pipeline, sources
    from rashomon.reading import Reader

    day = None if published is None else published.date()
    filed = _filed(inputs) if on is None else ()
    way = None if on is None else _afield().Way(_cluster(on), readings or _beside(ledger), jobs)
    with opened(ledger, create=True) as book:
        told, gathered = progress(quiet=quiet, verbose=verbose), gathering_told(quiet=quiet, verbose=verbose)
        if way is not None:
            brief = _afield().Brief(Reader.load().maker, not everything, outlet, day)
            worked = _afield().worked(inputs, brief, book, Reader.load, way)
            tally = pipeline.keep(worked, book, progress=told, gathered=gathered)
        elif filed:
            tally = pipeline.keep(_afield().shelved(filed, book), book, progress=told, gathered=gathered)
        else:
            found = sources.pages(inputs, outlet=outlet, published=day, allow_private=allow_private)
            tally = pipeline.ingest(
                found, book, Reader.load, jobs=jobs, progress=told, gathered=gathered, screened=not everything
            )
        incidents = book.counts().incidents
    if as_json:
        print_json(tally)
    elif not quiet:
        say(f"{summary(tally)}; {count(incidents, 'incident')} in the ledger")
    if tally.failed:
        sys.exit(1)


def _filed(inputs: tuple[str, ...]) -> tuple[str, ...]:
    """The inputs if they are folders of readings, none if none is."""
    from rashomon.pipeline import holds_readings

    filed = [holds_readings(name) for name in inputs]
    if any(filed) and not all(filed):
        raise click.UsageError("Readings are loaded by themselves; name other inputs in a run of their own.")
    return inputs if any(filed) else ()


@click.command()
@click.argument("feeds", nargs=-1, required=True, metavar="FEEDS...")
@ledger_option
@option(
    "--every", type=click.IntRange(min=1), default=15, show_default=True, metavar="MINUTES", help="Between two looks."
)
@option("--once", is_flag=True, help="One round through all that is due, then stop.")
@option("--all", "everything", is_flag=True, help="Read everything, whatever it is about.")
@private_option
@quiet_option
@verbose_option
def watch(
    feeds: tuple[str, ...],
    *,
    ledger: str,
    every: int,
    once: bool,
    everything: bool,
    allow_private: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Follow feeds and sitemaps, and read what they name into the ledger.

    FEEDS are addresses of feeds or sitemaps, or files that list some, one a line. Hosts are visited as their robots.txt
    asks, with a pause between two visits; articles are visited again for three days, and one that its outlet changed
    becomes a new version, the old one kept. It may be stopped or killed at any moment and goes on where it was.

    \b
    Examples:
      rashomon watch feeds.txt --ledger news.db
      rashomon watch https://example.org/rss.xml --once
    """
    from rashomon import watching
    from rashomon.reading import Reader
    from rashomon.sources.connecting import anywhere, public
    from rashomon.sources.visiting import Visitor

    roots = tuple(dict.fromkeys(_addresses(feeds)))
    with opened(ledger, create=True) as book:
        visitor = Visitor(permitted=anywhere if allow_private else public)
        over = watching.Watch(book, roots, Reader.load(), visitor, every=every * 60, screened=not everything)

        def tell(came: Round) -> None:
            if not quiet and (came.visited or verbose or once):
                found = f"{count(came.feeds, 'feed')}, {count(came.named, 'address')} new or changed"
                say(f"{found}; {count(came.visited, 'visit')}; {summary(came.tally)}")

        if once:
            tell(over.round())
        else:
            watching.watch(over, tell=tell)


@click.command()
@ledger_option
@json_option
def unread(*, ledger: str, as_json: bool) -> None:
    """List what was not read: what is in other languages, and what cannot tell of conflict, unrest or talks.

    \b
    Examples:
      rashomon unread
      rashomon unread --json | head
    """
    with opened(ledger) as book:
        for aside in book.asides.list():
            if as_json:
                print_json(aside)
            else:
                why = (
                    f"in another language ({aside.language})"
                    if aside.language and aside.why == "language"
                    else aside.why
                )
                click.echo(f"{aside.url or aside.name}\t{why}")
        left = book.asides.census()
    if not as_json:
        say(", ".join(f"{number:,} left by {why}" for why, number in sorted(left.items())) or "nothing was left unread")


def _afield() -> ModuleType:
    """What reads on many machines. Raises Unusable where its extra is not installed."""
    try:
        from rashomon import afield
    except ImportError as error:
        raise Unusable(
            f"reading on many machines needs pip install 'rashomon[ray]' ({error.name} is missing)"
        ) from error
    return afield


def _cluster(on: str) -> str:
    if on != "ray" and not on.startswith("ray://"):
        raise click.BadParameter(f"{on!r} is neither ray nor ray://HOST:PORT.", param_hint="'--on'")
    return on


def _beside(ledger: str) -> str:
    """Where readings are filed unless it is said: beside the ledger, if that is a file."""
    if "://" in ledger:
        raise click.UsageError("Say with --readings where to file what is read.")
    return f"{ledger}.readings"


def _addresses(feeds: Iterable[str]) -> Iterator[str]:
    """The addresses of feeds, those in files included. Raises Unreadable for a file that lists none."""
    from rashomon.model.document import Page
    from rashomon.sources.feeds import listing

    for name in feeds:
        if "://" in name:
            yield name
            continue
        try:
            body = Path(name).read_bytes()
        except OSError as error:
            raise Unreadable(name, (error.strerror or str(error)).lower()) from None
        found = [entry.url for entry in listing(Page(name, body, "text/uri-list")).entries]
        if not found:
            raise Unreadable(name, "lists no addresses")
        yield from found
