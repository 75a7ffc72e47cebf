"""Joins a class on a server: the lecturer's line is pasted, and a name given or none."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label, Static

from casebook.errors import CasebookError
from casebook.seminar.class_limits import LONGEST_NAME
from casebook.seminar.server_address import joining_line
from tui.dialogs.base import Dialog


class JoinClassScreen(Dialog[None]):
    """Asks until the class is joined, and says what is in the way."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="box small"):
            yield Label("Join a class", classes="box-title", markup=False)
            yield Input(placeholder="Paste the line that your lecturer gave you", id="join-line")
            yield Input(placeholder="Your name (optional)", id="join-name", max_length=LONGEST_NAME)
            yield Static("", id="join-trouble", markup=False)
            yield Static("enter joins, esc cancels", markup=False, classes="muted")

    def on_mount(self) -> None:
        self._tell("")
        self.query_one("#join-line", Input).focus()

    def _tell(self, words: str) -> None:
        trouble = self.query_one("#join-trouble", Static)
        trouble.update(words)
        trouble.display = bool(words)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        line, name = (self.query_one(each, Input) for each in ("#join-line", "#join-name"))
        if event.input is line and not name.value and line.value.strip():
            name.focus()
            return
        found = joining_line(line.value)
        if found is None:
            self._tell(
                "That is not such a line. It has an address, which begins with postgresql://, and a"
                " code behind --code."
            )
            line.focus()
            return
        self._tell("Joining …")
        self._join(*found, name.value.strip())

    @work(group="joining", exclusive=True)
    async def _join(self, url: str, code: str, name: str) -> None:
        try:
            await self.casebook.join_class(url, code, name)
        except CasebookError as error:
            self._tell(error.message)
        else:
            self.dismiss(None)
