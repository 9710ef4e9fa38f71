"""What a ledger's database holds, asked past the ledger."""

from __future__ import annotations

from sqlalchemy import create_engine, select, text

from rashomon.ledger import intake_tables

# Of all tables, those of `tables` included.
TABLES = intake_tables.feed.metadata.sorted_tables


def asked(place: str, statement: str) -> list[tuple[object, ...]]:
    """The rows that a statement gives, in a file or at an address."""
    engine = create_engine(address(place))
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(statement))]
    engine.dispose()
    return found


def dump(place: str, *, but: frozenset[str] = frozenset()) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of ours, in order, without some columns."""
    engine = create_engine(address(place))
    found = {}
    with engine.connect() as connection:
        for table in TABLES:
            columns = [column for column in table.c if column.name not in but]
            found[table.name] = sorted((tuple(row) for row in connection.execute(select(*columns))), key=repr)
    engine.dispose()
    return found


def address(place: str) -> str:
    """What SQLAlchemy calls a ledger's place."""
    return place.replace("postgresql://", "postgresql+psycopg://") if "://" in place else f"sqlite:///{place}"
