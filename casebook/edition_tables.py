"""The tables of an edition for students, and of the seminar it is for; see `casebook.model`.

A book for everyone has no row in any of them.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from casebook.column_types import Key, Line, Position
from casebook.table_checks import one_of


class EditionRow(SQLModel, table=True):
    """For whom the book was built: one row, in an edition that does not hold everything."""

    __tablename__ = "edition"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        one_of("audience", ["students"]),
    )

    id: Key = Field(default=1, primary_key=True)
    audience: Line


class SealRow(SQLModel, table=True):
    """What is not in the book until it is revealed: `ratings`, `outcomes`, `entry:SLUG`."""

    __tablename__ = "seal"

    position: Position = Field(primary_key=True)
    part: Line = Field(unique=True)


class PlanRow(SQLModel, table=True):
    """The public part of the plan of the seminar that the edition is for: one row."""

    __tablename__ = "seminar"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Key = Field(default=1, primary_key=True)
    plan: str
    """JSON, as `casebook.seminar.planned` writes it."""
