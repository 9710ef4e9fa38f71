"""Every error of ours, as a tree.

RashomonError
    Unreadable      an input that cannot become a document: empty, binary, damaged, without text
        Unfetchable     an address that could not be fetched, or may not be
    Unknown         an id that the ledger does not hold
    Unusable        a ledger or weights that cannot be opened: not ours, too new, locked, missing
"""

from __future__ import annotations


class RashomonError(Exception):
    """An error whose message is meant for people."""


class Unreadable(RashomonError):
    """An input that cannot become a document: ``name`` says which, ``reason`` why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class Unfetchable(Unreadable):
    """An address that could not be fetched, or may not be.

    ``status`` is what its server answered, if it did; ``wait`` the seconds it asked to be left alone.
    """

    def __init__(self, name: str, reason: str, *, status: int | None = None, wait: float | None = None) -> None:
        super().__init__(name, reason)
        self.status = status
        self.wait = wait


class Unknown(RashomonError):
    """An id that the ledger does not hold."""


class Unusable(RashomonError):
    """A ledger, or weights, that cannot be opened."""
