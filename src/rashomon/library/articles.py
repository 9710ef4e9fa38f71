"""Reading without a ledger: a text, a file, or whatever inputs the command line takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path

from rashomon import pipeline, sources
from rashomon.coding import code
from rashomon.errors import Unreadable
from rashomon.library.results import Reading
from rashomon.model.document import Page
from rashomon.reading import Reader

Day = date | str
"""A day, or its ISO form, YYYY-MM-DD."""

LONGEST_NAME = 255


@cache
def reader() -> Reader:
    """The reader that came with the package; its weights are opened once a process."""
    return Reader.load()


def read(source: str | Path, *, published: Day | None = None, outlet: str | None = None) -> Reading:
    """Read one document: a str is the text itself, a Path a file (text, HTML, one line of JSONL).

    ``published`` and ``outlet`` say what the text does not; days in it ("on Monday") are told from ``published``.
    Nothing is kept and nothing leaves this machine. Raises errors.Unreadable, with the reason.
    """
    if isinstance(source, Path):
        (found,) = islice(_whole(read_all([source], published=published, outlet=outlet)), 1)
        return found
    if source and not any(c.isspace() for c in source) and len(source) <= LONGEST_NAME:
        raise Unreadable(source, "one word is no article; to read a file, give its Path")
    page = Page("text", source.encode(), "text/plain", outlet=outlet, published=day(published))
    (parse,) = reader().read([sources.document(page)])
    return Reading.of(code(parse))


def read_all(
    inputs: Iterable[str | Path], *, published: Day | None = None, outlet: str | None = None
) -> Iterator[Reading]:
    """Read many documents, one after the other; inputs are those of the command line.

    A file (text, HTML, JSONL), a folder, a glob, an address, a feed, a web archive. Raises errors.Unreadable at the
    first that cannot be read, after what came before it.
    """
    found = sources.pages([str(one) for one in inputs], outlet=outlet, published=day(published))
    while chunk := list(islice(found, pipeline.BATCH)):
        pages = [one for one in chunk if isinstance(one, Page)]
        done = pipeline.work(reader(), pages)
        yield from map(Reading.of, done.readings)
        for one in chunk:
            if isinstance(one, Unreadable):
                raise one
        if done.failures:
            raise Unreadable(done.failures[0].name, done.failures[0].reason)


def day(said: Day | None) -> date | None:
    """A day from what was given for one. Raises ValueError."""
    return date.fromisoformat(said) if isinstance(said, str) else said


def _whole(found: Iterator[Reading]) -> Iterator[Reading]:
    yield from found
    raise Unreadable("file", "nothing in it to read")
