"""A scroll bar that is drawn in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.geometry import Region
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip
from textual.widget import Widget

from tui.textual_private.drawn_strip import DrawnStrip

if TYPE_CHECKING:
    _Widget = Widget
else:
    _Widget = object


class PlainScrollBar(ScrollBar):
    """A vertical scroll bar without borders.

    Textual puts together each of its rows, of which all but four are alike.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        bar = self.render()
        assert isinstance(bar, ScrollBarRender)
        style = self.app.console.get_style(bar.style)
        assert style.bgcolor is not None
        assert style.color is not None
        rows = bar.render_bar(
            size=self.size.height,
            virtual_size=bar.virtual_size,
            window_size=bar.window_size,
            position=bar.position,
            thickness=self.size.width,
            back_color=style.bgcolor,
            bar_color=style.color,
        ).segments
        made: dict[int, Strip] = {}
        for row in rows:
            if id(row) not in made:
                made[id(row)] = self._strip_of(row)
        return [made[id(rows[y])].crop(*crop.column_span) for y in crop.line_range]

    def _strip_of(self, row: Segment) -> Strip:
        _, background = self.background_colors
        strip = Strip(Segment.apply_style([row], self.rich_style), self.size.width)
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, background)
        return DrawnStrip(strip, self.size.width)


class WithPlainScrollBar(_Widget):
    """The part of a view that has such a bar; Textual makes its own, and asks nobody."""

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        bar = self._vertical_scrollbar
        if bar is None:
            thickness = self.scrollbar_size_vertical
            bar = PlainScrollBar(vertical=True, name="vertical", thickness=thickness)
            self._vertical_scrollbar = bar
            bar.display = False
            self.app._start_widget(self, bar)
        return bar
