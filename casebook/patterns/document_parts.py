"""What the parts of a document on patterns are made of: names of cases, marks, tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from casebook import anchors
from casebook.book.values import EntryRef
from casebook.comparison.matrix import Comparison
from casebook.document import DocBlock, Set, row_block
from casebook.patterns.ratios import RatioBounds
from casebook.text import Text
from casebook.text_builder import TextBuilder

MOST_NAMES = 16
"""Cases that are named in a row; JSON has all."""


class CaseNames:
    """The names of the compared cases, as links to their pages and to their marks."""

    def __init__(self, comparison: Comparison) -> None:
        self.framework = comparison.framework.slug
        self.refs = {
            entry.slug: EntryRef(entry.slug, entry.kind, entry.title)
            for entry in comparison.entries
        }

    def title(self, slug: str) -> str:
        return self.refs[slug].title

    def add(self, builder: TextBuilder, slug: str) -> TextBuilder:
        """Adds the name of a case, as a link to its page."""
        return builder.entry(self.refs[slug])

    def add_all(self, builder: TextBuilder, slugs: Sequence[str]) -> TextBuilder:
        """Adds the names of some cases, of many the first ones."""
        for at, slug in enumerate(slugs[:MOST_NAMES]):
            self.add(builder.add("; " if at else ""), slug)
        return self._add_rest(builder, len(slugs))

    def add_all_marks(
        self, builder: TextBuilder, marks: Mapping[str, Sequence[str]]
    ) -> TextBuilder:
        """Adds the names of some cases with points of each, of many the first ones."""
        for at, (slug, points) in enumerate(list(marks.items())[:MOST_NAMES]):
            self.add_marks(builder.add("; " if at else ""), slug, points)
        return self._add_rest(builder, len(marks))

    def _add_rest(self, builder: TextBuilder, count: int) -> TextBuilder:
        rest = count - MOST_NAMES
        return builder.add(f"; and {rest} more") if rest > 0 else builder

    def add_marks(self, builder: TextBuilder, slug: str, points: Iterable[str]) -> TextBuilder:
        """Adds the name of a case and the keys of points, as links to its evidence for them."""
        self.add(builder, slug).add(" (")
        for at, key in enumerate(points):
            anchor = anchors.criterion(self.framework, key)
            builder.add(", " if at else "").entry_at(self.refs[slug], anchor, key)
        return builder.add(")")


def said(bounds: RatioBounds | None) -> str:
    """A ratio as it is printed."""
    return bounds.said if bounds else "no cases"


def counted(number: int, noun: str) -> str:
    """`1 case`, `2 cases`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def paragraph(words: str | Text) -> DocBlock:
    return DocBlock(Set.PARAGRAPH, Text(words) if isinstance(words, str) else words)


def item(words: Text, level: int = 1) -> DocBlock:
    return DocBlock(Set.ITEM, words, "\N{BULLET}", level)


def table(
    columns: Sequence[str], rows: Iterable[Sequence[str | Text]], anchor: str
) -> list[DocBlock]:
    """A table as a block for each row.

    Args:
        anchor: that of each row begins with it.
    """
    return [
        row_block(
            columns,
            [Text(cell) if isinstance(cell, str) else cell for cell in row],
            number,
            f"{anchor}:{number}",
        )
        for number, row in enumerate(rows, 1)
    ]
