"""Opens a table by what the file holds, not by what its name says."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

from casebook.errors import CasebookError
from casebook.imports.cells import SheetTable
from casebook.regular_file import read_regular
from casebook.safe_text import made_safe_line

LARGEST_FILE = 64 * 1024 * 1024
_ZIP = b"PK\x03\x04"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


def open_tables(path: Path, until: ExitStack) -> list[SheetTable]:
    """The sheets of a workbook, or the one table of a CSV.

    Args:
        until: the file stays open as long as this.

    Raises:
        CasebookError: there is no such file, or it is no table.
    """
    shown = made_safe_line(str(path))
    try:
        beginning = read_regular(path, 4)
        if os.path.getsize(path) > LARGEST_FILE:
            raise CasebookError(
                f"{shown}: larger than {LARGEST_FILE // 2**20} MiB; it is not read."
            )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise CasebookError(f"{shown}: {reason}.") from None
    if not beginning:
        raise CasebookError(f"{shown}: the file is empty.")
    if beginning == _OLD_WORKBOOK:
        raise CasebookError(
            f"{shown}: an old workbook (.xls), or one with a password; save it as plain .xlsx."
        )
    if beginning != _ZIP:
        from casebook.imports.csv_table import open_csv

        return open_csv(path, until)
    if path.suffix.lower() == ".ods":
        raise CasebookError(f"{shown}: save it as .xlsx or CSV.")
    from casebook.imports.workbook import open_workbook

    return open_workbook(path, until)
