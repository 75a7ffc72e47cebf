"""Sheets of a workbook as they lie on paper: their set-up, and rows as tall as their cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.cells import cell_len

from casebook.exports.xml_text import xml_text

LONGEST_CELL = 32_767
"""Characters of a cell of a workbook, by Excel's limits."""

_LONGEST_HEADER = 150
_A4 = 9
"""The number that Excel knows the paper by."""

_LINE_HEIGHT = 15
_TALLEST_ROW = 409
"""Points, by Excel's limits."""


def set_up(sheet: Any, title: str, *, repeated_rows: int = 0) -> None:
    """A sheet lies on A4, with a title, its name and the pages' numbers on every page.

    Args:
        repeated_rows: how many of its first rows stand on every page.
    """
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    if repeated_rows:
        sheet.repeat_rows(0, repeated_rows - 1)
    shown = xml_text(title).replace("&", "&&")[:_LONGEST_HEADER]
    sheet.set_header(f"&L{shown}&R&A")
    sheet.set_footer("&R&P / &N")


class CellWriter:
    """Writes cells as text, never as a number, a formula or a link; what is too long is cut."""

    def __init__(self, sheet: Any, widths: Sequence[int], deciding: int | None = None) -> None:
        """Gives the columns their widths.

        Args:
            deciding: how many of the first columns decide how tall a row is; None for all.
        """
        self.sheet = sheet
        self.widths = widths
        self.deciding = len(widths) if deciding is None else deciding
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)

    def row(self, row: int, cells: Iterable[str], look: Any, first_look: Any = None) -> None:
        """Writes a row as tall as its tallest cell: no program does so of itself for all files.

        Args:
            first_look: of its first cell, where that has another.
        """
        most = 1
        for column, words in enumerate(cells):
            put_text(self.sheet, row, column, words, look if column else first_look or look)
            if column < self.deciding:
                most = max(most, _lines_in(words, self.widths[column]))
        self.sheet.set_row(row, min(most * _LINE_HEIGHT, _TALLEST_ROW))


def put_text(sheet: Any, row: int, column: int, words: str, look: Any) -> None:
    """Writes a cell as text, which is cut where it is longer than a cell may be."""
    if not words:
        return
    words = xml_text(words)
    cut = "\N{HORIZONTAL ELLIPSIS} (cut here)"
    if len(words) > LONGEST_CELL:
        words = words[: LONGEST_CELL - len(cut)] + cut
    sheet.write_string(row, column, words, look)


def _lines_in(words: str, width: int) -> int:
    """The lines that some words take in a cell: a word that does not fit goes to the next."""
    room = max(width - 2, 1)
    lines = 0
    for line in words[:LONGEST_CELL].split("\n"):
        lines, used = lines + 1, 0
        for word in line.split(" "):
            length = cell_len(word)
            if used and used + 1 + length > room:
                lines, used = lines + 1, 0
            lines += max(length - 1, 0) // room
            used += length % room + (1 if used else 0)
    return lines
