"""What can be carried away from a ledger, by name of its format."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from rashomon.export.lines import incidents, readings
from rashomon.export.spreadsheet import claims
from rashomon.export.whole import whole
from rashomon.ledger import Ledger

__all__ = ["FORMATS", "Exporter", "whole"]

Exporter = Callable[[Ledger, BinaryIO], int]

# Each writes what a ledger holds to a stream and returns how many lines or rows it wrote, the header not counted.
FORMATS: dict[str, Exporter] = {
    "csv": claims,
    "json": incidents,
    "readings": readings,
}
