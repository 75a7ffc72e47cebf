"""The essay basket: what is gathered for an essay, in the order in which it will stand there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget

from casebook.book.volumes import has_volume
from casebook.document import Document
from casebook.errors import CasebookError
from casebook.notebook import basket
from casebook.notebook.basket_documents import basket_document
from casebook.notebook.basket_places import Fate, ItemStanding, standing
from casebook.notebook.masking import masked_basket_item
from casebook.notebook.values import BasketItem
from tui import commands
from tui.command import Command, bindings
from tui.messages import EntryWanted, SourceWanted
from tui.screens.base import CasebookScreen
from tui.widgets.basket_list import BasketList
from tui.widgets.covered import CoveredBox
from tui.widgets.document_view import DocumentView
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from casebook.notebook import Notebook, NoteTarget
    from casebook.notebook.values import Note

_OWN = (
    commands.OWN_WORDS,
    commands.ITEM_UP,
    commands.ITEM_DOWN,
    commands.DELETE,
    commands.EXPORT,
    commands.EMPTY_BASKET,
)
"""What the screen itself does; the list opens what is chosen."""


class BasketScreen(CasebookScreen):
    """A list of what is gathered, and what is chosen in full."""

    CSS_PATH = "basket.tcss"

    ACTIONS: ClassVar[tuple[Command, ...]] = (commands.OPEN, *_OWN)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(_OWN)]
    LEADS_TO = (commands.UNDO._replace(footer="undo"), commands.NOTEBOOK)

    def __init__(self) -> None:
        super().__init__()
        self._standings: dict[tuple[str, int], ItemStanding] = {}

    def compose_body(self) -> Iterable[Widget]:
        with CoveredBox(id="basket"):
            yield BasketList(id="gathered")
            with Vertical(id="item-box"):
                yield DocumentView(id="item-page")

    def on_mount(self) -> None:
        self.gathered.focus()
        self.show_items()

    @property
    def gathered(self) -> BasketList:
        return self.query_one("#gathered", BasketList)

    @property
    def footer_commands(self) -> tuple[Command, ...]:
        return tuple(shown for shown in super().footer_commands if shown is not commands.SEARCH)

    def show_items(self, keep: str = "") -> None:
        """Reads the basket anew.

        Args:
            keep: the uid of the item that the cursor goes to.
        """
        try:
            hiding = self.casebook.book.hidden
            gathered = basket.items(self.casebook.keeper.notebook)
            found = [masked_basket_item(hiding, item) for item in gathered]
        except CasebookError as error:
            self.casebook.complain(error)
            return
        count = len(found)
        self.title_bar.place = "Essay basket"
        self.title_bar.aside = f"{count} item{'' if count == 1 else 's'}" if count else ""
        self.gathered.show(found, keep)

    def notebook_changed(self) -> None:
        self.show_items()

    def book_changed(self) -> None:
        self._standings.clear()
        self.show_items()

    # What is chosen

    @property
    def item(self) -> BasketItem | None:
        return self.gathered.item

    def _standing(self, item: BasketItem) -> ItemStanding:
        """What has become of an item; looked for in the book once."""
        key = item.uid, item.version
        if key not in self._standings:
            self._standings[key] = standing(item, self.casebook.book)
        return self._standings[key]

    @on(RowList.Moved, "#gathered")
    def _show_item(self) -> None:
        view, item = self.query_one("#item-page", DocumentView), self.item
        if item is None:
            view.show(Document("", ()))
            return
        view.show(basket_document(item, self._standing(item), self.casebook.book))

    @on(RowList.Chosen, "#gathered")
    def _open(self) -> None:
        item = self.item
        if item is None:
            self.action_note()
        elif item.kind.is_own:
            self._write("Your own words", basket.written_as(item), item)
        else:
            self._open_in_book(item)

    def _open_in_book(self, item: BasketItem) -> None:
        found, target = self._standing(item), item.target
        if found.fate in (Fate.ELSEWHERE, Fate.GONE):
            self.casebook.say(found.said)
        elif target.entry:
            self.post_message(EntryWanted(target.entry, found.place or target.place))
        elif target.citations:
            self.post_message(SourceWanted(target.citations[0]))
        else:
            self.casebook.say("This is not on any page of the book.")

    def entry_to_pick(self) -> str | None:
        item = self.item
        here = item is not None and has_volume(self.casebook.book, item.target.book)
        return item.target.entry or None if item is not None and here else None

    def targets_at_hand(self) -> Sequence[NoteTarget]:
        item = self.item
        return (item.target,) if item is not None and not item.kind.is_own else ()

    def to_gather(self) -> Note | NoteTarget | None:
        return None

    def text_to_copy(self) -> str:
        return self.item.words if self.item else ""

    # Writing

    def action_note(self) -> None:
        self._write("Your own words", "", None)

    def action_edit(self) -> None:
        item = self.item
        if item is None or not item.text:
            self.casebook.say("Only your own words can be edited; a writes a sentence.")
            return
        from tui.editor import write_in_editor

        text = write_in_editor(self.casebook, basket.written_as(item))
        if text is not None and text.strip() != basket.written_as(item).strip():
            self.run_worker(self._keep(text, item, ""), group="noting")

    def _write(self, title: str, text: str, item: BasketItem | None) -> None:
        """Asks for words; for those of an item, or for a new one below the cursor."""
        from tui.dialogs.own_words import OwnWordsScreen

        after = self.item.uid if self.item else ""

        def answered(words: str | None) -> None:
            if words is not None and words.strip() != text.strip():
                self.run_worker(self._keep(words, item, after), group="noting")

        def keep(words: str) -> None:
            self.casebook.keeper.later(lambda n: _kept(n, words, item, after), words=words)

        self.app.push_screen(OwnWordsScreen(title, text, keep), answered)

    async def _keep(self, words: str, item: BasketItem | None, after: str) -> None:
        kept = await self.notes_controller.write(lambda n: _kept(n, words, item, after))
        if kept is not None:
            self.show_items(kept.uid)
        else:
            # It could not be kept: the words stay on the screen.
            self._write("Your own words, not saved yet", words, item)

    # Order

    def action_carry_up(self) -> None:
        self._carry(-1)

    def action_carry_down(self) -> None:
        self._carry(1)

    def _carry(self, step: int) -> None:
        item, place = self.item, self.gathered.cursor + step
        if item is not None and 0 <= place < len(self.gathered.items):
            self.run_worker(self._put_at(item, place), group="noting")

    async def _put_at(self, item: BasketItem, place: int) -> None:
        await self.notes_controller.has_written(lambda n: basket.put_at(n, item, place))

    def action_delete(self) -> None:
        if self.item is None:
            self.casebook.say("There is nothing here to remove.")
        else:
            self.run_worker(self._remove(self.item), group="noting")

    async def _remove(self, item: BasketItem) -> None:
        if await self.notes_controller.has_written(lambda n: basket.remove(n, [item])):
            self.casebook.say("Removed from the essay basket. u undoes this.")

    def action_empty_basket(self) -> None:
        from tui.dialogs.question import QuestionScreen

        count = len(self.gathered.items)
        if not count:
            self.casebook.say("The essay basket is empty.")
            return

        def take(answer: str | None) -> None:
            if answer == "empty":
                self.run_worker(self._clear(), group="noting")

        answers = {"empty": "Empty it; u brings everything back", "keep": "Keep it"}
        self.app.push_screen(QuestionScreen(f"Remove all {count} items?", answers), take)

    async def _clear(self) -> None:
        await self.notes_controller.has_written(basket.clear)

    def action_confirm(self) -> None:
        item = self.item
        now = self._standing(item).now if item is not None else None
        if item is None or now is None:
            self.casebook.say("The words of this item have not changed.")
            return
        self.run_worker(self._follow(item, now), group="noting")

    async def _follow(self, item: BasketItem, now: NoteTarget) -> None:
        if await self.notes_controller.write(lambda n: basket.follow(n, item, now)) is not None:
            self.casebook.say("Your changes were saved. u undoes this.")

    def action_export(self) -> None:
        from tui.dialogs.export import ExportDialog
        from tui.dialogs.export_essay import EssayToExport

        items = tuple(self.gathered.items)
        if not items:
            self.casebook.say("The essay basket is empty; there is nothing to export.")
            return
        self.app.push_screen(ExportDialog(EssayToExport(items, self.casebook.citation_style)))

    def action_basket(self) -> None:
        self.casebook.say("You are in the essay basket.")


def _kept(notebook: Notebook, words: str, item: BasketItem | None, after: str) -> BasketItem:
    if item is not None:
        return basket.change(notebook, item, words)
    return basket.add_own(notebook, words, after=after)
