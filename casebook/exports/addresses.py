"""What stands at an address that is typed, to be put into the essay basket.

Addresses are those of `casebook cite`; beside entries they name sources: `mitsui2010` is a
source as a whole, `mitsui2010#12` its paragraph 12.
"""

from __future__ import annotations

from casebook import anchors
from casebook.book import entries, pages
from casebook.book.connection import Book
from casebook.book.page_values import Page
from casebook.book.sources import source_page, sources_by_slug
from casebook.errors import CasebookError, NotFoundError
from casebook.exports.cite import statement_at
from casebook.notebook.source_targets import target_of_paragraph, target_of_source
from casebook.notebook.targets import (
    target_at,
    target_of_event,
    target_on,
)
from casebook.notebook.values import NoteTarget
from casebook.notebook.whole_entry import target_of_entry
from casebook.page_documents import whole_page
from casebook.safe_text import made_safe_line


def gathered_at(book: Book, address: str, quote: str = "") -> NoteTarget:
    """What stands at an address.

    Args:
        quote: some words of an entry's page; then the address is the entry alone.

    Raises:
        CasebookError: there is no such place, or the page does not have these words.
    """
    slug, _, part = address.partition("#")
    is_source = entries.find_key(book, slug) is None and bool(sources_by_slug(book, [slug]))
    if is_source and not quote:
        return _of_source(book, slug, part)
    page = pages.page(book, slug)
    if quote:
        found = target_on(page.entry.volume, page, whole_page(page), quote)
        if found is None or not found.place:
            raise CasebookError("These words are not on the page; copy them from it.")
        return found
    return _of_part(book, page, address) if part else target_of_entry(page.entry.volume, page)


def _of_source(book: Book, slug: str, part: str) -> NoteTarget:
    page = source_page(book, slug)
    if not part:
        return target_of_source(book.info.slug, page.source)
    found = target_of_paragraph(book.info.slug, page, int(part)) if part.isdecimal() else None
    if found is None:
        raise NotFoundError(
            f"The book has no summary of a paragraph '{made_safe_line(part)}' of {slug};"
            f" `casebook sources {slug}` lists those it has."
        )
    return found


def _of_part(book: Book, page: Page, address: str) -> NoteTarget:
    name = page.entry.volume
    part = statement_at(book, address).address.partition("#")[2]
    framework, slash, key = part.rpartition("/")
    if not slash and not part.isdecimal():
        events = (*page.own_events, *page.events)
        return target_of_event(name, next(event for event in events if event.key == part))
    document = whole_page(page)
    anchor = anchors.criterion(framework, key) if slash else anchors.passage(int(part))
    at = document.index_of(anchor)
    if at is None:
        raise NotFoundError(f"There is no '{made_safe_line(part)}' on the page of this entry.")
    found = target_at(name, page, document, at)
    if not found.place:
        raise CasebookError("That is a heading; put a passage into the basket.")
    return found
