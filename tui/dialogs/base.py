"""Boxes over a screen."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.screen import ModalScreen

from tui import commands
from tui.command import Command
from tui.guest import Guest
from tui.screens.sizes import SizedScreen
from tui.widgets.bars import KeyBar

Result = TypeVar("Result")

SELECT = commands.OPEN._replace(footer="select")
SUBMIT = commands.OPEN._replace(action="submit", keys="", footer="save", display="enter")
"""Enter in a box for a line of words, which reads the key by itself."""
TO_CHOICES = commands.PREVIOUS_PANE._replace(footer="to the choices")


class Dialog(SizedScreen, Guest, ModalScreen[Result | None]):
    """A box over the screen that is answered, or left with esc.

    The line of keys below it is its own; it covers that of the screen, whose keys do nothing
    meanwhile.
    """

    CSS_PATH = "dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [commands.BACK.binding()]

    KEYS: ClassVar[tuple[Command, ...]] = ()
    """What the line of keys names beside the keys of what has the focus and the way out."""

    WAY_OUT: ClassVar[Command] = commands.BACK._replace(footer="cancel")

    def on_mount(self) -> None:
        self.mount(KeyBar())

    @property
    def footer_commands(self) -> tuple[Command, ...]:
        """What the line of keys shows, the most important first."""
        here: tuple[Command, ...] = getattr(self.focused, "keys_here", ())
        return (*here, *self.keys, self.way_out)

    @property
    def keys(self) -> tuple[Command, ...]:
        """What the line of keys names beside the keys of what has the focus."""
        return self.KEYS

    @property
    def way_out(self) -> Command:
        """The command that leaves the box, as the line of keys names it."""
        return self.WAY_OUT

    def refresh_keys(self) -> None:
        """Draws the line of keys anew."""
        for bar in self.query(KeyBar):
            bar.refresh()

    def on_descendant_focus(self) -> None:
        self.refresh_keys()

    def on_descendant_blur(self) -> None:
        self.refresh_keys()

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Closes the box, once: a key struck twice does not close the screen below it."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()

    def action_back(self) -> None:
        self.dismiss(None)
