"""A name for something that is to be kept."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label

from tui.dialogs.base import SUBMIT, Dialog


class NameScreen(Dialog[str]):
    """Answers a name."""

    KEYS = (SUBMIT,)

    def __init__(self, title: str, name: str = "") -> None:
        super().__init__()
        self.box_title = title
        self.begin_with = name

    def compose(self) -> ComposeResult:
        with Vertical(classes="box small"):
            yield Label(self.box_title, classes="box-title", markup=False)
            yield Input(
                self.begin_with, placeholder="A name, for example Seminar 3", max_length=100
            )

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)
