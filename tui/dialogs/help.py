"""The keys and the signs of a screen, the most important first, to be searched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label

from casebook.document import DocBlock, Document, Set
from casebook.search.folding import fold
from casebook.text import Text
from casebook.text_builder import TextBuilder
from tui import commands
from tui.command import Command, bindings
from tui.dialogs.base import Dialog
from tui.widgets.document_view import DocumentView

Groups = Sequence[tuple[str, Sequence[Command]]]
Signs = Sequence[tuple[str, str]]


class KeyView(DocumentView):
    """Keys and signs, and beside them what they do or mean."""

    LEAD = 15


class HelpBox(Input):
    """What is looked for; keys that mean nothing in it move the list below."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(commands.SCROLLING)]

    def action_page_down(self) -> None:
        self.screen.query_one(KeyView).action_page_down()

    def action_page_up(self) -> None:
        self.screen.query_one(KeyView).action_page_up()

    def action_half_page_down(self) -> None:
        self.screen.query_one(KeyView).action_half_page_down()

    def action_half_page_up(self) -> None:
        self.screen.query_one(KeyView).action_half_page_up()


class HelpLine(NamedTuple):
    """A key or a sign with its meaning.

    Attributes:
        synonyms: other words by which it is found.
    """

    lead: str
    words: str
    synonyms: str = ""

    def is_about(self, wanted: Sequence[str]) -> bool:
        """Whether all of some words stand in it, or are its key."""
        text = fold(f"{self.words} {self.synonyms}")
        keys = fold(self.lead).split()
        return all(word in text or word in keys for word in wanted)


class HelpScreen(Dialog[None]):
    """What the keys of the screen below do, and what the signs on it mean.

    Args:
        groups: the commands in groups, the group of those that matter most first.
        signs: each sign and its meaning.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((commands.HELP, commands.DOWN, commands.UP)),
    ]
    KEYS = (commands.DOWN._replace(footer="scroll", display="\u2191\u2193"),)
    WAY_OUT = commands.BACK._replace(footer="close")

    def __init__(self, groups: Groups, signs: Signs) -> None:
        super().__init__()
        self.groups = groups
        self.signs = signs
        self.lines: dict[str, list[HelpLine]] = {}

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Label("Keys and signs", classes="box-title")
            yield HelpBox(placeholder="Type to filter", id="help-find")
            yield KeyView()

    def on_mount(self) -> None:
        moved: dict[str, str] = getattr(self.app, "moved_keys", {})
        self.lines = _lines(self.groups, self.signs, moved)
        self._show("")
        self.query_one(Input).focus()

    @property
    def view(self) -> KeyView:
        return self.query_one(KeyView)

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        if event.value == commands.HELP.key_shown:
            self.dismiss(None)  # the key that opened the box closes it
        else:
            self._show(event.value)

    def _show(self, query: str) -> None:
        self.view.show(_document(self.lines, fold(query).split()))

    def action_help(self) -> None:
        self.dismiss(None)

    def action_cursor_down(self) -> None:
        self.view.action_cursor_down()

    def action_cursor_up(self) -> None:
        self.view.action_cursor_up()


def _lines(groups: Groups, signs: Signs, moved: Mapping[str, str]) -> dict[str, list[HelpLine]]:
    """The lines below their headings; `moved` are keys that the reader's settings have changed."""
    found: dict[str, list[HelpLine]] = {}
    for title, actions in _each_once(groups):
        found[title] = [
            HelpLine(moved.get(it.id, it.keys_shown), it.name, it.synonyms) for it in actions
        ]
        if signs and len(found) == 1:
            found["Signs"] = [HelpLine(sign, meaning) for sign, meaning in signs]
    return found


def _document(groups: Mapping[str, Sequence[HelpLine]], wanted: Sequence[str]) -> Document:
    blocks: list[DocBlock] = []
    for title, lines in groups.items():
        shown = [line for line in lines if line.is_about(wanted)]
        if shown:
            blocks.append(DocBlock(Set.HEADING, Text(title), level=2))
            blocks += [
                DocBlock(Set.FACT, TextBuilder().add(line.words).text(), lead=line.lead)
                for line in shown
            ]
    if not blocks:
        blocks.append(
            DocBlock(Set.PARAGRAPH, Text("No key or sign matches. ctrl+p finds what has no key."))
        )
    return Document("Keys and signs", tuple(blocks))


def _each_once(groups: Groups) -> Iterable[tuple[str, list[Command]]]:
    """The commands that have keys, each in the first group that has it."""
    named: dict[str, list[Command]] = {}
    seen: set[str] = set()
    for title, actions in groups:
        for command in actions:
            if command.keys and command.id not in seen:
                seen.add(command.id)
                named.setdefault(title, []).append(command)
    return named.items()
