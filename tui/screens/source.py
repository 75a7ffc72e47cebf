"""A source with its paragraphs, the list of sources, and the glossary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widget import Widget

from casebook import anchors
from casebook.book.lists import terms as all_terms
from casebook.book.source_values import TermLine
from casebook.book.sources import source_page, sources, sources_by_slug
from casebook.citations import Citation
from casebook.document import citation_label
from casebook.source_documents import (
    glossary_document,
    source_document,
    sources_document,
)
from tui.screens.base import CasebookScreen
from tui.screens.reading_pane import READING, ReadingPane
from tui.widgets.covered import CoveredBox
from tui.widgets.row_list import RowList
from tui.widgets.term_list import TermList

LISTS_CSS: list[str | PurePath] = ["document.tcss", "glossary.tcss"]

if TYPE_CHECKING:
    from casebook.notebook.values import Note, NoteTarget


class SourceScreen(CasebookScreen):
    """One source, opened at a paragraph; or the list of all."""

    CSS_PATH: ClassVar[list[str | PurePath]] = LISTS_CSS
    ACTIONS = READING
    pane: ReadingPane

    def __init__(self, citation: Citation | None = None) -> None:
        super().__init__()
        self.pane = ReadingPane()
        self.citation = citation

    def compose_body(self) -> Iterable[Widget]:
        yield self.pane

    def on_mount(self) -> None:
        self.pane.main_view.focus()
        self._show()

    def book_changed(self) -> None:
        self._show()

    def _show(self) -> None:
        book, citation = self.casebook.book, self.citation
        if citation is None:
            self.title_bar.place, self.title_bar.aside = "Sources", book.info.title
            self.pane.main_view.show(sources_document(sources(book)))
            return
        page = source_page(book, citation.source)
        self.title_bar.place = citation_label(citation, {page.source.slug: page.source})
        self.title_bar.aside = "source"
        first = citation.paragraphs[0] if citation.paragraphs else None
        anchor = anchors.paragraph(first) if first else ""
        self.pane.main_view.show(source_document(page), anchor=anchor)

    def shows(self, citation: Citation | None) -> bool:
        return self.citation == citation

    def to_gather(self) -> Note | NoteTarget | None:
        """The selected words, else the chosen paragraph or the one on top, else the source."""
        from casebook.notebook.quotes import quote_of
        from casebook.notebook.source_targets import target_of_paragraph, target_of_source

        view, book = self.pane.main_view, self.casebook.book
        if not view.document.blocks:
            return None
        selected = view.selected_words()
        chosen = selected[0] if selected else view.chosen_target and view.chosen_target.block
        block = view.document.blocks[view.top_block if chosen is None else chosen]
        where, _, name = block.anchor.partition(":")
        if self.citation is None:
            known = sources_by_slug(book, [name]) if where == "source" else {}
            return target_of_source(book.info.slug, known[name]) if known else None
        page = source_page(book, self.citation.source)
        if where == "paragraph" and name.isdecimal():
            found = target_of_paragraph(book.info.slug, page, int(name))
            if found is not None:
                words = selected and quote_of(found.context, selected[1], selected[2])
                return found._replace(quote=words) if words and words.exact else found
        return target_of_source(book.info.slug, page.source)


class GlossaryScreen(CasebookScreen):
    """The glossary, opened at a term; where there is room the terms are listed beside it."""

    CSS_PATH: ClassVar[list[str | PurePath]] = LISTS_CSS
    ACTIONS = READING
    pane: ReadingPane

    def __init__(self, slug: str = "") -> None:
        super().__init__()
        self.pane = ReadingPane()
        self.slug = slug
        self.terms: Sequence[TermLine] = ()
        self.term = 0

    def compose_body(self) -> Iterable[Widget]:
        self.terms = all_terms(self.casebook.book)
        with CoveredBox(id="glossary"):
            yield TermList([term.name for term in self.terms], id="terms")
            yield self.pane

    def book_changed(self) -> None:
        self.on_mount()

    def on_mount(self) -> None:
        book, terms = self.casebook.book, self.terms
        cited = sources_by_slug(book, (c.source for term in terms for c in term.citations))
        self.title_bar.place, self.title_bar.aside = "Glossary", book.info.title
        self.pane.main_view.focus()
        anchor = anchors.term(self.slug) if self.slug else ""
        self.pane.main_view.show(glossary_document(terms, cited), anchor=anchor)
        at = next((at for at, term in enumerate(terms) if term.slug == self.slug), 0)
        self.term = at
        self.query_one(TermList).cursor = at

    @on(RowList.Moved, "#terms")
    def _go_to_term(self, event: RowList.Moved) -> None:
        if event.row != self.term:
            self.term = event.row
            self.pane.main_view.go_to_place(anchors.term(self.terms[event.row].slug), 0)

    @on(RowList.Chosen, "#terms")
    def _read_term(self) -> None:
        self.pane.main_view.focus()
