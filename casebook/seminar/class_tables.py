"""The tables of a class: what its students answered, round by round.

The same classes make `class.sqlite` and the tables on PostgreSQL. They have a registry of
their own, for a class shares no file with a book or a notebook. Every key is text or a
number that the program gives, so that no engine has to count, and a file's rows can be
copied to a server as they are. Times are ISO 8601 in UTC.

What may be answered is in the tables too, and foreign keys lead there: the database itself
refuses an answer to a case, a point or a round that the seminar does not have.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, MetaData, UniqueConstraint
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from casebook.limits import LONGEST_CRITERION_KEY, LONGEST_LINE, LONGEST_SLUG
from casebook.schema_compiler import compiled
from casebook.seminar.class_limits import (
    LAST_ROUND,
    LONGEST_IDENTIFIER,
    LONGEST_NAME,
    LONGEST_REASON,
)
from casebook.table_checks import one_of
from casebook.vocabulary import Rating


class ClassTable(SQLModel, registry=registry()):
    """The base of the tables of a class; `ClassTable.metadata` has them all."""


def _at_most(column: str, longest: int) -> CheckConstraint:
    return CheckConstraint(f"length({column}) <= {longest}", name=f"{column}_is_not_too_long")


class SeminarRow(ClassTable, table=True):
    """A seminar that is held with a class. A file has one, a server those of many lecturers."""

    __tablename__ = "seminar"
    __table_args__ = (
        UniqueConstraint("lecturer", "class_name", "slug"),
        _at_most("class_name", LONGEST_NAME),
    )

    id: str = Field(primary_key=True)
    """Random, in hexadecimal."""
    lecturer: str = ""
    """The database's role of the lecturer; empty in a file."""
    class_name: str = ""
    """Which class, where a seminar is held with several."""
    slug: str
    title: str
    date: str = ""
    book: str
    """The slug of the book."""
    edition: str
    """Of the book."""
    framework: str
    framework_title: str
    created: str


class PlannedCaseRow(ClassTable, table=True):
    """A case that the seminar is about."""

    __tablename__ = "planned_case"

    seminar_id: str = Field(foreign_key="seminar.id", primary_key=True)
    slug: str = Field(primary_key=True)
    position: int
    title: str
    is_optional: bool = False
    is_hidden: bool = False


class PlannedPointRow(ClassTable, table=True):
    """A point of the framework on which the seminar's cases are rated."""

    __tablename__ = "planned_point"

    seminar_id: str = Field(foreign_key="seminar.id", primary_key=True)
    key: str = Field(primary_key=True)
    position: int
    title: str


class RoundRow(ClassTable, table=True):
    """A time of rating: before the discussion, after it."""

    __tablename__ = "round"
    __table_args__ = (
        CheckConstraint(f"number BETWEEN 1 AND {LAST_ROUND}", name="number_is_possible"),
    )

    seminar_id: str = Field(foreign_key="seminar.id", primary_key=True)
    number: int = Field(primary_key=True)
    opened: str = ""
    closed: str = ""
    """When it was closed; empty while answers are taken."""


class ParticipantRow(ClassTable, table=True):
    """A student who takes part. The identifier is random and says nothing of who it is."""

    __tablename__ = "participant"
    __table_args__ = (
        _at_most("name", LONGEST_NAME),
        CheckConstraint(f"length(id) = {LONGEST_IDENTIFIER}", name="id_is_whole"),
    )

    seminar_id: str = Field(foreign_key="seminar.id", primary_key=True)
    id: str = Field(primary_key=True)
    name: str = ""
    """As the student gives it; empty where they give none."""
    role: str = ""
    """The database's role of the student, where they answer on a server."""
    joined: str


class SubmissionRow(ClassTable, table=True):
    """What a student handed in for a round, as a whole: the last that was taken."""

    __tablename__ = "submission"
    __table_args__ = (
        ForeignKeyConstraint(
            ["seminar_id", "participant_id"], ["participant.seminar_id", "participant.id"]
        ),
        ForeignKeyConstraint(["seminar_id", "round"], ["round.seminar_id", "round.number"]),
    )

    seminar_id: str = Field(primary_key=True)
    participant_id: str = Field(primary_key=True)
    round: int = Field(primary_key=True)
    number: int
    """Counts how often the student wrote the answers; a greater one replaces a smaller."""
    made: str
    """When the student wrote them, by the student's clock."""
    digest: str
    """SHA-256 of what they said, so that the same is known again."""
    edition: str = ""
    """Of the book that the student rated from."""
    received: str


class AnswerRow(ClassTable, table=True):
    """A student's rating of a case on a point in a round, and the reason for it."""

    __tablename__ = "answer"
    __table_args__ = (
        ForeignKeyConstraint(
            ["seminar_id", "participant_id"], ["participant.seminar_id", "participant.id"]
        ),
        ForeignKeyConstraint(["seminar_id", "round"], ["round.seminar_id", "round.number"]),
        ForeignKeyConstraint(
            ["seminar_id", "entry"], ["planned_case.seminar_id", "planned_case.slug"]
        ),
        ForeignKeyConstraint(
            ["seminar_id", "criterion"], ["planned_point.seminar_id", "planned_point.key"]
        ),
        one_of("rating", Rating),
        _at_most("entry", LONGEST_SLUG),
        _at_most("criterion", LONGEST_CRITERION_KEY),
        _at_most("reason", LONGEST_REASON),
    )

    seminar_id: str = Field(primary_key=True)
    participant_id: str = Field(primary_key=True)
    round: int = Field(primary_key=True)
    entry: str = Field(primary_key=True)
    criterion: str = Field(primary_key=True)
    rating: str
    reason: str = ""
    answered: str


class RevealRow(ClassTable, table=True):
    """Something that the class has been shown, in the words of a plan's order of reveal.

    `ratings`, `outcomes`, `entry:SLUG`; and `tally`, what the class itself answered.
    """

    __tablename__ = "reveal"
    __table_args__ = (_at_most("item", LONGEST_LINE),)

    seminar_id: str = Field(foreign_key="seminar.id", primary_key=True)
    item: str = Field(primary_key=True)
    revealed: str


def tables() -> MetaData:
    """The tables, for an engine to make."""
    return ClassTable.metadata


def compiled_schema() -> str:
    """The schema of `class.sqlite`, as the classes compile to it."""
    return compiled(ClassTable.metadata)


if __name__ == "__main__":
    print(compiled_schema(), end="")
