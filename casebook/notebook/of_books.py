"""Rows of the books that are asked for: those that a book is made of, its volumes."""

from __future__ import annotations

from collections.abc import Sequence


def among(books: Sequence[str], column: str = "book") -> tuple[str, list[str]]:
    """A condition for rows of some books, and its parameters; of all where none is named."""
    if not books:
        return "1", []
    return f"{column} IN ({', '.join('?' * len(books))})", list(books)
