"""The tables of told order, and of the bounds that follow from it; see `casebook.model`."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import AutoString, Field, SQLModel

from casebook.column_types import Day, Key, MaybeLine, MaybeText, Position, Word
from casebook.table_checks import one_of, ordered_bounds
from casebook.told_relations import BoundName, TimeRelation


class ToldRow(SQLModel, table=True):
    """What a source says of the order or the distance of two events."""

    __tablename__ = "told"
    __table_args__ = (
        one_of("relation", TimeRelation),
        CheckConstraint("event_id <> other_id", name="two_events"),
        CheckConstraint(
            "least_days IS NULL OR most_days IS NULL OR least_days <= most_days",
            name="days_are_ordered",
        ),
        UniqueConstraint("event_id", "position"),
    )

    statement_id: Key = Field(foreign_key="statement.id", primary_key=True)
    event_id: Key = Field(foreign_key="event.statement_id")
    position: Position
    relation: Word[TimeRelation]
    other_id: Key = Field(foreign_key="event.statement_id", index=True)
    words: MaybeText = ""
    """What the source tells, in the book's own words; may be empty."""
    distance: MaybeLine = ""
    """The source's words for the time between their beginnings."""
    least: MaybeLine = ""
    """The shortest that the time may be, as an ISO 8601 duration."""
    most: MaybeLine = ""
    least_days: int | None = None
    most_days: int | None = None


class DerivedBounds(SQLModel, table=True):
    """The bounds of an event that told order makes tighter than its own date does."""

    __tablename__ = "derived_bounds"
    __table_args__ = (ordered_bounds(),)

    event_id: Key = Field(foreign_key="event.statement_id", primary_key=True)
    earliest_begin: Day | None = None
    latest_begin: Day | None = None
    earliest_end: Day | None = None
    latest_end: Day | None = None


class DerivedReason(SQLModel, table=True):
    """One link of the chain that made a derived bound: a date, or a told statement."""

    __tablename__ = "derived_reason"
    __table_args__ = (
        one_of("bound", BoundName),
        one_of("dated_bound", BoundName, or_null=True),
        CheckConstraint(
            "(told_id IS NULL) <> (dated_id IS NULL)"
            " AND (dated_id IS NULL) = (dated_bound IS NULL)",
            name="it_is_told_or_dated",
        ),
    )

    event_id: Key = Field(foreign_key="derived_bounds.event_id", primary_key=True)
    bound: BoundName = Field(primary_key=True, sa_type=AutoString)
    position: Position = Field(primary_key=True)
    told_id: Key | None = Field(default=None, foreign_key="told.statement_id")
    dated_id: Key | None = Field(default=None, foreign_key="event.statement_id")
    dated_bound: Word[BoundName | None] = None
