"""The bar that offers, beside words that were just selected, what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Offset, Size
from textual.widget import Widget

from tui.command import Command
from tui.doers import doer_of
from tui.widgets.document_view import DocumentView

CLOSE = " esc close "


class SelectionBar(Widget):
    """A line over the screen with a button for each command; it goes with the selection.

    Args:
        view: where the words are selected.
        offered: the commands; their keys work as everywhere.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    SelectionBar {
        position: absolute;
        overlay: screen;
        width: auto;
        height: 1;
        background: $primary;
        color: $background;
        text-style: bold;
    }
    """

    def __init__(self, view: DocumentView, offered: Sequence[Command]) -> None:
        # Textual drops the selection at a click on anything but its own bars.
        super().__init__(classes="-textual-system")
        self.view = view
        self._offered = offered

    def on_mount(self) -> None:
        self.watch(self.view, "scroll_y", self._place, init=False)
        self.watch(self.screen, "selections", self._follow, init=False)
        self._follow()

    def _follow(self) -> None:
        """Goes where the selection is, and away with it."""
        if self.view in self.screen.selections:
            self._place()
        else:
            self.remove()

    def _place(self) -> None:
        """Stands below the selection or above it; over its last line where neither has room."""
        selection, region = self.view.text_selection, self.view.content_region
        if selection is None:
            return
        top = region.y - self.view.scroll_offset.y
        first = top + (selection.start.y if selection.start else 0)
        last = top + (selection.end.y if selection.end else self.view.line_count - 1)
        lowest = region.bottom - 1
        if last < lowest:
            y = max(last + 1, region.y)
        elif first > region.y:
            y = min(first - 1, lowest)
        else:
            y = lowest
        room = self.screen.size.width - cell_len(self._words)
        self.styles.offset = Offset(max(min(region.x + 1, room), 0), y)

    @property
    def _buttons(self) -> list[tuple[str, str]]:
        """The words of the buttons and their actions; closing has none of its own."""
        named = [
            (f" {command.key_shown} {command.footer} ", command.action) for command in self._offered
        ]
        return [*named, (CLOSE, "")]

    @property
    def _words(self) -> str:
        return "\N{BOX DRAWINGS LIGHT VERTICAL}".join(words for words, _ in self._buttons)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return cell_len(self._words)

    def render(self) -> Content:
        return Content(self._words)

    async def on_click(self, event: events.Click) -> None:
        start = 0
        for words, action in self._buttons:
            end = start + cell_len(words)
            if start <= event.x < end:
                if action:
                    await self.app.run_action(action, doer_of(self.screen, action))
                else:
                    self.screen.clear_selection()
                return
            start = end + 1
