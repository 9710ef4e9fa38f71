"""The files that a folder or a glob names, in order; what cannot be one comes as its error."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import Path

from rashomon.errors import Unreadable
from rashomon.sources import kinds


def folder(top: Path) -> Iterator[Path | Unreadable]:
    """The files of a folder and of those in it, by name; hidden ones are passed over, unknown ones are named."""
    empty = True
    closed: list[OSError] = []
    for inner, folders, names in os.walk(top, onerror=closed.append):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(names):
            if name.startswith("."):
                continue
            empty = False
            path = Path(inner, name)
            yield path if kinds.of_name(name) else unknown(str(path), path.suffix)
    yield from (Unreadable(str(error.filename), reason(error)) for error in closed)
    if empty and not closed:
        yield Unreadable(str(top), "no files in this folder")


def matching(pattern: str) -> Iterator[Path | Unreadable]:
    """The files that a glob names, and those of the folders it names."""
    names = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob refuses absolute patterns
    if not names:
        yield Unreadable(pattern, "nothing matches")
    for name in names:
        path = Path(name)
        if not path.is_dir():
            yield path
        elif "**" not in pattern:
            yield from folder(path)


def files(name: str) -> Iterator[Path | Unreadable]:
    """The files that a name, a folder's name or a glob stands for on this machine."""
    if os.path.lexists(name):
        yield from folder(Path(name)) if Path(name).is_dir() else (Path(name),)
    elif glob.has_magic(name):
        yield from matching(name)
    else:
        yield Unreadable(name, "no such file or folder")


def unknown(name: str, suffix: str) -> Unreadable:
    """The error of a file whose ending tells nothing."""
    return Unreadable(name, f"unknown kind of file ({suffix or 'no ending'}); left out")


def reason(error: OSError | ValueError) -> str:
    """Why the system would not open something, in its own words, without the path that is named anyway."""
    return (error.strerror or str(error)).lower() if isinstance(error, OSError) else str(error)
