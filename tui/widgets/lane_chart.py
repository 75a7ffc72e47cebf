"""The lane chart under the reader's hands: stepping, zooming, moving in time, the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType

from casebook.book.edition import sealed_or
from casebook.timeline.chart import Lane, LaneEvent
from casebook.timeline.lane_cells import CONTESTED, LEGEND
from casebook.timeline.layout import bar_of
from casebook.timeline.scale import STEPS
from tui import commands
from tui.command import bindings
from tui.widgets.lane_view import HEAD, LaneRow, LaneView


class LaneChart(LaneView):
    """Events in lanes to step through."""

    SIGNS: ClassVar[tuple[tuple[str, str], ...]] = (*LEGEND, CONTESTED)
    HELP_NAME = "The chart (wheel zooms, shift+wheel moves in time, drag moves)"
    ACTIONS = (
        commands.NEXT_EVENT,
        commands.PREVIOUS_EVENT,
        commands.LANE_DOWN,
        commands.LANE_UP,
        commands.FIRST_EVENT,
        commands.LAST_EVENT,
        *commands.SCROLLING,
        commands.ZOOM_IN,
        commands.ZOOM_OUT,
        commands.FIT,
        commands.PAN_LEFT,
        commands.PAN_RIGHT,
        commands.OPEN,
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._dragged_from: int | None = None
        self._was_dragged = False

    # Stepping

    def _step(self, by: int) -> None:
        if self.chart is None or not self.chart.items:
            return
        at = self._places.get(self.chosen.id, 0) + by if self.chosen else 0
        self.choose(self.chart.items[min(max(at, 0), len(self.chart.items) - 1)])

    def action_next_event(self) -> None:
        self._step(1)

    def action_previous_event(self) -> None:
        self._step(-1)

    def action_top(self) -> None:
        self._step(-len(self._places))

    def action_bottom(self) -> None:
        self._step(len(self._places))

    def action_cursor_down(self) -> None:
        self._step_lane(1)

    def action_cursor_up(self) -> None:
        self._step_lane(-1)

    def action_page_down(self) -> None:
        self._step_lane(max(self._room // 2, 2))

    def action_page_up(self) -> None:
        self._step_lane(-max(self._room // 2, 2))

    def action_half_page_down(self) -> None:
        self._step_lane(max(self._room // 4, 1))

    def action_half_page_up(self) -> None:
        self._step_lane(-max(self._room // 4, 1))

    @property
    def can_open(self) -> bool:
        return self.chosen is not None

    def _step_lane(self, by: int) -> None:
        """Goes to the event of another lane that is nearest in time."""
        if self.chart is None or self.chosen is None:
            return
        lanes = list(self.chart.lanes)
        if self._background is not None:
            lanes.append(self._background)
        here = self.chosen.lane if self.chosen.lane >= 0 else len(lanes) - 1
        at = min(max(here + by, 0), len(lanes) - 1)
        while 0 <= at < len(lanes) and not lanes[at].items:
            at += 1 if by > 0 else -1
        if 0 <= at < len(lanes) and at != here:
            self.choose(_nearest(lanes[at], self.chosen))

    def action_open(self) -> None:
        if self.chosen is not None:
            self.post_message(self.Chosen(self.chosen))
        else:
            self._tell(sealed_or(self._sealed, "There is no event to open."))

    @property
    def _sealed(self) -> Sequence[str]:
        return self.chart.material.sealed if self.chart is not None else ()

    def _tell(self, words: str) -> None:
        self.notify(words, markup=False)

    # Zooming and moving in time

    def action_zoom(self, steps: int) -> None:
        if self.window is None:
            self._tell(sealed_or(self._sealed, "There is no event to zoom to."))
            return
        at = self.window.width // 2
        bar = bar_of(self.chosen.bounds, self.window) if self.chosen else None
        if bar is not None:
            at = (bar.first + bar.last) // 2
        self._zoom(steps, at)

    def _zoom(self, steps: int, at: int) -> None:
        assert self.window is not None
        before = self.window
        self.window = self.window.zoomed(steps, min(max(at, 0), self.window.width - 1))
        if self.window == before:
            self._tell(f"The timeline cannot be zoomed any further {'in' if steps > 0 else 'out'}.")
            return
        self._clamp()
        self._fit_rows()
        if self.chosen is not None:
            self._bring_into_view(self.chosen)
        self.redraw()

    def action_fit(self) -> None:
        self.window = None
        self._lay_out()
        if self.chosen is not None:
            self._bring_into_view(self.chosen)

    @property
    def stretch(self) -> tuple[int, int] | None:
        """How fine the scale is, and the day with which the window begins."""
        if self.window is None or self.window.ruler.step not in STEPS:
            return None
        return STEPS.index(self.window.ruler.step), self.window.days[0]

    def show_stretch(self, fineness: int, first: int) -> None:
        """Goes to a window that `stretch` described."""
        if self.window is None or not 0 <= fineness < len(STEPS):
            return
        ruler = self.window.ruler.with_step(STEPS[fineness])
        self.window = self.window._replace(ruler=ruler, first=ruler.cells_of(first)[0])
        self._clamp()
        self._forget()
        self.redraw()

    def action_pan(self, way: int) -> None:
        if self.window is not None:
            self._pan(way * max(self.window.width // 4, 1))

    def _pan(self, cells: int) -> None:
        assert self.window is not None
        self.window = self.window.panned(cells)
        self._clamp()
        self.redraw()

    def _clamp(self) -> None:
        """Keeps some of the timeline in the window."""
        if self.chart is None or self.window is None or self.chart.extent is None:
            return
        first, last = self.chart.extent
        left = self.window.ruler.cells_of(first)[0] - self.window.width + 3
        right = self.window.ruler.cells_of(last)[1] - 2
        self.window = self.window._replace(first=min(max(self.window.first, left), right))

    # The mouse

    def _wheel(self, event: events.MouseEvent, way: int) -> None:
        event.stop()
        event.prevent_default()
        if self.window is None or self.chart is None:
            return
        if event.x < self._gutter:
            self._scroll_lanes(way)
        elif event.shift:
            self._pan(way * max(self.window.width // 10, 1))
        else:
            self._zoom(-way, event.x - self._gutter)

    def _scroll_lanes(self, way: int) -> None:
        assert self.chart is not None
        is_end = not self._hidden_lanes()
        if way > 0 and is_end and self._top == LaneRow(0, 0):
            return
        lane = min(max(self._top.lane + way, 0), len(self.chart.lanes) - 1)
        self._top, self._plan = LaneRow(lane, 0), None
        self.lines_changed()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, -1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, 1)

    def on_mouse_scroll_left(self, event: events.MouseScrollLeft) -> None:
        event.stop()
        if self.window is not None:
            self._pan(-max(self.window.width // 10, 1))

    def on_mouse_scroll_right(self, event: events.MouseScrollRight) -> None:
        event.stop()
        if self.window is not None:
            self._pan(max(self.window.width // 10, 1))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._dragged_from, self._was_dragged = event.x, False
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragged_from is not None and event.x != self._dragged_from:
            self._was_dragged = True
            self._pan(self._dragged_from - event.x)
            self._dragged_from = event.x

    def on_mouse_up(self) -> None:
        self._dragged_from = None
        self.release_mouse()

    def clicked(self, event: events.Click) -> None:
        if self._was_dragged or self.chart is None or self.window is None:
            return
        rows = self._rows_in_sight() if self.chart.items else []
        at = event.y - HEAD
        if not 0 <= at < len(rows) or rows[at].lane == -2:
            return
        number, row = rows[at]
        cell = event.x - self._gutter
        laid = self._rows_of(number)
        for placed in laid.placed:
            if placed.row == row and placed.cells[0] <= cell <= placed.cells[1]:
                if placed.item is self.chosen and event.chain > 1:
                    self.action_open()
                else:
                    self.choose(placed.item)
                return
        lane = self.chart.background if number < 0 else self.chart.lanes[number]
        for gathered in laid.gathered:
            if gathered.row == row and gathered.at <= cell <= gathered.at + len(gathered.text):
                items = [lane.items[place] for place in gathered.items]
                self.post_message(self.CountOpened(items))
                return
        if lane.is_undated and not laid.placed:
            self.choose(lane.items[0])


def _nearest(lane: Lane, item: LaneEvent) -> LaneEvent:
    """The event of a lane that begins nearest to another."""
    begin = item.bounds.earliest_begin
    if begin is None:
        return lane.items[0]
    after = lane.index.begun_within(begin, begin).stop
    around = [at for at in (after - 1, after) if 0 <= at < len(lane.items)]

    def distance(at: int) -> float:
        day = lane.items[at].bounds.earliest_begin
        return float("inf") if day is None else abs(day - begin)

    return lane.items[min(around, key=distance)]
