"""The page of a search: incidents, and documents with the sentence that answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rashomon import words
from rashomon.export.tables import Cell
from rashomon.ledger.book import Census, Facet, Ledger
from rashomon.ledger.entries import Hit
from rashomon.model.incident import Incident
from rashomon.model.text import Span
from rashomon.web.address import NAMES, Address, path
from rashomon.web.highlight import Mark, Run, runs
from rashomon.web.incidents import Line, item, line
from rashomon.web.view import Item, first

LISTED = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """A document that holds the words, with the stretch around the first of them."""

    hit: Hit
    path: str
    day: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search finds."""

    template: ClassVar[str] = "search.html"

    query: str
    address: Address
    incidents: tuple[Incident, ...]
    more: bool
    census: Census | None
    hits: tuple[Hit, ...]

    @property
    def title(self) -> str:
        """What is looked for."""
        return f"Search: {self.query}" if self.query else "Search"

    @property
    def lines(self) -> tuple[Line, ...]:
        """The incidents."""
        return tuple(map(line, self.incidents))

    @property
    def all(self) -> str:
        """The address of all incidents that are found."""
        return f"/incidents{self.address.query}"

    @property
    def answers(self) -> Iterator[Answer]:
        """The documents."""
        return map(_answer, self.hits)

    def shown(self) -> Sequence[Incident]:
        """The incidents."""
        return self.incidents

    def record(self) -> object:
        """The JSON twin; documents as `rashomon search --json` prints them."""
        facets = {} if self.census is None else {NAMES[facet]: many for facet, many in self.census.facets.items()}
        return {
            "schema": "rashomon/search/1",
            "query": self.query,
            "facets": facets,
            "incidents": self.incidents,
            "documents": self.hits,
        }

    def header(self) -> Sequence[str]:
        """The columns of a document found."""
        return ("document", "title", "outlet", "published", "start", "end", "words", "score")

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row a document."""
        for one in self.hits:
            around = (one.excerpt.start, one.excerpt.end)
            yield one.document, one.title, one.outlet, one.published, *around, one.words, round(one.score, 3)

    def feed(self) -> Iterator[Item]:
        """One entry an incident."""
        return map(item, self.incidents)


def found(ledger: Ledger, query: str, address: Address) -> Found:
    """What a search finds; nothing where nothing is looked for."""
    if not query.strip():
        return Found("", address, (), False, None, ())
    some, more = first(ledger.incidents(address.wanted, limit=LISTED + 1), LISTED)
    plain = address.wanted.text or ""
    outlets = [one.name.casefold() for one in address.wanted.also if one.facet is Facet.OUTLET]
    hits = [
        one for one in ledger.search(plain, limit=LISTED) if not outlets or (one.outlet or "").casefold() in outlets
    ]
    return Found(query, address, some, more, ledger.census(address.wanted), tuple(hits))


def _answer(hit: Hit) -> Answer:
    marks = [
        Mark(Span(one.start - hit.excerpt.start, one.end - hit.excerpt.start), "found", "found", "")
        for one in hit.marks
        if hit.excerpt.holds(one)
    ]
    at = f"{hit.marks[0].start}-{hit.marks[0].end}" if hit.marks else ""
    where = f"{path('document', hit.document)}?c={at}#c={at}" if at else path("document", hit.document)
    return Answer(hit, where, words.day(hit.published), tuple(runs(hit.words, marks)))
