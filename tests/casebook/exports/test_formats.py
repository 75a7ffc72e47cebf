"""One list of formats, and nothing is written as what nobody asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.errors import CasebookError
from casebook.exports.formats import (
    Format,
    MatrixFormat,
    NotebookFormat,
    PaperFormat,
    ReferenceFormat,
    TimelineFormat,
    by_ending,
)
from casebook.exports.matrix_table import harmless
from tests.conftest import Ran


@pytest.mark.parametrize(
    ("name", "usual", "wanted"),
    [
        ("a.HTML", PaperFormat.MD, PaperFormat.HTML),
        ("a", PaperFormat.MD, PaperFormat.MD),
        ("a.txt", MatrixFormat.MD, MatrixFormat.TEXT),
        ("a.bib", ReferenceFormat.TEXT, ReferenceFormat.BIBTEX),
        ("a.json", NotebookFormat.MD, NotebookFormat.JSON),
        ("a.json", TimelineFormat.LIST, TimelineFormat.JSON),
        ("a.txt", TimelineFormat.SVG, TimelineFormat.LIST),
    ],
)
def test_a_name_says_its_format(name: str, usual: Format, wanted: Format) -> None:
    assert by_ending(Path(name), usual) is wanted


def test_an_unknown_ending_is_refused(casebook: object, small_book: Path, tmp_path: Path) -> None:
    """It was written as Markdown, whatever the name said."""
    with pytest.raises(CasebookError, match=r"\.html, \.docx, \.md"):
        by_ending(Path("a.pdf"), PaperFormat.MD)
    for words in (
        ["export", "handout", "nosaku"],
        ["export", "references"],
        ["compare", "nosaku"],
        ["timeline", "nosaku"],
        ["notes", "export"],
    ):
        ran: Ran = casebook(*words, "-o", tmp_path / "a.pdf", "--book", small_book)  # type: ignore[operator]
        assert ran.code == 1
        assert "This is not written as .pdf" in ran.err
    assert not (tmp_path / "a.pdf").exists()


@pytest.mark.parametrize(
    ("command", "name", "begins"),
    [
        (["timeline", "nosaku"], "a.svg", "<svg"),
        (["timeline", "nosaku"], "a.ics", "BEGIN:VCALENDAR"),
        (["timeline", "nosaku"], "a.json", '{\n  "lanes"'),
        (["timeline", "nosaku"], "a.txt", "Timeline: Nosaku"),
        (["export", "references"], "a.ris", "TY  - "),
        (["export", "references"], "a.json", "[\n  {"),
        (["compare", "nosaku"], "a.csv", "\ufeffframework,"),
        (["export", "handout", "nosaku", "--style", "book"], "a.html", "<!doctype html>"),
    ],
)
def test_a_file_is_written_as_its_name_says(
    command: list[str],
    name: str,
    begins: str,
    casebook: Callable[..., Ran],
    small_book: Path,
    tmp_path: Path,
) -> None:
    ran = casebook(*command, "-o", tmp_path / name, "--book", small_book)
    assert ran.code == 0, ran.err
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("x;=1+1", "x;'=1+1"),
        ("x; @SUM(A1)", "x;' @SUM(A1)"),
        ("a\n=1+1", "a\n'=1+1"),
        ("a\t-1", "a\t'-1"),
        ("\u3000＝1", "'\u3000＝1"),
        ("a; b - c = d", "a; b - c = d"),
        ("x=1;y", "x=1;y"),
    ],
)
def test_no_part_of_a_cell_is_a_formula_where_semicolons_part_cells(
    cell: str, written: str
) -> None:
    assert harmless(cell) == written
    assert harmless(written) == written
