"""Ledgers in a SQLite file: opening, making, bringing up to date."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from rashomon.errors import Unusable
from rashomon.ledger import opening
from rashomon.ledger.core import CoreLedger, told
from rashomon.ledger.tables import REVISIONS

PATIENCE = 5.0  # seconds to wait for another writer; one batch of 64 readings takes well under one

REASONS = {
    sqlite3.SQLITE_BUSY: "another program has it locked; try again when that is done",
    sqlite3.SQLITE_LOCKED: "another program has it locked; try again when that is done",
    sqlite3.SQLITE_PERM: "no permission to use it",
    sqlite3.SQLITE_READONLY: "it is read-only, or in a read-only place",
    sqlite3.SQLITE_IOERR: "the disk failed to read or write it",
    sqlite3.SQLITE_CORRUPT: "the file is damaged; restore it from a copy",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened or made there; is the folder writable?",
    sqlite3.SQLITE_NOTADB: "not a SQLite database",
}


def open_file(path: Path, *, create: bool, patience: float | None = None) -> CoreLedger:
    """The ledger in a file, brought up to date; ``create`` makes one where there is none. Raises errors.Unusable."""
    patience = PATIENCE if patience is None else patience
    _check(path, create=create)
    engine = _engine(path, patience)
    try:
        with told(str(path), reason):
            _ready(engine, path, create=create, patience=patience)
    except Unusable:
        engine.dispose()
        raise
    return CoreLedger(engine, str(path), reason)


def reason(error: DBAPIError) -> str | None:
    """What is wrong with the database, in plain words; None if it is our statement that is wrong."""
    # The low byte is the kind of error, the rest its variety.
    code = getattr(error.orig, "sqlite_errorcode", None)
    return None if code is None else REASONS.get(code & 0xFF)


def _check(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise Unusable(f"{path}: a folder, not a ledger")
    if not path.parent.is_dir():
        raise Unusable(f"{path}: no such folder as {path.parent}")
    if not create and not path.exists():
        raise Unusable(f"{path}: no ledger there yet; `rashomon ingest` makes one")


def _engine(path: Path, patience: float) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(path.absolute())), connect_args={"timeout": patience})
    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begun)
    return engine


def _connected(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver would begin late and end early; ``_begun`` does it
    connection.execute("PRAGMA foreign_keys = ON")
    # With a write-ahead log a killed program loses nothing at NORMAL. A power cut may lose the last transactions,
    # whole ones, which the next ingest reads again; FULL would wait for the disk at every batch.
    connection.execute("PRAGMA synchronous = NORMAL")


def _begun(connection: Connection) -> None:
    # A writer takes its turn at once: one that began as a reader could not wait for another to finish.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _ready(engine: Engine, path: Path, *, create: bool, patience: float) -> None:
    with engine.connect() as connection:
        revision = _revision(connection, path)
    if revision == REVISIONS[-1]:
        return
    if revision is None:
        if not create:
            raise Unusable(f"{path}: an empty file, not a ledger")
        _log_ahead(engine, patience)
    with engine.execution_options(writes=True).begin() as connection:
        # Asked again, for another program may have made or migrated it while this one waited for its turn.
        if _revision(connection, path) != REVISIONS[-1]:
            opening.migrate(connection)


def _revision(connection: Connection, path: Path) -> str | None:
    names = text("SELECT name FROM sqlite_master WHERE type = 'table'")
    return opening.revision(connection, set(connection.execute(names).scalars()), str(path))


def _log_ahead(engine: Engine, patience: float) -> None:
    """Switch a new file to a write-ahead log, which stays with the file: readers and a writer then never wait.

    SQLite does not wait its usual time for the lock this takes, so two programs that make one ledger try in turns.
    """
    give_up = time.monotonic() + patience
    connection = engine.raw_connection()
    try:
        while True:
            try:
                connection.cursor().execute("PRAGMA journal_mode = WAL")
            except sqlite3.Error as error:
                busy = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
                if not busy or time.monotonic() > give_up:
                    raise DBAPIError.instance("PRAGMA journal_mode = WAL", None, error, sqlite3.Error) from error
                time.sleep(0.02)
            else:
                return
    finally:
        connection.close()
