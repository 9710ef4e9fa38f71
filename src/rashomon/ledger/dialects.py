"""What the two databases do in their own ways; the rest of the room asks ``dialect`` and knows neither."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Executable, func, select, text

from rashomon.ledger import postgres_search, search
from rashomon.ledger.entries import Hit
from rashomon.ledger.tables import metadata

Numbers = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Dialect:
    """One database's own ways.

    ``search`` finds documents; ``asked`` puts a person's query in the database's language, None if it holds no word.
    ``tell`` keeps the ``words`` of the incident ``rowid``; ``rows`` are the incidents ``m`` that hold a ``:query``,
    ``has`` a test whether an ``m`` does. ``given`` is the highest number that each table ever gave to a row of its own,
    ``resume`` goes on from there.
    """

    search: Callable[[Connection, str, int], Iterator[Hit]]
    asked: Callable[[Connection, str], str | None]
    tell: Executable
    rows: str
    has: str
    given: Callable[[Connection], Numbers]
    resume: Callable[[Connection, Numbers], None]


# Tables whose rows are numbered as they come, with the column of the number.
NUMBERED = {
    table.name: column for table in metadata.sorted_tables if (column := table.autoincrement_column) is not None
}


def _sqlite_given(connection: Connection) -> Numbers:
    """Most tables remember the last number for good; of the others it is that of the last row."""
    held = {name: connection.execute(select(func.max(column))).scalar() or 0 for name, column in NUMBERED.items()}
    kept = {row.name: row.seq for row in connection.execute(text("SELECT name, seq FROM sqlite_sequence"))}
    return held | kept


def _sqlite_resume(connection: Connection, given: Numbers) -> None:
    """Only tables that remember are told; the others go on from their last row by themselves."""
    names = {
        name: number
        for name, number in given.items()
        if metadata.tables[name].dialect_options["sqlite"]["autoincrement"]
    }
    connection.execute(text("DELETE FROM sqlite_sequence"))
    if names:
        rows = [{"name": name, "number": number} for name, number in names.items()]
        connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :number)"), rows)


def _postgres_given(connection: Connection) -> Numbers:
    """A sequence that never gave a number says so."""
    asked = "SELECT coalesce(pg_sequence_last_value(CAST(pg_get_serial_sequence(:table, :column) AS regclass)), 0)"
    return {
        name: connection.execute(text(asked), {"table": name, "column": column.name}).scalar_one()
        for name, column in NUMBERED.items()
    }


def _postgres_resume(connection: Connection, given: Numbers) -> None:
    asked = text("SELECT setval(pg_get_serial_sequence(:table, :column), :number)")
    for name, number in given.items():
        if number > 0:
            connection.execute(asked, {"table": name, "column": NUMBERED[name].name, "number": number})


# Looked up at once: to ask the index of words for each row takes a hundred times longer.
_OF = "(SELECT i.key AS incident, i.day, i.earliest, i.id FROM told CROSS JOIN incident i WHERE i.key = told.rowid AND"
_IN = "m.incident IN (SELECT rowid FROM told WHERE"
_MATCH = "told MATCH :query)"
_HOLDS = "told.words @@ CAST(:query AS tsquery))"
_KNOWN = {
    "sqlite": Dialect(
        search.search,
        lambda connection, query: search.expression(query),
        text("INSERT INTO told (rowid, words) VALUES (:rowid, :words)"),
        f"{_OF} {_MATCH} m WHERE TRUE",
        f"{_IN} {_MATCH}",
        _sqlite_given,
        _sqlite_resume,
    ),
    "postgresql": Dialect(
        postgres_search.search,
        postgres_search.asked,
        text("INSERT INTO told (rowid, words) VALUES (:rowid, rashomon_words(:words))"),
        f"{_OF} {_HOLDS} m WHERE TRUE",
        f"{_IN} {_HOLDS}",
        _postgres_given,
        _postgres_resume,
    ),
}


def dialect(connection: Connection) -> Dialect:
    """The ways of a connection's database."""
    return _KNOWN[connection.dialect.name]
