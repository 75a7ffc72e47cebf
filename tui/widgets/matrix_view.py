"""A comparison under the reader's hands: points down, cases across, names always in sight.

`matrix_layout` decides what is in sight, `matrix_drawing` draws its lines; here are the cursor,
the keys and the mouse.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive

from casebook.comparison.cells import MatrixCell
from casebook.comparison.documents import unsaid_words
from casebook.comparison.matrix import Comparison
from casebook.document import citations_label
from casebook.rating_signs import SIGNS, rating_sign
from casebook.vocabulary import CONTESTED, SEALED_WORDS, BookRating, Rating, Sealed
from tui import commands
from tui.command import bindings
from tui.widgets.line_view import Line, LineView
from tui.widgets.matrix_drawing import MatrixCursor, body_line, header_lines
from tui.widgets.matrix_layout import (
    HEADER,
    TALL,
    CellFace,
    MatrixFrame,
    MatrixLayout,
    MatrixPlace,
)

RATING_STYLES: dict[BookRating, str] = {
    Rating.MET: "good",
    Rating.PARTLY: "middling",
    Rating.NOT_MET: "bad",
    Rating.SILENT: "muted",
    CONTESTED: "emphasis",
    Sealed.SEALED: "muted",
}

MARK = "!"
"""Behind the rating of a cell that stands out."""


class MatrixView(LineView):
    """The matrix, with a cursor on a cell, a case or a point."""

    ALLOW_SELECT = False
    SIGNS: ClassVar[tuple[tuple[str, str], ...]] = (
        (SIGNS[Rating.MET], "Met: the sources say that the case meets the point"),
        (SIGNS[Rating.PARTLY], "Partly met"),
        (SIGNS[Rating.NOT_MET], "Not met: the sources say that it does not"),
        (SIGNS[Rating.SILENT], "Silent: the sources say nothing, neither yes nor no"),
        (
            rating_sign(CONTESTED, (Rating.MET, Rating.NOT_MET)),
            "Contested: sources disagree; it is not counted",
        ),
        (SIGNS[Sealed.SEALED], f"Sealed: {SEALED_WORDS}"),
        ("=", "Your rating is the book's"),
        (f"\N{NOT EQUAL TO}{SIGNS[Rating.MET]}", "Your rating differs; its sign stands behind"),
        (MARK, "The other way, this rating would break the formula that you came from"),
    )
    HELP_NAME = "The matrix"
    ACTIONS = (
        *commands.MOVING,
        commands.CELL_LEFT,
        commands.CELL_RIGHT,
        commands.OPEN,
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]

    cursor: reactive[MatrixPlace] = reactive(MatrixPlace(0, 0), repaint=False)
    texts: reactive[bool] = reactive(False, repaint=False, init=False)

    class Moved(Message):
        """The cursor is on another place."""

        def __init__(self, place: MatrixPlace) -> None:
            super().__init__()
            self.place = place

    class Chosen(Message):
        """What is under the cursor is to be opened."""

        def __init__(self, place: MatrixPlace) -> None:
            super().__init__()
            self.place = place

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.comparison: Comparison | None = None
        self.empty_text = "There is no such point."
        self.overlay: Callable[[str, MatrixCell], CellFace | None] | None = None
        """Shows the cells of a point otherwise; None for a cell that is shown as it is."""
        self.marked: frozenset[tuple[str, str]] = frozenset()
        """Cells that stand out, by the keys of their points and the slugs of their cases."""
        self.first = 0
        """The first case in sight."""
        self.layout_shown: MatrixLayout | None = None
        """What is in sight; None before the view has a width."""
        self._header: list[Line] = []

    # What is shown

    def show(self, comparison: Comparison, *, keep: tuple[str, str] | None = None) -> None:
        """Shows a comparison; the cursor stays on its point and case where they are still there.

        Args:
            keep: the key of a point and the slug of a case to stay on.
        """
        wanted = keep or self.names_at(self.cursor)
        self.comparison = comparison
        self._relay()
        self.lines_changed()
        keys = [row.criterion.key for row in comparison.rows]
        row = keys.index(wanted[0]) if wanted[0] in keys else min(self.cursor.row, len(keys) - 1)
        slugs = comparison.slugs
        last = len(slugs) - 1
        column = slugs.index(wanted[1]) if wanted[1] in slugs else min(self.cursor.column, last)
        place = MatrixPlace(row, column)
        if place == self.cursor:
            self.post_message(self.Moved(place))
        self.cursor = place

    def names_at(self, place: MatrixPlace) -> tuple[str, str]:
        """The key of the point and the slug of the case under a place; empty at the edge."""
        if self.comparison is None:
            return "", ""
        rows, entries = self.comparison.rows, self.comparison.entries
        key = rows[place.row].criterion.key if 0 <= place.row < len(rows) else ""
        slug = entries[place.column].slug if 0 <= place.column < len(entries) else ""
        return key, slug

    def face(self, row: int, column: int) -> CellFace:
        """How a cell is shown."""
        assert self.comparison is not None
        line = self.comparison.rows[row]
        cell = line.cells[column]
        if self.overlay is not None:
            face = self.overlay(line.criterion.key, cell)
            if face is not None:
                return face
        words, style = cell.mark, RATING_STYLES[cell.rating]
        short = rating_sign(cell.rating, cell.readings) if cell.accounts else ""
        if (line.criterion.key, cell.entry) in self.marked:
            words, style = f"{words} {MARK}", "match"
        return CellFace(words, style, self.body_of(cell), short)

    def body_of(self, cell: MatrixCell) -> str:
        """The evidence of a cell with its citations."""
        assert self.comparison is not None
        if unsaid := unsaid_words(cell):
            return unsaid
        return f"{cell.evidence} {citations_label(cell.citations, self.comparison.sources)}"

    def watch_texts(self) -> None:
        self.faces_changed()

    def faces_changed(self) -> None:
        """Draws everything anew, when cells have come to look different."""
        self._relay()
        self.lines_changed()
        self._show_cursor()

    # Layout

    def relaid(self) -> None:
        self._relay()
        self.call_after_refresh(self._show_cursor)

    def _relay(self) -> None:
        """Lays out what is in sight, and draws the header."""
        if self.comparison is None or not self.size.width:
            return
        frame = MatrixFrame(
            self.size.width, self.app.size.height >= TALL, self.texts, self.size.height
        )
        self.layout_shown = MatrixLayout(self.comparison, frame, self.first, self.face)
        self.first = self.layout_shown.first
        self._strips.clear()
        self._header = header_lines(self.layout_shown, self._drawn_cursor)

    @property
    def _drawn_cursor(self) -> MatrixCursor:
        return MatrixCursor(self.cursor, "chosen" if self.has_focus else "cursor-elsewhere")

    # Drawing

    @property
    def header_height(self) -> int:
        return min(len(self._header), max(self.size.height - 3, 1))

    @property
    def line_count(self) -> int:
        return len(self.layout_shown.body) if self.layout_shown else 0

    def lines_changed(self) -> None:
        super().lines_changed()
        height = self.line_count + self.header_height
        self.virtual_size = Size(self.size.width, height)

    def line_changed(self, *numbers: int) -> None:
        self._strips.clear()
        self.refresh()

    def line_number(self, row: int) -> int:
        """That of a line of the body; those of the header are below zero."""
        height = self.header_height
        return -1 - row if row < height else self.scroll_offset.y + row - height

    def line(self, y: int) -> Line:
        assert self.layout_shown is not None
        if y < 0:
            return self._header[-1 - y]
        return body_line(self.layout_shown, y, self._drawn_cursor, self.empty_text)

    # Moving

    def validate_cursor(self, place: MatrixPlace) -> MatrixPlace:
        if self.comparison is None:
            return place
        rows, columns = len(self.comparison.rows), len(self.comparison.entries)
        row = min(max(place.row, HEADER), rows - 1)
        return MatrixPlace(row, min(max(place.column, HEADER), columns - 1))

    def watch_cursor(self, _before: MatrixPlace, now: MatrixPlace) -> None:
        self._show_cursor()
        if self.layout_shown is not None:
            self._header = header_lines(self.layout_shown, self._drawn_cursor)
        self.line_changed()
        self.post_message(self.Moved(now))

    def _show_cursor(self) -> None:
        """Scrolls as little as shows the cursor, sideways by whole cases."""
        if self.layout_shown is None or not self.size.width:
            return
        column = self.cursor.column
        if column >= 0 and column not in self.layout_shown.columns_in_sight:
            self.first = self.layout_shown.first_to_show(column)
            self._relay()
            self.lines_changed()
        row = self.cursor.row
        if row < 0:
            self.scroll_to(y=0, animate=False)
        lines = self._lines_of_row(row)
        if lines is None:
            return
        start, end = lines
        room, top = self._room, self.scroll_offset.y
        if start < top or end - start > room:
            self.scroll_to(y=start, animate=False)
        elif end > top + room:
            self.scroll_to(y=end - room, animate=False)

    def _move(self, rows: int = 0, columns: int = 0) -> None:
        place = MatrixPlace(self.cursor.row + rows, self.cursor.column + columns)
        self.cursor = self.validate_cursor(place)

    def action_cursor_down(self) -> None:
        hidden = self._hidden_below()
        if hidden > 0:
            self.scroll_relative(y=min(hidden, self._room - 1), animate=False)
        else:
            self._move(rows=1)

    def action_cursor_up(self) -> None:
        hidden = self._hidden_above()
        if hidden > 0:
            self.scroll_relative(y=-min(hidden, self._room - 1), animate=False)
        else:
            self._move(rows=-1)

    @property
    def _room(self) -> int:
        """Lines of the body that are in sight."""
        return max(self.size.height - self.header_height, 1)

    def _lines_of_row(self, row: int) -> tuple[int, int] | None:
        """The first line of a row and the line behind its last; None where there is no such row."""
        layout = self.layout_shown
        if layout is None or not 0 <= row < len(layout.row_starts):
            return None
        return layout.lines_of_row(row)

    def _hidden_below(self) -> int:
        """Lines of the chosen row below the view, where the row is higher than the view."""
        start, end = self._lines_of_row(self.cursor.row) or (0, 0)
        if end - start <= self._room:
            return 0
        return end - (self.scroll_offset.y + self._room)

    def _hidden_above(self) -> int:
        start, end = self._lines_of_row(self.cursor.row) or (0, 0)
        return self.scroll_offset.y - start if end - start > self._room else 0

    def action_cell_left(self) -> None:
        self._move(columns=-1)

    def action_cell_right(self) -> None:
        self._move(columns=1)

    def action_page_down(self) -> None:
        self._move(rows=self._page())

    def action_page_up(self) -> None:
        self._move(rows=-min(self._page(), max(self.cursor.row, 0)))

    def action_half_page_down(self) -> None:
        self._move(rows=max(self._page() // 2, 1))

    def action_half_page_up(self) -> None:
        self._move(rows=-min(max(self._page() // 2, 1), max(self.cursor.row, 0)))

    def _page(self) -> int:
        rows = len(self.comparison.rows) if self.comparison else 0
        lines_of_row = max(self.line_count // max(rows, 1), 1)
        return max((self.size.height - self.header_height) // lines_of_row - 1, 1)

    def action_top(self) -> None:
        self.cursor = MatrixPlace(0, self.cursor.column)

    def action_bottom(self) -> None:
        rows = len(self.comparison.rows) if self.comparison else 0
        self.cursor = self.validate_cursor(MatrixPlace(rows, self.cursor.column))

    def action_open(self) -> None:
        self.post_message(self.Chosen(self.cursor))

    def clicked(self, event: events.Click) -> None:
        target = event.style.meta.get("target")
        if isinstance(target, tuple):
            place = self.validate_cursor(MatrixPlace(*target))
            same = place == self.cursor
            self.cursor = place
            if same or event.chain > 1:
                self.action_open()

    def on_focus(self) -> None:
        self.watch_cursor(self.cursor, self.cursor)

    def on_blur(self) -> None:
        self.watch_cursor(self.cursor, self.cursor)
