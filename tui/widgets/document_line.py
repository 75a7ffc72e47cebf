"""One line of a document, with the styles of its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.cells import cell_len

from tui.widgets.document_layout import DocumentRow, Prepared, clipped, meets
from tui.widgets.line_view import Line, StyleRun
from tui.widgets.table_layout import set_pieces

RunsBetween = Callable[[int, int, int], Iterable[StyleRun]]
"""The styles of a block's words from one place to another, and by how much to shift them."""


def document_line(prepared: Prepared, row: DocumentRow, extra: RunsBetween, marked: str) -> Line:
    """A line as it is to be drawn.

    Args:
        extra: styles to lie over those of the document: matches, and what is chosen.
        marked: the style of the whole line; empty for none.
    """
    if row.shown < 0:
        return Line("")
    shown = prepared.blocks[row.shown]
    if row.rule:
        rule = " " + "\N{BOX DRAWINGS LIGHT HORIZONTAL}" * row.rule
        return Line(rule, (StyleRun(0, len(rule), "muted"),))
    if row.pieces:
        return _table_line(prepared, row, extra, marked)
    start, end = row.span
    lead = shown.lead if row.is_first else ""
    lead = " " + lead + " " * (shown.indent - cell_len(lead))
    shift = len(lead) - start
    runs = [StyleRun(1, len(lead), "muted")] if row.is_first and shown.lead else []
    if marked:
        runs.append(StyleRun(0, len(lead) + end - start, marked))
    over = prepared.runs(row.shown)
    runs += [clipped(run, start, end, shift) for run in over if meets(run, start, end)]
    runs += extra(start, end, shift)
    return Line(lead + shown.words[start:end], tuple(runs))


def _table_line(prepared: Prepared, row: DocumentRow, extra: RunsBetween, marked: str) -> Line:
    text, starts = set_pieces(prepared.blocks[row.shown].words, row.pieces)
    runs = [StyleRun(0, len(text) + 1, marked)] if marked else []
    over = prepared.runs(row.shown)
    for piece, at in zip(row.pieces, starts, strict=True):
        start, end = piece.span
        shift = 1 + at - start
        runs += [clipped(run, start, end, shift) for run in over if meets(run, start, end)]
        runs += extra(start, end, shift)
    return Line(f" {text}", tuple(runs))
