"""A teaching note as it is shown to lecturers, and questions."""

from collections.abc import Iterator
from typing import NamedTuple

from casebook.book.exhibit_values import CitedWords
from casebook.book.values import EntryRef
from casebook.citations import Citation
from casebook.vocabulary import BookRating


class QuestionLine(NamedTuple):
    """A question for a seminar.

    Attributes:
        key: its name within the entry; empty where it has none.
        volume: the slug of the volume that says it, in a book of several volumes.
        number: its place among those of the entry, from 0.
    """

    key: str
    text: str
    volume: str = ""
    number: int = 0


class BoardStepLine(NamedTuple):
    """One step of a plan for a class, from one minute to another."""

    begin: int
    end: int
    topic: str
    what: str

    @property
    def minutes(self) -> str:
        """`10-25`."""
        return f"{self.begin}-{self.end}"


class PointMark(NamedTuple):
    """A point of a framework, and the book's rating of the entry on it."""

    framework: str
    framework_title: str
    key: str
    title: str
    rating: BookRating


class AnswerLine(NamedTuple):
    """What can be argued in answer to a question.

    Attributes:
        question: the place of the question among those of the entry, from 0.
    """

    question: int
    asked: QuestionLine
    answer: CitedWords
    points: tuple[PointMark, ...]


class TeachingLine(NamedTuple):
    """A teaching note.

    Attributes:
        taught_with: the entry whose note has the plan for both, if there is one.
    """

    taught_with: EntryRef | None
    synopsis: CitedWords
    objectives: tuple[str, ...]
    audience: CitedWords
    course: CitedWords
    board_plan: tuple[BoardStepLine, ...]
    answers: tuple[AnswerLine, ...]
    not_known: tuple[CitedWords, ...]

    @property
    def minutes(self) -> int:
        """How long the plan takes."""
        return self.board_plan[-1].end if self.board_plan else 0

    @property
    def all_citations(self) -> Iterator[Citation]:
        """The citations of all its parts."""
        for words in (self.synopsis, self.audience, self.course):
            yield from words.citations
        for answer in self.answers:
            yield from answer.answer.citations
        for unknown in self.not_known:
            yield from unknown.citations
