"""Commands on pages: serve them all, or print one without a server."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rashomon.doors import ledger_option, opened, option, quiet_option, verbose_option
from rashomon.errors import RashomonError, Unusable
from rashomon.talk import say

LOOPBACK = ("127.0.0.1", "localhost")
COARSE = "With --public: how exactly places are told to who has no account."
DELAY = "With --public: how old news is before who has no account reads it."


@click.command()
@option("--host", metavar="ADDRESS", default=LOOPBACK[0], show_default=True, help="The address to answer at.")
@option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, metavar="N", help="The port.")
@option("--public", is_flag=True, help="Let anybody read; who decides still logs in.")
@option("--people", metavar="FILE", help="Where accounts are kept.  [default: the ledger's name with .people]")
@option("--proxy-header", metavar="NAME", help="A header by which a proxy in front names whom it let in.")
@option("--coarse", type=click.FloatRange(0, 1000), default=10.0, show_default=True, metavar="KM", help=COARSE)
@option("--delay", type=click.FloatRange(0, 24 * 365), default=24.0, show_default=True, metavar="HOURS", help=DELAY)
@ledger_option
@quiet_option
@verbose_option
def serve(
    *,
    host: str,
    port: int,
    public: bool,
    people: str | None,
    proxy_header: str | None,
    coarse: float,
    delay: float,
    ledger: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """Serve the ledger as web pages, until Ctrl-C.

    Nothing is loaded from elsewhere, and every page can be used without JavaScript. Every page is also there for
    programs: its address with .json or .csv at its end, lists with .atom and .geojson.

    At this machine's own address there is one user, who needs no login. At another, or with --public, people have
    accounts: `rashomon people` makes the first. A proxy that names people must be the only way in.

    \b
    Examples:
      rashomon serve --ledger news.db
      rashomon serve --port 8080
      rashomon serve --host 0.0.0.0 --public --coarse 25 --delay 48
    """
    from rashomon import web
    from rashomon.web.accounts import Accounts
    from rashomon.web.security import Policy

    known = Accounts(_people(ledger, people)) if public or proxy_header or host not in LOOPBACK else None
    policy = Policy(known, public, proxy_header, coarse if public else 0.0, delay if public else 0.0)
    with opened(ledger) as book:
        pages = web.app(book, place=book.place, host=host, policy=policy)
        if not quiet:
            say(f"http://{host}:{port}/ shows {book.place}; Ctrl-C stops")
            if known is not None and not known.people():
                say("nobody has an account yet; `rashomon people add NAME --role admin` makes one")
        web.serve(pages, host=host, port=port, verbose=verbose)


@click.command()
@click.argument("act", type=click.Choice(("add", "close", "list")))
@click.argument("name", required=False)
@option("--role", type=click.Choice(("reader", "coder", "editor", "admin")), default="coder", show_default=True)
@option("--people", metavar="FILE", help="Where accounts are kept.  [default: the ledger's name with .people]")
@option("--password", metavar="WORDS", help="Better asked for, or given as RASHOMON_PASSWORD.")
@ledger_option
def people(act: str, name: str | None, *, role: str, people: str | None, password: str | None, ledger: str) -> None:
    """Say who may log in to the web pages, and in which role.

    \b
    reader   reads all
    coder    decides, and takes back what they decided
    editor   also settles what coders disagree on
    admin    also makes accounts

    \b
    Examples:
      rashomon people add olena --role editor --ledger news.db
      rashomon people list
    """
    from rashomon.web.accounts import Accounts, Role

    accounts = Accounts(_people(ledger, people))
    if act == "list":
        for known, theirs in accounts.people():
            click.echo(f"{theirs.name.lower():8}{known}")
        return
    if not name:
        raise click.UsageError("Who? Give a NAME.")
    if act == "close":
        accounts.remove(name)
        return
    secret = password or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    accounts.add(name, secret, Role[role.upper()])


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
        pages = web.app(book, place=book.place)
        answered = web.get(pages, address)
        # An id that was merged away, or cut short, leads on; once is enough.
        if (elsewhere := answered.header("location")) is not None:
            answered = web.get(pages, elsewhere)
        pages.state.pasts.close()
    click.echo(answered.body, nl=not answered.body.endswith(b"\n"))
    if answered.status >= 400:
        sys.exit(1)


@click.command()
@click.argument("ledger", metavar="LEDGER", envvar="RASHOMON_LEDGER")
def mcp(ledger: str) -> None:
    """Answer assistants over standard input and output, by the Model Context Protocol.

    They can search incidents and documents, see the accounts of an incident, and quote evidence with the document, the
    characters and the exact words; every answer says how to cite it, and nothing can be changed. Needs the extra
    rashomon[mcp]. LEDGER is a file, or the address of a database.

    \b
    Examples:
      rashomon mcp news.db
    """
    try:
        from rashomon.assistants import server
    except ModuleNotFoundError as error:
        raise RashomonError(f"mcp needs {error.name}: pip install 'rashomon[mcp]'") from error

    with opened(ledger) as book:
        server(book).run("stdio")


def _people(ledger: str, people: str | None) -> Path:
    """Where the accounts of a ledger are kept. Raises Unusable where its address names no file."""
    if people is not None:
        return Path(people)
    if "://" in ledger and not ledger.startswith("sqlite:///"):
        raise Unusable("a ledger in a database server has its accounts elsewhere; name a file with --people")
    return Path(f"{ledger.removeprefix('sqlite:///')}.people")
