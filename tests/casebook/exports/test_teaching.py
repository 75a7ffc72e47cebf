"""Teaching notes on a lecturer's paper, in commands and in the app; and on no student's."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import docx as python_docx
import pytest

from casebook.book.connection import Book, open_book
from casebook.comparison.matrix import compare
from casebook.exports.citation_styles import set_in_style
from casebook.exports.formats import PaperFormat
from casebook.exports.handout import Handout, handout_draft
from casebook.exports.papers import written
from tests.conftest import Ran

Casebook = Callable[..., Ran]


@pytest.fixture
def small(small_book: Path) -> Book:
    return open_book(small_book)


def _handout(book: Book, form: str, *, for_lecturer: bool = True) -> str | bytes:
    handout = Handout(compare(book, ["nosaku", "takaoka"]), for_lecturer=for_lecturer)
    return written(set_in_style(handout_draft(book, handout), "book"), PaperFormat(form))


def test_markdown_sets_each_part_below_its_heading(small: Book) -> None:
    content = str(_handout(small, "md")).replace("\\", "")
    parts = [
        "## Teaching notes", "### Nosaku",
        "#### Synopsis", "A secretteachingword of a synopsis [Mitsui 2010 ¶12]",
        "- **Audience:** Anyone with a secretteachingword", "- **Course:** Casting",
        "#### Objectives", "1. Name the secretteachingword of the case.",
        "#### Board plan: 35 minutes", "| Minutes | Topic | What |",
        "| 0-10 | The bell | Ring the secretteachingword (exhibit 1). |",
        "| 10-35 | The vote | Vote twice. |",
        "#### Questions and answers", "**Question 1.** Why bells?",
        "For bells speaks the secretteachingword [Mitsui 2010 ¶13; Unread]",
        "- **Ratings:** ● met: Checklist a Vision; · silent: Checklist b Products",
        "#### Not known", "- Who bought the secretteachingword [Mitsui 2010 ¶9]",
        "Tell the story of the secretteachingword.",
        "## References", "Unread",
    ]  # fmt: skip
    at = 0
    for part in parts:
        assert part in content[at:], part
        at += content[at:].index(part)


def test_html_and_docx_have_the_plan_as_a_table(small: Book) -> None:
    page = str(_handout(small, "html"))
    assert '<th scope="row">0-10</th><td>The bell</td>' in page
    assert "<h4>Board plan: 35 minutes</h4>" in page
    content = _handout(small, "docx")
    assert isinstance(content, bytes)
    document = python_docx.Document(io.BytesIO(content))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["10-35", "The vote", "Vote twice."] in rows


@pytest.mark.parametrize("form", ["md", "html", "docx"])
def test_a_students_paper_has_neither_the_note_nor_its_sources(small: Book, form: str) -> None:
    content = _handout(small, form, for_lecturer=False)
    text = content if isinstance(content, str) else "\n".join(
        one.text for one in python_docx.Document(io.BytesIO(content)).paragraphs
    )  # fmt: skip
    assert "Why bells?" in text
    for words in ("secretteachingword", "Board plan", "Unread", "Casting"):
        assert words not in text, words


def test_show_and_its_json_have_the_note_for_a_lecturer_alone(
    casebook: Casebook, small_book: Path
) -> None:
    shown = casebook("show", "nosaku", "--for", "lecturer", "--book", small_book).out
    assert "Board plan: 35 minutes" in shown
    assert "Question 1. Why bells?" in shown
    assert "Ratings   ● met: Checklist a Vision; · silent: Checklist b Products" in shown
    found = json.loads(
        casebook("show", "nosaku", "--for", "lecturer", "--json", "--book", small_book).out
    )
    note = found["teaching"]
    assert (note["minutes"], note["board_plan"][1]["begin"], note["board_plan"][1]["end"]) == (
        35, 10, 35
    )  # fmt: skip
    assert note["answers"][0]["asked"] == found["questions"][0]
    for more in ((), ("--json",)):
        student = casebook("show", "nosaku", "--book", small_book, *more).out
        for words in ("secretteachingword", "oard", "Unread", "teaching"):
            assert words not in student, words


def test_no_search_finds_a_word_of_a_note(casebook: Casebook, small_book: Path) -> None:
    for words in ("secretteachingword", "casting", '"vote twice"'):
        assert "nosaku" not in casebook("search", words, "--book", small_book).out
