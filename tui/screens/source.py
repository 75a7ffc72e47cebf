"""A source with its paragraphs, the list of sources, and the glossary."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from casebook import anchors
from casebook.book.lists import terms as all_terms
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


class SourceScreen(CasebookScreen):
    """One source, opened at a paragraph; or the list of all."""

    CSS_PATH = "document.tcss"
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


class GlossaryScreen(CasebookScreen):
    """The glossary."""

    CSS_PATH = "document.tcss"
    ACTIONS = READING
    pane: ReadingPane

    def __init__(self) -> None:
        super().__init__()
        self.pane = ReadingPane()

    def compose_body(self) -> Iterable[Widget]:
        yield self.pane

    def on_mount(self) -> None:
        book = self.casebook.book
        terms = all_terms(book)
        cited = sources_by_slug(book, (c.source for term in terms for c in term.citations))
        self.title_bar.place, self.title_bar.aside = "Glossary", book.info.title
        self.pane.main_view.focus()
        self.pane.main_view.show(glossary_document(terms, cited))
