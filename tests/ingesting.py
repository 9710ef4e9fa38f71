"""Ingest with a reader that needs no weights: ``python ingesting.py LEDGER JOBS INPUT…``, to be killed by tests."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Iterable, Iterator

from rashomon import ledger, sources
from rashomon.model.document import Document
from rashomon.model.reading import Attribution, Maker, Parse
from rashomon.model.text import Span
from rashomon.pipeline import ingest, usable_cores

SAID = re.compile(r"(The \w+) (said|denied) ([^.]+)")


class Plain:
    """Reads "The governor said …" and nothing else."""

    maker = Maker("1", "plain")

    def read(self, documents: Iterable[Document], *, batch: int = 64) -> Iterator[Parse]:
        """One parse a document, in order."""
        for document in documents:
            found = (match.regs[1:] for match in SAID.finditer(document.text))
            claims = tuple(Attribution((Span(*s),), (Span(*c),), (Span(*w),), 1.0) for s, c, w in found)
            sentences = (Span(0, len(document.text)),)
            yield Parse(document, sentences, (), claims, self.maker)


class Slow(Plain):
    """As plain, but takes a hundredth of a second a document."""

    def read(self, documents: Iterable[Document], *, batch: int = 64) -> Iterator[Parse]:
        """One parse a document, in order."""
        for parse in super().read(documents):
            time.sleep(0.01)
            yield parse


class Later(Plain):
    """A later reader, which reads as the earlier one did."""

    maker = Maker("2", "plain")


class Mortal(Plain):
    """Killed by a document that asks for it."""

    def read(self, documents: Iterable[Document], *, batch: int = 64) -> Iterator[Parse]:
        """One parse a document, in order, as long as it lives."""
        for parse in super().read(documents):
            if "kill the reader" in parse.document.text:
                os.kill(os.getpid(), signal.SIGKILL)
            yield parse


def main(place: str, jobs: str, *inputs: str) -> int:
    """Ingest, telling of each batch on stdout."""
    with ledger.open(place, create=True) as book:
        print("open", flush=True)
        tally = ingest(
            sources.pages(inputs),
            book,
            Slow,
            jobs=int(jobs) or usable_cores(),
            progress=lambda tally, failures: print(tally.read, flush=True),
        )
    return 1 if tally.failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
