"""Which class is to be opened."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label, Static

from casebook.errors import CasebookError
from tui.dialogs.base import Dialog
from tui.dialogs.export import place_of

_USUAL_NAME = "class.sqlite"


class ClassPathScreen(Dialog[Path]):
    """Answers the path of a class that can be read."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="box small"):
            yield Label("Open a class", classes="box-title", markup=False)
            yield Input(f"~/{_USUAL_NAME}", id="class-path")
            yield Static("", id="class-trouble", markup=False)
            yield Static(
                "A file that `casebook class collect` has made. enter opens it, esc cancels",
                markup=False,
                classes="muted",
            )

    def on_mount(self) -> None:
        self.query_one("#class-trouble", Static).display = False
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        from casebook.seminar.class_file import check_class

        typed = event.value.strip()
        path = place_of(typed or _USUAL_NAME, _USUAL_NAME)
        try:
            check_class(path)
        except CasebookError as error:
            trouble = self.query_one("#class-trouble", Static)
            trouble.update(error.message)
            trouble.display = True
            return
        self.dismiss(path)
