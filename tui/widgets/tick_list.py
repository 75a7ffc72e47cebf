"""A list of which any rows are ticked."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from tui import commands
from tui.command import Command
from tui.widgets.row_list import RowList


class TickList(RowList):
    """A list with a box before each row, which space ticks as enter does."""

    ACTIONS: ClassVar[tuple[Command, ...]] = (commands.TICK, *RowList.ACTIONS)
    BINDINGS: ClassVar[list[BindingType]] = [commands.TICK.binding()]

    @property
    def keys_here(self) -> tuple[Command, ...]:
        return (commands.TICK,)

    @property
    def can_open(self) -> bool:
        return False  # enter ticks as well, and the line of keys names one of both

    def action_tick(self) -> None:
        self.action_open()
