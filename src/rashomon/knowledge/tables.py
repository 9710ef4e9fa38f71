"""Word lists on disk: tab-separated rows under a header, comments before it."""

from __future__ import annotations

from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a file of this package, each a mapping from its header; lines that start with ``#`` are comments."""
    text = files("rashomon.knowledge").joinpath(name).read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]
