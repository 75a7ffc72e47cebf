"""Typer's commands, with the arguments looked at before a command gets them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from casebook.safe_text import without_surrogates

_PATHS = ("path", "file", "filename", "directory")
"""Click's names of the types that take paths."""


_ANY_LENGTH = 1000


class TextCommand(TyperCommand):
    """A command whose texts are text: an argument that is no UTF-8 has U+FFFD where it is none.

    Paths stay the bytes that were typed; they need not be text.
    """

    def invoke(self, ctx: Any) -> Any:  # Click's own class, or the copy that Typer brings along
        paths = {param.name for param in self.params if param.type.name in _PATHS}
        ctx.params = {
            name: value if name in paths else as_text(value) for name, value in ctx.params.items()
        }
        return super().invoke(ctx)

    def get_short_help_str(self, limit: int = _ANY_LENGTH) -> str:
        """The first sentence of the help; Click would cut it to one line of a list."""
        return super().get_short_help_str(max(limit, _ANY_LENGTH))


class CommandGroup(TyperGroup):
    """A group in the help of which every sentence is whole."""

    def get_short_help_str(self, limit: int = _ANY_LENGTH) -> str:
        return super().get_short_help_str(max(limit, _ANY_LENGTH))


class Commands(typer.Typer):
    """A group of commands, each of them a `TextCommand`."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(cls=CommandGroup, **settings)

    def command(self, name: str | None = None, **settings: Any) -> Callable[[Any], Any]:
        return super().command(name, cls=TextCommand, **settings)


def as_text(value: Any) -> Any:
    """A value of an option or argument; texts, alone or in a list, without what is no text."""
    if type(value) is str:
        return without_surrogates(value)
    if isinstance(value, list | tuple):
        return type(value)(as_text(member) for member in value)
    return value
