"""JSON lines in the contract's shapes: ``json`` one incident a line, ``readings`` one document a line."""

from __future__ import annotations

from typing import BinaryIO

from rashomon.export.dossiers import Holdings
from rashomon.export.streams import lines


def incidents(holdings: Holdings, stream: BinaryIO) -> int:
    """Write every incident, the most told first."""
    return lines(holdings.most_told(), stream)


def readings(holdings: Holdings, stream: BinaryIO) -> int:
    """Write every current reading, in the ledger's order."""
    return lines(holdings.readings(), stream)
