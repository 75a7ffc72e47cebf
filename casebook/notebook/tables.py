"""The tables of a notebook: what the reader adds.

The classes are the authority for the schema; the files in `steps/` make it, and a test
holds the two together. They have a registry of their own, for a notebook and a book never
share a file.

Entries are named by book and slug, never by a key of the book, so that a notebook outlives
every edition; the title an entry had is kept beside, for the day when the book has it no
more. `sequence` is the order of writing: it does not depend on the clock.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, UniqueConstraint, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from casebook.notebook.values import BasketKind, NoteKind, ViewKind
from casebook.schema_compiler import compiled
from casebook.vocabulary import Rating


class _Table(SQLModel, registry=registry()):
    """The base of the notebook's tables."""

    digest: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """Of all that stands in the row, so that damage is noticed; see `row_digests`."""


def _one_of(column: str, words: list[str]) -> CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_is_known")


class NotebookInfo(_Table, table=True):
    """What the notebook says of itself: one row."""

    __tablename__ = "notebook"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True)
    uid: str
    created: str
    tally: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """How many rows each table has: `bookmark=2 note=10`."""


class NoteRow(_Table, table=True):
    """Words of the reader's on something in a book; without words, a highlight."""

    __tablename__ = "note"
    __table_args__ = (_one_of("kind", list(NoteKind)),)

    id: int = Field(primary_key=True)
    uid: str = Field(unique=True)
    sequence: int = Field(index=True)
    book: str
    entry: str = Field(index=True)
    title: str
    kind: str
    place: str = ""
    """An anchor of `casebook.document`; empty for the entry as a whole."""
    quote: str = ""
    """The words it is on, as in the TextQuoteSelector of the W3C Web Annotation model."""
    prefix: str = ""
    suffix: str = ""
    context: str = ""
    """The statement it is on, as the book had it."""
    citations: str = "[]"
    """What the statement rests on: `[[source, locator, inferred], …]`."""
    text: str = ""
    """Markdown."""
    created: str
    changed: str
    version: int = 1
    """Counts the edits; an edit says which version it changes."""


class BasketRow(_Table, table=True):
    """Something that is gathered for an essay."""

    __tablename__ = "basket"
    __table_args__ = (_one_of("kind", list(BasketKind)),)

    id: int = Field(primary_key=True)
    uid: str = Field(unique=True)
    sequence: int = Field(index=True)
    position: int
    """Its place in the essay; two may share one, and stand in the order of writing then."""
    kind: str
    book: str = ""
    entry: str = ""
    title: str = ""
    place: str = ""
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    context: str = ""
    citations: str = "[]"
    text: str = ""
    created: str
    changed: str
    version: int = 1


class BookmarkRow(_Table, table=True):
    """An entry to come back to."""

    __tablename__ = "bookmark"
    __table_args__ = (UniqueConstraint("book", "entry"),)

    id: int = Field(primary_key=True)
    sequence: int = Field(index=True)
    book: str
    entry: str
    title: str
    created: str


class TagRow(_Table, table=True):
    """A word of the reader's for an entry."""

    __tablename__ = "tag"
    __table_args__ = (UniqueConstraint("book", "entry", "name"),)

    id: int = Field(primary_key=True)
    sequence: int = Field(index=True)
    book: str
    entry: str
    title: str
    name: str
    created: str


class ReadingRow(_Table, table=True):
    """Where the reader stopped in an entry."""

    __tablename__ = "reading"

    book: str = Field(primary_key=True)
    entry: str = Field(primary_key=True)
    title: str
    place: str = ""
    """The anchor of the block at the top."""
    line: int = 0
    """Lines that had gone by before the top."""
    share: float = 0.0
    """How much of the page had been seen, from 0 to 1."""
    is_read: bool = False
    opened: str
    sequence: int = Field(index=True)
    visits: int = 0


class SearchRow(_Table, table=True):
    """A query that the reader made."""

    __tablename__ = "search"

    book: str = Field(primary_key=True)
    words: str = Field(primary_key=True)
    made: str
    sequence: int = Field(index=True)


class ViewRow(_Table, table=True):
    """A comparison or a timeline under a name, to be opened again exactly."""

    __tablename__ = "saved_view"
    __table_args__ = (_one_of("kind", list(ViewKind)), UniqueConstraint("book", "kind", "name"))

    id: int = Field(primary_key=True)
    uid: str = Field(unique=True)
    sequence: int = Field(index=True)
    book: str
    kind: str
    name: str
    entries: str = "[]"
    framework: str = ""
    filters: str = "{}"
    created: str
    changed: str
    version: int = 1


class PredictionRow(_Table, table=True):
    """The reader's own rating of an entry on a point, given before the book's is shown."""

    __tablename__ = "prediction"
    __table_args__ = (
        _one_of("rating", list(Rating)),
        UniqueConstraint("book", "entry", "framework", "criterion"),
    )

    id: int = Field(primary_key=True)
    sequence: int = Field(index=True)
    book: str
    entry: str
    title: str
    framework: str
    criterion: str
    rating: str
    reason: str = ""
    created: str
    changed: str
    revealed: str = ""
    """When the book's own rating was shown; empty before."""
    version: int = 1


class QuizCardRow(_Table, table=True):
    """A point on which the reader has been asked, and how well they know it."""

    __tablename__ = "quiz_card"
    __table_args__ = (_one_of("rating", list(Rating)),)

    book: str = Field(primary_key=True)
    entry: str = Field(primary_key=True)
    framework: str = Field(primary_key=True)
    criterion: str = Field(primary_key=True)
    title: str
    box: int
    """Of Leitner's boxes, from 1; see `casebook.quiz.spacing`."""
    asked: int
    """How often the point has been asked."""
    missed: int
    """How often the answer was not the book's."""
    rating: str
    """The reader's last answer."""
    reason: str = ""
    answered: str
    sequence: int = Field(index=True)


class ReadingListRow(_Table, table=True):
    """An entry that the reader wants to read, and its place among the others."""

    __tablename__ = "reading_list"

    book: str = Field(primary_key=True)
    entry: str = Field(primary_key=True)
    title: str
    position: int
    created: str
    sequence: int = Field(index=True)


class AttendanceRow(_Table, table=True):
    """A seminar that the reader hands in answers for, and by which name it knows the reader."""

    __tablename__ = "seminar"

    book: str = Field(primary_key=True)
    seminar: str = Field(primary_key=True)
    title: str
    student: str
    """The reader's random identifier in this seminar, and in no other."""
    name: str = ""
    """The name that the reader gave last; empty for none."""
    round: int
    """The round that was answered last."""
    number: int
    """How often answers were written."""
    made: str
    sequence: int = Field(index=True)


class DraftRow(_Table, table=True):
    """A note that is being written, saved every few seconds."""

    __tablename__ = "draft"

    name: str = Field(primary_key=True)
    """What it is a draft of: a note's uid, or the place of a new one."""
    target: str
    """What it is on, as JSON."""
    text: str
    changed: str


class KeptRow(_Table, table=True):
    """Where things stood when the program was left: the tray, the list's filter."""

    __tablename__ = "kept"

    book: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    value: str


class ChangeRow(_Table, table=True):
    """One action of the reader's: the rows it touched, before and after."""

    __tablename__ = "change"

    id: int = Field(primary_key=True)
    writer: str
    """Which window made it."""
    made: str
    words: str
    touched: str
    """`[[table, row before or null, row after or null], …]`"""
    is_undone: bool = False


def compiled_schema() -> str:
    """The schema as the classes compile to it."""
    return compiled(_Table.metadata)


if __name__ == "__main__":
    print(compiled_schema(), end="")
