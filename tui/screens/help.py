"""The keys of a screen."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Label

from casebook.document import DocBlock, Document, Set, TextBuilder
from casebook.text import Text
from tui import commands
from tui.commands import Command
from tui.screens.dialog import Dialog
from tui.widgets.document_view import DocumentView


class HelpScreen(Dialog[None]):
    """Every key that does something on the screen below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *commands.bindings((commands.HELP, commands.QUIT)),
    ]

    def __init__(self, groups: list[tuple[str, tuple[Command, ...]]]) -> None:
        super().__init__()
        self.groups = groups

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Label("Keys", classes="box-title")
            yield DocumentView()

    def on_mount(self) -> None:
        view = self.query_one(DocumentView)
        view.show(_document(self.groups))
        view.focus()

    def action_help(self) -> None:
        self.dismiss(None)

    def action_quit(self) -> None:
        self.dismiss(None)


def _document(groups: list[tuple[str, tuple[Command, ...]]]) -> Document:
    blocks: list[DocBlock] = []
    for title, actions in groups:
        with_keys = [command for command in actions if command.keys]
        if with_keys:
            blocks.append(DocBlock(Set.HEADING, Text(title), level=2))
        for command in with_keys:
            words = TextBuilder().add(command.name).text()
            blocks.append(DocBlock(Set.FACT, words, lead=command.keys_shown))
    return Document("Keys", tuple(blocks))
