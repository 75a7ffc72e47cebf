"""The colours: each shown as the cursor comes to it, kept with enter."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Label

from tui.dialogs.base import SELECT, Dialog
from tui.theme import names
from tui.widgets.line_view import Line, StyleRun
from tui.widgets.row_list import RowList


class ThemeList(RowList):
    """Names of themes; the one in use when the box was opened is marked."""

    DEFAULT_CSS = """
    ThemeList {
        height: 1fr;
    }
    """

    def __init__(self, themes: list[tuple[str, str]], kept: str) -> None:
        super().__init__()
        self.themes = themes
        self.kept = kept

    @property
    def line_count(self) -> int:
        return len(self.themes)

    def line(self, y: int) -> Line:
        name, title = self.themes[y]
        pointer = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}" if y == self.cursor else " "
        sign = "*" if name == self.kept else " "
        text = f"{pointer}{sign} {title}"
        return Line(text, (StyleRun(1, 2, "picked"),), "cursor" if y == self.cursor else "")


class ThemeScreen(Dialog[None]):
    """Chooses a theme and has it remembered."""

    KEYS = (SELECT._replace(footer="save"),)

    def compose(self) -> ComposeResult:
        self.before = self.app.theme
        themes = names(self.app.available_themes)
        with Vertical(classes="box"):
            yield Label("Theme", classes="box-title")
            yield ThemeList(themes, self.before)

    def on_mount(self) -> None:
        chooser = self.query_one(ThemeList)
        chooser.focus()
        chooser.cursor = next(
            (at for at, (name, _) in enumerate(chooser.themes) if name == self.before), 0
        )

    @on(RowList.Moved)
    def _try(self, event: RowList.Moved) -> None:
        self.app.theme = self.query_one(ThemeList).themes[event.row][0]

    @on(RowList.Chosen)
    def _keep(self) -> None:
        self.casebook.remember("theme", self.app.theme)
        self.dismiss(None)

    def action_back(self) -> None:
        self.app.theme = self.before
        self.dismiss(None)
