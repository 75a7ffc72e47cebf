"""Citations: pointers from statements to places in sources."""

from __future__ import annotations

from typing import NamedTuple

OWN = "own"
"""The id that stands for no source: the words are the book's own."""

INFERRED_PREFIX = "inferred from"
MOST_PARAGRAPHS = 100_000


class Citation(NamedTuple):
    """A pointer from a statement to a place in a source.

    Attributes:
        source: the source's id.
        locator: `para. 63`, `paras. 62-64, 66`, `p. 12`; empty for the source as a whole.
        inferred: the statement is drawn from the place, not stated there.
    """

    source: str
    locator: str = ""
    inferred: bool = False

    @property
    def paragraphs(self) -> tuple[int, ...]:
        """The paragraph numbers of a locator that names paragraphs, else none."""
        label, _, numbers = self.locator.partition(" ")
        return numbers_of(numbers) if label in ("para.", "paras.") else ()

    def pandoc(self) -> str:
        """The citation in pandoc's syntax, without the brackets."""
        prefix = f"{INFERRED_PREFIX} " if self.inferred else ""
        return (
            f"{prefix}@{self.source}, {self.locator}" if self.locator else f"{prefix}@{self.source}"
        )


class CitationError(ValueError):
    """The text in brackets is no citation; the message says why."""


def numbers_of(text: str) -> tuple[int, ...]:
    """The numbers of a list such as `62-64, 66`.

    Raises:
        CitationError: a range runs backwards or is absurdly long.
    """
    numbers: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        try:
            low, high = int(first), int(last or first)
        except ValueError:
            raise CitationError(f"'{part.strip()}' is not a number") from None
        if not low <= high < low + MOST_PARAGRAPHS:
            raise CitationError(f"the range {part.strip()} runs backwards or too far")
        numbers.extend(range(low, high + 1))
    return tuple(numbers)
