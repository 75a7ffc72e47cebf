"""A line that says what the signs above it mean."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

_GAPS = ("   ", "  ")


class LegendLine(Widget):
    """Signs and words, as many as fit; those that matter most come first."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    LegendLine { height: 1; color: $text-muted; padding: 0 1; }
    """

    parts: reactive[Sequence[str]] = reactive(())

    def render(self) -> Content:
        width, parts = self.content_size.width, list(self.parts)
        while parts:
            for gap in _GAPS:
                line = gap.join(parts)
                if cell_len(line) <= width:
                    return Content(line)
            parts.pop()
        return Content("")
