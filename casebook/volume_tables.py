"""The tables of the volumes that a book is made of; see `casebook.model`."""

from __future__ import annotations

from sqlmodel import Field, SQLModel

from casebook.column_types import Key, Line, MaybeLine, Position, Slug, Text


class Volume(SQLModel, table=True):
    """One of the packs that the book is made of, in their order."""

    id: Key = Field(primary_key=True)
    slug: Slug = Field(unique=True)
    title: Line
    edition: Line
    description: Text
    language: Line
    licence: MaybeLine


class Foundation(SQLModel, table=True):
    """An earlier volume that a volume builds on."""

    volume_id: Key = Field(foreign_key="volume.id", primary_key=True)
    position: Position = Field(primary_key=True)
    slug: Slug
    edition: MaybeLine = ""
    """The least edition of it that will do."""
