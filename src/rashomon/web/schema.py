"""The promise: what the JSON of readings and incidents is made of, as JSON Schema."""

from __future__ import annotations

from functools import cache

import msgspec

from rashomon.model.incident import Incident
from rashomon.model.reading import Reading


@cache
def schema() -> bytes:
    """The schemas of a reading and of an incident; fields are added, never renamed or removed."""
    (reading, incident), parts = msgspec.json.schema_components((Reading, Incident))
    promise = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rashomon",
        "anyOf": [reading, incident],
        "$defs": parts,
    }
    return msgspec.json.encode(promise)
