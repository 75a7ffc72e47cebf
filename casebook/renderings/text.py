"""The plain text that commands print: for a terminal, a pipe, a screen reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len

from casebook.book.values import EntryLine
from casebook.document import DocBlock, Document, Set, with_citations
from casebook.line_wrap import padded, wrap
from casebook.search.hits import Hit, Why

GUTTER = "  "
READING_WIDTH = 88
"""Cells of a line of prose, where the terminal has room for them."""

_NARROWEST = 8
_FACT_LEAD = 10


def prose_width(width: int | None) -> int:
    """The cells of a line of prose: as wide as reads well, narrower on a narrow terminal.

    Args:
        width: cells of the terminal; None where the text is not for one.
    """
    return min(width or READING_WIDTH, READING_WIDTH)


def columns(rows: Sequence[Sequence[str]], width: int | None) -> Iterator[str]:
    """Rows as lines with aligned columns.

    Args:
        rows: of equal length.
        width: cells of a line; None for as many as the columns need.
    """
    if not rows:
        return
    widths = [max(cell_len(row[at]) for row in rows) for at in range(len(rows[0]))]
    if width is not None:
        widths = _fitted(widths, width)
    for row in rows:
        cells = (padded(cell, wide) for cell, wide in zip(row, widths, strict=True))
        yield GUTTER.join(cells).rstrip()


def _fitted(widths: list[int], width: int) -> list[int]:
    """Widths of columns reduced to fit a line, the widest first, none below `_NARROWEST`."""
    fitted = list(widths)
    room = width - len(GUTTER) * (len(widths) - 1)
    while sum(fitted) > room and max(fitted) > _NARROWEST:
        widest = max(range(len(fitted)), key=fitted.__getitem__)
        fitted[widest] -= 1
    return fitted


def entry_lines(entries: Iterable[EntryLine], width: int | None) -> Iterator[str]:
    """One line an entry: slug, kind, outcome, title, place, years."""
    rows = [
        (
            entry.slug,
            entry.kind.value,
            entry.outcome.value if entry.outcome else "-",
            entry.title,
            entry.setting.place,
            entry.setting.years,
        )
        for entry in entries
    ]
    yield from columns(rows, width)


def hit_lines(hits: Iterable[Hit], width: int | None) -> Iterator[str]:
    """One line a hit: slug, kind, title, and what it was found by where that is not the title."""
    rows = [
        (
            hit.slug,
            hit.kind.value,
            hit.title,
            "" if hit.why in (Why.TITLE, Why.FILTER) else f"{hit.why}: {hit.text}",
        )
        for hit in hits
    ]
    yield from columns(rows, width)


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
