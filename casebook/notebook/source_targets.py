"""What can be gathered from the pages of sources and the glossary, which are no entries."""

from __future__ import annotations

from casebook import anchors
from casebook.book.source_values import SourceLine, SourcePage
from casebook.citations import Citation, paragraph_locator
from casebook.notebook.values import NoteTarget


def target_of_source(book: str, source: SourceLine) -> NoteTarget:
    """A source as a whole."""
    cited = (Citation(source.slug),)
    place = anchors.source(source.slug)
    return NoteTarget(book, "", source.label, place, None, source.reference, cited)


def target_of_paragraph(book: str, page: SourcePage, number: int) -> NoteTarget | None:
    """A paragraph of a source; None where the book does not say what is in it."""
    gist = next((line.gist for line in page.paragraphs if line.number == number), "")
    if not gist:
        return None
    cited = (Citation(page.source.slug, paragraph_locator([number])),)
    return NoteTarget(book, "", page.source.label, anchors.paragraph(number), None, gist, cited)
