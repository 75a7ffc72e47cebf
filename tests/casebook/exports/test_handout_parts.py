"""What goes into a handout is chosen; a student's gives none of the book's judgement away."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx as python_docx
import pytest

from casebook.book import pages
from casebook.book.connection import Book
from casebook.comparison.matrix import compare
from casebook.comparison.options import SubPoints
from casebook.errors import CasebookError
from casebook.exports.citation_styles import set_in_style
from casebook.exports.formats import PaperFormat
from casebook.exports.handout import Handout, handout_draft
from casebook.exports.handout_parts import Part, usual_parts
from casebook.exports.papers import written
from tests.conftest import Ran

Casebook = Callable[..., Ran]
FORMS = [form.value for form in PaperFormat]
CASES = ["asiro-gentian-alliance", "nosaku", "hiyoshi-ya", "renown"]


def _text(book: Book, form: str, *parts: Part, for_lecturer: bool = False) -> str:
    """The words of a handout as they are read, without markup."""
    handout = Handout(compare(book, CASES), for_lecturer=for_lecturer, parts=parts)
    content = written(set_in_style(handout_draft(book, handout), "book"), PaperFormat(form))
    if isinstance(content, bytes):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = archive.read("word/document.xml").decode("utf-8")
        content = re.sub(r"</w:p>|<w:br/>", "\n", content)
    if form != "md":
        content = re.sub(r"<style>.*?</style>", "", content, flags=re.DOTALL)
        content = html.unescape(re.sub(r"<[^>]*>", "", content))
    return content.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ")


HEADINGS = {
    Part.NARRATIVE: "The cases",
    Part.EXHIBITS: "Exhibit 1.",
    Part.TIMELINE: "Timelines",
    Part.QUESTIONS: "Questions for discussion",
    Part.WORKSHEET: "Worksheet",
    Part.MATRIX: "Evidence",
    Part.TEACHING: "Board plan",
    Part.REFERENCES: "References",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("part", list(Part))
def test_a_part_stands_alone(shipped: Book, form: str, part: Part) -> None:
    text = _text(shipped, form, part, for_lecturer=True)
    text = text.replace("Questions and answers", "")
    for other, words in HEADINGS.items():
        is_there = bool(re.search(rf"^\W*{re.escape(words)}", text, re.MULTILINE))
        assert is_there == (other is part), (other, words)


@pytest.mark.parametrize("form", FORMS)
def test_the_narrative_is_the_whole_case_with_its_citations(shipped: Book, form: str) -> None:
    text = _text(shipped, form, Part.NARRATIVE)
    assert "[Mitsui 2010 ¶" in text
    text = " ".join(re.sub(r"\s*\[[^\]]*\]", "", text).replace("*", "").split())
    for slug in CASES:
        for passage in pages.page(shipped, slug).passages:
            for line in passage.text.plain.split("\n"):
                words = " ".join(line.split())
                assert words in text, (slug, words)


@pytest.mark.parametrize("form", FORMS)
def test_a_students_handout_has_no_rating_evidence_or_outcome(shipped: Book, form: str) -> None:
    student, lecturer = (_text(shipped, form, for_lecturer=who) for who in (False, True))
    comparison = compare(shipped, CASES, subpoints=SubPoints.ALL)
    evidence = [cell.evidence for row in comparison.rows for cell in row.cells if cell.evidence]
    reasons = [pages.page(shipped, slug).outcome_note for slug in CASES]
    told = "\n".join(
        passage.text.plain for slug in CASES for passage in pages.page(shipped, slug).passages
    )
    secrets = [words for words in (*evidence, *reasons) if words and words not in told]
    assert len(secrets) > 15
    assert [words for words in secrets if words in student] == []
    assert sum(words in lecturer for words in secrets) >= len(evidence)
    for sign in ("\N{BLACK CIRCLE}", "\N{CIRCLE WITH LEFT HALF BLACK}", "Outcome"):
        assert sign not in student
        assert sign in lecturer


@pytest.mark.parametrize("form", FORMS)
def test_the_worksheet_has_room_for_every_mark_and_reason(shipped: Book, form: str) -> None:
    text = _text(shipped, form, Part.WORKSHEET)
    every = len(compare(shipped, CASES, subpoints=SubPoints.ALL).rows) * len(CASES)
    assert text.count("Mark:") == text.count("Reason:") == every


def test_the_usual_parts() -> None:
    assert usual_parts(for_lecturer=True) == set(Part)
    assert usual_parts(for_lecturer=False) == set(Part) - {Part.MATRIX, Part.TEACHING}


def test_teaching_notes_are_refused_to_students(shipped: Book) -> None:
    with pytest.raises(CasebookError, match="add --for lecturer"):
        _text(shipped, "md", Part.TEACHING)


def test_the_command_takes_parts(casebook: Casebook, tmp_path: Path) -> None:
    chosen = ("--part", "worksheet", "--part", "questions")
    ran = casebook("export", "handout", "nosaku", *chosen, "--question", "Who gains?")
    assert ran.code == 0
    headings = [line for line in ran.out.splitlines() if line.startswith("## ")]
    assert headings == ["## Questions for discussion", "## Worksheet"]
    assert "1. Who gains?" in ran.out
    path = tmp_path / "x.docx"
    assert casebook("export", "handout", "nosaku", *chosen, "-o", path).code == 0
    assert len(python_docx.Document(str(path)).tables) == 1
    ran = casebook("export", "handout", "nosaku", "--part", "teaching")
    assert ran.code == 1
    assert "add --for lecturer" in ran.err
    assert casebook("export", "handout", "nosaku", "--part", "solutions").code != 0
