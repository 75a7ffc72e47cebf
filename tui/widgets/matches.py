"""The places of a document where some words stand, and which of them the reader is at."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from casebook.line_wrap import Span
from tui.widgets.document_layout import ShownBlock, clipped
from tui.widgets.line_view import StyleRun

Match = tuple[int, Span]
"""A block, and from where to where in its words."""


class Matches:
    """What was found in the blocks of a document.

    Attributes:
        current: the number of the match that the reader is at, or None.
    """

    def __init__(self) -> None:
        self.current: int | None = None
        self._found: list[Match] = []

    def __len__(self) -> int:
        return len(self._found)

    def find(
        self, words: str, blocks: Sequence[ShownBlock], is_drawn: Callable[[int, Span], bool]
    ) -> None:
        """Finds every place where some words stand.

        Case does not count, and any run of blanks stands for any other, so that a line
        break in between does not hide a match.
        """
        self.current = None
        self._found = []
        pattern = _pattern(words)
        if pattern:
            for number, shown in enumerate(blocks):
                found = ((number, m.span()) for m in pattern.finditer(shown.words))
                self._found += [match for match in found if is_drawn(*match)]

    def first_from(self, row: int, row_at: Callable[[int, int], int]) -> int:
        """The first match on a line or below it, else the first of all.

        Args:
            row_at: the line of a place in a block.
        """
        at = bisect_left(self._found, row, key=lambda match: row_at(match[0], match[1][0]))
        return at if at < len(self._found) else 0

    def beside(self, step: int) -> int:
        """The match after the current one, or with -1 the one before, round the ends."""
        current = self.current if self.current is not None else -1
        return (current + step) % len(self._found)

    def go_to(self, number: int) -> tuple[int, int]:
        """Makes a match the current one; says its block and where in it it begins."""
        self.current = number
        block, (start, _) = self._found[number]
        return block, start

    @property
    def place(self) -> tuple[int, int] | None:
        """The block of the current match, and where in its words it begins."""
        if self.current is None:
            return None
        block, (start, _) = self._found[self.current]
        return block, start

    @property
    def position(self) -> tuple[int, int]:
        """The number of the current match, from 1, and how many there are."""
        return (0 if self.current is None else self.current + 1), len(self._found)

    def runs(self, number: int, start: int, end: int, shift: int) -> Iterator[StyleRun]:
        """The styles of the matches on a line of a block."""
        # Matches stand in order; one that begins on the line before may end on this one.
        first = max(bisect_left(self._found, (number, (start, 0))) - 1, 0)
        last = bisect_left(self._found, (number, (end, 0)))
        for at in range(first, last):
            block, span = self._found[at]
            if block == number and span[1] > start:
                style = "current-match" if at == self.current else "match"
                yield clipped(StyleRun(*span, style), start, end, shift)


def _pattern(words: str) -> re.Pattern[str] | None:
    parts = [re.escape(part) for part in words.split()]
    return re.compile(r"\s+".join(parts), re.IGNORECASE) if parts else None
