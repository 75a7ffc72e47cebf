"""Importing a workbook of made-up cases: the dry run, the writing, and the second import."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import Row, peak_of_child, table
from casebook.exports.case_workbook import table_xlsx
from casebook.pack.skeleton import write_new_pack
from casebook.sheets import CASES, COLUMNS, EVIDENCE, heading

_POINT = "success-checklist a"


def report(count: int = 10_000) -> str:
    rows = []
    for number in (count // 10, count):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            path = folder / "cases.xlsx"
            path.write_bytes(_workbook(number))
            pack = write_new_pack(folder, "Pack", slug="pack")
            command = [sys.executable, "-m", "casebook", "import", str(path), "--pack", str(pack)]
            for what, options in (
                ("dry run", []),
                ("written", ["--write"]),
                ("the second import", ["--write"]),
            ):
                seconds, peak = peak_of_child([*command, *options])
                rows.append(Row(f"{number:,} rows, {what}", f"{seconds:.1f} s", f"{peak:.0f} MiB"))
    title = f"Importing a workbook of {len(_row(0))} columns"
    return table(title, rows, ("CPU", "peak memory", ""))


def _workbook(count: int) -> bytes:
    header = [*map(heading, COLUMNS[CASES]), _POINT, f"{_POINT} {EVIDENCE}"]
    return table_xlsx({CASES: [header, *(_row(number) for number in range(count))]}, {})


def _row(number: int) -> list[str]:
    """A row with a cell in every column, but for slug, source and locator."""
    year = 1950 + number % 50
    return [
        "", f"Firm number {number}", "firm", f"株式会社{number} (native script)",
        f"A maker, number {number}, of ropes and nets that sells abroad.", f"Town {number % 300}",
        "Japan" if number % 2 else "Norway", "1394", "ropes", f"{number % 90 + 1} people",
        f"since {year}", str(year), "success", "half of it is sold abroad",
        "It made ropes until the boats were sold.\n\nThen it came home from a show with an order.",
        "", "", "met", "It found its buyer at a show.",
    ]  # fmt: skip
