"""Makes the tables that imports are tried with, and packs to import them into."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

from casebook.imports.cases import plan_cases
from casebook.imports.plan import Plan
from casebook.imports.writing import write_plan
from casebook.pack.skeleton import write_new_pack
from casebook.pack.volumes import check_pack

Rows = Sequence[Sequence[object]]


def new_pack(folder: Path) -> Path:
    """A small pack: a source with ten paragraphs, Japan with a town, a framework of one point."""
    return write_new_pack(folder, "Pack", slug="pack")


def write_csv(path: Path, rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def write_workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def planned(table: Path, pack: Path, *pairs: str) -> Plan:
    return plan_cases(table, pack, pairs=pairs)


def imported(table: Path, pack: Path, *pairs: str) -> Plan:
    """Imports a table; what was written has to check clean."""
    plan = plan_cases(table, pack, pairs=pairs)
    write_plan(plan)
    problems, _ = check_pack(pack)
    assert not problems, [str(problem) for problem in problems.in_order()]
    return plan


def told(plan: Plan) -> str:
    """Every remark, a line each."""
    return "\n".join(str(remark) for remark in plan.remarks)


def entry(pack: Path, slug: str, kind: str = "firms") -> str:
    return (pack / kind / f"{slug}.md").read_text(encoding="utf-8")
