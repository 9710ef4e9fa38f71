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
    """An address that could not be fetched, or may not be."""


class Unknown(RashomonError):
    """An id that the ledger does not hold."""


class Unusable(RashomonError):
    """A ledger, or weights, that cannot be opened."""
