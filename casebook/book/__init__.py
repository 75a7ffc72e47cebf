"""Open a book, ask it things.

Everything here reads with `sqlite3` alone and answers with plain values. A book is other
people's data: it is opened read-only, held against the known schema before any query, and
every text that leaves it is made safe.
"""

from casebook.book.opening import Book, check_header, open_book
from casebook.book.values import EntryLine, Page
from casebook.errors import BookError

__all__ = ["Book", "BookError", "EntryLine", "Page", "check_header", "open_book"]
