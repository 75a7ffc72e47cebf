"""The box in which a sentence or a heading for an essay is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Label, Static, TextArea

from tui import commands
from tui.command import Command, bindings
from tui.dialogs.base import Dialog

_HINT = "A line that begins with # is a heading. [@source, para. 9] becomes a footnote."


class OwnWordsScreen(Dialog[str]):
    """Answers what was written; None where the reader gives it up.

    Args:
        title: stands above the box.
        text: what to begin with.
        keep: saves what stands in the box when the program is told to stop.
    """

    ACTIONS: ClassVar[tuple[Command, ...]] = (commands.NOTE_SAVE, commands.NOTE_EDITOR)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]
    KEYS = ACTIONS

    def __init__(self, title: str, text: str, keep: Callable[[str], None]) -> None:
        super().__init__()
        self.box_title = title
        self.begin_with = text
        self.keep = keep
        self.is_giving_up = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Label(self.box_title, classes="box-title", markup=False)
            yield Static(_HINT, classes="muted", markup=False)
            yield TextArea(self.begin_with, id="note-text", compact=True)
            yield Static("", id="note-trouble", markup=False)

    @property
    def area(self) -> TextArea:
        return self.query_one(TextArea)

    @property
    def has_unsaved_words(self) -> bool:
        return self.area.text.strip() not in ("", self.begin_with.strip())

    def on_mount(self) -> None:
        self.area.move_cursor(self.area.document.end)
        self.area.focus()

    def _tell(self, words: str) -> None:
        trouble = self.query_one("#note-trouble", Static)
        trouble.update(words)
        trouble.set_class(bool(words), "-shown")

    @on(TextArea.Changed)
    def _go_on(self) -> None:
        self.is_giving_up = False

    def leave_place(self) -> None:
        if self.has_unsaved_words:
            self.keep(self.area.text)

    def action_save(self) -> None:
        if not self.area.text.strip("# \n\t"):
            self._tell("There are no words here yet.")
            return
        self.dismiss(self.area.text)

    def action_edit(self) -> None:
        from tui.editor import write_in_editor

        text = write_in_editor(self.casebook, self.area.text)
        if text is not None:
            self.area.load_text(text)

    def action_back(self) -> None:
        if self.has_unsaved_words and not self.is_giving_up:
            self.is_giving_up = True
            self._tell(f"{commands.NOTE_SAVE.key_shown} saves this; esc again discards it.")
            return
        self.dismiss(None)
