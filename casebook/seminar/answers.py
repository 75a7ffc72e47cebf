"""One student's answers for a seminar: ratings and reasons, and nothing else of the notebook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from casebook.book.connection import Book
from casebook.book.lists import framework
from casebook.book.volumes import volumes_of
from casebook.errors import CasebookError
from casebook.notebook import predictions
from casebook.notebook.seminars import attendance, count_answers
from casebook.notebook.store import Notebook
from casebook.notebook.values import Attendance, Prediction
from casebook.safe_text import made_safe_line
from casebook.seminar.class_limits import LAST_ROUND, LONGEST_NAME, LONGEST_REASON
from casebook.seminar.planned import Seminar
from casebook.vocabulary import Rating

FORMAT = "casebook-answers"
VERSION = 1
FILE_NAME = "answers.json"
"""What a file of answers is usually called."""


class Answer(NamedTuple):
    """A student's rating of a case on a point.

    Attributes:
        entry: the slug of the case.
        criterion: the key of the point.
        rating: `silent` says that the student finds nothing said.
    """

    entry: str
    criterion: str
    rating: Rating
    reason: str = ""


class Answers(NamedTuple):
    """What a student hands in for a round.

    Attributes:
        seminar: its slug; `book` and `framework` likewise.
        edition: of the book that the student rated from.
        student: a random identifier, by which later answers replace earlier ones.
        name: as the student gives it; empty for none.
        number: how often the student has written answers; a greater number is later.
        made: when, by the student's clock, ISO 8601, UTC.
    """

    seminar: str
    book: str
    edition: str
    framework: str
    round: int
    student: str
    name: str
    number: int
    made: str
    answers: tuple[Answer, ...]


def seminar_in(book: Book) -> Seminar | None:
    """The seminar that a students' edition of a book is for; None for any other book."""
    return book.seminar


def points_of(book: Book, seminar: Seminar) -> tuple[str, ...]:
    """The keys of the points that a seminar rates, in the order of its plan.

    Raises:
        NotFoundError: the book has no such framework.
    """
    return seminar.rated_points(framework(book, seminar.framework).criteria)


def rated(book: Book, notebook: Notebook, seminar: Seminar) -> list[Prediction]:
    """The reader's ratings of a seminar's cases on its points, case by case.

    Raises:
        NotFoundError: the book has no such framework.
        NotebookError: the notebook cannot be read.
    """
    slugs = [case.slug for case in seminar.cases]
    points = points_of(book, seminar)
    held = framework(book, seminar.framework).slug
    found: dict[tuple[str, str], Prediction] = {}
    for volume, some in volumes_of(book, slugs).items():
        for each in predictions.predictions(notebook, volume, some, held):
            found.setdefault((each.entry, each.criterion), each)
    return [found[slug, point] for slug in slugs for point in points if (slug, point) in found]


def name_to_give(
    notebook: Notebook, book: str, seminar: str, name: str | None, *, is_anonymous: bool
) -> str:
    """The name that stands in a student's answers: as given, else the one given before.

    Raises:
        CasebookError: it is not known whether a name is to be given, or it is too long.
    """
    if is_anonymous:
        if name:
            raise CasebookError("--anonymous gives no name; leave out --name.")
        return ""
    before = attendance(notebook, book, seminar)
    if name is None and before is None:
        raise CasebookError(
            'Say who hands the answers in with --name "…", or hand them in with --anonymous.'
        )
    words = made_safe_line(before.name if name is None and before else name or "")
    if len(words) > LONGEST_NAME:
        raise CasebookError(f"A name has {LONGEST_NAME} characters at the most.")
    return words


def last_handed_in(notebook: Notebook, book: str, seminar: str) -> Attendance | None:
    """What the reader has handed in last as a file; None before that.

    Args:
        book: its slug; `seminar` likewise.

    Raises:
        NotebookError: the notebook cannot be read.
    """
    last = attendance(notebook, book, seminar)
    if last is None or last.number > 1:
        return last
    from casebook.seminar.membership import memberships

    # Whoever joins a class on a server gets their identifier as if they had handed in.
    has_joined = any(
        known.seminar == seminar and known.identifier == last.student
        for known in memberships(notebook, book)
    )
    return None if has_joined else last


def is_changed_since(last: Attendance, given: Sequence[Prediction]) -> bool:
    """Whether the reader has given a rating, or changed it, since they last handed in."""
    # The order of writing tells apart what was written in the same second; the time, what came
    # here from another notebook.
    return any(each.sequence > last.sequence and each.changed >= last.made for each in given)


def usual_round(last: Attendance | None) -> int:
    """The round that is handed in next, so that nobody replaces their first round unawares."""
    return max(2, last.round) if last else 1


def write_answers(
    book: Book, notebook: Notebook, seminar: Seminar, *, name: str, number_of_round: int = 1
) -> Answers:
    """The reader's answers for a round, to be handed in.

    Args:
        name: empty for none.

    Raises:
        CasebookError: none of the seminar's cases is rated, or there is no such round.
        NotebookError: the notebook cannot be read, or written.
    """
    if not 1 <= number_of_round <= LAST_ROUND:
        raise CasebookError(f"A round is a number from 1 to {LAST_ROUND}.")
    given = rated(book, notebook, seminar)
    if not given:
        cases = ", ".join(case.slug for case in seminar.cases)
        raise CasebookError(
            f"You have rated none of the cases of {seminar.title} ({cases}). In the app, P asks"
            " for your ratings; `casebook answers rate` takes them one by one."
        )
    counted = count_answers(
        notebook,
        book.info.slug,
        seminar.slug,
        seminar.title,
        name=name,
        number_of_round=number_of_round,
    )
    return Answers(
        seminar.slug,
        book.info.slug,
        book.info.edition,
        framework(book, seminar.framework).slug,
        number_of_round,
        counted.student,
        counted.name,
        counted.number,
        counted.made,
        tuple(
            Answer(each.entry, each.criterion, each.rating, _short(each.reason)) for each in given
        ),
    )


def _short(reason: str) -> str:
    """A reason in one line, as long as it may be in a class."""
    words = made_safe_line(reason)
    if len(words) <= LONGEST_REASON:
        return words
    return words[: LONGEST_REASON - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def answers_json(answers: Answers) -> dict[str, Any]:
    """What a file of answers says. The names are a contract."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "seminar": answers.seminar,
        "book": answers.book,
        "edition": answers.edition,
        "framework": answers.framework,
        "round": answers.round,
        "student": answers.student,
        "name": answers.name,
        "number": answers.number,
        "made": answers.made,
        "answers": [
            {
                "entry": answer.entry,
                "criterion": answer.criterion,
                "rating": answer.rating.value,
                "reason": answer.reason,
            }
            for answer in answers.answers
        ],
    }


def answers_text(answers: Answers) -> str:
    """The content of a file of answers."""
    from casebook.renderings.json_text import json_text

    return json_text(answers_json(answers))


def refuse_foreign(book: Book, seminar: Seminar, by: str, entry: str, criterion: str) -> None:
    """Refuses a rating that would not be handed in, for it is not asked for.

    Args:
        by: the slug of the framework.

    Raises:
        NotFoundError: the book has no such framework or point.
        CasebookError: the seminar has no such case or point, or rates by another framework.
    """
    title = made_safe_line(seminar.title)
    if by != seminar.framework:
        raise CasebookError(f"{title} rates by '{seminar.framework}', not by '{by}'.")
    cases = [case.slug for case in seminar.cases]
    if entry not in cases:
        raise CasebookError(
            f"'{entry}' is not a case of {title}; it has {', '.join(cases)}. With --framework"
            f" {seminar.framework} you rate it for yourself."
        )
    points = points_of(book, seminar)
    if criterion not in points:
        raise CasebookError(
            f"'{made_safe_line(criterion)}' is not a point that {title} rates; it has"
            f" {', '.join(points)}. With --framework {seminar.framework} you rate it for yourself."
        )


def reason_given(
    book: Book, notebook: Notebook, seminar_framework: str, entry: str, point: str
) -> str:
    """The reason that the reader has given for their rating of a case on a point; empty for none.

    Raises:
        NotFoundError: the book has no such framework.
        NotebookError: the notebook cannot be read.
    """
    from casebook.book.volumes import volume_of

    held = framework(book, seminar_framework).slug
    given = predictions.predictions(notebook, volume_of(book, entry), [entry], held)
    return next((each.reason for each in given if each.criterion == point), "")


def rate(
    book: Book, notebook: Notebook, seminar_framework: str, answers: Sequence[Answer]
) -> list[Prediction]:
    """Keeps ratings of the reader's, as the app does while the book's are hidden.

    Args:
        seminar_framework: the slug of the framework.

    Raises:
        NotFoundError: the book has no such case, framework or point.
        NotebookError: the book's rating has been shown already, or it could not be written.
    """
    from casebook.book.ratings import entries_of
    from casebook.book.volumes import volume_of
    from casebook.errors import NotFoundError

    held = framework(book, seminar_framework)
    kept = []
    for answer in answers:
        entry = entries_of(book, [answer.entry])[0]
        if held.criterion(answer.criterion) is None:
            known = ", ".join(criterion.key for criterion in held.criteria)
            raise NotFoundError(
                f"'{held.title}' has no point '{made_safe_line(answer.criterion)}'; it has {known}."
            )
        kept.append(
            predictions.predict(
                notebook,
                volume_of(book, entry.slug),
                entry.slug,
                entry.title,
                held.slug,
                answer.criterion,
                answer.rating,
                answer.reason,
            )
        )
    return kept
