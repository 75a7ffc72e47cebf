"""The sections of a page beside it: where the reader is, and a way to the others."""

from __future__ import annotations

from bisect import bisect_right

from textual import on

from casebook.line_wrap import shortened
from tui.widgets.document_view import DocumentView
from tui.widgets.line_view import Line, StyleRun
from tui.widgets.row_list import RowList

LEAST_SECTIONS = 2
"""Sections from which a list of them helps."""


class ContentsColumn(RowList):
    """The titles of a document's sections, the one that is being read among them marked."""

    OPENS_ON_CLICK = True
    HELP_NAME = "The contents"

    def __init__(self, page: DocumentView) -> None:
        super().__init__(id="contents")
        self.page = page
        self._titles: list[tuple[int, str, int]] = []
        self._current = -1

    def on_mount(self) -> None:
        self.watch(self.page, "scroll_y", self._follow)

    def take(self) -> None:
        """Shows the sections of what the page shows now."""
        titles = [(at, b.text.plain, b.level) for at, b in self.page.document.headings]
        if titles != self._titles:
            self._titles = titles
            self.cursor = 0
            if self.is_attached:
                self.lines_changed()
        self._follow()

    @property
    def is_useful(self) -> bool:
        """Whether there are sections to go to."""
        return len(self._titles) >= LEAST_SECTIONS

    def _follow(self) -> None:
        places = [at for at, _, _ in self._titles]
        current = bisect_right(places, self.page.top_block) - 1
        if current != self._current and self.is_attached:
            before, self._current = self._current, current
            self.line_changed(*(at for at in (before, current) if at >= 0))
            if not self.has_focus:
                self.show_line(max(current, 0))

    @property
    def line_count(self) -> int:
        return len(self._titles)

    def line(self, y: int) -> Line:
        _, title, level = self._titles[y]
        is_current = y == self._current
        sign = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}" if is_current else " "
        words = f"{sign} {'  ' * max(level - 2, 0)}{title}"
        shown = shortened(words, max(self.size.width, 4))
        look = "strong" if is_current else "muted"
        is_under_cursor = self.has_focus and y == self.cursor
        return Line(shown, (StyleRun(0, len(shown), look),), "cursor" if is_under_cursor else "")

    def on_focus(self) -> None:
        self.cursor = max(self._current, 0)
        self.line_changed(self.cursor)

    def on_blur(self) -> None:
        self.line_changed(self.cursor)

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.page.scroll_to_block(self._titles[event.row][0])
