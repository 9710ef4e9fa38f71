"""What commands have in common: the group, which tells our errors in a line, and the options."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rashomon.errors import RashomonError
from rashomon.talk import say

if TYPE_CHECKING:
    from rashomon.ledger import Ledger

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


def option(*names: str, **settings: Any) -> Callable[[Command], Command]:
    """An option with its environment variable: ``--ledger`` is ``RASHOMON_LEDGER``."""
    long = next(name for name in names if name.startswith("--"))
    return click.option(*names, envvar=f"RASHOMON_{long[2:].replace('-', '_').upper()}", **settings)


inputs_argument = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
id_argument = click.argument("document_id", metavar="ID")
day_type = click.DateTime(["%Y-%m-%d"])
ledger_option = option(
    "--ledger", metavar="PATH_OR_URL", default="rashomon.db", show_default=True, help="The ledger to use."
)
json_option = option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")
quiet_option = option("--quiet", is_flag=True, help="No progress and no summary; failures are still named.")
verbose_option = option("-v", "--verbose", is_flag=True, help="Tell more of what is being done.")
outlet_option = option("--outlet", metavar="NAME", help="The outlet of texts that do not say.")
published_option = option(
    "--published",
    metavar="YYYY-MM-DD",
    type=day_type,
    help="The day of publication of texts that do not say.",
)
as_of_option = option(
    "--as-of",
    metavar="TIME|REVISION",
    help="The ledger as it was: at a revision, YYYY-MM-DD (its end), or YYYY-MM-DDTHH:MM, UTC unless it says.",
)
private_option = option("--allow-private", is_flag=True, help="Also fetch addresses inside private networks.")


@contextmanager
def opened_as_of(ledger: str, as_of: str | None) -> Iterator[Ledger]:
    """The ledger that a command was given, as it was then; as it is where no time is given."""
    from rashomon import history

    with opened(ledger) as book:
        if as_of is None:
            yield book
            return
        with history.as_of(book, history.moment(as_of)) as past:
            yield past


def opened(ledger: str, *, create: bool = False) -> Ledger:
    """The ledger that a command was given."""
    from rashomon import ledger as books

    return books.open(ledger, create=create)
