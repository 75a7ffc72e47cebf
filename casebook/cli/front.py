"""Runs the command that was typed, and reads no more of the others than that needs.

Typer builds every command that it knows before it runs one, and that takes longer than most
of them. So only the modules of the command that was typed are imported; where none can be
told (`--help`, a slip of the finger), all are.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

MODULES_OF: dict[str, tuple[str, ...]] = {
    "list": ("entries",),
    "show": ("entries",),
    "search": ("entries",),
    "sources": ("entries",),
    "glossary": ("entries",),
    "check": ("packs",),
    "build": ("packs",),
    "unpack": ("packs",),
    "new": ("packs",),
    "doctor": ("doctor",),
    "export": ("export",),
    "cite": ("export",),
    "compare": ("compare",),
    "completion": ("completion",),
    "timeline": ("timeline",),
    "notes": ("notes", "notes_file"),
}
"""The modules of `casebook.cli` in which each command is; `commands` imports them all."""

_WITH_VALUE = ("--book", "--notebook")


def run_command(arguments: list[str]) -> int:
    """Runs the command that some arguments call, and says its exit code.

    Raises:
        CasebookError: what was asked could not be done.
    """
    for module in MODULES_OF.get(_command_in(arguments), ("commands",)):
        import_module(f"casebook.cli.{module}")
    from casebook.cli.app import run_app

    return run_app(arguments)


def _command_in(arguments: Sequence[str]) -> str:
    """The first word that is neither an option nor its value; empty where none can be told."""
    words = iter(arguments)
    for word in words:
        if word in _WITH_VALUE:
            next(words, None)
        elif not word.startswith(tuple(f"{option}=" for option in _WITH_VALUE)):
            return word
    return ""
