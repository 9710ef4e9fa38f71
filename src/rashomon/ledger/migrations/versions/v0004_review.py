"""What people decide of words, the audit trail, and what waits to be looked at."""

from __future__ import annotations

import hashlib
import json

from alembic import op
from sqlalchemy import Column, text

from rashomon.ledger.columns import Integer, Real, Text

revision = "v0004"
down_revision: str | None = "v0003"


def upgrade() -> None:
    """Make room; what was decided before opens the trail, and every document is due, for its doubts are not known."""
    op.add_column("judgement", Column("document", Text))
    op.add_column("judgement", Column("body", Text))
    op.create_index("judgement_document", "judgement", ["document"])
    op.add_column("telling", Column("sure", Real))
    op.create_index("telling_sure", "telling", ["sure", "key"])
    op.create_table(
        "trail",
        Column("number", Integer, primary_key=True),
        *(Column(name, Text, nullable=False) for name in ("at", "by", "what", "body", "previous", "digest")),
        sqlite_strict=True,
    )
    op.create_table(
        "doubt",
        *(Column(name, Text, primary_key=True) for name in ("document", "part")),
        *(Column(name, Integer, primary_key=True) for name in ("start", "end")),
        Column("sure", Real, nullable=False),
        Column("settled", Integer, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("doubt_order", "doubt", ["settled", "sure", "document"])
    op.execute("DELETE FROM due")
    op.execute("INSERT INTO due (document) SELECT id FROM document WHERE current = 1")
    _begin()


def downgrade() -> None:
    """Forget what was decided of words, and the trail; what was decided of incidents and actors stays."""
    op.execute("DELETE FROM judgement WHERE document IS NOT NULL AND replaces IS NOT NULL")
    op.execute("DELETE FROM judgement WHERE document IS NOT NULL")
    op.drop_index("doubt_order", "doubt")
    op.drop_table("doubt")
    op.drop_table("trail")
    op.drop_index("telling_sure", "telling")
    op.drop_column("telling", "sure")
    op.drop_index("judgement_document", "judgement")
    op.drop_column("judgement", "body")
    op.drop_column("judgement", "document")


def _begin() -> None:
    """The trail of the judgements that are there, oldest first."""
    connection = op.get_bind()
    previous = "0" * 64
    columns = "id, verdict, subjects, by, at, reason, replaces"
    rows = connection.execute(text(f"SELECT {columns} FROM judgement ORDER BY id")).all()
    for number, row in enumerate(rows, 1):
        about = {
            "id": row.id, "verdict": row.verdict, "subjects": json.loads(row.subjects), "by": row.by, "at": row.at,
            "reason": row.reason, "replaces": row.replaces,
            "about": None, "before": None, "after": None, "settles": False,
        }  # fmt: skip
        body = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
        parts = json.dumps([number, row.at, row.by, "judgement", body, previous], ensure_ascii=False,
                           separators=(",", ":"))  # fmt: skip
        digest = hashlib.sha256(parts.encode()).hexdigest()
        made = {"n": number, "at": row.at, "by": row.by, "body": body, "previous": previous, "digest": digest}
        connection.execute(
            text("INSERT INTO trail VALUES (:n, :at, :by, 'judgement', :body, :previous, :digest)"), made
        )
        previous = digest
