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
from casebook.exports.matrix_table import LONGEST_CELL, harmless
from casebook.exports.xml_text import xml_text
from casebook.sheets import CASES, LISTS, READ_ME, heading
from casebook.vocabulary import EventKind, Extent, Grade, Kind, Outcome, Rating

_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  (a document property without a zone)
_LAST_ROW = 5_000
"""The row down to which cells have drop-downs."""
_WIDTHS = {"text": 60, "summary": 50, "what": 50, "evidence": 50, "title": 28}
_WIDTH = 16

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
        return table_xlsx(sheets, case_choices(book))
    return table_csv(sheets)


def table_csv(sheets: Sheets) -> str:
    """The sheet of cases as CSV, with a byte order mark that tells Excel that this is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in sheets[CASES])
    return "\ufeff" + out.getvalue()


def table_xlsx(sheets: Sheets, choices: Choices, explanation: Sequence[str] = ()) -> bytes:
    """A workbook of the sheets.

    Args:
        choices: what drop-downs offer.
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
        sheet.set_column(0, 0, 100)
        for number, line in enumerate(explanation):
            _put(sheet, number, 0, line, plain)
    ranges = _lists(book, choices)
    for name, rows in sheets.items():
        sheet = written[name]
        sheet.freeze_panes(1, 2 if name == CASES else 1)
        for column, title in enumerate(rows[0]):
            key = title.lower()
            sheet.set_column(column, column, _WIDTHS.get(key.rpartition(" ")[2], _WIDTH))
            words = _list_of(key, name, ranges, choices.get("points", ()))
            if words:
                sheet.data_validation(
                    1, column, _LAST_ROW, column,
                    {"validate": "list", "source": words, "error_type": "information"},
                )  # fmt: skip
        for number, row in enumerate(rows):
            for column, words in enumerate(row):
                if words:
                    _put(sheet, number, column, words, plain if number else head)
    book.close()
    return out.getvalue()


def _put(sheet: Any, row: int, column: int, words: str, look: Any) -> None:
    sheet.write_string(row, column, xml_text(words)[:LONGEST_CELL], look)


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
        _put(sheet, 0, column, heading(name), None)
        for number, word in enumerate(words, 1):
            _put(sheet, number, column, word, None)
        letter = chr(ord("A") + column)
        ranges[name] = f"={LISTS}!${letter}$2:${letter}${len(words) + 1}"
    return ranges
