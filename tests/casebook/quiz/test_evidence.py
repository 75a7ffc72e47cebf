"""What is shown with a question says nothing of the rating."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.book.connection import Book, open_book
from casebook.pack.build import build_book
from casebook.quiz.asking import GivenAnswer
from casebook.quiz.documents import question_document
from casebook.quiz.evidence import without_ratings
from casebook.quiz.points import NothingToAskError, askable_points, point_at
from casebook.renderings.text import document_lines
from casebook.vocabulary import Rating
from tests.conftest import SHIPPED_BOOK

_RATINGS = re.compile(r"\b(met|unmet|partly|partially|silent)\b", re.IGNORECASE)


def _text(book: Book, key: object) -> str:
    return "\n".join(document_lines(question_document(point_at(book, key)), 200))  # type: ignore[arg-type]


def test_no_question_of_the_shipped_book_shows_its_rating_or_the_books_words() -> None:
    with open_book(SHIPPED_BOOK) as book:
        keys = askable_points(book)
        assert {key.framework for key in keys} == {
            "success-checklist", "alliance-conditions", "alliance-stages",
        }  # fmt: skip
        for key in keys:
            point = point_at(book, key)
            document = question_document(point)
            # The criterion's own text stands first; it is the same for every case.
            shown = " ".join(block.text.plain for block in document.blocks[2:])
            assert not _RATINGS.search(shown), key
            if point.cell.evidence:
                assert point.cell.evidence not in shown


def test_how_much_is_shown_does_not_depend_on_the_rating() -> None:
    with open_book(SHIPPED_BOOK) as book:
        for slug in ("nosaku", "hiyoshi-ya", "takaoka", "asiro-gentian-alliance"):
            amounts: dict[str, set[int]] = {}
            for key in askable_points(book, [slug]):
                shown = len(point_at(book, key).evidence.summaries)
                amounts.setdefault(key.framework, set()).add(shown)
            assert all(len(counts) == 1 for counts in amounts.values()), (slug, amounts)


def test_what_the_rating_rests_on_is_among_what_is_shown() -> None:
    with open_book(SHIPPED_BOOK) as book:
        point = point_at(book, askable_points(book, ["nosaku"])[0])
        assert point.cell.rating is Rating.PARTLY
        cited = [citation for line in point.evidence.summaries for citation in line.citations]
        assert ("mitsui2010", "para. 66", False) in cited
        assert any(
            "skill should be seen as world-class" in line.words
            for line in point.evidence.statements
        )


def test_a_silent_point_has_evidence_like_the_others(small_book: Path) -> None:
    with open_book(small_book) as book:
        rated, silent = (point_at(book, key) for key in askable_points(book))
        assert silent.cell.is_silent
        assert silent.evidence.summaries == rated.evidence.summaries
        assert "Bells" in [line.words for line in silent.evidence.summaries]
        assert silent.evidence.statements


def test_ratings_in_the_texts_of_a_pack_are_covered(
    write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    pack = write_pack(
        {
            "outlines/m.yaml": "source: m\nparagraphs:\n  9: Vision is only partly met here\n",
            "regions/takaoka.md": (
                "---\nkind: region\ntitle: Takaoka\nsummary: A city [@m, para. 9].\n"
                "setting:\n  place: takaoka [@m, para. 9]\n"
                'outcome: "open [@m, para. 9]"\n'
                'assessments:\n  - {point: checklist a, rating: partly, evidence: "So [@m, para. 9]"}\n'
                "---\n\nThe vision is not met, and the source is SILENT [@m, para. 9].\n"
            ),
        }
    )
    build_book(pack, tmp_path / "book.sqlite")
    with open_book(tmp_path / "book.sqlite") as book:
        text = _text(book, askable_points(book, ["takaoka"])[0])
    assert "Vision is only … here" in text
    assert "The vision is …, and the source is … [" in text
    assert not _RATINGS.search(text)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("It is not met", "It is …"),
        ("UNMET needs", "… needs"),
        ("metal, helmet and comet", "metal, helmet and comet"),
        ("a silently held view", "a silently held view"),
    ],
)
def test_whole_words_are_covered(words: str, left: str) -> None:
    assert without_ratings(words) == left


def test_the_answer_shows_the_rating_of_this_point_alone() -> None:
    with open_book(SHIPPED_BOOK) as book:
        first, second = (point_at(book, key) for key in askable_points(book, ["nosaku"])[:2])
        document = question_document(first, GivenAnswer(first, Rating.MET, "A hunch"))
        text = " ".join(block.text.plain for block in document.blocks)
    assert "Not the same. You: ● met: A hunch" in text
    assert f"The book: ◐ partly. {first.cell.evidence}" in text
    assert second.cell.evidence not in text


def test_a_case_that_is_not_rated_gets_a_sentence(small_book: Path) -> None:
    with open_book(small_book) as book:
        with pytest.raises(NothingToAskError) as told:
            askable_points(book, ["takaoka"])
        assert told.value.message == (
            "The book has no ratings of Takaoka, so there is nothing to ask."
        )
        with pytest.raises(NothingToAskError, match="by 'Checklist'"):
            askable_points(book, ["takaoka"], "checklist")


def test_a_book_without_frameworks_gets_a_sentence(
    write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    pack = write_pack({"frameworks/checklist.yaml": None, "firms/nosaku.md": None})
    build_book(pack, tmp_path / "book.sqlite")
    with open_book(tmp_path / "book.sqlite") as book, pytest.raises(NothingToAskError):
        askable_points(book)
