"""The reading list: what to read, in an order of the reader's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Label

from casebook.book.volumes import volume_slugs_of
from casebook.errors import CasebookError
from casebook.line_wrap import padded, shortened
from casebook.notebook import history, reading_list
from casebook.notebook.values import ListedEntry
from tui import commands
from tui.command import Command, bindings
from tui.dialogs.base import Dialog
from tui.widgets.line_view import Line, StyleRun
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from casebook.notebook import Notebook
    from tui.screens.notes_controller import NotesController

_KEYS = (
    commands.TICK,
    commands.CARRY_UP,
    commands.CARRY_DOWN,
    commands.DELETE,
    commands.UNDO,
    commands.READING_LIST,
)
EMPTY = "The reading list is empty. W adds the selected entry to it."
_POINTER = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
_STATE = 5


class ListedRows(RowList):
    """Entries with a box before each, which says whether it has been read."""

    class Ticked(Message):
        """The box of the entry under the cursor is to be ticked or cleared."""

    DEFAULT_CSS = """
    ListedRows {
        height: 1fr;
    }
    """
    ACTIONS: ClassVar[tuple[Command, ...]] = (*_KEYS, *RowList.ACTIONS)
    BINDINGS: ClassVar[list[BindingType]] = [commands.TICK.binding()]

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[ListedEntry] = []

    def show(self, entries: list[ListedEntry]) -> None:
        """Shows other entries; the cursor stays on its own if it is still there."""
        before = self.chosen
        self.entries = entries
        self.lines_changed()
        slugs = [listed.entry for listed in entries]
        if before is not None and before.entry in slugs:
            self.cursor = slugs.index(before.entry)
        else:
            self.cursor = min(self.cursor, max(len(slugs) - 1, 0))

    @property
    def chosen(self) -> ListedEntry | None:
        """The entry under the cursor."""
        return self.entries[self.cursor] if self.cursor < len(self.entries) else None

    @property
    def line_count(self) -> int:
        return max(len(self.entries), 1)

    def can_choose(self, row: int) -> bool:
        return row < len(self.entries)

    def line(self, y: int) -> Line:
        if not self.entries:
            return Line(f"  {shortened(EMPTY, max(self.size.width - 2, 1))}")
        listed = self.entries[y]
        here = y == self.cursor
        box = "x" if listed.is_read else " "
        share = f"{listed.share:.0%}" if 0 < listed.share < 1 and not listed.is_read else ""
        room = max(self.size.width - len("› [x] ") - _STATE - 1, 8)
        title = padded(shortened(listed.title, room), room)
        text = f"{_POINTER if here else ' '} [{box}] {title} {share:>{_STATE}}"
        runs = (StyleRun(2, len(text), "muted"),) if listed.is_read else ()
        return Line(text, runs, "cursor" if here else "")

    def action_tick(self) -> None:
        self.post_message(self.Ticked())


class ReadingListScreen(Dialog[str]):
    """Answers the slug of the entry that is to be opened.

    Args:
        notes_controller: writes to the notebook.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(command for command in _KEYS if command is not commands.TICK)
    ]

    KEYS = (
        commands.OPEN,
        commands.TICK,
        commands.CARRY_UP._replace(footer="move", display="\N{UPWARDS WHITE ARROW}\u2191\u2193"),
        commands.DELETE._replace(footer="remove"),
        commands.UNDO._replace(footer="undo"),
    )
    WAY_OUT = commands.BACK._replace(footer="close")

    def __init__(self, notes_controller: NotesController) -> None:
        super().__init__()
        self.notes_controller = notes_controller

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Label("Reading list", classes="box-title", markup=False)
            yield ListedRows()

    def on_mount(self) -> None:
        self.rows.focus()
        self.notebook_changed()

    @property
    def rows(self) -> ListedRows:
        return self.query_one(ListedRows)

    def notebook_changed(self) -> None:
        notebook = self.casebook.keeper.notebook
        try:
            books = volume_slugs_of(self.casebook.book)
            self.rows.show(reading_list.reading_list(notebook, *books))
        except CasebookError as error:
            self.casebook.complain(error)

    @on(RowList.Chosen)
    def _open(self) -> None:
        chosen = self.rows.chosen
        if chosen is None:
            self.casebook.say(EMPTY)
        else:
            self.dismiss(chosen.entry)

    def _write(self, action: Callable[[Notebook], object]) -> None:
        """Writes to the notebook, in turn and away from the keyboard."""
        self.run_worker(self._written(action), group="reading-list")

    async def _written(self, action: Callable[[Notebook], object]) -> None:
        if not await self.notes_controller.has_written(action):
            self.notebook_changed()  # what was shown is not what is kept

    @on(ListedRows.Ticked)
    def _tick(self) -> None:
        chosen = self.rows.chosen
        if chosen is not None:
            self._write(
                lambda n: history.set_read(
                    n, chosen.book, chosen.entry, chosen.title, is_read=not chosen.is_read
                )
            )

    def action_delete(self) -> None:
        chosen = self.rows.chosen
        if chosen is None:
            self.casebook.say(EMPTY)
            return
        self._write(
            lambda n: reading_list.set_listed(
                n, chosen.book, chosen.entry, chosen.title, wanted=False
            )
        )
        self.casebook.say(f"Removed from the reading list: {chosen.title}. u undoes this.")

    def action_carry_up(self) -> None:
        self._carry(-1)

    def action_carry_down(self) -> None:
        self._carry(1)

    def _carry(self, by: int) -> None:
        """Moves the chosen entry by a row, at once: the next key is about what is seen then."""
        at, rows = self.rows.cursor, list(self.rows.entries)
        if not rows or not 0 <= at + by < len(rows):
            return
        rows[at], rows[at + by] = rows[at + by], rows[at]
        self.rows.show(rows)
        books, slugs = volume_slugs_of(self.casebook.book), [listed.entry for listed in rows]
        self._write(lambda n: reading_list.put_in_order(n, books, slugs))

    def action_undo(self) -> None:
        self.notes_controller.undo()

    def action_reading_list(self) -> None:
        self.dismiss(None)
