"""A timeline as a list, to read from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from casebook.document import Document
from tui.screens.base import CasebookScreen
from tui.screens.reading_pane import READING, ReadingPane


class TimelineListScreen(CasebookScreen):
    """The events of a timeline, one below the other."""

    CSS_PATH = "document.tcss"
    ACTIONS = READING
    pane: ReadingPane

    def __init__(self, document: Document, anchor: str = "") -> None:
        super().__init__()
        self.pane = ReadingPane()
        self.document = document
        self.start_at = anchor

    def compose_body(self) -> Iterable[Widget]:
        yield self.pane

    def on_mount(self) -> None:
        self.title_bar.place = f"Timeline: {self.document.title}"
        self.pane.main_view.focus()
        self.pane.main_view.show(self.document, anchor=self.start_at)
