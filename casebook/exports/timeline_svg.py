"""A timeline as a picture for slides and handouts: one SVG, no fonts, styles or scripts of its own.

The picture is drawn to the day, not to the cell; only the rows and the places of labels
come from the layout in cells, so that nothing overlaps.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len

from casebook.date_words import bounds_words
from casebook.dates import Bounds
from casebook.exports.xml_text import escaped, quoted
from casebook.timeline.chart import Chart, Lane, LaneEvent
from casebook.timeline.layout import LaneRows, Placed, lane_rows
from casebook.timeline.scale import Window
from casebook.timeline.span_index import SpanIndex
from casebook.timeline.text_chart import name_lines, whole_window

WIDTH = 960
_CELL = 7.0
_LETTER = 6.2
"""Units of a letter of a label, on the wide side."""
_ROW = 20
_BAR = 10
_MARGIN = 16
_GUTTER_CELLS = 24
_MOST_ROWS = 40
_FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif"
_INK, _MUTED, _LINE, _BLUE, _GREY, _STRIPE, _PAPER = (
    "#26241f",
    "#6b675e",
    "#c9c4b6",
    "#33459c",
    "#7d7a72",
    "#f5f2ea",
    "#ffffff",
)


class _Frame(NamedTuple):
    """The part of the picture in which the lanes are drawn.

    Attributes:
        left, top: its corner, in units of the picture.
    """

    window: Window
    left: float
    top: float

    def x(self, day: int) -> float:
        """The horizontal position at which a day begins, kept within the frame."""
        position = min(max(self.window.position(day), 0.0), float(self.window.width))
        return self.left + position * _CELL

    @property
    def right(self) -> float:
        return self.left + self.window.width * _CELL


def timeline_svg(chart: Chart, width: int = WIDTH) -> str:
    """The chart as an SVG element that can stand in a file or in a page.

    Args:
        width: units of its width, at least 480; it scales to any size.
    """
    width = max(width, 480)
    left = _MARGIN + _GUTTER_CELLS * _CELL
    cells = int((width - left - _MARGIN) / _CELL)
    frame = _Frame(whole_window(chart, cells), left, 64)
    lanes = [(lane, lane_rows(lane, frame.window, rows=_MOST_ROWS)) for lane in chart.lanes]
    eras = eras_of(chart.background)
    if eras.items:
        lanes.append((eras, lane_rows(eras, frame.window, rows=_MOST_ROWS)))
    parts: list[str] = []
    y = frame.top + 8
    stripes: list[str] = []
    for number, (lane, rows) in enumerate(lanes):
        height = _height(lane, rows)
        if number % 2 == 0:
            stripes.append(_stripe(y, height, width))
        parts += _lane(lane, rows, frame, y, _STRIPE if number % 2 == 0 else _PAPER)
        y += height
    bottom = y
    total = bottom + 62
    head = _heading(chart, frame, bottom, width)
    tail = [*_legend(frame, bottom + 22), *_foot(chart, eras, bottom + 46)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {total:.0f}"'
        f' width="{width}" height="{total:.0f}" role="img"'
        f" aria-label={quoted(f'Timeline: {chart.title}')}"
        f' font-family="{_FONT}" font-size="11" fill="{_INK}">\n'
        f"<title>{escaped(f'Timeline: {chart.title}')}</title>\n{_DEFINITIONS}\n"
        f'<rect width="{width}" height="{total:.0f}" fill="#ffffff"/>\n'
        + "\n".join([*stripes, *head, *parts, *tail])
        + "\n</svg>\n"
    )


_DEFINITIONS = (
    "<defs>"
    + "".join(
        f'<pattern id="possible-{name}" width="4" height="4" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><rect width="4" height="4" fill="#ffffff"/>'
        f'<rect width="1.4" height="4" fill="{color}"/></pattern>'
        for name, color in (("case", _BLUE), ("policy", _GREY))
    )
    + "</defs>"
)


def _text(x: float, y: float, words: str, **attributes: str) -> str:
    extra = "".join(
        f" {name.replace('_', '-')}={quoted(value)}" for name, value in attributes.items()
    )
    return f'<text x="{x:.1f}" y="{y:.1f}"{extra}>{escaped(words)}</text>'


def _heading(chart: Chart, frame: _Frame, bottom: float, width: int) -> Iterator[str]:
    yield _text(_MARGIN, 28, chart.title, font_size="16", font_weight="bold")
    if chart.align:
        yield _text(_MARGIN, 48, f"Time before and after: {chart.align}", fill=_MUTED)
    for tick in frame.window.ticks:
        x = frame.left + tick.cell * _CELL
        yield (
            f'<line x1="{x:.1f}" y1="{frame.top}" x2="{x:.1f}" y2="{bottom:.1f}"'
            f' stroke="{_LINE}" stroke-width="0.6" stroke-dasharray="2 3"/>'
        )
        if x + len(tick.label) * _CELL < width:
            yield _text(x, frame.top - 5, tick.label, fill=_MUTED)
    yield (
        f'<line x1="{frame.left:.1f}" y1="{frame.top}" x2="{frame.right:.1f}" y2="{frame.top}"'
        f' stroke="{_INK}" stroke-width="0.8"/>'
    )


def _height(lane: Lane, rows: LaneRows) -> float:
    return max(rows.rows, len(name_lines(lane.name, _GUTTER_CELLS))) * _ROW + 6


def _stripe(y: float, height: float, width: int) -> str:
    return (
        f'<rect x="{_MARGIN / 2}" y="{y:.1f}" width="{width - _MARGIN}"'
        f' height="{height:.1f}" fill="{_STRIPE}"/>'
    )


def _lane(lane: Lane, rows: LaneRows, frame: _Frame, y: float, paper: str) -> Iterator[str]:
    for number, words in enumerate(name_lines(lane.name, _GUTTER_CELLS)):
        yield _text(_MARGIN, y + 16 + number * 14, words, font_weight="bold")
    for placed in rows.placed:
        yield from _event(placed, frame, y + 3 + placed.row * _ROW, paper)
    if rows.note:
        yield _text(frame.left + 4, y + 16, rows.note, fill=_MUTED, font_style="italic")
    for gathered in rows.gathered:
        x = frame.left + gathered.at * _CELL
        yield _text(x, y + 16 + gathered.row * _ROW, gathered.text, fill=_MUTED)


def _event(placed: Placed, frame: _Frame, y: float, paper: str) -> Iterator[str]:
    item, bar = placed.item, placed.bar
    yield f"<g><title>{escaped(_tooltip(item))}</title>"
    yield from _bar(item, placed, frame, y + (_ROW - _BAR) / 2)
    if placed.label:
        x = frame.left + placed.at * _CELL
        if bar.first < placed.at <= bar.last:
            # The bar is interrupted for its label, as a contour line is for its height.
            room = cell_len(placed.words) * _LETTER + 8
            yield (
                f'<rect x="{x - 4:.1f}" y="{y:.1f}" width="{room:.1f}"'
                f' height="{_ROW}" fill="{paper}"/>'
            )
        words = escaped(f", {placed.date}") if placed.date else ""
        date = f'<tspan fill="{_MUTED}">{words}</tspan>' if words else ""
        yield f'<text x="{x:.1f}" y="{y + 14:.1f}">{escaped(placed.label)}{date}</text>'
    yield "</g>"


def _tooltip(item: LaneEvent) -> str:
    event = item.event
    return f"{event.label} ({event.date_text}; {bounds_words(event.known)})"


def _bar(item: LaneEvent, placed: Placed, frame: _Frame, y: float) -> Iterator[str]:
    bounds, bar = item.bounds, placed.bar
    if item.given is not None:
        yield from _excluded(item.given, bounds, frame, y + _BAR / 2)
    name, color = ("policy", _GREY) if item.lane < 0 else ("case", _BLUE)
    first = frame.left if bounds.earliest_begin is None else frame.x(bounds.earliest_begin)
    last = frame.right if bounds.latest_end is None else frame.x(bounds.latest_end + 1)
    if last - first < (4 if bounds.certain else 7):
        middle = (first + last) / 2
        points = f"{middle - 5:.1f},{y + 5} {middle:.1f},{y} {middle + 5:.1f},{y + 5}"
        yield f'<polygon points="{points} {middle:.1f},{y + _BAR}" fill="{color}"/>'
        return
    yield _box(first, last, y, f"url(#possible-{name})", color)
    if certain := bounds.certain:
        begin, end = certain
        solid_first = frame.left if begin is None else frame.x(begin)
        solid_last = frame.right if end is None else frame.x(end + 1)
        if solid_last > solid_first:
            yield _box(solid_first, solid_last, y, color, color)
    if bar.goes_left:
        yield _arrow(frame.left, y, -1, color)
    if bar.goes_right:
        yield _arrow(frame.right, y, 1, color)


def _excluded(given: Bounds, bounds: Bounds, frame: _Frame, y: float) -> Iterator[str]:
    """Dots over the days that the event's own date leaves and what is told excludes."""
    begin = frame.left if given.earliest_begin is None else frame.x(given.earliest_begin)
    end = frame.right if given.latest_end is None else frame.x(given.latest_end + 1)
    first = begin if bounds.earliest_begin is None else frame.x(bounds.earliest_begin)
    last = end if bounds.latest_end is None else frame.x(bounds.latest_end + 1)
    for start, stop in ((begin, first), (last, end)):
        if stop - start > 1:
            yield _dots(start, stop, y)


def _dots(first: float, last: float, y: float) -> str:
    return (
        f'<line x1="{first:.1f}" y1="{y:.1f}" x2="{last:.1f}" y2="{y:.1f}" stroke="{_GREY}"'
        f' stroke-width="1.4" stroke-linecap="round" stroke-dasharray="0.1 5"/>'
    )


def _box(first: float, last: float, y: float, fill: str, stroke: str) -> str:
    return (
        f'<rect x="{first:.1f}" y="{y:.1f}" width="{last - first:.1f}" height="{_BAR}"'
        f' fill="{fill}" stroke="{stroke}" stroke-width="0.7"/>'
    )


def _arrow(x: float, y: float, way: int, color: str) -> str:
    tip = x + way * 6
    return f'<polygon points="{x:.1f},{y} {tip:.1f},{y + 5} {x:.1f},{y + _BAR}" fill="{color}"/>'


def _legend(frame: _Frame, y: float) -> Iterator[str]:
    x = frame.left
    yield _box(x, x + 24, y - 9, _BLUE, _BLUE)
    yield _text(x + 30, y, "certainly going on", fill=_MUTED)
    x += 140
    yield _box(x, x + 24, y - 9, "url(#possible-case)", _BLUE)
    yield _text(x + 30, y, "possibly: at some time within", fill=_MUTED)
    x += 205
    yield _dots(x, x + 24, y - 4)
    yield _text(x + 30, y, "excluded by the order", fill=_MUTED)
    x += 165
    yield _arrow(x + 4, y - 9, -1, _BLUE)
    yield _arrow(x + 8, y - 9, 1, _BLUE)
    yield _text(x + 20, y, "goes on, or nobody knows", fill=_MUTED)


def eras_of(background: Lane) -> Lane:
    """The background with the policies that last; those of a single date take too much room."""
    items = tuple(item for item in background.items if not item.event.known.is_moment)
    return Lane(background.name, items, SpanIndex([item.bounds for item in items]))


def _foot(chart: Chart, eras: Lane, y: float) -> Iterator[str]:
    sources = dict.fromkeys(
        citation.source for item in chart.items for citation in item.event.citations
    )
    labels = [chart.sources[slug].label for slug in sources if slug in chart.sources]
    words = [f"Sources: {'; '.join(labels)}."] if labels else []
    if left := len(chart.background.items) - len(eras.items):
        words.append(f"{left} laws and measures of a single date are not drawn.")
    if words:
        yield _text(_MARGIN, y, " ".join(words), fill=_MUTED, font_size="10")
