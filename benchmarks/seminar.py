"""A class's answers: files collected, collected again, counted, and written as minutes."""

from __future__ import annotations

import json
import random
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import Row, peak_of_child, table
from casebook.book.connection import open_book
from casebook.book.lists import framework
from casebook.paths import chosen_book
from casebook.seminar.answers import Answer, Answers, answers_json
from casebook.seminar.class_file import read_class
from casebook.vocabulary import Rating

CASES = ("asiro-gentian-alliance", "nosaku", "hiyoshi-ya", "renown")
FRAMEWORK = "success-checklist"
ROUNDS = (1, 2)


def report(sizes: tuple[int, ...] = (25, 1_000)) -> str:
    rows = []
    for students in sizes:
        with tempfile.TemporaryDirectory() as name:
            rows += _measured(Path(name), students)
    title = f"A class's answers, {len(CASES)} cases on the points of '{FRAMEWORK}'"
    return table(title, rows, ("CPU", "peak memory", "right"))


def _measured(folder: Path, students: int) -> list[Row]:
    handed_in = _answers(students)
    (folder / "answers").mkdir()
    for number, answers in enumerate(handed_in):
        path = folder / "answers" / f"{number:05}.json"
        path.write_text(json.dumps(answers_json(answers)), encoding="utf-8")
    plan = folder / "seminar.yaml"
    plan.write_text(
        "seminar: measured\ntitle: Measured\ndate: 2026-12-04\n"
        f"framework: {FRAMEWORK}\ncases: [{', '.join(CASES)}]\n",
        encoding="utf-8",
    )
    held, minutes = folder / "class.sqlite", folder / "minutes.docx"
    command = [sys.executable, "-m", "casebook", "class"]
    files = str(folder / "answers")
    rows = []
    for what, arguments in (
        ("collected", ["collect", str(held), files, "--seminar", str(plan)]),
        ("collected again", ["collect", str(held), files]),
        ("shown", ["show", str(held)]),
        ("minutes", ["export", str(held), "-o", str(minutes), "--style", "book"]),
    ):
        seconds, peak = peak_of_child([*command, *arguments])
        is_right = "yes" if _said(held) == _wanted(handed_in) else "NO"
        name = f"{len(handed_in):,} files of {students:,} students, {what}"
        rows.append(Row(name, f"{seconds:.1f} s", f"{peak:.0f} MiB", is_right))
    return rows


def _answers(students: int) -> list[Answers]:
    """Files of students who rate at random: every point, with a reason for one in three."""
    chance = random.Random(students)
    with open_book(chosen_book(None)) as book:
        points = [criterion.key for criterion in framework(book, FRAMEWORK).criteria]
        slug, edition = book.info.slug, book.info.edition
    found = []
    for student in range(students):
        for number in ROUNDS:
            given = tuple(
                Answer(
                    case,
                    point,
                    chance.choice(list(Rating)),
                    f"A reason, number {chance.randint(1, 50)}, in some words"
                    if chance.random() < 1 / 3
                    else "",
                )
                for case in CASES
                for point in points
            )
            made = "2026-12-01T10:00:00Z"
            found.append(
                Answers(
                    "measured", slug, edition, FRAMEWORK, number, f"{student:032x}",
                    f"Student {student}", number, made, given,
                )
            )  # fmt: skip
    return found


def _said(path: Path) -> set[tuple[object, ...]]:
    """What a class holds, to be held against what was handed in."""
    return {tuple(answer) for answer in read_class(path).answers}


def _wanted(handed_in: list[Answers]) -> set[tuple[object, ...]]:
    return {
        (answers.student, answers.round, *answer)
        for answers in handed_in
        for answer in answers.answers
    }
