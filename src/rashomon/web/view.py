"""What a page is: something with a template, a title, and a twin in every form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Protocol

from rashomon.export.tables import Cell
from rashomon.ledger.book import Counts
from rashomon.model.incident import Incident


class View(Protocol):
    """A page; ``record`` is its JSON twin, ``header`` and ``rows`` its CSV twin."""

    @property
    def template(self) -> str:
        """The template that shows it."""
        ...

    @property
    def title(self) -> str:
        """What the window is called."""
        ...

    def record(self) -> object:
        """What it shows, as records."""
        ...

    def header(self) -> Sequence[str]:
        """The columns of its table."""
        ...

    def rows(self) -> Iterable[Sequence[Cell]]:
        """The rows of its table."""
        ...


class Listed(View, Protocol):
    """A page that can be followed, and laid on a map."""

    def feed(self) -> Iterator[Item]:
        """What it lists, as a feed reader wants it."""
        ...

    def shown(self) -> Sequence[Incident]:
        """The incidents it lists, to be laid on a map; other lists have none."""
        ...


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed: ``id`` within this ledger, ``path`` of its page, ``day`` it was last told of."""

    id: str
    path: str
    title: str
    day: date | None
    words: str


@dataclass(frozen=True, slots=True)
class State:
    """How the ledger is: what every page says at its foot, and what it warns of.

    ``waiting`` documents are read and not gathered into incidents yet.
    """

    counts: Counts
    waiting: int

    @property
    def empty(self) -> bool:
        """Whether nothing was ever read into it."""
        return self.counts.documents == 0


def first(found: Iterable[Incident], many: int) -> tuple[tuple[Incident, ...], bool]:
    """So many of a list, and whether there are more."""
    some = tuple(islice(found, many + 1))
    return some[:many], len(some) > many
