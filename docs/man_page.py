"""Makes the manual page from the help of the commands.

`make man` (`python -m docs.man_page`) writes `docs/man/casebook.1` anew. The tables of variables
and exit codes are those of `docs/commands.md`, which tests hold to the program. click-man is no
use here: Typer has a Click of its own, whose options click-man does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap
from typing import Any

from typer.main import get_command

from casebook import __version__
from casebook.cli.commands import app

HERE = Path(__file__).resolve().parent
PAGE = HERE / "man" / "casebook.1"
COMMANDS = HERE / "commands.md"
FILES = "`casebook doctor` tells where the book, the notebook, the settings and the log are."
SEE_ALSO = "`casebook COMMAND --help`; the documents that come with the source, README.md first."


def manual() -> str:
    """The page, as roff with the man macros."""
    command = get_command(app)
    lines = [
        '.\\" Written by `make man`; changes belong into the help of the commands.',
        f'.TH CASEBOOK 1 "" "Casebook {__version__}" "User Commands"',
        ".SH NAME",
        r"casebook \- read, compare and write case studies of small firms",
        ".SH SYNOPSIS",
        ".B casebook",
        _escaped("[--book FILE] [--notebook FILE] [COMMAND [ARGUMENT ...]]"),
        ".SH DESCRIPTION",
        *_paragraph(command.help or ""),
        ".SH OPTIONS",
        *_parameters(command),
        ".SH COMMANDS",
    ]
    for name, below in _commands(command, ""):
        lines += [f".SS {_escaped(f'{name} {_usage(below)}'.strip())}"]
        lines += [*_paragraph(below.help or ""), *_parameters(below)]
    lines += [".SH ENVIRONMENT", *_table("## Which book, which notebook")]
    lines += [".SH EXIT STATUS", *_table("## Exit codes")]
    lines += [".SH FILES", *_paragraph(FILES), ".SH SEE ALSO", *_paragraph(SEE_ALSO)]
    return "\n".join(lines) + "\n"


def _commands(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """The commands that are not groups of others, each with the words that call it."""
    for word, below in sorted(getattr(command, "commands", {}).items()):
        if below.hidden:
            continue
        words = f"{name} {word}".strip()
        if getattr(below, "commands", None):
            yield from _commands(below, words)
        else:
            yield words, below


def _usage(command: Any) -> str:
    words = ["[OPTION ...]"]
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            name = _name(parameter)
            words.append(name if parameter.required else f"[{name}]")
    return " ".join(words)


def _name(argument: Any) -> str:
    """An argument as the page names it."""
    name = str(argument.metavar or argument.name.upper())
    return f"{name} ..." if argument.nargs == -1 else name


def _parameters(command: Any) -> Iterator[str]:
    context = command.make_context("casebook", [], resilient_parsing=True)
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            heads, words = _name(parameter), parameter.help or ""
        else:
            heads, words = parameter.get_help_record(context)
        yield ".TP"
        yield f".B {_escaped(heads)}"
        yield from _plain(words)


def _paragraph(text: str) -> Iterator[str]:
    for at, part in enumerate(text.strip().split("\n\n")):
        if at:
            yield ".PP"
        yield from _plain(part)


def _plain(text: str) -> Iterator[str]:
    """Text as lines of roff; a line that begins with a dot would be a request."""
    for line in wrap(_escaped(" ".join(text.split())), 78, break_on_hyphens=False):
        yield rf"\&{line}" if line.startswith(".") else line


def _escaped(text: str) -> str:
    plain = re.sub(r"`([^`]*)`", r"\1", text)
    roff = (
        plain.replace("\\", r"\e").replace("-", r"\-").replace("–", r"\(en").replace("^", r"\(ha")
    )
    return roff.replace("'", r"\(aq").replace("\u201c", r"\(lq").replace("\u201d", r"\(rq")


def _table(heading: str) -> Iterator[str]:
    """The rows of the table below a heading of the document on the commands."""
    part = COMMANDS.read_text(encoding="utf-8").partition(f"{heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("|")]
    for name, words in rows[2:]:
        yield ".TP"
        yield f".B {_escaped(name)}"
        yield from _plain(words)


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(manual(), encoding="utf-8")
