"""Documents as the plain text that commands print: for a terminal, a pipe, a screen reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len

from casebook import anchors
from casebook.document import (
    DocBlock,
    Document,
    Set,
    citations_at,
    citations_label,
    table_at,
    with_citations,
)
from casebook.line_wrap import padded, wrap
from casebook.table_widths import GUTTER as TABLE_GUTTER
from casebook.table_widths import column_widths, total_width

READING_WIDTH = 88
"""Cells of a line of prose, where the terminal has room for them."""

_FACT_LEAD = 10


def prose_width(width: int | None) -> int:
    """The cells of a line of prose: as wide as reads well, narrower on a narrow terminal.

    Args:
        width: cells of the terminal; None where the text is not for one.
    """
    return min(width or READING_WIDTH, READING_WIDTH)


def document_lines(document: Document, width: int) -> Iterator[str]:
    """A document as lines of text, with a blank line between its blocks but for lists."""
    before: DocBlock | None = None
    blocks = document.blocks
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if before is not None and not (before.set is block.set and block.set in _TIGHT):
            yield ""
        if block.set is Set.ROW:
            table = table_at(blocks, at)
            yield from _table_lines(table, document, width)
            at += len(table)
        else:
            yield from _block_lines(block, document, width)
            at += 1
        before = block


_TIGHT = (Set.FACT, Set.ITEM)


def _block_lines(block: DocBlock, document: Document, width: int) -> Iterator[str]:
    words = with_citations(block.text, document.sources)
    match block.set:
        case Set.TITLE | Set.HEADING:
            lines = _wrapped(words, width)
            if anchors.is_volume(block.anchor):
                yield from ("\N{BOX DRAWINGS LIGHT HORIZONTAL}" * width, "")
            yield from lines
            yield ("=" if block.set is Set.TITLE else "-") * max(map(cell_len, lines))
        case Set.FACT:
            yield from _hanging(f"{block.lead:<{_FACT_LEAD - 1}} ", words, width)
        case Set.ITEM:
            sign = "-" if block.lead == "\N{BULLET}" else block.lead
            yield from _hanging("  " * (block.level - 1) + f"{sign} ", words, width)
        case Set.QUOTE:
            yield from (f"> {line}" for line in _wrapped(words, width - 2))
        case Set.CODE:
            yield from (f"    {line}" for line in words.split("\n"))
        case _:
            yield from _wrapped(words, width)


def _table_lines(table: Sequence[DocBlock], document: Document, width: int) -> Iterator[str]:
    """A table with columns where it fits; else a paragraph a row, `column: cell`."""
    rows = [_cell_words(block, document) for block in table]
    heads = [table[0].text.plain[slice(*cell.head)] for cell in table[0].cells]
    widths = column_widths([heads, *rows], width)
    if widths is None:
        for number, block in enumerate(table):
            yield from [""] if number else []
            yield from _wrapped(with_citations(block.text, document.sources), width)
        return
    yield from _row_lines(heads, widths)
    yield "-" * total_width(widths)
    drawn = [list(_row_lines(row, widths)) for row in rows]
    is_loose = any(len(lines) > 1 for lines in drawn)
    for number, lines in enumerate(drawn):
        yield from [""] if number and is_loose else []
        yield from lines


def _cell_words(block: DocBlock, document: Document) -> list[str]:
    """The words of each cell of a row, with its citations."""
    plain, cites = block.text.plain, citations_at(block.text)
    found = []
    for cell in block.cells:
        label = citations_label(cites.get(cell.words[1], ()), document.sources)
        found.append(f"{plain[slice(*cell.words)]} {label}".strip())
    return found


def _row_lines(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    wrapped = [_wrapped(words, width) for words, width in zip(cells, widths, strict=True)]
    for parts in zip_longest(*wrapped, fillvalue=""):
        line = (padded(part, width) for part, width in zip(parts, widths, strict=True))
        yield (" " * TABLE_GUTTER).join(line).rstrip()


def _wrapped(words: str, width: int) -> list[str]:
    return [words[start:end] for start, end in wrap(words, width)]


def _hanging(lead: str, words: str, width: int) -> Iterator[str]:
    for line in _wrapped(words, max(width - cell_len(lead), 10)):
        yield f"{lead}{line}"
        lead = " " * cell_len(lead)
