"""The ways of alliances over a map: strokes from cell to cell, with an arrow half way."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from casebook.places.braille import DOTS_ACROSS, DOTS_DOWN
from casebook.places.projection import MapWindow, great_circle
from casebook.places.world_map import Leg, WorldMap

Cell = tuple[int, int]
"""Column and row."""

ACROSS, DOWN = "\N{BOX DRAWINGS HEAVY HORIZONTAL}", "\N{BOX DRAWINGS HEAVY VERTICAL}"
_RISING = "\N{BOX DRAWINGS LIGHT DIAGONAL UPPER RIGHT TO LOWER LEFT}"
_FALLING = "\N{BOX DRAWINGS LIGHT DIAGONAL UPPER LEFT TO LOWER RIGHT}"
_ARROWS = "\u2192\u2197\u2191\u2196\u2190\u2199\u2193\u2198"
"""From the east, against the clock."""
_FLAT, _STEEP = 0.6, 2.5
"""Slopes up to which a stroke is level, and from which it is upright."""
_DASH = 2
"""Cells of a dash, and of the gap behind it."""


class _CellStep(NamedTuple):
    """A cell of a way, and where the way goes there, in dots to the right and down."""

    cell: Cell
    right: float
    down: float


def ways_of(value: WorldMap, view: MapWindow) -> dict[Cell, str]:
    """The strokes of all ways of a map, by the cells in which they stand.

    A way whose order is not certain is dashed; where one is gone more than once, it is drawn
    as its most certain leg.
    """
    columns, rows = view.width // DOTS_ACROSS, view.height // DOTS_DOWN
    strokes: dict[Cell, str] = {}
    legs = list(_distinct(value.legs))
    certain = {(leg.start, leg.end) for leg in value.legs if leg.is_certain}
    for leg in reversed(legs):  # what is certain is drawn over what is not
        steps = _thinned(_steps(value, leg, view))
        for number, step in enumerate(steps):
            is_inside = 0 <= step.cell[0] < columns and 0 <= step.cell[1] < rows
            if is_inside and (leg.is_certain or number // _DASH % 2 == 0):
                strokes[step.cell] = _stroke(step)
        if leg.is_certain and (leg.end, leg.start) not in certain and len(steps) > 2:
            middle = steps[len(steps) // 2]
            if middle.cell in strokes:
                strokes[middle.cell] = _arrow(middle)
    return strokes


def _distinct(legs: Sequence[Leg]) -> Iterator[Leg]:
    """The legs without those that go the same way again, and certain ones before others."""
    seen: set[frozenset[str]] = set()
    for leg in sorted(legs, key=lambda leg: not leg.is_certain):
        way = frozenset((leg.start, leg.end))
        if way not in seen:
            seen.add(way)
            yield leg


def _steps(value: WorldMap, leg: Leg, view: MapWindow) -> Iterator[_CellStep]:
    """The cells of a leg from its start to its end, those outside the picture among them."""
    start, end = value.point(leg.start), value.point(leg.end)
    if not (start and start.at and end and end.at):
        return
    dots = view.dots((at.longitude, at.latitude) for at in great_circle(start.at, end.at))
    half = 180 / view.degrees_across
    last: Cell | None = None
    for (x_1, y_1), (x_2, y_2) in pairwise(dots):
        right, down = x_2 - x_1, y_2 - y_1
        if abs(right) >= half:
            continue  # over the edge of the world
        if last == _cell_at(x_2, y_2) == _cell_at(x_1, y_1):
            continue
        for x, y in _dots_between(x_1, y_1, right, down, view):
            cell = _cell_at(x, y)
            if cell != last:
                last = cell
                yield _CellStep(cell, right, down)


def _cell_at(x: float, y: float) -> Cell:
    return int(x // DOTS_ACROSS), int(y // DOTS_DOWN)


def _thinned(steps: Iterable[_CellStep]) -> list[_CellStep]:
    """The steps without the corners: from a cell one may go to the one diagonally beside it."""
    kept: list[_CellStep] = []
    for step in steps:
        if len(kept) > 1:
            (column, row), before = step.cell, kept[-2].cell
            if abs(column - before[0]) == 1 and abs(row - before[1]) == 1:
                kept.pop()
        kept.append(step)
    return kept


def _dots_between(
    x: float, y: float, right: float, down: float, view: MapWindow
) -> Iterable[tuple[float, float]]:
    """Dots along a straight piece; its ends alone, where all of it is outside the picture."""
    outside = (
        max(x, x + right) < 0
        or max(y, y + down) < 0
        or min(x, x + right) >= view.width
        or min(y, y + down) >= view.height
    )
    count = 1 if outside else int(max(abs(right), abs(down)) * 2) + 1
    return ((x + right * step / count, y + down * step / count) for step in range(count + 1))


def _stroke(step: _CellStep) -> str:
    if abs(step.down) <= _FLAT * abs(step.right):
        return ACROSS
    if abs(step.down) >= _STEEP * abs(step.right):
        return DOWN
    return _FALLING if (step.right > 0) == (step.down > 0) else _RISING


def _arrow(step: _CellStep) -> str:
    eighth = round(math.atan2(-step.down, step.right) / (math.pi / 4))
    return _ARROWS[eighth % 8]
