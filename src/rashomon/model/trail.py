"""The audit trail: rows of which each holds the digest of the one before it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

BEGINNING = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """One row of the trail: ``what`` was done by whom and when, ``body`` the record of it as JSON.

    ``number`` counts from 1 without gaps; ``digest`` is that of the row and, through ``previous``, of all before it.
    """

    number: int
    at: str
    by: str
    what: str
    body: str
    previous: str
    digest: str


def sealed(number: int, at: str, by: str, what: str, body: str, previous: str) -> Link:
    """A row with its digest: SHA-256 over the JSON list of its parts and the digest before it, hexadecimal."""
    parts = json.dumps([number, at, by, what, body, previous], ensure_ascii=False, separators=(",", ":"))
    return Link(number, at, by, what, body, previous, hashlib.sha256(parts.encode()).hexdigest())
