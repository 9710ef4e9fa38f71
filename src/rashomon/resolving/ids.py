"""Short names of tellings, and of the incidents they are the first of."""

from __future__ import annotations

from hashlib import blake2b

from rashomon.model.incident import Gist, IncidentId

# Crockford's digits: no I, L, O, U, which are read as others.
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# 50 bits: among ten million tellings two share an id with a chance of 4 %, among a million of 0.04 %.
LENGTH = 10


def incident_id(gist: Gist) -> IncidentId:
    """The id of a telling: of its document and its first words, so that reading again gives the same one.

    An incident is called by the id of its first telling; any id once given out leads to its telling.
    """
    first = f"{gist.document}\0{gist.trigger.start}\0{gist.trigger.end}"
    number = int.from_bytes(blake2b(first.encode(), digest_size=8).digest(), "big")
    return IncidentId("RA-" + "".join(DIGITS[number >> 5 * place & 31] for place in range(LENGTH)))
