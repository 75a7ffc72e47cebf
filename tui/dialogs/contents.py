"""Titles, such as the sections of a page, to choose one."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Label

from tui.dialogs.base import SELECT, Dialog
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
    """Answers the number of the title that was chosen.

    Args:
        titles: number, words and level of each.
        heading: the title of the box.
        cursor: the row to begin with.
    """

    KEYS = (SELECT,)

    def __init__(
        self, titles: list[tuple[int, str, int]], heading: str = "Contents", cursor: int = 0
    ) -> None:
        super().__init__()
        self.heading = heading
        self.cursor = cursor
        self.titles = titles

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Label(self.heading, classes="box-title", markup=False)
            yield TitleList(self.titles)

    def on_mount(self) -> None:
        titles = self.query_one(TitleList)
        titles.focus()
        titles.cursor = self.cursor

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        self.dismiss(self.titles[event.row][0])
