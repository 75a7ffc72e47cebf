"""An exhibit as it is shown: a small table with a caption and citations."""

from collections.abc import Iterator
from typing import NamedTuple

from casebook.citations import Citation


class CitedWords(NamedTuple):
    """Words, and what they rest on."""

    text: str = ""
    citations: tuple[Citation, ...] = ()


class ExhibitRow(NamedTuple):
    """A row of cells; its own citations stand for all of them."""

    cells: tuple[CitedWords, ...]
    citations: tuple[Citation, ...] = ()


class ExhibitLine(NamedTuple):
    """A small table.

    Attributes:
        number: its place among those of its entry, from 1.
        rows: each with as many cells as there are columns.
        volume: the slug of the volume that says it, in a book of several volumes.
    """

    key: str
    number: int
    caption: CitedWords
    columns: tuple[str, ...]
    rows: tuple[ExhibitRow, ...]
    note: CitedWords = CitedWords()
    volume: str = ""

    @property
    def name(self) -> str:
        """`Exhibit 2`."""
        return f"Exhibit {self.number}"

    @property
    def all_citations(self) -> Iterator[Citation]:
        """The citations of all its parts."""
        yield from self.caption.citations
        for row in self.rows:
            for cell in row.cells:
                yield from cell.citations
            yield from row.citations
        yield from self.note.citations
