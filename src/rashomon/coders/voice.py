"""Coded rows as one more voice: each row a document whose text is the row, and one telling in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from rashomon.coders.rows import Row, Sheet
from rashomon.gathering import gather
from rashomon.knowledge.kinds import kinds
from rashomon.knowledge.locating import located
from rashomon.ledger import Capture, Failure, Ledger
from rashomon.model.document import Block, BlockKind, Dating, Document, DocumentId
from rashomon.model.reading import Maker, Reading
from rashomon.model.telling import (
    Actor,
    ActorId,
    Bound,
    Place,
    PlaceId,
    Precision,
    Quantity,
    QuantityId,
    Role,
    Status,
    Telling,
    TellingId,
    Time,
    TimeId,
    Where,
)
from rashomon.model.text import Span

WEIGHTS = "coded rows"
PREFIX = "coded-"
POINT_KM = 5.0  # how far around a coder's coordinates a place is held to reach
TOLD = TellingId("i1")


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: ``rows`` understood, of them ``new`` to the ledger; rows that ``failed``, by name."""

    rows: int
    new: int
    failed: tuple[Failure, ...]


def bring_in(ledger: Ledger, sheet: Sheet, voice: str, version: str) -> Imported:
    """Write rows into a ledger as the voice of who coded them, then gather. Bringing them in again adds nothing.

    A row that was changed since becomes a new version of its document. Rows with faults are kept as failures, each
    named by file and line.
    """
    name = sheet.path.name
    readings = [reading(row, voice, name, version) for row in sheet.rows]
    captures = [
        Capture(_digest(one.document.text, name, str(row.line)), f"{name}:{row.line}", one.document.id)
        for one, row in zip(readings, sheet.rows, strict=True)
    ]
    failed = tuple(Failure(f"{name}:{fault.line}", "import", fault.reason) for fault in sheet.faults)
    new = ledger.record(readings, captures) if readings else 0
    ledger.mend([capture.name for capture in captures])
    if failed:
        ledger.fail(failed)
    gather(ledger)
    return Imported(len(readings), new, failed)


def reading(row: Row, voice: str, file: str, version: str) -> Reading:
    """A row as a reading; every datum points at its cell in the text, which is all that the row says."""
    text, at = _written(row)
    places = tuple(_places(row, at))
    actors, roles = _actors(row, at)
    quantities = tuple(_quantities(row, at))
    time = _time(row, at)
    telling = Telling(
        TOLD,
        _kind(row),
        Status.OCCURRED,
        (at[_cell(row, "kind")],),
        time.id,
        tuple(Where(place.id, "location") for place in places),
        roles,
        (),
        tuple(one.id for one in quantities),
    )
    document = Document(
        DocumentId(PREFIX + _digest(voice, file, row.id)[:16]),
        text,
        None,
        voice,
        f"{file}, {row.id}",
        row.published,
        "en",
        (Block(BlockKind.PARAGRAPH, 0, len(text)),),
        Dating.GIVEN if row.published else None,
    )
    made = Maker(version, WEIGHTS)
    return Reading(document, actors, (), (), quantities, (time,), places, (telling,), (), made)


def _written(row: Row) -> tuple[str, dict[str, Span]]:
    """The row as a text, a line a cell, and where each cell stands in it, by heading."""
    text, at = "", {}
    for heading, cell in row.cells.items():
        start = len(text) + len(heading) + 2
        text += f"{heading}: {cell}\n"
        at[heading] = Span(start, start + len(cell))
    return text, at


def _cell(row: Row, *names: str) -> str:
    """The heading under which the first of these that the row says stands."""
    return next(row.headings[name] for name in names if row.headings.get(name) in row.cells)


def _kind(row: Row) -> str:
    """A kind of ours; of a family alone the one that says no more, or else its first."""
    if row.kind in kinds():
        return row.kind
    family = [code for code, kind in kinds().items() if kind.family == row.kind]
    return next((code for code in family if code.endswith(".UNSPECIFIED")), family[0])


def _time(row: Row, at: dict[str, Span]) -> Time:
    one = row.earliest == row.latest
    value = row.earliest.isoformat() if one else f"{row.earliest.isoformat()}/{row.latest.isoformat()}"
    precision = Precision.DAY if one else Precision.DAYS
    return Time(TimeId("t1"), at[_cell(row, "date")], row.earliest, row.latest, precision, value)


def _places(row: Row, at: dict[str, Span]) -> Iterator[Place]:
    """Where it was: by the coder's own coordinates, else where the gazetteer has a place of this name."""
    if row.place is None and row.lat is None:
        return
    span = at[_cell(row, "place", "lat")]
    known = located(row.place) if row.place is not None and row.lat is None else None
    name = row.place or f"{row.lat}, {row.lon}"
    if known is not None:
        kind, country = known.kind.name.lower(), row.country or known.country or None
        radius = float(known.radius_km)
        yield Place(PlaceId("p1"), span, name, known.name, kind, known.lat, known.lon, country, radius_km=radius)
    else:
        resolved, radius_km = (name, POINT_KM) if row.lat is not None else (None, None)
        yield Place(PlaceId("p1"), span, name, resolved, "site", row.lat, row.lon, row.country, radius_km=radius_km)


def _actors(row: Row, at: dict[str, Span]) -> tuple[tuple[Actor, ...], tuple[Role, ...]]:
    actors, roles = [], []
    for number, (role, name) in enumerate((("perpetrator", row.perpetrator), ("target", row.target)), 1):
        if name is not None:
            actor, span = ActorId(f"a{number}"), at[_cell(row, role)]
            actors.append(Actor(actor, name, "unknown", (span,)))
            roles.append(Role(role, span, actor))
    return tuple(actors), tuple(roles)


def _quantities(row: Row, at: dict[str, Span]) -> Iterator[Quantity]:
    for number, (kind, (low, high)) in enumerate(row.figures.items(), 1):
        span = at[_cell(row, kind, f"{kind}_low", f"{kind}_high")]
        bound = Bound.EXACT if low == high else Bound.AT_LEAST if high is None else Bound.AT_MOST
        bound = Bound.RANGE if None not in (low, high) and low != high else bound
        value = low if low is not None else high
        yield Quantity(QuantityId(f"q{number}"), span, kind, value, low, high, bound, None, None, TOLD)


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()
