"""On what a quiz is to be: the entry that is chosen, the added cases, or the whole book."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from casebook.book import entries
from casebook.book.connection import Book
from casebook.quiz.points import NothingToAskError, PointKey, askable_points

if TYPE_CHECKING:
    from tui.screens.base import CasebookScreen

ROUND_OF_BOOK = 10
"""Questions of one round on the whole book."""


def quiz_title(book: Book, slugs: Sequence[str]) -> str:
    """Of what a quiz is: a title, or how many cases."""
    if not slugs:
        return "all cases"
    refs = entries.refs(book, slugs)
    if len(slugs) == 1 and slugs[0] in refs:
        return refs[slugs[0]].title
    return f"{len(slugs)} cases"


def quiz_choices(book: Book, slug: str | None, tray: Sequence[str]) -> dict[str, str]:
    """What a quiz can be on, in words.

    Returns:
        words for `entry`, `tray` and `book`, those of them that the book rates.
    """
    choices: dict[str, str] = {}
    if slug and (points := _points(book, [slug])):
        choices["entry"] = f"{quiz_title(book, [slug])}: {_counted(points)}"
    if tray and tuple(tray) != (slug,) and (points := _points(book, tray)):
        noun = "case" if len(tray) == 1 else "cases"
        choices["tray"] = f"The {len(tray)} added {noun}: {_counted(points)}"
    if points := _points(book, ()):
        choices["book"] = (
            f"All cases: what is due, then what is new, {ROUND_OF_BOOK} of {_counted(points)}"
        )
    return choices


def ask_for_quiz(screen: CasebookScreen, slug: str | None) -> None:
    """Asks on what a quiz is to be, where more than one thing may be meant, and opens it.

    Args:
        slug: the entry that is chosen.
    """
    from tui.dialogs.question import QuestionScreen

    host = screen.casebook
    tray = host.picked
    choices = quiz_choices(host.book, slug, tray)
    whose = {"entry": (slug or "",), "tray": tray, "book": ()}

    def take(answer: str | None) -> None:
        if answer is not None:
            host.open_quiz(whose[answer])

    if choices:
        screen.app.push_screen(QuestionScreen("Quiz on", choices), take)
    else:
        screen.action_quiz_of_book()


def _points(book: Book, slugs: Sequence[str]) -> list[PointKey]:
    with suppress(NothingToAskError):
        return askable_points(book, slugs)
    return []


def _counted(points: Sequence[PointKey]) -> str:
    return "1 point" if len(points) == 1 else f"{len(points)} points"
