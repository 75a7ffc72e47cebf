"""A rating or an outcome on which sources disagree: shown with all it has, counted as none of it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from casebook.book.connection import Book, open_book
from casebook.comparison.documents import evidence_document, judgement_document
from casebook.comparison.matrix import Standing, compare
from casebook.comparison.options import Shown
from casebook.comparison.prediction import ReaderRating, judgement_of
from casebook.exports.cards import anki_text
from casebook.exports.matrix_table import matrix_xlsx, tidy_rows, wide_csv
from casebook.notebook.values import QuizCard
from casebook.patterns.analysis import analysis
from casebook.patterns.documents import patterns_document
from casebook.patterns.rated_cases import pattern_table
from casebook.patterns.scores import EITHER
from casebook.quiz.points import askable_points
from casebook.renderings.matrix_text import comparison_lines
from casebook.timeline.documents import event_document
from casebook.timeline.reading import timeline_of
from casebook.vocabulary import CONTESTED, Outcome, Rating
from tests.conftest import Ran
from tests.golden_files import holds_golden
from tests.reading_packs import build_disagreeing

Run = Callable[..., Ran]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_disagreeing(tmp_path_factory.mktemp("disagreeing"))


@pytest.fixture
def book(path: Path) -> Iterator[Book]:
    with open_book(path) as opened:
        yield opened


def test_a_contested_cell_has_every_mark_and_counts_as_none(book: Book) -> None:
    matrix = compare(book, ["nosaku", "founder"])
    cell = matrix.cell("a", "nosaku")
    assert (cell.rating, cell.mark) == (CONTESTED, "● met or ✗ not met or ◐ partly")
    assert not cell.is_silent
    assert cell.known_rating is None
    row = matrix.every_row[0]
    assert row.counts == (0, 0, 0, 1, 1, 0)
    assert row.counts.said == "1 contested, 1 silent"
    assert (row.counts.rated, row.differs, row.agreement) == (0, False, None)
    assert row in matrix.incomparable
    # What is not silent is shown where silence is left out.
    assert row.criterion.key in [one.criterion.key for one in matrix.showing(Shown.RATED).rows]
    assert [one.criterion.key for one in matrix.shared()] == []


def test_it_is_no_advantage_and_none_to_lack(book: Book) -> None:
    matrix = compare(book, ["nosaku", "founder"])
    assert matrix.advantages("nosaku", "founder") == ()
    rows = tuple(
        row._replace(cells=(row.cells[0], row.cells[1]._replace(rating=Rating.MET)))
        for row in matrix.every_row[:1]
    )
    (found,) = replace(matrix, every_row=rows).advantages("founder", "nosaku")
    assert found.standing is Standing.CONTESTED


def test_the_evidence_names_the_volume_that_adds_it(book: Book) -> None:
    matrix = compare(book, ["nosaku", "founder"])
    assert [matrix.cell(key, "nosaku").added_by for key in ("a", "b")] == ["", "More cases"]
    assert matrix.cell("b", "founder").added_by == ""
    assert [one.added_by for one in matrix.cell("a", "nosaku").accounts] == ["", "", "More cases"]
    words = [block.text.plain for block in evidence_document(matrix).blocks]
    assert "Nosaku: not met. No products (added by More cases)" in words
    assert "Founder of bells: not met. None" in words
    (event,) = [
        one for one in timeline_of(book, ["nosaku"]).items if one.event.key == "second-bell"
    ]
    document = event_document(event.event, timeline_of(book, ["nosaku"]))
    told = {block.lead: block.text.plain for block in document.blocks}
    assert told["Volume"] == "More cases"


def test_no_prediction_of_it_is_right_or_wrong(book: Book) -> None:
    matrix = compare(book, ["nosaku", "founder"])
    answers = {
        ("nosaku", key): ReaderRating("nosaku", key, Rating.NOT_MET, "why") for key in ("a", "b")
    }
    found = judgement_of(matrix, answers)
    assert (found.overall.alike, found.overall.cells) == (1, 1)
    assert [judged.answer.criterion for judged in found.contested] == ["a"]
    assert found.differing == ()
    words = [block.text.plain for block in judgement_document(matrix, found).blocks]
    assert "1 cell: sources disagree; not counted" in words
    assert (
        "Nosaku, a Vision: you ✗ not met, the book ● met or ✗ not met or ◐ partly.\nYou: why\n"
        "The book: met: It has one; not met: It has none; partly: It has half of one"
        " (added by More cases)"
    ) in words


def test_the_quiz_does_not_ask_it(book: Book) -> None:
    assert [key.criterion for key in askable_points(book, ["nosaku"])] == ["b"]


def test_patterns_take_it_for_not_known(book: Book) -> None:
    matrix = compare(book, ["nosaku", "founder"])
    table = pattern_table(matrix, ["a", "b"])
    nosaku = table.cases[0]
    assert (nosaku.scores[0], nosaku.outcome) == (EITHER, EITHER)
    assert table.cases[1].outcome.side is False
    found = analysis(table)
    words = [block.text.plain for block in patterns_document(found, matrix, Outcome.SUCCESS).blocks]
    assert (
        "Sources disagree on 1 rating and 1 outcome, counted as not known: either way, like what"
        " is silent."
    ) in words


def test_tables_for_other_programs_say_that_it_is_contested(book: Book) -> None:
    matrix = compare(book, ["nosaku", "founder"])
    tidy = {(row[1], row[3]): row for row in tidy_rows(matrix)}
    assert tidy["a", "nosaku"][5:9] == (
        "contested",
        "met: It has one; not met: It has none; partly: It has half of one",
        "[Mitsui 2010 ¶9; Mitsui 2010 ¶11; Later ¶6]",
        "contested",
    )
    (nosaku, _) = csv.DictReader(io.StringIO(wide_csv(matrix)))
    assert (nosaku["a"], nosaku["b"], nosaku["outcome"]) == ("contested", "not met", "contested")
    with zipfile.ZipFile(io.BytesIO(matrix_xlsx(matrix))) as parts:
        strings = parts.read("xl/sharedStrings.xml").decode()
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "● met or ✗ not met or ◐ partly" in strings
    assert "● met or ✗ not met or ◐ partly" in sheet  # its colour, and what may be chosen


@pytest.mark.parametrize("form", ["md", "html", "docx"])
def test_papers_have_every_mark_with_its_evidence(
    form: str, path: Path, casebook: Run, tmp_path: Path
) -> None:
    out = tmp_path / f"matrix.{form}"
    casebook("compare", "nosaku", "founder", "--book", path, "--format", form, "-o", out)
    if form == "docx":
        with zipfile.ZipFile(out) as parts:
            text = parts.read("word/document.xml").decode()
    else:
        text = out.read_text(encoding="utf-8")
    assert "● met or ✗ not met or ◐ partly" in text
    assert "Where sources disagree, each rating is shown and none is counted." in text
    for words in ("It has one", "It has none", "It has half of one"):
        assert words in text
    assert "success or struggling or failed" in text


def test_a_card_of_a_missed_point_gives_every_account(book: Book) -> None:
    missed = QuizCard(
        "small", "nosaku", "checklist", "a", "Nosaku", 1, 1, 1, Rating.MET, "", "2026-01-01T00:00:00"
    )  # fmt: skip
    text = anki_text(book, [missed])
    assert "<b>contested</b><br>met: It has one; not met: It has none;" in text


def test_the_golden_matrix(path: Path, book: Book, casebook: Run) -> None:
    lines = "\n".join(comparison_lines(compare(book, ["nosaku", "founder"]), 80))
    holds_golden("contested-matrix.txt", lines)
    found = json.loads(casebook("compare", "nosaku", "founder", "--book", path, "--json").out)
    holds_golden("contested-matrix.json", json.dumps(found, indent=2, ensure_ascii=False))
    assert found["rows"][0]["counts"] == {
        "met": 0, "partly": 0, "not met": 0, "silent": 1, "contested": 1,
    }  # fmt: skip
    page = casebook("show", "nosaku", "--book", path, COLUMNS="80").out
    holds_golden("contested-page.txt", page)
