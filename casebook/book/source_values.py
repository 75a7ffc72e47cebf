"""What the pages of sources and of the glossary say, as plain values."""

from typing import NamedTuple

from casebook.book.values import EntryRef
from casebook.citations import Citation
from casebook.source_grades import Extent, Grade


class SourceLine(NamedTuple):
    """A document, as a CSL-JSON item and as a line to read.

    Attributes:
        extent: how much of it was read.
        accessed: the day on which it was read, `2026-11-21`, or words; may be empty.
        address: where it was read; may be empty.
    """

    slug: str
    label: str
    reference: str
    csl: str
    is_read: bool
    paragraphs: int | None
    note: str
    grade: Grade | None = None
    extent: Extent | None = None
    accessed: str = ""
    address: str = ""


class ParagraphLine(NamedTuple):
    """A numbered paragraph of a source: what it is about, and the pages that rest on it."""

    number: int
    gist: str
    cited_by: tuple[EntryRef, ...]


class MentionLine(NamedTuple):
    """A work that a source cites, and where."""

    source: SourceLine
    note: str
    citations: tuple[Citation, ...]


class SourcePage(NamedTuple):
    """A source with its paragraphs, and either what it cites or where it is cited."""

    source: SourceLine
    paragraphs: tuple[ParagraphLine, ...]
    mentions: tuple[MentionLine, ...]
    mentioned: tuple[Citation, ...]


class TermLine(NamedTuple):
    """A glossary entry.

    Attributes:
        volume: the slug of the volume that gives it, in a book of several volumes.
    """

    slug: str
    name: str
    aliases: tuple[str, ...]
    definition: str
    entry: EntryRef | None
    citations: tuple[Citation, ...]
    volume: str = ""
