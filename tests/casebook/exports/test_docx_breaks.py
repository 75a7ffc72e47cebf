"""Where the pages of a Word document break."""

from __future__ import annotations

import io
from typing import Any

import pytest

from casebook.book.connection import open_book
from casebook.comparison.matrix import compare
from casebook.exports.formats import PaperFormat
from casebook.exports.handout import Handout, handout_content
from casebook.exports.handout_parts import Part
from tests.conftest import SHIPPED_BOOK

docx = pytest.importorskip("docx")
CASES = ("nosaku", "renown", "hiyoshi-ya", "asiro-gentian-alliance")


def _document(*parts: Part) -> Any:
    with open_book(SHIPPED_BOOK) as book:
        handout = Handout(compare(book, CASES), parts=parts)
        made = handout_content(book, handout, PaperFormat.DOCX, "book")
    assert isinstance(made, bytes)
    return docx.Document(io.BytesIO(made))


def _stays(row: Any) -> bool:
    """Whether a row stays on the page of the next."""
    kept = {bool(cell.paragraphs[0].paragraph_format.keep_with_next) for cell in row.cells}
    assert len(kept) == 1
    return kept.pop()


def test_each_worksheet_begins_a_page_and_nothing_behind_it_does() -> None:
    document = _document(Part.QUESTIONS, Part.WORKSHEET, Part.REFERENCES)
    breaks = [
        paragraph.text
        for paragraph in document.paragraphs
        if paragraph.paragraph_format.page_break_before
    ]
    assert breaks == ["Worksheet", "Worksheet: Hiyoshi-ya, Asiro gentian alliance"]


def test_no_row_is_left_alone_on_a_page() -> None:
    for table in _document(Part.TIMELINE, Part.EXHIBITS, Part.WORKSHEET).tables:
        head, *rows = table.rows
        assert _stays(head)
        assert not _stays(rows[-1])
        assert all(_stays(row) for row in [*rows[:1], *rows[-2:-1]] if row is not rows[-1])


def test_short_tables_are_not_torn_apart() -> None:
    (table, *_) = _document(Part.EXHIBITS).tables
    assert all(_stays(row) for row in list(table.rows)[:-1])
