"""Teaching notes in a pack: what the checker says of them, and that they come back as they were."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.book import pages
from casebook.book.connection import Book, open_book
from casebook.book.exhibit_values import CitedWords
from casebook.citations import Citation
from casebook.pack.build import build_book
from casebook.pack.volumes import check_pack
from casebook.vocabulary import Rating
from tests.conftest import SMALL_PACK

NOSAKU = SMALL_PACK["firms/nosaku.md"]


@pytest.fixture
def small(small_book: Path) -> Book:
    return open_book(small_book)


@pytest.mark.parametrize(
    ("old", "new", "words", "at"),
    [
        ("synopsis: A secretteachingword of a synopsis [@m, para. 12]", "synopsis: A story", "the synopsis has no citation", "synopsis:"),
        ("synopsis: A secretteachingword of a synopsis [@m, para. 12]", "synopsis: A [@own]\n  courses: x", "'courses' is not a key here", "courses:"),
        ("  synopsis: A secretteachingword of a synopsis [@m, para. 12]\n", "", "a teaching note needs a 'synopsis'", "teaching:"),
        ("synopsis: A secretteachingword of a synopsis [@m, para. 12]", "with: nosaku", "cannot be taught together with itself", "with:"),
        ("synopsis: A secretteachingword of a synopsis [@m, para. 12]", "with: nosakku", "no entry 'nosakku'; did you mean 'nosaku'?", "with:"),
        ("Name the secretteachingword of the case.", "x" * 251, "an objective of 251 characters; at most 250", "objectives:"),
        ("minutes: 25", "minutes: soon", "'soon' is not a whole number", "- {minutes: soon"),
        ("minutes: 25", "minutes: 0", "'minutes'", "- {minutes: 0"),
        ("question: Why bells?", "question: Why bels?", "no question 'Why bels?' on this page; did you mean 'Why bells?'?", "- question:"),
        ("question: Why bells?", "question: WHY BELLS?", "no question 'WHY BELLS?' on this page; did you mean 'Why bells?'?", "- question:"),
        ("[@m, para. 13; @x]", "", "the answer has no citation", "answer:"),
        ("[@m, para. 13; @x]", "[@m, para. 113]", "1 to 20, not 113", "answer:"),
        ("ratings: [checklist a, checklist b]", "ratings: [checklist z]", "checklist has no point 'z'", "ratings:"),
        ("ratings: [checklist a, checklist b]", "ratings: [checklist a, checklist a]", "'checklist a' is named twice", "ratings:"),
        ("ratings: [checklist a, checklist b]", "ratings: [cheklist a]", "did you mean 'checklist'?", "ratings:"),
        ("not_known: Who bought the secretteachingword [@m, para. 9]", "not_known: Who bought it", "what is not known has no citation", "not_known:"),
        ("  - Why bells?\n", "  - {key: a, text: 'Why bells?'}\n  - {key: a, text: 'Why not?'}\n", "the question 'a' occurs twice", "- {key: a, text: 'Why not"),
        ("  answers:\n", "  answers:\n    - {question: 'Why bells?', answer: \"So [@own]\"}\n", "'Why bells?' is answered twice", "- question:"),
    ],
)  # fmt: skip
def test_each_fault_in_a_teaching_note_is_told_alone_with_its_line(
    old: str, new: str, words: str, at: str, write_pack: Callable[..., Path]
) -> None:
    assert NOSAKU.count(old) == 1, "the test itself is wrong"
    text = NOSAKU.replace(old, new)
    problems, _ = check_pack(write_pack({"firms/nosaku.md": text}))
    told = [str(problem) for problem in problems.in_order()]
    assert [one for one in told if words not in one] == []
    (one,) = told
    line = text.split("\n")[int(one.split(":")[1]) - 1]
    assert line.strip().startswith(at)


def test_a_teaching_note_comes_out_of_the_book_as_it_was_written(small: Book) -> None:
    note = pages.page(small, "nosaku").teaching
    assert note is not None
    assert note.synopsis == CitedWords(
        "A secretteachingword of a synopsis", (Citation("m", "para. 12"),)
    )
    assert [(one.minutes, one.topic) for one in note.board_plan] == [
        ("0-10", "The bell"), ("10-35", "The vote")
    ]  # fmt: skip
    assert note.minutes == 35
    (answer,) = note.answers
    assert (answer.question, answer.asked.text) == (0, "Why bells?")
    assert [(one.key, one.rating) for one in answer.points] == [
        ("a", Rating.MET), ("b", Rating.SILENT)
    ]  # fmt: skip
    assert note.not_known[0].text == "Who bought the secretteachingword"


def test_only_a_lecturers_page_has_the_sources_of_the_note(small: Book) -> None:
    page = pages.page(small, "nosaku")
    assert set(page.sources) == {"m"}
    assert set(page.teaching_sources) == {"m", "x"}


def test_an_answer_names_its_question_by_its_key_and_a_pair_shares_a_plan(
    write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    takaoka = SMALL_PACK["regions/takaoka.md"].replace(
        "kind: region\n",
        "kind: region\nquestions:\n  - {key: why, text: 'Why a city?'}\nteaching:\n  with: nosaku\n"
        '  answers: [{question: why, answer: "Because [@m, para. 9]"}]\n',
    )
    build_book(write_pack({"regions/takaoka.md": takaoka}), tmp_path / "pair.sqlite")
    page = pages.page(open_book(tmp_path / "pair.sqlite"), "takaoka")
    assert page.teaching is not None
    assert page.teaching.taught_with is not None
    assert page.teaching.taught_with.slug == "nosaku"
    assert page.questions[0].key == "why"
    assert page.teaching.answers[0].asked == page.questions[0]


def test_a_changed_answer_changes_the_pages_hash(
    write_pack: Callable[..., Path], small: Book, tmp_path: Path
) -> None:
    changed = NOSAKU.replace("For bells speaks", "Against bells speaks")
    build_book(write_pack({"firms/nosaku.md": changed}), tmp_path / "other.sqlite")
    sql = "SELECT slug, content_hash FROM entry ORDER BY slug"
    old: dict[str, str] = dict(small.ask(sql))
    new: dict[str, str] = dict(open_book(tmp_path / "other.sqlite").ask(sql))
    assert {slug for slug in old if old[slug] != new[slug]} == {"nosaku"}
