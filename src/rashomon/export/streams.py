"""JSON on its way out: one record a line, or many in one document, never all of them in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import BinaryIO

from rashomon.model import codec

Json = Mapping[str, object]


def lines(records: Iterable[object], stream: BinaryIO) -> int:
    """Write one record a line; how many."""
    written = 0
    for record in records:
        stream.write(codec.to_json(record) + b"\n")
        written += 1
    return written


def joined(records: Iterable[object], stream: BinaryIO, head: str, tail: str) -> int:
    """Write records between what opens a document and what closes it, commas between them; how many."""
    stream.write(head.encode())
    written = 0
    for record in records:
        stream.write((b",\n" if written else b"") + codec.to_json(record))
        written += 1
    stream.write(tail.encode())
    return written
