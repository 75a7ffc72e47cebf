"""The sections of a page, to jump to one."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Label

from tui.dialogs.base import Dialog
from tui.widgets.line_view import Line
from tui.widgets.row_list import RowList


class TitleList(RowList):
    """Titles, indented by their level."""

    DEFAULT_CSS = """
    TitleList {
        height: 1fr;
    }
    """

    def __init__(self, titles: list[tuple[int, str, int]]) -> None:
        super().__init__()
        self.titles = titles

    @property
    def line_count(self) -> int:
        return len(self.titles)

    def line(self, y: int) -> Line:
        _, title, level = self.titles[y]
        pointer = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}" if y == self.cursor else " "
        indent = "  " * max(level - 2, 0)
        return Line(f"{pointer} {indent}{title}", (), "cursor" if y == self.cursor else "")


class ContentsScreen(Dialog[int]):
    """Answers the block to go to."""

    def __init__(self, titles: list[tuple[int, str, int]]) -> None:
        super().__init__()
        self.titles = titles

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Label("Contents", classes="box-title")
            yield TitleList(self.titles)

    def on_mount(self) -> None:
        self.query_one(TitleList).focus()

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        self.dismiss(self.titles[event.row][0])
