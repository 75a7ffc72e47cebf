"""A line that says how something stands, and opens it by enter or by a click."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget

from tui import commands
from tui.command import Command, bindings


class ActionLine(Widget, can_focus=True):
    """One line of the screen; what it says, its subclasses draw."""

    ALLOW_SELECT = False
    ACTIONS: ClassVar[tuple[Command, ...]] = (commands.OPEN,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]
    DEFAULT_CSS = """
    ActionLine {
        height: 1; background: $panel; color: $text-muted;
        &:focus { background: $primary 30%; color: $foreground; text-style: bold; }
    }
    """

    class Chosen(Message):
        """What the line tells of is to be opened."""

    def action_open(self) -> None:
        self.post_message(self.Chosen())

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.action_open()
