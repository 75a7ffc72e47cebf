"""A box that asks for the path of a file, until the file is one that can be used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label, Static

from casebook.errors import CasebookError
from tui.away import away_from_the_keyboard
from tui.dialogs.base import Dialog
from tui.dialogs.export import place_of

Result = TypeVar("Result")


class PathDialog(Dialog[Result]):
    """Answers what was made of the file that the reader has named.

    Args:
        title: stands above the box.
        path: stands in it.
        usual_name: of the file, where a folder is typed.
        hint: stands below it.
    """

    def __init__(self, title: str, path: str, usual_name: str, hint: str) -> None:
        super().__init__()
        self._title = title
        self._path = path
        self._usual_name = usual_name
        self._hint = hint

    def compose(self) -> ComposeResult:
        with Vertical(classes="box small"):
            yield Label(self._title, classes="box-title", markup=False)
            yield Input(self._path, id="path")
            yield Static("", id="path-trouble", markup=False)
            yield Static(self._hint, markup=False, classes="muted")

    def on_mount(self) -> None:
        self.tell("")
        self.query_one(Input).focus()

    def tell(self, words: str) -> None:
        """Shows a sentence below the path; nothing takes it away."""
        trouble = self.query_one("#path-trouble", Static)
        trouble.update(words)
        trouble.display = bool(words)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        self.entered(event.value.strip())

    def entered(self, typed: str) -> None:
        """Called with what the reader has typed."""
        path = place_of(typed or self._usual_name, self._usual_name)
        self.take(lambda: self.used(path))

    @work(group="path", exclusive=True)
    async def take(self, action: Callable[[], Result]) -> None:
        """Answers what an action makes of it away from the keyboard, or tells why it is not."""
        try:
            result = await away_from_the_keyboard(action)
        except CasebookError as error:
            self.tell(error.message)
        else:
            self.dismiss(result)

    def used(self, path: Path) -> Result:
        """Makes of the file what is answered; runs away from the keyboard.

        Raises:
            CasebookError: it is not such a file.
        """
        raise NotImplementedError
