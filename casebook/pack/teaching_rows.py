"""The rows of questions and of a teaching note."""

from __future__ import annotations

from casebook.model import Question
from casebook.pack.check import criterion_of
from casebook.pack.forms import EntryForm, PartsForm
from casebook.pack.reader import Filed
from casebook.pack.row_writer import RowWriter
from casebook.pack.teaching import question_of
from casebook.statement_kinds import StatementKind
from casebook.teaching_tables import (
    AnswerPoint,
    BoardStep,
    Teaching,
    TeachingAnswer,
    TeachingObjective,
    TeachingUnknown,
)


class TeachingRows:
    """Writes the questions and the teaching note of one entry after another."""

    def __init__(self, rows: RowWriter) -> None:
        self.rows = rows
        self.last_question = 0

    def questions(self, entry: int, front: Filed[PartsForm], first: int) -> None:
        """Writes the questions of a file.

        Args:
            first: the position of the first of them on the entry's page.
        """
        for number, question in enumerate(front.form.questions):
            self.last_question += 1
            self.rows.at(front.spot("questions", number))
            self.rows.add(
                Question,
                id=self.last_question,
                entry_id=entry,
                position=first + number,
                key=question.key or "",
                text=question.text,
                volume_id=self.rows.volume,
            )

    def note(self, entry: int, front: Filed[EntryForm]) -> None:
        """Writes the teaching note of an entry whose questions were written last."""
        note = front.form.teaching
        if note is None:
            return
        first = self.last_question - len(front.form.questions) + 1
        rows = self.rows
        statement = rows.statement(StatementKind.TEACHING, front.spot("teaching"))
        words = {"synopsis": note.synopsis, "audience": note.audience, "course": note.course}
        plain = {name: part.plain if part else "" for name, part in words.items()}
        rows.add(
            Teaching,
            statement_id=statement,
            entry_id=entry,
            with_id=rows.entry_ids[note.with_] if note.with_ else None,
            synopsis=plain["synopsis"],
            audience=plain["audience"],
            course=plain["course"],
        )
        at = 0
        for name, part in words.items():
            if part is not None:
                at = rows.cite(statement, part.citations, part=name, start=at)
        for position, objective in enumerate(note.objectives):
            rows.at(front.spot("teaching", "objectives", position))
            rows.add(TeachingObjective, teaching_id=statement, position=position, text=objective)
        for position, step in enumerate(note.board_plan):
            rows.at(front.spot("teaching", "board_plan", position))
            rows.add(
                BoardStep,
                teaching_id=statement,
                position=position,
                minutes=step.minutes,
                topic=step.topic,
                what=step.what,
            )
        for position, answer in enumerate(note.answers):
            rows.at(front.spot("teaching", "answers", position))
            place = question_of(front.form.questions, answer.question)
            assert place is not None  # it was checked
            rows.add(
                TeachingAnswer,
                teaching_id=statement,
                position=position,
                question_id=first + place,
                text=answer.answer.plain,
            )
            at = rows.cite(statement, answer.answer.citations, part=f"answer:{position}", start=at)
            for place, criterion in enumerate(answer.ratings):
                rows.add(
                    AnswerPoint,
                    teaching_id=statement,
                    answer=position,
                    position=place,
                    criterion_id=rows.criterion_ids[criterion_of(criterion)],
                )
        for position, unknown in enumerate(note.not_known):
            rows.at(front.spot("teaching", "not_known", position))
            rows.add(TeachingUnknown, teaching_id=statement, position=position, text=unknown.plain)
            at = rows.cite(statement, unknown.citations, part=f"unknown:{position}", start=at)
