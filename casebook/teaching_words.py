"""A teaching note in words: what pages show of it and handouts print, part by part."""

from __future__ import annotations

from collections.abc import Iterable

from casebook.book.exhibit_values import CitedWords, ExhibitRow
from casebook.book.teaching_values import AnswerLine, BoardStepLine, PointMark, TeachingLine
from casebook.rating_signs import signed_rating
from casebook.text import Text
from casebook.text_builder import TextBuilder

BOARD_PLAN_COLUMNS = ("Minutes", "Topic", "What")


def cited_text(words: CitedWords) -> Text:
    """Words with their citations."""
    return TextBuilder().add(words.text).cite(words.citations).text()


def taught_with(note: TeachingLine) -> Text | None:
    """Where the plan stands, if it is the note of another entry that has it."""
    if note.taught_with is None:
        return None
    builder = TextBuilder().add("Taught together with ").entry(note.taught_with)
    return builder.add(", whose teaching note has the plan for both.").text()


def asked(answer: AnswerLine) -> Text:
    """`Question 2. …`."""
    builder = TextBuilder().strong(f"Question {answer.question + 1}.")
    return builder.add(f" {answer.asked.text}").text()


def points_words(points: Iterable[PointMark]) -> str:
    """`● met: Success checklist a Vision and strategy`, and so on."""
    return "; ".join(
        f"{signed_rating(point.rating)}: {point.framework_title} {point.key} {point.title}"
        for point in points
    )


def board_plan_title(note: TeachingLine) -> str:
    """`Board plan: 75 minutes`."""
    return f"Board plan: {note.minutes} minutes"


def board_plan_rows(steps: Iterable[BoardStepLine]) -> tuple[ExhibitRow, ...]:
    """The plan as the rows of a table, with running minutes."""
    return tuple(
        ExhibitRow((CitedWords(step.minutes), CitedWords(step.topic), CitedWords(step.what)))
        for step in steps
    )
