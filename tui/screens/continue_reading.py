"""The line on the reading below the library, and the way to where the reader stopped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from casebook.errors import CasebookError
from tui.messages import EntryWanted
from tui.widgets.bars import KeyBar

if TYPE_CHECKING:
    from casebook.notebook.progress import ReadingProgress
    from tui.screens.base import CasebookScreen
    from tui.widgets.reading_strip import ReadingStrip

LEAST_FOR_STRIP = 24
"""Lines of a terminal below which the line on the reading gives way to the list."""


class ContinueReading:
    """Shows how much was read, and goes on where the reader stopped."""

    def __init__(self, screen: CasebookScreen) -> None:
        self._screen = screen

    def _progress(self) -> ReadingProgress | None:
        from casebook.notebook.progress import progress

        host = self._screen.casebook
        return progress(host.keeper.notebook, host.book)

    def show(self) -> None:
        """Shows where to go on, where anything has been read and there is a line for it."""
        try:
            found = self._progress()
        except CasebookError:
            return
        strips = list(self._strips)
        if not strips and found is not None:
            from tui.widgets.reading_strip import ReadingStrip

            strips = [ReadingStrip(id="reading-strip")]
            self._screen.mount(*strips, before=self._screen.query_one(KeyBar))
        for strip in strips:
            strip.progress = found
        self.place()

    @property
    def _strips(self) -> Iterable[ReadingStrip]:
        """The line on the reading, where it is made."""
        return (cast("ReadingStrip", strip) for strip in self._screen.query("#reading-strip"))

    def place(self) -> None:
        """Shows the line where the terminal has one to spare."""
        for strip in self._strips:
            is_high = self._screen.app.size.height >= LEAST_FOR_STRIP
            strip.display = strip.progress is not None and is_high

    def open(self) -> None:
        """Opens the page on which the reader stopped, at that place."""
        found = self._progress()
        if found is not None and found.entry:
            self._screen.post_message(EntryWanted(found.entry))
        else:
            self._screen.notify_plainly(
                "You have not begun to read a page yet. enter opens the selected entry."
            )
