"""Draws a timeline: events in time from left to right, one lane below the other.

A frame lays out the lanes that are in sight and no others, and of these only what lies
within the window, so that it costs the same however long the timeline is.
"""

from __future__ import annotations

from typing import NamedTuple

from textual.geometry import Size
from textual.message import Message

from casebook.line_wrap import padded, shortened
from casebook.timeline.chart import Chart, Lane, LaneEvent
from casebook.timeline.lane_cells import (
    BY_ORDER,
    CONTESTED,
    LEGEND,
    Drawn,
    DrawnLine,
    drawn_row,
    drawn_scale,
)
from casebook.timeline.layout import (
    MOST_ROWS,
    LaneRows,
    Placed,
    band_rows,
    bar_of,
    folded_rows,
    lane_rows,
)
from casebook.timeline.scale import Tick, Window
from casebook.timeline.text_chart import gutter_of, name_lines, ticks_of, whole_window
from tui.widgets.line_view import Line, LineView, StyleRun

HEAD, _FOOT = 2, 1
_FEW_LANES, _FEW_EVENTS = 40, 400
"""Up to which all lanes are laid out to see how many rows fit."""
_FEWEST_ROWS = 3
_LEAST_GUTTER = 11  # ` 1994–2014 ` stands in it
_LEAST_BACKGROUND = 3

_STYLES = {
    Drawn.CERTAIN: "certain",
    Drawn.POSSIBLE: "possible",
    Drawn.EXCLUDED: "muted",
    Drawn.BETWEEN: "muted",
    Drawn.LABEL: "plain",
    Drawn.DATE: "muted",
    Drawn.COUNT: "picked",
    Drawn.GRID: "grid",
    Drawn.NOTE: "muted",
}
_BACKGROUND_STYLES = _STYLES | {
    Drawn.CERTAIN: "policy",
    Drawn.POSSIBLE: "policy",
    Drawn.EXCLUDED: "muted",
    Drawn.LABEL: "muted",
    Drawn.COUNT: "muted",
}


class LaneRow(NamedTuple):
    """What a line of the view shows: a row of a lane; lane -1 is the background, -2 nothing."""

    lane: int
    row: int


_BLANK = LaneRow(-2, 0)


class LaneView(LineView):
    """Draws events in lanes, one of them chosen."""

    ALLOW_SELECT = False

    class Moved(Message):
        """Another event has been chosen, or none."""

        def __init__(self, item: LaneEvent | None) -> None:
            super().__init__()
            self.item = item

    class Chosen(Message):
        """The chosen event is to be opened."""

        def __init__(self, item: LaneEvent) -> None:
            super().__init__()
            self.item = item

    class CountOpened(Message):
        """The events of a count are to be listed."""

        def __init__(self, items: list[LaneEvent]) -> None:
            super().__init__()
            self.items = items

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.chart: Chart | None = None
        self.window: Window | None = None
        self.chosen: LaneEvent | None = None
        self.measured: LaneEvent | None = None
        """The event that others are measured from."""
        self._wanted: Window | None = None
        """The window that the reader chose, before the view changed its width."""
        self._resized: Window | None = None
        """What became of it when the width changed last."""
        self.shows_background = True
        self.empty_text = "No event is known."
        self._places: dict[tuple[str, str, int], int] = {}
        self._top = LaneRow(0, 0)
        self._cap = MOST_ROWS
        self._gutter = 0
        self._laid: dict[int, LaneRows] = {}
        self._plan: list[LaneRow] | None = None
        self._ticks: list[Tick] | None = None

    # What is shown

    def show(self, chart: Chart, *, keep: LaneEvent | None = None, fit: bool = True) -> None:
        """Shows a chart; the chosen event stays chosen if it is still there.

        Args:
            keep: the event to choose; by default the one that is chosen.
            fit: show the whole time; otherwise the window stays where it is.
        """
        self.chart = chart
        self._places = {item.id: at for at, item in enumerate(chart.items)}
        self._top = LaneRow(0, 0)
        keep = keep or self.chosen
        if fit:
            self.window = None
        self._lay_out()
        self.measured = self._same(self.measured) if self.measured else None
        found = self._same(keep) if keep else None
        self.choose(found or (self._first_dated() if chart.items else None))

    def _same(self, item: LaneEvent) -> LaneEvent | None:
        """The item of the chart that stands for the event of another."""
        assert self.chart is not None
        if item.id in self._places:
            return self.chart.items[self._places[item.id]]
        event = item.event
        return next(
            (
                known
                for known in self.chart.items
                if (known.event.entry.slug, known.event.key) == (event.entry.slug, event.key)
            ),
            None,
        )

    def _first_dated(self) -> LaneEvent:
        """The first event of whose begin something is known, else the first."""
        assert self.chart is not None
        items = self.chart.items
        dated = (item for item in items if item.bounds.earliest_begin is not None)
        return next(dated, items[0])

    @property
    def line_count(self) -> int:
        return self.size.height

    def lines_changed(self) -> None:
        self._strips.clear()
        self.virtual_size = Size(self.size.width, self.size.height)
        self.refresh()

    def show_background(self, is_shown: bool) -> None:
        """Shows or hides what policy did meanwhile."""
        self.shows_background = is_shown
        if not is_shown and self.chosen is not None and self.chosen.lane < 0:
            self.choose(self._first_dated() if self._places else None)
        self._lay_out()

    def relaid(self) -> None:
        if self._is_whole:
            self.window, self._top = None, LaneRow(0, 0)
        self._lay_out()
        if self.chosen is not None:
            self._bring_into_view(self.chosen)
        self._resized = self.window

    @property
    def _is_whole(self) -> bool:
        """Whether the window is the one that shows the whole time."""
        if self.chart is None or self.window is None:
            return False
        return self.window == whole_window(self.chart, self.window.width)

    def _lay_out(self) -> None:
        """Fits the gutter, the window and the rows of a lane to the size of the view."""
        if self.chart is None or not self.size.width:
            return
        self._gutter = max(gutter_of(self.chart, self.size.width) + 1, _LEAST_GUTTER)
        width = max(self.size.width - self._gutter, 10)
        if self.window is None or self.window.ruler.__class__ is not _ruler_class(self.chart):
            self.window = whole_window(self.chart, width)
        else:
            # From what the reader chose, however often the width changes and changes back.
            if self._wanted is None or self.window != self._resized:
                self._wanted = self.window
            self.window = self._resized = self._wanted.resized(width)
        self._fit_rows()
        self.redraw()

    def _fit_rows(self) -> None:
        """Lets lanes take as many rows as there is room for, where there are few."""
        assert self.chart is not None
        self._cap = _FEWEST_ROWS
        self._forget()
        events = sum(len(lane.items) for lane in self.chart.lanes)
        if len(self.chart.lanes) > _FEW_LANES or events > _FEW_EVENTS:
            return
        room = self.size.height - HEAD - _FOOT - (_LEAST_BACKGROUND if self._background else 0)
        for cap in (MOST_ROWS, 5, 4, _FEWEST_ROWS):
            self._cap = cap
            self._forget()
            if sum(self._height(at) for at in range(len(self.chart.lanes))) <= room:
                return

    def redraw(self) -> None:
        """Draws everything anew."""
        self._forget()
        self.lines_changed()

    def _forget(self) -> None:
        self._laid.clear()
        self._plan = None
        self._ticks = None

    # Lanes in sight

    @property
    def _background(self) -> Lane | None:
        if self.chart is None or not self.shows_background or not self.chart.background.items:
            return None
        return self.chart.background

    def _rows_of(self, number: int) -> LaneRows:
        """A lane laid out; -1 is the background."""
        if number not in self._laid:
            cap = max(self._room, 2) if number < 0 else self._cap
            self._laid[number] = self._laid_out(number, cap)
        return self._laid[number]

    def _laid_out(self, number: int, rows: int) -> LaneRows:
        assert self.chart is not None
        assert self.window is not None
        lane = self.chart.background if number < 0 else self.chart.lanes[number]
        chosen = self.chosen if self.chosen and self.chosen.lane == number else None
        if number < 0 and chosen is None:
            # What is behind the cases stays faint, until somebody goes there.
            return band_rows(lane, self.window)
        if lane.is_undated and chosen is None:
            return folded_rows(lane)
        return lane_rows(lane, self.window, rows=rows, chosen=chosen)

    def _height(self, number: int) -> int:
        """The lines that a lane takes."""
        assert self.chart is not None
        names = len(name_lines(self.chart.lanes[number].name, self._gutter - 1))
        return max(self._rows_of(number).rows, names)

    @property
    def _room(self) -> int:
        """Lines for lanes and background."""
        return max(self.size.height - HEAD - _FOOT, 1)

    def _rows_in_sight(self) -> list[LaneRow]:
        """What each line between scale and legend shows."""
        if self._plan is None:
            self._plan = self._planned()
        return self._plan

    def _planned(self) -> list[LaneRow]:
        assert self.chart is not None
        room = self._room
        rows: list[LaneRow] = []
        lane, row = self._top
        gap = [_BLANK] if self._is_airy else []
        while len(rows) < room and lane < len(self.chart.lanes):
            rows += [LaneRow(lane, at) for at in range(row, self._height(lane))]
            rows += gap
            lane, row = lane + 1, 0
        if self._background is None:
            return (rows + [_BLANK] * room)[:room]
        height = max(room - len(rows), min(_LEAST_BACKGROUND, room // 3))
        if height < self._rows_of(-1).rows:
            self._laid[-1] = self._laid_out(-1, max(height, 2))
        height = min(height, self._rows_of(-1).rows)
        below = [LaneRow(-1, at) for at in range(height)]
        return (rows[: room - height] + below + [_BLANK] * room)[:room]

    @property
    def _is_airy(self) -> bool:
        """Whether there is room for a blank line between lanes."""
        assert self.chart is not None
        lanes = len(self.chart.lanes)
        if lanes > _FEW_LANES or self._top != (0, 0):
            return False
        least = 2 * _LEAST_BACKGROUND if self._background is not None else 0
        return sum(self._height(at) + 1 for at in range(lanes)) + least <= self._room

    def line(self, y: int) -> Line:
        if self.chart is None or self.window is None:
            return Line("")
        if not self.chart.items:
            return Line(f" {self.empty_text}" if y == HEAD else "")
        if self._ticks is None:
            self._ticks = ticks_of(self.chart, self.window)
        if y < HEAD:
            return self._scale_line(y)
        if y >= self.size.height - _FOOT:
            return self._legend_line()
        rows = self._rows_in_sight()
        return self._lane_line(rows[y - HEAD]) if y - HEAD < len(rows) else Line("")

    def _scale_line(self, y: int) -> Line:
        assert self.window is not None
        assert self._ticks is not None
        text = drawn_scale(self._ticks, self.window.width)[y]
        left = padded(f" {self.window.said}", self._gutter) if y == 0 else " " * self._gutter
        return Line(left + text, (StyleRun(0, len(left) + len(text), "muted"),))

    def _lane_line(self, row: LaneRow) -> Line:
        assert self.chart is not None
        assert self.window is not None
        assert self._ticks is not None
        number, at = row
        if number == -2:
            drawn = drawn_row(LaneRows(1, (), (), 0, 0), 0, self.window.width, self._ticks)
            name = ""
        else:
            lane = self.chart.background if number < 0 else self.chart.lanes[number]
            names = name_lines(lane.name, self._gutter - 1)
            drawn = drawn_row(self._rows_of(number), at, self.window.width, self._ticks)
            name = names[at] if at < len(names) else ""
        is_here = self._is_chosen_row(row)
        pointer = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}" if is_here else " "
        left = pointer + padded(name, self._gutter - 1)
        runs = [StyleRun(0, len(left), "muted" if number < 0 else "strong")]
        runs += self._runs(drawn, len(left), is_background=number < 0)
        return Line(left + drawn.text, tuple(runs))

    def _runs(self, drawn: DrawnLine, shift: int, *, is_background: bool) -> list[StyleRun]:
        styles = _BACKGROUND_STYLES if is_background else _STYLES
        runs = []
        for start, end, kind, target in drawn.stretches:
            style = styles[kind]
            placed = target if isinstance(target, Placed) else None
            if placed and placed.item is self.measured and kind is Drawn.LABEL:
                style = "measured"
            runs.append(StyleRun(start + shift, end + shift, style))
            if placed and placed.item is self.chosen and kind is not Drawn.DATE:
                is_shown = kind is Drawn.LABEL or not placed.label
                runs.append(
                    StyleRun(start + shift, end + shift, "chosen" if is_shown else "strong")
                )
        return runs

    def _is_chosen_row(self, row: LaneRow) -> bool:
        if self.chosen is None or self.chosen.lane != row.lane:
            return False
        placed = self._rows_of(row.lane).placed
        return any(drawn.item is self.chosen and drawn.row == row.row for drawn in placed)

    def _legend_line(self) -> Line:
        assert self.chart is not None
        assert self.window is not None
        rows = [self._rows_of(row.lane) for row in self._rows_in_sight()]
        counts = any(lane.gathered for lane in rows)
        words = ""
        bars = [placed.bar for lane in rows for placed in lane.placed]
        # What is drawn now and then has room where it is.
        rare = (CONTESTED,) * any(bar.accounts for bar in bars)
        rare += (BY_ORDER,) * any(bar.possible and not bar.accounts for bar in bars)
        signs = (*rare, *LEGEND[: None if counts else -1])
        for sign, meaning in dict(signs).items():
            more = f" {sign} {meaning} "
            if len(words) + len(more) <= self.size.width:
                words += more
        below = self._hidden_lanes()
        if below:
            words = shortened(words, self.size.width - len(below) - 1)
            words += " " * (self.size.width - len(words) - len(below)) + below
        return Line(words, (StyleRun(0, len(words), "muted"),))

    def _hidden_lanes(self) -> str:
        """`lanes 3-9 of 40`, where not all are in sight."""
        assert self.chart is not None
        seen = [row.lane for row in self._rows_in_sight() if row.lane >= 0]
        total = len(self.chart.lanes)
        if not seen or (seen[0] == 0 and seen[-1] == total - 1 and self._top.row == 0):
            return ""
        return f"lanes {seen[0] + 1}-{seen[-1] + 1} of {total} "

    # Choosing

    def choose(self, item: LaneEvent | None) -> None:
        """Chooses an event and brings it into view."""
        before, self.chosen = self.chosen, item
        for wanted in (before, item):
            if wanted is not None:
                self._laid.pop(wanted.lane, None)
        self._plan = None
        if item is not None:
            self._bring_into_view(item)
        self.lines_changed()
        self.post_message(self.Moved(item))

    def _bring_into_view(self, item: LaneEvent) -> None:
        """Moves window and lanes as little as shows an event."""
        if self.window is None or self.chart is None:
            return
        bar = bar_of(item.bounds, self.window)
        first, last = item.bounds.possible
        shown = self.window.showing(first, last)
        cut = bar is not None and (bar.goes_left or bar.goes_right)
        is_long = first is None or last is None or self._cells(first, last) > self.window.width
        if bar is None or (cut and not is_long):
            self.window = shown
            self._forget()
        self._bring_lane_into_view(item)

    def _cells(self, first: int, last: int) -> int:
        assert self.window is not None
        return self.window.ruler.cells_of(last)[1] - self.window.ruler.cells_of(first)[0] + 5

    def _bring_lane_into_view(self, item: LaneEvent) -> None:
        lane = item.lane
        if lane < 0 or not self.size.height:
            return
        placed = self._rows_of(lane).placed
        row = next((drawn.row for drawn in placed if drawn.item is item), 0)
        if (lane, row) < self._top:
            self._top, self._plan = LaneRow(lane, row if row > self._room else 0), None
            return
        background = sum(1 for row in self._rows_in_sight() if row.lane == -1)
        room = max(self._room - background, 1)
        below = 0
        at = lane
        while at > self._top.lane and below <= room:
            at -= 1
            below += self._height(at)
        if below - (self._top.row if at == self._top.lane else 0) + row < room:
            return
        # The lane is to end at the last line: what fits above it is counted upward.
        left = room - min(self._height(lane), max(row + 1, room))
        if self._height(lane) > room:
            self._top, self._plan = LaneRow(lane, max(row - room + 1, 0)), None
            return
        at = lane
        while at > 0 and left >= self._height(at - 1):
            at -= 1
            left -= self._height(at)
        self._top, self._plan = LaneRow(at, 0), None


def _ruler_class(chart: Chart) -> type:
    from casebook.timeline.text_chart import ruler_of

    return type(ruler_of(chart))
