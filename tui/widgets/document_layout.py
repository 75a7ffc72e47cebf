"""A document made ready to be drawn: words with the citations set in, lines, and targets.

Every cell of a line is known to show some of the document's words; links, matches and copied
text are all found that way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from rich.cells import cell_len

from casebook.citations import Citation
from casebook.document import DocBlock, Document, Set, citations_at, citations_label
from casebook.line_wrap import Span, wrap
from casebook.text import MarkKind
from tui.widgets.line_view import Run


class TargetKind(StrEnum):
    """What opening a target opens."""

    ENTRY = "entry"
    TERM = "term"
    CITATION = "citation"
    NOTE = "note"
    """One of the reader's own; the value is its uid."""
    ADDRESS = "address"


class Target(NamedTuple):
    """Something in a document that can be opened.

    Attributes:
        value: a slug, or an http(s) address.
        citations: what a citation target holds.
        block: the place of its block in the document.
    """

    kind: TargetKind
    value: str
    citations: tuple[Citation, ...]
    block: int


@dataclass(slots=True)
class ShownBlock:
    """A block as it is shown: its words with the citations set into them."""

    block: DocBlock
    words: str
    runs: list[Run] = field(default_factory=list)
    lead: str = ""
    indent: int = 0
    offsets: list[tuple[int, int]] = field(default_factory=list)
    """Where words were set in: offset in the block's text, and how many were before it."""


class DocumentRow(NamedTuple):
    """A line of the view: a stretch of a block's words, or a blank line."""

    shown: int
    span: Span
    is_first: bool = False


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
_TARGETS = {TargetKind.CITATION: "citation", TargetKind.NOTE: "note"}
_TIGHT = (Set.FACT, Set.ITEM)


class Prepared:
    """The blocks of a document as they are shown, and what can be opened in them.

    Args:
        lead: cells that the name of a fact takes.
    """

    def __init__(self, document: Document, lead: int) -> None:
        self.targets: list[Target] = []
        self.target_spans: list[tuple[int, Span]] = []
        """The block of each target, and its place among the block's shown words."""
        self._document = document
        self._lead = lead
        self.blocks = [self._block(at, block) for at, block in enumerate(document.blocks)]

    def _block(self, at: int, block: DocBlock) -> ShownBlock:
        """A block's words with citations set in, and the runs over them."""
        text = block.text
        shown = ShownBlock(block, "")
        pieces: list[str] = []
        length = last = 0
        inserted = 0
        cites: list[tuple[int, int, tuple[Citation, ...]]] = []
        for offset, citations in citations_at(text).items():
            label = f" {citations_label(citations, self._document.sources)}"
            pieces += [text.plain[last:offset], label]
            length += offset - last
            cites.append((length + 1, length + len(label), citations))
            length += len(label)
            inserted += len(label)
            shown.offsets.append((offset, inserted))
            last = offset
        pieces.append(text.plain[last:])
        shown.words = "".join(pieces)
        style = _STYLES.get(block.set)
        if style:
            shown.runs.append(Run(0, len(shown.words), style))
        found = [*self._links_in(shown)]
        found += [((start, end), TargetKind.CITATION, "", cited) for start, end, cited in cites]
        for span, kind, value, citations in sorted(found, key=lambda one: one[0]):
            self._add_target(at, shown, span, kind, value, citations)
        shown.lead, shown.indent = _lead_of(block, self._lead)
        return shown

    def _links_in(
        self, shown: ShownBlock
    ) -> Iterator[tuple[Span, TargetKind, str, tuple[Citation, ...]]]:
        """The links of a block; its other marks become runs."""
        for mark in shown.block.text.marks:
            start, end = shown_offset(shown, mark.start), shown_offset(shown, mark.end, end=True)
            if mark.kind is MarkKind.LINK:
                where, _, slug = mark.target.partition(":")
                kind = _LINKS.get(where, TargetKind.ADDRESS)
                value = mark.target if kind is TargetKind.ADDRESS else slug
                yield (start, end), kind, value, ()
            elif mark.kind in _MARKS:
                shown.runs.append(Run(start, end, _MARKS[mark.kind]))

    def _add_target(
        self,
        at: int,
        shown: ShownBlock,
        span: Span,
        kind: TargetKind,
        value: str,
        citations: tuple[Citation, ...],
    ) -> None:
        number = len(self.targets)
        self.targets.append(Target(kind, value, citations, at))
        self.target_spans.append((at, span))
        style = _TARGETS.get(kind, "link")
        shown.runs.append(Run(*span, style, number))


def laid_out(blocks: Sequence[ShownBlock], measure: int) -> tuple[list[DocumentRow], list[int]]:
    """The lines of a document, and the first line of each block.

    Args:
        measure: cells that a line may take.
    """
    rows: list[DocumentRow] = []
    firsts: list[int] = []
    before: DocBlock | None = None
    for number, shown in enumerate(blocks):
        block = shown.block
        if before is not None and not (before.set is block.set and block.set in _TIGHT):
            rows.append(DocumentRow(-1, (0, 0)))
        firsts.append(len(rows))
        if block.set is Set.CODE:
            spans = list(_lines_of(shown.words))
        else:
            spans = wrap(shown.words, measure - shown.indent)
        rows.extend(DocumentRow(number, span, at == 0) for at, span in enumerate(spans))
        before = block
    return rows, firsts


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
    for at, inserted in shown.offsets:
        if at < offset or (at == offset and not end):
            added = inserted
    return offset + added


def text_offset(shown: ShownBlock, offset: int) -> int:
    """Where an offset among a block's shown words stands in its text."""
    added = 0
    for at, inserted in shown.offsets:
        if offset >= at + inserted:
            added = inserted
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


def meets(run: Run, start: int, end: int) -> bool:
    return run.start < end and run.end > start


def clipped(run: Run, start: int, end: int, shift: int) -> Run:
    return Run(max(run.start, start) + shift, min(run.end, end) + shift, run.style, run.target)
