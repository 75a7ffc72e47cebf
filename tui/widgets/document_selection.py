"""The words of a document that are selected on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from textual.selection import Selection

from casebook.line_wrap import Span
from tui.widgets.document_layout import DocumentRow, ShownBlock, text_offset
from tui.widgets.table_layout import set_pieces


class _Selected(NamedTuple):
    """Selected words of one line, or of one column of it.

    Attributes:
        block: the place of their block.
        is_head: they are of the names of a table's columns, above its first row.
        column: of a table in columns; None elsewhere.
        span: where they stand among the words of their block.
    """

    block: int
    is_head: bool
    column: int | None
    span: Span


def quoted_words(
    selection: Selection, rows: Sequence[DocumentRow], blocks: Sequence[ShownBlock]
) -> tuple[int, int, int] | None:
    """The first block in which words are selected, and from where to where in its text."""
    for (number, _), group in groupby(_selected(selection, rows, blocks), key=itemgetter(0, 1)):
        spans = [piece.span for piece in group if piece.span[0] < piece.span[1]]
        if spans:
            shown = blocks[number]
            start = text_offset(shown, min(spans)[0])
            end = text_offset(shown, max(last for _, last in spans))
            return (number, start, end) if start < end else None  # a quote is of one block
    return None


def selected_spans(
    selection: Selection, rows: Sequence[DocumentRow], blocks: Sequence[ShownBlock]
) -> list[tuple[int, Span]]:
    """Each block in which words are selected, and from where to where in its text."""
    spans: dict[int, Span] = {}
    for piece in _selected(selection, rows, blocks):
        start, end = (text_offset(blocks[piece.block], offset) for offset in piece.span)
        if start < end and not piece.is_head:
            first, last = spans.get(piece.block, (start, end))
            spans[piece.block] = min(first, start), max(last, end)
    return list(spans.items())


def copied_words(
    selection: Selection, rows: Sequence[DocumentRow], blocks: Sequence[ShownBlock]
) -> str:
    """The selected words, with a blank where a line of the screen ends.

    A table in columns is copied as spreadsheets take it: a line a row, tabs between cells.
    """
    out = ""
    was_table = False
    for (number, _), group in groupby(_selected(selection, rows, blocks), key=itemgetter(0, 1)):
        words = blocks[number].words
        columns: dict[int, list[str]] = {}
        is_table = False
        for piece in group:
            is_table = piece.column is not None
            part = words[slice(*piece.span)]
            columns.setdefault(piece.column or 0, []).extend([part] if part else [])
        copied = "\t".join(" ".join(columns[at]) for at in sorted(columns))
        if copied.strip():
            out += ("\n" if is_table and was_table else "\n\n") if out else ""
            out += copied
            was_table = is_table
    return out


def _selected(
    selection: Selection, rows: Sequence[DocumentRow], blocks: Sequence[ShownBlock]
) -> Iterator[_Selected]:
    """What is selected of each line, column by column."""
    for y, row in enumerate(rows):
        span = selection.get_span(y)
        if span is None or row.shown < 0 or row.rule:
            continue
        shown = blocks[row.shown]
        if row.pieces:
            _, starts = set_pieces(shown.words, row.pieces)
            for column, (piece, at) in enumerate(zip(row.pieces, starts, strict=True)):
                words = _words_between(piece.span, span, 1 + at)
                yield _Selected(row.shown, row.is_head, column, words)
        else:
            words = _words_between(row.span, span, 1 + shown.indent)
            yield _Selected(row.shown, False, None, words)


def _words_between(words: Span, span: Span, lead: int) -> Span:
    """The words of a line between two cells of it; -1 stands for the line's end.

    Args:
        words: where they stand among those of their block.
        lead: cells before the words.
    """
    first, last = words
    start = min(first + max(span[0] - lead, 0), last)
    end = last if span[1] == -1 else min(first + max(span[1] - lead, 0), last)
    return start, end
