"""The matrix in spreadsheets: nothing in it is a formula, and nothing is dropped."""

from __future__ import annotations

import csv
import io
import re
import zipfile

from casebook.book.connection import Book
from casebook.comparison.matrix import Comparison, MatrixCell, compare
from casebook.exports.matrix_table import COLUMNS, LONGEST_CELL, matrix_csv, matrix_xlsx
from tests.casebook.exports.conftest import FORMULA

FOUR = ["asiro-gentian-alliance", "nosaku", "hiyoshi-ya", "renown"]


def _rows(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def _sheets(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_csv_has_a_row_a_cell_with_its_evidence(shipped: Book) -> None:
    comparison = compare(shipped, FOUR)
    heads, *rows = _rows(matrix_csv(comparison))
    assert tuple(heads) == COLUMNS
    assert len(rows) == len(comparison.rows) * len(FOUR)
    assert rows[0][:6] == [
        "success-checklist", "a", "Vision and strategy", "asiro-gentian-alliance",
        "Asiro gentian alliance", "met",
    ]  # fmt: skip
    assert rows[0][7] == "[Mitsui 2010 ¶61-62]"
    assert rows[3][5:] == ["silent", "", ""]


def test_no_cell_of_a_csv_is_a_formula(hostile: Book) -> None:
    rows = _rows(matrix_csv(compare(hostile, ["nosaku", "takaoka"])))
    cells = [cell for row in rows for cell in row]
    assert any(cell.startswith(f"'{FORMULA}") for cell in cells)
    assert "'＝SUM(A1)" in cells
    assert "'@cmd" in cells
    assert not [cell for cell in cells if re.match(r"\s*[=+\-@＝＋－＠\t\r]", cell)]


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(hostile: Book) -> None:
    sheets = _sheets(matrix_xlsx(compare(hostile, ["nosaku", "takaoka"])))
    assert FORMULA in sheets["xl/sharedStrings.xml"]
    for name, xml in sheets.items():
        if name.startswith("xl/worksheets/"):
            assert "<f>" not in xml
            assert "hyperlink" not in xml.lower()


def test_the_workbook_has_matrix_evidence_and_references(shipped: Book) -> None:
    sheets = _sheets(matrix_xlsx(compare(shipped, FOUR)))
    for name in ("Matrix", "Evidence", "References"):
        assert f'name="{name}"' in sheets["xl/workbook.xml"]
    strings = sheets["xl/sharedStrings.xml"]
    for words in ("Asiro gentian alliance", "● met", "· silent", "Niches for SME"):
        assert words in strings
    assert "frozen" in sheets["xl/worksheets/sheet1.xml"]


def test_the_same_matrix_gives_the_same_workbook(shipped: Book) -> None:
    comparison = compare(shipped, FOUR)
    assert matrix_xlsx(comparison) == matrix_xlsx(comparison)


def test_a_cell_that_is_too_long_is_cut_and_says_so(shipped: Book) -> None:
    comparison = compare(shipped, ["nosaku"])
    row = comparison.rows[0]
    long = row._replace(cells=(MatrixCell("nosaku", row.cells[0].rating, "x" * 40_000),))
    cut = Comparison(comparison.framework, comparison.entries, (long,), {}, (long,))
    strings = _sheets(matrix_xlsx(cut))["xl/sharedStrings.xml"]
    assert "(cut here)" in strings
    assert "x" * (LONGEST_CELL + 1) not in strings
