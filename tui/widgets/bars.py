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

_NEXT = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "
_CUT = f"\N{HORIZONTAL ELLIPSIS}{_NEXT}"
LONGEST_CRUMB = 26
"""Cells of the name of a place before this one."""


class TitleBar(Widget):
    """Where the reader is and how they came here, and what has been added for comparison.

    The places before this one stand before its name; a click on one goes back to it.
    """

    ALLOW_SELECT = False

    crumbs: reactive[tuple[str, ...]] = reactive(())
    place: reactive[str] = reactive("")
    aside: reactive[str] = reactive("")
    shorter_asides: reactive[tuple[str, ...]] = reactive(())
    """What the aside gives way to where it has no room, the longest first."""
    picked: reactive[int] = reactive(0)

    async def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset_capture(self).x
        action = ""
        if self.picked and offset >= self.content_size.width - cell_len(self._tray_shown):
            action = "compare"
        start = 0
        for words, at in self._crumbs_shown(self._room_for_crumbs):
            start += cell_len(words)
            if offset < start and not action:
                action = f"back_to({at})"
        if action:
            await self.app.run_action(action, doer_of(self.screen, action))

    @property
    def _tray_shown(self) -> str:
        """The sign of what is compared, which a click opens."""
        return f" Comparing {self.picked} " if self.picked else ""

    @property
    def _aside_shown(self) -> str:
        room, gap = max(self._room // 2, 0), "  " if self._tray_shown else ""
        asides = [f"{aside}{gap}" for aside in (self.aside, *self.shorter_asides) if aside]
        return next((each for each in asides if cell_len(each) <= room), None) or (
            shortened(asides[-1], room) if asides else ""
        )

    @property
    def _place_shown(self) -> str:
        """The name of the place, without what the crumb before it says already."""
        place = self.place
        if self.crumbs:
            before = self.crumbs[-1]
            place = place.removesuffix(f": {before}").removeprefix(f"{before}: ")
        return shortened(place, max(self._room - cell_len(self._aside_shown) - 1, 1))

    @property
    def _room(self) -> int:
        """Cells beside the sign of what is compared."""
        return self.content_size.width - cell_len(self._tray_shown)

    @property
    def _room_for_crumbs(self) -> int:
        taken = cell_len(self._place_shown) + cell_len(self._aside_shown) + 2
        return self._room - taken

    def _crumbs_shown(self, room: int) -> list[tuple[str, int]]:
        """The crumbs that have room, each with its number; those of the last places come first."""
        shown: list[tuple[str, int]] = []
        for at, crumb in reversed(list(enumerate(self.crumbs))):
            words = f"{shortened(crumb, LONGEST_CRUMB)}{_NEXT}"
            is_last = at == 0
            if cell_len(words) > room - (0 if is_last else cell_len(_CUT)):
                if cell_len(_CUT) <= room:
                    shown.append((_CUT, at))
                break
            shown.append((words, at))
            room -= cell_len(words)
        return shown[::-1]

    def render(self) -> Content:
        place, aside, tray = self._place_shown, self._aside_shown, self._tray_shown
        crumbs = "".join(words for words, _ in self._crumbs_shown(self._room_for_crumbs))
        gap = " " * max(self._room - cell_len(crumbs) - cell_len(place) - cell_len(aside), 0)
        return Content.assemble(crumbs, (place, "bold"), gap + aside, (tray, "bold reverse"))


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
