"""What is known of a class: plain values that say all that a face needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from casebook.book.edition import ENTRY
from casebook.vocabulary import Rating

TALLY = "tally"
"""What a class can be shown besides the parts of a plan's order of reveal: its own answers."""


class ClassCase(NamedTuple):
    """A case of the seminar."""

    slug: str
    title: str
    is_optional: bool = False
    is_hidden: bool = False


class ClassPoint(NamedTuple):
    """A point on which the cases are rated."""

    key: str
    title: str

    @property
    def name(self) -> str:
        """Its key and its title: `a Vision and strategy`."""
        return f"{self.key} {self.title}"


class Student(NamedTuple):
    """A student who has answered.

    Attributes:
        id: the random identifier.
        name: as the student gives it; empty for none.
        rounds: that they answered, each with the number of their ratings.
    """

    id: str
    name: str
    rounds: tuple[tuple[int, int], ...]


class ClassAnswer(NamedTuple):
    """A student's rating of a case on a point in a round."""

    student: str
    round: int
    entry: str
    criterion: str
    rating: Rating
    reason: str


@dataclass(frozen=True, slots=True)
class ClassRecord:
    """Everything that a class has answered for a seminar.

    Attributes:
        slug: of the seminar.
        class_name: which class; empty where there is one.
        book: the slug of the book.
        edition: of the book.
        framework: its slug.
        rounds: that have answers, in order.
        reveals: what the class has been shown, in the words of a plan's order of reveal.
    """

    slug: str
    title: str
    date: str
    class_name: str
    book: str
    edition: str
    framework: str
    framework_title: str
    cases: tuple[ClassCase, ...]
    points: tuple[ClassPoint, ...]
    students: tuple[Student, ...]
    rounds: tuple[int, ...]
    answers: tuple[ClassAnswer, ...]
    reveals: frozenset[str] = frozenset()

    @property
    def shown_cases(self) -> tuple[ClassCase, ...]:
        """The cases that the class may know of: not a hidden one before it is revealed, unless
        somebody has rated it."""
        answered = {answer.entry for answer in self.answers}
        return tuple(
            case
            for case in self.cases
            if not case.is_hidden or f"{ENTRY}{case.slug}" in self.reveals or case.slug in answered
        )
