"""Write the pages that come from the program itself: commands, codebook, the index of decisions."""

from __future__ import annotations

from pathlib import Path

import click

import codebook
from rashomon.cli import cli

DOCS = Path(__file__).resolve().parent
WIDTH = 90


def commands() -> str:
    """The page of commands: every ``--help``, word for word."""
    parts = [
        "# Commands",
        "Written by `make docs` from the program's own help; a test fails when the two differ.",
        _help(["rashomon"], cli),
    ]
    for name in cli.list_commands(click.Context(cli)):
        parts += [f"## rashomon {name}", _help(["rashomon", name], cli.commands[name])]
    return "\n\n".join(parts) + "\n"


def _help(path: list[str], command: click.Command) -> str:
    door = click.Context(cli, info_name=path[0], **{**cli.context_settings, "terminal_width": WIDTH})
    own = door if command is cli else click.Context(command, parent=door, info_name=path[-1], terminal_width=WIDTH)
    return f"```text\n{command.get_help(own).rstrip()}\n```"


def decisions() -> str:
    """The index of decisions: each page under its own title."""
    pages = sorted(page for page in (DOCS / "decisions").glob("*.md") if page.name != "README.md")
    lines = [f"- [{_title(page)}]({page.name})" for page in pages]
    return (
        "# Decisions\n\nOne page each: context, choice, price. Superseded, not edited. Written by `make docs`.\n\n"
        + "\n".join(lines)
        + "\n"
    )


def _title(page: Path) -> str:
    return page.read_text(encoding="utf-8").splitlines()[0].lstrip("# ").strip()


PAGES = {"commands.md": commands, "codebook.md": codebook.page, "decisions/README.md": decisions}

if __name__ == "__main__":
    for page, text in PAGES.items():
        (DOCS / page).write_text(text(), encoding="utf-8")
