"""Writing something to a file: what as, and where to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from casebook.errors import AlreadyThereError, CasebookError
from tui.dialogs.base import Dialog
from tui.widgets.line_view import Line
from tui.widgets.row_list import RowList


class FormList(RowList):
    """What something can be written as, in words."""

    DEFAULT_CSS = """
    FormList {
        height: auto;
        max-height: 12;
    }
    """

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self.titles = titles

    def get_content_height(self, *_: object) -> int:
        return len(self.titles) + 1

    @property
    def line_count(self) -> int:
        return len(self.titles)

    def line(self, y: int) -> Line:
        pointer = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}" if y == self.cursor else " "
        fill = ("cursor" if self.has_focus else "cursor-elsewhere") if y == self.cursor else ""
        return Line(f"{pointer} {self.titles[y]}", (), fill)

    def on_focus(self) -> None:
        self.line_changed(self.cursor)

    def on_blur(self) -> None:
        self.line_changed(self.cursor)


class ExportDialog(Dialog[None]):
    """Chooses a form and a place, and writes; a file that is there is asked about.

    A subclass says what is chosen from (`compose_choice`), what the file may be called
    (`suggestion`) and how it is written (`write`).
    """

    TITLE = "Export"
    BOX = "box small"
    KEYS_SAID = "tab goes to the file name, enter writes the file, esc cancels"

    def __init__(self) -> None:
        super().__init__()
        self.replaces = ""

    def compose_choice(self) -> Widget:
        """The list to choose from."""
        raise NotImplementedError

    def suggestion(self) -> str:
        """A place for what is chosen."""
        raise NotImplementedError

    async def write(self, path: Path, *, force: bool) -> str:
        """Writes what is chosen, and says so in a sentence.

        Raises:
            CasebookError: it could not be written.
        """
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        with Vertical(classes=self.BOX):
            yield Label(self.TITLE, classes="box-title", markup=False)
            yield self.compose_choice()
            yield Input(id="export-path")
            yield Static("", id="export-trouble", markup=False)
            yield Static(self.KEYS_SAID, markup=False, classes="muted")

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        self.suggest()

    @on(RowList.Moved, "FormList")
    def suggest(self) -> None:
        """Writes a name into the box."""
        self.query_one(Input).value = self.suggestion()

    @on(Input.Changed)
    def _other_place(self) -> None:
        self.replaces = ""
        self.tell("")

    @on(RowList.Chosen, "FormList")
    def _to_the_name(self) -> None:
        self.query_one(Input).focus()

    def tell(self, words: str) -> None:
        """Says what is in the way, in the box."""
        trouble = self.query_one("#export-trouble", Static)
        trouble.update(words)
        trouble.display = bool(words)

    @on(Input.Submitted)
    @work(group="export", exclusive=True)
    async def _write(self) -> None:
        path = Path(self.query_one(Input).value.strip()).expanduser()
        force = self.replaces == str(path)
        self.tell("Writing \N{HORIZONTAL ELLIPSIS}")
        try:
            told = await self.write(path, force=force)
        except AlreadyThereError:
            self.replaces = str(path)
            self.tell("This file exists. Press enter again to replace it.")
            return
        except CasebookError as error:
            self.tell(error.message)
            return
        self.casebook.say(told)
        self.dismiss(None)
