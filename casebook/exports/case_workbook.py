"""Writes the sheets of a table of cases as CSV or as a workbook with drop-downs."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from casebook.book.connection import Book
from casebook.exports.case_table import Sheets, case_choices, case_sheets
from casebook.exports.extras import needed
from casebook.exports.formats import TableFormat
from casebook.exports.matrix_table import harmless
from casebook.exports.workbook_pages import CellWriter, put_text, set_up
from casebook.sheets import (
    ASSESSMENTS,
    CASES,
    EVENTS,
    EVIDENCE,
    LISTS,
    READ_ME,
    SOURCES,
    heading,
)
from casebook.source_grades import Extent, Grade
from casebook.statement_kinds import EventKind
from casebook.vocabulary import Kind, Outcome, Rating

_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  (a document property without a zone)
_LAST_ROW = 5_000
"""The row down to which cells have drop-downs."""
_WIDTHS = {
    CASES: {
        "slug": 12, "title": 22, "other names": 18, "summary": 44, "place": 12, "industry": 16,
        "size": 20, "years": 16, "outcome reason": 30, "text": 60, EVIDENCE: 50,
    },
    EVENTS: {
        "case": 22, "key": 20, "date": 16, "what": 60, "place": 14, "source": 16, "locator": 14,
    },
    ASSESSMENTS: {"case": 24, "framework": 20, EVIDENCE: 70, "source": 16, "locator": 14},
    SOURCES: {
        "id": 16, "type": 12, "authors": 26, "title": 46, "publication": 24, "publisher": 18,
        "url": 44, "doi": 18,
    },
}  # fmt: skip
_WIDTH = 10

_LAST_ON_PAPER = "outcome reason"
"""The last column of the cases that is printed: the text and the ratings have papers of their own,
and as rows of a table they would take hundreds of pages."""

CLOSED: dict[str, tuple[str, ...]] = {
    "kind": tuple(Kind),
    "outcome": tuple(Outcome),
    "grade": tuple(Grade),
    "read": tuple(Extent),
    "rating": tuple(rating for rating in Rating if rating is not Rating.SILENT),
    "kind of event": tuple(EventKind),
}
"""What the drop-downs of columns offer, whatever the pack."""

Choices = Mapping[str, Sequence[str]]
"""By the name of a column, or `kind of event`, the words that its cells may have."""


def table_content(book: Book, slugs: Sequence[str], form: TableFormat) -> str | bytes:
    """What a file with a table of some cases of a book holds.

    Raises:
        NotFoundError: the book has no such entry.
        MissingError: XlsxWriter is not installed.
    """
    sheets = case_sheets(book, slugs)
    if form is TableFormat.XLSX:
        return table_xlsx(sheets, case_choices(book), title=book.info.title)
    return table_csv(sheets)


def table_csv(sheets: Sheets) -> str:
    """The sheet of cases as CSV, with a byte order mark that tells Excel that this is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in sheets[CASES])
    return "\ufeff" + out.getvalue()


def table_xlsx(
    sheets: Sheets, choices: Choices, explanation: Sequence[str] = (), title: str = "Cases"
) -> bytes:
    """A workbook of the sheets.

    Args:
        choices: what drop-downs offer.
        title: what stands above each page that is printed.
        explanation: the lines of a sheet that explains the others.

    Raises:
        MissingError: XlsxWriter is not installed.
    """
    library = needed("xlsxwriter", "A workbook")
    out = io.BytesIO()
    book = library.Workbook(out, {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    })  # fmt: skip
    book.set_properties({"created": _EPOCH})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    written = {name: book.add_worksheet(name) for name in sheets}
    if explanation:
        sheet = book.add_worksheet(READ_ME)
        set_up(sheet, title)
        sheet.fit_to_pages(1, 0)
        put = CellWriter(sheet, (100,))
        for number, line in enumerate(explanation):
            put.row(number, (line,), plain)
    ranges = _lists(book, choices)
    for name, rows in sheets.items():
        sheet = written[name]
        sheet.freeze_panes(1, 2 if name == CASES else 1)
        set_up(sheet, title, repeated_rows=1)
        sheet.fit_to_pages(1, 0)
        keys = [heading.lower() for heading in rows[0]]
        on_paper = len(keys)
        if name == CASES:
            on_paper = keys.index(_LAST_ON_PAPER) + 1
            sheet.print_area(0, 0, max(len(rows) - 1, 1), on_paper - 1)
        put = CellWriter(sheet, [_width(key, name) for key in keys], deciding=on_paper)
        for column, key in enumerate(keys):
            words = _list_of(key, name, ranges, choices.get("points", ()))
            if words:
                sheet.data_validation(
                    1, column, _LAST_ROW, column,
                    {"validate": "list", "source": words, "error_type": "information"},
                )  # fmt: skip
        for number, row in enumerate(rows):
            put.row(number, row, plain if number else head)
    book.close()
    return out.getvalue()


def _width(column: str, sheet: str) -> int:
    widths = _WIDTHS[sheet]
    return widths.get(column, widths.get(column.rpartition(" ")[2], _WIDTH))


def _list_of(column: str, sheet: str, ranges: Mapping[str, str], points: Sequence[str]) -> str:
    """The range of cells with the words that a column may have; empty where any may stand."""
    if column in points:
        return ranges["rating"]
    if column == "kind" and sheet != CASES:
        return ranges["kind of event"]
    return ranges.get(column, "")


def _lists(book: Any, choices: Choices) -> dict[str, str]:
    """Writes the words of the drop-downs to a sheet, and says where each list stands."""
    sheet = book.add_worksheet(LISTS)
    sheet.hide()
    ranges: dict[str, str] = {}
    lists = {name: words for name, words in {**CLOSED, **choices}.items() if words}
    for column, (name, words) in enumerate(lists.items()):
        for number, word in enumerate((heading(name), *words)):
            put_text(sheet, number, column, word, None)
        letter = chr(ord("A") + column)
        ranges[name] = f"={LISTS}!${letter}$2:${letter}${len(words) + 1}"
    return ranges
