"""The book: documents and what was read in them, kept for good and found again; incidents gathered from them."""

from __future__ import annotations

from pathlib import Path

from rashomon.errors import Unusable
from rashomon.ledger import postgres, sqlite
from rashomon.ledger.book import Capture, Counts, Failure, Ledger, Paper, Wanted, What
from rashomon.ledger.entries import Entry, Hit

__all__ = ["Capture", "Counts", "Entry", "Failure", "Hit", "Ledger", "Paper", "Wanted", "What", "open"]


def open(path_or_url: str | Path, *, create: bool, patience: float | None = None) -> Ledger:  # noqa: A001 - ledger.open
    """The ledger at a path or database address; ``create`` makes one where there is none.

    ``patience`` is how many seconds to wait for other programs' writing, by default as many as suit the database.
    Raises errors.Unusable, with the place and the reason, if it is no ledger, a later one, locked, or cannot be opened.
    """
    place = str(path_or_url)
    scheme, address, rest = place.partition("://")
    if address and scheme in postgres.SCHEMES:
        return postgres.open_database(place, create=create, patience=patience)
    if address and scheme != "sqlite":
        raise Unusable(f"{scheme}://…: no ledgers in such a database; give a file or postgresql://…")
    # sqlite:///name is relative, sqlite:////name absolute, as SQLAlchemy has it.
    return sqlite.open_file(Path(rest.removeprefix("/") if address else place), create=create, patience=patience)
