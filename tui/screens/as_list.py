"""What is else drawn, a timeline or a map, as a list to read from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from casebook.document import Document
from tui.screens.base import CasebookScreen
from tui.screens.reading_pane import READING, ReadingPane


class ListScreen(CasebookScreen):
    """A drawing in words.

    Args:
        place: the title of what is drawn; that it is a list here is added.
        anchor: the block to begin with.
    """

    CSS_PATH = "document.tcss"
    ACTIONS = READING
    pane: ReadingPane

    def __init__(self, document: Document, place: str, anchor: str = "") -> None:
        super().__init__()
        self.place = place
        self.pane = ReadingPane()
        self.document = document
        self.start_at = anchor

    def compose_body(self) -> Iterable[Widget]:
        yield self.pane

    def on_mount(self) -> None:
        self.title_bar.place = f"{self.place}, as a list"
        self.pane.main_view.focus()
        self.pane.main_view.show(self.document, anchor=self.start_at)
