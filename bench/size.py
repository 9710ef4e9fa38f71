"""How much disk a run-time install takes: the package and all it depends on, without the extras."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import rashomon


def installed() -> float:
    """Megabytes of all that ``pip install rashomon`` brings, compiled modules with it; Python and pip are not."""
    package = sum(f.stat().st_size for f in Path(rashomon.__file__).parent.rglob("*") if f.is_file())
    others = sum(size(found) for name, found in needed("rashomon").items() if name != "rashomon")
    return round((package + others) / 1e6, 1)


def needed(name: str) -> dict[str, Distribution]:
    """A distribution and those it needs here, by name."""
    found: dict[str, Distribution] = {}
    asked = [name]
    while asked:
        name = asked.pop()
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            # Wanted on other systems or Pythons only.
            continue
        asked += [bare(wanted) for wanted in found[name].requires or () if "extra ==" not in wanted]
    return found


def bare(wanted: str) -> str:
    """The name in a requirement: "httpx>=0.27" is httpx."""
    return re.split(r"[^\w.-]", wanted, maxsplit=1)[0].lower().replace("_", "-")


def size(found: Distribution) -> int:
    """Bytes of a distribution's files."""
    paths = (Path(str(file.locate())) for file in found.files or ())
    return sum(path.stat().st_size for path in paths if path.is_file())


if __name__ == "__main__":
    largest = sorted(((size(found), name) for name, found in needed("rashomon").items()), reverse=True)
    for count, name in largest[:12]:
        print(f"{count / 1e6:8.1f} MB  {name}")
    print(f"{installed():8.1f} MB  in all")
