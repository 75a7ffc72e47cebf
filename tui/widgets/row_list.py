"""A list of rows with a cursor: the library, the contents, any choice."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive

from tui import commands
from tui.command import Command, bindings
from tui.widgets.line_view import LineView


class RowList(LineView):
    """A line a row, one of them under the cursor.

    A subclass says what stands in a row (`line`), which rows can be chosen and how many
    there are.
    """

    ALLOW_SELECT = False
    ACTIONS: ClassVar[tuple[Command, ...]] = (*commands.MOVING, commands.OPEN)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]

    OPENS_ON_CLICK: ClassVar[bool] = False
    """Whether a click does what enter does; else it only brings the cursor to a row."""

    cursor: reactive[int] = reactive(0, repaint=False)

    class Moved(Message):
        """The cursor has moved to a row."""

        def __init__(self, row_list: RowList, row: int) -> None:
            super().__init__()
            self.row_list = row_list
            self.row = row

        @property
        def control(self) -> RowList:
            return self.row_list

    class Chosen(Message):
        """A row has been chosen."""

        def __init__(self, row_list: RowList, row: int) -> None:
            super().__init__()
            self.row_list = row_list
            self.row = row

        @property
        def control(self) -> RowList:
            return self.row_list

    def can_choose(self, row: int) -> bool:
        """Whether the cursor may rest on a row."""
        return True

    def validate_cursor(self, cursor: int) -> int:
        return min(max(cursor, 0), max(self.line_count - 1, 0))

    def watch_cursor(self, before: int, now: int) -> None:
        self.line_changed(before, now)
        self.show_line(now)
        self.post_message(self.Moved(self, now))

    def lines_changed(self) -> None:
        super().lines_changed()
        if not self.container_size:
            # Textual would find that out from the first frame, and draw every row again.
            self.show_vertical_scrollbar = self.line_count > self.app.size.height

    def resized(self) -> None:
        self.show_line(self.cursor)

    def show_line(self, y: int) -> None:
        """Scrolls as little as shows a line."""
        height = self.size.height
        top = self.scroll_offset.y
        if y < top:
            self._scroll_now(y)
        elif height and y >= top + height:
            self._scroll_now(y - height + 1)

    def _scroll_now(self, y: int) -> None:
        # At once, for the next line to be shown is judged by where the list stands then; and
        # though a list that has just become longer than its view has no scroll bar yet.
        self.scroll_to(y=y, animate=False, immediate=True, force=True)

    def step(self, by: int) -> None:
        """Moves the cursor by so many lines, or as far as it goes."""
        row = self.cursor + by
        direction = 1 if by > 0 else -1
        while 0 <= row < self.line_count and not self.can_choose(row):
            row += direction
        if not 0 <= row < self.line_count:
            row = self._nearest(0 if by < 0 else self.line_count - 1, -direction)
        self.cursor = row

    def _nearest(self, row: int, direction: int) -> int:
        while 0 <= row < self.line_count and not self.can_choose(row):
            row += direction
        return row if 0 <= row < self.line_count else self.cursor

    def action_cursor_down(self) -> None:
        self.step(1)

    def action_cursor_up(self) -> None:
        self.step(-1)

    def action_page_down(self) -> None:
        self.step(max(self.size.height - 1, 1))

    def action_page_up(self) -> None:
        self.step(-max(self.size.height - 1, 1))

    def action_half_page_down(self) -> None:
        self.step(self.half_page)

    def action_half_page_up(self) -> None:
        self.step(-self.half_page)

    def action_top(self) -> None:
        self.cursor = self._nearest(0, 1)

    def action_bottom(self) -> None:
        self.cursor = self._nearest(self.line_count - 1, -1)

    @property
    def can_open(self) -> bool:
        return self.cursor < self.line_count and self.can_choose(self.cursor)

    def action_open(self) -> None:
        if self.line_count:
            self.post_message(self.Chosen(self, self.cursor))

    def clicked(self, event: events.Click) -> None:
        row = event.y + self.scroll_offset.y
        if 0 <= row < self.line_count and self.can_choose(row):
            same = row == self.cursor
            self.cursor = row
            if same or event.chain > 1 or self.OPENS_ON_CLICK:
                self.action_open()
