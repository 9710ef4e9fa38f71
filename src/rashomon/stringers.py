"""Reading on many machines: each reads assignments and files what it read; one program puts the files into a ledger.

A machine that dies costs the assignment it was at, which another then reads; what is filed already is never read again,
whoever asks.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cache

from rashomon.assignments import Assignment, Brief, assignments, pages
from rashomon.errors import Unreadable, Unusable
from rashomon.filing import Cabinet, Row, Slip, What, batch, packed, rows, unpacked
from rashomon.ledger import Failure, Ledger
from rashomon.model.document import Page
from rashomon.model.reading import Maker
from rashomon.pipeline import BATCH, SCREENED, Batch, Opener, Reads, Sheaf, Worked, chunks, work
from rashomon.sources.folders import reason
from rashomon.sources.opening import another

Done = tuple[Assignment, str | None]  # None once it is filed, else why it is not
Corps = Callable[[Iterable[Assignment]], Iterator[Done]]


def report(assignment: Assignment, cabinet: Cabinet, opener: Opener) -> str | None:
    """Read an assignment and file what was read; None when that is done, else why a file of it could not be read.

    Raises Unusable if nothing can be filed, or if this machine does not read as the brief says.
    """
    reader = _reader(opener)
    if reader.maker != assignment.brief.maker:
        raise Unusable(
            f"a machine reads as {reader.maker}, not {assignment.brief.maker}: install the same Rashomon there"
        )
    if cabinet.has(assignment.key):
        return None
    first = assignment.stretches[0]
    try:
        body = packed(_read(assignment, reader), Slip(reader.maker, first.name, first.start))
    except OSError as error:
        return reason(error)
    try:
        cabinet.put(assignment.key, body)
    except OSError as error:
        raise Unusable(f"{cabinet.place}: readings cannot be filed there: {reason(error)}") from error
    return None


@cache
def _reader(opener: Opener) -> Reads:
    """The reader of this process, opened once."""
    return opener()


def _read(assignment: Assignment, reader: Reads) -> Iterator[Row]:
    """What became of an assignment's pages, a batch in memory at a time."""
    screened = assignment.brief.screened
    for chunk in chunks(pages(assignment), SCREENED if screened else BATCH):
        opened = [one for one in chunk if isinstance(one, Page)]
        unopened = tuple(Failure(one.name, "sources", one.reason) for one in chunk if isinstance(one, Unreadable))
        read = work(reader, opened, screened=screened)
        yield from rows(replace(read, failures=unopened + read.failures), opened)


def filed(inputs: Iterable[str], brief: Brief, corps: Corps) -> Generator[Done | Unreadable, None, None]:
    """Have some inputs read and filed; each assignment when it is done, in order, and what could not be found."""
    unfound: list[Unreadable] = []

    def wanted() -> Iterator[Assignment]:
        for one in assignments(inputs, brief):
            if isinstance(one, Unreadable):
                unfound.append(one)
            else:
                yield one

    for done in corps(wanted()):
        yield done
        yield from unfound
        unfound.clear()
    yield from unfound


def here(cabinet: Cabinet, opener: Opener) -> Corps:
    """The corps that is this process alone."""
    return lambda wanted: ((one, report(one, cabinet, opener)) for one in wanted)


def loaded(
    done: Generator[Done | Unreadable, None, None], cabinet: Cabinet, ledger: Ledger, stage: str = "reading"
) -> Worked:
    """What was filed, as it comes, for ``pipeline.keep``; what the ledger knows is passed over."""
    seen: dict[bytes, bytes] = {}
    with closing(done):
        for one in done:
            if isinstance(one, Unreadable):
                yield _failed(Failure(one.name, "sources", one.reason))
            elif one[1] is not None:
                yield _failed(Failure(one[0].name, stage, one[1]))
            else:
                yield from _taken(cabinet, one[0].key, ledger, seen)


def shelved(places: Iterable[str], ledger: Ledger) -> Worked:
    """All that is filed in some folders, for ``pipeline.keep``: those of one input in its order."""
    seen: dict[bytes, bytes] = {}
    for cabinet in map(Cabinet, places):
        slips: list[tuple[str, int, str]] = []
        for key in cabinet.held():
            try:
                with cabinet.opened(key) as (file, name):
                    slip, _ = unpacked(file, name)
            except Unreadable:
                slips.append(("", 0, key))  # told of in its turn
            else:
                slips.append((slip.first, slip.start, key))
        for _, _, key in sorted(slips):
            yield from _taken(cabinet, key, ledger, seen)


def _failed(failure: Failure) -> tuple[Sheaf, Batch]:
    return Sheaf((), (failure,), ()), Batch()


def _taken(cabinet: Cabinet, key: str, ledger: Ledger, seen: dict[bytes, bytes]) -> Worked:
    """What is filed under a key, a few rows at a time."""
    try:
        with cabinet.opened(key) as (file, name):
            slip, found = unpacked(file, name)
            for group in found:
                yield _fresh(group, name, slip.maker, ledger, seen)
    except Unreadable as error:
        yield _failed(Failure(error.name, "readings", error.reason))


def _fresh(
    group: Sequence[Row], name: str, maker: Maker, ledger: Ledger, seen: dict[bytes, bytes]
) -> tuple[Sheaf, Batch]:
    """The rows that are new to this run and to the ledger, and the names of those that the ledger knows."""
    marks = [row.digest for row in group if row.digest is not None]
    read, left = ledger.known(marks, maker), ledger.asides.known(marks)
    once, doubles = _once(group, seen)
    known = [row for row in once if row.digest in read or (row.what is What.ASIDE and row.digest in left)]
    fresh = batch([row for row in once if row not in known], name)
    return Sheaf((), tuple(doubles), tuple(row.name for row in known)), fresh


def _once(group: Sequence[Row], seen: dict[bytes, bytes]) -> tuple[list[Row], list[Failure]]:
    """The rows of pages that this run has not had, and an error for each that says other words under a known id."""
    once: list[Row] = []
    doubles: list[Failure] = []
    for row in group:
        if row.key is None or row.words is None:
            once.append(row)
        elif row.key not in seen:
            seen[row.key] = row.words
            once.append(row)
        elif seen[row.key] != row.words:
            doubles.append(Failure(row.name, "sources", another(row.name, row.document or row.name).reason))
    return once, doubles
