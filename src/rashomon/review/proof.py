"""Whether the audit trail is whole, and the judgements are those it tells of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from rashomon.model import codec
from rashomon.model.judgement import Judgement
from rashomon.model.trail import BEGINNING, Link, sealed


@dataclass(frozen=True, slots=True)
class Proof:
    """How many rows were proved; ``head`` is the last one's digest, ``fault`` what is wrong, None if nothing is.

    Who notes the head elsewhere can prove later that nothing before it was changed or cut off.
    """

    rows: int
    head: str
    fault: str | None = None


def prove(links: Iterable[Link], judgements: Iterable[Judgement], expected: str | None = None) -> Proof:
    """Go through the trail from its beginning; the first row that is broken is named.

    ``expected`` is a head that was noted before: it must be the digest of some row.
    """
    said: dict[int, Judgement] = {}
    head, rows, met = BEGINNING, 0, expected in (None, BEGINNING)
    for link in links:
        fault = _fault(link, rows + 1, head)
        if fault is None and link.what == "judgement":
            try:
                made = codec.judgement(link.body)
            except msgspec.ValidationError as error:
                return Proof(rows, head, f"row {link.number}: no judgement is written there ({error})")
            said[int(made.id)] = made
        if fault is not None:
            return Proof(rows, head, fault)
        head, rows = link.digest, rows + 1
        met = met or head == expected
    fault = _unlike(said, judgements)
    if fault is None and not met:
        fault = f"no row has the digest {expected}: rows after it or before it are gone"
    return Proof(rows, head, fault)


def _fault(link: Link, number: int, head: str) -> str | None:
    if link.number != number:
        return f"row {number}: missing; row {link.number} follows"
    if link.previous != head:
        return f"row {number}: does not follow the row before it"
    meant = sealed(link.number, link.at, link.by, link.what, link.body, link.previous)
    return None if meant.digest == link.digest else f"row {number}: its words are not those it was sealed with"


def _unlike(said: dict[int, Judgement], judgements: Iterable[Judgement]) -> str | None:
    """The first judgement that is not as the trail tells, or not in it, or gone."""
    left = dict(said)
    for one in judgements:
        meant = left.pop(int(one.id), None)
        if meant is None:
            return f"judgement {one.id}: not in the trail"
        if meant != one:
            return f"judgement {one.id}: not as it was made; the trail has it as it was"
    return None if not left else f"judgement {min(left)}: gone; the trail has it"
