"""The tables of teaching notes, which are for lecturers alone; see `casebook.model`."""

from __future__ import annotations

from typing import Annotated

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from casebook.column_types import Key, Line, MaybeText, Position, Text


class Teaching(SQLModel, table=True):
    """The teaching note of an entry.

    Its citations are for its parts: `synopsis`, `audience`, `course`, `answer:0`, `unknown:0`.
    """

    statement_id: Key = Field(foreign_key="statement.id", primary_key=True)
    entry_id: Key = Field(foreign_key="entry.id", unique=True)
    with_id: Key | None = Field(default=None, foreign_key="entry.id")
    """The entry that it is taught together with, whose note has the plan."""
    synopsis: MaybeText = ""
    audience: MaybeText = ""
    course: MaybeText = ""


class TeachingObjective(SQLModel, table=True):
    """What students should be able to do afterwards."""

    __tablename__ = "teaching_objective"

    teaching_id: Key = Field(foreign_key="teaching.statement_id", primary_key=True)
    position: Position = Field(primary_key=True)
    text: Text


class BoardStep(SQLModel, table=True):
    """One step of the plan for a class."""

    __tablename__ = "board_step"
    __table_args__ = (CheckConstraint("minutes > 0", name="it_takes_time"),)

    teaching_id: Key = Field(foreign_key="teaching.statement_id", primary_key=True)
    position: Position = Field(primary_key=True)
    minutes: Annotated[int, Field(gt=0)]
    topic: Line
    what: Text


class TeachingAnswer(SQLModel, table=True):
    """What can be argued in answer to a question of the same entry."""

    __tablename__ = "teaching_answer"

    teaching_id: Key = Field(foreign_key="teaching.statement_id", primary_key=True)
    position: Position = Field(primary_key=True)
    question_id: Key = Field(foreign_key="question.id", unique=True)
    text: Text


class AnswerPoint(SQLModel, table=True):
    """A point whose rating an answer speaks of."""

    __tablename__ = "answer_point"

    teaching_id: Key = Field(foreign_key="teaching.statement_id", primary_key=True)
    answer: Position = Field(primary_key=True)
    """The position of the answer."""
    position: Position = Field(primary_key=True)
    criterion_id: Key = Field(foreign_key="criterion.statement_id")


class TeachingUnknown(SQLModel, table=True):
    """Something that the sources do not say."""

    __tablename__ = "teaching_unknown"

    teaching_id: Key = Field(foreign_key="teaching.statement_id", primary_key=True)
    position: Position = Field(primary_key=True)
    text: Text


class TeachingNote(SQLModel, table=True):
    """Advice to a lecturer in the short form; never in a student's export."""

    __tablename__ = "teaching_note"

    entry_id: Key = Field(foreign_key="entry.id", primary_key=True)
    position: Position = Field(primary_key=True)
    text: Text
