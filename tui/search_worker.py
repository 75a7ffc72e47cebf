"""Searches away from the keyboard, on a connection of their own, and what was searched."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from casebook.book.connection import Book, open_book
from casebook.book.filters import EntryFilter
from casebook.book.hidden import hide
from casebook.errors import BookError, InterruptedQueryError

if TYPE_CHECKING:
    from casebook.search.hits import SearchResult

MOST_REMEMBERED = 50


class Searcher:
    """Answers queries of one book; a new query makes the one before give up.

    `answer` is called from worker threads, `interrupt` from the thread of the screen.
    """

    def __init__(self, book: Book) -> None:
        self.book = book
        self._own: Book | None = None
        self._lock = threading.Lock()
        self._interruptions = 0

    def answer(
        self, words: str, limit: int, chosen: EntryFilter = EntryFilter()
    ) -> SearchResult | None:
        """The answer to a query; None where it was interrupted.

        Raises:
            BookError: the file is damaged, gone or another one now, or takes too long to search.
        """
        from casebook.search.finder import search

        with self._lock:
            if self._own is None:
                self._own = self._opened()
            hide(self._own, self.book.hidden)
            interruptions = self._interruptions
            try:
                return search(self._own, words, limit, chosen=chosen)
            except InterruptedQueryError:
                if self._interruptions == interruptions:
                    raise  # it has taken too long, and nobody else will say so
                return None

    def _opened(self) -> Book:
        """A connection to the book that the screens show, and to no other in its place."""
        own = open_book(self.book.path)
        if not own.holds_the_same_as(self.book):
            own.close()
            raise BookError(
                "The file of this book has changed. To search it, read the book anew (ctrl+p)."
            )
        return own

    def interrupt(self) -> None:
        """Makes a query that runs give up."""
        self._interruptions += 1
        if self._own is not None:
            self._own.interrupt()

    def close(self) -> None:
        """Closes the connection; a later query opens it again."""
        with self._lock:
            if self._own is not None:
                self._own.close()
                self._own = None


class RecentSearches:
    """The last queries, the newest last; none twice."""

    def __init__(self) -> None:
        self._words: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def __getitem__(self, at: int) -> str:
        return self._words[at]

    def remember(self, words: str) -> None:
        """Puts a query at the end."""
        words = words.strip()
        if words:
            self._words = [*(query for query in self._words if query != words), words][
                -MOST_REMEMBERED:
            ]
