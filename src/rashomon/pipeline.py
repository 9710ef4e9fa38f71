"""The order of things: pages become documents, documents readings, readings lines of the ledger."""

from __future__ import annotations

import gc
import hashlib
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from multiprocessing import active_children, get_context, parent_process
from pathlib import Path
from typing import Protocol

from rashomon import sources
from rashomon.coding import code
from rashomon.errors import RashomonError, Unreadable
from rashomon.gathering import Gathered, gather
from rashomon.ledger import Capture, Failure, Ledger
from rashomon.ledger.intake import Aside, Why
from rashomon.model.document import Document, Page
from rashomon.model.reading import Maker, Parse, Reading
from rashomon.reading import screen

# Documents a batch: what is lost by a kill, and what one process reads at a time. 32 fill the encoder's windows as well
# as 64 do and leave the two processes with less to wait for at the end.
BATCH = 32
# Of pages that are screened few are read, so more of them fill the encoder's windows.
SCREENED = 96
BODIES = 4_000_000  # bytes of pages in a batch, so that a folder of huge files is not held at once
LOOKED_AT = 1024  # inputs known or failed after which progress is told, though nothing was read
# What our reader reads; None is a text too short to tell.
LANGUAGES = frozenset(("en", None))
READINGS = ".readings.parquet"  # the ending of files of readings
# Object stores, as fsspec names them. Whatever else an address begins with goes the careful way of ``sources``.
STORES = frozenset("s3 s3a gs gcs abfs abfss az adl hdfs oss memory".split())
# Fewer are read in this process: starting others takes longer than seven documents do.
FEW = 8


class Reads(Protocol):
    """What reads documents: ``reading.Reader``, or whatever has its two parts."""

    @property
    def maker(self) -> Maker:
        """What is written beside everything it reads."""
        ...

    def read(self, documents: Iterable[Document], *, batch: int = 64) -> Iterator[Parse]:
        """One parse a document, in order."""
        ...


Opener = Callable[[], Reads]
Found = Page | Unreadable


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of some pages."""

    readings: tuple[Reading, ...] = ()
    captures: tuple[Capture, ...] = ()
    failures: tuple[Failure, ...] = ()
    asides: tuple[Aside, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How far an ingest is: documents ``read``, of them ``new`` to the ledger; inputs already ``known``; ``failed``.

    ``unread`` are in other languages, ``screened`` have nothing to tell of; both were set aside.
    """

    read: int = 0
    new: int = 0
    known: int = 0
    failed: int = 0
    unread: int = 0
    screened: int = 0


Progress = Callable[[Tally, Sequence[Failure]], None]


@dataclass(frozen=True, slots=True)
class Sheaf:
    """A stretch of the inputs: pages to be read, failures so far, names of those already in the ledger."""

    pages: tuple[Page, ...]
    failures: tuple[Failure, ...]
    known: tuple[str, ...]


Worked = Generator[tuple[Sheaf, Batch], None, None]


def digest(page: Page) -> str:
    """What a page is known by: its bytes and what was said about them, not its name nor when it was fetched."""
    hashed = hashlib.blake2b(page.body, digest_size=16)
    for said in (page.media_type, page.url, page.outlet, page.published):
        hashed.update(f"\0{'' if said is None else said}".encode())
    return hashed.hexdigest()


def work(reader: Reads, pages: Sequence[Page], *, screened: bool = False) -> Batch:
    """Read and code some pages; those that cannot become a document are failures, the rest is done.

    ``screened`` sets aside what is in other languages or cannot tell of conflict, unrest, talks or their like.
    """
    documents: list[Document] = []
    captures: list[Capture] = []
    failures: list[Failure] = []
    asides: list[Aside] = []
    for page in pages:
        try:
            found = chosen(page) if screened else sources.document(page)
        except Unreadable as error:
            failures.append(Failure(page.name, "sources", error.reason))
            continue
        if isinstance(found, Aside):
            asides.append(found)
        else:
            documents.append(found)
            captures.append(Capture(digest(page), page.name, found.id))
    readings = tuple(code(parse) for parse in reader.read(documents))
    return Batch(readings, tuple(captures), tuple(failures), tuple(asides))


def chosen(page: Page) -> Document | Aside:
    """The document of a page if it is worth reading, else what is kept of it. Raises Unreadable.

    A web page is judged at a glance first: taking its text out costs twenty times as much.
    """
    mark = digest(page)
    if sources.is_html(page):
        words = sources.glance(page)
        if sources.language(words) in LANGUAGES and not screen.shipped().passes(words):
            return Aside(mark, Why.SCREEN, page.name, page.url)
    document = sources.document(page)
    language = document.language and document.language.replace("_", "-").split("-")[0].lower()
    if language not in LANGUAGES:
        return Aside(mark, Why.LANGUAGE, page.name, document.url, document.title, language, document)
    if not screen.shipped().passes(f"{document.title or ''}\n{document.text}"):
        return Aside(mark, Why.SCREEN, page.name, document.url, document.title, language)
    return document


def ingest(  # noqa: PLR0913 - as many as there are ways to run it
    found: Iterable[Found],
    ledger: Ledger,
    opener: Opener,
    *,
    jobs: int | None = None,
    progress: Progress = lambda tally, failures: None,
    gathered: Callable[[Gathered], None] = lambda so_far: None,
    screened: bool = False,
) -> Tally:
    """Read pages into a ledger, batch by batch; those it knows are passed over, so running again finishes the work.

    ``screened`` sets aside, by address, what is in other languages or cannot tell of conflict, unrest or talks.
    Then incidents are gathered from all that is not gathered yet; ``gathered`` is told how far that is.

    ``opener`` opens the reader, here and once in each of ``jobs`` processes (default: as many as there are usable
    cores); it must be importable there, as ``Reader.load`` is. ``progress`` is called after each batch with the tally
    so far and the batch's failures. Raises RashomonError if a process dies, errors.Unusable if the ledger fails; then
    as after Ctrl-C, all batches told of are in the ledger, and no part of another.
    """
    reader = opener()
    sheaves = _sheaves(found, ledger, reader.maker, screened)
    many = usable_cores() if jobs is None else jobs
    worked = _spread(reader, opener, many, sheaves, screened) if many > 1 else _here(reader, sheaves, screened)
    return keep(worked, ledger, progress=progress, gathered=gathered)


def keep(
    worked: Worked,
    ledger: Ledger,
    *,
    progress: Progress = lambda tally, failures: None,
    gathered: Callable[[Gathered], None] = lambda so_far: None,
) -> Tally:
    """Write what became of sheaves into a ledger, a sheaf a transaction, then gather; as ``ingest`` has it."""
    failing = ledger.counts().failures > 0
    tally = Tally()
    with closing(worked):
        for sheaf, batch in worked:
            new = ledger.record(batch.readings, batch.captures) if batch.readings else 0
            failures = sheaf.failures + batch.failures
            if failures:
                ledger.fail(failures)
            if batch.asides:
                ledger.asides.keep(batch.asides)
            if failing:
                names = (*(c.name for c in batch.captures), *(a.name for a in batch.asides))
                ledger.mend((*sheaf.known, *names))
            unread = sum(aside.why is Why.LANGUAGE for aside in batch.asides)
            tally = Tally(
                tally.read + len(batch.readings),
                tally.new + new,
                tally.known + len(sheaf.known),
                tally.failed + len(failures),
                tally.unread + unread,
                tally.screened + len(batch.asides) - unread,
            )
            progress(tally, failures)
    gather(ledger, progress=gathered)
    return tally


def holds_readings(name: str) -> bool:
    """Whether an input is a folder of files of readings, as ``filing`` makes them; one in an object store always is."""
    if "://" in name:
        return name.partition("://")[0] in STORES
    return Path(name).is_dir() and any(one.name.endswith(READINGS) for one in Path(name).iterdir())


def usable_cores() -> int:
    """How many cores this process may use."""
    # Where the system can say so, those this process is bound to: the machine's are not always ours.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _sheaves(found: Iterable[Found], ledger: Ledger, maker: Maker, screened: bool) -> Iterator[Sheaf]:
    """The inputs in stretches of about a batch of pages that the ledger does not know."""
    fresh: list[Page] = []
    failures: list[Failure] = []
    known: list[str] = []
    for chunk in chunks(found):
        pages = [(page, digest(page)) for page in chunk if isinstance(page, Page)]
        marks = [mark for _, mark in pages]
        done = ledger.known(marks, maker)
        if screened:
            done |= ledger.asides.known(marks)
        fresh.extend(page for page, mark in pages if mark not in done)
        known.extend(page.name for page, mark in pages if mark in done)
        failures.extend(Failure(e.name, "sources", e.reason) for e in chunk if isinstance(e, Unreadable))
        full = len(fresh) >= (SCREENED if screened else BATCH) or sum(len(page.body) for page in fresh) >= BODIES
        if full or len(known) + len(failures) >= LOOKED_AT:
            yield Sheaf(tuple(fresh), tuple(failures), tuple(known))
            fresh, failures, known = [], [], []
    if fresh or failures or known:
        yield Sheaf(tuple(fresh), tuple(failures), tuple(known))


def chunks(found: Iterable[Found], most: int = BATCH) -> Iterator[list[Found]]:
    """The inputs, so many at a time or as many as hold ``BODIES`` bytes."""
    chunk: list[Found] = []
    size = 0
    for one in found:
        chunk.append(one)
        size += len(one.body) if isinstance(one, Page) else 0
        if len(chunk) >= most or size >= BODIES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _here(reader: Reads, sheaves: Iterable[Sheaf], screened: bool) -> Worked:
    """Each sheaf with what became of it, read in this process."""
    for sheaf in sheaves:
        yield sheaf, work(reader, sheaf.pages, screened=screened)


def _spread(reader: Reads, opener: Opener, jobs: int, sheaves: Iterable[Sheaf], screened: bool) -> Worked:
    """Each sheaf with what became of it, in order, read in several processes; few sheaves are in hand at once."""
    waiting: deque[tuple[Sheaf, Future[Batch]]] = deque()
    with _processes(opener, jobs) as pool:
        for sheaf in sheaves:
            waiting.append((sheaf, _begun(pool, reader, sheaf.pages, screened)))
            # Two a process: one being read, one ready when it is done.
            while waiting and (len(waiting) >= 2 * jobs or waiting[0][1].done()):
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()


def _begun(pool: ProcessPoolExecutor, reader: Reads, pages: Sequence[Page], screened: bool) -> Future[Batch]:
    if len(pages) >= FEW:
        with _shielded():
            return pool.submit(_work, pages, screened)
    done: Future[Batch] = Future()
    done.set_result(work(reader, pages, screened=screened))
    return done


@contextmanager
def _shielded() -> Iterator[None]:
    """Hold Ctrl-C back for a moment; processes started meanwhile never get it, not even while they still import."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _processes(opener: Opener, jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Reading processes, each with a reader of its own; on any error they are ended at once, not waited for."""
    # Spawned, not forked: the encoder's threads and an open database do not survive a fork.
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_enter, initargs=(opener,))
    others = frozenset(active_children())
    try:
        yield pool
    except BaseException as error:
        for process in frozenset(active_children()) - others:
            process.terminate()
        pool.shutdown(cancel_futures=True)
        if isinstance(error, BrokenProcessPool):
            raise RashomonError(
                "a reading process died (killed, or out of memory); what was finished is kept, run it again to go on"
            ) from error
        raise
    pool.shutdown()


_reader: ContextVar[Reads] = ContextVar("the reader of this process")


def _enter(opener: Opener) -> None:
    """A reading process's door: open the weights once, leave Ctrl-C to the parent, and leave with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    # Word lists are many small objects that live as long as the process: looking through them for garbage as often as
    # Python does by itself takes 2 % of the time.
    gc.set_threshold(100_000, 50, 50)
    _reader.set(opener())


def _leave_with_parent() -> None:
    """End this process when its parent is gone: killed by force, it could not tell."""
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)


def _work(pages: Sequence[Page], screened: bool) -> Batch:
    return work(_reader.get(), pages, screened=screened)
