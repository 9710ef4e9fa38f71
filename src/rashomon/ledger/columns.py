"""Types of columns that mean the same in every database, which SQLAlchemy's own of these names do not."""

from __future__ import annotations

from sqlalchemy import BigInteger as _BigInteger
from sqlalchemy import Double as _Double
from sqlalchemy import Integer as _Integer
from sqlalchemy import Text as _Text
from sqlalchemy.types import REAL as _REAL

# Sorted and compared by code point, as SQLite and Python do; PostgreSQL would go by the language of the server.
Text = _Text().with_variant(_Text(collation="C"), "postgresql")
# SQLite's are 64 bits wide, PostgreSQL's INTEGER and REAL 32.
Integer = _Integer().with_variant(_BigInteger(), "postgresql")
Real = _REAL().with_variant(_Double(), "postgresql")
