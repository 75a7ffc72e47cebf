"""A comparison as a table for other programs: CSV and XLSX."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from casebook.book.setting_facts import setting_rows
from casebook.book.values import EntryLine
from casebook.comparison.documents import criterion_name
from casebook.comparison.matrix import Comparison
from casebook.document import citations_label
from casebook.exports.extras import needed
from casebook.exports.workbook_pages import CellWriter, set_up
from casebook.exports.xml_text import xml_text
from casebook.rating_signs import signed_rating
from casebook.sheets import VOLUME
from casebook.vocabulary import CONTESTED, BookRating, Rating

SETTING_COLUMNS = ("outcome", "place", "industry", "size", "years")
COLUMNS = (
    "framework", "criterion", "point", "entry", "title", "rating", "evidence", "citations",
    *SETTING_COLUMNS,
)  # fmt: skip
CASE_COLUMNS = ("entry", "title", "kind", *SETTING_COLUMNS)
"""What stands before the points where a case has one row."""

_LONGEST_PROPERTY = 255

_NAME_WIDTH, _CASE_WIDTH = 32, 24
_ACROSS = 4
"""Cases on a page."""

_PRINT_SCALE = 75
"""The hundredths at which that many cases fit A4, with letters wider than Excel's own too."""

_FORMULA = re.compile(r"(^|[;\t\r\n])(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])|^(?=[\t\r])")
"""Where a formula could begin: in a cell, and after what separates cells and rows elsewhere.

Where the comma is the decimal sign, spreadsheets read CSV with semicolons (or tabs) between
cells; quotation marks in the middle of such a cell hold nothing together.
"""

_COLORS: dict[BookRating, str] = {
    Rating.MET: "#DFEAD6",
    Rating.PARTLY: "#F6E8C8",
    Rating.NOT_MET: "#F3D5CF",
    CONTESTED: "#E3DDF0",
}
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  (a document property without a zone)


def columns_of(comparison: Comparison) -> tuple[str, ...]:
    """The columns of the matrix in long form.

    In a book of several volumes the last says which of them rates.
    """
    has_volumes = any(cell.volume for row in comparison.rows for cell in row.cells)
    return (*COLUMNS, VOLUME) if has_volumes else COLUMNS


def tidy_rows(comparison: Comparison) -> list[tuple[str, ...]]:
    """A row for each cell of the matrix, silent cells too, with the columns of `columns_of`."""
    has_volumes = VOLUME in columns_of(comparison)
    titles = {entry.slug: entry.title for entry in comparison.entries}
    settings = {entry.slug: _setting(entry) for entry in comparison.entries}
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
            *settings[cell.entry],
            *((cell.volume,) if has_volumes else ()),
        )
        for row in comparison.rows
        for cell in row.cells
    ]


def _setting(entry: EntryLine) -> tuple[str, ...]:
    """The cells of `SETTING_COLUMNS`; the outcome in the word that `--outcome` takes."""
    setting = entry.setting
    outcome = entry.outcome.value if entry.outcome else ""
    return outcome, setting.place, setting.industry, setting.size, setting.years


def wide_csv(comparison: Comparison, silent: str = "") -> str:
    """The matrix as CSV in wide form: a row for each case, a column for each point.

    It is for statistics: without the byte order mark, which R takes for a part of the first
    column's name.

    Args:
        silent: what stands where the sources say nothing.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    keys = [row.criterion.key for row in comparison.rows]
    points = [f"point_{key}" if key in CASE_COLUMNS else key for key in keys]
    writer.writerow([harmless(name) for name in (*CASE_COLUMNS, *points)])
    for at, entry in enumerate(comparison.entries):
        cells = (row.cells[at] for row in comparison.rows)
        ratings = (silent if cell.is_silent else cell.rating.value for cell in cells)
        case = (entry.slug, entry.title, entry.kind.value, *_setting(entry))
        writer.writerow([*(harmless(cell) for cell in case), *ratings])
    return out.getvalue()


def matrix_csv(comparison: Comparison) -> str:
    """The matrix as CSV in long form: a row for each cell, to be filtered and pivoted.

    A cell that a spreadsheet would take for a formula is written with an apostrophe before
    it, and the byte order mark tells Excel that this is UTF-8.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns_of(comparison))
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
        formats[rating.value] = book.add_format({"bg_color": color})
    _matrix_sheet(book, formats, comparison)
    rows = tidy_rows(comparison)
    evidence = book.add_worksheet("Evidence")
    columns = columns_of(comparison)
    widths = (16, 9, 22, 16, 20, 9, 54, 20, 12, 20, 24, 24, 18, 12)
    # The framework stands above each page, and what is told of the cases on the first sheet.
    on_paper = COLUMNS.index("citations") + 1
    _table(evidence, formats, columns, rows, widths[: len(columns)], on_paper)
    evidence.print_area(0, COLUMNS.index("criterion"), len(rows), on_paper - 1)
    evidence.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    sources = [
        (source.label, source.reference, source.note) for source in comparison.sources.values()
    ]
    references = book.add_worksheet("References")
    _table(references, formats, ("label", "reference", "note"), sources, (20, 90, 50))
    for sheet in (evidence, references):
        set_up(sheet, comparison.framework.title, repeated_rows=1)
        sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def _matrix_sheet(book: Any, formats: dict[str, Any], comparison: Comparison) -> None:
    sheet = book.add_worksheet("Matrix")
    set_up(sheet, comparison.framework.title, repeated_rows=1)
    count = len(comparison.entries)
    if count <= _ACROSS:
        sheet.fit_to_pages(1, 0)
    else:
        # Made to fit one page, more could not be read: the names of the points stand on each.
        sheet.repeat_columns(0)
        sheet.set_print_scale(_PRINT_SCALE)
        sheet.set_v_pagebreaks(list(range(1 + _ACROSS, count + 1, _ACROSS)))
    sheet.freeze_panes(1, 1)
    widths = [_NAME_WIDTH, *[_CASE_WIDTH] * count]
    put = CellWriter(sheet, widths)
    titles = [entry.title for entry in comparison.entries]
    put.row(0, (comparison.framework.title, *titles), formats["head"])
    line = 1
    for name, words in setting_rows(comparison.entries):
        put.row(line, (name, *words), formats["plain"])
        line += 1
    first = line
    for row in comparison.rows:
        marks = (cell.mark for cell in row.cells)
        put.row(line, (criterion_name(row.criterion), *marks), formats["plain"], formats["name"])
        line += 1
    if line > first:
        contested = {
            cell.mark for row in comparison.rows for cell in row.cells if cell.rating is CONTESTED
        }
        _markable(sheet, formats, (first, 1, line - 1, count), sorted(contested))
    counts = (comparison.counts_of(entry.slug).said for entry in comparison.entries)
    put.row(line, ("Ratings in the book", *counts), formats["plain"])


def _markable(
    sheet: Any, formats: dict[str, Any], cells: tuple[int, int, int, int], contested: Sequence[str]
) -> None:
    """Marks are chosen from a list, and their colours follow.

    Args:
        cells: the first row and column, and the last.
        contested: the marks of cells on which sources disagree.
    """
    marks = [*(signed_rating(rating) for rating in Rating), *contested]
    sheet.data_validation(
        *cells,
        {
            "validate": "list",
            "source": marks,
            "error_title": "Not a mark",
            "error_message": f"Choose one of: {', '.join(marks)}.",
        },
    )
    looks = [(signed_rating(rating), rating.value) for rating in _COLORS if rating in Rating]
    for mark, rating in (*looks, *((mark, CONTESTED.value) for mark in contested)):
        look = {"type": "cell", "criteria": "==", "value": f'"{mark}"', "format": formats[rating]}
        sheet.conditional_format(*cells, look)


def _table(
    sheet: Any,
    formats: dict[str, Any],
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[int],
    deciding: int | None = None,
) -> None:
    sheet.freeze_panes(1, 0)
    put = CellWriter(sheet, widths, deciding)
    put.row(0, heads, formats["head"])
    for line, row in enumerate(rows, 1):
        put.row(line, row, formats["plain"])
