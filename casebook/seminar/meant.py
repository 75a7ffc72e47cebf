"""Which seminar a command means."""

from __future__ import annotations

from pathlib import Path

from casebook.book.connection import Book
from casebook.errors import CasebookError
from casebook.seminar.planned import Seminar


def seminar_of(book: Book, plan: Path | None, *, is_checked: bool = False) -> Seminar:
    """The seminar that is meant: that of a plan's file, else the one that the book carries.

    Args:
        is_checked: the plan is held to the book, which has to have all its cases; a student's
            edition may lack what is hidden yet.

    Raises:
        PackError: the plan does not hold; all its faults are told.
        CasebookError: the book carries none, and no file is named.
    """
    from casebook.seminar.answers import seminar_in

    if plan is not None:
        from casebook.seminar.plan import read_plan

        return read_plan(plan, book if is_checked else None)
    carried = seminar_in(book)
    if carried is None:
        raise CasebookError(
            "This book was not made for a seminar. Name the seminar's plan with"
            " --seminar seminar.yaml."
        )
    return carried
