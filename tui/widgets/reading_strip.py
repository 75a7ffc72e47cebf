"""The line below the library: where to go on, and how far the reader has come."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive

from casebook.line_wrap import shortened
from casebook.notebook.progress import ReadingProgress
from tui.widgets.action_line import ActionLine

_BETWEEN = " \N{MIDDLE DOT} "
_SHORTEST_TITLE = 12


class ReadingStrip(ActionLine):
    """Goes on where the reader stopped, by enter or by a click."""

    HELP_NAME = "Reading"

    progress: reactive[ReadingProgress | None] = reactive(None)

    class Chosen(ActionLine.Chosen):
        """The reader wants to go on."""

    def render(self) -> Content:
        progress = self.progress
        if progress is None:
            return Content("")
        width = max(self.content_size.width - 1, 0)
        counts = list(progress.counts)
        fixed = f"{progress.lead}{progress.details}"
        least = min(cell_len(progress.title), _SHORTEST_TITLE)
        # Where there is little room, the last of the counts goes first.
        while counts and cell_len(fixed + _BETWEEN.join(["", *counts])) + least > width:
            counts.pop()
        tail = _BETWEEN.join(["", *counts]) if progress.entry else _BETWEEN.join(counts)
        room = width - cell_len(fixed + tail)
        title = shortened(progress.title, max(room, 1)) if progress.entry else ""
        parts: list[str | tuple[str, str]] = [" ", progress.lead]
        parts += [(title, "bold"), progress.details, tail]
        return Content.assemble(*parts)
