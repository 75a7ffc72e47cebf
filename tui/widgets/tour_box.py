"""The box at the edge of the screen in which the guided tour speaks."""

from __future__ import annotations

from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

_WIDTH = 46
_FEWEST_LINES_FOR_BOX = 26
"""Lines of a terminal below which the words stand in one line at the top."""


class TourBox(Static):
    """What to try next; it has no keys and takes none."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    TourBox {
        position: absolute;
        overlay: screen;
        constrain: inside;
        width: 46;
        height: auto;
        padding: 0 1;
        background: $primary;
        color: $background;
    }
    TourBox.-line { width: 100%; height: auto; }
    """

    def __init__(self, progress: str, words: str) -> None:
        super().__init__("", markup=False)
        self.can_focus = False
        self._said = (progress, words)

    def on_mount(self) -> None:
        is_at_the_top = isinstance(self.screen, ModalScreen)
        self.screen.query("ToastRack").set_class(not is_at_the_top, "-touring")
        self._draw()

    def on_unmount(self) -> None:
        self.screen.query("ToastRack").remove_class("-touring")

    def show(self, progress: str, words: str) -> None:
        """Says something else, or stands elsewhere, where that has changed."""
        self._said = (progress, words)
        self._draw()

    def _draw(self) -> None:
        progress, words = self._said
        screen = self.screen
        width, height = screen.size
        is_line = height < _FEWEST_LINES_FOR_BOX or isinstance(screen, ModalScreen)
        self.set_class(is_line, "-line")
        if is_line:
            text = Content.assemble((f"{progress}: ", "bold"), words, "  (esc ends it)")
            place = (0, 0 if isinstance(screen, ModalScreen) else max(height - 3, 0))
        else:
            text = Content.assemble((progress, "bold"), "\n", words, "\n", "esc ends the tour")
            place = (max(width - _WIDTH - 1, 0), max(height - 7, 0))
        if self.content != text:
            self.update(text)
        if (self.styles.offset.x.value, self.styles.offset.y.value) != place:
            self.styles.offset = place
