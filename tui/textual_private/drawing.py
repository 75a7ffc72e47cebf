"""Rows of views and scroll bars that are drawn once, and leave no garbage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from textual.cache import FIFOCache
from textual.geometry import Region
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    _Widget = Widget
else:
    _Widget = object


class _NothingKept(FIFOCache[Any, Any]):
    """Keeps nothing, so that all strips can share it."""

    def __setitem__(self, key: Any, value: Any) -> None:
        pass


_NOTHING = _NothingKept(0)


class DrawnStrip(Strip):
    """A strip without the seven caches of Textual's, of which a view has no use.

    They are fifteen objects for each line, through which the garbage collector has to look,
    and one of them makes the strip hold itself, so that only the collector frees it.
    """

    def __init__(self, segments: Iterable[Segment], cell_length: int) -> None:
        self._segments = list(segments)
        self._cell_length = cell_length
        self._divide_cache = self._crop_cache = self._style_cache = _NOTHING
        self._filter_cache = self._line_length_cache = _NOTHING
        self._crop_extend_cache = self._offsets_cache = _NOTHING
        self._render_cache = self._link_ids = self._cell_count = None

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        wanted = list(cuts)
        return (self,) if wanted == [self.cell_length] else super().divide(wanted)


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
        strips = [made[id(row)] for row in rows]
        # While the screen is laid out anew more rows are asked for than the bar has yet.
        if (missing := crop.bottom - len(rows)) > 0:
            strips += [self._strip_of(Segment(" " * self.size.width))] * missing
        return [strip.crop(*crop.column_span) for strip in strips[crop.y : crop.bottom]]

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
