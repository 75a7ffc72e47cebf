"""A source with its paragraphs, the list of sources, and the glossary."""

from __future__ import annotations

from casebook import anchors
from casebook.book import lists
from casebook.book import sources as of_book
from casebook.citations import Citation
from casebook.document import (
    glossary_document,
    source_document,
    sources_document,
)
from tui.screens.document import ReadingScreen


class SourceScreen(ReadingScreen):
    """One source, opened at a paragraph; or the list of all."""

    def __init__(self, citation: Citation | None = None) -> None:
        super().__init__()
        self.citation = citation

    def on_mount(self) -> None:
        self.main_view.focus()
        self.show_citation(self.citation)

    def show_citation(self, citation: Citation | None) -> None:
        """Shows the place that a citation names; for None the list of sources."""
        self.citation = citation
        book = self.casebook.book
        if citation is None:
            self.title_bar.place, self.title_bar.aside = "Sources", book.info.title
            self.main_view.show(sources_document(of_book.sources(book)))
            return
        page = of_book.source_page(book, citation.source)
        self.title_bar.place = page.source.label
        self.title_bar.aside = citation.locator
        first = citation.paragraphs[0] if citation.paragraphs else None
        anchor = anchors.paragraph(first) if first else ""
        self.main_view.show(source_document(page), anchor=anchor)


class GlossaryScreen(ReadingScreen):
    """The glossary, opened at a term."""

    def __init__(self, slug: str = "") -> None:
        super().__init__()
        self.slug = slug

    def on_mount(self) -> None:
        book = self.casebook.book
        terms = lists.terms(book)
        cited = of_book.sources_by_slug(book, (c.source for term in terms for c in term.citations))
        self.title_bar.place, self.title_bar.aside = "Glossary", book.info.title
        self.main_view.focus()
        anchor = anchors.term(self.slug) if self.slug else ""
        self.main_view.show(glossary_document(terms, cited), anchor=anchor)
