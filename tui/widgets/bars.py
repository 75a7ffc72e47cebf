"""The line above every screen and the line below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from casebook.line_wrap import shortened
from tui.doers import doer_of

if TYPE_CHECKING:
    from tui.command import Command


class TitleBar(Widget):
    """Where the reader is, and what has been picked for comparison."""

    ALLOW_SELECT = False

    place: reactive[str] = reactive("")
    aside: reactive[str] = reactive("")
    picked: reactive[int] = reactive(0)

    async def on_click(self, event: events.Click) -> None:
        start, action = self.content_size.width - cell_len(self._tray_shown), "compare"
        if self.picked and event.get_content_offset_capture(self).x >= start:
            await self.app.run_action(action, doer_of(self.screen, action))

    @property
    def _tray_shown(self) -> str:
        """The sign of what is compared, which a click opens."""
        return f" Comparing {self.picked} " if self.picked else ""

    def render(self) -> Content:
        width = self.content_size.width
        tray = self._tray_shown
        aside = f"{self.aside}  " if self.aside and tray else self.aside
        room = width - cell_len(tray)
        aside = shortened(aside, max(room // 2, 0))
        place = shortened(self.place, max(room - cell_len(aside) - 1, 1))
        gap = " " * max(room - cell_len(place) - cell_len(aside), 0)
        return Content.assemble((place, "bold"), gap + aside, (tray, "bold reverse"))


class KeyBar(Widget):
    """The keys of the screen, as many as fit; a click does what the key does."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._shown: list[tuple[int, int, str]] = []

    def commands_now(self) -> Iterable[Command]:
        """The commands of the screen that do something where the focus is.

        One without a key stands for keys that what has the focus reads by itself.
        """
        wanted: tuple[Command, ...] = getattr(self.screen, "footer_commands", ())
        bound = {active.binding.action for active in self.screen.active_bindings.values()}
        return [command for command in wanted if not command.keys or command.action in bound]

    def render(self) -> Content:
        width = self.content_size.width
        keys = _keys_now(self)
        pieces = [
            (keys.get(command.id, command.key_shown), command) for command in self.commands_now()
        ]
        parts: list[str | tuple[str, str]] = []
        self._shown = []
        used = 0
        # The way out stands last and is there on the narrowest line.
        room = width - sum(_cells(key, command) for key, command in pieces[-1:])
        for at, (key, command) in enumerate(pieces):
            is_last = at == len(pieces) - 1
            cells = _cells(key, command)
            if used + cells > (width if is_last else room):
                continue
            parts += [(f" {key}", "bold $primary"), f" {command.footer} "]
            self._shown.append((used, used + cells, command.action))
            used += cells
        return Content.assemble(*parts)

    async def on_click(self, event: events.Click) -> None:
        for start, end, action in self._shown:
            if start <= event.x < end:
                await self.app.run_action(action, doer_of(self.screen, action))
                return


def _cells(key: str, command: Command) -> int:
    return cell_len(f" {key} {command.footer} ")


def _keys_now(widget: Widget) -> dict[str, str]:
    """The keys of commands that the reader's settings have moved, by command id."""
    moved: dict[str, str] = getattr(widget.app, "moved_keys", {})
    return moved
