"""Whether what a screen shows is read before it stands, or away from the keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from casebook.book.connection import Book

READ_AT_ONCE = 100
SMALL_BOOK = 32 * 1024 * 1024
"""Entries, and bytes of a book, up to which a drawing is read before the screen is shown."""


def is_quick_to_read(book: Book, slugs: Sequence[str] | None) -> bool:
    """Whether reading some entries' events takes no longer than a reader would notice."""
    if slugs is None or len(slugs) > READ_AT_ONCE:
        return False
    try:
        return book.path.stat().st_size <= SMALL_BOOK
    except OSError:
        return False
