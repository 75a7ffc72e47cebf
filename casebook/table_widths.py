"""How wide the columns of a table are, where it is drawn in cells of a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.cells import cell_len

GUTTER = 2
"""Cells between two columns."""

_COMFORTABLE = 14
"""Cells that a column of longer words has at least: narrower ones are hard to read."""

_LONGEST_PIECE = 8
"""Cells that a word of Chinese or Japanese needs at least; it may break anywhere."""

_WORD = re.compile(r"\S+")


def column_widths(rows: Sequence[Sequence[str]], room: int) -> tuple[int, ...] | None:
    """Cells for each column of a table, or None if it does not fit.

    Args:
        rows: the words of each cell, row by row, the names of the columns among them.
        room: cells that the table may take.
    """
    columns = [[row[at] for row in rows] for at in range(len(rows[0]))] if rows else []
    most = [max(1, *(cell_len(words) for words in column)) for column in columns]
    widths = [
        max(min(wide, _COMFORTABLE), _longest_word(column))
        for wide, column in zip(most, columns, strict=True)
    ]
    room -= GUTTER * (len(columns) - 1)
    if not columns or sum(widths) > room:
        return None
    for _ in range(room - sum(widths)):
        growing = [at for at, width in enumerate(widths) if width < most[at]]
        if not growing:
            break
        # The column that needs most lines gets the next cell.
        widths[max(growing, key=lambda at: most[at] / widths[at])] += 1
    return tuple(widths)


def total_width(widths: Iterable[int]) -> int:
    """The cells of a whole line of a table."""
    every = tuple(widths)
    return sum(every) + GUTTER * (len(every) - 1)


def _longest_word(column: Iterable[str]) -> int:
    return max((_least(match[0]) for words in column for match in _WORD.finditer(words)), default=1)


def _least(word: str) -> int:
    cells = cell_len(word)
    return cells if cells == len(word) else min(cells, _LONGEST_PIECE)
