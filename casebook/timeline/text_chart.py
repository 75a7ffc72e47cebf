"""A chart as lines of text: for a terminal without the app, and for a text export."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from casebook.dates import Bounds
from casebook.line_wrap import padded, shortened, wrap
from casebook.timeline.chart import Chart
from casebook.timeline.lane_cells import CONTESTED, LEGEND, drawn_row, drawn_scale, one_row
from casebook.timeline.layout import MOST_ROWS, bar_of, lane_rows
from casebook.timeline.scale import (
    AT_MILESTONE,
    STEPS,
    Calendar,
    Elapsed,
    Ruler,
    Tick,
    Window,
    fitted,
)
from casebook.timeline.span_index import known_days

BACKGROUND_ROWS = 4
"""Rows of the background at the most, so that the cases stay the larger part."""
MOST_GUTTER = 26
"""Cells of the names of lanes at the most."""
_LEAST_CELLS = 24
"""Cells of the time scale at the least, on however narrow a terminal."""


def ruler_of(chart: Chart) -> Ruler:
    """The scale that a chart is drawn on."""
    return Elapsed(STEPS[-1]) if chart.align else Calendar(STEPS[-1])


def whole_window(chart: Chart, width: int) -> Window:
    """The window of `width` cells that shows the whole time of a chart."""
    if chart.extent is None:
        return Window(ruler_of(chart), 0, max(width, 1))
    return fitted(ruler_of(chart), *chart.extent, width)


def ticks_of(chart: Chart, window: Window) -> list[Tick]:
    """The ticks of a window; that at which aligned cases begin says what it is."""
    if not chart.align:
        return window.ticks
    zero = f"0: {chart.align.value}"
    return [
        tick._replace(label=zero) if tick.label == AT_MILESTONE else tick for tick in window.ticks
    ]


def gutter_of(chart: Chart, width: int) -> int:
    """The cells that the names of the lanes take, a blank included."""
    lanes = (*chart.lanes, chart.background) if chart.background.items else chart.lanes
    longest = max((cell_len(lane.name) for lane in lanes), default=0)
    return min(longest + 1, max(width * 9 // 40, 14), MOST_GUTTER)


def name_lines(name: str, gutter: int) -> list[str]:
    """A lane's name in one line or two."""
    width = max(gutter - 1, 1)
    spans = wrap(name, width)
    lines = [name[start:end] for start, end in spans[:2]]
    if len(spans) > 2:
        lines[1] = shortened(name[spans[1][0] :], width)
    return lines


def chart_lines(chart: Chart, width: int) -> Iterator[str]:
    """The lines of the chart from top to bottom, at most `width` cells each."""
    gutter = gutter_of(chart, width)
    window = whole_window(chart, max(width - gutter, _LEAST_CELLS))
    ticks = ticks_of(chart, window)
    leaves_out = has_accounts = False
    for line in drawn_scale(ticks, window.width):
        yield (" " * gutter + line).rstrip()
    for lane in (*chart.lanes, chart.background):
        is_background = lane is chart.background
        if is_background and not lane.items:
            continue
        rows = lane_rows(lane, window, rows=BACKGROUND_ROWS if is_background else MOST_ROWS)
        leaves_out |= bool(rows.gathered)
        has_accounts |= any(placed.bar.accounts for placed in rows.placed)
        name = name_lines(lane.name, gutter)
        for row in range(max(rows.rows, len(name))):
            words = padded(name[row] if row < len(name) else "", gutter)
            yield (words + drawn_row(rows, row, window.width, ticks).text).rstrip()
    yield ""
    signs = "".join(sign for sign, _ in LEGEND if leaves_out or not sign.startswith("+"))
    signs += CONTESTED[0] if has_accounts else ""
    yield from _legend_lines(width, signs)


def bounds_lines(bounds: Bounds, width: int) -> Iterator[str]:
    """One date as a chart draws it, with the scale above and what the signs mean below."""
    days = known_days([bounds])
    if days is None:
        return
    margin = max((days[1] - days[0]) // 4, 366)
    window = fitted(Calendar(STEPS[-1]), days[0] - margin, days[1] + margin, width)
    yield drawn_scale(window.ticks, window.width)[0].rstrip()
    bar = bar_of(bounds, window)
    row = one_row([bar] if bar else [], window.width)
    yield row
    yield ""
    yield from _legend_lines(width, row)


def _legend_lines(width: int, drawn: str = "") -> Iterator[str]:
    """What the signs mean, in as many lines as it takes.

    Args:
        drawn: signs that are drawn; only those are explained.
    """
    line = ""
    for sign, meaning in (*LEGEND, CONTESTED):
        if drawn and sign[0] not in drawn:
            continue
        words = f"{sign} {meaning}"
        if line and cell_len(line) + 3 + cell_len(words) > width:
            yield line
            line = ""
        line = f"{line}   {words}" if line else words
    yield line
