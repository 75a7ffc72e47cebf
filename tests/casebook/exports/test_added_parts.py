"""What another volume adds stands apart in a table of cases, on cards and in a vault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from casebook.book.connection import Book, open_book
from casebook.exports.cards import cards
from casebook.exports.case_table import case_sheets
from casebook.exports.vault import vault
from casebook.notebook import bookmarks
from casebook.notebook.store import open_notebook
from casebook.sheets import ASSESSMENTS, CASES
from tests.reading_packs import build_disagreeing


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_disagreeing(tmp_path_factory.mktemp("disagreeing"))


@pytest.fixture
def book(path: Path) -> Iterator[Book]:
    with open_book(path) as opened:
        yield opened


def test_a_table_has_added_passages_below_a_heading(book: Book) -> None:
    header, nosaku = case_sheets(book, ["nosaku"])[CASES]
    text = dict(zip(header, nosaku, strict=True))["Text"]
    own, heading, added = text.partition("\n\n## Added by More cases\n\n")
    assert heading
    assert "It cast" in own
    assert added.startswith("## Since then")


def test_a_table_has_a_row_for_each_account_of_a_rating(book: Book) -> None:
    sheets = case_sheets(book, ["nosaku"])
    rows = [row[2:5] for row in sheets[ASSESSMENTS][1:]]
    assert [row[:2] for row in rows] == [["a", "met"], ["a", "not met"], ["a", "partly"]]
    header, nosaku = sheets[CASES]
    cells = dict(zip(header, nosaku, strict=True))
    assert "checklist a" not in cells  # no column picks one of them
    assert cells["checklist b"] == "not met"
    assert cells["Outcome"] == "contested"
    assert cells["Outcome reason"] == (
        "success: it sells; struggling: few buy; failed: it closes"
        " [@m, para. 9; @m, para. 12; @n, para. 7]"
    )


def test_a_card_of_an_added_question_names_the_volume(book: Book) -> None:
    fronts = [card.front for card in cards(book)]
    assert "Nosaku (added by More cases)<br><br>And then?" in fronts
    assert "Nosaku<br><br>Why bells?" in fronts


def test_a_vault_names_the_volume_of_an_added_relation(book: Book, tmp_path: Path) -> None:
    with open_notebook(tmp_path / "notebook.sqlite") as notebook:
        bookmarks.set_bookmark(notebook, "small", "nosaku", "Nosaku")
        text = vault(notebook, book)["nosaku.md"]
    assert "Takaoka" in text
    assert "(added by More cases)" in text
