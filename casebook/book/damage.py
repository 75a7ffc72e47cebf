"""Damage to pages, for whoever reads parts of them and not the pages."""

from __future__ import annotations

from collections.abc import Iterable

from casebook.book.checksum import Checked
from casebook.book.connection import Book
from casebook.book.rows import in_batches, marks

MOST_CHECKED = 60
"""Entries of a list whose pages are checked."""


def note_damage(book: Book, slugs: Iterable[str]) -> None:
    """Notes which of some entries are not as they were built, among the book's faults.

    It costs nothing where the whole file was found to be as it was built; else each page is
    checked once, however often it is listed.
    """
    if book.checked is Checked.AS_BUILT:
        return
    from casebook.book import pages

    for batch in in_batches(list(dict.fromkeys(slugs))[:MOST_CHECKED]):
        for slug, key, stored in book.ask(
            f"SELECT slug, id, content_hash FROM entry WHERE slug IN ({marks(len(batch))})", batch
        ):
            # What is hidden is not in the digest.
            if key in book.checked_pages or slug in book.hidden.entries:
                continue
            if not pages.is_as_built(book, key, stored):
                pages.note_damaged(book, slug)
            book.checked_pages.add(key)
