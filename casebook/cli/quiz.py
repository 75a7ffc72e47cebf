"""`casebook quiz`: one point at a time, a guess, and the book's rating of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from casebook.cli.app import (
    BookFile,
    JsonFlag,
    NotebookFile,
    VolumeNames,
    app,
    of_volumes,
    opened_book,
    reading_width,
)
from casebook.cli.output import print_json, print_lines

if TYPE_CHECKING:
    from casebook.book.connection import Book
    from casebook.document import Document
    from casebook.notebook import Notebook
    from casebook.notebook.values import QuizCard
    from casebook.quiz.asking import Queue, Round, Score
    from casebook.quiz.guesses import TypedGuess
    from casebook.quiz.points import PointKey, QuizPoint

_LONGEST_LINE = 10_000
_STOPS = ("q", "quit")
_SKIPS = ("", "s", "skip")


@app.command()
def quiz(
    slugs: Annotated[
        list[str] | None,
        typer.Argument(help="The cases, by their slugs or titles; by default, all of the book."),
    ] = None,
    volume: VolumeNames = None,
    framework: Annotated[
        str | None,
        typer.Option(
            help="Ask only points of this framework; by default, of all that rate the cases."
        ),
    ] = None,
    limit: Annotated[int, typer.Option(help="Ask at most this many points.", min=1, max=1000)] = 10,
    every: Annotated[
        bool, typer.Option("--all", help="Also ask points that are not due yet.")
    ] = False,
    score: Annotated[
        bool, typer.Option("--score", help="Print the score of all answers so far; ask nothing.")
    ] = False,
    book: BookFile = None,
    notebook: NotebookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Guess the book's ratings, point by point.

    Each point is shown with its evidence and without its rating. Answer with 1 (met), 2
    (partly), 3 (not met) or 0 (silent), and if you like a reason after a colon; an empty line
    skips a point, q stops. Then the book's rating of this point is shown. What is missed
    is asked again: at the end, and on later days.
    """
    from casebook.book.volumes import volume_slugs_of
    from casebook.cli.notes import opened_notebook
    from casebook.notebook.quiz_cards import quiz_cards
    from casebook.quiz.asking import Round, cards_by_point
    from casebook.quiz.points import askable_points

    with opened_book(book) as opened, opened_notebook(notebook) as kept:
        cases = of_volumes(opened, slugs, volume, cases_alone=True)
        keys = askable_points(opened, cases or (), framework)
        known = cards_by_point(quiz_cards(kept, *volume_slugs_of(opened)))
        if score:
            _tell_score(_kept_score(opened, keys, known), as_json=as_json)
            return
        queue = _queue(keys, known)
        asked = Round(queue.asked(limit, every=every))
        tell = _teller(as_json=as_json)
        if not asked.keys:
            tell([_nothing_due(queue)])
        else:
            _ask(opened, kept, asked, tell)
        _tell_result(asked, tell, as_json=as_json)


def _teller(*, as_json: bool) -> Callable[[list[str]], None]:
    """Prints lines: on standard error where the output is to be JSON alone."""
    if not as_json:
        return print_lines

    def tell(lines: list[str]) -> None:
        sys.stderr.write("".join(f"{line}\n" for line in lines))
        sys.stderr.flush()

    return tell


def _queue(keys: list[PointKey], known: dict[PointKey, QuizCard]) -> Queue:
    from datetime import datetime

    from casebook.quiz.asking import queue_of

    return queue_of(keys, known, datetime.now().astimezone().date())


def _nothing_due(queue: Queue) -> str:
    day = f" The next is due on {queue.next_due.isoformat()}." if queue.next_due else ""
    return f"Nothing is due today.{day} --all asks anyway."


def _ask(book: Book, notebook: Notebook, asked: Round, tell: Callable[[list[str]], None]) -> None:
    """Asks until the round or the input is over, or the reader stops."""
    from casebook.quiz.documents import question_document
    from casebook.quiz.points import point_at

    while (key := asked.current) is not None:
        point = point_at(book, key)
        again = ", again" if asked.is_again else ""
        lines = [f"Question {asked.number} of {asked.count}{again}", ""]
        tell([*lines, *_lines(question_document(point)), ""])
        try:
            typed = _guess(tell)
        except EOFError:
            return
        if typed is None:
            asked.skip()
            continue
        _keep(book, notebook, asked, point, typed, tell)


def _guess(tell: Callable[[list[str]], None]) -> TypedGuess | None:
    """Reads a guess; None where the point is passed over.

    Raises:
        EOFError: the input is over, or the reader stops.
    """
    from casebook.quiz.guesses import HOW_TO_ANSWER, NoGuessError, guess

    while True:
        if sys.stdin.isatty():
            sys.stderr.write(f"{HOW_TO_ANSWER}; enter skips, q stops: ")
            sys.stderr.flush()
        line = _line()
        word = line.strip().casefold()
        if word in _STOPS:
            raise EOFError
        if word in _SKIPS:
            return None
        try:
            return guess(line)
        except NoGuessError as error:
            sys.stderr.write(f"{error.message}\n")
            sys.stderr.flush()


def _line() -> str:
    """A line of the input, as far as it is looked at.

    Raises:
        EOFError: there is none.
    """
    line = sys.stdin.readline(_LONGEST_LINE)
    if not line:
        raise EOFError
    rest = line
    while rest and not rest.endswith("\n"):
        rest = sys.stdin.readline(_LONGEST_LINE)
    return line


def _keep(
    book: Book,
    notebook: Notebook,
    asked: Round,
    point: QuizPoint,
    typed: TypedGuess,
    tell: Callable[[list[str]], None],
) -> None:
    """Keeps an answer, and then shows the book's rating.

    Raises:
        NotebookError: it could not be kept; the rating stays hidden.
    """
    from casebook.book.volumes import volume_of
    from casebook.notebook.quiz_cards import keep_answer
    from casebook.quiz.asking import GivenAnswer
    from casebook.quiz.documents import answer_document

    given = GivenAnswer(point, typed.rating, typed.reason, asked.is_again)
    keep_answer(
        notebook,
        volume_of(book, point.entry.slug),
        point.entry.slug,
        point.entry.title,
        point.framework.slug,
        point.criterion.key,
        given.rating,
        given.reason,
        is_right=given.is_right,
    )
    asked.answer(given)
    tell([*_lines(answer_document(given)), ""])


def _lines(document: Document) -> list[str]:
    from casebook.renderings.text import document_lines

    return list(document_lines(document, reading_width()))


def _tell_result(asked: Round, tell: Callable[[list[str]], None], *, as_json: bool) -> None:
    from casebook.quiz.asking import score_of

    score = score_of(asked.answers)
    if as_json:
        from casebook.renderings.quiz_json import round_json

        print_json(round_json(asked.answers, score, asked.left))
    elif asked.keys:
        _tell_score(score)
        if asked.left:
            noun = "question" if asked.left == 1 else "questions"
            tell(["", f"{asked.left} {noun} not answered."])


def _kept_score(book: Book, keys: list[PointKey], known: dict[PointKey, QuizCard]) -> Score:
    from casebook.book.lists import frameworks
    from casebook.quiz.asking import score_of_cards

    names = {
        (held.slug, point.key): f"{point.key} {point.title}"
        for held in frameworks(book)
        for point in held.criteria
    }
    return score_of_cards((known[key] for key in keys if key in known), names)


def _tell_score(score: Score, *, as_json: bool = False) -> None:
    if as_json:
        from casebook.renderings.quiz_json import score_json

        print_json(score_json(score))
        return
    from casebook.quiz.documents import score_document

    print_lines(_lines(score_document(score)))
