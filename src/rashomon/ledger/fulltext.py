"""What the two databases do in their own ways about words; the rest of the room asks ``words`` and knows neither."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Executable, text

from rashomon.ledger import postgres_search, search
from rashomon.ledger.entries import Hit


@dataclass(frozen=True, slots=True)
class Words:
    """Full text in one database.

    ``search`` finds documents; ``asked`` puts a person's query in the database's language, None if it holds no word.
    ``tell`` keeps the ``words`` of the incident ``rowid``; ``rows`` are the incidents ``m`` that hold a ``:query``,
    ``has`` a test whether an ``m`` does.
    """

    search: Callable[[Connection, str, int], Iterator[Hit]]
    asked: Callable[[Connection, str], str | None]
    tell: Executable
    rows: str
    has: str


# Looked up at once: to ask the index of words for each row takes a hundred times longer.
_OF = "(SELECT i.key AS incident, i.day, i.earliest, i.id FROM told CROSS JOIN incident i WHERE i.key = told.rowid AND"
_IN = "m.incident IN (SELECT rowid FROM told WHERE"
_MATCH = "told MATCH :query)"
_HOLDS = "told.words @@ CAST(:query AS tsquery))"
_KNOWN = {
    "sqlite": Words(
        search.search,
        lambda connection, query: search.expression(query),
        text("INSERT INTO told (rowid, words) VALUES (:rowid, :words)"),
        f"{_OF} {_MATCH} m WHERE TRUE",
        f"{_IN} {_MATCH}",
    ),
    "postgresql": Words(
        postgres_search.search,
        postgres_search.asked,
        text("INSERT INTO told (rowid, words) VALUES (:rowid, rashomon_words(:words))"),
        f"{_OF} {_HOLDS} m WHERE TRUE",
        f"{_IN} {_HOLDS}",
    ),
}


def words(connection: Connection) -> Words:
    """Full text as the database of a connection has it."""
    return _KNOWN[connection.dialect.name]
