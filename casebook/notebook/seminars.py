"""The seminars that the reader hands in answers for, and the reader's identifier in each."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from casebook.notebook.files import now
from casebook.notebook.notes import short_title
from casebook.notebook.store import Notebook
from casebook.notebook.values import Attendance
from casebook.notebook.writing import Writing
from casebook.safe_text import made_safe_line
from casebook.seminar.class_limits import IDENTIFIER, LAST_NUMBER, LAST_ROUND, LONGEST_NAME

_NAMES = ("book", "seminar", "title", "student", "name", "round", "number", "made", "sequence")
_COLUMNS = ", ".join(_NAMES)


def attendance(notebook: Notebook, book: str, seminar: str) -> Attendance | None:
    """What is known of the reader in a seminar; None before answers were first written."""
    rows = notebook.ask(
        f"SELECT {_COLUMNS} FROM seminar WHERE book = ? AND seminar = ?", [book, seminar]
    )
    return Attendance(*rows[0]) if rows else None


def attendances(notebook: Notebook) -> list[Attendance]:
    """The seminars that the reader has written answers for, the last first."""
    rows = notebook.ask(f"SELECT {_COLUMNS} FROM seminar ORDER BY sequence DESC")
    return [Attendance(*row) for row in rows]


def count_answers(
    notebook: Notebook, book: str, seminar: str, title: str, *, name: str, number_of_round: int
) -> Attendance:
    """Keeps that answers are written once more; the first time, the reader gets an identifier.

    It cannot be undone, for what was handed in is out of the reader's hands.

    Raises:
        NotebookError: it could not be written.
    """
    key = {"book": book, "seminar": seminar}
    with notebook.writing() as writing:
        before = writing.row("seminar", key)
        values = {
            "title": short_title(made_safe_line(title)),
            "student": before["student"] if before else secrets.token_hex(16),
            "name": made_safe_line(name)[:LONGEST_NAME],
            "round": number_of_round,
            "number": (before["number"] if before else 0) + 1,
            "made": now(),
            "sequence": writing.next_sequence(),
        }
        row = writing.put("seminar", key, values)
        return Attendance(*(row[column] for column in _NAMES))


@dataclass(frozen=True, slots=True)
class ImportedAttendance:
    """An attendance as a notebook's JSON tells of it."""

    title: str
    student: str
    name: str
    round: int
    number: int
    made: str

    @property
    def is_possible(self) -> bool:
        return (
            re.fullmatch(IDENTIFIER, self.student) is not None
            and 1 <= self.round <= LAST_ROUND
            and 1 <= self.number <= LAST_NUMBER
        )


def put_imported(writing: Writing, book: str, seminar: str, imported: ImportedAttendance) -> bool:
    """Takes over the reader's identifier from another notebook of theirs.

    Returns:
        False where nothing has changed: the reader has answered here, too, under another
        identifier, which stays, or at least as often.
    """
    key = {"book": book, "seminar": seminar}
    mine = writing.row("seminar", key)
    if mine is not None and (
        mine["student"] != imported.student or mine["number"] >= imported.number
    ):
        return False
    values = {
        "title": imported.title,
        "student": imported.student,
        "name": imported.name[:LONGEST_NAME],
        "round": imported.round,
        "number": imported.number,
        "made": imported.made,
        "sequence": mine["sequence"] if mine else writing.next_sequence(),
    }
    writing.put("seminar", key, values)
    return True
