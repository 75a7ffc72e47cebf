"""The table of accounts: what several sources say of the same thing; see `casebook.model`."""

from __future__ import annotations

from typing import get_args

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from casebook.column_types import Day, Key, MaybeLine, MaybeText, Position, Word
from casebook.table_checks import one_of, ordered_bounds
from casebook.vocabulary import GivenRating, Outcome


class Account(SQLModel, table=True):
    """One source's version of something that has several.

    The first is what is said in the place of the event, figure, rating or outcome itself. The row
    of that has what is common to all: their words side by side, the bounds within which each
    lies, and of a rating or an outcome that it is contested.
    """

    __table_args__ = (
        ordered_bounds(),
        CheckConstraint(
            "edtf <> '' OR place_id IS NOT NULL OR value <> ''"
            " OR rating IS NOT NULL OR outcome IS NOT NULL",
            name="it_says_something",
        ),
        one_of("rating", list(get_args(GivenRating)), or_null=True),
        one_of("outcome", Outcome, or_null=True),
        CheckConstraint("(position = 0) = (statement_id IS NULL)", name="the_first_is_its_own"),
    )

    of_id: Key = Field(foreign_key="statement.id", primary_key=True)
    """The event, figure or assessment that it is an account of; of an outcome the setting."""
    position: Position = Field(primary_key=True)
    statement_id: Key | None = Field(default=None, foreign_key="statement.id", unique=True)
    """Null of the first, which rests on what the statement itself is cited for."""
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
    rating: Word[GivenRating | None] = None
    outcome: Word[Outcome | None] = None
    words: MaybeText = ""
    """The evidence of a rating, or the reason for an outcome."""
