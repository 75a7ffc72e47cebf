"""The words of a book: one noun, one table, one class.

The classes are the authority for the schema; `casebook/schema.sql` is what they compile
to, frozen so that every book has the same text whatever version of SQLAlchemy built it.
`python -m casebook.model` writes it anew and a test holds the two together.

A *statement* is anything that rests on a source: an event, a relation, a passage. Each has
a row in `statement`, shares its key with it, and is pointed to by its citations.

Days are day numbers (`datetime.date.toordinal`)."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

import casebook.account_tables
import casebook.edition_tables
import casebook.exhibit_tables
import casebook.source_tables
import casebook.teaching_tables
import casebook.told_tables
import casebook.volume_tables  # noqa: F401  (their tables belong to a book, too)
from casebook.column_types import (
    Country,
    CriterionKey,
    Day,
    Digest,
    Key,
    Latitude,
    Line,
    Longitude,
    MaybeLine,
    MaybeText,
    Position,
    RoleName,
    Slug,
    SourceGrades,
    Text,
    Title,
    Word,
)
from casebook.roles import ROLES
from casebook.schema_compiler import compiled
from casebook.statement_kinds import EventKind, FigureKind, StatementKind
from casebook.table_checks import flag, one_of, ordered_bounds
from casebook.text import Block
from casebook.vocabulary import (
    CONTESTED,
    AliasKind,
    Contested,
    GivenRating,
    Kind,
    Outcome,
    StoredOutcome,
)


class BookRow(SQLModel, table=True):
    """What the book says of itself: one row. Of several volumes it is made of theirs."""

    __tablename__ = "book"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Key = Field(default=1, primary_key=True)
    slug: Slug = Field(unique=True)
    title: Line
    edition: Line
    description: Text
    language: Line
    licence: MaybeLine
    content_hash: Digest
    """SHA-256 over everything a pack says; equal packs give equal hashes."""


class Place(SQLModel, table=True):
    """Somewhere that things happened, and the lane it is drawn in."""

    __table_args__ = (
        CheckConstraint("length(country) = 2", name="country_is_a_code"),
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude_is_on_the_globe"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude_is_on_the_globe"),
        CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL)", name="coordinates_come_in_pairs"
        ),
        flag("gives_lane"),
    )

    id: Key = Field(primary_key=True)
    slug: Slug = Field(unique=True)
    name: Line
    country: Country | None = None
    """ISO 3166-1 alpha-2."""
    country_name: MaybeLine = ""
    parent_id: Key | None = Field(default=None, foreign_key="place.id")
    lane: Line
    gives_lane: bool = False
    """Its author named the lane, which is then that of the places within it, too."""
    note: MaybeText = ""
    latitude: Latitude | None = None
    """Degrees north, of a town or of the middle of a country; the book's own."""
    longitude: Longitude | None = None
    """Degrees east."""
    volume_id: Key = Field(foreign_key="volume.id")


class PlaceAlias(SQLModel, table=True):
    """Another name of a place."""

    __tablename__ = "place_alias"

    place_id: Key = Field(foreign_key="place.id", primary_key=True)
    text: Line = Field(primary_key=True)


class StatementRow(SQLModel, table=True):
    """Anything that can be cited for."""

    __tablename__ = "statement"

    __table_args__ = (one_of("kind", StatementKind),)

    id: Key = Field(primary_key=True)
    kind: Word[StatementKind]
    volume_id: Key = Field(foreign_key="volume.id")
    """The volume that says it."""


class CitationRow(SQLModel, table=True):
    """A pointer from a statement to a place in a source."""

    __tablename__ = "citation"

    __table_args__ = (
        flag("inferred"),
        UniqueConstraint("statement_id", "position"),
    )

    id: Key = Field(primary_key=True)
    statement_id: Key = Field(foreign_key="statement.id")
    position: Position
    source_id: Key | None = Field(default=None, foreign_key="source.id")
    """Null says that the words are the book's own."""
    locator: MaybeText = ""
    part: MaybeLine = ""
    """Which line of a setting it is for (`place`, `industry:0`); empty for the whole statement."""
    inferred: bool = False


class CitedParagraph(SQLModel, table=True):
    """One row for each paragraph that a citation's locator names."""

    __tablename__ = "cited_paragraph"

    source_id: Key = Field(foreign_key="source.id", primary_key=True)
    number: Key = Field(primary_key=True)
    citation_id: Key = Field(foreign_key="citation.id", primary_key=True)


class Entry(SQLModel, table=True):
    """Anything with a page of its own."""

    __table_args__ = (
        one_of("kind", Kind),
        one_of("outcome", [*Outcome, CONTESTED], or_null=True),
        flag("is_unnamed"),
        Index("entry_by_shelf", "shelf", "sort_title"),
    )

    id: Key = Field(primary_key=True)
    slug: Slug = Field(unique=True)
    kind: Word[Kind]
    title: Title
    sort_title: MaybeText
    shelf: Position
    """The place of its kind in a list: alliances 0, firms 1, regions 2, …"""
    is_unnamed: bool = False
    """The sources give it no name; the title says what it is."""
    outcome: Word[StoredOutcome | None] = None
    outcome_note: MaybeText = ""
    content_hash: Digest
    """SHA-256 over its page, to notice a damaged file."""
    source_grades: SourceGrades = ""
    """The grades of the sources that its page rests on: `AB`, with `-` for those without."""
    volume_id: Key = Field(foreign_key="volume.id")
    """The volume that it is an entry of; others may add to it."""


class Alias(SQLModel, table=True):
    """Another name of an entry."""

    __table_args__ = (one_of("kind", AliasKind), UniqueConstraint("entry_id", "text"))

    statement_id: Key = Field(foreign_key="statement.id", primary_key=True)
    entry_id: Key = Field(foreign_key="entry.id", index=True)
    position: Position
    text: Line
    kind: Word[AliasKind]
    note: MaybeText = ""


class Setting(SQLModel, table=True):
    """Place, industry, size and years of an entry, as the case libraries give them."""

    __table_args__ = (ordered_bounds(),)

    statement_id: Key = Field(foreign_key="statement.id", primary_key=True)
    entry_id: Key = Field(foreign_key="entry.id", unique=True)
    size: MaybeText = ""
    years: MaybeLine = ""
    years_edtf: MaybeLine = ""
    years_inferred_from: MaybeText = ""
    earliest_begin: Day | None = None
    latest_begin: Day | None = None
    earliest_end: Day | None = None
    latest_end: Day | None = None


class SettingPlace(SQLModel, table=True):
    """One of the places of a setting; the first is the main one."""

    __tablename__ = "setting_place"

    entry_id: Key = Field(foreign_key="entry.id", primary_key=True)
    position: Position = Field(primary_key=True)
    place_id: Key = Field(foreign_key="place.id", index=True)


class Industry(SQLModel, table=True):
    """An ISIC Rev. 4 code that the book uses, or one above it."""

    code: Line = Field(primary_key=True)
    label: Line
    section: Line = Field(foreign_key="industry.code")
    """The letter of its section."""


class SettingIndustry(SQLModel, table=True):
    """One of the industries of a setting."""

    __tablename__ = "setting_industry"

    entry_id: Key = Field(foreign_key="entry.id", primary_key=True)
    position: Position = Field(primary_key=True)
    code: Line = Field(foreign_key="industry.code", index=True)
    note: MaybeText = ""
    """What it makes or does, in the book's words."""


class PassageRow(SQLModel, table=True):
    """One block of an entry's narrative; the first is its summary."""

    __tablename__ = "passage"

    __table_args__ = (one_of("block", Block), UniqueConstraint("entry_id", "position"))

    statement_id: Key = Field(foreign_key="statement.id", primary_key=True)
    entry_id: Key = Field(foreign_key="entry.id")
    position: Position
    block: Word[Block]
    level: Position = 0
    number: Position = 0
    text: MaybeText
    marks: str = "[]"
    """Emphasis, links and citations, as `casebook.text.marks_to_json` writes them."""


class Relation(SQLModel, table=True):
    """How an entry stands to another."""

    __table_args__ = (
        one_of("role", list(ROLES)),
        UniqueConstraint("subject_id", "role", "object_id", "as_role"),
    )

    statement_id: Key = Field(foreign_key="statement.id", primary_key=True)
    subject_id: Key = Field(foreign_key="entry.id")
    position: Position
    role: RoleName
    object_id: Key = Field(foreign_key="entry.id", index=True)
    as_role: MaybeLine = ""
    """The part it plays: breeder, grower, contract producer."""
    note: MaybeText = ""


class Person(SQLModel, table=True):
    """Someone a source names in connection with an entry."""

    statement_id: Key = Field(foreign_key="statement.id", primary_key=True)
    entry_id: Key = Field(foreign_key="entry.id", index=True)
    position: Position
    name: Line
    role: Line
    note: MaybeText = ""


class Event(SQLModel, table=True):
    """Something dated that happened to an entry."""

    __table_args__ = (
        one_of("kind", EventKind),
        flag("inferred"),
        ordered_bounds(),
        UniqueConstraint("entry_id", "key"),
        Index("event_by_begin", "earliest_begin"),
    )

    statement_id: Key = Field(foreign_key="statement.id", primary_key=True)
    entry_id: Key = Field(foreign_key="entry.id")
    position: Position
    key: Slug
    """Its name within the entry, for citing and saving."""
    label: Text
    short: Line
    """A label for narrow places."""
    kind: Word[EventKind]
    place_id: Key | None = Field(default=None, foreign_key="place.id")
    date_text: Line
    """The source's own words for the date."""
    edtf: Line
    inferred: bool = False
    inferred_from: MaybeText = ""
    earliest_begin: Day | None = None
    latest_begin: Day | None = None
    earliest_end: Day | None = None
    latest_end: Day | None = None


class Participant(SQLModel, table=True):
    """An entry that took part in an event of another."""

    event_id: Key = Field(foreign_key="event.statement_id", primary_key=True)
    entry_id: Key = Field(foreign_key="entry.id", primary_key=True, index=True)
    position: Position
    role: MaybeLine = ""


class Figure(SQLModel, table=True):
    """One number from a source."""

    __table_args__ = (one_of("kind", FigureKind),)

    statement_id: Key = Field(foreign_key="statement.id", primary_key=True)
    position: Position
    slug: Slug = Field(unique=True)
    value: Line
    """A decimal number such as `0.3`, a range such as `30-40`, or the source's `dozens`."""
    unit: Line
    qualifier: MaybeLine = ""
    """`about`, `more than`, `nearly`, …"""
    measures: Text
    kind: Word[FigureKind]
    year: MaybeLine = ""
    edtf: MaybeLine = ""
    inferred_from: MaybeText = ""
    survey: MaybeLine = ""
    surveyor_id: Key | None = Field(default=None, foreign_key="entry.id")
    not_to_confuse: MaybeText = ""
    """What the number is not, where it is easily taken for another."""
    entry_id: Key | None = Field(default=None, foreign_key="entry.id")
    """The entry that its author wrote it for; null if it stands by itself."""


class FigureSubject(SQLModel, table=True):
    """An entry that a figure is about."""

    __tablename__ = "figure_subject"

    figure_id: Key = Field(foreign_key="figure.statement_id", primary_key=True)
    entry_id: Key = Field(foreign_key="entry.id", primary_key=True, index=True)


class Framework(SQLModel, table=True):
    """A checklist, a set of conditions or a row of stages."""

    __table_args__ = (flag("is_assessed"),)

    statement_id: Key = Field(foreign_key="statement.id", primary_key=True)
    position: Position
    slug: Slug = Field(unique=True)
    title: Title
    description: Text
    is_assessed: bool = True
    """False of lists that the sources give but that no case is held against."""


class Criterion(SQLModel, table=True):
    """One point of a framework."""

    __table_args__ = (UniqueConstraint("framework_id", "key"),)

    statement_id: Key = Field(foreign_key="statement.id", primary_key=True)
    framework_id: Key = Field(foreign_key="framework.statement_id")
    parent_id: Key | None = Field(default=None, foreign_key="criterion.statement_id")
    position: Position
    key: CriterionKey
    """`a`, `b1`, `4`."""
    title: Title
    text: Text


class Assessment(SQLModel, table=True):
    """The book's reading of an entry on a point. No row means silent."""

    __table_args__ = (
        one_of("rating", [*get_args(GivenRating), CONTESTED]),
        CheckConstraint("length(evidence) > 0", name="evidence_is_given"),
        UniqueConstraint("entry_id", "criterion_id"),
    )

    statement_id: Key = Field(foreign_key="statement.id", primary_key=True)
    entry_id: Key = Field(foreign_key="entry.id")
    criterion_id: Key = Field(foreign_key="criterion.statement_id", index=True)
    rating: Word[GivenRating | Contested]
    evidence: Text


class Term(SQLModel, table=True):
    """A glossary entry."""

    statement_id: Key = Field(foreign_key="statement.id", primary_key=True)
    position: Position
    slug: Slug = Field(unique=True)
    name: Line
    definition: Text
    entry_id: Key | None = Field(default=None, foreign_key="entry.id")
    """The page that says more."""


class TermAlias(SQLModel, table=True):
    """Another name of a term."""

    __tablename__ = "term_alias"

    term_id: Key = Field(foreign_key="term.statement_id", primary_key=True)
    text: Line = Field(primary_key=True)


class Question(SQLModel, table=True):
    """A question for a seminar, the book's own."""

    id: Key = Field(primary_key=True)
    entry_id: Key = Field(foreign_key="entry.id", index=True)
    position: Position
    key: MaybeLine = ""
    """Its name within the entry, where it has one."""
    text: Text
    volume_id: Key = Field(foreign_key="volume.id")


def compiled_schema() -> str:
    """The schema as the classes compile to it now."""
    return compiled(SQLModel.metadata)


if __name__ == "__main__":
    Path(__file__).with_name("schema.sql").write_text(compiled_schema(), encoding="utf-8")
