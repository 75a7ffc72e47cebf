"""The map under the reader's hands: stepping, zooming, moving over the world, the mouse."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType

from casebook.book.edition import sealed_or
from casebook.book.values import Coordinates
from casebook.places.braille import DOTS_ACROSS, DOTS_DOWN
from casebook.places.drawing import CHOSEN, LEGEND
from casebook.places.projection import MapWindow
from casebook.places.world_map import PlaceOnMap
from tui import commands
from tui.command import bindings
from tui.widgets.map_view import MapView

ZOOM = 1.5
"""How much nearer a step goes."""
_PAN = 0.25
"""The part of the picture by which it is scrolled."""


class MapChart(MapView):
    """Places on a map to step through."""

    SIGNS: ClassVar[tuple[tuple[str, str], ...]] = (*LEGEND, (CHOSEN, "the selected place"))
    HELP_NAME = "The map (click selects, wheel zooms, drag moves)"
    ACTIONS = (
        commands.NEXT_PLACE,
        commands.PREVIOUS_PLACE,
        commands.PLACE_SOUTH,
        commands.PLACE_NORTH,
        commands.FIRST_PLACE,
        commands.LAST_PLACE,
        commands.ZOOM_IN,
        commands.ZOOM_OUT,
        commands.FIT,
        commands.PAN_LEFT,
        commands.PAN_RIGHT,
        commands.SCROLL_WEST,
        commands.SCROLL_EAST,
        commands.SCROLL_NORTH,
        commands.SCROLL_SOUTH,
        commands.OPEN,
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._dragged_from: tuple[int, int] | None = None
        self._was_dragged = False

    @property
    def _sealed(self) -> Sequence[str]:
        return self.value.sealed if self.value is not None else ()

    def _tell(self, words: str) -> None:
        self.notify(words, markup=False)

    # Stepping

    def _step(self, by: int) -> None:
        places = self.places
        if not places:
            self._tell(sealed_or(self._sealed, "There is no place to go to."))
            return
        at = places.index(self.chosen) + by if self.chosen else 0
        self.choose(places[min(max(at, 0), len(places) - 1)])

    def action_next_place(self) -> None:
        self._step(1)

    def action_previous_place(self) -> None:
        self._step(-1)

    def action_top(self) -> None:
        self._step(-len(self.places))

    def action_bottom(self) -> None:
        self._step(len(self.places))

    def action_cursor_down(self) -> None:
        self._step_towards(1)

    def action_cursor_up(self) -> None:
        self._step_towards(-1)

    def _step_towards(self, down: int) -> None:
        """Goes to the nearest place to the south or north; those not on the map lie below it."""
        if self.value is None or self.chosen is None or self.view is None:
            return
        if self.chosen.at is None:
            self._step(down)
            return
        nearest = _nearest(self.chosen.at, self.value.points, self.view, down)
        if nearest is None and down > 0 and self.value.unplaced:
            nearest = self.value.unplaced[0]
        if nearest is None:
            self._tell(f"No place lies further {'south' if down > 0 else 'north'}.")
        else:
            self.choose(nearest)

    def action_open(self) -> None:
        if self.chosen is not None:
            self.post_message(self.Chosen(self.chosen))
        else:
            self._tell(sealed_or(self._sealed, "There is no place to open."))

    # Zooming and moving

    def action_zoom(self, steps: int) -> None:
        if self.view is None:
            return
        at = self.chosen.at if self.chosen else None
        middle = self.view.coordinates(self.view.width / 2, self.view.height / 2)
        self._zoom(steps, at or middle)

    def _zoom(self, steps: int, at: Coordinates) -> None:
        assert self.view is not None
        before = self.view if self.view.shows(at) else self.view.centred(at)
        view = before.zoomed_at(ZOOM**steps, at)
        if math.isclose(view.degrees, before.degrees):
            self._tell(f"The map cannot be zoomed any further {'in' if steps > 0 else 'out'}.")
            return
        self.is_fitted = False
        self.look_at(view)

    def action_fit(self) -> None:
        self.is_fitted = True
        self.relaid()

    def action_pan(self, way: int) -> None:
        self._pan(way * _PAN, 0)

    def action_scroll_map(self, right: int, down: int) -> None:
        self._pan(right * _PAN, down * _PAN)

    def _pan(self, right: float, down: float) -> None:
        """Moves the view by parts of its width and its height."""
        if self.view is None:
            return
        moved = self.view.moved(right, down)
        if moved == self.view:
            self._tell("The map ends on that side.")
            return
        self.is_fitted = False
        self.look_at(moved)

    # The mouse

    def _wheel(self, event: events.MouseEvent, steps: int) -> None:
        event.stop()
        event.prevent_default()
        if self.view is not None and event.y < self.rows:
            x, y = (event.x + 0.5) * DOTS_ACROSS, (event.y + 0.5) * DOTS_DOWN
            self._zoom(steps, self.view.coordinates(x, y))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, 1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, -1)

    def on_mouse_scroll_left(self, event: events.MouseScrollLeft) -> None:
        event.stop()
        self._pan(-_PAN / 2, 0)

    def on_mouse_scroll_right(self, event: events.MouseScrollRight) -> None:
        event.stop()
        self._pan(_PAN / 2, 0)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._dragged_from, self._was_dragged = (event.x, event.y), False
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragged_from is None or (event.x, event.y) == self._dragged_from:
            return
        self._was_dragged = True
        x, y = self._dragged_from
        self._dragged_from = event.x, event.y
        if self.view is not None:
            self.is_fitted = False
            right, down = (x - event.x) / self.size.width, (y - event.y) / self.rows
            self.look_at(self.view.moved(right, down))

    def on_mouse_up(self) -> None:
        self._dragged_from = None
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Selects the place; again, opens it at once or else takes the next in its cell."""
        slug = "" if self._was_dragged else self.slug_at(event.x, event.y)
        if not slug:
            return
        is_chosen = self.chosen is not None and slug == self.chosen.place.slug
        if is_chosen and event.chain > 1:
            self.action_open()
            return
        here = self.drawing.together_with(slug) if self.drawing else ()
        if is_chosen and len(here) > 1:
            ordered = [place.place.slug for place in self.places if place.place.slug in here]
            slug = ordered[(ordered.index(slug) + 1) % len(ordered)]
        self.choose(next(place for place in self.places if place.place.slug == slug))


def _nearest(
    at: Coordinates, points: tuple[PlaceOnMap, ...], view: MapWindow, down: int
) -> PlaceOnMap | None:
    """The place that lies nearest below another on the map, or above it."""
    x, y = view.dot(at.longitude, at.latitude)

    def distance(point: PlaceOnMap) -> float:
        assert point.at is not None
        right, below = view.dot(point.at.longitude, point.at.latitude)
        ahead = (below - y) * down
        return ahead + 2 * abs(right - x) if ahead > 1 else math.inf

    nearest = min(points, key=distance, default=None)
    return nearest if nearest is not None and distance(nearest) < math.inf else None
