"""How much a query of a book may take: time, rows and text.

A file of some kilobytes can be made so that it reads as gigabytes: many rows share one long
text, a tree leads to the same page again and again. So what is read is counted while it is
read, and a query that goes beyond what an honest book needs is given up with a sentence.
"""

from __future__ import annotations

import time

from casebook.errors import BookError, InterruptedQueryError
from casebook.safe_text import made_safe

LONGEST_STORED_TEXT = 256 * 1024
"""Bytes of one text that are read; a pack's longest is a passage of 10,000 characters."""

MOST_TEXT = 192 * 1024 * 1024
"""Bytes of memory that the texts of one query may take, about."""

MOST_ROWS = 2_000_000
"""Rows that one query may bring; a book of a million entries stays below."""

_ALWAYS_SECONDS = 0.1
"""What a query may take when all patience is gone."""

_SHORT_QUERY = 0.05
"""Queries below this many seconds cost no patience: an honest command has very many."""

_BYTES_A_SECOND = 10_000_000
"""How much longer a larger book may take altogether."""

_LONG_TEXT = 256
"""Bytes of a text from which on the clock is looked at before it is decoded."""


class QueryBudget:
    """The limits of a book's queries: each has a deadline, and all together have one, too.

    Patience is what many slow queries in a row have together. It comes back while none runs.
    """

    def __init__(self, file_size: int, seconds: float) -> None:
        self._most_patience = seconds + file_size / _BYTES_A_SECOND
        self._patience = self._most_patience
        self._begun = self._ended = time.monotonic()
        self._deadline = self._begun + seconds
        self._text_left = MOST_TEXT

    def begin(self, seconds: float) -> None:
        """A query begins that may take so long."""
        now = time.monotonic()
        self._patience = min(self._most_patience, self._patience + now - self._ended)
        self._begun = now
        self._deadline = now + min(seconds, max(self._patience, _ALWAYS_SECONDS))
        self._text_left = MOST_TEXT

    def end(self) -> None:
        """The query has ended."""
        self._ended = time.monotonic()
        taken = self._ended - self._begun
        if taken > _SHORT_QUERY:
            self._patience -= taken

    def is_overdue(self) -> int:
        """SQLite's progress handler: 1 ends the query."""
        return int(time.monotonic() > self._deadline)

    def text(self, data: bytes) -> str:
        """A stored text as it may be shown: cut to what is read of one, then made safe.

        Raises:
            InterruptedQueryError: the time of the query is over; SQLite does not look at
                the clock while texts are decoded.
            BookError: the query brings more text than any book has.
        """
        length = len(data)
        if length > _LONG_TEXT:
            if time.monotonic() > self._deadline:
                raise InterruptedQueryError("it took too long")
            if length > LONGEST_STORED_TEXT:
                data = data[:LONGEST_STORED_TEXT]
        text = data.decode("utf-8", "replace")
        is_ascii = text.isascii()
        self._text_left -= length if is_ascii else 4 * length
        if self._text_left < 0:
            raise BookError("it holds more text than can be read at once")
        # Most texts are plain, and there are very many.
        return text if is_ascii and text.isprintable() else made_safe(text)
