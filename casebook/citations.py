"""Citations: pointers from statements to places in sources."""

from collections.abc import Iterable
from typing import NamedTuple

OWN = "own"
"""The id that stands for no source: the words are the book's own."""

INFERRED_PREFIX = "inferred from"
MOST_PARAGRAPHS = 100_000
MOST_TOGETHER = 1_000
"""Paragraphs of one citation that are put together with those of others."""


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


def each_place_once(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """The citations of several statements together, each place once.

    What is stated comes before what is inferred, and a place that states something is not
    named again as one from which something is inferred. The paragraphs of a source stand
    together, in order.
    """
    kept: dict[Citation, list[int]] = {}
    taken = set[tuple[str, str | int]]()
    for citation in sorted(citations, key=lambda citation: citation.inferred):
        if numbers := _few_paragraphs(citation):
            fresh = [number for number in numbers if (citation.source, number) not in taken]
            taken.update((citation.source, number) for number in fresh)
            if fresh:
                kept.setdefault(citation._replace(locator="paras."), []).extend(fresh)
        elif (citation.source, citation.locator) not in taken:
            taken.add((citation.source, citation.locator))
            kept[citation] = []
    return tuple(
        citation._replace(locator=paragraph_locator(numbers)) if numbers else citation
        for citation, numbers in kept.items()
    )


def _few_paragraphs(citation: Citation) -> tuple[int, ...]:
    """The paragraphs of a citation; none where they are not numbers, or absurdly many."""
    try:
        numbers = citation.paragraphs
    except CitationError:  # only a damaged book has one
        return ()
    return numbers if len(numbers) <= MOST_TOGETHER else ()


def paragraph_locator(numbers: Iterable[int]) -> str:
    """`para. 63`, `paras. 62-64, 66`: the locator of some paragraphs."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    words = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)
    return f"para{'.' if words.isdigit() else 's.'} {words}"


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
