"""The names of the glossary's terms, beside their texts."""

from __future__ import annotations

from collections.abc import Sequence

from casebook.line_wrap import shortened
from tui.widgets.line_view import Line
from tui.widgets.row_list import RowList


class TermList(RowList):
    """A name a line; the text beside follows the cursor."""

    def __init__(self, names: Sequence[str], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.names = names

    @property
    def line_count(self) -> int:
        return len(self.names)

    def line(self, y: int) -> Line:
        here = y == self.cursor
        pointer = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}" if here else " "
        fill = ("cursor" if self.has_focus else "cursor-elsewhere") if here else ""
        return Line(f"{pointer} {shortened(self.names[y], self.size.width - 3)}", (), fill)

    def on_focus(self) -> None:
        self.line_changed(self.cursor)

    def on_blur(self) -> None:
        self.line_changed(self.cursor)
