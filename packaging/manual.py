"""The man page, from the program's own help: one page for the program and all its commands."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from rashomon import __version__
from rashomon.cli import cli


def page() -> str:
    """``rashomon.1`` in man(7) macros."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    door = click.Context(cli, info_name="rashomon", **cli.context_settings)
    yield f'.TH RASHOMON 1 "" "Rashomon {__version__}" "User Commands"'
    yield from (".SH NAME", r"rashomon \- keep a ledger of accounts of armed conflict")
    yield from (".SH SYNOPSIS", ".B rashomon", _plain(" ".join(cli.collect_usage_pieces(door))))
    yield from (".SH DESCRIPTION", *_help(cli))
    yield from (".SH OPTIONS", *_options(cli, door))
    yield ".SH COMMANDS"
    for name, command in cli.commands.items():
        within = click.Context(command, parent=door, info_name=name)
        yield f'.SS "{_plain(name)}"'
        yield _plain(" ".join(("rashomon", name, *command.collect_usage_pieces(within))))
        yield from (".PP", *_help(command), *_options(command, within))
    yield from (".SH ENVIRONMENT", _plain("Every option NAME may be given as RASHOMON_NAME."))
    yield from (".TP", ".B RASHOMON_GAZETTEER", _plain("A gazetteer made by `rashomon places`, to read with."))
    yield from (".TP", ".B NO_COLOR", "No colours in a terminal.")
    yield from (".SH FILES", ".TP", ".I rashomon.db", "The ledger, where no other is named.")


def _help(command: click.Command) -> Iterator[str]:
    """The help's paragraphs; those that click must not wrap stand line by line as they are."""
    for number, paragraph in enumerate(inspect.cleandoc(command.help or "").split("\n\n")):
        if number:
            yield ".PP"
        if paragraph.startswith("\b\n"):
            yield from (".nf", *(_plain(line) for line in paragraph[2:].splitlines()), ".fi")
        else:
            yield _plain(" ".join(paragraph.split()))


def _options(command: click.Command, within: click.Context) -> Iterator[str]:
    for option in command.get_params(within):
        record = option.get_help_record(within) if isinstance(option, click.Option) else None
        if record is not None:
            names, words = record
            yield from (".TP", f".B {_plain(names)}", _plain(" ".join(words.split())))


def _plain(words: str) -> str:
    """Words that roff prints as they are."""
    escaped = words.replace("\\", r"\e").replace("-", r"\-").replace('"', r"\(dq")
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped
