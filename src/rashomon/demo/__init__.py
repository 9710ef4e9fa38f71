"""The demo: twenty-two dispatches written for it, and what to say about a ledger of them.

The outlets are invented; the incidents, of 2019 to 2025, are of public record. Planted among them: copies of wire
texts, figures that their sources raise and one that is lowered, a statement taken back, an accusation and a denial, two
sides that agree on one figure and differ on another, a town told of by its region, and reports that could not be
verified.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from importlib.resources import as_file, files
from pathlib import Path

from rich.text import Text

from rashomon.model.reading import Reading
from rashomon.terminal import NAME, QUIET, TITLE, clean, voices

__all__ = ["dispatches", "folder", "hints", "overview"]

# The voices that the overview lists: those heard most.
HEARD = 8


def dispatches() -> AbstractContextManager[Path]:
    """The file of the dispatches, as JSONL."""
    return as_file(files("rashomon.demo") / "dispatches.jsonl")


def folder() -> Path:
    """Where the demo keeps its ledger unless told otherwise: a folder of ours among the user's caches."""
    caches = os.environ.get("XDG_CACHE_HOME")
    return (Path(caches) if caches else Path.home() / ".cache") / "rashomon"


def overview(readings: Sequence[Reading]) -> Iterator[Text]:
    """The documents with how many claims each holds, then the voices heard most."""
    yield Text("Documents", style=TITLE)
    widest = max((len(reading.document.id) for reading in readings), default=0)
    for reading in readings:
        document = reading.document
        yield Text.assemble(
            f"{len(reading.claims):>4} claims  ",
            (document.id.ljust(widest), NAME),
            (f"  {document.published}  {clean(document.outlet or '')}", QUIET),
        )
    yield Text()
    yield Text("Voices heard most", style=TITLE)
    for name, (claims, documents) in heard(readings)[:HEARD]:
        word = "document" if documents == 1 else "documents"
        yield Text.assemble(f"{claims:>4} claims  ", (name, NAME), (f"  in {documents} {word}", QUIET))
    yield Text()


def heard(readings: Sequence[Reading]) -> list[tuple[str, tuple[int, int]]]:
    """Each voice with its number of claims and of documents, most claims first."""
    counts: dict[str, tuple[int, int]] = {}
    for reading in readings:
        for name, claims in voices(reading):
            so_far, documents = counts.get(name, (0, 0))
            counts[name] = (so_far + len(claims), documents + 1)
    return sorted(counts.items(), key=lambda voice: (-voice[1][0], -voice[1][1], voice[0]))


def hints(program: str, ledger: str) -> Iterator[Text]:
    """Commands to type next, as they have to be typed here."""
    yield Text("Look further", style=TITLE)
    for command, gives in (
        ("document demo-raid-wire", "one dispatch, its claims marked"),
        ("show demo-raid-kyiv", "its ledger, voice by voice"),
        ("search bridge Bryansk", "documents that hold these words"),
        ("export csv -o claims.csv", "every claim as a row"),
    ):
        yield Text.assemble(f"  {program} {command} --ledger {ledger}", (f"   {gives}", QUIET))
