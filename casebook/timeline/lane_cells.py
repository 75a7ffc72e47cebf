"""Draws the rows of lanes with characters, for the app's chart and for that in plain text.

What is certain is solid, what is possible is shaded, what told order excludes is dotted, a
dashed line joins the accounts of one event, and a date that lies within one cell is a diamond:
they can be told apart without colours.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size

from casebook.timeline.layout import Bar, Gathered, LaneRows, Placed
from casebook.timeline.scale import Tick

CERTAIN = "\N{LOWER THREE QUARTERS BLOCK}"
POSSIBLE = "\N{LIGHT SHADE}"
EXCLUDED = "\N{MIDDLE DOT}"
POINT = "\N{BLACK DIAMOND}"
BETWEEN = "\N{BOX DRAWINGS LIGHT DOUBLE DASH HORIZONTAL}"
LEFT = "\N{BLACK LEFT-POINTING SMALL TRIANGLE}"
RIGHT = "\N{BLACK RIGHT-POINTING SMALL TRIANGLE}"
GRID = "\N{BOX DRAWINGS LIGHT QUADRUPLE DASH VERTICAL}"
BY_ORDER = (EXCLUDED * 2, "excluded by order")
"""Where an event would lie by its date alone."""
LEGEND = (
    (CERTAIN * 2, "certain"),
    (POSSIBLE * 2, "possible, some time within"),
    (POINT, "in this column"),
    (LEFT + RIGHT, "goes on"),
    BY_ORDER,
    ("+2", "more events"),
)
"""What the signs mean, the most important first."""
CONTESTED = (BETWEEN * 2, "accounts differ")
"""What is drawn between the bars of several accounts of one event."""


class Drawn(StrEnum):
    """What some characters of a drawn line stand for."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    EXCLUDED = "excluded"
    BETWEEN = "between"
    LABEL = "label"
    DATE = "date"
    COUNT = "count"
    GRID = "grid"
    NOTE = "note"


class Stretch(NamedTuple):
    """Some characters of a drawn line.

    Attributes:
        target: the event or the count that they belong to, or None.
    """

    start: int
    end: int
    drawn: Drawn
    target: Placed | Gathered | None


class DrawnLine(NamedTuple):
    """A drawn line: its text, and what its characters stand for, from left to right."""

    text: str
    stretches: tuple[Stretch, ...] = ()


class _Cells:
    """A line that is filled cell by cell."""

    def __init__(self, width: int) -> None:
        self.signs = [" "] * width
        self.marks: list[tuple[Drawn, Placed | Gathered | None] | None] = [None] * width

    def put(
        self, at: int, words: str, drawn: Drawn, target: Placed | Gathered | None = None
    ) -> None:
        """Puts words from a cell on; what does not fit is cut, and a wide character whole."""
        if words.isascii():
            for character in words[: max(len(self.signs) - at, 0)]:
                self.set(at, character, drawn, target)
                at += 1
            return
        for character in words:
            size = get_character_cell_size(character)
            if size == 0:
                if 0 < at <= len(self.signs):
                    self.signs[at - 1] += character
                continue
            if at < 0 or at + size > len(self.signs):
                return
            self.signs[at] = character
            self.marks[at] = (drawn, target)
            if size == 2:
                self.signs[at + 1] = ""
                self.marks[at + 1] = (drawn, target)
            at += size

    def set(
        self, at: int, sign: str, drawn: Drawn, target: Placed | Gathered | None = None
    ) -> None:
        """Puts a sign of one cell."""
        if 0 <= at < len(self.signs):
            self.signs[at] = sign
            self.marks[at] = (drawn, target)

    def clear(self, at: int) -> None:
        """Replaces a line of the grid by a blank, beside a bar or a label."""
        if 0 <= at < len(self.signs) and self.marks[at] == (Drawn.GRID, None):
            self.signs[at], self.marks[at] = " ", None

    def fill(self, first: int, last: int, sign: str, drawn: Drawn, target: Placed) -> None:
        """Puts a sign of one cell into each of a row of cells."""
        count = last - first + 1
        self.signs[first : last + 1] = [sign] * count
        self.marks[first : last + 1] = [(drawn, target)] * count

    def line(self) -> DrawnLine:
        stretches: list[Stretch] = []
        length = start = 0
        current = None
        for sign, mark in zip(self.signs, self.marks, strict=True):
            if mark is not current and mark != current:
                if current is not None:
                    stretches.append(Stretch(start, length, *current))
                start, current = length, mark
            length += len(sign)
        if current is not None:
            stretches.append(Stretch(start, length, *current))
        return DrawnLine("".join(self.signs), tuple(stretches))


def one_row(bars: Sequence[Bar], width: int) -> str:
    """Some dates laid over one another in a single row, without labels."""
    signs = []
    for cell in range(width):
        here = [bar for bar in bars if bar.first <= cell <= bar.last]
        if any(bar.is_point for bar in here):
            signs.append(POINT)
        elif any(bar.is_certain(cell) for bar in here):
            signs.append(CERTAIN)
        else:
            signs.append(POSSIBLE if here else "\N{BOX DRAWINGS LIGHT HORIZONTAL}")
    return "".join(signs)


def drawn_row(rows: LaneRows, row: int, width: int, ticks: Sequence[Tick] = ()) -> DrawnLine:
    """A row of a lane as a line of `width` cells.

    Args:
        row: its number, from 0.
        ticks: where lines of the grid are drawn.
    """
    cells = _Cells(width)
    for tick in ticks:
        cells.set(tick.cell, GRID, Drawn.GRID)
    if row == 0 and rows.note:
        cells.put(1, f" {rows.note} ", Drawn.NOTE)
    for placed in rows.placed:
        if placed.row == row:
            _put_bar(cells, placed)
    for gathered in rows.gathered:
        if gathered.row == row:
            cells.put(gathered.at, gathered.text, Drawn.COUNT, gathered)
    if row == 0:
        _put_hidden(cells, rows, width)
    return cells.line()


def _put_bar(cells: _Cells, placed: Placed) -> None:
    bar = placed.bar
    possible = bar.left_possible
    if bar.accounts:
        _put_accounts(cells, placed)
        _put_label(cells, placed)
        return
    if bar.possible is not None:
        cells.fill(bar.first, bar.last, EXCLUDED, Drawn.EXCLUDED, placed)
    cells.fill(*possible, POSSIBLE, Drawn.POSSIBLE, placed)
    if bar.certain is not None:
        cells.fill(*bar.certain, POINT if bar.is_point else CERTAIN, Drawn.CERTAIN, placed)
    for cell, goes_on, sign in (
        (possible[0], bar.goes_left, LEFT),
        (possible[1], bar.goes_right, RIGHT),
    ):
        if goes_on:
            cells.set(cell, sign, Drawn.CERTAIN if bar.is_certain(cell) else Drawn.POSSIBLE, placed)
    _put_label(cells, placed)


def _put_accounts(cells: _Cells, placed: Placed) -> None:
    """Draws the bar of each account, and what lies between them."""
    bar = placed.bar
    cells.fill(bar.first, bar.last, BETWEEN, Drawn.BETWEEN, placed)
    for account in bar.accounts:
        cells.fill(account.first, account.last, POSSIBLE, Drawn.POSSIBLE, placed)
    for account in bar.accounts:
        if account.certain is not None:
            sign = POINT if account.is_point else CERTAIN
            cells.fill(*account.certain, sign, Drawn.CERTAIN, placed)
    for cell, goes_on, sign in (
        (bar.first, any(account.goes_left for account in bar.accounts), LEFT),
        (bar.last, any(account.goes_right for account in bar.accounts), RIGHT),
    ):
        if goes_on or (bar.goes_left if sign == LEFT else bar.goes_right):
            cells.set(cell, sign, Drawn.POSSIBLE, placed)


def _put_label(cells: _Cells, placed: Placed) -> None:
    bar = placed.bar
    first, last = placed.cells
    for cell in (first - 1, last + 1):
        cells.clear(cell)
    if placed.label:
        between = bar.last + 1 if placed.at > bar.last else bar.first - 1
        cells.clear(between)
        inside = bar.first < placed.at <= bar.last
        cells.put(placed.at, placed.label, Drawn.LABEL, placed)
        end = placed.at + cell_len(placed.label)
        if placed.date:
            cells.put(end, f", {placed.date}", Drawn.DATE, placed)
            end += cell_len(placed.date) + 2
        if inside:
            cells.put(placed.at - 1, " ", Drawn.DATE, placed)
            cells.put(end, " ", Drawn.DATE, placed)


def _put_hidden(cells: _Cells, rows: LaneRows, width: int) -> None:
    """Says at the edges how many events lie beyond them, where there is room."""
    if rows.earlier:
        words = f"{LEFT}{rows.earlier}"
        if all(mark is None or mark[0] is Drawn.GRID for mark in cells.marks[: len(words) + 1]):
            cells.put(0, words, Drawn.COUNT)
    if rows.later:
        words = f"{rows.later}{RIGHT}"
        edge = width - len(words)
        if all(mark is None or mark[0] is Drawn.GRID for mark in cells.marks[max(edge - 1, 0) :]):
            cells.put(edge, words, Drawn.COUNT)


def drawn_scale(ticks: Sequence[Tick], width: int) -> tuple[str, str]:
    """The labels of the ticks, and the rule below them, each `width` cells wide."""
    labels = [" "] * width
    rule = ["\N{BOX DRAWINGS LIGHT HORIZONTAL}"] * width
    free = 0
    for tick in ticks:
        if tick.cell >= free and tick.cell + len(tick.label) <= width:
            labels[tick.cell : tick.cell + len(tick.label)] = tick.label
            free = tick.cell + len(tick.label) + 1
        rule[tick.cell] = "\N{BOX DRAWINGS LIGHT DOWN AND HORIZONTAL}"
    return "".join(labels), "".join(rule)
