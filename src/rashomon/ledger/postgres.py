"""Ledgers in a PostgreSQL database: opening, making, bringing up to date, taking turns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from rashomon.errors import Unusable
from rashomon.ledger import opening
from rashomon.ledger.core import CoreLedger, told
from rashomon.ledger.tables import REVISIONS

if TYPE_CHECKING:
    from psycopg import Connection as Driver

# Seconds to wait for one's turn to write. Turns are given in the order they were asked for, and each takes well under a
# second, so that this is the patience of a queue of a hundred.
PATIENCE = 60.0
SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")

# One writer at a time, as in SQLite: the log's revisions and the trail's numbers then become visible in their order,
# and whoever follows them misses none. Readers do not wait.
TURN = (
    "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; "
    "SELECT pg_advisory_xact_lock(hashtext('rashomon'), hashtext(current_schema()))"
)

GONE = "its server does not answer ({}); what was finished is kept, try again when the server is back"
LOCKED = "another program has it locked; try again when that is done"
REASONS = {
    "08": "the connection to its server was lost; what was finished is kept, try again",
    "25006": "it is read-only, or a copy that only follows another",
    "40": LOCKED,
    "42501": "no permission to use it",
    "53100": "the disk of its server is full",
    "53": "its server has no room left for another connection or task; try again later",
    "55P03": LOCKED,
    "57P": "its server is stopping or starting; what was finished is kept, try again when it is back",
    "57014": "its server broke off what took too long",
    "58": "its server failed to read or write its disk",
    "XX": "its server found it damaged; restore it from a copy",
}
REFUSED = re.compile(r"FATAL:\s+(.+)")


def open_database(address: str, *, create: bool, patience: float | None = None) -> CoreLedger:
    """The ledger in a database, brought up to date; ``create`` makes its tables where there are none.

    Raises errors.Unusable.
    """
    url = _url(address)
    place = shown(url)
    engine = _engine(url, place, PATIENCE if patience is None else patience)
    try:
        with told(place, reason):
            _ready(engine, place, create=create)
    except Unusable:
        engine.dispose()
        raise
    return CoreLedger(engine, place, reason)


def shown(url: URL) -> str:
    """An address without its password, as people write it."""
    address = url.set(drivername="postgresql").difference_update_query(["password"]).render_as_string()
    return address.replace("%2F", "/")


def reason(error: DBAPIError) -> str | None:
    """What is wrong with the database, in plain words; None if it is our statement that is wrong."""
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return next((words for begins, words in REASONS.items() if state.startswith(begins)), None)
    # Only a connection that fails, or failed just now, has no code of its own.
    said = str(error.orig)
    if (refused := REFUSED.search(said)) is not None:
        return f"its server refuses: {refused[1]}"
    if type(error.orig).__name__ != "OperationalError":
        return None
    return GONE.format(said.splitlines()[0].rpartition("failed: ")[2])


def _url(address: str) -> URL:
    try:
        return make_url(address).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        # What went wrong may quote the password.
        raise Unusable("no address of a database: postgresql://USER@HOST/DATABASE is one") from None


def _engine(url: URL, place: str, patience: float) -> Engine:
    # What is read in one transaction is of one moment. A connection is tried before it is used, for the server may have
    # been restarted since.
    try:
        engine = create_engine(
            url,
            isolation_level="REPEATABLE READ",
            pool_pre_ping=True,
            connect_args={"client_encoding": "utf8", "application_name": "rashomon"},
        )
    except ImportError as error:
        raise Unusable(f"{place}: needs psycopg; pip install 'rashomon[postgres]'") from error

    def connected(connection: Driver, _: ConnectionPoolEntry) -> None:
        connection.autocommit = True
        connection.execute(f"SET lock_timeout = {round(1000 * patience)}")
        connection.autocommit = False

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", _begun)
    return engine


def _begun(connection: Connection) -> None:
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql(TURN)


def _ready(engine: Engine, place: str, *, create: bool) -> None:
    with engine.connect() as connection:
        encoding = connection.execute(text("SHOW server_encoding")).scalar()
        if encoding != "UTF8":
            raise Unusable(f"{place}: written in {encoding}, not UTF8; make it with createdb -E UTF8 -T template0")
        found = opening.revision(connection, _tables(connection, place), place)
    if found == REVISIONS[-1]:
        return
    if found is None and not create:
        raise Unusable(f"{place}: an empty database, not a ledger; `rashomon ingest` makes one")
    with engine.execution_options(writes=True).begin() as connection:
        # Asked again, for another program may have made or migrated it while this one waited for its turn.
        if opening.revision(connection, _tables(connection, place), place) != REVISIONS[-1]:
            opening.migrate(connection)


def _tables(connection: Connection, place: str) -> frozenset[str]:
    if connection.execute(text("SELECT current_schema()")).scalar() is None:
        raise Unusable(f"{place}: no such schema as its search_path names")
    names = text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    return frozenset(connection.execute(names).scalars())
