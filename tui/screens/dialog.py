"""Boxes over a screen."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import BindingType
from textual.screen import ModalScreen

from tui import commands

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None]):
    """A box over the screen that is answered, or left with esc."""

    CSS_PATH = "boxes.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [commands.BACK.binding()]

    def action_back(self) -> None:
        self.dismiss(None)
