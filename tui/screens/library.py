"""The library: every entry, a filter beside it and a preview below."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.binding import BindingType
from textual.containers import Vertical
from textual.reactive import reactive
from textual.widget import Widget
from textual.worker import get_current_worker

from casebook.book import entries as book_entries
from casebook.book import filters
from casebook.book.filters import EntryFilter
from casebook.book.volumes import volumes
from casebook.errors import CasebookError
from tui import commands
from tui.command import Command, bindings
from tui.messages import EntryWanted
from tui.screens.base import CasebookScreen
from tui.screens.library_contents import contents_of, shelf, slugs_in
from tui.widgets.covered import CoveredBox
from tui.widgets.entry_list import EntryList

if TYPE_CHECKING:
    from textual.timer import Timer
    from textual.widgets import Input

    from casebook.exports.cite import CitableStatement
    from casebook.notebook.values import Note, NoteTarget
    from casebook.search.hits import SearchResult
    from tui.screens.continue_reading import ContinueReading
    from tui.screens.library_place import LibraryPlace
    from tui.screens.seminar_line import SeminarLine
    from tui.widgets.document_view import DocumentView
    from tui.widgets.facet_list import FacetList
    from tui.widgets.search_box import SearchBox

MOST_HITS = 200
PREVIEW_AFTER = 0.06
"""Seconds without a key after which the entry under the cursor is shown."""


FURNISH_AFTER = 0.01
"""Seconds that the first frame has to reach the terminal before anything else is begun."""

WHILE_TYPING = (
    commands.DOWN._replace(
        footer="select", keys="", display="\N{UPWARDS ARROW}\N{DOWNWARDS ARROW}"
    ),
    commands.OPEN._replace(keys="", display="enter"),
    commands.NEXT_PANE._replace(footer="to the results"),
    commands.BACK._replace(footer="clear"),
)
"""What keys do while a query is typed; all others are letters of it."""


class LibraryScreen(CasebookScreen):
    """The first screen; opened from another one, it is for a search, with a way back."""

    ACTIONS = (
        commands.OPEN,
        commands.FILTER,
        commands.CLEAR,
        commands.TIMELINE_OF_LIST,
        commands.CONTINUE,
        commands.EXPORT._replace(footer=""),
    )
    LEADS_TO = commands.FROM_AN_ENTRY
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((commands.FILTER, commands.CLEAR, commands.TIMELINE_OF_LIST, commands.EXPORT)),
    ]

    chosen: reactive[EntryFilter] = reactive(EntryFilter, init=False)
    query_text: reactive[str] = reactive("", init=False)

    _found_slugs: tuple[str, ...] | None = None
    """What the query finds without the filter; None where nothing is looked for."""

    _previewing: Timer | None = None
    """Runs while a preview is to be drawn."""

    @cached_property
    def _reading(self) -> ContinueReading:
        from tui.screens.continue_reading import ContinueReading

        return ContinueReading(self)

    @cached_property
    def _seminar(self) -> SeminarLine:
        from tui.screens.seminar_line import SeminarLine

        return SeminarLine(self, "#search-box")

    def compose_body(self) -> Iterable[Widget]:
        yield CoveredBox(id="search-box")
        with CoveredBox(id="library"), CoveredBox(id="found"):
            yield EntryList(id="entries")
            yield Vertical(id="preview-box")

    def on_mount(self) -> None:
        self.entries.focus()
        self.show_shelf()
        self.title_bar.aside = self.casebook.book.info.title
        self.call_after_refresh(self._furnish)

    async def _furnish(self) -> None:
        """Mounts what the first frame can do without, and what is dear to import."""
        # The thread that writes the first frame to the terminal would wait for all of it.
        await asyncio.sleep(FURNISH_AFTER)
        from tui.widgets.document_view import DocumentView
        from tui.widgets.facet_list import FacetBox, FacetList
        from tui.widgets.search_box import SearchBox

        box = SearchBox(self.casebook.recent_searches)
        await self.query_one("#search-box").mount(box)
        facet_box = FacetBox(FacetList(id="facets"), id="facet-box")
        await self.query_one("#library").mount(facet_box, before=0)
        await self.query_one("#preview-box").mount(DocumentView(id="preview"))
        self.casebook.garbage.begin()
        self._show_facets()
        self._preview()
        self.casebook.open_notebook()
        self.casebook.check_book()

    def notebook_changed(self) -> None:
        from casebook.notebook import bookmarks, history

        notebook = self.casebook.keeper.notebook
        books = [volume.slug for volume in volumes(self.casebook.book)]
        try:
            bookmarked = frozenset(
                mark.entry for book in books for mark in bookmarks.bookmarks(notebook, book)
            )
            read = frozenset().union(*(history.read_entries(notebook, book) for book in books))
        except CasebookError:
            return
        for entries in self.query(EntryList):
            entries.show_marks(bookmarked, read)
            self._tell_signs()
        self._reading.show()
        self._seminar.show()

    def on_screen_resume(self) -> None:
        # Ratings are kept without a word to the screens below.
        if self.casebook.keeper.is_open:
            self._seminar.show()

    def ratings_given(self) -> None:
        self._seminar.show()  # those of a screen that was left before they were kept

    def on_resize(self) -> None:
        if self.casebook.keeper.is_open:
            self._reading.place()

    def on_reading_strip_chosen(self) -> None:
        self.action_continue_reading()

    def on_seminar_strip_chosen(self) -> None:
        self._seminar.open()

    def action_continue_reading(self) -> None:
        self._reading.open()

    def book_changed(self) -> None:
        self.title_bar.aside = self.casebook.book.info.title
        self._show_found()
        self._show_facets()
        self._preview()
        self._seminar.show()

    @property
    def footer_commands(self) -> tuple[Command, ...]:
        if any(box.has_focus for box in self.query("#search")):
            return WHILE_TYPING if self.is_first else (*WHILE_TYPING[:-1], commands.BACK)
        return super().footer_commands

    @property
    def way_out(self) -> tuple[Command, ...]:
        return (commands.QUIT,) if self.is_first else super().way_out

    @property
    def entries(self) -> EntryList:
        return self.query_one("#entries", EntryList)

    # What the list shows

    def show_shelf(self, *, keep: str | None = None) -> None:
        """Shows the entries that the filter allows."""
        contents = shelf(self.casebook.book, self.chosen)
        self.entries.empty_text = "No entry matches the filter. x clears it."
        self.entries.show(contents, keep=keep or self.entries.slug)
        self.title_bar.place = self._said(sum(count for _, count in contents.groups))

    def _said(self, count: int) -> str:
        """The list in words: `Library, 12 entries: firms; in New Zealand`."""
        noun = "entry" if count == 1 else "entries"
        return self._named(f"{count} {noun}", self.chosen)

    def _named(self, listed: str, chosen: EntryFilter) -> str:
        words = filters.words_of(self.casebook.book, chosen)
        name = "Library" if self.is_first else "Search"
        return f"{name}, {listed}: {words}" if words else f"{name}, {listed}"

    def watch_chosen(self) -> None:
        self._show_found()
        self._show_facets()

    def _show_found(self) -> None:
        """Shows what the query finds among what the filter allows."""
        if self.query_text.strip():
            self.casebook.searcher.interrupt()
            self._search(self.query_text, self.chosen)
        else:
            self._found_slugs = None
            self.show_shelf()

    # The filter

    @property
    def facets(self) -> FacetList:
        return cast("FacetList", self.query_one("#facets"))

    @property
    def search_box(self) -> SearchBox:
        return cast("SearchBox", self.query_one("#search"))

    def _show_facets(self) -> None:
        if any(box.display for box in self.query("#facet-box")):
            found = filters.facets(self.casebook.book, self.chosen, self._found_slugs)
            self.facets.show(found)

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
            self.chosen = EntryFilter()

    def on_facet_list_shown(self) -> None:
        self._show_facets()

    def on_facet_list_toggled(self, event: FacetList.Toggled) -> None:
        self.chosen = self.chosen.toggled(event.value.facet, event.value.value)

    # The way back

    @property
    def is_first(self) -> bool:
        """Whether there is no way back: nothing was opened before."""
        return not self.casebook.crumbs

    @property
    def crumb(self) -> str:
        if self.app.screen_stack.count(self) < 2:  # opened again, it is for a search
            return "Library"
        return f"Search: {self.query_text.strip()}" if self.query_text.strip() else "Search"

    def place_kept(self) -> LibraryPlace:
        from tui.screens.library_place import LibraryPlace

        return LibraryPlace(
            self.query_text,
            self.chosen,
            self.title_bar.place,
            self._found_slugs,
            self.entries.contents,
            self.entries.cursor,
            round(self.entries.scroll_offset.y),
            self.focused,
            self.casebook.book.hidden,
        )

    def take_place(self, kept: LibraryPlace) -> None:
        if kept == self.place_kept():
            return
        if kept.hidden != self.casebook.book.hidden:
            # What was listed then may tell what is hidden now.
            self._set_wanted(kept.query, kept.chosen)
            self._show_found()
            self._show_facets()
            return
        if (kept.query, kept.chosen) != (self.query_text, self.chosen):
            self._set_wanted(kept.query, kept.chosen)
            self._found_slugs = kept.found
            self.title_bar.place = kept.title
            self._show_facets()
            self.entries.show(kept.contents)
        self.entries.cursor = kept.cursor
        self.entries.scroll_to(y=kept.top, animate=False, immediate=True, force=True)
        self.entries.show_line(kept.cursor)  # the list may have been higher then
        self.set_focus(kept.focused or self.entries)

    def clear(self) -> None:
        """Shows the whole book."""
        self._set_wanted("", EntryFilter())
        self._found_slugs = None
        self.show_shelf()
        self._show_facets()

    def _set_wanted(self, query: str, chosen: EntryFilter) -> None:
        """Notes what is looked for, without looking for it."""
        self.set_reactive(LibraryScreen.query_text, query)
        self.set_reactive(LibraryScreen.chosen, chosen)
        box = self.search_box
        with box.prevent(type(box).Changed):
            box.value = query

    # Searching

    def action_search(self) -> None:
        # At once: `focus` would leave it for after the letters that have come in already.
        self.set_focus(self.search_box)

    def on_input_changed(self, event: Input.Changed) -> None:
        self.query_text = event.value

    def watch_query_text(self) -> None:
        self._show_found()
        if self._found_slugs is None:
            self._show_facets()

    @work(thread=True, exclusive=True, group="search")
    def _search(self, words: str, chosen: EntryFilter) -> None:
        """Searches away from the keyboard; only the last query is answered."""
        worker = get_current_worker()
        try:
            answer = found = None
            # The palette searches, too, and interrupts what is still waited for here.
            while (answer is None or found is None) and not worker.is_cancelled:
                answer = self.casebook.searcher.answer(words, MOST_HITS, chosen)
                # What a facet counts is not narrowed by its own choice.
                found = self.casebook.searcher.answer(words, MOST_HITS) if chosen else answer
        except CasebookError as error:
            self.app.call_from_thread(self.casebook.complain, error)
            return
        if answer is not None and found is not None and not worker.is_cancelled:
            self.app.call_from_thread(self._show_hits, answer, chosen, found)

    def _show_hits(self, answer: SearchResult, chosen: EntryFilter, found: SearchResult) -> None:
        if answer.query != self.query_text or chosen != self.chosen:
            return
        self._found_slugs = tuple(hit.slug for hit in found.hits)
        self._show_facets()
        self.entries.show(contents_of(self.casebook.book, answer, self.entries.size.width))
        self.title_bar.place = self._named(answer.counted, chosen)

    def on_search_box_stepped(self, event: SearchBox.Stepped) -> None:
        self.entries.step(event.by)

    def on_input_submitted(self) -> None:
        self.entries.focus()
        self._open()

    def action_back(self) -> None:
        if not self.is_first:
            super().action_back()
        elif self.query_text:
            self.search_box.value = ""
            self.entries.focus()
        elif not self.entries.has_focus:
            self.remove_class("-filtering")
            self.entries.focus()
        elif self.chosen:
            self.chosen = EntryFilter()
        else:
            self.notify_plainly("This is the first page; q quits Casebook.")

    def action_quiz(self) -> None:
        """Asks on what: more than one thing may be meant by a list."""
        from tui.screens.quiz_choice import ask_for_quiz

        ask_for_quiz(self, self.entries.slug)

    def statement_to_copy(self) -> CitableStatement | None:
        return self.copier.statement_of(self.entries.slug) if self.entries.slug else None

    def action_export(self) -> None:
        chosen = [self.entries.slug] if self.entries.slug else []
        self.casebook.export_cases(self.casebook.picked or chosen)

    def entry_to_pick(self) -> str | None:
        return self.entries.slug

    def to_gather(self) -> Note | NoteTarget | None:
        """What a search has found, else the entry as a whole."""
        slug, anchor = self.entries.slug, self.entries.found_at
        if slug is not None and anchor:
            from tui.screens.targets import target_found

            found = target_found(self.casebook.recent_pages.page(slug), anchor)
            if found is not None:
                return found
        return super().to_gather()

    def show_tray(self, tray: tuple[str, ...]) -> None:
        super().show_tray(tray)
        for entries in self.query(EntryList):
            entries.show_picked(frozenset(tray))
            self._tell_signs()
        if self.casebook.keeper.is_open:
            self._seminar.show()

    def action_timeline_of_list(self) -> None:
        """The timeline of what the filter or the search has left."""
        if not self.query_text and not self.chosen:
            self.action_timeline_of_book()
            return
        if self.query_text:
            slugs = slugs_in(self.entries.contents)
        else:
            slugs = book_entries.slugs(self.casebook.book, self.chosen)
        if slugs:
            self.casebook.open_timeline(slugs, self.title_bar.place.partition(", ")[2])
        else:
            self.notify_plainly("No entries are listed.")

    # The preview, and opening

    @on(EntryList.Moved, "#entries")
    def _preview_soon(self) -> None:
        """Waits while keys follow one another, so that no key waits for a preview."""
        if self._previewing is not None:
            self._previewing.stop()
        self._previewing = self.set_timer(PREVIEW_AFTER, self._preview)

    def _preview(self) -> None:
        self._previewing = None
        self._tell_signs()
        self.refresh_keys()
        previews = self.query("#preview")
        if not previews:
            return
        from tui.screens.preview import preview

        slug, box = self.entries.slug, self.query_one("#preview-box")
        try:
            page = None if slug is None else self.casebook.recent_pages.page(slug)
        except CasebookError as error:
            self.notify_plainly(error.message, is_error=True)
            return
        shown = preview(page, box.size.height)
        box.border_title = shown.border_title
        cast("DocumentView", previews.first()).show(shown.document)

    def _tell_signs(self) -> None:
        """Says at the right of the title what the signs of the entry mean."""
        signs = zip(("bookmarked", "read", "compared"), EntryList.SIGNS, strict=False)
        said = self.entries.signs_said.split(", ")
        told = [f"{sign} {word}" for word, (sign, _) in signs if word in said]
        self.title_bar.aside = ", ".join(told) or self.casebook.book.info.title

    @on(EntryList.Chosen, "#entries")
    def _open(self) -> None:
        slug = self.entries.slug
        if slug is None:
            self.notify_plainly("There is no entry to open.")
        else:
            self.casebook.recent_searches.remember(self.query_text)
            self.casebook.searched(self.query_text)
            self.post_message(EntryWanted(slug, self.entries.found_at))
