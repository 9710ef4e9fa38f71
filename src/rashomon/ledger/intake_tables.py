"""The tables of what comes in by itself and of what is left unread, beside those of ``tables``."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, Table

from rashomon.ledger.columns import Integer, Text
from rashomon.ledger.tables import metadata

# Inputs that were not read, and why; ``body`` is the document, packed, of those that another reader may read.
aside = Table(
    "aside",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("why", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("url", Text),
    Column("title", Text),
    Column("language", Text),
    Column("body", LargeBinary),
    Index("aside_why", "why"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# Feeds that are watched, with the list that led to them. Times are seconds since 1970.
feed = Table(
    "feed",
    metadata,
    Column("url", Text, primary_key=True),
    Column("parent", Text),
    Column("etag", Text),
    Column("modified", Text),
    Column("due", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# Addresses that feeds named; ``due`` is null of those that rest.
address = Table(
    "address",
    metadata,
    Column("url", Text, primary_key=True),
    Column("feed", Text, nullable=False),
    Column("published", Text),
    Column("changed", Text),
    Column("etag", Text),
    Column("modified", Text),
    Column("due", Integer),
    Column("visits", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Index("address_due", "due"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
