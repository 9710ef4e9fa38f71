"""What answers count, so that incidents can be asked for by it; outlets in their order."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey, insert, select, text

from rashomon.ledger import incidents
from rashomon.ledger import tables as t
from rashomon.ledger.columns import Integer, Real, Text

revision = "v0006"
down_revision: str | None = "v0005"
CURRENT = text("current = 1")
CHUNK = 500  # incidents in memory at once


def upgrade() -> None:
    """Make room, and fill it from the incidents that are there."""
    op.create_index("document_outlet", "document", ["outlet", "published"], sqlite_where=CURRENT,
                    postgresql_where=CURRENT)  # fmt: skip
    op.create_table(
        "figure",
        Column("key", Integer, primary_key=True),
        Column("incident", Integer, ForeignKey("incident.key", ondelete="CASCADE"), nullable=False),
        Column("kind", Text, nullable=False),
        *(Column(name, Real) for name in ("low", "high")),
        *(Column(name, Text, nullable=False) for name in ("day", "earliest", "id")),
        sqlite_strict=True,
    )
    op.create_index("figure_kind", "figure", ["kind", "low", "high"])
    op.create_index("figure_incident", "figure", ["incident"])
    _fill()


def downgrade() -> None:
    """Take it away; nothing is lost, for incidents hold it."""
    op.drop_table("figure")
    op.drop_index("document_outlet", "document")


def _fill() -> None:
    connection = op.get_bind()
    i, a = t.incident.c, t.account.c
    keys = connection.execute(select(i.key)).scalars().all()
    asked = select(i.key, i.day, i.earliest, i.id, a.body).join(t.account, a.incident == i.key)
    for at in range(0, len(keys), CHUNK):
        rows = []
        for row in connection.execute(asked.where(i.key.in_(keys[at : at + CHUNK]))):
            same = {"incident": row.key, "day": row.day, "earliest": row.earliest, "id": row.id}
            rows += [dict(same, **one) for one in incidents.figures(incidents.unpacked(row.body))]
        if rows:
            connection.execute(insert(t.figure), rows)
