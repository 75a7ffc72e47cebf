"""The pages that were read last: the page below the cursor was read for its preview."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebook.book.connection import Book
    from casebook.book.page_values import Page

MOST_KEPT = 4


class RecentPages:
    """Reads pages of a book, and keeps a few: a book does not change while it is open."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._kept: OrderedDict[str, Page] = OrderedDict()

    def page(self, slug: str) -> Page:
        """Everything the book says of an entry.

        Raises:
            NotFoundError: the book has no entry of that slug.
            BookError: the file is damaged.
        """
        from casebook.book import pages  # not before the first page is wanted

        page = self._kept.pop(slug, None) or pages.page(self._book, slug)
        self._kept[slug] = page
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return page
