"""Writing the notebook to files: the form, and where to."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label, Static

from casebook.errors import CasebookError
from tui.screens.dialog import Dialog
from tui.widgets.line_view import Line
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from tui.app import CasebookApp


class Form(StrEnum):
    """What a notebook is written as."""

    MARKDOWN = "md"
    VAULT = "obsidian"
    JSON = "json"
    ANKI = "anki"


class _Choice(NamedTuple):
    form: Form
    title: str
    place: str


_CHOICES = (
    _Choice(Form.MARKDOWN, "Markdown for an essay, cited and in order", "casebook-notes.md"),
    _Choice(Form.VAULT, "Obsidian vault: a folder with one file an entry", "casebook-vault"),
    _Choice(Form.JSON, "JSON, for keeping and for another machine", "casebook-notebook.json"),
    _Choice(Form.ANKI, "Anki cards of the book's glossary and questions", "casebook-cards.txt"),
)  # fmt: skip


class _FormList(RowList):
    DEFAULT_CSS = """
    _FormList {
        height: 5;
    }
    """

    @property
    def line_count(self) -> int:
        return len(_CHOICES)

    def line(self, y: int) -> Line:
        pointer = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}" if y == self.cursor else " "
        fill = ("cursor" if self.has_focus else "cursor-elsewhere") if y == self.cursor else ""
        return Line(f"{pointer} {_CHOICES[y].title}", (), fill)

    def on_focus(self) -> None:
        self.line_changed(self.cursor)

    def on_blur(self) -> None:
        self.line_changed(self.cursor)


class ExportNotesScreen(Dialog[None]):
    """Chooses a form and a place, and writes."""

    def __init__(self) -> None:
        super().__init__()
        self.replaces = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="box small"):
            yield Label("Export the notebook", classes="box-title")
            yield _FormList()
            yield Input(id="export-path")
            yield Static("", id="note-trouble", markup=False)
            yield Static(
                "tab to the file's name, enter writes it, esc leaves", markup=False, classes="muted"
            )

    def on_mount(self) -> None:
        self.query_one(_FormList).focus()
        self._suggest()

    @on(RowList.Moved)
    def _suggest(self) -> None:
        choice = _CHOICES[self.query_one(_FormList).cursor]
        self.query_one(Input).value = str(Path.home() / choice.place)

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
    @work(group="export", exclusive=True)
    async def _write(self) -> None:
        from casebook.exports.notebook import write_notebook

        app = cast("CasebookApp", self.app)
        form = _CHOICES[self.query_one(_FormList).cursor].form
        path = Path(self.query_one(Input).value.strip()).expanduser()
        force = self.replaces == str(path)
        try:
            told = await app.keeper.write(
                lambda n: write_notebook(n, app.book, form.value, path, force=force)
            )
        except CasebookError as error:
            if "--force" in error.message and not force:
                self.replaces = str(path)
                self._tell(f"{path} is there already. enter once more replaces it.")
            else:
                self._tell(error.message)
            return
        app.say(told)
        self.dismiss(None)
