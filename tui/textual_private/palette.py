"""Textual's palette, for hasty keys."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette


class HastyPalette(CommandPalette):
    """A palette that answers once, and whose pages may be turned before they are there."""

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Closes the palette and runs what is chosen, once, however often its key is struck."""
        if self.app.screen is self:
            return super().dismiss(result)
        # Textual runs the command whenever the palette is dismissed.
        if self._selected_command is not None:
            self._selected_command = replace(self._selected_command, command=lambda: None)
        return AwaitComplete()

    def _action_command_list(self, action: str) -> None:
        # Textual's list cannot turn its pages before it has been laid out.
        with suppress(KeyError):
            super()._action_command_list(action)
