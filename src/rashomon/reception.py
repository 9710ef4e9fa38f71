"""Commands on pages: serve them all, or print one without a server."""

from __future__ import annotations

import sys

import click

from rashomon.doors import ledger_option, opened, option, quiet_option, verbose_option
from rashomon.talk import say

LOOPBACK = ("127.0.0.1", "localhost")


@click.command()
@option("--host", metavar="ADDRESS", default=LOOPBACK[0], show_default=True, help="The address to answer at.")
@option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, metavar="N", help="The port.")
@ledger_option
@quiet_option
@verbose_option
def serve(*, host: str, port: int, ledger: str, quiet: bool, verbose: bool) -> None:
    """Serve the ledger as web pages, until Ctrl-C.

    Nothing is loaded from elsewhere, and every page can be used without JavaScript. Every page is also there for
    programs: its address with .json or .csv at its end, lists with .atom and .geojson. Whoever reaches ADDRESS can read
    all of the ledger; as long as it is this machine's own, only its users can.

    \b
    Examples:
      rashomon serve --ledger news.db
      rashomon serve --port 8080
    """
    from rashomon import web

    with opened(ledger) as book:
        pages = web.app(book, place=ledger, host=host)
        if not quiet:
            say(f"http://{host}:{port}/ shows {ledger}; Ctrl-C stops")
            if host not in LOOPBACK:
                say(f"whoever reaches {host}:{port} can read all of it")
        web.serve(pages, host=host, port=port, verbose=verbose)


@click.command()
@click.argument("address")
@ledger_option
def get(address: str, *, ledger: str) -> None:
    """Print what an ADDRESS of the web pages answers, without a server.

    \b
    Examples:
      rashomon get /incidents.json --ledger news.db
      rashomon get '/incidents.csv?kind=strike&after=2025-06-01' > strikes.csv
    """
    from rashomon import web

    with opened(ledger) as book:
        pages = web.app(book, place=ledger)
        answered = web.get(pages, address)
        # An id that was merged away, or cut short, leads on; once is enough.
        if (elsewhere := answered.header("location")) is not None:
            answered = web.get(pages, elsewhere)
    click.echo(answered.body, nl=not answered.body.endswith(b"\n"))
    if answered.status >= 400:
        sys.exit(1)
