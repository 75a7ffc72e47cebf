"""The words of a document that are selected on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.selection import Selection

from casebook.line_wrap import Span
from tui.widgets.document_layout import DocumentRow, ShownBlock, text_offset


def quoted_words(
    selection: Selection, rows: Sequence[DocumentRow], blocks: Sequence[ShownBlock]
) -> tuple[int, int, int] | None:
    """The first block in which words are selected, and from where to where in its text."""
    found: tuple[int, int, int] | None = None
    for number, (start, end) in _selected(selection, rows, blocks):
        if found is not None and found[0] != number:
            break  # a quote is of one block
        if start < end:
            shown = blocks[number]
            first = text_offset(shown, start) if found is None else found[1]
            found = (number, first, text_offset(shown, end))
    return found if found and found[1] < found[2] else None


def copied_words(
    selection: Selection, rows: Sequence[DocumentRow], blocks: Sequence[ShownBlock]
) -> str:
    """The selected words, with a blank where a line of the screen ends."""
    parts: list[str] = []
    before = -2
    for number, (start, end) in _selected(selection, rows, blocks):
        words = blocks[number].words[start:end]
        if words:
            parts.append(("" if not parts else " " if number == before else "\n\n") + words)
            before = number
    return "".join(parts)


def _selected(
    selection: Selection, rows: Sequence[DocumentRow], blocks: Sequence[ShownBlock]
) -> Iterator[tuple[int, Span]]:
    """The number of a block and a stretch of its words for each selected line."""
    for y, row in enumerate(rows):
        span = selection.get_span(y)
        if span is not None and row.shown >= 0:
            yield row.shown, _words_between(row, span, 1 + blocks[row.shown].indent)


def _words_between(row: DocumentRow, span: Span, lead: int) -> Span:
    """The words of a row between two cells of its line; -1 stands for the line's end.

    Args:
        lead: cells before the words.
    """
    first, last = row.span
    start = first + max(span[0] - lead, 0)
    end = last if span[1] == -1 else min(first + max(span[1] - lead, 0), last)
    return start, end
