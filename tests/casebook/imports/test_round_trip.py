"""A table that is imported, built and exported again has the cells that it had."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.casebook.imports.tables import entry, imported, new_pack, told, write_csv
from tests.conftest import Ran

SHEETS: dict[str, list[tuple[str, ...]]] = {
    "Cases": [
        ("Slug", "Title", "Kind", "Other names", "Summary", "Place", "Country", "Industry code",
         "Industry", "Size", "Years", "Founded", "Outcome", "Outcome reason", "Text", "Source",
         "Locator", "success-checklist a", "success-checklist a evidence"),
        ("harada-rope", "Harada Rope", "firm", "原田製綱 (native script); Cordage (brand)",
         "It *makes* ropes [of all sorts] & more.", "A town", "Japan", "1394; 3100",
         "ropes for boats; stools", "11 people", "since the early 1960s", "1961", "success",
         "half is sold abroad",
         "# Nets\n\nIt made nets = -1 < 2.\n\n- one\n- two\n\nThe end. [@minato2019, p. 9]",
         "source", "para. 3", "met", "It went to a show."),
        ("kvalheim-net", "Kvalheim Net", "region", "", "", "Bergen; Oslo", "Norway", "", "", "", "",
         "", "", "", "", "", "", "partly", ""),
        ("small", "Small", "firm", "", "=1+1 is two", "", "Norway", "", "", "", "until 2009", "",
         "failed", "", "", "", "", "", ""),
    ],
    "Events": [
        ("Case", "Key", "Date", "What", "Kind", "Place", "Source", "Locator"),
        ("Harada Rope", "first-sale", "late 1990s", "It sells", "export", "Oslo", "source", "para. 4"),
        ("Harada Rope", "end", "2005 (EDTF 2005?)", "It ends", "other", "", "", ""),
    ],
    "Assessments": [
        ("Case", "Framework", "Point", "Rating", "Evidence", "Source", "Locator"),
        ("Small", "success-checklist", "a", "not met", "It did not.", "", ""),
    ],
    "Sources": [
        ("Id", "Type", "Authors", "Year", "Title", "Publication", "Publisher", "DOI", "URL",
         "Grade", "Read", "Accessed"),
        ("source", "report", "Author, Anna", "2020", "A document", "", "", "", "", "", "", ""),
        ("minato2019", "article-journal", "Minato, Hana; The Ministry", "2019", "Ropes", "Nets",
         "Kaze", "10.1/a", "https://example.org/x", "B", "in part", "2026-11-05"),
    ],
}  # fmt: skip


def _cells(path: Path) -> dict[str, list[tuple[str, ...]]]:
    book = openpyxl.load_workbook(path)
    found = {}
    for name in SHEETS:
        rows = [[str(cell.value or "") for cell in row] for row in book[name].iter_rows()]
        found[name] = [tuple(row) for row in rows]
    return found


def test_import_build_export_gives_the_same_cells(
    tmp_path: Path, casebook: Callable[..., Ran]
) -> None:
    pack = new_pack(tmp_path)
    plan = imported(_write(tmp_path / "cases.xlsx"), pack)
    assert [str(one) for one in plan.remarks if "already" not in str(one)] == [
        "Cases R3, success-checklist a: a rating has no evidence; the table is named as its"
        " reason (read)"
    ]
    book, out = tmp_path / "book.sqlite", tmp_path / "out.xlsx"
    assert casebook("build", pack, "-o", book).code == 0
    slugs = ["harada-rope", "kvalheim-net", "small"]
    assert casebook("--book", book, "export", "table", *slugs, "-o", out).code == 0
    for name, rows in _cells(out).items():
        for row, wanted in zip(rows, SHEETS[name], strict=True):
            assert row == wanted
    # What was exported is imported as what is there already.
    again = new_pack(tmp_path / "again")
    imported(out, again)
    assert entry(again, "small").replace("@out-xlsx", "@cases-xlsx") == entry(pack, "small")


def _write(path: Path) -> Path:
    """Writes the sheets with every cell as text."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in SHEETS.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for column, words in enumerate(row, 1):
                if words:
                    sheet.cell(number, column, words).data_type = "s"
    book.save(path)
    return path


def test_the_first_volume_comes_back_through_a_csv(
    first_volume: Path, tmp_path: Path, casebook: Callable[..., Ran]
) -> None:
    pack = tmp_path / "pack"
    assert casebook("unpack", pack, "--book", first_volume).code == 0
    for name in ("glossary.yaml", "figures.yaml"):
        (pack / name).unlink()
    for folder in ("alliances", "firms", "regions", "programmes", "organisations"):
        for file in (pack / folder).iterdir():
            file.unlink()
    first, second = tmp_path / "cases.csv", tmp_path / "second.csv"
    assert casebook("--book", first_volume, "export", "table", "-o", first).code == 0
    ran = casebook("import", first, "--pack", pack, "--write")
    assert ran.code == 0, ran
    assert "To look at" not in ran.out
    assert casebook("build", pack, "-o", tmp_path / "book.sqlite").code == 0
    slugs = [row["Slug"] for row in csv.DictReader(io.StringIO(first.read_text("utf-8-sig")))]
    export = casebook("--book", tmp_path / "book.sqlite", "export", "table", *slugs, "-o", second)
    assert export.code == 0, export
    assert second.read_text("utf-8-sig") == first.read_text("utf-8-sig")


@pytest.mark.parametrize("with_pack", [False, True])
def test_the_template_can_be_filled_in_and_imported(
    tmp_path: Path, casebook: Callable[..., Ran], with_pack: bool
) -> None:
    pack = new_pack(tmp_path)
    path = tmp_path / "cases.xlsx"
    option = ["--pack", pack] if with_pack else []
    assert casebook("new", "workbook", "-o", path, *option).out == f"{path}\n"
    assert casebook("new", "workbook", "-o", path).code == 1  # not over what is filled in
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Cases", "Events", "Assessments", "Sources", "Read me", "Lists"]
    header = [cell.value for cell in book["Cases"][1]]
    assert ("success-checklist a" in header) == with_pack
    offered = {
        header[next(iter(one.sqref.ranges)).min_col - 1]
        for one in book["Cases"].data_validations.dataValidation
    }
    assert {"Kind", "Outcome"} <= offered
    assert ({"Place", "success-checklist a"} <= offered) == with_pack
    book["Cases"].cell(2, header.index("Title") + 1, "Alpha")
    book["Cases"].cell(2, header.index("Outcome") + 1, "mixed")
    book.save(path)
    plan = imported(path, pack)
    assert told(plan) == ""
    assert 'outcome: "mixed [@cases-xlsx, line 2]"' in entry(pack, "alpha")


def test_new_still_needs_a_title(tmp_path: Path, casebook: Callable[..., Ran]) -> None:
    pack = new_pack(tmp_path)
    said = 'casebook: A new firm needs a title: casebook new firm "TITLE".\n'
    assert casebook("new", "firm", "--pack", pack).err == said
    assert casebook("new", "pack", "--pack", tmp_path).code == 1


def test_a_csv_holds_no_formula_and_is_read_back(
    tmp_path: Path, casebook: Callable[..., Ran]
) -> None:
    pack = new_pack(tmp_path)
    imported(write_csv(tmp_path / "t.csv", [("Title", "Summary"), ("A", "'=1+1; -2")]), pack)
    assert 'summary: "=1+1; \\\\-2' in entry(pack, "a") or "=1+1; -2" in entry(pack, "a")
    assert casebook("build", pack, "-o", tmp_path / "b.sqlite").code == 0
    out = casebook("--book", tmp_path / "b.sqlite", "export", "table", "a").out
    assert ",'=1+1;' -2," in out
