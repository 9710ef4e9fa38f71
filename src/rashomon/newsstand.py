"""The newsstand's commands: what comes in by itself, and what was left unread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rashomon.doors import json_option, ledger_option, opened, option, private_option, quiet_option, verbose_option
from rashomon.errors import Unreadable
from rashomon.talk import count, print_json, say, summary

if TYPE_CHECKING:
    from rashomon.watching import Round


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
