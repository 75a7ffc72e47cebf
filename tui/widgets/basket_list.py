"""The items of the essay basket, in the order of the essay."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from casebook.line_wrap import padded, shortened
from casebook.notebook.values import BasketItem, BasketKind
from tui.widgets.line_view import Line, StyleRun
from tui.widgets.row_list import RowList

EMPTY = "The essay basket is empty. I puts what is selected into it; a writes a sentence."
_KIND = 9
_TITLE = 24
_ROOM_FOR_TITLES = 76
_POINTER = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"


class BasketList(RowList):
    """A line an item, with a cursor that stays on its item when the list changes."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.items: Sequence[BasketItem] = ()

    def show(self, items: Sequence[BasketItem], keep: str = "") -> None:
        """Shows other items.

        Args:
            keep: the uid of the item that the cursor goes to; else it stays on its own.
        """
        before = keep or (self.item.uid if self.item else "")
        self.items = items
        self.lines_changed()
        at = next((at for at, item in enumerate(items) if item.uid == before), self.cursor)
        self.cursor = min(at, max(len(items) - 1, 0))
        self.post_message(self.Moved(self, self.cursor))

    @property
    def item(self) -> BasketItem | None:
        """The item under the cursor."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    @property
    def line_count(self) -> int:
        return max(len(self.items), 1)

    def can_choose(self, row: int) -> bool:
        return row < len(self.items)

    def line(self, y: int) -> Line:
        width = self.size.width
        if not self.items:
            return Line(shortened(f"   {EMPTY}", max(width, 1)), (StyleRun(0, width, "muted"),))
        drawn = self._drawn(self.items[y], width)
        if y == self.cursor:
            fill = "cursor" if self.has_focus else "cursor-elsewhere"
            return Line(_POINTER + drawn.text[1:], drawn.runs, fill)
        return drawn

    def _drawn(self, item: BasketItem, width: int) -> Line:
        words = " ".join((item.text if item.kind is BasketKind.NOTE else item.words).split())
        if item.kind is BasketKind.HEADING:
            text = padded(f" # {words}", width)
            return Line(text, (StyleRun(0, len(text), "heading"),))
        sign = f"   {item.kind.value:<{_KIND}} "
        runs = [StyleRun(3, 3 + _KIND, "note" if item.text else "muted")]
        title, room = item.target.title, max(width - cell_len(sign) - 1, 8)
        if title and width >= _ROOM_FOR_TITLES:
            name = padded(title, _TITLE)
            rest = f"{name} {padded(words, room - _TITLE - 1)}"
            runs.append(StyleRun(len(sign), len(sign) + len(name), "strong"))
        else:
            both = f"{title}: {words}" if title else words
            rest = padded(shortened(both, room), room)
            runs.append(StyleRun(len(sign), len(sign) + min(len(title), len(rest)), "strong"))
        return Line(f"{sign}{rest} ", tuple(runs))

    def on_focus(self) -> None:
        self.line_changed(self.cursor)

    def on_blur(self) -> None:
        self.line_changed(self.cursor)
