"""The base of everything that can grow: a view that draws the lines it shows, and no others.

Subclasses say how many lines there are and what stands in one; strips are made when a line
comes into view and kept until the lines, the styles or the selection change.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import pairwise
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from casebook.errors import CasebookError
from casebook.line_wrap import cells_of
from casebook.safe_text import screened
from tui.command import Command
from tui.failures import Telling
from tui.styles import LOOKS, style_of
from tui.textual_private.drawing import DrawnStrip, WithPlainScrollBar

LINES_KEPT = 1000


class StripCache(dict[int, Strip]):
    """The strips of the lines that were drawn last, by their numbers, as they reach the screen.

    Not a linked list as Textual's caches are: what such a list lets go is a circle that
    waits for the garbage collector, some thousand objects for each frame.
    """

    def __setitem__(self, number: int, strip: Strip) -> None:
        if len(self) >= LINES_KEPT and number not in self:
            del self[next(iter(self))]
        super().__setitem__(number, strip)


class StyleRun(NamedTuple):
    """A style over some characters of a line.

    Attributes:
        style: a name of `tui.styles`.
        target: what a click on it means to the view, or None.
    """

    start: int
    end: int
    style: str
    target: Hashable = None


class Line(NamedTuple):
    """What stands in one line."""

    text: str
    runs: tuple[StyleRun, ...] = ()
    fill: str = ""
    """The style of the whole line to the edge of the view."""


class LineView(Telling, WithPlainScrollBar, ScrollView, can_focus=True):
    """Draws lines; scrolls; lets text be selected and copied."""

    ALLOW_SELECT = True
    DEFAULT_CSS = """
    LineView {
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 0;
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._strips = StripCache()
        self._style_cache: dict[str, Style] = {}
        self._aimed_styles: dict[tuple[str, Hashable], Style] = {}
        """The styles of what a click means something on."""
        self._beside: tuple[list[Segment], list[Segment]] = [], []
        self._drawn_with: tuple[object, ...] = ()
        """What the kept strips were drawn with: width, number of lines, colours, filters."""
        self._base: Style | None = None
        """The view's own style, while its lines are drawn."""
        self._pressed_at: Offset | None = None

    # What a subclass says

    @property
    def line_count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def line(self, y: int) -> Line:
        """What stands in line `y`, from 0."""
        raise NotImplementedError

    def relaid(self) -> None:
        """Called when the width has changed, before anything is drawn."""

    def resized(self) -> None:
        """Called when the size has changed and the lines are known: what matters is to be seen."""

    # Drawing

    def lines_changed(self) -> None:
        """Draws everything anew; to be called when any line may have changed."""
        self._strips.clear()
        self.virtual_size = Size(self.size.width, self.line_count)
        self.refresh()

    def line_changed(self, *numbers: int) -> None:
        """Draws some lines anew."""
        for y in numbers:
            self._strips.pop(y, None)
            self.refresh(Region(0, y - self.scroll_offset.y, self.size.width, 1))

    def on_resize(self) -> None:
        self.relaid()
        self.lines_changed()
        self.resized()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._style_cache.clear()
        self._aimed_styles.clear()
        self._strips.clear()
        self._drawn_with = ()

    def line_number(self, row: int) -> int:
        """The line that stands in a row of the view, or another number that is its own alone."""
        return self.scroll_offset.y + row

    def render_lines(self, crop: Region) -> list[Strip]:
        # Textual puts the style together from all that the view stands in, at each call.
        self._base = self.rich_style
        try:
            return self._strips_in(crop)
        finally:
            self._base = None

    def _strips_in(self, crop: Region) -> list[Strip]:
        """Rows of the view with what is beside them; lines that were drawn before as they were.

        Textual would put each of them together anew whenever something is scrolled.
        """
        width, top = self.outer_size.width, self.gutter.top
        filters = self.get_line_filters()
        background = self.background_colors
        look = (width, self.line_count, background, *filters)
        if look != self._drawn_with:
            self._drawn_with = look
            self._strips.clear()
            self._beside = self._sides(width, top)
        strips = []
        for y in crop.line_range:
            if 0 <= y - top < self.size.height:
                strips.append(self._whole_row(y - top, filters, background[1]))
            else:
                strips += super().render_lines(Region(0, y, width, 1))
        if crop.column_span != (0, width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def _sides(self, width: int, top: int) -> tuple[list[Segment], list[Segment]]:
        """What stands left and right of every line: borders and padding."""
        gutter = self.styles.gutter
        if not (gutter.left or gutter.right) or not self.size.height:
            return [], []
        row = super().render_lines(Region(0, top, width, 1))[0]
        return [*row.crop(0, gutter.left)], [*row.crop(width - gutter.right)]

    def _whole_row(self, row: int, filters: Sequence[LineFilter], background: Color) -> Strip:
        # Below the last line one row is as another.
        number = min(self.line_number(row), self.line_count)
        strip = self._strips.get(number)
        if strip is None:
            segments = list(self.render_line(row))
            for line_filter in filters:
                segments = line_filter.apply(segments, background)
            left, right = self._beside
            strip = DrawnStrip([*left, *segments, *right], self.outer_size.width)
            self._strips[number] = strip
        return strip

    def render_line(self, y: int) -> Strip:
        number = self.line_number(y)
        if number >= self.line_count:
            return Strip.blank(self.size.width, self._base or self.rich_style)
        strip = self._strip(number)
        if self._base is None and self.allow_select:
            # Not to be drawn: Textual asks which words are under the mouse.
            return strip.apply_offsets(0, number)
        return strip

    def _strip(self, number: int) -> Strip:
        try:
            line = self.line(number)
        except CasebookError as error:
            line = Line(f" {error.message}", (), "bad")  # the other lines are still to be read
        return self.strip_of(line, number)

    def strip_of(self, line: Line, number: int) -> Strip:
        """A line as it is drawn, as wide as the view.

        Args:
            number: its place, for what is selected.
        """
        width, base = self.size.width, self._base or self.rich_style
        if line.fill:
            base += self.style_named(line.fill)
        runs = [(run.start, run.end, self._run_style(run)) for run in line.runs]
        selected = self._selected_span(number, len(line.text))
        if selected:
            runs.append((*selected, self.style_named("selected")))
        segments, length = _segments(screened(line.text), runs, base), cells_of(line.text)
        if length < width:
            segments.append(Segment(" " * (width - length), base))
        # Not `crop_extend`: a strip that it leaves as it is would hold itself in its cache.
        return DrawnStrip(segments, max(length, width)).adjust_cell_length(width)

    def style_named(self, name: str) -> Style:
        """The style of one of the names of `tui.styles`."""
        style = self._style_cache.get(name)
        if style is None:
            _, background = self.background_colors
            style = style_of(
                LOOKS[name],
                self.app.theme_variables,
                background,
                is_ansi=self.app.native_ansi_color,
            )
            self._style_cache[name] = style
        return style

    def _run_style(self, run: StyleRun) -> Style:
        style = self.style_named(run.style)
        if run.target is None:
            return style
        key = run.style, run.target
        aimed = self._aimed_styles.get(key)
        if aimed is None:
            aimed = self._aimed_styles[key] = style + Style(meta={"target": run.target})
        return aimed

    # Selecting

    def _selected_span(self, number: int, length: int) -> tuple[int, int] | None:
        selection = self.text_selection
        span = selection.get_span(number) if selection else None
        if span is None:
            return None
        start, end = span
        return (start, length) if end == -1 else (start, min(end, length))

    def selection_updated(self, selection: Selection | None) -> None:
        self._strips.clear()
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        lines = [self.line(y).text.rstrip() for y in range(self.line_count)]
        return selection.extract("\n".join(lines)), "\n"

    # The mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._pressed_at = event.screen_offset

    def on_click(self, event: events.Click) -> None:
        # A press and a release in different places are a drag, also within one widget.
        if event.screen_offset == self._pressed_at:
            self.clicked(event)

    def clicked(self, event: events.Click) -> None:
        """Called when the mouse is pressed and released in the same place."""

    # The line of keys

    @property
    def keys_here(self) -> tuple[Command, ...]:
        """What the line of keys names first while the view has the focus."""
        return ()

    @property
    def can_open(self) -> bool:
        """Whether there is something that enter opens."""
        return True

    # Moving

    @property
    def half_page(self) -> int:
        """Lines of half a page."""
        return max(self.size.height // 2, 1)

    def action_cursor_down(self) -> None:
        self.scroll_relative(y=1, animate=False)

    def action_cursor_up(self) -> None:
        self.scroll_relative(y=-1, animate=False)

    def action_page_down(self) -> None:
        self.scroll_relative(y=max(self.size.height - 2, 1), animate=False)

    def action_page_up(self) -> None:
        self.scroll_relative(y=-max(self.size.height - 2, 1), animate=False)

    def action_half_page_down(self) -> None:
        self.scroll_relative(y=self.half_page, animate=False)

    def action_half_page_up(self) -> None:
        self.scroll_relative(y=-self.half_page, animate=False)

    def action_top(self) -> None:
        self.scroll_to(y=0, animate=False)

    def action_bottom(self) -> None:
        self.scroll_to(y=self.max_scroll_y, animate=False)


def _segments(text: str, runs: list[tuple[int, int, Style]], base: Style) -> list[Segment]:
    """The text cut where a style begins or ends; later runs lie over earlier ones."""
    if not runs:
        return [Segment(text, base)]
    length = len(text)
    cuts = sorted({0, length, *(min(edge, length) for run in runs for edge in run[:2])})
    piece_at = {cut: number for number, cut in enumerate(cuts)}
    styles = [base] * (len(cuts) - 1)
    added: dict[tuple[int, int], Style] = {}
    for start, end, style in runs:
        for piece in range(piece_at[min(start, length)], piece_at[min(end, length)]):
            key = id(styles[piece]), id(style)
            if key not in added:
                added[key] = styles[piece] + style
            styles[piece] = added[key]
    return [
        Segment(text[start:end], style)
        for (start, end), style in zip(pairwise(cuts), styles, strict=True)
    ]
