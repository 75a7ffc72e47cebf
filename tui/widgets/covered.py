"""What stands behind other widgets and is covered by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    _Widget = Widget
else:
    _Widget = object


class Covered(_Widget):
    """The part of a screen or a box that draws its background, without a border, in one go.

    Textual puts together every line of it, of which its children leave nothing to be seen.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        _, background = self.background_colors
        line = Strip.blank(crop.width, self.visual_style.rich_style)
        for line_filter in self.get_line_filters():
            line = line.apply_filter(line_filter, background)
        return [line] * crop.height


class CoveredBox(Covered, Widget):
    """A box for other widgets, one below the other, without a border or scroll bars."""

    DEFAULT_CSS: ClassVar[str] = """
    CoveredBox {
        width: 1fr;
        height: 1fr;
        layout: vertical;
        overflow: hidden hidden;
    }
    """
