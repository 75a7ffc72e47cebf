"""A map as rows of cells: coasts and ways in dots, places as signs with their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from rich.cells import cell_len

from casebook.line_wrap import shortened
from casebook.places.braille import DOTS_ACROSS, DOTS_DOWN, BrailleCanvas
from casebook.places.outlines import coast_lines
from casebook.places.projection import View, great_circle
from casebook.places.world_map import Leg, PlaceOnMap, WorldMap

TOWN, COUNTRY = "\N{BLACK CIRCLE}", "\N{WHITE CIRCLE}"
LEGEND = (
    (TOWN, "town or district"),
    (COUNTRY, "somewhere in this country"),
    ("\u2836\u2836", "from one event to the next"),
    ("\u2836 \u2836", "their order is not known"),
)
"""Each sign and what it means."""
_DASH = 4
"""Dots of a dash, and of the gap behind it."""
_LONGEST_NAME = 24
_MOST_LINES = 3
"""Rows above and below its place where a name may stand."""


class Ink(StrEnum):
    """What a cell shows, for a face to colour."""

    EMPTY = "empty"
    COAST = "coast"
    WAY = "way"
    PLACE = "place"
    NAME = "name"
    CHOSEN = "chosen"


class Run(NamedTuple):
    """Letters of one ink beside one another."""

    text: str
    ink: Ink


class _Cell(NamedTuple):
    letter: str
    ink: Ink


class DrawnMap(NamedTuple):
    """A map's rows, and where its places are.

    Attributes:
        rows: from top to bottom, each a row of runs that fills the width.
        places: slugs by the cell (column, row) in which they stand, the named one first.
    """

    rows: tuple[tuple[Run, ...], ...]
    places: dict[tuple[int, int], tuple[str, ...]]

    @property
    def lines(self) -> list[str]:
        """The rows as plain text."""
        return ["".join(run.text for run in row).rstrip() for row in self.rows]


def cells_view(view: View, columns: int, rows: int) -> View:
    """A view in a picture of so many cells."""
    return view.resized(columns * DOTS_ACROSS, rows * DOTS_DOWN)


def drawn(value: WorldMap, view: View, chosen: str = "") -> DrawnMap:
    """Draws a map.

    Args:
        view: what of it; its size is in dots, two across and four down a cell.
        chosen: the slug of the place under the cursor.
    """
    columns, rows = view.width // DOTS_ACROSS, view.height // DOTS_DOWN
    coasts = _coasts(view)
    ways = BrailleCanvas(columns, rows)
    for leg in _distinct(value.legs):
        _draw_way(ways, value, leg, view)
    cells = [
        [
            _Cell(ways.letter(column, row), Ink.WAY)
            if not ways.is_empty(column, row)
            else _Cell(
                coasts.letter(column, row),
                Ink.EMPTY if coasts.is_empty(column, row) else Ink.COAST,
            )
            for column in range(columns)
        ]
        for row in range(rows)
    ]
    places = _grouped(value.points, view, columns, rows, chosen)
    _write_places(cells, places, chosen)
    slugs = {cell: tuple(point.place.slug for point in group) for cell, group in places.items()}
    return DrawnMap(tuple(_runs(row) for row in cells), slugs)


@lru_cache(4)
def _coasts(view: View) -> BrailleCanvas:
    canvas = BrailleCanvas(view.width // DOTS_ACROSS, view.height // DOTS_DOWN)
    for line in coast_lines():
        _draw_line(canvas, view, line)
    return canvas


def _draw_line(
    canvas: BrailleCanvas, view: View, line: Iterable[tuple[float, float]], dash: int = 0
) -> None:
    """Draws a line of (longitude, latitude), but for steps over the edge of the world."""
    half = 180 / view.degrees_across
    done = 0
    for start, end in pairwise(view.dot(*point) for point in line):
        if abs(start[0] - end[0]) < half:
            done = canvas.line(start, end, dash=dash, done=done)


def _distinct(legs: Sequence[Leg]) -> Iterator[Leg]:
    """The legs without those that go the same way again, and certain ones before others."""
    seen: set[frozenset[str]] = set()
    for leg in sorted(legs, key=lambda leg: not leg.is_certain):
        way = frozenset((leg.start, leg.end))
        if way not in seen:
            seen.add(way)
            yield leg


def _draw_way(canvas: BrailleCanvas, value: WorldMap, leg: Leg, view: View) -> None:
    """Draws a way twice, a dot apart, so that it is thicker than a coast."""
    start, end = value.point(leg.start), value.point(leg.end)
    if not (start and start.at and end and end.at):
        return
    way = [(at.longitude, at.latitude) for at in great_circle(start.at, end.at)]
    dash = 0 if leg.is_certain else _DASH
    _draw_line(canvas, view, way, dash)
    _draw_line(canvas, view._replace(latitude=view.latitude + view.degrees), way, dash)


def _grouped(
    points: Iterable[PlaceOnMap], view: View, columns: int, rows: int, chosen: str
) -> dict[tuple[int, int], list[PlaceOnMap]]:
    """The places that are in sight, by the cell in which they stand; the chosen one first."""
    found: dict[tuple[int, int], list[PlaceOnMap]] = {}
    for point in points:
        if point.at is None:
            continue
        x, y = view.dot(point.at.longitude, point.at.latitude)
        cell = int(x // DOTS_ACROSS), int(y // DOTS_DOWN)
        if 0 <= cell[0] < columns and 0 <= cell[1] < rows:
            found.setdefault(cell, []).append(point)
    for group in found.values():
        group.sort(key=lambda point: (point.place.slug != chosen, point.is_country))
    return found


def _write_places(
    cells: list[list[_Cell]], places: dict[tuple[int, int], list[PlaceOnMap]], chosen: str
) -> None:
    """Writes the signs, and the names for which there is room, the chosen one's before all."""
    taken = {(column, row) for column, row in places}
    for (column, row), group in places.items():
        sign = COUNTRY if group[0].is_country else TOWN
        is_chosen = group[0].place.slug == chosen
        cells[row][column] = _Cell(sign, Ink.CHOSEN if is_chosen else Ink.PLACE)
    ordered = sorted(places.items(), key=lambda item: item[1][0].place.slug != chosen)
    for (column, row), group in ordered:
        others = f" +{len(group) - 1}" if len(group) > 1 else ""
        name = shortened(group[0].place.name, _LONGEST_NAME) + others
        ink = Ink.CHOSEN if group[0].place.slug == chosen else Ink.NAME
        spot = _room_for(cell_len(name), column, row, cells, taken)
        if spot:
            left, at = spot
            taken |= {(left + offset, at) for offset in range(cell_len(name))}
            _write(cells[at], left, name, ink)
            for beside in {left - 1, left + cell_len(name)} & set(range(len(cells[at]))):
                if (beside, at) not in taken:
                    cells[at][beside] = _Cell(" ", Ink.EMPTY)


def _room_for(
    length: int, column: int, row: int, cells: list[list[_Cell]], taken: set[tuple[int, int]]
) -> tuple[int, int] | None:
    """Where a name may begin: right or left of its sign, or a few rows above or below."""
    columns = len(cells[0])
    for distance in range(_MOST_LINES):
        for at in dict.fromkeys((row - distance, row + distance)):
            if not 0 <= at < len(cells):
                continue
            for left in (column + 2, column - 1 - length):
                around = range(left - 1, left + length + 1)
                is_inside = left >= 0 and left + length <= columns
                if is_inside and not any((cell, at) in taken for cell in around if cell != column):
                    return left, at
    return None


def _write(row: list[_Cell], left: int, words: str, ink: Ink) -> None:
    """Writes words over cells; behind a letter of two cells the next one is empty."""
    column = left
    for letter in words:
        width = cell_len(letter)
        if not width:
            row[column - 1] = row[column - 1]._replace(letter=row[column - 1].letter + letter)
            continue
        row[column] = _Cell(letter, ink)
        if width == 2:
            row[column + 1] = _Cell("", ink)
        column += width


def _runs(row: Iterable[_Cell]) -> tuple[Run, ...]:
    return tuple(
        Run("".join(cell.letter for cell in cells), ink)
        for ink, cells in groupby(row, key=lambda cell: cell.ink)
    )
