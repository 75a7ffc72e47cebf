"""The library: every entry, a filter beside it and a preview below."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.reactive import reactive
from textual.widget import Widget
from textual.worker import get_current_worker

from casebook.book import shelf
from casebook.book.shelf import ShelfFilter
from casebook.errors import CasebookError
from casebook.vocabulary import Kind
from tui import commands
from tui.commands import Command
from tui.messages import EntryWanted
from tui.screens.base import CasebookScreen
from tui.widgets.entry_list import EntryList, HitContents, ShelfContents

if TYPE_CHECKING:
    from textual.widgets import Input

    from casebook.search.hits import Hit
    from tui.widgets.document_view import DocumentView
    from tui.widgets.facet_list import FacetList


class LibraryScreen(CasebookScreen):
    """The first screen."""

    ACTIONS = (commands.OPEN, commands.FILTER, commands.CLEAR)
    BINDINGS: ClassVar[list[BindingType]] = [
        *commands.bindings((commands.FILTER, commands.CLEAR)),
    ]

    chosen: reactive[ShelfFilter] = reactive(ShelfFilter, init=False)
    query_text: reactive[str] = reactive("", init=False)

    def compose_body(self) -> Iterable[Widget]:
        yield Vertical(id="search-box")
        with Horizontal(id="library"), Vertical(id="found"):
            yield EntryList(id="entries")
            yield Vertical(id="preview-box")

    def on_mount(self) -> None:
        self.entries.focus()
        self.show_shelf()
        self.title_bar.aside = self.casebook.book.info.title
        self.call_after_refresh(self._furnish)

    async def _furnish(self) -> None:
        """Mounts what the first frame can do without, and what is dear to import."""
        from textual.widgets import Input

        from tui.widgets.document_view import DocumentView
        from tui.widgets.facet_list import FacetList

        box = Input(placeholder="Search: press /", id="search", select_on_focus=False)
        await self.query_one("#search-box").mount(box)
        facet_box = Vertical(FacetList(id="facets"), id="facet-box")
        await self.query_one("#library").mount(facet_box, before=0)
        await self.query_one("#preview-box").mount(DocumentView(id="preview"))
        gc.freeze()
        gc.enable()
        self._show_facets()
        self._preview()

    @property
    def way_out(self) -> tuple[Command, ...]:
        return (commands.QUIT,)

    @property
    def entries(self) -> EntryList:
        return self.query_one("#entries", EntryList)

    # What the list shows

    def show_shelf(self, *, keep: str | None = None) -> None:
        """Shows the entries that the filter allows."""
        book = self.casebook.book
        keys = shelf.ids(book, self.chosen)
        counts = shelf.counts_by_kind(book, self.chosen)
        groups = [(kind, counts[kind]) for kind in Kind if counts.get(kind)]
        self.entries.empty_text = "Nothing in the book is like that. x shows everything again."
        read = partial(shelf.lines, book, cited=False)
        contents = ShelfContents(keys, groups, read, partial(shelf.find_key, book))
        self.entries.show(contents, keep=keep or self.entries.slug)
        self.title_bar.place = self._said(sum(counts.values()))

    def _said(self, count: int) -> str:
        """The list in words: `12 entries: firms; in New Zealand`."""
        noun = "entry" if count == 1 else "entries"
        words = shelf.said(self.casebook.book, self.chosen)
        return f"{count} {noun}: {words}" if words else f"{count} {noun}"

    def watch_chosen(self) -> None:
        self.query_text = ""
        self.search_box.value = ""
        self.show_shelf()
        self._show_facets()

    # The filter

    @property
    def facets(self) -> FacetList:
        return cast("FacetList", self.query_one("#facets"))

    @property
    def search_box(self) -> Input:
        return cast("Input", self.query_one("#search"))

    def _show_facets(self) -> None:
        if any(box.display for box in self.query("#facet-box")):
            self.facets.show(shelf.facets(self.casebook.book, self.chosen))

    def action_filter(self) -> None:
        facets = self.facets
        if facets.has_focus:
            self.remove_class("-filtering")
            self.entries.focus()
        else:
            self.add_class("-filtering")
            self._show_facets()
            facets.focus()

    def action_clear(self) -> None:
        if self.query_text:
            self.search_box.value = ""
        elif self.chosen:
            self.chosen = ShelfFilter()

    def on_facet_list_toggled(self, event: FacetList.Toggled) -> None:
        self.chosen = self.chosen.toggled(event.value.facet, event.value.value)

    # Searching

    def action_search(self) -> None:
        self.search_box.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        self.query_text = event.value

    def watch_query_text(self, words: str) -> None:
        if words.strip():
            self._search(words)
        else:
            self.show_shelf()

    @work(thread=True, exclusive=True, group="search")
    def _search(self, words: str) -> None:
        """Searches away from the keyboard; only the last query is answered."""
        from casebook.search.simple import search

        worker = get_current_worker()
        hits = search(self.casebook.book, words)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show_hits, words, hits)

    def _show_hits(self, words: str, hits: list[Hit]) -> None:
        if words != self.query_text:
            return
        self.entries.empty_text = "Nothing was found."
        self.entries.show(HitContents(hits))
        self.title_bar.place = f"{len(hits)} found"

    def on_input_submitted(self) -> None:
        self.entries.focus()

    def action_back(self) -> None:
        if self.query_text:
            self.search_box.value = ""
            self.entries.focus()
        elif not self.entries.has_focus:
            self.remove_class("-filtering")
            self.entries.focus()
        elif self.chosen:
            self.chosen = ShelfFilter()

    def entry_to_pick(self) -> str | None:
        return self.entries.slug

    def show_tray(self, tray: tuple[str, ...]) -> None:
        super().show_tray(tray)
        for entries in self.query(EntryList):
            entries.show_picked(frozenset(tray))

    # The preview, and opening

    @on(EntryList.Moved, "#entries")
    def _preview(self) -> None:
        previews = self.query("#preview")
        if not previews:
            return
        from casebook.book import pages
        from casebook.document import Document, card

        preview = cast("DocumentView", previews.first())
        slug = self.entries.slug
        if slug is None:
            preview.show(Document("", ()))
            return
        try:
            page = pages.page(self.casebook.book, slug)
        except CasebookError as error:
            self.notify_plainly(error.message, is_error=True)
            return
        preview.show(card(page))

    @on(EntryList.Chosen, "#entries")
    def _open(self) -> None:
        if slug := self.entries.slug:
            self.post_message(EntryWanted(slug))
