"""Notes on entries as a whole; `targets` has those on parts of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.notebook.values import NoteTarget

if TYPE_CHECKING:
    from casebook.book.page_values import Page


def target_of_entry(book: str, page: Page) -> NoteTarget:
    """An entry as a whole."""
    summary = page.summary
    return NoteTarget(
        book, page.entry.slug, page.entry.title, "", None, summary.plain, summary.citations
    )
