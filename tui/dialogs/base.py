"""Boxes over a screen."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.screen import ModalScreen

from tui import commands
from tui.host import Guest
from tui.screens.sizes import SizedScreen

Result = TypeVar("Result")


class Dialog(SizedScreen, Guest, ModalScreen[Result | None]):
    """A box over the screen that is answered, or left with esc."""

    CSS_PATH = "dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [commands.BACK.binding()]

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Closes the box, once: a key struck twice does not close the screen below it."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()

    def action_back(self) -> None:
        self.dismiss(None)
