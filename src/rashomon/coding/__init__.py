"""From what the encoder sees to what the document says: one pure function."""

from __future__ import annotations

from rashomon.coding.claims import claims
from rashomon.model.reading import Parse, Reading

__all__ = ["code"]


def code(parse: Parse) -> Reading:
    """What the document says: its actors, claims and caveats."""
    said = claims(parse, [None] * len(parse.attributions))
    return Reading(
        document=parse.document,
        actors=(),
        claims=said,
        events=(),
        quantities=(),
        times=(),
        places=(),
        incidents=(),
        caveats=(),
        maker=parse.maker,
    )
