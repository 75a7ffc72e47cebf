"""What is not there: packages, room on the disk."""

from __future__ import annotations

import errno
import os
import sys
from functools import partial
from pathlib import Path

import pytest

from casebook.book.connection import Book
from casebook.comparison.matrix import compare
from casebook.errors import CasebookError
from casebook.exports.citation_styles import set_in_style
from casebook.exports.extras import MissingError
from casebook.exports.files import write_export
from casebook.exports.formats import PaperFormat
from casebook.exports.matrix import matrix_draft
from casebook.exports.matrix_table import matrix_csv, matrix_xlsx
from casebook.exports.papers import written


@pytest.mark.parametrize(
    ("module", "form"), [("docx", "docx"), ("jinja2", "html"), ("xlsxwriter", "xlsx")]
)
def test_a_missing_package_is_a_sentence(
    module: str, form: str, shipped: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    comparison = compare(shipped, ["nosaku"])
    paper = set_in_style(matrix_draft(comparison), "book")
    write = (
        partial(matrix_xlsx, comparison)
        if form == "xlsx"
        else partial(written, paper, PaperFormat(form))
    )
    with pytest.raises(MissingError, match=r"pip install 'casebook\[export\]'"):
        write()
    assert written(paper, PaperFormat.MD)
    assert matrix_csv(comparison)


def test_a_full_disk_leaves_nothing_behind(
    shipped: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "matrix.csv"
    old.write_text("old", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for path in (old, tmp_path / "new.csv"):
        with pytest.raises(CasebookError, match="No space left on device"):
            write_export(path, matrix_csv(compare(shipped, ["nosaku"])), force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["matrix.csv"]
    assert old.read_text(encoding="utf-8") == "old"
