"""The last net before the terminal, over everything that any widget draws."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from casebook.safe_text import screened


class ScreenedLines(LineFilter):
    """Makes visible what could command a terminal, and takes links out of styles.

    Textual hands it every line of every widget before it is drawn, and keeps what it
    answers for as long as the line does not change.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if all(map(_is_harmless, segments)):
            return segments
        return [_disarmed(segment) for segment in segments]


def _is_harmless(segment: Segment) -> bool:
    text, style, _ = segment
    return text.isprintable() and (style is None or style.link is None)


def _disarmed(segment: Segment) -> Segment:
    """A segment that takes as many cells as before: what takes none is dropped."""
    pairs = zip(segment.text, screened(segment.text), strict=True)
    text = "".join(new for old, new in pairs if new == old or cell_len(old))
    style = segment.style
    if style is not None and style.link is not None:
        style = style.update_link(None)
    return Segment(text, style, segment.control)
