"""A timeline as a picture for slides and handouts: one SVG, no fonts, styles or scripts of its own.

The picture is drawn to the day, not to the cell; only the rows and the places of labels
come from the layout in cells, so that nothing overlaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import ceil, inf
from typing import NamedTuple

from rich.cells import cell_len

from casebook.account_words import OVER_ALL
from casebook.date_words import bounds_words
from casebook.dates import Bounds
from casebook.exports.xml_text import escaped, quoted
from casebook.line_wrap import wrap
from casebook.timeline.chart import Chart, Lane, LaneEvent
from casebook.timeline.layout import LaneRows, Placed, lane_rows
from casebook.timeline.scale import Window
from casebook.timeline.text_chart import name_lines, whole_window

WIDTH = 960
_CELL = 7.0
_LETTER = 6.2
"""Units of a letter of a label, on the wide side."""
_ROW = 20
_BAR = 10
_MARGIN = 16
_GUTTER_CELLS = 24
_BAR_WITH_LABEL = 16
"""The height of a bar that its label stands in."""
_BELOW = 62
"""Units below the lanes, for the legend and a line of sources."""
_TITLE_LETTER, _TITLE_LINE = 8.8, 20
"""Units of a letter of the title, on the wide side, and of the height of a line of it."""
_FOOT_LETTER, _FOOT_LINE = 5.3, 13
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
        cells: those of the window up to the last event; what is beyond has room for labels.
    """

    window: Window
    left: float
    top: float
    cells: float

    def x(self, day: int) -> float:
        """The horizontal position at which a day begins, kept within the frame."""
        return self.left + min(max(self.window.position(day), 0.0), self.cells) * _CELL

    @property
    def right(self) -> float:
        return self.left + self.cells * _CELL

    def ends_before(self, day: int | None) -> bool:
        """Whether a day, or a time without an end, is beyond it."""
        return day is None or self.window.position(day) > self.cells


class _Band(NamedTuple):
    """A lane, or some rows of one that is too tall for a picture."""

    name: str
    rows: LaneRows
    placed: tuple[Placed, ...]
    first_row: int
    row_count: int

    @property
    def height(self) -> float:
        return max(self.row_count, len(name_lines(self.name, _GUTTER_CELLS))) * _ROW + 6


def timeline_svg(chart: Chart, width: int = WIDTH) -> str:
    """The chart as an SVG element that can stand in a file or in a page.

    Every event of the chart's lanes is drawn; the picture is as tall as that takes.

    Args:
        width: units of its width, at least 480; it scales to any size.
    """
    return timeline_pictures(chart, width)[0]


def timeline_pictures(chart: Chart, width: int = WIDTH, tallest: float = inf) -> list[str]:
    """The chart as one picture, or divided between its lanes where it would be too tall.

    A lane is divided between its rows only where it is too tall for a picture of its own.

    Args:
        tallest: units of the height of a picture at the most.
    """
    width = max(width, 480)
    left = _MARGIN + _GUTTER_CELLS * _CELL
    window = whole_window(chart, int((width - left - _MARGIN) / _CELL))
    lanes = [(lane, _every_row(lane, window)) for lane in chart.lanes]
    if chart.background.items:
        lanes.append((chart.background, _every_row(chart.background, window)))
    part = _part(99, 99) if tallest < inf else ""
    title = _wrapped(chart.title + part, width, _TITLE_LETTER)
    top = 64 + (len(title) - 1) * _TITLE_LINE
    frame = _Frame(window, left, top, _cells_used([rows for _, rows in lanes], window))

    def room(drawn: Sequence[Sequence[Placed]]) -> float:
        return max(tallest - top - 8 - _below(_foot(chart, window, drawn, width)), 4 * _ROW)

    bands = [band for lane, rows in lanes for band in _bands(lane, rows, room([rows.placed]))]
    pictures: list[list[_Band]] = [[]]
    for band in bands:
        together = [*pictures[-1], band]
        height = sum(held.height for held in together)
        if pictures[-1] and height > room([held.placed for held in together]):
            pictures.append([])
        pictures[-1].append(band)
    total = len(pictures)
    return [
        _picture(chart, frame, held, width, _part(number, total) if total > 1 else "", number)
        for number, held in enumerate(pictures, 1)
    ]


def _part(number: int, total: int) -> str:
    return f" ({number}\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}{total})"


def _every_row(lane: Lane, window: Window) -> LaneRows:
    """A lane laid out with as many rows as its events take."""
    return lane_rows(lane, window, rows=len(lane.items) + 2, most_placed=len(lane.items))


def _cells_used(lanes: Sequence[LaneRows], window: Window) -> float:
    """The cells of the window up to the last day that is known of an event."""
    days = [
        day
        for rows in lanes
        for placed in rows.placed
        for bounds in filter(None, (placed.item.bounds, placed.item.given))
        for day in bounds
        if day is not None
    ]
    return min(ceil(window.position(max(days) + 1)) + 1, window.width) if days else window.width


def _bands(lane: Lane, rows: LaneRows, room: float) -> Iterator[_Band]:
    most = int((room - 6) // _ROW) if room < inf else max(rows.rows, 1)
    for first in range(0, max(rows.rows, 1), max(most, 1)):
        placed = tuple(p for p in rows.placed if first <= p.row < first + most)
        name = f"{lane.name} (continued)" if first else lane.name
        yield _Band(name, rows, placed, first, min(rows.rows - first, most))


def _picture(
    chart: Chart, frame: _Frame, bands: Sequence[_Band], width: int, part: str, number: int
) -> str:
    parts: list[str] = []
    stripes: list[str] = []
    y = frame.top + 8
    pattern = f"possible-{number}" if part else "possible"
    for at, band in enumerate(bands):
        paper = _STRIPE if at % 2 == 0 else _PAPER
        if at % 2 == 0:
            stripes.append(_stripe(y, band.height, width))
        parts += _band(band, frame, y, paper, pattern)
        y += band.height
    foot = _foot(chart, frame.window, [band.placed for band in bands], width)
    total = y + _below(foot)
    title = chart.title + part
    tail = list(_legend(frame, y + 22, pattern))
    for at, words in enumerate(foot):
        tail.append(_text(_MARGIN, y + 46 + at * _FOOT_LINE, words, fill=_MUTED, font_size="10"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {total:.0f}"'
        f' width="{width}" height="{total:.0f}" role="img"'
        f" aria-label={quoted(f'Timeline: {title}')}"
        f' font-family="{_FONT}" font-size="11" fill="{_INK}">\n'
        f"<title>{escaped(f'Timeline: {title}')}</title>\n{_definitions(pattern)}\n"
        f'<rect width="{width}" height="{total:.0f}" fill="#ffffff"/>\n'
        + "\n".join([*stripes, *_heading(chart, title, frame, y, width), *parts, *tail])
        + "\n</svg>\n"
    )


def _definitions(pattern: str) -> str:
    """The hatchings of what is possible, by a name that no other picture of a page has."""
    hatchings = (
        f'<pattern id="{pattern}-{name}" width="4" height="4" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><rect width="4" height="4" fill="#ffffff"/>'
        f'<rect width="1.4" height="4" fill="{color}"/></pattern>'
        for name, color in (("case", _BLUE), ("policy", _GREY))
    )
    return f"<defs>{''.join(hatchings)}</defs>"


def _text(x: float, y: float, words: str, **attributes: str) -> str:
    extra = "".join(
        f" {name.replace('_', '-')}={quoted(value)}" for name, value in attributes.items()
    )
    return f'<text x="{x:.1f}" y="{y:.1f}"{extra}>{escaped(words)}</text>'


def _heading(chart: Chart, title: str, frame: _Frame, bottom: float, width: int) -> Iterator[str]:
    for at, words in enumerate(lines := _wrapped(title, width, _TITLE_LETTER)):
        yield _text(_MARGIN, 28 + at * _TITLE_LINE, words, font_size="16", font_weight="bold")
    if chart.align:
        yield _text(
            _MARGIN,
            28 + len(lines) * _TITLE_LINE,
            f"Time before and after: {chart.align}",
            fill=_MUTED,
        )
    for tick in frame.window.ticks:
        if tick.cell > frame.cells:
            break
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


def _stripe(y: float, height: float, width: int) -> str:
    return (
        f'<rect x="{_MARGIN / 2}" y="{y:.1f}" width="{width - _MARGIN}"'
        f' height="{height:.1f}" fill="{_STRIPE}"/>'
    )


def _band(band: _Band, frame: _Frame, y: float, paper: str, pattern: str) -> Iterator[str]:
    for number, words in enumerate(name_lines(band.name, _GUTTER_CELLS)):
        yield _text(_MARGIN, y + 16 + number * 14, words, font_weight="bold")
    for placed in band.placed:
        yield from _event(
            placed, frame, y + 3 + (placed.row - band.first_row) * _ROW, paper, pattern
        )
    if band.rows.note:
        yield _text(frame.left + 4, y + 16, band.rows.note, fill=_MUTED, font_style="italic")


def _event(placed: Placed, frame: _Frame, y: float, paper: str, pattern: str) -> Iterator[str]:
    item, bar = placed.item, placed.bar
    is_inside = bool(placed.label) and bar.first < placed.at <= bar.last
    height = _BAR_WITH_LABEL if is_inside else _BAR
    top = y + (_ROW - height) / 2
    yield f"<g><title>{escaped(_tooltip(item))}</title>"
    yield from _bars(item, frame, top, height, pattern)
    if placed.label:
        x = frame.left + placed.at * _CELL
        if is_inside:
            # The outline of the bar goes on above and below: two halves would look like two events.
            room = cell_len(placed.words) * _LETTER + 8
            yield (
                f'<rect class="label" x="{x - 4:.1f}" y="{top + 1.2:.1f}" width="{room:.1f}"'
                f' height="{height - 2.4:.1f}" fill="{paper}"/>'
            )
        words = escaped(f", {placed.date}") if placed.date else ""
        date = f'<tspan fill="{_MUTED}">{words}</tspan>' if words else ""
        yield f'<text x="{x:.1f}" y="{y + 14:.1f}">{escaped(placed.label)}{date}</text>'
    yield "</g>"


def _tooltip(item: LaneEvent) -> str:
    event = item.event
    accounts = f", {OVER_ALL}" if event.dated_accounts else ""
    return f"{event.label} ({event.date_text}; {bounds_words(event.known)}{accounts})"


def _bars(item: LaneEvent, frame: _Frame, y: float, height: float, pattern: str) -> Iterator[str]:
    """The bar of an event; of several accounts a bar of each, named, with dots between them."""
    if not item.accounts:
        yield from _bar(item, frame, y, height, pattern)
        return
    first, last = item.bounds.possible
    begin = frame.left if first is None else frame.x(first)
    end = frame.right if last is None else frame.x(last + 1)
    yield _dots(begin, end, y + height / 2)
    for account in item.accounts:
        yield f"<g><title>{escaped(account.words)}</title>"
        drawn = replace(item, bounds=account.bounds, given=None, accounts=())
        yield from _bar(drawn, frame, y, height, pattern)
        yield "</g>"


def _bar(item: LaneEvent, frame: _Frame, y: float, height: float, pattern: str) -> Iterator[str]:
    bounds = item.bounds
    if item.given is not None:
        yield from _excluded(item.given, bounds, frame, y + height / 2)
    name, color = ("policy", _GREY) if item.lane < 0 else ("case", _BLUE)
    first = frame.left if bounds.earliest_begin is None else frame.x(bounds.earliest_begin)
    last = frame.right if bounds.latest_end is None else frame.x(bounds.latest_end + 1)
    if last - first < (4 if bounds.certain else 7):
        middle, half = (first + last) / 2, height / 2
        points = f"{middle - 5:.1f},{y + half} {middle:.1f},{y} {middle + 5:.1f},{y + half}"
        yield f'<polygon points="{points} {middle:.1f},{y + height}" fill="{color}"/>'
        return
    yield _box(first, last, y, f"url(#{pattern}-{name})", color, height)
    if certain := bounds.certain:
        begin, end = certain
        solid_first = frame.left if begin is None else frame.x(begin)
        solid_last = frame.right if end is None else frame.x(end + 1)
        if solid_last > solid_first:
            yield _box(solid_first, solid_last, y, color, color, height)
    if bounds.earliest_begin is None or frame.window.position(bounds.earliest_begin) < 0:
        yield _arrow(frame.left, y, -1, color, height)
    if frame.ends_before(bounds.latest_end):
        yield _arrow(frame.right, y, 1, color, height)


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


def _box(first: float, last: float, y: float, fill: str, stroke: str, height: float = _BAR) -> str:
    return (
        f'<rect x="{first:.1f}" y="{y:.1f}" width="{last - first:.1f}" height="{height}"'
        f' fill="{fill}" stroke="{stroke}" stroke-width="0.7"/>'
    )


def _arrow(x: float, y: float, way: int, color: str, height: float = _BAR) -> str:
    tip = x + way * 6
    points = f"{x:.1f},{y} {tip:.1f},{y + height / 2} {x:.1f},{y + height}"
    return f'<polygon points="{points}" fill="{color}"/>'


def _legend(frame: _Frame, y: float, pattern: str) -> Iterator[str]:
    x = frame.left
    yield _box(x, x + 24, y - 9, _BLUE, _BLUE)
    yield _text(x + 30, y, "certainly going on", fill=_MUTED)
    x += 140
    yield _box(x, x + 24, y - 9, f"url(#{pattern}-case)", _BLUE)
    yield _text(x + 30, y, "possibly: at some time within", fill=_MUTED)
    x += 205
    yield _dots(x, x + 24, y - 4)
    yield _text(x + 30, y, "excluded by the order", fill=_MUTED)
    x += 165
    yield _arrow(x + 4, y - 9, -1, _BLUE)
    yield _arrow(x + 8, y - 9, 1, _BLUE)
    yield _text(x + 20, y, "goes on, or nobody knows", fill=_MUTED)


def _foot(chart: Chart, window: Window, drawn: Iterable[Sequence[Placed]], width: int) -> list[str]:
    """The lines below the legend: the sources of what is drawn, and what is not drawn."""
    sources = dict.fromkeys(
        citation.source
        for placed in drawn
        for place in placed
        for citation in place.item.event.citations
    )
    labels = [chart.sources[slug].label for slug in sources if slug in chart.sources]
    words = [f"Sources: {'; '.join(labels)}."] if labels else []
    index, (first, last) = chart.background.index, window.days
    if other := index.count_before(first) + index.count_after(last):
        words.append(f"{other} laws and measures of other years are not drawn.")
    return _wrapped(" ".join(words), width, _FOOT_LETTER)


def _below(foot: Sequence[str]) -> float:
    """Units below the lanes."""
    return _BELOW + max(len(foot) - 1, 0) * _FOOT_LINE


def _wrapped(words: str, width: int, letter: float) -> list[str]:
    """Words in lines that are no wider than the picture."""
    spans = wrap(words, max(int((width - 2 * _MARGIN) / letter), 1))
    return [words[start:end] for start, end in spans]
