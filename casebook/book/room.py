"""How much a page may hold: rows of one sort, and characters altogether."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from casebook.book.connection import Book, Row
from casebook.text import Text

_Item = TypeVar("_Item", bound=tuple[Any, ...])

MOST_ON_PAGE = 5_000
"""Rows of one sort that a page shows."""

MOST_CHARACTERS = 1_000_000
"""Characters that a page shows altogether; a pack's longest has a third."""


class Room:
    """What a page may still hold. What goes beyond is left out, and noted among the faults."""

    def __init__(self, book: Book, of: str) -> None:
        self.book = book
        self.of = of
        self.left = MOST_CHARACTERS

    def rows(self, rows: list[Row], what: str) -> list[Row]:
        """The first of some rows, as many as are read."""
        return rows if len(rows) <= MOST_ON_PAGE else self._cut(rows, MOST_ON_PAGE, what)

    def values(self, values: Sequence[_Item], what: str) -> tuple[_Item, ...]:
        """The first of some values, as many as there is room for their words."""
        for at, value in enumerate(values):
            self.left -= _characters(value)
            if self.left < 0:
                return tuple(self._cut(values, at, what))
        return tuple(values)

    def _cut(self, items: Sequence[_Item], kept: int, what: str) -> list[_Item]:
        self.book.fault(
            f"{self.of} has more than a page can show: {len(items) - kept} of"
            f" {len(items)} {what} are left out"
        )
        return list(items[:kept])


def _characters(item: tuple[Any, ...]) -> int:
    """About how many characters the texts of a value have."""
    count = 1
    for part in item:
        if isinstance(part, str):
            count += len(part)
        elif isinstance(part, Text):
            count += len(part.plain)
    return count
