"""Where words stand in a text that never changes."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """Half-open ``[start, end)`` in Unicode code points of a document's text.

    A named tuple and no dataclass, because the contract writes spans as two-element arrays and there are hundreds a
    reading.
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether the other lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end
