"""A table drawn in columns: which stretches of its rows' words stand on each line, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import cell_len

from casebook.line_wrap import Span, wrap
from casebook.table_widths import GUTTER, column_widths, total_width


class CellPiece(NamedTuple):
    """A stretch of a row's words in one column of a line.

    Attributes:
        span: among the words of the row; empty where the column has nothing on this line.
        width: cells of the column.
    """

    span: Span
    width: int


class ShownRow(NamedTuple):
    """A row of a table: its words, and where among them the heads and cells of columns stand."""

    words: str
    heads: tuple[Span, ...]
    cells: tuple[Span, ...]


class TableLine(NamedTuple):
    """A line of a table.

    Attributes:
        row: the row that its pieces are of, from 0; -1 for a blank line.
        rule: cells of the rule below the names of the columns, on the line that has it.
        is_head: it has the names of the columns.
    """

    row: int
    pieces: tuple[CellPiece, ...] = ()
    rule: int = 0
    is_head: bool = False


def table_lines(rows: Sequence[ShownRow], room: int) -> list[TableLine] | None:
    """The lines of a table, or None where it does not fit.

    Args:
        room: cells that a line may take.
    """
    first = rows[0]
    words = [[row.words[slice(*span)] for span in row.cells] for row in rows]
    widths = column_widths([[first.words[slice(*span)] for span in first.heads], *words], room)
    if widths is None:
        return None
    lines = [
        TableLine(0, pieces, is_head=True) for pieces in _pieces(first.words, first.heads, widths)
    ]
    lines.append(TableLine(0, rule=total_width(widths)))
    drawn = [list(_pieces(row.words, row.cells, widths)) for row in rows]
    is_loose = any(len(pieces) > 1 for pieces in drawn)
    for number, pieces_of_row in enumerate(drawn):
        if number and is_loose:
            lines.append(TableLine(-1))
        lines += [TableLine(number, pieces) for pieces in pieces_of_row]
    return lines


def _pieces(
    words: str, spans: Sequence[Span], widths: Sequence[int]
) -> Iterator[tuple[CellPiece, ...]]:
    """The lines of one row."""
    wrapped = [
        [(start + first, start + last) for first, last in wrap(words[start:end], width)]
        for (start, end), width in zip(spans, widths, strict=True)
    ]
    for parts in zip_longest(*wrapped, fillvalue=(0, 0)):
        yield tuple(CellPiece(part, width) for part, width in zip(parts, widths, strict=True))


def set_pieces(words: str, pieces: Sequence[CellPiece]) -> tuple[str, list[int]]:
    """The text of a line, and the character at which each of its pieces begins."""
    text = ""
    starts: list[int] = []
    for piece in pieces:
        starts.append(len(text))
        part = words[slice(*piece.span)]
        text += part + " " * (piece.width - cell_len(part) + GUTTER)
    return text.rstrip(), starts
