"""What `casebook new seminar` writes: a plan for a lecturer to fill in, which checks clean."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from casebook.atomic import write_file
from casebook.book.connection import Book
from casebook.book.entries import refs
from casebook.book.lists import frameworks
from casebook.book.rows import marks, text
from casebook.errors import AlreadyThereError, CasebookError
from casebook.file_names import file_stem
from casebook.pack.skeleton import in_quotes, quoted

_SKELETON = """\
seminar: {slug}
title: {title}
date: {date}
framework: {framework}
# points: [{points}]       # the points that are rated; left out: all but sub-points
cases:                     # - {{slug: …, optional: true}} is read by those who want to,
{cases}
                           # - {{slug: …, hidden: true}} is sealed until it is revealed
questions:
{questions}
steps:                     # what is done, and for how many minutes
  - {{title: Reading, minutes: 10}}
{steps}
  - {{title: Rating again, minutes: 10}}
reveal: [ratings, outcomes]    # what is sealed, in the order of its reveal; entry:SLUG if hidden
"""
_MINUTES_OF_A_CASE = 15
_SOME_POINTS = 3
_TO_BE_REPLACED = "What is to be decided?"


def write_new_seminar(
    path: Path, title: str, cases: Sequence[str], book: Book, *, slug: str = "", force: bool = False
) -> Path:
    """Writes the plan of a new seminar, and says where it stands.

    Args:
        cases: the slugs of entries of the book.

    Raises:
        CasebookError: the title makes no slug, the book has no framework to rate by, or the file
            exists or cannot be written.
    """
    name = slug or file_stem(title)
    if not name or file_stem(name) != name:
        raise CasebookError(
            f"'{name or title}' makes no slug; give one of small Latin letters, digits and hyphens"
            " with --slug."
        )
    framework = next((known for known in frameworks(book) if known.is_assessed), None)
    if framework is None:
        raise CasebookError("This book has no framework that cases are held against.")
    chosen = list(dict.fromkeys(cases))
    titles = refs(book, chosen)
    keys = [point.key for point in framework.criteria if not point.depth]
    asked = _first_questions(book, chosen)
    # Two cases that are asked the same share its number.
    questions = list(dict.fromkeys(asked.values())) or [_TO_BE_REPLACED]
    numbers = {case: questions.index(question) + 1 for case, question in asked.items()}
    words = _SKELETON.format(
        slug=name,
        title=quoted(title),
        date=datetime.datetime.now().astimezone().date().isoformat(),
        framework=framework.slug,
        points=", ".join(map(quoted, keys[:_SOME_POINTS])),
        cases="\n".join(f"  - {case}" for case in chosen),
        questions="\n".join(f"  - {in_quotes(question)}" for question in questions),
        steps="\n".join(
            f"  - {{title: {in_quotes(titles[case].title)}, minutes: {_MINUTES_OF_A_CASE},"
            f" case: {case}{f', question: {numbers[case]}' if case in numbers else ''}}}"
            for case in chosen
        ),
    )
    try:
        write_file(path, words.encode("utf-8"), replace=force)
    except FileExistsError:
        raise AlreadyThereError(
            f"{path} exists already; nothing was written. --force replaces it."
        ) from None
    except OSError as error:
        raise CasebookError(f"{path}: cannot be written: {error.strerror}.") from None
    return path


def _first_questions(book: Book, cases: Sequence[str]) -> dict[str, str]:
    """The first question that the book asks of each case, of those that it asks any."""
    first: dict[str, str] = {}
    for slug, asked in book.ask(
        "SELECT e.slug, q.text FROM question AS q JOIN entry AS e ON e.id = q.entry_id"
        f" WHERE e.slug IN ({marks(len(cases))}) ORDER BY q.entry_id, q.position",
        cases,
    ):
        first.setdefault(slug, text(asked))
    return {case: first[case] for case in cases if case in first}
