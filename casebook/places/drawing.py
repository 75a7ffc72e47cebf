"""A map as rows of cells: coasts in dots, ways as strokes, places as signs with their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from rich.cells import cell_len

from casebook.line_wrap import shortened
from casebook.places.braille import DOTS_ACROSS, DOTS_DOWN, BrailleCanvas
from casebook.places.outlines import coast_lines
from casebook.places.projection import MapWindow
from casebook.places.ways import ACROSS, Cell, ways_of
from casebook.places.world_map import PlaceOnMap, WorldMap

TOWN, COUNTRY = "\N{BLACK CIRCLE}", "\N{WHITE CIRCLE}"
CHOSEN = "\N{FISHEYE}"
LEGEND = (
    (TOWN, "town or district"),
    (COUNTRY, "somewhere in this country"),
    (f"{ACROSS}\N{RIGHTWARDS ARROW}{ACROSS}", "from one event to the next"),
    (f"{ACROSS} {ACROSS}", "their order is not known"),
)
"""Each sign and what it means."""
_BETWEEN_SIGNS = "   "
_LONGEST_NAME = 24
_MOST_LINES = 3
"""Rows above and below its place where a name may stand."""


class Ink(StrEnum):
    """What a cell shows, for a face to colour."""

    COAST = "coast"
    """Coasts, and the blanks between them."""
    WAY = "way"
    PLACE = "place"
    NAME = "name"
    CHOSEN = "chosen"


class InkRun(NamedTuple):
    """Letters of one ink beside one another.

    Attributes:
        place: the slug of the place whose sign or name they are; empty for none.
    """

    text: str
    ink: Ink
    place: str = ""


_COAST = (Ink.COAST, "")


class _Row:
    """A row while it is drawn: its letters, and the ink and the place of each."""

    def __init__(self, coasts: str) -> None:
        self.letters = list(coasts)
        self.inks: list[tuple[Ink, str]] = [_COAST] * len(coasts)

    def put(self, column: int, letter: str, ink: tuple[Ink, str] = _COAST) -> None:
        """Writes a letter into a cell; outside the row nothing happens."""
        if 0 <= column < len(self.letters):
            self.letters[column], self.inks[column] = letter, ink

    def write(self, left: int, words: str, ink: tuple[Ink, str]) -> None:
        """Writes words; behind a letter of two cells the next one is empty."""
        column = left
        for letter in words:
            width = cell_len(letter)
            if not width:
                self.letters[column - 1] += letter
                continue
            self.put(column, letter, ink)
            if width == 2:
                self.put(column + 1, "", ink)
            column += width

    @property
    def runs(self) -> tuple[InkRun, ...]:
        runs = []
        start = 0
        for ink, cells in groupby(self.inks):
            end = start + len(list(cells))
            runs.append(InkRun("".join(self.letters[start:end]), *ink))
            start = end
        return tuple(runs)


class DrawnMap(NamedTuple):
    """A map's rows, and where its places are.

    Attributes:
        rows: from top to bottom, each a row of runs that fills the width.
        places: slugs by the cell (column, row) in which they stand, the named one first.
    """

    rows: tuple[tuple[InkRun, ...], ...]
    places: dict[Cell, tuple[str, ...]]

    @property
    def lines(self) -> list[str]:
        """The rows as plain text."""
        return ["".join(run.text for run in row).rstrip() for row in self.rows]

    def together_with(self, slug: str) -> tuple[str, ...]:
        """The places in the cell of a place, itself among them; none where it is out of sight."""
        return next((slugs for slugs in self.places.values() if slug in slugs), ())

    def place_at(self, column: int, row: int) -> str:
        """The place whose sign or name stands in a cell; empty for none."""
        end = 0
        for run in self.rows[row] if 0 <= row < len(self.rows) else ():
            end += cell_len(run.text)
            if column < end:
                return run.place
        return ""


def legend_lines(value: WorldMap, columns: int, *, with_chosen: bool = False) -> list[str]:
    """The signs of a map and what they mean, in as many lines as a width needs.

    Args:
        with_chosen: a place is chosen on the map.
    """
    lines: list[str] = []
    used = _used_signs(value)
    chosen = ((CHOSEN, "selected"),) if with_chosen else ()
    for sign, meaning in (*chosen, *(LEGEND[at] for at in range(len(LEGEND)) if used[at])):
        words = f"{sign} {meaning}"
        longer = _BETWEEN_SIGNS.join([*lines[-1:], words])
        if lines and cell_len(longer) <= columns:
            lines[-1] = longer
        else:
            lines.append(words)
    return lines


def _used_signs(value: WorldMap) -> tuple[bool, ...]:
    """Whether each sign of the legend stands on a map."""
    return (
        any(not point.is_country for point in value.points),
        any(point.is_country for point in value.points),
        any(leg.is_certain for leg in value.legs),
        any(not leg.is_certain for leg in value.legs),
    )


def cells_view(view: MapWindow, columns: int, rows: int) -> MapWindow:
    """A view in a picture of so many cells."""
    return view.resized(columns * DOTS_ACROSS, rows * DOTS_DOWN)


def drawn(value: WorldMap, view: MapWindow, chosen: str = "") -> DrawnMap:
    """Draws a map.

    Args:
        view: what of it; its size is in dots, two across and four down a cell.
        chosen: the slug of the place under the cursor.
    """
    rows = [_Row(coasts) for coasts in _coasts(view)]
    for (column, row), stroke in _ways(value, view).items():
        rows[row].put(column, stroke, (Ink.WAY, ""))
    places = _grouped(value.points, view, chosen)
    _write_places(rows, places, chosen)
    slugs = {cell: tuple(point.place.slug for point in group) for cell, group in places.items()}
    return DrawnMap(tuple(row.runs for row in rows), slugs)


@lru_cache(4)
def _coasts(view: MapWindow) -> tuple[str, ...]:
    """The rows of a picture with the coasts alone."""
    canvas = BrailleCanvas(view.width // DOTS_ACROSS, view.height // DOTS_DOWN)
    half = 180 / view.degrees_across
    for line in coast_lines():
        canvas.path(view.dots(line), half)  # further, it goes over the edge of the world
    return tuple(canvas.text(row) for row in range(canvas.rows))


@lru_cache(4)
def _ways(value: WorldMap, view: MapWindow) -> dict[Cell, str]:
    return ways_of(value, view)


def _grouped(
    points: Iterable[PlaceOnMap], view: MapWindow, chosen: str
) -> dict[Cell, list[PlaceOnMap]]:
    """The places that are in sight, by the cell in which they stand; the chosen one first."""
    columns, rows = view.width // DOTS_ACROSS, view.height // DOTS_DOWN
    found: dict[Cell, list[PlaceOnMap]] = {}
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


def _write_places(rows: list[_Row], places: dict[Cell, list[PlaceOnMap]], chosen: str) -> None:
    """Writes the signs, and the names for which there is room, the chosen one's before all."""
    taken = [bytearray(len(row.inks)) for row in rows]
    for (column, row), group in places.items():
        taken[row][column] = 1
        slug = group[0].place.slug
        sign = COUNTRY if group[0].is_country else TOWN
        if slug == chosen:
            rows[row].put(column, CHOSEN, (Ink.CHOSEN, slug))
        else:
            rows[row].put(column, sign, (Ink.PLACE, slug))
    ordered = sorted(places.items(), key=lambda item: item[1][0].place.slug != chosen)
    for (column, row), group in ordered:
        slug = group[0].place.slug
        others = f" +{len(group) - 1}" if len(group) > 1 else ""
        name = shortened(group[0].place.name, _LONGEST_NAME) + others
        length = cell_len(name)
        spot = _room_for(length, column, row, taken)
        if spot:
            left, at = spot
            taken[at][left : left + length] = b"\1" * length
            rows[at].write(left, name, (Ink.CHOSEN if slug == chosen else Ink.NAME, slug))
            for beside in (left - 1, left + length):
                if 0 <= beside < len(taken[at]) and not taken[at][beside]:
                    rows[at].put(beside, " ")


def _room_for(length: int, column: int, row: int, taken: list[bytearray]) -> Cell | None:
    """Where a name may begin: right or left of its sign, or a few rows above or below.

    Args:
        taken: for each row, 1 in the cells in which a sign or a name stands.
    """
    for at in _nearest_rows(row, len(taken)):
        for left in (column + 2, column - 1 - length):
            is_inside = left >= 0 and left + length <= len(taken[at])
            if is_inside and b"\1" not in taken[at][max(left - 1, 0) : left + length + 1]:
                return left, at
    return None


def _nearest_rows(row: int, rows: int) -> Iterator[int]:
    """The rows around one in a picture of so many, the nearest first."""
    for distance in range(_MOST_LINES):
        for at in dict.fromkeys((row - distance, row + distance)):
            if 0 <= at < rows:
                yield at
