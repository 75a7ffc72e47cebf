"""The keys of a screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Label

from casebook.document import DocBlock, Document, Set
from casebook.text import Text
from casebook.text_builder import TextBuilder
from tui import commands
from tui.command import Command, bindings
from tui.dialogs.base import Dialog
from tui.widgets.document_view import DocumentView


class KeyView(DocumentView):
    """Keys, and beside them what they do."""

    LEAD = 12


class HelpScreen(Dialog[None]):
    """Every key that does something on the screen below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((commands.HELP, commands.QUIT)),
    ]

    def __init__(self, groups: list[tuple[str, tuple[Command, ...]]]) -> None:
        super().__init__()
        self.groups = groups

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Label("Keys", classes="box-title")
            yield KeyView()

    def on_mount(self) -> None:
        view = self.query_one(KeyView)
        moved: dict[str, str] = getattr(self.app, "moved_keys", {})
        view.show(_document(self.groups, moved))
        view.focus()

    def action_help(self) -> None:
        self.dismiss(None)

    def action_quit(self) -> None:
        self.dismiss(None)


def _document(groups: list[tuple[str, tuple[Command, ...]]], moved: dict[str, str]) -> Document:
    """The keys in groups; `moved` are those that the reader's settings have changed."""
    blocks: list[DocBlock] = []
    for title, actions in _each_once(groups):
        blocks.append(DocBlock(Set.HEADING, Text(title), level=2))
        for command in actions:
            words = TextBuilder().add(command.name).text()
            lead = moved.get(command.id, command.keys_shown)
            blocks.append(DocBlock(Set.FACT, words, lead=lead))
    return Document("Keys", tuple(blocks))


def _each_once(
    groups: list[tuple[str, tuple[Command, ...]]],
) -> Iterable[tuple[str, list[Command]]]:
    """The commands that have keys, each in the first group that has it."""
    named: dict[str, list[Command]] = {}
    seen: set[str] = set()
    for title, actions in groups:
        for command in actions:
            if command.keys and command.id not in seen:
                seen.add(command.id)
                named.setdefault(title, []).append(command)
    return named.items()
