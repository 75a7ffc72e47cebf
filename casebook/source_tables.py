"""The tables of the sources that a book rests on; see `casebook.model`."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from casebook.column_types import Key, MaybeLine, MaybeText, Position, SourceId, Text, Word
from casebook.source_grades import Extent, Grade
from casebook.table_checks import flag, one_of


class Source(SQLModel, table=True):
    """A document that statements rest on, as a CSL-JSON item."""

    __table_args__ = (
        CheckConstraint("paragraphs IS NULL OR paragraphs > 0", name="paragraphs_are_counted"),
        flag("is_read"),
        one_of("grade", Grade, or_null=True),
        one_of("extent", Extent, or_null=True),
    )

    id: Key = Field(primary_key=True)
    slug: SourceId = Field(unique=True)
    position: Position
    label: str
    """How a citation names it: `Mitsui 2010`."""
    reference: str
    """Authors, year, title, publisher in one line."""
    csl: str
    """The CSL-JSON item."""
    is_read: bool
    """True of the documents the book was made from, False of those that they cite."""
    paragraphs: Key | None = None
    note: str = ""
    """What about its date or place is inferred, and from what."""
    grade: Word[Grade | None] = None
    extent: Word[Extent | None] = None
    """How much of it was read."""
    accessed: MaybeLine = ""
    """The day on which it was read, `2026-11-21`, or the words that stand for it."""
    address: MaybeText = ""
    """Where it was read; a copy may stand elsewhere than the work that is cited."""
    volume_id: Key = Field(foreign_key="volume.id")


class Paragraph(SQLModel, table=True):
    """What a numbered paragraph of a source is about, in the book's own words."""

    source_id: Key = Field(foreign_key="source.id", primary_key=True)
    number: Key = Field(primary_key=True)
    gist: Text


class Mention(SQLModel, table=True):
    """Where a source that was read cites one that was not."""

    statement_id: Key = Field(foreign_key="statement.id", primary_key=True)
    source_id: Key = Field(foreign_key="source.id", index=True)
    note: MaybeText = ""
