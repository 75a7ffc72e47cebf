"""A document made ready to be drawn: words with the citations set in, lines, and targets.

Every cell of a line is known to show some of the document's words; links, matches and copied
text are all found that way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain, repeat
from operator import itemgetter
from typing import NamedTuple

from rich.cells import cell_len

from casebook import anchors
from casebook.citations import Citation
from casebook.document import DocBlock, Document, Set, citations_at, citations_label, table_at
from casebook.line_wrap import Span, wrap
from casebook.text import Mark, MarkKind
from tui.widgets.line_view import StyleRun
from tui.widgets.table_layout import CellPiece, ShownRow, TableLine, table_lines


class TargetKind(StrEnum):
    """What opening a target opens."""

    ENTRY = "entry"
    TERM = "term"
    CITATION = "citation"
    NOTE = "note"
    """One of the reader's own; the value is its uid."""
    ADDRESS = "address"


class LinkTarget(NamedTuple):
    """Something in a document that can be opened.

    Attributes:
        value: a slug, or an http(s) address.
        citations: what a citation target holds.
        block: the place of its block in the document.
        anchor: where on the page of an entry it leads.
    """

    kind: TargetKind
    value: str
    citations: tuple[Citation, ...]
    block: int
    anchor: str = ""


class Label(NamedTuple):
    """The words of citations, set into a block.

    Attributes:
        offset: where in the block's text.
    """

    offset: int
    words: str
    citations: tuple[Citation, ...]


@dataclass(slots=True)
class ShownBlock:
    """A block as it is shown: its words with the citations set into them.

    Attributes:
        labels: what was set in, in the order of the words.
    """

    block: DocBlock
    words: str
    lead: str
    indent: int
    labels: Sequence[Label] = ()

    @property
    def cites(self) -> Iterator[tuple[Span, tuple[Citation, ...]]]:
        """The labels of citations among the words, without the blank before, and what they cite."""
        before = 0
        for offset, words, citations in self.labels:
            start = offset + before
            before += len(words)
            yield (start + 1, offset + before), citations


class DocumentRow(NamedTuple):
    """A line of the view: stretches of a block's words, a rule, or a blank line."""

    shown: int
    span: Span
    is_first: bool = False
    pieces: tuple[CellPiece, ...] = ()
    """Of a table in columns: the stretches of words side by side."""
    rule: int = 0
    """Cells of a rule."""
    is_head: bool = False
    """It has the names of a table's columns."""

    def holds(self, offset: int) -> bool:
        """Whether a word's place among its block's words lies on this line or before its end."""
        if self.pieces:
            return any(start <= offset < end for (start, end), _ in self.pieces)
        return self.span[1] > offset


_STYLES = {
    Set.TITLE: "title",
    Set.HEADING: "heading",
    Set.WARNING: "warning",
    Set.QUOTE: "quote",
    Set.CODE: "code",
}
_MARKS = {
    MarkKind.EMPHASIS: "emphasis",
    MarkKind.STRONG: "strong",
    MarkKind.CODE: "code",
    MarkKind.HIGHLIGHT: "highlighted",
}
_LINKS = {"entry": TargetKind.ENTRY, "term": TargetKind.TERM, "note": TargetKind.NOTE}
_TARGETS = {
    TargetKind.CITATION: "citation",
    TargetKind.NOTE: "note",
    TargetKind.TERM: "term",
}
_TIGHT = (Set.FACT, Set.ITEM)


class Prepared:
    """The blocks of a document as they are shown, and what can be opened in them.

    The words of all blocks are known at once, for lines are made of them; what lies over the
    words is found when a block is drawn, or when targets are asked for.

    Args:
        lead: cells that the name of a fact takes.
    """

    def __init__(self, document: Document, lead: int) -> None:
        self._document = document
        self._lead = lead
        self.blocks = list(map(self._block, document.blocks))
        self._first_targets = [0]
        """The number of the first target of each block, as far as they were asked for."""
        self._runs: dict[int, list[StyleRun]] = {}

    def _first_target(self, at: int) -> int:
        """The number of the first target of a block."""
        known = self._first_targets
        for shown in self.blocks[len(known) - 1 : at]:
            links = (mark.kind is MarkKind.LINK for mark in shown.block.text.marks)
            known.append(known[-1] + len(shown.labels) + sum(links))
        return known[at]

    @cached_property
    def targets(self) -> list[LinkTarget]:
        """What can be opened, in reading order."""
        return [
            _target(kind, value, citations, at)
            for at, shown in enumerate(self.blocks)
            for _, kind, value, citations in _openable(shown)
        ]

    @cached_property
    def target_spans(self) -> list[tuple[int, Span]]:
        """The block of each target, and its place among the block's shown words."""
        return [(at, span) for at, shown in enumerate(self.blocks) for span, *_ in _openable(shown)]

    def runs(self, at: int) -> list[StyleRun]:
        """What lies over the words of a block."""
        known = self._runs.get(at)
        if known is None:
            known = self._runs[at] = list(self._runs_of(at))
        return known

    def _runs_of(self, at: int) -> Iterator[StyleRun]:
        shown = self.blocks[at]
        style = _STYLES.get(shown.block.set)
        if style:
            yield StyleRun(0, len(shown.words), style)
        for mark in shown.block.text.marks:
            if mark.kind in _MARKS:
                yield StyleRun(*_shown_span(shown, mark), _MARKS[mark.kind])
        for number, (span, kind, *_) in enumerate(_openable(shown), self._first_target(at)):
            yield StyleRun(*span, _TARGETS.get(kind, "link"), number)

    def _block(self, block: DocBlock) -> ShownBlock:
        """A block's words with citations set in."""
        plain, sources = block.text.plain, self._document.sources
        lead, indent = _lead_of(block, self._lead)
        labels = [
            Label(offset, f" {citations_label(citations, sources)}", citations)
            for offset, citations in citations_at(block.text).items()
        ]
        if not labels:
            return ShownBlock(block, plain, lead, indent)
        pieces: list[str] = []
        last = 0
        for offset, words, _ in labels:
            pieces += plain[last:offset], words
            last = offset
        pieces.append(plain[last:])
        return ShownBlock(block, "".join(pieces), lead, indent, labels)


_Openable = tuple[Span, TargetKind, str, tuple[Citation, ...]]


def _openable(shown: ShownBlock) -> list[_Openable]:
    """The links and citations of a block in reading order: where, what kind, what it opens."""
    found: list[_Openable] = []
    for mark in shown.block.text.marks:
        if mark.kind is MarkKind.LINK:
            where, _, slug = mark.target.partition(":")
            kind = _LINKS.get(where, TargetKind.ADDRESS)
            value = mark.target if kind is TargetKind.ADDRESS else slug
            found.append((_shown_span(shown, mark), kind, value, ()))
    found += ((span, TargetKind.CITATION, "", cited) for span, cited in shown.cites)
    return sorted(found, key=itemgetter(0))


def _target(kind: TargetKind, value: str, citations: tuple[Citation, ...], at: int) -> LinkTarget:
    if kind is TargetKind.ENTRY:
        slug, _, anchor = value.partition("#")
        return LinkTarget(kind, slug, citations, at, anchor)
    return LinkTarget(kind, value, citations, at)


def _shown_span(shown: ShownBlock, mark: Mark) -> Span:
    """Where what a mark lies over stands among the shown words."""
    return shown_offset(shown, mark.start), shown_offset(shown, mark.end, end=True)


def laid_out(
    blocks: Sequence[ShownBlock], measure: int, table_measure: int
) -> tuple[list[DocumentRow], list[int]]:
    """The lines of a document, and the first line of each block.

    Args:
        measure: cells that a line may take.
        table_measure: cells that a line of a table may take.
    """
    rows: list[DocumentRow] = []
    firsts: list[int] = []
    before: DocBlock | None = None
    number = 0
    while number < len(blocks):
        shown = blocks[number]
        block = shown.block
        if before is not None and not (before.set is block.set and block.set in _TIGHT):
            rows.append(DocumentRow(-1, (0, 0)))
        before = block
        table = _table_at(blocks, number) if block.set is Set.ROW and block.level == 1 else ()
        lines = table and table_lines([_shown_row(row) for row in table], table_measure)
        if lines:
            _add_table(rows, firsts, lines, number)
            number += len(table)
            continue
        firsts.append(len(rows))
        if anchors.is_volume(block.anchor):
            rows.append(DocumentRow(number, (0, 0), rule=measure))
        if block.set is Set.CODE:
            spans = list(_lines_of(shown.words))
        else:
            spans = wrap(shown.words, measure - shown.indent)
        rows += map(DocumentRow, repeat(number), spans, chain((True,), repeat(False)))
        number += 1
    return rows, firsts


def _table_at(blocks: Sequence[ShownBlock], at: int) -> Sequence[ShownBlock]:
    return blocks[at : at + len(table_at([shown.block for shown in blocks[at:]], 0))]


def _shown_row(shown: ShownBlock) -> ShownRow:
    """Where the cells of a row stand among its shown words, citations and all."""
    heads, cells = [], []
    last = len(shown.block.cells) - 1
    for at, (head, words) in enumerate(shown.block.cells):
        heads.append((shown_offset(shown, head[0]), shown_offset(shown, head[1], end=True)))
        start = shown_offset(shown, words[0], end=True)
        # What is set in behind the last cell, such as the sign of a note, belongs to it.
        end = len(shown.words) if at == last else shown_offset(shown, words[1])
        cells.append((start, end))
    return ShownRow(shown.words, tuple(heads), tuple(cells))


def _add_table(
    rows: list[DocumentRow], firsts: list[int], lines: Sequence[TableLine], number: int
) -> None:
    """Adds the lines of a table whose first row is the block of a number."""
    last = -1
    for line in lines:
        if line.row > last:
            firsts.append(len(rows))
            last = line.row
        shown = number + line.row if line.row >= 0 else -1
        row = DocumentRow(shown, (0, 0), False, line.pieces, line.rule, line.is_head)
        rows.append(row)


def _lead_of(block: DocBlock, fact_lead: int) -> tuple[str, int]:
    """What stands before a block's first line, and how far its lines are indented."""
    match block.set:
        case Set.FACT:
            return block.lead, fact_lead
        case Set.ITEM:
            inset = 2 * (block.level - 1)
            return " " * inset + block.lead, inset + max(cell_len(block.lead) + 1, 2)
        case Set.QUOTE:
            return "\N{BOX DRAWINGS LIGHT VERTICAL}", 2
        case Set.CODE:
            return "", 4
        case _:
            return "", 0


def shown_offset(shown: ShownBlock, offset: int, *, end: bool = False) -> int:
    """Where an offset of a block's text stands among its shown words.

    Args:
        end: the offset ends something, so that words set in at it do not belong to it.
    """
    added = 0
    for at, words, _ in shown.labels:
        if at > offset or (at == offset and end):
            break
        added += len(words)
    return offset + added


def text_offset(shown: ShownBlock, offset: int) -> int:
    """Where an offset among a block's shown words stands in its text."""
    added = 0
    for at, words, _ in shown.labels:
        if offset >= at + added + len(words):
            added += len(words)
        elif offset > at + added:
            return at
        else:
            break
    return min(offset - added, len(shown.block.text.plain))


def _lines_of(words: str) -> Iterator[Span]:
    start = 0
    for part in words.split("\n"):
        yield start, start + len(part)
        start += len(part) + 1


def meets(run: StyleRun, start: int, end: int) -> bool:
    return run.start < end and run.end > start


def clipped(run: StyleRun, start: int, end: int, shift: int) -> StyleRun:
    return StyleRun(max(run.start, start) + shift, min(run.end, end) + shift, run.style, run.target)
