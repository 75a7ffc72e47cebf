"""A comparison as a table for other programs: CSV and XLSX."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from casebook.book.setting_facts import setting_rows
from casebook.comparison.documents import criterion_name
from casebook.comparison.matrix import Comparison
from casebook.document import citations_label
from casebook.exports.extras import needed
from casebook.exports.xml_text import xml_text
from casebook.rating_signs import signed_rating
from casebook.vocabulary import Rating

COLUMNS = ("framework", "criterion", "point", "entry", "title", "rating", "evidence", "citations")
LONGEST_CELL = 32_767
"""Characters of a cell of a workbook, by Excel's limits."""

_LONGEST_PROPERTY = 255
_FORMULA = re.compile(r"(^|[;\t\r\n])(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])|^(?=[\t\r])")
"""Where a formula could begin: in a cell, and after what separates cells and rows elsewhere.

Where the comma is the decimal sign, spreadsheets read CSV with semicolons (or tabs) between
cells; quotation marks in the middle of such a cell hold nothing together.
"""

_COLORS = {Rating.MET: "#DFEAD6", Rating.PARTLY: "#F6E8C8", Rating.NOT_MET: "#F3D5CF"}
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  (a document property without a zone)


def tidy_rows(comparison: Comparison) -> list[tuple[str, ...]]:
    """A row for each cell of the matrix, silent cells too, with the columns `COLUMNS`."""
    titles = {entry.slug: entry.title for entry in comparison.entries}
    return [
        (
            comparison.framework.slug,
            row.criterion.key,
            row.criterion.title,
            cell.entry,
            titles[cell.entry],
            cell.rating.value,
            cell.evidence,
            citations_label(cell.citations, comparison.sources),
        )
        for row in comparison.rows
        for cell in row.cells
    ]


def matrix_csv(comparison: Comparison) -> str:
    """The matrix as CSV in long form: a row for each cell, to be filtered and pivoted.

    A cell that a spreadsheet would take for a formula is written with an apostrophe before
    it, and the byte order mark tells Excel that this is UTF-8.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in tidy_rows(comparison):
        writer.writerow([harmless(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def harmless(cell: str) -> str:
    """A cell with an apostrophe before whatever a spreadsheet would take for a formula."""
    return _FORMULA.sub(r"\1'", cell)


def matrix_xlsx(comparison: Comparison) -> bytes:
    """A workbook with three sheets: the matrix, the evidence in long form, the references.

    Raises:
        MissingError: XlsxWriter is not installed.
    """
    library = needed("xlsxwriter", "A workbook")
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = library.Workbook(out, options)
    title = xml_text(comparison.framework.title)[:_LONGEST_PROPERTY]
    book.set_properties({"title": title, "created": _EPOCH})
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
        "name": book.add_format({"text_wrap": True, "valign": "top", "bold": True}),
    }
    for rating, color in _COLORS.items():
        formats[rating.value] = book.add_format(
            {"text_wrap": True, "valign": "top", "bg_color": color}
        )
    _matrix_sheet(book, formats, comparison)
    evidence = book.add_worksheet("Evidence")
    _table(evidence, formats, COLUMNS, tidy_rows(comparison), (16, 9, 24, 18, 24, 10, 70, 26))
    evidence.autofilter(0, 0, max(len(tidy_rows(comparison)), 1), len(COLUMNS) - 1)
    sources = [
        (source.label, source.reference, source.note) for source in comparison.sources.values()
    ]
    _table(
        book.add_worksheet("References"), formats, ("label", "reference", "note"), sources,
        (20, 90, 50),
    )  # fmt: skip
    book.close()
    return out.getvalue()


def _matrix_sheet(book: Any, formats: dict[str, Any], comparison: Comparison) -> None:
    sheet = book.add_worksheet("Matrix")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, len(comparison.entries), 24)
    put = _TextWriter(sheet)
    put(0, 0, comparison.framework.title, formats["head"])
    for column, entry in enumerate(comparison.entries, 1):
        put(0, column, entry.title, formats["head"])
    line = 1
    for name, words in setting_rows(comparison.entries):
        put(line, 0, name, formats["plain"])
        for column, word in enumerate(words, 1):
            put(line, column, word, formats["plain"])
        line += 1
    for row in comparison.rows:
        put(line, 0, criterion_name(row.criterion), formats["name"])
        for column, cell in enumerate(row.cells, 1):
            look = formats.get(cell.rating.value, formats["plain"])
            put(line, column, signed_rating(cell.rating), look)
        line += 1
    put(line, 0, "Ratings", formats["plain"])
    for column, entry in enumerate(comparison.entries, 1):
        put(line, column, comparison.counts_of(entry.slug).said, formats["plain"])


class _TextWriter:
    """Writes cells as text, never as a number, a formula or a link; what is too long is cut."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet

    def __call__(self, row: int, column: int, words: str, look: Any) -> None:
        words = xml_text(words)
        cut = "\N{HORIZONTAL ELLIPSIS} (cut here)"
        if len(words) > LONGEST_CELL:
            words = words[: LONGEST_CELL - len(cut)] + cut
        self.sheet.write_string(row, column, words, look)


def _table(
    sheet: Any,
    formats: dict[str, Any],
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[int],
) -> None:
    sheet.freeze_panes(1, 0)
    put = _TextWriter(sheet)
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        put(0, column, head, formats["head"])
    for line, row in enumerate(rows, 1):
        for column, words in enumerate(row):
            put(line, column, words, formats["plain"])
