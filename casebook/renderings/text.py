"""Documents as the plain text that commands print: for a terminal, a pipe, a screen reader."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from casebook.document import DocBlock, Document, Set, with_citations
from casebook.line_wrap import wrap

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
    for block in document.blocks:
        if before is not None and not (before.set is block.set and block.set in _TIGHT):
            yield ""
        yield from _block_lines(block, document, width)
        before = block


_TIGHT = (Set.FACT, Set.ITEM)


def _block_lines(block: DocBlock, document: Document, width: int) -> Iterator[str]:
    words = with_citations(block.text, document.sources)
    match block.set:
        case Set.TITLE | Set.HEADING:
            lines = _wrapped(words, width)
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


def _wrapped(words: str, width: int) -> list[str]:
    return [words[start:end] for start, end in wrap(words, width)]


def _hanging(lead: str, words: str, width: int) -> Iterator[str]:
    for line in _wrapped(words, max(width - cell_len(lead), 10)):
        yield f"{lead}{line}"
        lead = " " * cell_len(lead)
