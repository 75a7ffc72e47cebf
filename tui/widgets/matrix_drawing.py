"""Draws the lines of a matrix that has been laid out."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len

from casebook.comparison.documents import SILENT_SENTENCE
from casebook.line_wrap import padded
from tui.widgets.line_view import Line, StyleRun
from tui.widgets.matrix_layout import (
    BLANK,
    GAP,
    HEADER,
    NO_POINTS,
    HeaderLine,
    MatrixLayout,
    MatrixPlace,
)

_RULE = "\N{BOX DRAWINGS LIGHT HORIZONTAL}"


class MatrixCursor(NamedTuple):
    """The cursor as it is drawn."""

    place: MatrixPlace
    style: str


def header_lines(layout: MatrixLayout, cursor: MatrixCursor) -> list[Line]:
    """The names of the cases and their settings, above a rule."""
    lines = [_header_line(layout, line, cursor) for line in layout.header_lines]
    names = layout.names_width
    lead = padded(layout.cases_told(), names)
    lines[0] = Line(lead + lines[0].text[names:], lines[0].runs)
    rule = _RULE * layout.frame.width
    return [*lines, Line(rule, (StyleRun(0, len(rule), "muted"),))]


def _header_line(layout: MatrixLayout, line: HeaderLine, cursor: MatrixCursor) -> Line:
    text = padded(f" {line.name}", layout.names_width)
    runs = [StyleRun(0, len(text), "muted")]
    for column, part in enumerate(line.parts, layout.first):
        start = len(text)
        text += padded(f" {part}", layout.column_width)
        runs.append(StyleRun(start, len(text), line.style, (HEADER, column)))
        if cursor.place == MatrixPlace(HEADER, column):
            runs.append(StyleRun(start, len(text), cursor.style))
    return Line(text, tuple(runs))


def body_line(layout: MatrixLayout, y: int, cursor: MatrixCursor, empty_text: str) -> Line:
    """A line of the points and their cells.

    Args:
        empty_text: what stands in place of points where there are none.
    """
    row, at = layout.body[y]
    if row == NO_POINTS:
        return Line(f" {empty_text}", (StyleRun(0, layout.frame.width, "muted"),))
    if row == BLANK:
        return Line("")
    names = layout.name_lines(row)
    text = padded(f" {names[at] if at < len(names) else ''}", layout.names_width)
    runs = [StyleRun(0, len(text), "plain", (row, HEADER))]
    if cursor.place == MatrixPlace(row, HEADER):
        runs.append(StyleRun(0, len(text) - 1, cursor.style))
    elif cursor.place.row == row:
        runs.append(StyleRun(0, len(text), "strong"))
    for column in layout.columns_in_sight:
        start = len(text)
        words, style = _cell_words(layout, row, column, at)
        text += padded(f" {words}", layout.column_width)
        end = len(text)
        runs.append(StyleRun(start, end, style, (row, column)))
        if cursor.place == MatrixPlace(row, column):
            is_mark = at == 0
            chosen = cursor.style if is_mark else "cursor-elsewhere"
            runs.append(StyleRun(start, end - GAP if is_mark else end, chosen))
    return Line(text, tuple(runs))


def _cell_words(layout: MatrixLayout, row: int, column: int, at: int) -> tuple[str, str]:
    """What a line of a cell says, and its style."""
    face = layout.face(row, column)
    if at == 0:
        is_short = face.short and cell_len(face.words) > layout.column_width - GAP - 1
        return (face.short if is_short else face.words), face.style
    lines = layout.cell_lines(row, column)
    style = "muted" if face.body == SILENT_SENTENCE else "plain"
    return (lines[at - 1] if at <= len(lines) else ""), style
