"""The workbook of cases: how it lies on paper, and which volume says what."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from casebook.book.connection import open_book
from casebook.exports.case_workbook import table_content
from casebook.exports.formats import TableFormat
from casebook.imports.template import template
from casebook.sheets import ASSESSMENTS, CASES, EVENTS, SOURCES
from tests.casebook.imports.tables import imported, new_pack, told
from tests.volume_packs import build_three

SLUGS = ["nosaku", "founder"]


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_three(tmp_path_factory.mktemp("volumes"))


def _workbook(content: str | bytes) -> openpyxl.Workbook:
    assert isinstance(content, bytes)
    return openpyxl.load_workbook(io.BytesIO(content))


def test_every_sheet_lies_on_a4_with_its_head_on_each_page(three: Path) -> None:
    with open_book(three) as book:
        exported = _workbook(table_content(book, SLUGS, TableFormat.XLSX))
        title = book.info.title
    for workbook in (exported, _workbook(template(None))):
        for sheet in workbook.worksheets:
            if sheet.sheet_state == "hidden":
                continue
            assert int(sheet.page_setup.paperSize) == 9, sheet.title
            assert sheet.page_setup.orientation == "landscape", sheet.title
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
            assert sheet.oddFooter.right.text == "&P / &N"
            assert sheet.title == "Read me" or sheet.print_title_rows == "$1:$1"
    assert exported[CASES].oddHeader.left.text == title.replace("&", "&&")


def test_the_sheet_of_cases_is_printed_without_its_long_texts(three: Path) -> None:
    with open_book(three) as book:
        sheet = _workbook(table_content(book, SLUGS, TableFormat.XLSX))[CASES]
    header = [cell.value for cell in sheet[1]]
    printed = sheet[sheet.print_area.rpartition("!")[2]]
    assert [cell.value for cell in printed[0]] == header[: header.index("Text")]
    assert len(printed) == len(SLUGS) + 1
    # What is not printed makes no row tall.
    assert max(sheet.row_dimensions[row].height for row in (2, 3)) < 150


def test_each_row_of_a_book_of_volumes_says_which_of_them_speaks(three: Path) -> None:
    with open_book(three) as book:
        workbook = _workbook(table_content(book, SLUGS, TableFormat.XLSX))
        text = table_content(book, SLUGS, TableFormat.CSV)
    assert isinstance(text, str)
    cases = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert {row["Slug"]: row["Volume"] for row in cases} == {"nosaku": "small", "founder": "more"}
    rows = [[cell.value for cell in row] for row in workbook[EVENTS].iter_rows()]
    key, volume = rows[0].index("Key"), rows[0].index("Volume")
    assert {row[key]: row[volume] for row in rows[1:]} == {
        "bell": "small", "visit": "more", "second-bell": "more",
    }  # fmt: skip
    assert workbook[ASSESSMENTS]["H1"].value == "Volume"
    assert "Volume" not in [cell.value for cell in workbook[SOURCES][1]]


def test_an_import_does_not_use_the_column_of_volumes(three: Path, tmp_path: Path) -> None:
    table = tmp_path / "cases.csv"
    with open_book(three) as book:
        table.write_text(str(table_content(book, SLUGS, TableFormat.CSV)), encoding="utf-8")
    plan = imported(table, new_pack(tmp_path))
    (sheet,) = plan.sheets
    assert {match.header: match.column for match in sheet.matches}["Volume"] == ""
    assert "Volume" not in told(plan)
