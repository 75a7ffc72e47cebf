"""Draws a comparison: points down, cases across, names and header always in sight.

Only the cells that are in sight are laid out: a matrix of two hundred cases costs what
eight of them cost.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from casebook.book.setting_facts import setting_rows
from casebook.book.values import EntryLine
from casebook.comparison.documents import SILENT_SENTENCE, criterion_name
from casebook.comparison.matrix import Comparison, MatrixCell
from casebook.document import citations_label
from casebook.line_wrap import padded, shortened, wrap
from casebook.rating_signs import signed_rating
from casebook.vocabulary import Rating
from tui import commands
from tui.widgets.line_view import Line, LineView, Run

NARROWEST = 13
"""Cells of a column of marks, the gap included: `✗ not met` and a little air."""

WIDEST = 30
NARROWEST_TEXT, WIDEST_TEXT = 24, 44
"""The same for a column of evidence."""

_GAP = 1
_TALL = 34
"""Lines of a terminal from which names are wrapped and settings told in full."""

_ALWAYS_SHOWN = ("Place", "Outcome")
"""The lines of a setting that stand on a small terminal, too."""

_TITLE_LINES = 3
_BLANK, _NONE = -1, -2
_HEADER = -1
"""The row of the cursor when it is on the names of the cases; as a column, of the points."""

STYLES = {
    Rating.MET: "good",
    Rating.PARTLY: "middling",
    Rating.NOT_MET: "bad",
    Rating.SILENT: "muted",
}


class Face(NamedTuple):
    """How one cell is shown.

    Attributes:
        words: its mark.
        body: what stands below the mark where evidence is shown.
    """

    words: str
    style: str
    body: str = ""


class Place(NamedTuple):
    """Where the cursor is; -1 stands for the names at the edge."""

    row: int
    column: int


class _BodyLine(NamedTuple):
    """A line of the body: of which row, and which of its lines."""

    row: int
    line: int


class MatrixView(LineView):
    """The matrix, with a cursor on a cell, a case or a point."""

    ALLOW_SELECT = False
    HELP_NAME = "The matrix"
    ACTIONS = (
        *commands.MOVING,
        commands.CELL_LEFT,
        commands.CELL_RIGHT,
        commands.OPEN,
    )
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings(ACTIONS)]

    cursor: reactive[Place] = reactive(Place(0, 0), repaint=False)
    texts: reactive[bool] = reactive(False, repaint=False, init=False)

    class Moved(Message):
        """The cursor is on another place."""

        def __init__(self, place: Place) -> None:
            super().__init__()
            self.place = place

    class Chosen(Message):
        """What is under the cursor is to be opened."""

        def __init__(self, place: Place) -> None:
            super().__init__()
            self.place = place

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.comparison: Comparison | None = None
        self.empty_text = "There is no such point."
        self.overlay: Callable[[str, MatrixCell], Face | None] | None = None
        """Shows the cells of a point otherwise; None for a cell that is shown as it is."""
        self.first = 0
        """The first case in sight."""
        self._names = 0
        self._column = NARROWEST
        self._in_sight = 1
        self._header: list[Line] = []
        self._body: list[_BodyLine] = []
        self._row_starts: list[int] = []
        self._wrapped: dict[tuple[int, int], list[str]] = {}

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
        place = Place(row, column)
        if place == self.cursor:
            self.post_message(self.Moved(place))
        self.cursor = place

    def names_at(self, place: Place) -> tuple[str, str]:
        """The key of the point and the slug of the case under a place; empty at the edge."""
        if self.comparison is None:
            return "", ""
        rows, entries = self.comparison.rows, self.comparison.entries
        key = rows[place.row].criterion.key if 0 <= place.row < len(rows) else ""
        slug = entries[place.column].slug if 0 <= place.column < len(entries) else ""
        return key, slug

    def face(self, row: int, column: int) -> Face:
        """How a cell is shown."""
        assert self.comparison is not None
        line = self.comparison.rows[row]
        cell = line.cells[column]
        if self.overlay is not None:
            face = self.overlay(line.criterion.key, cell)
            if face is not None:
                return face
        return Face(signed_rating(cell.rating), STYLES[cell.rating], self.body_of(cell))

    def body_of(self, cell: MatrixCell) -> str:
        """The evidence of a cell with its citations."""
        assert self.comparison is not None
        if cell.is_silent:
            return SILENT_SENTENCE
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

    @property
    def columns_in_sight(self) -> range:
        """The places of the cases that are in sight."""
        count = len(self.comparison.entries) if self.comparison else 0
        return range(self.first, min(self.first + self._in_sight, count))

    def _relay(self) -> None:
        """Decides how wide everything is, and lays out what is in sight."""
        if self.comparison is None or not self.size.width:
            return
        width, count = self.size.width, max(len(self.comparison.entries), 1)
        least, most = (NARROWEST_TEXT, WIDEST_TEXT) if self.texts else (NARROWEST, WIDEST)
        longest = max(
            (cell_len(self._row_name(at)) for at in range(len(self.comparison.rows))), default=10
        )
        self._names = min(longest + 3, max(width - count * least, width // 3, 18))
        room = max(width - self._names, least)
        self._in_sight = max(min(count, room // least), 1)
        self._column = min(room // self._in_sight, most)
        self.first = min(self.first, count - self._in_sight)
        self._lay_out()

    def _lay_out(self) -> None:
        """Lays out the cases in sight: the header, and how high each row is."""
        if self.comparison is None or not self.size.width:
            return
        self._wrapped.clear()
        self._strips.clear()
        self._header = self._header_lines()
        self._body, self._row_starts = [], []
        if not self.comparison.rows:
            self._body.append(_BodyLine(_NONE, 0))
        for row in range(len(self.comparison.rows)):
            self._row_starts.append(len(self._body))
            height = max(len(self._name_lines(row)), self._row_height(row))
            self._body += [_BodyLine(row, line) for line in range(height)]
            if self.texts and row + 1 < len(self.comparison.rows):
                self._body.append(_BodyLine(_BLANK, 0))

    def _row_height(self, row: int) -> int:
        if not self.texts:
            return 1
        return 1 + max(len(self._cell_lines(row, column)) for column in self.columns_in_sight)

    def _row_name(self, row: int) -> str:
        assert self.comparison is not None
        criterion = self.comparison.rows[row].criterion
        return "  " * criterion.depth + criterion_name(criterion)

    def _name_lines(self, row: int) -> list[str]:
        name = self._row_name(row)
        if not self.texts and self.app.size.height < _TALL:
            return [shortened(name, max(self._names - 2, 6))]
        lines = [name[start:end] for start, end in wrap(name, max(self._names - 3, 6))]
        return lines[:1] + [f"  {line}" for line in lines[1:]]

    def _cell_lines(self, row: int, column: int) -> list[str]:
        """The evidence of a cell, wrapped."""
        known = self._wrapped.get((row, column))
        if known is None:
            body = self.face(row, column).body
            known = [body[start:end] for start, end in wrap(body, self._column - 2)]
            self._wrapped[row, column] = known
        return known

    def _header_lines(self) -> list[Line]:
        assert self.comparison is not None
        entries = [self.comparison.entries[at] for at in self.columns_in_sight]
        tall = self.app.size.height >= _TALL
        cells = self._column - _GAP - 1
        facts: list[tuple[str, list[str], int, str]] = [
            ("", [entry.title for entry in entries], _TITLE_LINES, "heading"),
        ]
        for name, words in setting_rows(entries):
            is_short = name == "Place" and not tall
            shown = [_first_place(entry) for entry in entries] if is_short else words
            if tall or name in _ALWAYS_SHOWN:
                facts.append((name, shown, 2 if tall and name != "Outcome" else 1, "muted"))
        lines: list[Line] = []
        for name, words, most, style in facts:
            if name and not any(words):
                continue
            wrapped = [_clipped(each, cells, most) for each in words]
            for at in range(max(map(len, wrapped))):
                parts = [column[at] if at < len(column) else "" for column in wrapped]
                lead = name if at == 0 else ""
                lines.append(self._line_of(lead, parts, style))
        more = self._more()
        lines[0] = Line(padded(more, self._names) + lines[0].text[self._names :], lines[0].runs)
        rule = "\N{BOX DRAWINGS LIGHT HORIZONTAL}" * self.size.width
        return [*lines, Line(rule, (Run(0, len(rule), "muted"),))]

    def _more(self) -> str:
        """Which cases are in sight, where not all are."""
        assert self.comparison is not None
        count, seen = len(self.comparison.entries), self.columns_in_sight
        if len(seen) == count:
            return ""
        left = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK} " if seen.start else ""
        right = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}" if seen.stop < count else ""
        return f" {left}{seen.start + 1}\N{EN DASH}{seen.stop} of {count}{right}"

    def _line_of(self, lead: str, parts: list[str], style: str) -> Line:
        text = padded(f" {lead}", self._names)
        runs = [Run(0, len(text), "muted")]
        for number, part in enumerate(parts):
            start = len(text)
            text += padded(f" {part}", self._column)
            column = self.first + number
            runs.append(Run(start, len(text), style, (_HEADER, column)))
            if self.cursor == Place(_HEADER, column):
                runs.append(Run(start, len(text), self._cursor_style))
        return Line(text, tuple(runs))

    @property
    def _cursor_style(self) -> str:
        return "chosen" if self.has_focus else "cursor-elsewhere"

    # Drawing

    @property
    def header_height(self) -> int:
        return min(len(self._header), max(self.size.height - 3, 1))

    @property
    def line_count(self) -> int:
        return len(self._body)

    def lines_changed(self) -> None:
        super().lines_changed()
        height = self.line_count + self.header_height
        self.virtual_size = Size(self.size.width, height)

    def line_changed(self, *numbers: int) -> None:
        self._strips.clear()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        if y < self.header_height:
            return self._strip_of(-1 - y, self._header[y])
        number = self.scroll_offset.y + y - self.header_height
        if number >= self.line_count:
            return Strip.blank(self.size.width, self.rich_style)
        return self._strip_of(number, self.line(number))

    def _strip_of(self, key: int, line: Line) -> Strip:
        strip = self._strips.get(key)
        if strip is None:
            strip = self.strip_of(line, key)
            self._strips[key] = strip
        return strip

    def line(self, y: int) -> Line:
        assert self.comparison is not None
        row, at = self._body[y]
        if row == _NONE:
            return Line(f" {self.empty_text}", (Run(0, self.size.width, "muted"),))
        if row == _BLANK:
            return Line("")
        names = self._name_lines(row)
        text = padded(f" {names[at] if at < len(names) else ''}", self._names)
        runs = [Run(0, len(text), "plain", (row, _HEADER))]
        if self.cursor == Place(row, _HEADER):
            runs.append(Run(0, len(text) - 1, self._cursor_style))
        elif self.cursor.row == row:
            runs.append(Run(0, len(text), "strong"))
        for column in self.columns_in_sight:
            start = len(text)
            words, style = self._cell_words(row, column, at)
            text += padded(f" {words}", self._column)
            end = len(text)
            runs.append(Run(start, end, style, (row, column)))
            if self.cursor == Place(row, column):
                runs.append(Run(start, end - _GAP if at == 0 else end, self._chosen_style(at)))
        return Line(text, tuple(runs))

    def _chosen_style(self, at: int) -> str:
        return self._cursor_style if at == 0 else "cursor-elsewhere"

    def _cell_words(self, row: int, column: int, at: int) -> tuple[str, str]:
        if at == 0:
            face = self.face(row, column)
            return face.words, face.style
        if not self.texts:
            return "", "plain"
        lines = self._cell_lines(row, column)
        style = "muted" if self.face(row, column).body == SILENT_SENTENCE else "plain"
        return (lines[at - 1] if at <= len(lines) else ""), style

    # Moving

    def validate_cursor(self, place: Place) -> Place:
        if self.comparison is None:
            return place
        rows, columns = len(self.comparison.rows), len(self.comparison.entries)
        row = min(max(place.row, _HEADER), rows - 1)
        return Place(row, min(max(place.column, _HEADER), columns - 1))

    def watch_cursor(self, _before: Place, now: Place) -> None:
        self._show_cursor()
        self._header = self._header_lines() if self.comparison and self.size.width else []
        self.line_changed()
        self.post_message(self.Moved(now))

    def _show_cursor(self) -> None:
        """Scrolls as little as shows the cursor, sideways by whole cases."""
        if self.comparison is None or not self.size.width:
            return
        column = self.cursor.column
        if column >= 0 and column not in self.columns_in_sight:
            self.first = column if column < self.first else column - self._in_sight + 1
            self._lay_out()
            self.lines_changed()
        row = self.cursor.row
        if not 0 <= row < len(self._row_starts):
            if row < 0:
                self.scroll_to(y=0, animate=False)
            return
        start, end = self._lines_of_row(row)
        room, top = self._room, self.scroll_offset.y
        if start < top or end - start > room:
            self.scroll_to(y=start, animate=False)
        elif end > top + room:
            self.scroll_to(y=end - room, animate=False)

    def _move(self, rows: int = 0, columns: int = 0) -> None:
        place = Place(self.cursor.row + rows, self.cursor.column + columns)
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

    def _lines_of_row(self, row: int) -> tuple[int, int]:
        starts = self._row_starts
        return starts[row], starts[row + 1] if row + 1 < len(starts) else len(self._body)

    def _hidden_below(self) -> int:
        """Lines of the chosen row below the view, where the row is higher than the view."""
        if not 0 <= self.cursor.row < len(self._row_starts):
            return 0
        start, end = self._lines_of_row(self.cursor.row)
        if end - start <= self._room:
            return 0
        return end - (self.scroll_offset.y + self._room)

    def _hidden_above(self) -> int:
        if not 0 <= self.cursor.row < len(self._row_starts):
            return 0
        start, end = self._lines_of_row(self.cursor.row)
        return self.scroll_offset.y - start if end - start > self._room else 0

    def action_cell_left(self) -> None:
        self._move(columns=-1)

    def action_cell_right(self) -> None:
        self._move(columns=1)

    def action_page_down(self) -> None:
        self._move(rows=self._page())

    def action_page_up(self) -> None:
        self._move(rows=-min(self._page(), max(self.cursor.row, 0)))

    def _page(self) -> int:
        return max((self.size.height - self.header_height) // (6 if self.texts else 1) - 1, 1)

    def action_top(self) -> None:
        self.cursor = Place(0, self.cursor.column)

    def action_bottom(self) -> None:
        rows = len(self.comparison.rows) if self.comparison else 0
        self.cursor = self.validate_cursor(Place(rows, self.cursor.column))

    def action_open(self) -> None:
        self.post_message(self.Chosen(self.cursor))

    def on_click(self, event: events.Click) -> None:
        target = event.style.meta.get("target")
        if isinstance(target, tuple):
            place = self.validate_cursor(Place(*target))
            same = place == self.cursor
            self.cursor = place
            if same or event.chain > 1:
                self.action_open()

    def on_focus(self) -> None:
        self.watch_cursor(self.cursor, self.cursor)

    def on_blur(self) -> None:
        self.watch_cursor(self.cursor, self.cursor)


def _first_place(entry: EntryLine) -> str:
    places = entry.setting.places
    return places[0].name if places else ""


def _clipped(words: str, cells: int, most: int) -> list[str]:
    """Words wrapped into a number of lines, with an ellipsis where some are left out."""
    lines = [words[start:end] for start, end in wrap(words, max(cells, 4))]
    if len(lines) > most:
        lines = [*lines[: most - 1], shortened(f"{lines[most - 1]} {lines[most]}", cells)]
    return lines or [""]
