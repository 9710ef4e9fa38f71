"""What alembic runs: the scripts, on a connection whose transaction its caller began and will end."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from rashomon.ledger.tables import VERSIONS, metadata

connection = context.config.attributes["connection"]
if not isinstance(connection, Connection):
    raise TypeError("migrations run on the connection of an open ledger")
context.configure(connection=connection, target_metadata=metadata, version_table=VERSIONS)
context.run_migrations()
