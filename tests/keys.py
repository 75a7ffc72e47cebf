"""The keys of the app, and what a terminal sends for them."""

from __future__ import annotations

from textual.keys import _character_to_key

from tui import commands
from tui.command import Command

LEAVING = {"q", "ctrl+q"}

_SEQUENCES = {
    "escape": "\x1b",
    "backspace": "\x7f",
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "delete": "\x1b[3~",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f8": "\x1b[19~",
    "shift+up": "\x1b[1;2A",
    "shift+down": "\x1b[1;2B",
    "shift+right": "\x1b[1;2C",
    "shift+left": "\x1b[1;2D",
    "alt+left": "\x1b[1;3D",
    "alt+right": "\x1b[1;3C",
}

_CHARACTERS = {_character_to_key(character): character for character in map(chr, range(32, 127))}
"""The characters of ASCII by Textual's names of their keys."""


def all_commands() -> list[Command]:
    """Every command of the app."""
    return [value for value in vars(commands).values() if isinstance(value, Command)]


def bound_keys() -> list[str]:
    """Every key that a command is bound to, in Textual's names."""
    bound = (key.strip() for command in all_commands() for key in command.keys.split(","))
    return sorted({key for key in bound if key})


def key_name(key: str) -> str:
    """Textual's name of a key that is written as its character, or by its name already."""
    return _character_to_key(key) if len(key) == 1 else key


def sent_for(key: str) -> str:
    """What a terminal sends for a key.

    Raises:
        KeyError: no sequence of a terminal is known for it.
    """
    if key in _CHARACTERS:
        return _CHARACTERS[key]
    if key.startswith("ctrl+"):
        return chr(ord(key.removeprefix("ctrl+")) - ord("a") + 1)
    return _SEQUENCES[key]
