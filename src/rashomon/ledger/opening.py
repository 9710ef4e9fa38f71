"""What opening a ledger takes in any database: which schema it has, and bringing that up to date."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from rashomon.errors import Unusable
from rashomon.ledger.tables import REVISIONS, VERSIONS

if TYPE_CHECKING:
    from alembic.config import Config


def revision(connection: Connection, tables: Collection[str], place: str) -> str | None:
    """The schema revision of a ledger, None of an empty database. Raises Unusable if it is no ledger or a later one."""
    if not tables:
        return None
    if VERSIONS not in tables:
        raise Unusable(f"{place}: a database of another program, not a ledger")
    found = connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar()
    if found not in REVISIONS:
        raise Unusable(f"{place}: made by a later Rashomon (its schema is {found}); update this one to open it")
    return str(found)


def migrate(connection: Connection) -> None:
    """Run the migration scripts that are due, all of them in the caller's transaction."""
    from alembic import command  # noqa: PLC0415 - 0.2 s to import, needed once in a ledger's life

    command.upgrade(_scripts(connection), "head")


def back(connection: Connection, to: str) -> None:
    """Run migration scripts backwards, to an earlier revision; what they brought is forgotten. Raises Unusable."""
    from alembic import command  # noqa: PLC0415

    if to not in REVISIONS:
        raise Unusable(f"{to}: no such schema; there are {', '.join(REVISIONS)}")
    command.downgrade(_scripts(connection), to)


def _scripts(connection: Connection) -> Config:
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
