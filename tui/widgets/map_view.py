"""Draws a map: coasts, ways and places, and below them the signs and what has no coordinates.

A frame is drawn once for what is in sight; coasts and ways are kept for as long as the same
part of the world is shown, so that a step from place to place draws the signs alone.
"""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len
from textual.geometry import Size
from textual.message import Message

from casebook.book.edition import sealed_said
from casebook.line_wrap import shortened
from casebook.places.braille import DOTS_ACROSS, DOTS_DOWN
from casebook.places.drawing import DrawnMap, Ink, cells_view, drawn, legend_lines
from casebook.places.projection import MapWindow, fitted
from casebook.places.world_map import PlaceOnMap, WorldMap
from tui.widgets.line_view import Line, LineView, StyleRun

_STYLES = {
    Ink.COAST: "coast",
    Ink.WAY: "way",
    Ink.PLACE: "strong",
    Ink.NAME: "plain",
    Ink.CHOSEN: "chosen",
}
_LEAST_ROWS = 6
"""Rows of the map for which the legend gives way."""
_UNPLACED = " Not on the map: "


class _Named(NamedTuple):
    """A place that is named below the map: where, and which."""

    start: int
    end: int
    slug: str


class MapView(LineView):
    """Draws the places of a map, one of them chosen."""

    ALLOW_SELECT = False

    class Moved(Message):
        """Another place has been chosen, or others stand in its cell."""

        def __init__(self, place: PlaceOnMap | None) -> None:
            super().__init__()
            self.place = place

    class Chosen(Message):
        """The chosen place is to be opened."""

        def __init__(self, place: PlaceOnMap) -> None:
            super().__init__()
            self.place = place

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.value: WorldMap | None = None
        self.view: MapWindow | None = None
        self.chosen: PlaceOnMap | None = None
        self.is_fitted = True
        """Whether all places are shown, as large as there is room."""
        self._drawing: DrawnMap | None = None
        self._rows_shown: list[object] = []
        self._foot: list[Line] = []
        self._named: list[_Named] = []

    # What is shown

    def show(self, value: WorldMap) -> None:
        """Shows a map, with its first place chosen."""
        self.value, self.view, self.is_fitted = value, None, True
        self.choose(next(iter(self.places), None))
        self.relaid()
        self.lines_changed()

    @property
    def places(self) -> tuple[PlaceOnMap, ...]:
        """All places, those without coordinates last."""
        return (*self.value.points, *self.value.unplaced) if self.value else ()

    @property
    def drawing(self) -> DrawnMap | None:
        """What is in sight; None before there is a map and room for it."""
        if self._drawing is None and self.value is not None and self.view is not None:
            slug = self.chosen.place.slug if self.chosen else ""
            self._drawing = drawn(self.value, self.view, slug)
        return self._drawing

    @property
    def together(self) -> tuple[str, ...]:
        """The names of the other places in the cell of the chosen one."""
        if self.chosen is None or self.value is None or self.drawing is None:
            return ()
        here = self.drawing.together_with(self.chosen.place.slug)
        points = (self.value.point(slug) for slug in here if slug != self.chosen.place.slug)
        return tuple(point.place.name for point in points if point)

    @property
    def line_count(self) -> int:
        return self.size.height

    def lines_changed(self) -> None:
        self._strips.clear()
        self.virtual_size = Size(self.size.width, self.size.height)
        self.refresh()

    def relaid(self) -> None:
        """Fits the map and what stands below it to the size of the view."""
        if self.value is None or not self.size.width or not self.size.height:
            return
        self._lay_out_foot()
        columns, rows = self.size.width, self.rows
        before = self.together
        if self.view is None or self.is_fitted:
            self.view = _fitted(self.value, columns, rows)
        else:
            self.view = cells_view(self.view, columns, rows)
        if self.chosen is not None:
            self._bring_into_view(self.chosen)
        self._redraw()
        self._tell_if_others_are_here(before)

    def draw_ahead(self, value: WorldMap) -> None:
        """Draws what `show` will show of a map, away from the keyboard.

        Its coasts and ways, which take longest, are kept for then.
        """
        rows = self.size.height - len(self._signs_of(value)) - bool(value.unplaced)
        if self.size.width and rows > 0:
            drawn(value, _fitted(value, self.size.width, rows))

    def look_at(self, view: MapWindow) -> None:
        """Shows another part of the world."""
        before = self.together
        self.view = view
        self._redraw()
        self._tell_if_others_are_here(before)

    def _tell_if_others_are_here(self, before: tuple[str, ...]) -> None:
        """Tells it when others stand in the cell of the chosen place than before."""
        if self.together != before:
            self.post_message(self.Moved(self.chosen))

    def _redraw(self) -> None:
        """Draws what has changed; from place to place most rows stay as they are."""
        self._drawing = None
        before, self._rows_shown = self._rows_shown, self._rows_to_show()
        if len(before) != len(self._rows_shown):
            self.lines_changed()
            return
        rows = zip(before, self._rows_shown, strict=True)
        self.line_changed(*(y for y, (old, new) in enumerate(rows) if old != new))

    def _rows_to_show(self) -> list[object]:
        drawing = self.drawing
        return [*drawing.rows, *self._foot] if drawing is not None else []

    # Lines

    @property
    def rows(self) -> int:
        """The rows of the map itself."""
        return max(self.size.height - len(self._foot), 1)

    def _lay_out_foot(self) -> None:
        """Makes the lines below the map: the signs, and what has no coordinates."""
        assert self.value is not None
        width = self.size.width
        unplaced = [self._unplaced_line(width)] if self.value.unplaced else []
        lines = [shortened(f" {words}", width) for words in self._signs_of(self.value)]
        self._foot = [
            Line(words, (StyleRun(0, len(words), "muted"),)) for words in lines
        ] + unplaced

    def _signs_of(self, value: WorldMap) -> list[str]:
        """What the signs of a map mean, and what is sealed, as far as there is room for it."""
        signs = legend_lines(value, self.size.width - 2, with_chosen=bool(value.points))
        if value.sealed:
            signs = [sealed_said(value.sealed), *signs]
        return signs[: max(self.size.height - _LEAST_ROWS - bool(value.unplaced), 0)]

    def _unplaced_line(self, width: int) -> Line:
        """The names of places without coordinates, as many as fit, the chosen one among them."""
        assert self.value is not None
        places = self.value.unplaced
        at = places.index(self.chosen) if self.chosen in places else 0
        first = 0
        while first < at and self._needs(first, at) > width:
            first += 1
        words = _UNPLACED + ("\N{HORIZONTAL ELLIPSIS} " if first else "")
        runs = [StyleRun(0, len(words), "muted")]
        self._named = []
        for number, place in enumerate(places[first:], first):
            words += ", " if number > first else ""
            left = max(width - cell_len(words) - 1, 1)
            name = shortened(place.place.name, left if number == at else max(left, 2))
            if number > at and cell_len(place.place.name) > left - 3:
                words += "\N{HORIZONTAL ELLIPSIS}"
                break
            start, end = len(words), len(words) + len(name)
            words += name
            runs.append(StyleRun(start, end, "chosen" if place is self.chosen else "plain"))
            cells = cell_len(words[:start])
            self._named.append(_Named(cells, cells + cell_len(name), place.place.slug))
        return Line(words, tuple(runs))

    def _needs(self, first: int, last: int) -> int:
        """Cells of the line with the names of some places that have no coordinates."""
        assert self.value is not None
        names = ", ".join(unplaced.place.name for unplaced in self.value.unplaced[first : last + 1])
        return cell_len(_UNPLACED + names) + 4

    def line(self, y: int) -> Line:
        drawing = self.drawing
        if drawing is None:
            return Line("")
        if y >= self.rows:
            at = y - self.rows
            return self._foot[at] if at < len(self._foot) else Line("")
        text, runs = "", []
        for run in drawing.rows[y] if y < len(drawing.rows) else ():
            runs.append(StyleRun(len(text), len(text) + len(run.text), _STYLES[run.ink]))
            text += run.text
        return Line(text, tuple(runs))

    def slug_at(self, column: int, row: int) -> str:
        """The place that stands at or right beside a cell; empty for none."""
        if row >= self.rows:
            is_unplaced = row == self.rows + len(self._foot) - 1
            named = self._named if is_unplaced else []
            return next((label.slug for label in named if label.start <= column < label.end), "")
        if self.drawing is None:
            return ""
        return self.drawing.place_at(column, row) or next(
            (
                slugs[0]
                for (x, y), slugs in self.drawing.places.items()
                if abs(x - column) <= 1 and y == row
            ),
            "",
        )

    # Choosing

    def choose(self, place: PlaceOnMap | None) -> None:
        """Chooses a place and brings it into view."""
        self.chosen = place
        if self.value is not None and self.size.width:
            self._lay_out_foot()
        if place is not None:
            self._bring_into_view(place)
        self._redraw()
        self.post_message(self.Moved(place))

    def _bring_into_view(self, place: PlaceOnMap) -> None:
        if self.view is not None and place.at is not None and not self.view.shows(place.at):
            self.view, self.is_fitted = self.view.centred(place.at), False


def _fitted(value: WorldMap, columns: int, rows: int) -> MapWindow:
    """The window that shows all places of a map in so many cells."""
    size = columns * DOTS_ACROSS, rows * DOTS_DOWN
    return fitted([point.at for point in value.points if point.at], *size)
