"""What the chosen citation rests on, or where the chosen link leads."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from casebook.book.connection import Book
from casebook.book.entries import refs
from casebook.book.lists import term
from casebook.book.sources import gist_of
from casebook.citations import OWN, Citation
from casebook.document import Document, citation_label
from casebook.errors import CasebookError
from casebook.line_wrap import shortened, wrap
from casebook.safe_text import made_safe_line
from casebook.source_words import told_of
from tui.widgets.document_layout import LinkTarget, TargetKind

MOST_GISTS = 12
"""Paragraphs of one citation that are looked up for the panel."""


class CitationPanel(Widget):
    """A few lines below a document."""

    ALLOW_SELECT = False
    lines: reactive[tuple[str, ...]] = reactive(())

    def show(self, book: Book, target: LinkTarget | None, document: Document) -> None:
        """Shows what a target holds; nothing for None."""
        try:
            self.lines = tuple(_lines(book, target, document)) if target else ()
        except CasebookError as error:
            self.lines = (error.message,)
        self.set_class(bool(self.lines), "-shown")

    def show_nothing(self) -> None:
        """Gives its lines to the document."""
        self.lines = ()
        self.remove_class("-shown")

    def tell(self, words: str) -> None:
        """Shows some words, as many lines as they need."""
        lines = [words[start:end] for start, end in wrap(words, max(self.app.size.width - 2, 10))]
        self.lines = tuple(line for line in lines if line.strip())
        self.set_class(bool(self.lines), "-shown")

    def render(self) -> Content:
        width = self.content_size.width
        room = max(self.content_size.height, 1)
        whole = [line[start:end] for line in self.lines for start, end in wrap(line, width)]
        if len(whole) <= room:
            return Content("\n").join(Content(line) for line in whole)
        if len(self.lines) == 1:
            cut = shortened(f"{whole[room - 1]} {whole[room]}", width)
            return Content("\n").join(Content(line) for line in [*whole[: room - 1], cut])
        shown = list(self.lines[:room])
        if len(self.lines) > room:
            shown[-1] = f"… and {len(self.lines) - room + 1} more; enter opens them"
        return Content("\n").join(Content(shortened(line, width)) for line in shown)


def _lines(book: Book, target: LinkTarget, document: Document) -> list[str]:
    match target.kind:
        case TargetKind.CITATION:
            return [
                line
                for citation in target.citations
                for line in _citation_lines(book, citation, document)
            ]
        case TargetKind.ENTRY:
            ref = refs(book, [target.value]).get(target.value)
            return [f"{ref.title} ({ref.kind}); enter opens the page" if ref else target.value]
        case TargetKind.TERM:
            found = term(book, target.value)
            return [f"{found.name}: {found.definition}" if found else target.value]
        case _:
            address = made_safe_line(target.value)
            return [f"{address}; enter asks before opening it in a browser"]


def _citation_lines(book: Book, citation: Citation, document: Document) -> list[str]:
    label = citation_label(citation, document.sources)
    if citation.source == OWN:
        return [f"{label[:1].upper()}{label[1:]}: no source says this."]
    numbers = citation.paragraphs[:MOST_GISTS]
    gists = [(number, gist_of(book, citation.source, number)) for number in numbers]
    told = [f"\N{PILCROW SIGN}{number}: {gist}" for number, gist in gists if gist]
    source = document.sources.get(citation.source)
    standing = [words] if source and (words := told_of(source)) else []
    if len(told) == 1 and len(citation.paragraphs) == 1:
        return [f"{label}: {gists[0][1]}", *standing]
    if told:
        return [" \N{EM DASH} ".join((label, *standing)), *told]
    return [f"{label}: {source.reference}" if source else label, *standing]
