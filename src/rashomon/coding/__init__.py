"""From what the encoder sees to what the document says: one pure function."""

from __future__ import annotations

from rashomon.coding.actors import actors
from rashomon.coding.claims import claims
from rashomon.model.reading import Parse, Reading

__all__ = ["code"]


def code(parse: Parse) -> Reading:
    """What the document says: its actors, claims and caveats."""
    cast, claimants = actors(parse)
    said = claims(parse, claimants)
    return Reading(
        document=parse.document,
        actors=cast,
        claims=said,
        events=(),
        quantities=(),
        times=(),
        places=(),
        incidents=(),
        caveats=(),
        maker=parse.maker,
    )
