"""Checks questions and teaching notes: what they refer to, and what they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from casebook.pack.exhibits import CitationChecker
from casebook.pack.form_values import Cited
from casebook.pack.forms import EntryForm, PartsForm, guess
from casebook.pack.problems import Spot
from casebook.pack.reader import Filed
from casebook.pack.teaching_forms import LONGEST_OBJECTIVE, QuestionForm, TeachingForm


class TeachingChecker(CitationChecker, Protocol):
    """What the checks of teaching notes use of the checker besides."""

    def known_entry(self, slug: str, spot: Spot) -> None:
        """Checks that there is an entry."""

    def known_point(self, words: str, spot: Spot) -> None:
        """Checks that a framework has a point, and that cases are held against it."""


def question_of(questions: Sequence[QuestionForm], named: str) -> int | None:
    """The place of the question of a key, or of some words, among those of an entry."""
    for place, question in enumerate(questions):
        if named in (question.key, question.text):
            return place
    return None


def check_questions(checker: CitationChecker, front: Filed[PartsForm]) -> None:
    """Checks the questions of an entry."""
    keys: set[str] = set()
    for number, question in enumerate(front.form.questions):
        if question.key and question.key in keys:
            spot = front.spot("questions", number, "key")
            checker.problems.add(spot, f"the question '{question.key}' occurs twice")
        keys |= {question.key} if question.key else set()


def check_teaching(checker: TeachingChecker, slug: str, front: Filed[EntryForm]) -> None:
    """Checks the teaching note of an entry."""
    note = front.form.teaching
    if note is None:
        return
    if note.with_:
        spot = front.spot("teaching", "with")
        checker.known_entry(note.with_, spot)
        if note.with_ == slug:
            checker.problems.add(spot, "an entry cannot be taught together with itself")
    elif note.synopsis is None:
        checker.problems.add(
            front.spot("teaching"), "a teaching note needs a 'synopsis', or 'with' another entry"
        )
    _check_words(checker, front, note)
    _check_answers(checker, front, note)


def _check_words(checker: CitationChecker, front: Filed[EntryForm], note: TeachingForm) -> None:
    texts: list[tuple[str, Cited | None]] = [
        ("synopsis", note.synopsis),
        ("audience", note.audience),
        ("course", note.course),
    ]
    for name, words in texts:
        if words is not None:
            checker.cited(words, front.spot("teaching", name), f"the {name}")
    for number, objective in enumerate(note.objectives):
        if len(objective) > LONGEST_OBJECTIVE:
            checker.problems.add(
                front.spot("teaching", "objectives", number),
                f"an objective of {len(objective)} characters; at most {LONGEST_OBJECTIVE}",
            )
    for number, unknown in enumerate(note.not_known):
        checker.cited(unknown, front.spot("teaching", "not_known", number), "what is not known")


def _check_answers(checker: TeachingChecker, front: Filed[EntryForm], note: TeachingForm) -> None:
    questions = front.form.questions
    answered: set[int] = set()
    for number, answer in enumerate(note.answers):
        spot = front.spot("teaching", "answers", number, "question")
        place = question_of(questions, answer.question)
        if place is None:
            known = [
                words for question in questions for words in (question.key, question.text) if words
            ]
            near = guess(answer.question, known)
            checker.problems.add(spot, f"no question '{answer.question}' on this page{near}")
        elif place in answered:
            checker.problems.add(spot, f"'{answer.question}' is answered twice")
        else:
            answered.add(place)
        checker.cited(
            answer.answer, front.spot("teaching", "answers", number, "answer"), "the answer"
        )
        for at, point in enumerate(answer.ratings):
            spot = front.spot("teaching", "answers", number, "ratings", at)
            checker.known_point(point, spot)
            if point in answer.ratings[:at]:
                checker.problems.add(spot, f"'{point}' is named twice")
