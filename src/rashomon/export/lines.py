"""JSON lines in the contract's shapes: ``json`` one incident a line, ``readings`` one document a line."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import BinaryIO

from rashomon.export.tellings import told
from rashomon.ledger import Ledger
from rashomon.model import codec


def incidents(ledger: Ledger, stream: BinaryIO) -> int:
    """Write every incident told of, in the order of its documents."""
    return _lines(chain.from_iterable(map(told, ledger.readings())), stream)


def readings(ledger: Ledger, stream: BinaryIO) -> int:
    """Write every current reading, in the ledger's order."""
    return _lines(ledger.readings(), stream)


def _lines(records: Iterable[object], stream: BinaryIO) -> int:
    written = 0
    for record in records:
        stream.write(codec.to_json(record) + b"\n")
        written += 1
    return written
