"""The code in a page: its blocks, what each is run as, and why some are not run.

A block is run unless the line above it says `*Not run by the tests: WHY.*`, which readers see too. `sh` and `console`
are for the shell (in `console`, lines after `$ ` are typed and the others, if any, are what comes back, `…` for what is
left out), `python` is for Python; other languages are shown and not run.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from click.testing import CliRunner

from rashomon.cli import cli

ROOT = Path(__file__).resolve().parent.parent.parent
RUN = ("sh", "console", "python")
SHOWN = ("text", "json", "toml", "yaml", "ini", "csv", "html", "xml", "dockerfile")
FENCE = re.compile(r"^(?P<indent> *)```(?P<language>[^\n`]*)\n(?P<code>.*?)^(?P=indent)```$", re.DOTALL | re.MULTILINE)
UNRUN = re.compile(r"^ *\*Not run by the tests: (?P<why>[^*\n]+)\.\*\n*\Z", re.MULTILINE)
SERVING = re.compile(r"(\w+=\S+ )*rashomon serve\b")
# What a shell would do more with than part it into words.
SHELL = re.compile(r"[|<>;&$*?`~=\\\n]|\bcd\b")
LEFT_OUT = "…"
PATIENCE = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code in a page, with the line it begins at; ``why`` it is not run, None if it is."""

    page: str
    line: int
    language: str
    code: str
    why: str | None

    @property
    def name(self) -> str:
        """Where it stands."""
        return f"{self.page}:{self.line}"


def blocks(page: Path) -> list[Block]:
    """The blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    found = []
    for match in FENCE.finditer(text):
        before = text[: match.start()]
        unrun = UNRUN.search(before)
        found.append(
            Block(
                str(page.relative_to(ROOT)),
                before.count("\n") + 1,
                match["language"].strip(),
                "".join(line.removeprefix(match["indent"]) for line in match["code"].splitlines(keepends=True)),
                unrun and unrun["why"],
            )
        )
    return found


def typed(block: Block) -> list[tuple[str, str]]:
    """What is typed in a shell, with what comes back as far as the page shows it.

    A block of `sh` is typed line by line if each is a command of ours by itself, else at once.
    """
    if block.language == "sh":
        lines = [line for line in block.code.splitlines() if line and not line.startswith("#")]
        alone = all(ours(line) is not None or SERVING.match(line) for line in lines)
        return [(code, LEFT_OUT) for code in (lines if alone else [block.code])]
    commands: list[tuple[str, str]] = []
    for line in block.code.splitlines():
        if line.startswith("$ "):
            commands.append((line[2:], ""))
        elif commands and commands[-1][0].endswith("\\"):
            commands[-1] = (f"{commands[-1][0]}\n{line.removeprefix('> ')}", "")
        elif commands:
            commands[-1] = (commands[-1][0], f"{commands[-1][1]}{line}\n")
    return [(command, shown or LEFT_OUT) for command, shown in commands]


def matches(shown: str, said: str) -> bool:
    """Whether what came back is what a page shows, trailing spaces aside."""
    parts = (re.escape(part) for part in _trimmed(shown).split(LEFT_OUT))
    return re.fullmatch(".*".join(parts), _trimmed(said), re.DOTALL) is not None


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def environment() -> dict[str, str]:
    """What commands of the docs find: our program first, plain output of a known width, a port that is free."""
    with socket.socket() as wire:
        wire.bind(("127.0.0.1", 0))
        port = wire.getsockname()[1]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "COLUMNS": "100", "NO_COLOR": "1", "RASHOMON_PORT": str(port)}


def ours(command: str) -> list[str] | None:
    """The words after `rashomon`, if that is all of a command and no shell is needed to understand it."""
    if SERVING.match(command):
        return None
    said = command.partition("  #")[0].rstrip()
    words = shlex.split(said)
    quoted = re.sub(r"'[^']*'|\"[^\"$`\\\\]*\"", "", said)
    return words[1:] if words[:1] == ["rashomon"] and not SHELL.search(quoted) else None


def type_in(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Type a command in a shell. What serves is stopped as soon as it has answered.

    A command of ours is run here, where its encoder is loaded once for all; that it also runs as a program is tested
    elsewhere. Its folder must be the one that we are in.
    """
    if (words := ours(command)) is not None:
        done = CliRunner().invoke(cli, words, env=environment(), catch_exceptions=False)
        return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)
    shell = [shutil.which("bash") or "sh", "-euc", f"set -o pipefail\n{command}"]
    if SERVING.match(command):
        return _stopped(["bash", "-c", f"exec {command.strip()}"], folder)
    return subprocess.run(
        shell, cwd=folder, env=environment(), capture_output=True, text=True, check=False, timeout=PATIENCE
    )


def _stopped(shell: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    with subprocess.Popen(shell, cwd=folder, env=environment(), stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        said = server.stderr.readline()
        address = re.search(r"http://\S+", said)
        answered = address is not None and _answers(address[0], server)
        server.send_signal(signal.SIGINT)
        said += server.stderr.read()
    stopped = answered and server.returncode in (0, 130, -signal.SIGINT)
    return subprocess.CompletedProcess(shell, 0 if stopped else server.returncode or 1, "", said)


def _answers(address: str, server: subprocess.Popen[str]) -> bool:
    """Whether a page answers there before our patience or the server ends."""
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        try:
            with urlopen(address, timeout=PATIENCE) as answer:
                return int(answer.status) == 200
        except OSError:
            time.sleep(0.1)
    return False
