"""What happened to the ledger: changes, and inputs that could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rashomon.export.tables import Cell
from rashomon.ledger.book import Change, Failure, Ledger, What
from rashomon.model.incident import Incident
from rashomon.web.address import Misasked, path
from rashomon.web.view import Item


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened after a revision, oldest first."""

    template: ClassVar[str] = "changes.html"
    title: ClassVar[str] = "Changes"

    since: int
    changes: tuple[Change, ...]
    more: bool

    @property
    def further(self) -> int:
        """The revision to ask from next."""
        return self.changes[-1].revision if self.changes else self.since

    def shown(self) -> Sequence[Incident]:
        """No incidents."""
        return ()

    def record(self) -> object:
        """The JSON twin."""
        return {
            "schema": "rashomon/changes/1",
            "since": self.since,
            "next": self.further,
            "all": not self.more,
            "changes": self.changes,
        }

    def header(self) -> Sequence[str]:
        """The columns of a change."""
        return ("revision", "at", "what", "subject")

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row a change."""
        return ((one.revision, one.at.isoformat(), str(one.what), one.subject) for one in self.changes)

    def feed(self) -> Iterator[Item]:
        """One entry a change."""
        for one in self.changes:
            decided = one.what is What.DECIDED
            named = f"judgement {one.subject}" if decided else f"{one.subject} {one.what}"
            where = path("changes") if decided else path("document", one.subject)
            yield Item(f"change/{one.revision}", where, named, one.at.date(), str(one.what))


@dataclass(frozen=True, slots=True)
class Failures:
    """Inputs that could not be read, with their reasons."""

    template: ClassVar[str] = "failures.html"
    title: ClassVar[str] = "What could not be read"

    failures: tuple[Failure, ...]

    def record(self) -> object:
        """The JSON twin."""
        return {"schema": "rashomon/failures/1", "failures": self.failures}

    def header(self) -> Sequence[str]:
        """The columns of a failure."""
        return ("name", "stage", "reason")

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row a failure."""
        return ((one.name, one.stage, one.reason) for one in self.failures)


def changes(ledger: Ledger, since: str | None, limit: int) -> Changes:
    """What happened after a revision. Raises Misasked."""
    if since is not None and not since.isdecimal():
        raise Misasked(f"since={since}: the number of a revision")
    after = int(since or 0)
    found: list[Change] = []
    for one in ledger.changes(after):
        found.append(one)
        if len(found) > limit:
            break
    return Changes(after, tuple(found[:limit]), len(found) > limit)


def failures(ledger: Ledger) -> Failures:
    """Inputs that could not be read."""
    return Failures(tuple(ledger.failures()))
