"""What a comparison says, to read."""

from __future__ import annotations

from casebook.document import Document
from tui.screens.document import ReadingScreen


class ComparedScreen(ReadingScreen):
    """A point across the cases, or a case down the points, to read."""

    def __init__(self, document: Document, anchor: str = "") -> None:
        super().__init__()
        self.document = document
        self.start_at = anchor

    def on_mount(self) -> None:
        self.title_bar.place = self.document.title
        self.main_view.focus()
        self.main_view.show(self.document, anchor=self.start_at)
