"""A picture of dots, eight in the cell of a terminal, drawn with the letters of Braille."""

from __future__ import annotations

DOTS_ACROSS, DOTS_DOWN = 2, 4
"""Dots of one cell."""

_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Unicode 15, chapter 21.1: the bit of each dot in U+2800..U+28FF, by row and column."""
_BLANK = 0x2800

_INSIDE, _LEFT, _RIGHT, _ABOVE, _BELOW = 0, 1, 2, 4, 8


class BrailleCanvas:
    """Dots that can be set, and read as letters.

    Attributes:
        columns, rows: cells.
    """

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = max(columns, 0), max(rows, 0)
        self._cells = bytearray(self.columns * self.rows)

    @property
    def width(self) -> int:
        """Dots across."""
        return self.columns * DOTS_ACROSS

    @property
    def height(self) -> int:
        """Dots from top to bottom."""
        return self.rows * DOTS_DOWN

    def letter(self, column: int, row: int) -> str:
        """What is drawn in a cell, a blank where nothing is."""
        bits = self._cells[row * self.columns + column]
        return chr(_BLANK + bits) if bits else " "

    def is_empty(self, column: int, row: int) -> bool:
        """Whether no dot of a cell is set."""
        return not self._cells[row * self.columns + column]

    def set(self, x: int, y: int) -> None:
        """Sets a dot; outside the picture nothing happens."""
        if 0 <= x < self.width and 0 <= y < self.height:
            cell = (y >> 2) * self.columns + (x >> 1)
            self._cells[cell] |= _BITS[y & 3][x & 1]

    def line(
        self, start: tuple[float, float], end: tuple[float, float], *, dash: int = 0, done: int = 0
    ) -> int:
        """Draws a straight line between two places, in dots; what is outside is cut off.

        Args:
            dash: dots that are drawn and left out in turn; 0 for a whole line.
            done: dots of the same line that came before.

        Returns:
            the dots of the line so far.
        """
        cut = self._clipped(*start, *end)
        if cut is None:
            return done
        x_1, y_1, x_2, y_2 = cut
        steps = max(1, round(max(abs(x_2 - x_1), abs(y_2 - y_1))))
        for step in range(steps + 1):
            if not dash or (done + step) // dash % 2 == 0:
                self.set(
                    int(x_1 + (x_2 - x_1) * step / steps), int(y_1 + (y_2 - y_1) * step / steps)
                )
        return done + steps

    def _side(self, x: float, y: float) -> int:
        side = _LEFT if x < 0 else _RIGHT if x >= self.width else _INSIDE
        return side | (_ABOVE if y < 0 else _BELOW if y >= self.height else _INSIDE)

    def _clipped(
        self, x_1: float, y_1: float, x_2: float, y_2: float
    ) -> tuple[float, float, float, float] | None:
        """What of a line is within the picture (Cohen and Sutherland)."""
        first, second = self._side(x_1, y_1), self._side(x_2, y_2)
        right, bottom = self.width - 1e-6, self.height - 1e-6
        while first | second:
            if first & second or not (self.width and self.height):
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
