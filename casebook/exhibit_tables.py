"""The tables of exhibits; see `casebook.model`."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from casebook.column_types import Key, MaybeText, Position, Slug, Text


class Exhibit(SQLModel, table=True):
    """A small table of an entry with its caption.

    Its citations stand for the caption, and so for the whole; those of its other parts are
    for `row:2`, `cell:2:0` or `note`, with rows from 1 and columns from 0.
    """

    __table_args__ = (UniqueConstraint("entry_id", "key"),)

    statement_id: Key = Field(foreign_key="statement.id", primary_key=True)
    entry_id: Key = Field(foreign_key="entry.id")
    position: Position
    key: Slug
    """Its name within the entry."""
    caption: Text
    note: MaybeText = ""


class ExhibitCell(SQLModel, table=True):
    """One cell of an exhibit; those of row 0 are the names of the columns."""

    __tablename__ = "exhibit_cell"

    exhibit_id: Key = Field(foreign_key="exhibit.statement_id", primary_key=True)
    row_position: Position = Field(primary_key=True)
    column_position: Position = Field(primary_key=True)
    text: MaybeText = ""
