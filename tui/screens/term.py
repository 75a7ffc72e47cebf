"""A term of the glossary: what it means, and the entries that use it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import work
from textual.widget import Widget
from textual.worker import get_current_worker

from casebook.book.source_values import TermLine
from casebook.book.sources import sources_by_slug
from casebook.errors import CasebookError
from casebook.glossary_uses import TermUse, term_document, uses_of
from tui.screens.base import CasebookScreen
from tui.screens.reading_pane import READING, ReadingPane
from tui.screens.reading_size import is_quick_to_read


class TermScreen(CasebookScreen):
    """The page of a term."""

    CSS_PATH = "document.tcss"
    ACTIONS = READING
    pane: ReadingPane

    def __init__(self, term: TermLine) -> None:
        super().__init__()
        self.pane = ReadingPane()
        self.term = term

    def compose_body(self) -> Iterable[Widget]:
        yield self.pane

    def book_changed(self) -> None:
        self.on_mount()

    def on_mount(self) -> None:
        book = self.casebook.book
        self.title_bar.place, self.title_bar.aside = self.term.name, "Glossary"
        self.pane.main_view.focus()
        if is_quick_to_read(book, ()):
            self._show(uses_of(book, self.casebook.term_finder, self.term.slug))
        else:
            self._show(None)
            self._look_for_uses()

    def _show(self, uses: Sequence[TermUse] | None) -> None:
        cited = (citation.source for citation in self.term.citations)
        sources = sources_by_slug(self.casebook.book, cited)
        edition = self.casebook.book.edition
        self.pane.main_view.show_again(term_document(self.term, sources, uses, edition))

    @work(thread=True, exclusive=True, group="uses")
    def _look_for_uses(self) -> None:
        """Reads the texts of a large book away from the keyboard."""
        worker = get_current_worker()
        try:
            uses = uses_of(self.casebook.book, self.casebook.term_finder, self.term.slug)
        except CasebookError as error:
            self.app.call_from_thread(self.casebook.complain, error)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, uses)

    def _take(self, uses: Sequence[TermUse]) -> None:
        if self.is_attached:
            self._show(uses)
