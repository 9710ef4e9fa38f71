"""What comes in by itself: feeds that are watched, addresses they named, inputs that were set aside unread."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, LargeBinary

from rashomon.ledger.columns import Integer, Text

revision = "v0005"
down_revision: str | None = "v0004"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "aside",
        Column("digest", Text, primary_key=True),
        Column("why", Text, nullable=False),
        Column("name", Text, nullable=False),
        *(Column(name, Text) for name in ("url", "title", "language")),
        Column("body", LargeBinary),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("aside_why", "aside", ["why"])
    op.create_table(
        "feed",
        Column("url", Text, primary_key=True),
        *(Column(name, Text) for name in ("parent", "etag", "modified")),
        *(Column(name, Integer, nullable=False) for name in ("due", "failures")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "address",
        Column("url", Text, primary_key=True),
        Column("feed", Text, nullable=False),
        *(Column(name, Text) for name in ("published", "changed", "etag", "modified")),
        Column("due", Integer),
        *(Column(name, Integer, nullable=False) for name in ("visits", "failures")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("address_due", "address", ["due"])


def downgrade() -> None:
    """Forget what was set aside, and which feeds and addresses were visited."""
    for name in ("address", "feed", "aside"):
        op.drop_table(name)
