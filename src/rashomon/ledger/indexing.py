"""How tellings are found again, which the room that resolves them decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rashomon.model.incident import Gist, IncidentId


@dataclass(frozen=True, slots=True)
class Indexing:
    """How a telling is found again: the names it is ``kept`` and ``sought`` under, and its id.

    Whatever is kept under a name that a telling is sought under is held against it.
    """

    kept: Callable[[Gist], Sequence[str]]
    sought: Callable[[Gist], Sequence[str]]
    named: Callable[[Gist], IncidentId]
