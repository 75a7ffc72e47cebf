"""A class for tests, over cases of the shipped book."""

from __future__ import annotations

from pathlib import Path

from casebook.book.connection import Book
from casebook.book.lists import framework
from casebook.seminar.answers import Answers
from casebook.seminar.class_store import PlannedClass
from casebook.seminar.class_values import ClassCase, ClassPoint
from casebook.seminar.collecting import collect
from casebook.seminar.planned import PlannedCase, Seminar
from tests.casebook.seminar.classes import write_answer_files

CASES = {
    "asiro-gentian-alliance": "Asiro gentian alliance",
    "nosaku": "Nosaku",
    "renown": "Renown",
}
POINTS = ("a", "b", "c")
SEMINAR = Seminar(
    "bells", "Bells and flowers", "2026-12-04", "success-checklist", POINTS,
    tuple(map(PlannedCase, CASES)),
)  # fmt: skip


def make_class(book: Book, folder: Path, handed_in: list[Answers]) -> Path:
    """A class over the shipped book."""
    held = framework(book, SEMINAR.framework)
    names = {criterion.key: criterion.title for criterion in held.criteria}
    planned = PlannedClass(
        SEMINAR.slug, SEMINAR.title, SEMINAR.date, "", book.info.slug, book.info.edition,
        held.slug, held.title, tuple(ClassCase(*case) for case in CASES.items()),
        tuple(ClassPoint(key, names[key]) for key in POINTS),
    )  # fmt: skip
    path = folder / "class.sqlite"
    files = write_answer_files(folder / "answers", [of_book(book, each) for each in handed_in])
    assert collect(path, files, planned).refused == []
    return path


def of_book(book: Book, answers: Answers) -> Answers:
    return answers._replace(
        book=book.info.slug, edition=book.info.edition, framework=SEMINAR.framework
    )
