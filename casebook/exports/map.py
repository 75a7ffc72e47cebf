"""A map as a file of one of its formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, assert_never

from casebook.exports.formats import MapFormat

if TYPE_CHECKING:
    from casebook.book.values import Coordinates
    from casebook.places.projection import MapWindow
    from casebook.places.world_map import WorldMap

MOST_COLUMNS = 100
"""Cells across of a drawn map, on a terminal or not."""
_COLUMNS_A_ROW = 3
PICTURE = (960, 480)
"""Units of a picture's map, across and down."""


def map_content(
    value: WorldMap,
    form: MapFormat,
    *,
    width: int | None = None,
    around: Coordinates | None = None,
    degrees: float = 20.0,
    region: MapWindow | None = None,
) -> str:
    """The map in a format.

    Args:
        width: cells of the terminal that a list or a drawing is printed on; None for a file.
        around: the middle of the region that is drawn; by default all that has a place is.
        degrees: of latitude, from the top of that region to its bottom.
        region: what is looked at elsewhere, and is to be drawn here.
    """

    def view(width: int, height: int) -> MapWindow:
        if region:
            return region.shown_in(width, height)
        return _view(value, width, height, around, degrees)

    match form:
        case MapFormat.CHART:
            from casebook.places.braille import DOTS_ACROSS, DOTS_DOWN

            columns = max(min(width or MOST_COLUMNS, MOST_COLUMNS), 1)
            rows = max(columns // _COLUMNS_A_ROW, 1)
            picture = view(columns * DOTS_ACROSS, rows * DOTS_DOWN)
            return _joined(_chart(value, picture, columns))
        case MapFormat.LIST:
            from casebook.places.documents import map_document
            from casebook.renderings.text import document_lines, prose_width

            return _joined(document_lines(map_document(value), prose_width(width)))
        case MapFormat.JSON:
            from casebook.renderings import charts_contract
            from casebook.renderings.json_text import json_text

            return json_text(charts_contract.world_map(value))
        case MapFormat.SVG:
            from casebook.exports.map_svg import map_svg

            return map_svg(value, view(*PICTURE))
        case _:
            assert_never(form)


def _view(
    value: WorldMap, width: int, height: int, middle: Coordinates | None, degrees: float
) -> MapWindow:
    from casebook.places.projection import around, fitted

    if middle:
        return around(middle, degrees, width, height)
    return fitted([point.at for point in value.points if point.at], width, height)


def _chart(value: WorldMap, view: MapWindow, columns: int) -> Iterator[str]:
    from casebook.line_wrap import wrap
    from casebook.places.drawing import drawn, legend_lines

    lines = drawn(value, view).lines
    filled = [number for number, line in enumerate(lines) if line]
    yield from lines[min(filled, default=0) : max(filled, default=-1) + 1]
    yield ""
    yield from legend_lines(value, columns)
    if value.unplaced:
        named = ", ".join(place.place.name for place in value.unplaced)
        note = f"Not on the map: {named}."
        yield from (note[start:end].rstrip() for start, end in wrap(note, columns))


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
