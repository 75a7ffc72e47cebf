"""`casebook compare -o`, `export` and `cite` as people run them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.exports.formats import MatrixFormat
from tests.conftest import Ran

Casebook = Callable[..., Ran]


@pytest.mark.parametrize("form", list(MatrixFormat))
def test_every_format_is_written_to_a_file(
    form: MatrixFormat, casebook: Casebook, tmp_path: Path
) -> None:
    path = tmp_path / f"matrix.{form.value if form is not MatrixFormat.TEXT else 'txt'}"
    ran = casebook("compare", "nosaku", "renown", "-o", path)
    assert (ran.code, ran.out.strip()) == (0, str(path)), ran
    data = path.read_bytes()
    assert (
        data[:2] == b"PK" if form in (MatrixFormat.XLSX, MatrixFormat.DOCX) else b"Nosaku" in data
    )


def test_an_existing_file_is_kept(casebook: Casebook, tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    path.write_text("mine", encoding="utf-8")
    ran = casebook("export", "handout", "nosaku", "-o", path)
    assert ran.code == 1
    assert "already exists; use --force to replace it" in ran.err
    assert path.read_text(encoding="utf-8") == "mine"
    assert casebook("export", "handout", "nosaku", "-o", path, "--force").code == 0
    assert "# Nosaku" in path.read_text(encoding="utf-8")
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


@pytest.mark.parametrize("target", ["nowhere/x.xlsx", ".", "file.txt/x.xlsx"])
def test_what_cannot_be_written_is_said(casebook: Casebook, tmp_path: Path, target: str) -> None:
    (tmp_path / "file.txt").write_text("x", encoding="utf-8")
    ran = casebook("compare", "nosaku", "--format", "xlsx", "-o", tmp_path / target)
    assert ran.code == 1
    assert "casebook: " in ran.err


def test_no_student_export_carries_the_teaching_note(
    casebook: Casebook, small_book: Path, tmp_path: Path
) -> None:
    """The small book's teaching note holds a word that nothing else does."""
    book = ("--book", small_book)
    runs = [["show", "nosaku"], ["show", "nosaku", "--json"], ["cite", "nosaku"]]
    runs += [["export", "handout", "nosaku", "--format", form] for form in ("md", "html")]
    runs += [["export", "references", "--format", form] for form in ("text", "ris", "csl-json")]
    for run in runs:
        ran = casebook(*run, *book)
        assert ran.code == 0, ran
        assert ran.out
        assert "secretteachingword" not in ran.out
    ran = casebook("export", "handout", "nosaku", "--for", "lecturer", *book)
    assert "secretteachingword" in ran.out
    assert casebook("export", "handout", "nosaku", "--for", "dean", *book).code == 1


def test_cite_a_case_a_cell_an_event_and_a_passage(casebook: Casebook) -> None:
    case = casebook("cite", "nosaku").out
    assert "worldwide (Mitsui, ca. 2010, paras. 66–68).\n\nMitsui, I. (ca. 2010)." in case
    cell = casebook("cite", "asiro-gentian-alliance#success-checklist/f", "--style", "harvard").out
    assert "f Best partners abroad: met." in cell
    assert "(Mitsui, 2010, paras. 62, 64)." in cell
    event = json.loads(casebook("cite", "asiro-gentian-alliance#joint-venture", "--json").out)
    assert event["text"].startswith("late 1990s: ")
    assert event["in_text"] == "(Mitsui, ca. 2010, para. 61)"
    assert event["citations"] == [{"source": "mitsui2010", "locator": "para. 61"}]
    assert "¶6" in casebook("cite", "nosaku#2", "--style", "book").out


def test_what_cannot_be_cited_says_what_can(casebook: Casebook) -> None:
    ran = casebook("cite", "nosaku#nothing")
    assert ran.code == 1
    assert "it has success-checklist/a" in ran.err
    assert "Did you mean nosaku" in casebook("cite", "nosaki").err
    assert "use book, apa" in casebook("cite", "nosaku", "--style", "nature").err


def test_references_of_some_cases(first_volume: Path, casebook: Casebook) -> None:
    items = json.loads(
        casebook(
            "--book", first_volume, "export", "references", "nosaku", "--format", "csl-json"
        ).out
    )
    assert [item["id"] for item in items] == ["mitsui2010"]
    assert (
        "@unpublished{mitsui2010,"
        in casebook("--book", first_volume, "export", "references", "--format", "bibtex").out
    )
