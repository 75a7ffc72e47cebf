"""The table of accounts: what several sources say of the same thing; see `casebook.model`."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from casebook.column_types import Day, Key, MaybeLine, MaybeText, Position
from casebook.table_checks import ordered_bounds


class Account(SQLModel, table=True):
    """One source's version of something that has several.

    The first is what is said in the place of the event or the figure itself. The row of that
    has what is common to all: their words side by side, and the bounds within which each lies.
    """

    __table_args__ = (
        ordered_bounds(),
        CheckConstraint(
            "edtf <> '' OR place_id IS NOT NULL OR value <> ''", name="it_says_something"
        ),
        CheckConstraint("(position = 0) = (statement_id IS NULL)", name="the_first_is_its_own"),
    )

    of_id: Key = Field(foreign_key="statement.id", primary_key=True)
    """The event or the figure that it is an account of."""
    position: Position = Field(primary_key=True)
    statement_id: Key | None = Field(default=None, foreign_key="statement.id", unique=True)
    """Null of the first, which rests on what the event or the figure is cited for."""
    date_text: MaybeLine = ""
    """Empty where it says nothing of the date."""
    edtf: MaybeLine = ""
    inferred_from: MaybeText = ""
    earliest_begin: Day | None = None
    latest_begin: Day | None = None
    earliest_end: Day | None = None
    latest_end: Day | None = None
    place_id: Key | None = Field(default=None, foreign_key="place.id")
    """Null where it says nothing of the place."""
    value: MaybeLine = ""
    """Of a figure."""
    qualifier: MaybeLine = ""
