"""Rows that people coded: brought into the ledger as one more voice, or held against what the machine read."""

from __future__ import annotations

from rashomon.coders.columns import Columns, columns
from rashomon.coders.differences import Comparison, compare
from rashomon.coders.rows import Fault, Row, rows
from rashomon.coders.voice import Imported, bring_in

__all__ = ["Columns", "Comparison", "Fault", "Imported", "Row", "bring_in", "columns", "compare", "rows"]
