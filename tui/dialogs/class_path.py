"""Which class is to be opened."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label, Static

from casebook.errors import CasebookError
from casebook.seminar.class_places import ClassPlace, server_typed
from casebook.seminar.server_address import is_server
from tui.away import away_from_the_keyboard
from tui.dialogs.base import Dialog
from tui.dialogs.export import place_of

_USUAL_NAME = "class.sqlite"


class ClassPathScreen(Dialog[ClassPlace]):
    """Answers the place of a class that can be read."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="box small"):
            yield Label("Open a class", classes="box-title", markup=False)
            yield Input(f"~/{_USUAL_NAME}", id="class-path")
            yield Static("", id="class-trouble", markup=False)
            yield Static(
                "A file that `casebook class collect` has made, or the address of a server:"
                " postgresql://…. enter opens it, esc cancels",
                markup=False,
                classes="muted",
            )

    def on_mount(self) -> None:
        self._tell("")
        self.query_one(Input).focus()

    def _tell(self, words: str) -> None:
        trouble = self.query_one("#class-trouble", Static)
        trouble.update(words)
        trouble.display = bool(words)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        typed = event.value.strip()
        place = server_typed(typed)
        if place is not None:
            self._tell("Connecting …")
        elif is_server(typed):
            self._tell("That is no address: postgresql://ROLE:PASSWORD@HOST/DATABASE.")
            return
        else:
            place = ClassPlace(str(place_of(typed or _USUAL_NAME, _USUAL_NAME)))
        self._check(place)

    @work(group="checking", exclusive=True)
    async def _check(self, place: ClassPlace) -> None:
        try:
            await away_from_the_keyboard(place.check)
        except CasebookError as error:
            self._tell(error.message)
        else:
            self.dismiss(place)
