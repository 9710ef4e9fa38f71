"""The codebook as a table, made from ``knowledge``: every word of a coded column, and what others call it."""

from __future__ import annotations

from collections.abc import Iterator

from rashomon.export.dossiers import Holdings
from rashomon.export.tables import Cell, Table, columns
from rashomon.knowledge.codebooks import Coded, coded, terms
from rashomon.knowledge.kinds import kinds


def codes() -> Iterator[tuple[Cell, ...]]:
    """The rows of the codebook: kinds of incident first, then the words of every other column."""
    for code, kind in kinds().items():
        yield ("kind", code, kind.label, *_theirs(coded()[code]))
    for term in terms():
        yield (term.column, term.code, term.words, None, None, None)


def _theirs(code: Coded) -> tuple[Cell, ...]:
    """An incident's kind in PLOVER, ACLED and CAMEO."""
    modes = [f"{code.plover}-{mode}" for mode in code.modes] or [code.plover]
    event = ": ".join(filter(None, (code.acled, code.sub_event)))
    return ("; ".join(modes) or None, event or None, "; ".join((*code.cameo, *code.detail)) or None)


def _rows(holdings: Holdings) -> Iterator[tuple[Cell, ...]]:
    del holdings  # the codebook is the same for every ledger
    return codes()


CODES = Table(
    "codebook",
    "One row a word of a coded column, and what it means.",
    ("column", "code"),
    columns("""
        column string Column the word stands in
        code string The word
        words string What it means
        plover string PLOVER's event and mode
        acled string ACLED's event type and sub-event type
        cameo string CAMEO's root and detailed codes
    """),
    _rows,
)
