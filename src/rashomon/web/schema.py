"""The promise: what the JSON of readings and incidents is made of, as JSON Schema."""

from __future__ import annotations

from functools import cache

from rashomon.model.codec import to_json
from rashomon.model.shapes import together


@cache
def schema() -> bytes:
    """The schemas of a reading and of an incident; fields are added, never renamed or removed."""
    return to_json(together())
