"""Writing a timeline to a file: the format, and where to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label, Static

from casebook.errors import CasebookError
from casebook.exports.files import write_export
from casebook.exports.timeline import TimelineFormat, timeline_file
from casebook.timeline.chart import Chart
from tui.screens.dialog import Dialog
from tui.widgets.line_view import Line
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from tui.app import CasebookApp

_FORMATS = tuple(TimelineFormat)


class _FormatList(RowList):
    DEFAULT_CSS = """
    _FormatList {
        height: 5;
    }
    """

    @property
    def line_count(self) -> int:
        return len(_FORMATS)

    def line(self, y: int) -> Line:
        pointer = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}" if y == self.cursor else " "
        fill = ("cursor" if self.has_focus else "cursor-elsewhere") if y == self.cursor else ""
        return Line(f"{pointer} {_FORMATS[y].said}", (), fill)

    def on_focus(self) -> None:
        self.line_changed(self.cursor)

    def on_blur(self) -> None:
        self.line_changed(self.cursor)


class ExportTimelineScreen(Dialog[None]):
    """Chooses a format and a place, and writes."""

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self.chart = chart
        self.replaces = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="box small"):
            yield Label("Export this timeline", classes="box-title")
            yield _FormatList()
            yield Input(id="export-path")
            yield Static("", id="note-trouble", markup=False)
            yield Static(
                "tab to the file's name, enter writes it, esc leaves", markup=False, classes="muted"
            )

    def on_mount(self) -> None:
        self.query_one(_FormatList).focus()
        self._suggest()

    @property
    def form(self) -> TimelineFormat:
        """The format that is chosen."""
        return _FORMATS[self.query_one(_FormatList).cursor]

    @on(RowList.Moved)
    def _suggest(self) -> None:
        entries = self.chart.entries
        name = entries[0].slug if len(entries) == 1 else "timeline"
        self.query_one(Input).value = str(Path.home() / f"{name}{self.form.suffix}")

    @on(Input.Changed)
    def _other_place(self) -> None:
        self.replaces = ""
        self._tell("")

    @on(RowList.Chosen)
    def _to_the_name(self) -> None:
        self.query_one(Input).focus()

    def _tell(self, words: str) -> None:
        trouble = self.query_one("#note-trouble", Static)
        trouble.update(words)
        trouble.set_class(bool(words), "-shown")

    @on(Input.Submitted)
    def _write(self) -> None:
        app = cast("CasebookApp", self.app)
        path = Path(self.query_one(Input).value.strip()).expanduser()
        force = self.replaces == str(path)
        try:
            content, left_out = timeline_file(self.chart, self.form, app.book)
            write_export(path, content, force=force)
        except CasebookError as error:
            if "--force" in error.message and not force:
                self.replaces = str(path)
                self._tell(f"{path} is there already. enter once more replaces it.")
            else:
                self._tell(error.message)
            return
        missing = f" It cannot hold: {'; '.join(left_out)}." if left_out else ""
        app.say(f"Written: {path}.{missing}")
        self.dismiss(None)
