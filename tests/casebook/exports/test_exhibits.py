"""Exhibits on paper and in commands: as tables with captions in every format."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import docx as python_docx
import pytest
from markdown_it import MarkdownIt

from casebook.book import pages
from casebook.book.connection import Book, open_book
from casebook.comparison.matrix import compare
from casebook.exports.citation_styles import set_in_style
from casebook.exports.formats import PaperFormat
from casebook.exports.handout import Handout, handout_draft
from casebook.exports.papers import written
from casebook.page_documents import exhibits, whole_page
from casebook.renderings.text import document_lines
from tests.conftest import Ran

Casebook = Callable[..., Ran]


@pytest.fixture
def small(small_book: Path) -> Book:
    return open_book(small_book)


def _handout(book: Book, form: str, *, for_lecturer: bool = False) -> str | bytes:
    handout = Handout(compare(book, ["nosaku", "takaoka"]), for_lecturer=for_lecturer)
    return written(set_in_style(handout_draft(book, handout), "book"), PaperFormat(form))


CAPTION = "Exhibit 1. What it casts, and for whom [Mitsui 2010 ¶9]"
HEADS = ["", "Bells", "鋳物の鐘"]
KEPT = ["Kept", "altar goods [Mitsui 2010 ¶9]", ""]
ADDED = [
    "Added", "a wind-bell of campanology", "風鈴 [Mitsui 2010 ¶10; inferred from Mitsui 2010 ¶11]"
]  # fmt: skip


class _Tables(HTMLParser):
    """The tables of a page: captions, and each row as pairs of a tag with its scope and words."""

    def __init__(self) -> None:
        super().__init__()
        self.captions: list[str] = []
        self.rows: list[list[tuple[str, str]]] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag == "caption":
            self.captions.append("")
        elif tag in ("td", "th"):
            scope = dict(attrs).get("scope") or ""
            self.rows[-1].append((f"{tag} {scope}".strip(), ""))
        if tag in ("td", "th", "caption"):
            self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self.inside:
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "caption":
            self.captions[-1] += data
        elif self.inside:
            kind, words = self.rows[-1][-1]
            self.rows[-1][-1] = (kind, words + data)


@pytest.mark.parametrize("for_lecturer", [False, True])
def test_html_has_a_table_with_a_caption_and_scopes(small: Book, *, for_lecturer: bool) -> None:
    tables = _Tables()
    tables.feed(str(_handout(small, "html", for_lecturer=for_lecturer)))
    assert CAPTION in tables.captions
    assert "Exhibit 2. Uncited" in tables.captions
    assert [("td", ""), ("th col", "Bells"), ("th col", "鋳物の鐘")] in tables.rows
    for cells in (KEPT, ADDED):
        assert list(zip(["th row", "td", "td"], cells, strict=True)) in tables.rows


def test_markdown_has_a_table_below_its_caption(small: Book) -> None:
    content = str(_handout(small, "md"))
    lines = content.splitlines()
    at = lines.index("|  | Bells | 鋳物の鐘 |")
    assert lines[at - 2].startswith("**Exhibit 1.** What it casts")
    tokens = MarkdownIt("commonmark").enable("table").parse(content)
    cells = [token.content for token in tokens if token.type == "inline"]
    assert "altar goods \\[Mitsui 2010 ¶9\\]" in cells
    assert "Note: The rows are the book's own \\[the book's own words\\]" in cells


def test_docx_has_a_table_below_its_caption(small: Book) -> None:
    content = _handout(small, "docx")
    assert isinstance(content, bytes)
    document = python_docx.Document(io.BytesIO(content))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    for cells in (HEADS, KEPT, ADDED):
        assert cells in rows
    captions = [
        one.text for one in document.paragraphs if one.style and one.style.name == "Caption"
    ]
    assert captions[:2] == [CAPTION, "Exhibit 2. Uncited"]


def test_show_prints_columns_where_they_fit(small: Book) -> None:
    lines = list(document_lines(whole_page(pages.page(small, "nosaku")), 88))
    at = lines.index(CAPTION)
    heads, rule = lines[at + 2], lines[at + 3]
    assert heads.split() == ["Bells", "鋳物の鐘"]
    assert set(rule) == {"-"}
    row = lines[at + 4]
    assert row.startswith("Kept ")
    assert row.index("altar") == heads.index("Bells")


def test_show_prints_a_paragraph_a_row_where_columns_do_not_fit(small: Book) -> None:
    lines = list(document_lines(exhibits(pages.page(small, "nosaku")), 30))
    at = lines.index("Kept")
    assert lines[at + 1 : at + 3] == ["Bells: altar goods [Mitsui", "2010 ¶9]"]
    assert max(map(len, lines)) <= 30
    assert any(line.startswith("鋳物の鐘: 風鈴") for line in lines)


def test_the_command_prints_exhibits_to_a_pipe_and_as_json(
    casebook: Casebook, small_book: Path
) -> None:
    ran = casebook("show", "nosaku", "--book", small_book)
    assert CAPTION in ran.out
    assert "Kept   altar goods [Mitsui 2010" in ran.out
    found = json.loads(casebook("show", "nosaku", "--json", "--book", small_book).out)
    first, second = found["exhibits"]
    nine = [{"source": "m", "locator": "para. 9"}]
    assert first["columns"] == HEADS
    assert (first["caption"], first["citations"]) == ("What it casts, and for whom", nine)
    assert first["rows"][0]["cells"][1] == {"text": "altar goods", "citations": nine}
    assert first["rows"][1]["inferred_from"] == [{"source": "m", "locator": "para. 11"}]
    assert first["note"]["text"] == "The rows are the book's own"
    assert second["note"] is None
