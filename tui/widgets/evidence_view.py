"""What the citation under the cursor rests on, beside the page on which it stands."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from textual.geometry import Size

from casebook.document import DocBlock, Document, Set
from casebook.errors import CasebookError
from casebook.safe_text import made_safe_line
from casebook.text import Text
from casebook.text_builder import TextBuilder
from tui.widgets.document_layout import LinkTarget, TargetKind
from tui.widgets.document_view import DocumentView

if TYPE_CHECKING:
    from casebook.book.connection import Book
    from casebook.evidence_documents import CitationPlace
    from casebook.notebook.values import Note

MOST_KEPT = 32
"""Answers that are kept: one goes to and fro among the citations of a page."""


class EvidenceView(DocumentView):
    """Follows the cursor of another document."""

    HELP_NAME = "The evidence"

    def __init__(self, *, id: str = "rests-on") -> None:  # noqa: A002
        super().__init__(id=id)
        self._kept: OrderedDict[tuple[LinkTarget, CitationPlace], Document] = OrderedDict()

    def follow(
        self, book: Book, target: LinkTarget, document: Document, standing: CitationPlace
    ) -> None:
        """Shows what a target of another document holds, or where it leads.

        Args:
            document: the one that has the target.
            standing: where the target stands.
        """
        key = target, standing
        shown = self._kept.pop(key, None)
        if shown is None:
            try:
                shown = _document_of(book, target, document, standing)
            except CasebookError as error:
                shown = Document("", (DocBlock(Set.PARAGRAPH, Text(error.message)),))
        self._kept[key] = shown
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        if shown is not self.document:
            self.show(shown)

    def forget(self) -> None:
        """Reads everything anew from now on."""
        self._kept.clear()

    def lines_changed(self) -> None:
        """Draws everything anew, without a layout of the whole screen where none is needed.

        Textual lays the screen out whenever the length of what scrolls changes, which here is
        each time that the cursor goes to another citation.
        """
        if not self.size.height or not self.show_vertical_scrollbar:
            super().lines_changed()
            return
        size = Size(self.size.width, self.line_count)
        self._strips.clear()
        self.set_reactive(EvidenceView.virtual_size, size)
        self.vertical_scrollbar.window_virtual_size = size.height
        self.refresh()

    def show_note(self, note: Note | None) -> None:
        """Shows one of the reader's own notes."""
        words = f"{note.text}\n\nenter or e edits it" if note else ""
        self.show(Document("Your note", (DocBlock(Set.PARAGRAPH, Text(words)),)))


def _document_of(
    book: Book, target: LinkTarget, document: Document, standing: CitationPlace
) -> Document:
    match target.kind:
        case TargetKind.CITATION:
            from casebook.evidence_documents import evidence_of

            return evidence_of(book, target.citations, document.sources, standing)
        case TargetKind.TERM:
            from casebook.book.lists import term
            from casebook.book.sources import sources_by_slug
            from casebook.source_documents import term_words

            found = term(book, target.value)
            if found is None:
                return _told(f"{target.value} is not in the glossary.")
            sources = sources_by_slug(book, (each.source for each in found.citations))
            block = DocBlock(Set.PARAGRAPH, term_words(found).text())
            return Document(found.name, (block, *_hint("opens the term")), sources)
        case TargetKind.ENTRY:
            return _entry_document(book, target.value)
        case _:
            return _told(f"{made_safe_line(target.value)}; enter asks before opening it.")


def _entry_document(book: Book, slug: str) -> Document:
    from casebook.book.entries import refs, summary_of

    ref = refs(book, [slug]).get(slug)
    if ref is None:
        return _told(slug)
    name = TextBuilder().strong(ref.title).add(f" ({ref.kind})").text()
    summary = summary_of(book, slug)
    blocks = [DocBlock(Set.PARAGRAPH, name)]
    blocks += [DocBlock(Set.PARAGRAPH, Text(summary))] if summary else []
    return Document(ref.title, (*blocks, *_hint("opens the page")))


def _hint(what: str) -> list[DocBlock]:
    words = TextBuilder().strong("enter").add(f" {what}").text()
    return [DocBlock(Set.PARAGRAPH, words)]


def _told(words: str) -> Document:
    return Document("", (DocBlock(Set.PARAGRAPH, Text(words)),))
