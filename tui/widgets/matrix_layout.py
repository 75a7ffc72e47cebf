"""How a comparison fits a width: which cases are in sight, and what each line of it holds.

Only the cells that are in sight are laid out: a matrix of two hundred cases costs what
eight of them cost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from rich.cells import cell_len

from casebook.book.setting_facts import setting_rows
from casebook.book.values import EntryLine
from casebook.comparison.documents import SILENT_SENTENCE, criterion_name
from casebook.comparison.matrix import Comparison
from casebook.line_wrap import shortened, wrap

NARROWEST = 13
"""Cells of a column of marks, the gap included: `✗ not met` and a little air."""

WIDEST = 30
NARROWEST_TEXT, WIDEST_TEXT = 24, 44
"""The same for a column of evidence."""

GAP = 1
LEAST_TEXT_LINES = 2
"""Free lines for each point from which the beginnings of the evidence are shown."""

TALL = 34
"""Lines of a terminal from which names are wrapped and settings told in full."""

_ALWAYS_SHOWN = ("Place", "Outcome")
"""The lines of a setting that stand on a small terminal, too."""

_TITLE_LINES = 3
BLANK, NO_POINTS = -1, -2
"""In place of a row: the line between two of them, and the only line of an empty matrix."""

HEADER = -1
"""The row of the cursor when it is on the names of the cases; as a column, of the points."""


class CellFace(NamedTuple):
    """How one cell is shown.

    Attributes:
        words: its mark.
        short: that for a column in which it has no room; empty where it always has.
        body: what stands below the mark where evidence is shown.
    """

    words: str
    style: str
    body: str = ""
    short: str = ""


class MatrixPlace(NamedTuple):
    """Where the cursor is; -1 stands for the names at the edge."""

    row: int
    column: int


class BodyLine(NamedTuple):
    """A line of the body: of which row, and which of its lines."""

    row: int
    line: int


class HeaderLine(NamedTuple):
    """A line above the points: what it tells of each case in sight."""

    name: str
    parts: list[str]
    style: str


class MatrixFrame(NamedTuple):
    """What a matrix has to fit, and how much it shows.

    Attributes:
        is_tall: names are wrapped, and settings told in full.
        texts: the evidence stands below each mark, as long as it is.
        height: lines of the view; where some are free, beginnings of the evidence fill them.
    """

    width: int
    is_tall: bool
    texts: bool
    height: int = 0


class MatrixLayout:
    """A comparison laid out from one of its cases on.

    Args:
        first: the first case in sight, as far as there is no room for it and those before.
        face: how the cell of a row and a column is shown.
    """

    def __init__(
        self,
        comparison: Comparison,
        frame: MatrixFrame,
        first: int,
        face: Callable[[int, int], CellFace],
    ) -> None:
        self.comparison = comparison
        self.frame = frame
        self.face = face
        width, count = frame.width, max(len(comparison.entries), 1)
        least, most = (NARROWEST_TEXT, WIDEST_TEXT) if frame.texts else (NARROWEST, WIDEST)
        longest = max(
            (cell_len(self.row_name(at)) for at in range(len(comparison.rows))), default=10
        )
        self.names_width = min(longest + 3, max(width - count * least, width // 3, 18))
        room = max(width - self.names_width, least)
        self.cases_in_sight = max(min(count, room // least), 1)
        self.column_width = min(room // self.cases_in_sight, most)
        self.first = min(first, count - self.cases_in_sight)
        self._wrapped: dict[tuple[int, int], list[str]] = {}
        self.header_lines = list(self._header())
        self._text_lines: list[int] = []
        """Lines of evidence that each row has room for."""
        self.body: list[BodyLine] = []
        self.row_starts: list[int] = []
        self._lay_out_rows()

    def _lay_out_rows(self) -> None:
        rows = len(self.comparison.rows)
        if not rows:
            self.body.append(BodyLine(NO_POINTS, 0))
        self._text_lines = self._room_for_texts()
        for row in range(rows):
            self.row_starts.append(len(self.body))
            height = max(len(self.name_lines(row)), 1 + self._text_lines[row])
            self.body += [BodyLine(row, line) for line in range(height)]
            if self.frame.texts and row + 1 < rows:
                self.body.append(BodyLine(BLANK, 0))

    def _room_for_texts(self) -> list[int]:
        """Lines of evidence for each row: all of them, or as many as leave all rows in sight."""
        rows = range(len(self.comparison.rows))
        if self.frame.texts:
            return [self._longest_text(row) for row in rows]
        none = [0 for _ in rows]
        names = [len(self.name_lines(row)) for row in rows]
        # Below the names of the cases and their rule.
        free = self.frame.height - len(self.header_lines) - 1 - sum(names)
        if self.column_width < NARROWEST_TEXT or free < LEAST_TEXT_LINES * len(none):
            return none
        wanted = [self._longest_text(row) for row in rows]
        # A name of several lines leaves room beside it that costs nothing.
        given = [min(name - 1, want) for name, want in zip(names, wanted, strict=True)]
        short = [row for row in rows if given[row] < wanted[row]]
        while free > 0 and short:
            for row in short[:free]:
                given[row] += 1
            free -= len(short[:free])
            short = [row for row in short if given[row] < wanted[row]]
        return given

    def _longest_text(self, row: int) -> int:
        return max(len(self._text_of(row, column)) for column in self.columns_in_sight)

    @property
    def columns_in_sight(self) -> range:
        """The places of the cases that are in sight."""
        return range(
            self.first, min(self.first + self.cases_in_sight, len(self.comparison.entries))
        )

    def first_to_show(self, column: int) -> int:
        """The first case in sight with which another comes into sight."""
        return column if column < self.first else column - self.cases_in_sight + 1

    def lines_of_row(self, row: int) -> tuple[int, int]:
        """The first line of a row, and the line behind its last."""
        starts = self.row_starts
        return starts[row], starts[row + 1] if row + 1 < len(starts) else len(self.body)

    # What stands in the lines

    def row_name(self, row: int) -> str:
        """The name of a point, indented by its depth."""
        criterion = self.comparison.rows[row].criterion
        return "  " * criterion.depth + criterion_name(criterion)

    def name_lines(self, row: int) -> list[str]:
        """The name of a point, wrapped where there is room."""
        name = self.row_name(row)
        if not self.frame.texts and not self.frame.is_tall:
            return [shortened(name, max(self.names_width - 2, 6))]
        lines = [name[start:end] for start, end in wrap(name, max(self.names_width - 3, 6))]
        return lines[:1] + [f"  {line}" for line in lines[1:]]

    def cell_lines(self, row: int, column: int) -> list[str]:
        """The evidence of a cell, wrapped, as far as its row has room for it."""
        lines, most = self._text_of(row, column), self._text_lines[row]
        if len(lines) <= most:
            return lines
        if not most:
            return []
        last = shortened(f"{lines[most - 1]} {lines[most]}", self.column_width - 2)
        return [*lines[: most - 1], last]

    def _text_of(self, row: int, column: int) -> list[str]:
        known = self._wrapped.get((row, column))
        if known is None:
            body = self.face(row, column).body
            if body == SILENT_SENTENCE and not self.frame.texts:
                body = ""  # the mark says it
            lines = wrap(body, self.column_width - 2) if body else ()
            known = [body[start:end] for start, end in lines]
            self._wrapped[row, column] = known
        return known

    def _header(self) -> Iterator[HeaderLine]:
        """The names of the cases and their settings, line by line."""
        entries = [self.comparison.entries[at] for at in self.columns_in_sight]
        cells = self.column_width - GAP - 1
        for name, words, most, style in self._header_facts(entries):
            if name and not any(words):
                continue
            wrapped = [_clipped(each, cells, most) for each in words]
            for at in range(max(map(len, wrapped))):
                parts = [column[at] if at < len(column) else "" for column in wrapped]
                yield HeaderLine(name if at == 0 else "", parts, style)

    def _header_facts(self, entries: list[EntryLine]) -> Iterator[tuple[str, list[str], int, str]]:
        """The facts of the cases: a name, a value for each, most lines, and a style."""
        yield "", [entry.title for entry in entries], _TITLE_LINES, "heading"
        is_tall = self.frame.is_tall
        for name, words in setting_rows(entries):
            is_short = name == "Place" and not is_tall
            shown = [_first_place(entry) for entry in entries] if is_short else words
            if is_tall or name in _ALWAYS_SHOWN:
                yield name, shown, 2 if is_tall and name != "Outcome" else 1, "muted"

    def cases_told(self) -> str:
        """Which cases are in sight, where not all are."""
        count, seen = len(self.comparison.entries), self.columns_in_sight
        if len(seen) == count:
            return ""
        left = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK} " if seen.start else ""
        right = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}" if seen.stop < count else ""
        return f" {left}{seen.start + 1}\N{EN DASH}{seen.stop} of {count}{right}"


def _first_place(entry: EntryLine) -> str:
    places = entry.setting.places
    return places[0].name if places else ""


def _clipped(words: str, cells: int, most: int) -> list[str]:
    """Words wrapped into a number of lines, with an ellipsis where some are left out."""
    lines = [words[start:end] for start, end in wrap(words, max(cells, 4))]
    if len(lines) > most:
        lines = [*lines[: most - 1], shortened(f"{lines[most - 1]} {lines[most]}", cells)]
    return lines or [""]
