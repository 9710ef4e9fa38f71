"""Gists for tests of the forest, made by hand or drawn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from rashomon.model.document import DocumentId
from rashomon.model.incident import Gist, Spot, key
from rashomon.model.telling import Status, TellingId
from rashomon.model.text import Span

TOWNS = {
    "Marno": Spot("Marno", 48.5, 37.9, 3.0, "UA"),
    "Dolyna": Spot("Dolyna", 48.52, 37.99, 4.0, "UA"),  # 7 km from Marno
    "Port Amra": Spot("Port Amra", 46.4, 30.7, 13.0, "UA"),
    "Marno Oblast": Spot("Marno Oblast", 48.2, 37.8, 120.0, "UA"),
    "Ukraine": Spot("Ukraine", 49.0, 32.0, 600.0, "UA"),
}


def gist(
    document: str,
    telling: str = "i1",
    *,
    kind: str = "STRIKE.AIR",
    status: Status = Status.OCCURRED,
    published: int | None = 3,
    day: int | None = 2,
    last: int | None = None,
    towns: tuple[str, ...] = ("Marno",),
    names: tuple[str, ...] = (),
    killed: int | None = None,
    words: str = "",
) -> Gist:
    """A gist of June 2025: days are days of the month."""
    return Gist(
        key(DocumentId(document), TellingId(telling)),
        DocumentId(document),
        None if published is None else date(2025, 6, published),
        kind,
        status,
        None if day is None else date(2025, 6, day),
        None if day is None else date(2025, 6, last or day),
        tuple(TOWNS[town] for town in towns),
        names,
        () if killed is None else (("killed", Decimal(killed), Decimal(killed)),),
        tuple(sorted(words.split())),
        Span(int(telling[1:]) * 10, int(telling[1:]) * 10 + 4),
    )
