"""Runs the command that was typed, and reads no more of the others than that needs.

Typer builds every command that it knows before it runs one, and that takes longer than most
of them. So only the modules of the command that was typed are imported; where none can be
told (`--help`, a slip of the finger), all are.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

MODULES_OF: dict[str, tuple[str, ...]] = {
    "list": ("entries",),
    "show": ("entries",),
    "search": ("entries",),
    "sources": ("entries",),
    "glossary": ("entries",),
    "check": ("packs",),
    "build": ("packs",),
    "reveal": ("packs",),
    "unpack": ("packs",),
    "new": ("packs",),
    "import": ("importing",),
    "date": ("authoring",),
    "isic": ("authoring",),
    "doctor": ("doctor",),
    "export": ("export",),
    "cite": ("export",),
    "compare": ("compare",),
    "quiz": ("quiz",),
    "patterns": ("patterns",),
    "completion": ("completion",),
    "timeline": ("timeline",),
    "map": ("maps",),
    "notes": ("notes", "notes_file", "reading"),
    "basket": ("basket",),
    "seminar": ("seminar", "presenting"),
    "answers": ("answers",),
    "class": ("classroom", "class_online"),
    "serve": ("serving",),
}
"""The modules of `casebook.cli` in which each command is; `commands` imports them all."""

MODULES_OF_SUBCOMMANDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("notes", name): ("notes",) for name in ("list", "add", "delete", "bookmark", "tag", "undo")
}
"""Those of subcommands that need fewer modules than their command has."""

SHELL_ASKS = "_CASEBOOK_COMPLETE"
"""Set by the script of a shell that asks how a command line may go on."""

_PATH_OPTIONS = ("--book", "--notebook", "--pack", "--on")


def run_command(arguments: list[str]) -> int:
    """Runs the command that some arguments call, and says its exit code.

    Raises:
        CasebookError: what was asked could not be done.
    """
    command, subcommand = _commands_in(arguments)
    modules = MODULES_OF_SUBCOMMANDS.get((command, subcommand)) or MODULES_OF.get(command)
    for module in modules or ("commands",):
        import_module(f"casebook.cli.{module}")
    from casebook.cli.app import run_app

    return run_app(arguments)


def split_paths(arguments: Sequence[str]) -> tuple[dict[str, Path], list[str]]:
    """The paths that stand before a command, by the names of their options, and the rest.

    Without a rest the line names no command and opens the app. An option without its value
    belongs to the rest.
    """
    paths: dict[str, Path] = {}
    rest = list(arguments)
    while rest:
        option, _, value = rest[0].partition("=")
        if option not in _PATH_OPTIONS or not (value or rest[1:]):
            break
        paths[option.removeprefix("--")] = Path(value or rest.pop(1))
        rest.pop(0)
    return paths, rest


def _commands_in(arguments: Sequence[str]) -> tuple[str, str]:
    """The first two words behind the paths; empty where there are none."""
    _, rest = split_paths(arguments)
    command, subcommand, *_ = (*rest, "", "")
    return command, subcommand
