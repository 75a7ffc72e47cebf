"""The matrix in spreadsheets: nothing in it is a formula, and nothing is dropped."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.book.connection import Book, open_book
from casebook.comparison.cells import MatrixCell
from casebook.comparison.matrix import Comparison, compare
from casebook.exports.matrix_table import (
    COLUMNS,
    matrix_csv,
    matrix_xlsx,
    tidy_rows,
    wide_csv,
)
from casebook.exports.workbook_pages import LONGEST_CELL
from tests.casebook.exports.conftest import FORMULA
from tests.conftest import Ran

FOUR = ["asiro-gentian-alliance", "nosaku", "hiyoshi-ya", "renown"]


def _rows(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def _sheets(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_csv_has_a_row_a_cell_with_its_evidence(first_volume: Path) -> None:
    with open_book(first_volume) as book:
        comparison = compare(book, FOUR)
    heads, *rows = _rows(matrix_csv(comparison))
    assert tuple(heads) == COLUMNS
    assert len(rows) == len(comparison.rows) * len(FOUR)
    assert rows[0][:6] == [
        "success-checklist", "a", "Vision and strategy", "asiro-gentian-alliance",
        "Asiro gentian alliance", "met",
    ]  # fmt: skip
    assert rows[0][7] == "[Mitsui 2010 ¶61-62]"
    assert rows[3][5:8] == ["silent", "", ""]
    assert rows[3][8] == "failed"
    assert rows[0][9] == "Asiro, New Zealand, Chile, Netherlands"
    assert rows[0][10:] == [
        "growing gentians (Rindo)",
        comparison.entries[0].setting.size,
        "from the late 1990s on",
    ]


def test_the_long_form_says_which_volume_rates(shipped: Book) -> None:
    heads, *rows = _rows(matrix_csv(compare(shipped, ["nosaku", "steiff"])))
    assert tuple(heads) == (*COLUMNS, "volume")
    told = [dict(zip(heads, row, strict=True)) for row in rows]
    volumes = {row["volume"] for row in told if row["entry"] == "nosaku"}
    assert volumes >= {"niches", "elsewhere"}
    assert all((row["volume"] == "") == (row["rating"] == "silent") for row in told)


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


@pytest.mark.parametrize("silent", ["", "NA"])
def test_the_wide_form_has_a_row_a_case_and_a_column_a_point(shipped: Book, silent: str) -> None:
    comparison = compare(shipped, FOUR)
    text = wide_csv(comparison, silent)
    assert not text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["entry"] for row in rows] == FOUR
    assert [row["outcome"] for row in rows] == ["success", "success", "success", "failed"]
    for row, entry in zip(rows, comparison.entries, strict=True):
        for line in comparison.rows:
            cell = comparison.cell(line.criterion.key, entry.slug)
            expected = silent if cell.is_silent else cell.rating.value
            assert row[line.criterion.key] == expected


def test_no_cell_of_the_wide_form_is_a_formula(hostile: Book) -> None:
    text = wide_csv(compare(hostile, ["nosaku", "takaoka"]))
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert "'＝SUM(A1)" in cells
    assert not [cell for cell in cells if re.match(r"\s*[=+\-@＝＋－＠\t\r]", cell)]


def test_the_command_writes_the_wide_form(
    first_volume: Path, casebook: Callable[..., Ran], tmp_path: Path
) -> None:
    ran = casebook(
        "--book",
        first_volume,
        "compare",
        "nosaku",
        "renown",
        "--wide",
        "--na",
        "-o",
        tmp_path / "x.csv",
    )
    assert ran.code == 0, ran
    rows = list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text(encoding="utf-8"))))
    assert [row["entry"] for row in rows] == ["nosaku", "renown"]
    assert rows[1]["a"] == "NA"
    assert casebook("--book", first_volume, "compare", "nosaku", "--wide").out.startswith(
        "entry,title,kind,outcome,"
    )
    assert (
        casebook("--book", first_volume, "compare", "nosaku", "--wide", "--format", "xlsx").code
        == 1
    )
    assert casebook("compare", "nosaku", "--na").code == 1


def test_rows_of_a_workbook_are_as_tall_as_their_words(shipped: Book) -> None:
    sheets = _sheets(matrix_xlsx(compare(shipped, FOUR)))
    heights = [float(height) for height in re.findall(
        r'<row [^>]*\bht="([\d.]+)"', sheets["xl/worksheets/sheet2.xml"]
    )]  # fmt: skip
    evidence = [row[6] for row in tidy_rows(compare(shipped, FOUR))]
    tall = [h for h, words in zip(heights[1:], evidence, strict=False) if len(words) > 140]
    assert tall
    assert min(tall) >= 45


def test_every_sheet_is_set_up_for_paper_and_many_cases_are_split(shipped: Book) -> None:
    cases = [row[0] for row in shipped.ask("SELECT slug FROM entry WHERE outcome IS NOT NULL")]
    assert len(cases) >= 35
    sheets = _sheets(matrix_xlsx(compare(shipped, cases[:35])))
    for number in (1, 2, 3):
        sheet = sheets[f"xl/worksheets/sheet{number}.xml"]
        assert 'paperSize="9"' in sheet
        assert 'orientation="landscape"' in sheet
        assert "&amp;P / &amp;N" in sheet
    breaks = re.search(r"<colBreaks.*?</colBreaks>", sheets["xl/worksheets/sheet1.xml"])
    assert breaks is not None
    assert re.findall(r'<brk id="(\d+)"', breaks[0]) == [
        str(1 + across) for across in range(4, 35, 4)
    ]
    # A page has room for its cases where letters are 8 pixels wide, as those of DejaVu Sans are.
    matrix = sheets["xl/worksheets/sheet1.xml"]
    widths = [
        float(width) for width in re.findall(r'<col min="\d+" max="\d+" width="([\d.]+)"', matrix)
    ]
    scale = float(re.findall(r'scale="(\d+)"', matrix)[0]) / 100
    name, case = widths[0], widths[-1]
    assert (name + 4 * case) * 8 * scale / 96 * 25.4 <= 297 - 2 * 18
    assert "Matrix!$A:$A,Matrix!$1:$1" in sheets["xl/workbook.xml"]


def test_marks_are_chosen_from_a_list_and_coloured_by_rule(shipped: Book) -> None:
    sheet = _sheets(matrix_xlsx(compare(shipped, FOUR)))["xl/worksheets/sheet1.xml"]
    assert 'type="list"' in sheet
    assert "● met,◐ partly,✗ not met,· silent" in sheet
    assert sheet.count("<cfRule") == 3
