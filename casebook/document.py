"""Documents: rows of blocks, which commands print, the app draws and exports write.

A face only has to know how to set a block; what stands in a document, in which order and in
which words, is decided by those who make it: `casebook.page_documents` for the page of an entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from casebook import anchors
from casebook.book.exhibit_values import ExhibitRow
from casebook.book.source_values import SourceLine
from casebook.citations import OWN, Citation
from casebook.line_wrap import Span
from casebook.text import MarkKind, Text
from casebook.text_builder import TextBuilder


class Set(StrEnum):
    """How a block is set."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """`lead` is its sign or number."""
    FACT = "fact"
    """`lead` is its name: Place, Industry."""
    QUOTE = "quote"
    CODE = "code"
    ROW = "row"
    """Of a table; `cells` say where in the text each of its cells stands."""
    WARNING = "warning"


class CellSpans(NamedTuple):
    """Where a cell of a table stands in the text of its row: the column's name, and its words.

    The text of a row is a line for each cell, `column: words`, as it is read where the table
    does not fit.
    """

    head: Span
    words: Span


class DocBlock(NamedTuple):
    """One block of a document.

    Attributes:
        level: of a heading from 1; of an item its depth from 1; of a row its place in its
            table from 1.
        anchor: by which it can be found, as `casebook.anchors` makes it.
        cells: of a row, in the order of the columns.
    """

    set: Set
    text: Text
    lead: str = ""
    level: int = 0
    anchor: str = ""
    cells: tuple[CellSpans, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """Blocks in reading order, and what their citations point to."""

    title: str
    blocks: tuple[DocBlock, ...]
    sources: dict[str, SourceLine] = field(default_factory=dict)

    def __add__(self, other: Document) -> Document:
        return Document(self.title, self.blocks + other.blocks, self.sources | other.sources)

    @property
    def headings(self) -> tuple[tuple[int, DocBlock], ...]:
        """Each heading and its place among the blocks."""
        return tuple((at, b) for at, b in enumerate(self.blocks) if b.set is Set.HEADING)

    def index_of(self, anchor: str) -> int | None:
        """The place of the block with an anchor, or None."""
        return next((at for at, b in enumerate(self.blocks) if b.anchor == anchor), None)


_PARAGRAPHS = ("para. ", "paras. ")


def citation_label(citation: Citation, sources: dict[str, SourceLine]) -> str:
    """How a citation is read: `Mitsui 2010 ¶61`, `inferred from …`, `the book's own words`."""
    if citation.source == OWN:
        return "the book's own words"
    known = sources.get(citation.source)
    label = known.label if known else citation.source
    locator = citation.locator
    if locator.startswith(_PARAGRAPHS):
        locator = f"\N{PILCROW SIGN}{locator.partition(' ')[2]}"
    inferred = "inferred from " if citation.inferred else ""
    return f"{inferred}{label} {locator}".rstrip()


def citations_label(citations: Iterable[Citation], sources: dict[str, SourceLine]) -> str:
    """Several citations in brackets, or nothing."""
    labels = [citation_label(citation, sources) for citation in citations]
    return f"[{'; '.join(labels)}]" if labels else ""


def citations_at(text: Text) -> dict[int, tuple[Citation, ...]]:
    """The citations of a text by the offset at which they stand."""
    found: dict[int, tuple[Citation, ...]] = {}
    cite, cited = MarkKind.CITE, text.citations
    for start, _, kind, target in text.marks:
        if kind is cite and target.isdecimal():
            number = int(target)
            if number < len(cited):
                found[start] = (*found.get(start, ()), cited[number])
    return dict(sorted(found.items()))


def with_citations(text: Text, sources: dict[str, SourceLine]) -> str:
    """A text with its citations in brackets where they stand."""
    out: list[str] = []
    last = 0
    for at, citations in citations_at(text).items():
        out.append(f"{text.plain[last:at]} {citations_label(citations, sources)}")
        last = at
    return "".join(out) + text.plain[last:]


# Blocks that many documents have


def fact(name: str, builder: TextBuilder) -> DocBlock:
    """A fact with its name before it."""
    return DocBlock(Set.FACT, builder.text(), lead=name)


def item(builder: TextBuilder, anchor: str = "") -> DocBlock:
    """An item of a list."""
    return DocBlock(Set.ITEM, builder.text(), lead="\N{BULLET}", level=1, anchor=anchor)


def section(blocks: list[DocBlock], title: str, items: Sequence[DocBlock]) -> None:
    """Adds a section, where it has anything in it."""
    if items:
        anchor = anchors.section(title.split(maxsplit=1)[0].lower())
        blocks.append(DocBlock(Set.HEADING, Text(title), level=2, anchor=anchor))
        blocks.extend(items)


def table_blocks(
    columns: Sequence[str], rows: Iterable[ExhibitRow], row_anchors: Iterable[str]
) -> list[DocBlock]:
    """A table as a block for each row."""
    return [
        _row_block(columns, row, number, anchor)
        for number, (row, anchor) in enumerate(zip(rows, row_anchors, strict=True), 1)
    ]


def table_at(blocks: Sequence[DocBlock], at: int) -> Sequence[DocBlock]:
    """The rows of the table that begins at a place among some blocks."""
    end = at + 1
    while end < len(blocks) and blocks[end].set is Set.ROW and blocks[end].level > 1:
        end += 1
    return blocks[at:end]


def _row_block(columns: Sequence[str], row: ExhibitRow, number: int, anchor: str) -> DocBlock:
    last = len(row.cells) - 1
    cells = []
    for at, (head, cell) in enumerate(zip(columns, row.cells, strict=True)):
        # Where a column has no name, its cells are the names of the rows.
        words = TextBuilder().add(cell.text, None if head else MarkKind.STRONG)
        words.cite((*cell.citations, *row.citations) if at == last else cell.citations)
        cells.append(words.text())
    return row_block(columns, cells, number, anchor)


def row_block(columns: Sequence[str], cells: Sequence[Text], number: int, anchor: str) -> DocBlock:
    """A row of a table.

    Args:
        cells: in the order of the columns, with the links and citations in them.
        number: its place in the table, from 1.
    """
    builder = TextBuilder()
    spans: list[CellSpans] = []
    for at, (head, cell) in enumerate(zip(columns, cells, strict=True)):
        builder.add("\n" if at else "")
        start = builder.length
        builder.strong(head)
        head_span = start, builder.length
        builder.add(": " if head else "")
        start = builder.length
        builder.add_text(cell)
        spans.append(CellSpans(head_span, (start, builder.length)))
    text = builder.text()
    return DocBlock(Set.ROW, text, level=number, anchor=anchor, cells=tuple(spans))
