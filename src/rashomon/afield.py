"""A corps of Ray's workers. Needs Ray, the extra ``rashomon[ray]``."""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rashomon.assignments import Assignment, Brief
from rashomon.errors import RashomonError, Unusable
from rashomon.filing import Cabinet
from rashomon.ledger import Ledger
from rashomon.pipeline import Opener, Worked, usable_cores
from rashomon.stringers import Corps, Done, filed, loaded, report, shelved

__all__ = ["Brief", "Way", "afield", "shelved", "worked"]

# Times that an assignment is given out before it is cut up: what kills its readers may be a part of it.
TRIES = 3
AHEAD = 4  # assignments given out for each processor, so that nobody waits for the slowest
STORE = 100_000_000  # bytes of shared memory on this machine; nothing large goes through it
LOCAL = ("ray", "ray://local")


@dataclass(frozen=True, slots=True)
class Way:
    """Which machines read and where they file: ``jobs`` processes of this one for ``ray``, or a cluster's ``ray://…``."""

    on: str
    readings: str
    jobs: int | None = None


def worked(inputs: Iterable[str], brief: Brief, ledger: Ledger, opener: Opener, way: Way) -> Worked:
    """What became of some inputs, read on many machines and filed, for ``pipeline.keep``.

    Raises Unusable if Ray is not installed, no cluster answers, or nothing can be filed; RashomonError if it fails
    later. What is filed by then is not read again.
    """
    cabinet = Cabinet(way.readings if "://" in way.readings else str(Path(way.readings).absolute()))
    with afield(way.on, way.jobs, cabinet, opener) as corps:
        yield from loaded(filed(inputs, brief, corps), cabinet, ledger)


Pending = Callable[[], str | None]


@contextmanager
def afield(on: str, jobs: int | None, cabinet: Cabinet, opener: Opener) -> Iterator[Corps]:
    """A corps of Ray's workers: ``jobs`` processes of this machine for ``ray``, else the cluster at ``ray://…``.

    Raises Unusable if Ray is not installed or no cluster answers.
    """
    # Ray reports its use to its makers unless it is told not to. Not from here.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray  # noqa: PLC0415 - half a second, and an extra
    except ImportError as error:
        raise Unusable("reading on many machines needs Ray: pip install 'rashomon[ray]'") from error
    logging.getLogger("ray").setLevel(logging.ERROR)
    try:
        if on in LOCAL:
            ray.init(
                "local",
                num_cpus=jobs or usable_cores(),
                object_store_memory=STORE,
                include_dashboard=False,
                log_to_driver=False,
                logging_level=logging.ERROR,
            )
        else:
            ray.init("auto" if on == "ray://auto" else on, log_to_driver=False)
    except (ConnectionError, ValueError, ray.exceptions.RayError) as error:
        raise Unusable(f"{on}: no cluster answers there: {error}") from error
    try:
        yield _corps(cabinet, opener)
    finally:
        ray.shutdown()


def _corps(cabinet: Cabinet, opener: Opener) -> Corps:
    import ray  # noqa: PLC0415 - as above

    task = ray.remote(max_retries=TRIES - 1)(report)
    ahead = AHEAD * max(int(ray.cluster_resources().get("CPU", 1)), 1)  # type: ignore[no-untyped-call]
    known = cabinet.held()

    def given(one: Assignment) -> Pending:
        if one.key in known:
            return lambda: None
        asked = task.remote(one, cabinet, opener)

        def outcome() -> str | None:
            try:
                answer: str | None = ray.get(asked)
            except ray.exceptions.RayTaskError as error:
                raise error.cause from None
            except (ray.exceptions.WorkerCrashedError, ray.exceptions.OutOfMemoryError, ray.exceptions.NodeDiedError):
                return f"{TRIES} machines died of it, one after the other"
            except ray.exceptions.RayError as error:
                raise RashomonError(
                    f"the cluster failed: {error}; what was filed is kept, run it again to go on"
                ) from error
            return answer

        return outcome

    return lambda wanted: each(wanted, given, ahead)


def each(wanted: Iterable[Assignment], given: Callable[[Assignment], Pending], ahead: int) -> Iterator[Done]:
    """Each assignment with what came of it, in order, so many given out at once; one that failed is cut up."""
    waiting: deque[tuple[Assignment, Pending]] = deque()
    for one in wanted:
        waiting.append((one, given(one)))
        if len(waiting) >= ahead:
            yield from _settled(*waiting.popleft(), given, ahead)
    while waiting:
        yield from _settled(*waiting.popleft(), given, ahead)


def _settled(one: Assignment, outcome: Pending, given: Callable[[Assignment], Pending], ahead: int) -> Iterator[Done]:
    trouble = outcome()
    if trouble is not None and (halves := one.halves()):
        yield from each(halves, given, ahead)
    else:
        yield one, trouble
