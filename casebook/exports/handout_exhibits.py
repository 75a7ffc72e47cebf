"""Exhibits on paper: each a table with its caption and its note."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.book.exhibit_values import ExhibitLine, ExhibitRow
from casebook.book.page_values import Page
from casebook.document import DocBlock, Set
from casebook.exports.paper import DraftCell, DraftPart, DraftTable
from casebook.text import Text
from casebook.text_builder import TextBuilder


def exhibit_parts(page: Page) -> Iterator[DraftPart]:
    """The exhibits of a case, with the numbers that its teaching note calls them by."""
    for exhibit in page.exhibits:
        yield exhibit_table(exhibit)
        if exhibit.note.text:
            note = TextBuilder().add(f"Note: {exhibit.note.text}").cite(exhibit.note.citations)
            yield DocBlock(Set.PARAGRAPH, note.text())


def exhibit_table(exhibit: ExhibitLine) -> DraftTable:
    """An exhibit as a table; what is cited for a whole row stands in its last cell."""
    caption = TextBuilder().strong(f"{exhibit.name}.").add(f" {exhibit.caption.text}")
    return DraftTable(
        tuple(DraftCell(Text(head)) for head in exhibit.columns),
        tuple(table_row(row) for row in exhibit.rows),
        caption.cite(exhibit.caption.citations).text(),
    )


def table_row(row: ExhibitRow) -> tuple[DraftCell, ...]:
    """The cells of a row; what is cited for all of them stands in the last."""
    last = len(row.cells) - 1
    return tuple(
        DraftCell(
            TextBuilder()
            .add(cell.text)
            .cite((*cell.citations, *row.citations) if at == last else cell.citations)
            .text()
        )
        for at, cell in enumerate(row.cells)
    )
