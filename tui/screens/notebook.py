"""The notebook: everything the reader has added, by time, entry or tag, and searched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import Vertical
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static

from casebook.book import entries
from casebook.book.lists import frameworks
from casebook.book.volumes import has_volume
from casebook.document import Document
from casebook.errors import CasebookError
from casebook.notebook import bookmarks, drafts, notes, predictions, reading_list, views
from casebook.notebook.documents import item_document, ratings_document
from casebook.notebook.listing import (
    ItemKind,
    Listed,
    ListingCounts,
    NotebookItem,
    Order,
    counts,
    listing,
)
from casebook.notebook.values import (
    Bookmark,
    Draft,
    ListedEntry,
    Note,
    Prediction,
    SavedView,
    Tagged,
)
from tui import commands
from tui.command import Command, bindings
from tui.messages import EntryWanted
from tui.screens.base import WHILE_FINDING, CasebookScreen
from tui.widgets.covered import CoveredBox
from tui.widgets.document_view import DocumentView
from tui.widgets.note_list import NoteList
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from casebook.notebook import Notebook, NoteTarget
    from casebook.notebook.search import Finder

_SAID = {
    Order.TIME: "by time",
    Order.ENTRY: "by entry",
    Order.TAG: "by tag",
    Order.RECENT: "recent pages and drafts",
}

_MOST_LOSSES_SHOWN = 5
"""The command line tells all of them."""

_OWN = (commands.FIND, commands.ORDER, commands.DELETE, commands.EXPORT)
"""What the screen itself does; the list opens what is chosen."""


class NotebookScreen(CasebookScreen):
    """A list of all there is, and what is chosen in full."""

    CSS_PATH = "notebook.tcss"

    ACTIONS: ClassVar[tuple[Command, ...]] = (commands.OPEN, *_OWN)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(_OWN)]

    order: reactive[Order] = reactive(Order.TIME, init=False)
    query_text: reactive[str] = reactive("", init=False)

    def __init__(self) -> None:
        super().__init__()
        self.asked_to_delete: NotebookItem | None = None
        self._listed: tuple[list[Listed], ListingCounts] | None = None
        """All rows in their order, until the notebook or the order changes."""
        self._words: tuple[int, Finder] | None = None
        """What is searched, with the number of the change after which it was read."""
        self._changes = 0
        self._reading_words = Lock()

    def compose_body(self) -> Iterable[Widget]:
        yield Static(id="notebook-damage", markup=False)
        yield Input(placeholder="Find in the notebook: press ctrl+f", id="notebook-find")
        with CoveredBox(id="notebook"):
            yield NoteList(id="noted")
            with Vertical(id="note-box"):
                yield DocumentView(id="note-page")

    def on_mount(self) -> None:
        stored = self.casebook.settings.notebook_order
        if stored in tuple(Order):
            self.set_reactive(NotebookScreen.order, Order(stored))
        self.noted.focus()
        known = frameworks(self.casebook.book)
        self.noted.framework_titles = {framework.slug: framework.title for framework in known}
        self.noted.hiding = self.casebook.book.hidden
        self.show_rows()
        self.call_after_refresh(self._read_words)

    def book_changed(self) -> None:
        self.noted.hiding = self.casebook.book.hidden
        self._list_anew()

    # The way back

    @property
    def crumb(self) -> str:
        return "Notebook"

    def place_kept(self) -> tuple[Order, str, int]:
        return self.order, self.query_text, self.noted.cursor

    def take_place(self, kept: tuple[Order, str, int]) -> None:
        if kept == self.place_kept():
            return
        self.order, self.search_box.value, cursor = kept
        self.noted.cursor = cursor

    @property
    def noted(self) -> NoteList:
        return self.query_one("#noted", NoteList)

    @property
    def notebook(self) -> Notebook:
        return self.casebook.keeper.notebook

    @property
    def footer_commands(self) -> tuple[Command, ...]:
        if self.search_box.has_focus:
            return WHILE_FINDING
        return super().footer_commands

    def is_of_use(self, command: Command) -> bool:
        if command is commands.DELETE and self.noted.item is None:
            return False
        return command is not commands.NOTEBOOK and super().is_of_use(command)

    # What is listed

    def show_rows(self, only: Sequence[str] | None = None) -> None:
        """Lists the notebook, or what a search has found in it."""
        try:
            if self._listed is None:
                self._listed = listing(self.notebook, self.order), counts(self.notebook)
        except CasebookError as error:
            self.casebook.complain(error)
            return
        rows, total = self._listed
        if only is not None:
            wanted = frozenset(only)
            rows = [row for row in rows if row.key in wanted]
        self._show_damage()
        self.title_bar.place = f"Notebook, {_SAID[self.order]}"
        nouns = (
            (total.notes, "note"),
            (total.highlights, "highlight"),
            (total.bookmarks, "bookmark"),
        )
        told = [f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in nouns if count]
        self.title_bar.aside = ", ".join(told) if only is None else f"{len(rows)} found"
        self.noted.empty_text = self._said_of_nothing(is_search=only is not None)
        self.noted.show(self.notebook, rows, self.order, folds=only is None)
        self._show_item()

    def _show_damage(self) -> None:
        """Says above the list what of a damaged notebook is not in it."""
        told = self.query_one("#notebook-damage", Static)
        told.display = self.notebook.is_damaged
        if self.notebook.is_damaged:
            losses = self.notebook.losses
            lines = [self.notebook.trouble, *losses[:_MOST_LOSSES_SHOWN]]
            if len(losses) > _MOST_LOSSES_SHOWN:
                lines.append(f"and {len(losses) - _MOST_LOSSES_SHOWN} more losses.")
            told.update("\n".join(lines))

    def _said_of_nothing(self, *, is_search: bool) -> str:
        if is_search:
            return "Nothing in the notebook matches."
        if self.order is Order.RECENT:
            return "No page has been opened yet."
        return "Nothing here yet. On a page, a adds a note, B a bookmark, A a highlight."

    def notebook_changed(self) -> None:
        self._changes += 1
        self._list_anew()

    def _list_anew(self) -> None:
        self._listed = None
        if self.query_text.strip():
            self._find(self.query_text)
        else:
            self.show_rows()

    def watch_order(self) -> None:
        self.casebook.remember("notebook_order", self.order.value)
        self._list_anew()

    def action_order(self) -> None:
        orders = list(Order)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]

    # Finding

    @property
    def search_box(self) -> Input:
        return self.query_one("#notebook-find", Input)

    def action_find(self) -> None:
        self.search_box.focus()
        self._read_words()

    @work(thread=True, exclusive=True, group="notebook-words")
    def _read_words(self) -> None:
        """Reads what will be searched, so that the first letter need not wait for it."""
        with suppress(CasebookError):  # it is told when something is looked for
            self._finder()

    def _finder(self) -> Finder:
        """The words of the notebook, read once after each change.

        Raises:
            NotebookError: the file cannot be read.
        """
        from casebook.notebook.search import Finder

        with self._reading_words:
            changes = self._changes
            if self._words is None or self._words[0] != changes:
                self._words = changes, Finder(self.notebook)
            return self._words[1]

    @on(Input.Changed, "#notebook-find")
    def _query_changed(self, event: Input.Changed) -> None:
        self.query_text = event.value

    @on(Input.Submitted, "#notebook-find")
    def _to_the_list(self) -> None:
        self.noted.focus()

    def watch_query_text(self, words: str) -> None:
        if words.strip():
            self._find(words)
        else:
            self.show_rows()

    @work(thread=True, exclusive=True, group="notebook-search")
    def _find(self, words: str) -> None:
        """Searches away from the keyboard; only the last query is answered."""
        try:
            found = [hit.key for hit in self._finder().find(words)]
        except CasebookError as error:
            self.app.call_from_thread(self.casebook.complain, error)
            return
        self.app.call_from_thread(self._show_found, words, found)

    def _show_found(self, words: str, found: list[str]) -> None:
        if words == self.query_text:
            self.show_rows(found)

    def action_back(self) -> None:
        if self.query_text:
            self.search_box.value = ""
            self.noted.focus()
        elif not self.noted.has_focus:
            self.noted.focus()
        else:
            super().action_back()

    # What is chosen

    @on(RowList.Moved, "#noted")
    def _show_item(self) -> None:
        self.asked_to_delete = None
        view = self.query_one("#note-page", DocumentView)
        item = self.noted.item
        fold = self.noted.fold
        if fold is not None:
            view.show(ratings_document(fold))
            return
        if item is None:
            view.show(Document("", ()))
            return
        view.show(item_document(item, self.casebook.book, self.notebook))

    @on(RowList.Chosen, "#noted")
    def _open(self) -> None:
        item, fold = self.noted.item, self.noted.fold
        if fold is not None:
            self.noted.toggle(fold)
            self.show_rows()
            return
        if item is None:
            self.casebook.say("There is nothing here to open.")
            return
        match item.value:
            case SavedView() as view:
                self.casebook.open_view(view)
            case Draft() as draft:
                self._open_draft(draft)
            case _ if not has_volume(self.casebook.book, item.book):
                self.casebook.say(f"This belongs to another book: {item.book}.")
            case _ if entries.find_key(self.casebook.book, item.entry) is None:
                self.casebook.say("That entry is no longer in this edition of the book.")
            case _:
                self.post_message(EntryWanted(item.entry, self._anchor_of(item)))

    def _open_draft(self, draft: Draft) -> None:
        note = None
        if draft.uid:
            try:
                note = notes.note(self.notebook, draft.uid)
            except CasebookError:
                note = None
        self.notes_controller.open_note((draft.target,), note)

    def _anchor_of(self, item: NotebookItem) -> str:
        """Where on its page an item is now: quotes are looked for, the rest has its anchor."""
        if not isinstance(item.value, Note) or item.value.target.quote is None:
            return item.place
        from casebook.book import pages
        from casebook.notebook.quotes import Texts, find
        from casebook.notebook.targets import anchor_at
        from casebook.page_documents import whole_page

        document = whole_page(pages.page(self.casebook.book, item.entry))
        texts = Texts(
            (anchor_at(document, at), block.text.plain) for at, block in enumerate(document.blocks)
        )
        found = find(item.value.target.quote, item.place, texts)
        if found is None:
            self.casebook.say("The text that this note is attached to is no longer on its page.")
        return found.place if found else ""

    def entry_to_pick(self) -> str | None:
        item = self.noted.item
        here = item is not None and has_volume(self.casebook.book, item.book)
        return item.entry or None if item is not None and here else None

    def note_at_hand(self) -> Note | None:
        item = self.noted.item
        return item.value if item and isinstance(item.value, Note) else None

    def targets_at_hand(self) -> Sequence[NoteTarget]:
        item = self.noted.item
        if item is not None and isinstance(item.value, Note | Draft):
            return (item.value.target,)
        return super().targets_at_hand()

    def text_to_copy(self) -> str:
        item = self.noted.item
        if item is None:
            return ""
        from casebook.exports.notes import as_text

        return as_text(item, self.casebook.book)

    # Deleting

    @work(group="noting", exclusive=True)
    async def action_delete(self) -> None:
        item = self.noted.item
        if item is None or item.kind is ItemKind.READING:
            self.casebook.say("There is nothing here to delete.")
            return
        if self.asked_to_delete != item:
            self.asked_to_delete = item
            self.casebook.say(f"Delete this {item.kind}? Press d again to delete it.")
            return
        self.asked_to_delete = None
        if await self.notes_controller.has_written(lambda n: delete(n, item)):
            self.casebook.say("Deleted. u undoes this.")

    def action_export(self) -> None:
        from tui.dialogs.export import ExportDialog
        from tui.dialogs.export_notes import NotebookToExport

        item = self.noted.item
        slug, title = (item.entry, item.title) if item is not None and item.entry else ("", "")
        self.app.push_screen(ExportDialog(NotebookToExport(slug, title)))


def delete(notebook: Notebook, item: NotebookItem) -> None:
    """Deletes what a row holds.

    Raises:
        NotebookError: another window has changed it, or it could not be written.
    """
    match item.value:
        case Note() as note:
            notes.delete(notebook, note)
        case Bookmark() as mark:
            bookmarks.set_bookmark(notebook, mark.book, mark.entry, mark.title, wanted=False)
        case Tagged() as tag:
            rest = [
                name
                for name in bookmarks.tags_of(notebook, tag.book, tag.entry)
                if name != tag.name
            ]
            bookmarks.set_tags(notebook, tag.book, tag.entry, tag.title, rest)
        case SavedView() as view:
            views.delete(notebook, view)
        case Prediction() as prediction:
            predictions.forget(notebook, prediction)
        case ListedEntry() as listed:
            reading_list.set_listed(notebook, listed.book, listed.entry, listed.title, wanted=False)
        case Draft() as draft:
            drafts.delete(notebook, draft)
