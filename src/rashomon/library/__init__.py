"""The library: read a text, open a ledger, and look at what is found in tables and notebooks."""

from __future__ import annotations

from rashomon.library.articles import read, read_all
from rashomon.library.books import Ledger
from rashomon.library.results import Incident, Incidents, Reading, Table

__all__ = ["Incident", "Incidents", "Ledger", "Reading", "Table", "read", "read_all"]
