"""What a seminar asks its students to rate, and how far a reader has come with it."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from casebook.book.connection import Book
from casebook.book.entries import refs
from casebook.errors import NotFoundError
from casebook.seminar.answers import points_of
from casebook.seminar.planned import Seminar


class RatingProgress(NamedTuple):
    """How many of the ratings that are asked for have been given.

    Attributes:
        optional_given, optional_asked: of the cases that are read by those who want to.
    """

    given: int
    asked: int
    optional_given: int = 0
    optional_asked: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether all is rated that everybody is to rate."""
        return self.given == self.asked

    @property
    def is_whole(self) -> bool:
        """Whether the optional cases are rated as well."""
        return self.is_complete and self.optional_given == self.optional_asked

    @property
    def said(self) -> str:
        """`3 of 6 rated`, `6 of 6 rated, 1 of 3 optional`."""
        words = f"{self.given} of {self.asked} rated"
        if not self.optional_asked:
            return words
        return f"{words}, {self.optional_given} of {self.optional_asked} optional"


class AskedRatings(NamedTuple):
    """The ratings that a seminar asks for.

    Attributes:
        cases: the slugs of its cases, in the order of the plan; none that is still hidden.
        optional: those of them that are read by those who want to.
        points: the keys of its points, in the order of the plan.
    """

    seminar: Seminar
    cases: tuple[str, ...]
    optional: frozenset[str]
    points: tuple[str, ...]

    def holds(self, by: str, slugs: Collection[str]) -> bool:
        """Whether all of some entries are its cases, and are rated by its framework."""
        return by == self.seminar.framework and bool(slugs) and set(slugs) <= set(self.cases)

    def progress(self, given: Collection[tuple[str, str]]) -> RatingProgress:
        """How far a reader has come.

        Args:
            given: the slugs of the cases and the keys of the points that are rated.
        """

        def of(slugs: Collection[str]) -> tuple[int, int]:
            cells = {(slug, key) for slug in slugs for key in self.points}
            return len(cells & set(given)), len(cells)

        wanted = [slug for slug in self.cases if slug not in self.optional]
        if not wanted:
            return RatingProgress(*of(self.cases))
        return RatingProgress(*of(wanted), *of(self.optional))


def asked_ratings(book: Book) -> AskedRatings | None:
    """What the seminar that a book was made for asks to rate; None for any other book."""
    seminar = book.seminar
    if seminar is None:
        return None
    try:
        points = points_of(book, seminar)
    except NotFoundError:
        return None
    known = refs(book, [case.slug for case in seminar.cases])
    cases = [
        case
        for case in seminar.cases
        if case.slug in known and not book.edition.is_sealed(case.slug)
    ]
    if not cases or not points:
        return None
    return AskedRatings(
        seminar,
        tuple(dict.fromkeys(case.slug for case in cases)),
        frozenset(case.slug for case in cases if case.optional),
        points,
    )
