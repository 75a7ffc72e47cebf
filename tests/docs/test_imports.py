"""docs/imports.md names every sheet and column."""

from __future__ import annotations

from casebook.sheets import COLUMNS, heading
from tests.conftest import ROOT
from tests.docs.written import check_written, table


def test_every_column_is_named() -> None:
    rows = [
        (f"`{sheet}`", ", ".join(heading(column) for column in columns))
        for sheet, columns in COLUMNS.items()
    ]
    written = table(("Sheet", "Columns"), rows)
    check_written(ROOT / "docs" / "imports.md", "columns", written)
