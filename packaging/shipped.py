"""Write what ships beside the program and is made of it: the man page, shell completion, JSON schemas.

Each file is a function of the program alone; a test fails when one is stale. `make docs` writes them all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

import manual
from rashomon.cli import cli
from rashomon.model import shapes

ROOT = Path(__file__).resolve().parent.parent


def completion(shell: type[ShellComplete]) -> str:
    """The script by which a shell asks the program what may come next. Bash's wants a bash of version 4.4 or newer."""
    return shell(cli, {}, "rashomon", "_RASHOMON_COMPLETE").source().strip() + "\n"


def schema(name: str) -> str:
    """One shape's schema, as a file."""
    return json.dumps(shapes.named()[name], indent=1) + "\n"


def files() -> Mapping[str, Callable[[], str]]:
    """What writes each file, by its path from the root."""
    return {
        "packaging/man/rashomon.1": manual.page,
        "packaging/completion/rashomon.bash": partial(completion, BashComplete),
        "packaging/completion/_rashomon": partial(completion, ZshComplete),
        "packaging/completion/rashomon.fish": partial(completion, FishComplete),
        **{_path(name): partial(schema, name) for name in shapes.named()},
    }


def _path(name: str) -> str:
    """``rashomon/reading/1`` is ``schema/reading-1.json``."""
    return f"schema/{name.removeprefix('rashomon/').replace('/', '-')}.json"


if __name__ == "__main__":
    for place, text in files().items():
        (ROOT / place).write_text(text(), encoding="utf-8")
