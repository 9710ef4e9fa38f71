"""Records to JSON and back, checked by type. The only place where a record meets JSON."""

from __future__ import annotations

import msgspec

from rashomon.model.reading import Reading

_encoder = msgspec.json.Encoder(decimal_format="number")
_reading = msgspec.json.Decoder(Reading)


def to_json(record: object) -> bytes:
    """One record as one line of UTF-8 JSON, without the line's end."""
    return _encoder.encode(record)


def reading(line: bytes | str) -> Reading:
    """A reading from its JSON.

    Raises msgspec.ValidationError, with the path of the fault, if a field is missing or of the wrong type.
    """
    return _reading.decode(line)
