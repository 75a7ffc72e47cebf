"""A picture of dots, eight in the cell of a terminal, drawn with the letters of Braille."""

from __future__ import annotations

import math
from collections.abc import Iterable

DOTS_ACROSS, DOTS_DOWN = 2, 4
"""Dots of one cell."""

_BITS = (0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80)
"""Unicode 15, chapter 21.1: the bits of the dots in U+2800..U+28FF, two in a row."""
_LETTERS = [" ", *(chr(0x2800 + bits) for bits in range(1, 256))]
"""The letter of the dots of a cell."""

_BESIDE = 1.5
"""Dots nearer than that have no others between them."""
_INSIDE, _LEFT, _RIGHT, _ABOVE, _BELOW = 0, 1, 2, 4, 8


class BrailleCanvas:
    """Dots that can be set, and read as letters.

    Attributes:
        columns, rows: cells.
        width, height: dots.
    """

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = max(columns, 0), max(rows, 0)
        self.width, self.height = self.columns * DOTS_ACROSS, self.rows * DOTS_DOWN
        self._cells = bytearray(self.columns * self.rows)

    def text(self, row: int) -> str:
        """The letters of a row, blanks where nothing is drawn."""
        start = row * self.columns
        return self._cells[start : start + self.columns].decode("latin-1").translate(_LETTERS)

    def path(self, dots: Iterable[tuple[float, float]], gap: float) -> None:
        """Draws a line from dot to dot, but for steps that go as far as a gap to the side."""
        cells, columns, width, height = self._cells, self.columns, self.width, self.height
        line, bits = self.line, _BITS
        x_1, y_1, was_inside = math.inf, math.inf, False
        for x, y in dots:
            is_inside = 0 <= x < width and 0 <= y < height
            right, down = x - x_1, y - y_1
            if -gap < right < gap and not (
                is_inside
                and was_inside
                and -_BESIDE < right < _BESIDE
                and -_BESIDE < down < _BESIDE
            ):
                line(x_1, y_1, x, y)
            elif is_inside:
                # The dot before is beside it, or is not joined to it.
                column, row = int(x), int(y)
                cells[(row >> 2) * columns + (column >> 1)] |= bits[(row & 3) * 2 + (column & 1)]
            x_1, y_1, was_inside = x, y, is_inside

    def line(self, x_1: float, y_1: float, x_2: float, y_2: float) -> None:
        """Draws a straight line between two dots; what is outside the picture is cut off."""
        cut = self._clipped(x_1, y_1, x_2, y_2)
        if cut is None:
            return
        x_1, y_1, x_2, y_2 = cut
        cells, columns = self._cells, self.columns
        steps = int(max(abs(x_2 - x_1), abs(y_2 - y_1)) + 0.5) or 1
        across, down = (x_2 - x_1) / steps, (y_2 - y_1) / steps
        for step in range(steps + 1):
            x, y = int(x_1 + across * step), int(y_1 + down * step)
            cells[(y >> 2) * columns + (x >> 1)] |= _BITS[(y & 3) * 2 + (x & 1)]

    def _side(self, x: float, y: float) -> int:
        side = _LEFT if x < 0 else _RIGHT if x >= self.width else _INSIDE
        return side | (_ABOVE if y < 0 else _BELOW if y >= self.height else _INSIDE)

    def _clipped(
        self, x_1: float, y_1: float, x_2: float, y_2: float
    ) -> tuple[float, float, float, float] | None:
        """What of a line is within the picture (Cohen and Sutherland)."""
        width, height = self.width, self.height
        if 0 <= x_1 < width and 0 <= x_2 < width and 0 <= y_1 < height and 0 <= y_2 < height:
            return x_1, y_1, x_2, y_2
        if not (width and height):
            return None
        first, second = self._side(x_1, y_1), self._side(x_2, y_2)
        right, bottom = self.width - 1e-6, self.height - 1e-6
        while first | second:
            if first & second:
                return None
            side = first or second
            if side & _ABOVE:
                x, y = x_1 + (x_2 - x_1) * -y_1 / (y_2 - y_1), 0.0
            elif side & _BELOW:
                x, y = x_1 + (x_2 - x_1) * (bottom - y_1) / (y_2 - y_1), bottom
            elif side & _RIGHT:
                x, y = right, y_1 + (y_2 - y_1) * (right - x_1) / (x_2 - x_1)
            else:
                x, y = 0.0, y_1 + (y_2 - y_1) * -x_1 / (x_2 - x_1)
            if side == first:
                x_1, y_1, first = x, y, self._side(x, y)
            else:
                x_2, y_2, second = x, y, self._side(x, y)
        return x_1, y_1, x_2, y_2
