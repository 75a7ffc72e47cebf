"""Tables that are damaged, made to harm, or merely as they come from a spreadsheet."""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
import xlsxwriter

from casebook.errors import CasebookError
from casebook.imports import cells, csv_table, tables, workbook
from casebook.imports.tables import open_tables
from tests.casebook.imports.tables import (
    entry,
    imported,
    new_pack,
    planned,
    told,
    write_csv,
    write_workbook,
)
from tests.conftest import Ran

ROWS = [("Title", "Place", "Summary"), ("Müller & Söhne", "Köln", "Sie machen Messer; gute.")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_a_csv_is_read_as_it_comes(tmp_path: Path, delimiter: str, encoding: str) -> None:
    pack = new_pack(tmp_path)
    path = write_csv(tmp_path / "t.csv", ROWS, delimiter=delimiter, encoding=encoding)
    plan = imported(path, pack)
    assert "Müller & Söhne" in entry(pack, "muller-sohne")
    assert "Sie machen Messer; gute." in entry(pack, "muller-sohne")
    assert ("read as Windows-1252" in told(plan)) == (encoding in ("cp1252", "latin-1"))
    assert ("the columns are divided by" in told(plan)) == (delimiter != ",")


def _every_slip(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Firms")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.merge_range("A1:D1", "A list of firms")
    sheet.write_row(2, 0, ["Title", "Place", "Years", "Outcome", "Summary"])
    sheet.write_row(3, 0, ["Date", "Oslo"])
    sheet.write_datetime(3, 2, datetime.date(2003, 5, 1), day)
    sheet.write_boolean(3, 3, True)
    sheet.write_row(4, 0, ["Year shown as a date", "Oslo"])
    sheet.write_number(4, 2, 2003, day)
    sheet.write_formula(4, 3, "=A1", None, "success")
    sheet.write_row(5, 0, ["Number", "Oslo"])
    sheet.write_number(5, 2, 37622)
    sheet.write_formula(5, 3, "=1/0", None, "#DIV/0!")
    sheet.write_row(8, 0, ["After empty rows"])
    sheet.merge_range("B9:B10", "Bergen")
    sheet.write_row(9, 0, ["Merged"])
    sheet.write(40_000, 0, "Far below")
    book.add_worksheet("Scratch").write(0, 0, "x")
    book.close()
    return path


def test_each_slip_of_a_workbook_has_its_line(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    plan = imported(_every_slip(tmp_path / "firms.xlsx"), pack)
    for line in (
        "Firms: the cells A1:D1 are merged; their content is read from the first of them",
        "Firms: the cells B9:B10 are merged",
        "Firms: the sheet has formulas; the values saved with them are read",
        'Firms row 1: "A list of firms" is above the header and is not read',
        'Firms D4, Outcome: "TRUE" is true or false, which means nothing here (left out)',
        'Firms C5, Years: "1905-06-25" is the day of number 2003, which may be meant as a year',
        'Firms C6, Years: "37622" is a spreadsheet\'s number of a day; read as 2003-01-01 (read)',
        'Firms D6, Outcome: "#DIV/0!" is an error of the spreadsheet (left out)',
        "Scratch: is not used",
    ):
        assert line in told(plan), line
    assert 'edtf: "2003-05-01"' in entry(pack, "date")
    assert 'outcome: "success' in entry(pack, "year-shown-as-a-date")
    assert "Bergen" not in entry(pack, "merged")
    assert entry(pack, "far-below")


def test_a_formula_without_a_saved_value_is_left_out(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    rows = [("Title", "Outcome"), ("Alpha", "=B1")]
    plan = imported(write_workbook(tmp_path / "t.xlsx", {"Cases": rows}), pack)
    assert 'Cases B2, Outcome: "=B1" is a formula whose value is not saved (left out)' in told(plan)


def test_hostile_text_of_a_table_commands_no_terminal(
    tmp_path: Path, casebook: Callable[..., Ran]
) -> None:
    pack = new_pack(tmp_path)
    nasty = "\x1b]0;owned\x07\x9b31m\u202egnp.exe"
    table = write_csv(tmp_path / "t.csv", [("Title", "Years", nasty), (f"A{nasty}", nasty, nasty)])
    ran = casebook("import", table, "--pack", pack, "--write")
    assert ran.code == 0, ran
    written = "".join(path.read_text("utf-8") for path in pack.rglob("*") if path.is_file())
    for character in "\x1b\x07\x9b\u202e":
        assert character not in ran.out + ran.err + written
    assert casebook("check", pack).code == 0


def _changed(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """A workbook with one part of it changed."""
    made = write_workbook(path.with_suffix(".whole.xlsx"), {"Cases": ROWS})
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part == name else data)
    return path


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[: len(data) // 2],
        lambda data: b"",
        lambda data: b"not xml",
        lambda data: data.replace(b"<row", b"<row r='x'"),
        lambda data: b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]>" + data,
        lambda data: data.decode().encode("utf-16"),
    ],
    ids=["cut", "empty", "no XML", "no number", "entities", "UTF-16"],
)
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml"])
def test_a_damaged_workbook_is_one_sentence(
    tmp_path: Path, part: str, change: Callable[[bytes], bytes], casebook: Callable[..., Ran]
) -> None:
    path = _changed(tmp_path / "t.xlsx", part, change)
    pack = new_pack(tmp_path)
    try:
        plan = planned(path, pack)
    except CasebookError as error:
        assert len(error.message.splitlines()) == 1
    else:
        assert plan.sheets  # what is left of it is a table still


def test_a_bomb_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = new_pack(tmp_path)
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(SHEET, "w", force_zip64=True) as file,
    ):
        for _ in range(workbook.LARGEST_PART // 2**20 + 1):
            file.write(b"\0" * 2**20)
    assert path.stat().st_size < 1_000_000

    def never(*_: object, **__: object) -> None:
        raise AssertionError("it was unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "open", never)
    with pytest.raises(CasebookError, match="unpacked it is larger than 128 MiB"):
        planned(path, pack)


def test_a_sheet_that_claims_a_million_columns_is_read_at_once(tmp_path: Path) -> None:
    def claim(data: bytes) -> bytes:
        return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', data)

    with ExitStack() as until:
        table = open_tables(_changed(tmp_path / "t.xlsx", SHEET, claim), until)[0]
        assert [len(row.cells) for row in table.rows()] == [3, 3]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("t.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "an old workbook"),
        ("t.csv", b"", "the file is empty"),
        ("t.csv", b"\n\n\n", "no rows"),
        ("t.csv", b"\0\1\2\3" * 100, "not a table in a text file"),
        ("t.csv", b"\xff\xfea", "it begins as utf-16"),
        ("t.ods", b"PK\x03\x04", "save it as .xlsx or CSV"),
        ("t.xlsx", b"PK\x03\x04" + b"x" * 100, "the workbook is damaged"),
    ],
)
def test_what_is_no_table_is_one_sentence(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(CasebookError, match=re.escape(words)):
        planned(tmp_path / name, new_pack(tmp_path))


def test_a_table_is_a_regular_file(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    with pytest.raises(CasebookError, match="not a regular file"):
        planned(tmp_path, pack)
    with pytest.raises(CasebookError, match="No such file"):
        planned(tmp_path / "none.csv", pack)


def test_large_tables_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = new_pack(tmp_path)
    for module in (csv_table, workbook):
        monkeypatch.setattr(module, "MOST_ROWS", 5)
    rows = [("Title", "Summary"), *((f"Firm {number}", "s") for number in range(9))]
    for path in (
        write_csv(tmp_path / "t.csv", rows),
        write_workbook(tmp_path / "t.xlsx", {"Cases": rows}),
    ):
        plan = planned(path, pack)
        assert "only the first 5 rows are read" in told(plan)
        assert len(plan.changes) == 4
    monkeypatch.setattr(csv_table, "LONGEST_CELL", 10)
    plan = planned(write_csv(tmp_path / "u.csv", [("Title", "Summary"), ("A", "x" * 50)]), pack)
    assert "a cell has more than 10 characters; it is cut" in told(plan)
    monkeypatch.setattr(tables, "LARGEST_FILE", 10)
    with pytest.raises(CasebookError, match="it is not read"):
        planned(tmp_path / "t.csv", pack)


def test_letters_of_columns_are_those_of_spreadsheets() -> None:
    names = [cells.letter_of(column) for column in (0, 25, 26, 51, 52, 701, 702)]
    assert names == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_without_openpyxl_a_workbook_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    path = write_workbook(tmp_path / "t.xlsx", {"Cases": ROWS})
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(CasebookError, match=r"casebook\[import\]"):
        planned(path, new_pack(tmp_path))


OPENING = """
import resource, sys
from contextlib import ExitStack
from pathlib import Path
import openpyxl
from casebook.imports.tables import open_tables
sys.stdout.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) + " ")
with ExitStack() as until:
    (table,) = open_tables(Path(sys.argv[1]), until)
    rows = sum(1 for _ in table.rows())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, rows)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is told in other units")
@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
def test_a_table_is_not_held_in_memory(tmp_path: Path, name: str) -> None:
    cells = [[f"{row} {'words ' * 2_000}"] for row in range(2_000)]
    table = tmp_path / name
    if table.suffix == ".csv":
        write_csv(table, cells)
    else:
        write_workbook(table, {"Cases": cells})
    run = subprocess.run(
        [sys.executable, "-c", OPENING, str(table)], capture_output=True, text=True, check=True
    )
    before, after, rows = map(int, run.stdout.split())
    assert rows == len(cells)
    assert after - before < 10_000  # KiB, of a table that has 23,000
